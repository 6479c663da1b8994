"""What is kept of the bytes of a text that is no mail: all of it but what tells of a subscriber.

A page that was saved by somebody who was logged in has links and data of his. Most have none, and
are known for that without being parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from chinai_tui.errors import InputError
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.json_input import dump, load
from chinai_tui.ingest.preloads import post_of
from chinai_tui.ingest.scrubbing import TAG, scrub_links, scrub_page

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_SIGNS = (
    b"redirect", b"eyj", b"safelinks.", b"eotrx.", b"jwt", b"?r=", b"&r=", b";r=", b"u0026r=",
)  # fmt: skip
"""What stands wherever anything is to be left out and seldom elsewhere, in lower case."""
_HINTS = (
    b"token", b"substack.com/", b'email\\":', b'email":', b"email&quot;", b'user":', b'user\\":',
)  # fmt: skip
"""What may stand elsewhere, too; of these more is looked at."""
_TELLING = re.compile(
    rb"""token(?:=|&\#|%(?:25)*3d|\\*":\s*\\*"[^"\\])|substack\.com\\?/(?:app-link|signed|action)"""
    rb"""|email\\*":\s*\\*"[^"\\]|email&quot;:\s*&quot;[^&]|user\\*":\s*\{"""
)
_FIELD = re.compile(rb"<input\b[^<>]*@")
"""A field of a form that holds an address."""
_VALUE = re.compile(
    r"""(\bvalue\s*=\s*)(?:"[^"@]*@[^"]*"|'[^'@]*@[^']*'|[^\s"'<>@]*@[^\s"'<>]*)""", re.IGNORECASE
)
_ADDRESS = re.compile(r"""(email(?:&quot;|\\*"):\s*(?:&quot;|\\*"))[^\s"'<>&\\]+""", re.IGNORECASE)
"""The address that JSON in an attribute names."""
_JSON = frozenset({"json-feed", "notes", "post"})
_PRIVATE = re.compile(r"(?:.*_)?(?:e?mail|token|jwt|session|session_?id|password)", re.IGNORECASE)
"""Names of strings that are a subscriber's own."""
_SCRIPT = re.compile(r"(<script\b[^<>]*>)(.*?)(</script\b|\Z)", re.IGNORECASE | re.DOTALL)
_LINKED_DATA = "ld+json"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins."""
_UNPACKED = 64 * 1024 * 1024
"""Bytes of the largest member of an EPUB that is packed again."""
_PAGES = (".xhtml", ".html", ".htm", ".opf", ".ncx", ".xml")


def scrubbed(data: bytes, form: str) -> bytes:
    """The bytes of a text in a format, without what tells of a subscriber, if anything does.

    Whether they still read as they did is for the caller to see.
    """
    if form == "epub":
        return _book(data)
    if not _may_tell(data):
        return data
    if form in _JSON:
        value = load(data)
        clean = _private(value)
        return data if clean == value else dump(clean)
    return _page(data) if form == "html" else _text(data)


def relinked(data: bytes, form: str) -> bytes:
    """The bytes of a text where, if it is a page, that is left out of its links and tags alone."""
    return _changed(data, scrub_links) if form == "html" else data


def _may_tell(data: bytes) -> bool:
    """Whether there may be anything of a subscriber in a text."""
    plain = (data.translate(None, b"\x00") if data[:2] in _WIDE else data).lower()
    if any(sign in plain for sign in _SIGNS):
        return True
    if any(hint in plain for hint in _HINTS) and _TELLING.search(plain):
        return True
    return _FIELD.search(plain) is not None


def _text(data: bytes) -> bytes:
    """A text that is not marked up, in UTF-8 from then on."""
    text = decode(data, "")
    clean = scrub_page(text, is_html=False)
    return data if clean == text else clean.encode("utf-8")


def _page(data: bytes) -> bytes:
    """A page without what tells of a subscriber in its scripts, tags, comments and links."""

    def _clean(text: str) -> str:
        text = _SCRIPT.sub(_script, text)
        return scrub_page(TAG.sub(_tag, text) if "@" in text else text, is_html=True)

    return _changed(data, _clean)


def _tag(match: re.Match[str]) -> str:
    """A tag without the address of a subscriber."""
    tag = match.group()
    if "@" not in tag:
        return tag
    tag = _ADDRESS.sub(r"\1", tag)
    return _VALUE.sub(r'\1""', tag) if tag[:6].lower() == "<input" else tag


def _changed(data: bytes, clean: Callable[[str], str]) -> bytes:
    """A page in UTF-16 or any encoding in which the letters of ASCII have their places.

    It may say which, so that it stays in that.
    """
    encoding, errors = ("utf-16", "strict") if data[:2] in _WIDE else ("utf-8", "surrogateescape")
    text = data.decode(encoding, errors)
    changed = clean(text)
    return data if changed == text else changed.encode(encoding, errors)


def _script(match: re.Match[str]) -> str:
    """A script of a page: data on its article stay, of what Substack has in one, the post."""
    start, script, end = match.groups()
    if _LINKED_DATA in start.lower():
        return match.group()
    post = post_of(script) if "_preloads" in script else {}
    if not post:
        return start + end
    told = json.dumps({"post": _private(post)}).replace("</", "<\\/").replace("<!--", "<\\u0021--")
    return f"{start}window._preloads = {told}{end}"


def _private(value: object, name: str = "") -> object:
    """A value of JSON without what tells of a subscriber; `name` is under which it stands."""
    if isinstance(value, dict):
        return {key: _private(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_private(inner, name) for inner in value]
    if not isinstance(value, str):
        return value
    return "" if _PRIVATE.fullmatch(name) else scrub_page(value, "<" in value)


def _book(data: bytes) -> bytes:
    """An EPUB, packed again if there is something to leave out in one of its pages."""
    from io import BytesIO
    from zipfile import ZipFile

    from chinai_tui.ingest import archives

    with ZipFile(BytesIO(data)) as archive:
        found = archives.checked(archive, "")
        pages = {
            name: _member(archive, info)
            for name, info in found.items()
            if name.lower().endswith(_PAGES)
        }
        clean = {name: _page(page) if _may_tell(page) else page for name, page in pages.items()}
        return data if clean == pages else _packed(archive, found, clean)


def _packed(archive: ZipFile, found: Mapping[str, ZipInfo], pages: Mapping[str, bytes]) -> bytes:
    """The members that may be read, in their order, with these pages in place of the archive's."""
    from io import BytesIO
    from zipfile import ZipFile, ZipInfo

    packed = BytesIO()
    with ZipFile(packed, "w") as after:
        for info in sorted(found.values(), key=lambda each: each.header_offset):
            member = ZipInfo(info.filename, info.date_time)
            name = info.filename
            content = pages[name] if name in pages else _member(archive, info)
            after.writestr(member, content, info.compress_type)
    return packed.getvalue()


def _member(archive: ZipFile, info: ZipInfo) -> bytes:
    from chinai_tui.ingest import archives

    member = archives.read_member(archive, info, "", _UNPACKED)
    if isinstance(member, InputError):
        raise member
    return member.data
