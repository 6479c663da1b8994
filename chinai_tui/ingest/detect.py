"""Which format bytes are in, by their content; their name decides only where the content does not.

A further format is one more module and one more entry in `FORMATS`. Its module has a
`read(data: bytes)` where the format tells by itself how its bytes are text, or is several texts,
or none; otherwise `read(text: str)`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from chinai_tui.ingest.emlx import LENGTH
from chinai_tui.ingest.json_input import TOO_DEEP, damage
from chinai_tui.ingest.mailboxes import is_separator
from chinai_tui.ingest.reading import Draft, Several, Source, Subscriptions

_HEAD = 20_000
"""Characters, or bytes, at the beginning that are looked at."""
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""What may stand before the beginning: byte order marks and space."""
_DOCTYPE = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_NAMES = (
    r"(?:p|div|h[1-6]|ul|ol|li|a|span|strong|em|b|i|article|section|main|table|td|blockquote"
    r"|figure|pre|code)"
)
_OPENS = re.compile(rf"<{_NAMES}[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,1000})?/?>", re.IGNORECASE)
_CLOSES = re.compile(rf"</{_NAMES}\s*>", re.IGNORECASE)
_MHTML_SUFFIXES = (".mhtml", ".mht")
_HTML_SUFFIXES = (".htm", ".html", ".xhtml", *_MHTML_SUFFIXES, ".webarchive")
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_TEXT_SUFFIXES = (".txt", ".text")
_SUFFIX = re.compile(r".*(\.[a-z][a-z0-9_+-]{0,9})", re.DOTALL)
"""The name of a file with a suffix that may be that of a format, not the end of its words."""
_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?:[^\r\n]{0,10000}\r?\n){0,500}?"
    r"(?:(?P=mark)|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_SIGNS = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (
        r"^#{1,6} +\S",
        r"(?<!!)\[[^\[\]\n]{1,300}\]\((?:https?://|/|#|mailto:)[^\s()]{1,500}\)",
        r"!\[[^\[\]\n]{0,300}\]\([^\s()]{1,500}\)",
        r"^(?:```|~~~)",
        r"\*\*[^\s*][^*\n]{0,200}\*\*",
        r"^> ?\S",
        r"^\|.{1,500}\|\s*$",
        r"^\[\^?[\w-]{1,40}\]:\s",
    )
)
_FOREIGN_XML = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:rdf|opml|svg|urlset|tei)\b", re.IGNORECASE)
_MAIL_HEAD = re.compile(
    rf"(?:>?From [^\n]*\n|{LENGTH})?"
    r"(?:[!-9;-~]{1,76}:[^\n]*(?:\n|$)(?:[ \t][^\n]*(?:\n|$))*)+"
)
_MAIL_FIELD = re.compile(r"^([A-Za-z-]{2,20}):", re.MULTILINE)
_MAIL_FIELDS = {
    "from", "date", "subject", "received", "message-id", "mime-version", "content-type", "list-id",
    "return-path", "delivered-to",
}  # fmt: skip
_RELATED = re.compile(r"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_OF_SAVING = re.compile(
    r"^(?:From:[^\n]{0,20}\bSaved by |Snapshot-Content-Location:)", re.IGNORECASE | re.MULTILINE
)
_XML_BEFORE = (
    r"(?>\s*(?:<\?.{0,2000}?\?>|<!--.{0,10000}?-->"
    r"|<!DOCTYPE[^>\[]{0,1000}(?:\[.{0,10000}?\]\s*)?>))*\s*"
)
"""What may stand before the root of XML."""
_FEED = re.compile(_XML_BEFORE + r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)\b", re.I | re.S)
_PLIST = re.compile(_XML_BEFORE + r"<plist\b", re.I | re.S)
_OPML = re.compile(_XML_BEFORE + r"<opml\b", re.I | re.S)
_JSON_FEED = re.compile(r'"https?:(?:\\?/){2}jsonfeed\.org\\?/version')
_JSON = re.compile(r'(?:\[\s*)?\{\s*"[^"\n]{1,200}"\s*:')
"""How JSON begins, and hardly a text."""
_MORE = "Extra data"
"""What is said of a text that only begins with JSON."""
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_CONTENT = re.compile(r'"content_(?:html|text)"\s*:')
_OF_POST = re.compile(
    r'"(body_html|canonical_url|post_date|publication_id|publishedBylines|audience)"\s*:'
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read, and how it is known."""

    name: str
    fits: Callable[[str, str], bool]
    """Of the beginning and the suffix of a file (`.html`).

    A format of bytes is given the beginning as Latin-1 without zeros, so that ASCII can be looked
    for in whatever encoding it comes; a format of text, the decoded text.
    """
    module: str
    """The module whose `read` takes it; imported when it is needed."""
    takes_bytes: bool = False

    def read(self, content: bytes | str) -> Draft | Several | Subscriptions | Source:
        """What the format's reader makes of bytes or text, as the format takes.

        A source where they are but the wrapping of a text in another format.
        """
        read = import_module(self.module).read
        return cast("Draft | Several | Subscriptions | Source", read(content))


def _is_html(head: str, suffix: str) -> bool:
    if _DOCTYPE.match(head):
        return True
    if suffix in _MARKDOWN_SUFFIXES:
        return False
    tags = len(_CLOSES.findall(head))
    if suffix in _HTML_SUFFIXES:
        return tags > 0 or _TAG.match(head) is not None
    if _OPENS.match(head):
        return tags > 0
    return tags >= 3 and 400 * tags > len(head)


def _is_markdown(head: str, suffix: str) -> bool:
    if _has_front_matter(head) or suffix in _MARKDOWN_SUFFIXES:
        return True
    return sum(1 for sign in _SIGNS if sign.search(head)) >= 2


def _has_front_matter(head: str) -> bool:
    return head.startswith(("---", "+++")) and _FRONT_MATTER.match(head) is not None


def _is_mbox(head: str, _suffix: str) -> bool:
    return head.startswith("From ") and is_separator(head.encode("latin-1", "replace"))


def _is_mail(head: str, suffix: str) -> bool:
    match = _MAIL_HEAD.match(head)
    fields = {name.lower() for name in _MAIL_FIELD.findall(match.group())} if match else set()
    return len(fields & _MAIL_FIELDS) >= (1 if suffix == ".eml" else 3)


def _is_json_feed(head: str, _suffix: str) -> bool:
    if not head.startswith("{"):
        return False
    if _JSON_FEED.search(head):
        return True
    return _ITEMS.search(head) is not None and _CONTENT.search(head) is not None


def _is_post(head: str, _suffix: str) -> bool:
    return head.startswith(("{", "[")) and len(set(_OF_POST.findall(head))) >= 2


def _is_epub(head: str, suffix: str) -> bool:
    named = "mimetypeapplication/epub+zip" in head[:100]
    return head.startswith("PK\x03\x04") and (named or suffix == ".epub")


def _is_mhtml(head: str, suffix: str) -> bool:
    match = _MAIL_HEAD.match(head)
    if match is None or not _RELATED.search(match.group()):
        return False
    return suffix in _MHTML_SUFFIXES or _OF_SAVING.search(match.group()) is not None


def _is_webarchive(head: str, suffix: str) -> bool:
    if head.startswith("bplist00"):
        return suffix == ".webarchive" or "WebMainResource" in head
    return _PLIST.match(head) is not None and "<key>WebMainResource</key>" in head


FORMATS = (
    Format("webarchive", _is_webarchive, "chinai_tui.ingest.webarchive", takes_bytes=True),
    Format("mhtml", _is_mhtml, "chinai_tui.ingest.mhtml", takes_bytes=True),
    Format("epub", _is_epub, "chinai_tui.ingest.epub", takes_bytes=True),
    Format("mbox", _is_mbox, "chinai_tui.ingest.mailboxes", takes_bytes=True),
    Format("mail", _is_mail, "chinai_tui.ingest.mail", takes_bytes=True),
    Format(
        "feed",
        lambda head, _suffix: _FEED.match(head) is not None,
        "chinai_tui.ingest.feed",
        takes_bytes=True,
    ),
    Format(
        "opml",
        lambda head, _suffix: _OPML.match(head) is not None,
        "chinai_tui.ingest.opml",
        takes_bytes=True,
    ),
    Format("json-feed", _is_json_feed, "chinai_tui.ingest.json_feed", takes_bytes=True),
    Format("notes", lambda _head, _suffix: False, "chinai_tui.ingest.json_feed", takes_bytes=True),
    Format("post", _is_post, "chinai_tui.ingest.post", takes_bytes=True),
    Format("html", _is_html, "chinai_tui.ingest.html"),
    Format("markdown", _is_markdown, "chinai_tui.ingest.markdown"),
    Format("plain", lambda _head, _suffix: True, "chinai_tui.ingest.plain"),
)
"""In the order in which they are tried, those of bytes before those of text."""
_WRAPPINGS = ("webarchive", "mhtml")
"""Those of pages together with what belongs to them."""


def named(name: str) -> Format | None:
    """The format of that name."""
    return next((one for one in FORMATS if one.name == name), None)


def carries_pictures(data: bytes, name: str) -> bool:
    """Whether bytes are a page that may have its pictures within the file."""
    form = detect_bytes(data, name)
    if form is not None:
        return form.name in _WRAPPINGS
    return _is_html(data[:_HEAD].lstrip(_BLANK).decode("latin-1"), _suffix(name))


def detect_bytes(data: bytes, name: str) -> Format | None:
    """The format of bytes that these are in, if any; `name` is the name of their file."""
    head = data[:_HEAD].translate(None, b"\x00").lstrip(_BLANK).decode("latin-1")
    suffix = _suffix(name)
    return next((one for one in FORMATS if one.takes_bytes and one.fits(head, suffix)), None)


def detect(text: str, name: str) -> Format:
    """The format of a text; `name` is the name of its file."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _has_front_matter(head):
        return next(one for one in FORMATS if one.name == "markdown")
    suffix = _suffix(name)
    return next(one for one in FORMATS if not one.takes_bytes and one.fits(head, suffix))


def not_by_name(text: str, name: str) -> str:
    """Why a text that nobody named is none of a newsletter, by the name of its file.

    Empty where it may be one: by its suffix, or because it says itself what it is. What has the
    suffix of a style sheet or a program may well look like a text.
    """
    match = _SUFFIX.fullmatch(name.lower())
    if match is None or match[1] in (*_TEXT_SUFFIXES, *_HTML_SUFFIXES, *_MARKDOWN_SUFFIXES):
        return ""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _DOCTYPE.match(head) or _has_front_matter(head):
        return ""
    return f"no text of a newsletter by its name, such as {match[1]}"


def not_a_text(text: str) -> str:
    """Why a text that no format takes is data rather than something to read, in a few words.

    Empty where it may be read.
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _FOREIGN_XML.match(head) and not _DOCTYPE.match(head) and "<html" not in head[:2000].lower():
        return "is XML data, not a page; save the post as HTML or text"
    if head.startswith(("{", "[")):
        try:
            json.loads(text)
        except RecursionError:
            return TOO_DEEP
        except json.JSONDecodeError as error:
            is_cut = _JSON.match(head) is not None and error.msg != _MORE
            return damage(error) if is_cut else ""
        return "is JSON data, not a text; save the post as HTML or text"
    return ""


def _suffix(name: str) -> str:
    return "." + name.lower().rpartition(".")[2]
