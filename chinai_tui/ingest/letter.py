"""A newsletter's mail as far as it is a text: its own words and what names the post, no more.

A letter holds nothing of the subscriber: no address of his, no token. Written as a mail again it
is the form in which a mail is stored.
"""

from __future__ import annotations

import codecs
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parseaddr

from chinai_tui.errors import InputError
from chinai_tui.ingest import mailed_post
from chinai_tui.ingest.decode import HTML_MEANS, decode
from chinai_tui.ingest.tracking import scrub, secrets_of
from chinai_tui.text.sanitise import clean_line

_HEADER = 2_000
"""Characters of a header that are looked at."""
_DEEPEST = 5
"""Mails within mails that are opened."""
_ATTACHED = 200
"""Mails attached to one that are read."""
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_SEVEN_BIT = re.compile(r"iso-?2022|hz|utf-?(?:7|16|32)", re.IGNORECASE)
"""Encodings whose bytes may look as if they were UTF-8."""
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)\b", re.IGNORECASE)
HANDED_ON = re.compile(r"\s*(?:(?:fwd?|re|aw|wg|tr|转发|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
"""What mail programs put before the subject of a mail that is forwarded or answered."""
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
_GREETING = (
    r"(\b(?:hi|hello|hey|dear|welcome|good (?:morning|afternoon|evening))\b(?:,|&nbsp;|\s"
    r"|<[^<>]{0,200}>){1,5})"
)
_SIMPLE = re.compile(r"[\w .,:;'!/#()-]*", re.ASCII)
_REPLY = re.compile(r"\s*(?:re|aw|回复|答复)\s*[:：]", re.IGNORECASE)
_ONE_SUBSCRIBER = re.compile(r"[^@]*\+|[^@]{40}")
_NO_POST = mailed_post.Post()
_BARE_BRACKETS = re.compile(r" ?\[\s*\]")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of a newsletter."""

    subject: str
    sender: str
    """The name of who wrote, without the address."""
    address: str
    date: str
    """As the mail writes it."""
    list_id: str
    post: mailed_post.Post
    body: str
    """A page or a text, without anything that identifies the subscriber."""
    is_html: bool

    @property
    def is_handed_on(self) -> bool:
        """Whether a reader sent it: he is not its author, nor that day its date."""
        return _is_handed_on(self.subject, self.list_id)

    @property
    def is_reply(self) -> bool:
        """Whether a reader wrote it: what he answers is at most quoted in it."""
        return _is_reply(self.subject, self.list_id)


def letters(data: bytes) -> list[Letter]:
    """The letter of a mail; of one that encloses others, theirs.

    The library's parser is used for the parts alone. Headers are decoded here, leniently: its own
    way with them raises on broken ones and takes seven times as long.
    """
    return [_letter(each) for each in _innermost(BytesParser(policy=compat32).parsebytes(data))]


def written(letter: Letter) -> bytes:
    """The letter as a mail of one part, in UTF-8, that is read as the same letter again."""
    heads = {
        "From": f"{_encoded(letter.sender)} <{letter.address}>",
        "Date": letter.date,
        "Subject": _encoded(letter.subject),
        "List-Id": letter.list_id,
        "List-Post": f"<{letter.post.url}>" if letter.post.url else "",
        "References": f"<post-{letter.post.id}@substack.com>" if letter.post.id else "",
        "MIME-Version": "1.0",
        "Content-Type": f"text/{'html' if letter.is_html else 'plain'}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    head = "".join(f"{key}: {value}\n" for key, value in heads.items() if value)
    return f"{head}\n{letter.body}".encode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    """A header in one clean line, its encoded words decoded; empty if there is none."""
    return decoded(_raw(message, name))


def _letter(message: Message) -> Letter:
    subject, list_id = _header(message, "Subject"), _list_id(_raw(message, "List-Id"))
    name, address = parseaddr(_raw(message, "From"))
    readers = _addresses(message, _TO) - {address}
    if _is_handed_on(subject, list_id):
        name, readers = "", readers | ({address} if address else set())
    pages, texts = _bodies(message)
    text = "\n\n".join(texts)
    page = "\n".join(pages)
    is_html = bool(page.strip()) or _PAGE.match(text) is not None
    body = page if page.strip() else text
    nameless = _without_names(_without(body, readers), _names(message))
    secrets = {secret for each in readers for secret in secrets_of(each)}
    clean = scrub(nameless, is_html, secrets)
    is_reply = _is_reply(subject, list_id)
    return Letter(
        subject=subject,
        sender=decoded(name),
        address=_ascii(address) if list_id and not _ONE_SUBSCRIBER.match(address) else "",
        date=_ascii(_header(message, "Date")),
        list_id=list_id,
        post=_NO_POST if is_reply else _post(message, body, text),
        body=clean if is_html else _BARE_BRACKETS.sub("", clean),
        is_html=is_html and bool(clean.strip()),
    )


def _is_handed_on(subject: str, list_id: str) -> bool:
    return not list_id and HANDED_ON.match(subject) is not None


def _is_reply(subject: str, list_id: str) -> bool:
    return not list_id and _REPLY.match(subject) is not None


def _post(message: Message, body: str, text: str) -> mailed_post.Post:
    return mailed_post.find(lambda key: _raw(message, key), body, text)


def _addresses(message: Message, names: tuple[str, ...]) -> set[str]:
    found = getaddresses([_raw(message, name) for name in names])
    return {address for _, address in found if len(address) > 5 and "@" in address}


def _without(body: str, addresses: set[str]) -> str:
    """A body without the addresses of those who got it, however their signs are written."""
    if not addresses:
        return body
    forms = "|".join("".join(map(_sign, each)) for each in sorted(addresses))
    return re.sub(forms, "", body, flags=re.IGNORECASE)


def _sign(char: str) -> str:
    """A pattern of a character of an address: itself, or as HTML, links and bounces write it."""
    if char.isalnum():
        return re.escape(char)
    code = ord(char)
    forms = rf"{re.escape(char)}|%(?:25)?{code:02x}|={code:02x}|&#0*{code};|&#x0*{code:x};"
    return rf"(?:{forms}|=|&commat;)(?:<wbr\s?/?>)?" if char == "@" else f"(?:{forms})"


def _names(message: Message) -> set[str]:
    """The names that the mail gives of those who got it, whole and by their first word."""
    found = {decoded(name) for name, _ in getaddresses([_raw(message, "To")])}
    whole = {name for name in found if "@" not in name and len(name) > 1}
    return whole | {first for name in whole if len(first := name.split()[0]) > 1}


def _without_names(body: str, names: set[str]) -> str:
    """A body that greets none of these by name."""
    if not names:
        return body
    forms = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.sub(rf"{_GREETING}(?:{forms})(?!\w)", r"\1", body, flags=re.IGNORECASE)


def _innermost(message: Message, depth: int = 0) -> list[Message]:
    """The mails that a mail only wraps, as forwarded ones; the mail itself if there are none.

    What a list sends is never a wrapping.
    """
    if _raw(message, "List-Id"):
        return [message]
    inner = [
        each
        for part in _parts(message)
        if part.get_content_type() == "message/rfc822" and depth < _DEEPEST
        for each in _enclosed(part)
    ]
    return [one for each in inner[:_ATTACHED] for one in _innermost(each, depth + 1)] or [message]


def _enclosed(part: Message) -> list[Message]:
    content = part.get_payload()
    return [each for each in content if isinstance(each, Message)] if part.is_multipart() else []


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in their order; a mail within is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        content = part.get_payload()
        if isinstance(content, list) and part.get_content_maintype() == "multipart":
            waiting += [each for each in reversed(content) if isinstance(each, Message)]
        else:
            yield part


def _bodies(message: Message) -> tuple[list[str], list[str]]:
    """The pages and the plain texts of a mail, attachments left out."""
    pages: list[str] = []
    texts: list[str] = []
    for part in _parts(message):
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        if kind == "text/html":
            pages.append(_text(part))
        elif kind == "text/plain" or kind.startswith("multipart/"):
            texts.append(_unflowed(_text(part), part))
    return pages, texts


def _text(part: Message) -> str:
    """The text of a part: in UTF-8 if it is that, else as declared, else as makes sense."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    declared = _charset(part)
    order = ["utf-8", declared]
    if _SEVEN_BIT.match(declared):
        order.reverse()
    for encoding in filter(None, order):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    try:
        return decode(data, "")
    except InputError:
        return data.decode(declared or "utf-8", "replace")


def _charset(part: Message) -> str:
    """The encoding that a part declares, as mail programs take it; empty if there is no such."""
    try:
        named = str(part.get_content_charset("")).strip()
        named = HTML_MEANS.get(named, named)
        found = codecs.lookup(named) if named else None
        b"".decode(named or "ascii")
    except (LookupError, UnicodeError, TypeError, ValueError):
        return ""
    return "" if found is None or found.name.replace("-", "_") in _NO_CHARSETS else found.name


def _unflowed(text: str, part: Message) -> str:
    """A text whose paragraphs were wrapped, joined again (RFC 3676, `format=flowed`)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    lines: list[str] = []
    for line in text.splitlines():
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def _raw(message: Message, name: str) -> str:
    """A header as it stands, its lines joined; the first if there are several."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            line = " ".join(str(value)[:_HEADER].split())
            return line.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return ""


def decoded(raw: str) -> str:
    """The words of a header: its encoded words (RFC 2047) and bytes as they were meant."""
    if "=?" not in raw:
        return clean_line(_unescaped(raw))
    words: list[str] = []
    try:
        pairs = decode_header(raw)
    except (HeaderParseError, ValueError):
        return clean_line(raw)
    for word, charset in pairs:
        if isinstance(word, str):
            words.append(word)
        else:
            words.append(_as(word, charset or "raw-unicode-escape"))
    return clean_line("".join(words))


def _unescaped(raw: str) -> str:
    """Bytes beyond ASCII in a header, which no encoding is declared for."""
    if not any("\udc80" <= char <= "\udcff" for char in raw):
        return raw
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return decode(data, "")
    except InputError:
        return data.decode("utf-8", "replace")


def _as(word: bytes, charset: str) -> str:
    """The words in the encoding that is declared for them, or in UTF-8 if they are not in that."""
    for encoding in (HTML_MEANS.get(charset.lower(), charset), "utf-8"):
        try:
            return word.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return word.decode("utf-8", "replace")


def _encoded(value: str) -> str:
    """A header's words in ASCII, as one encoded word where that is needed."""
    if _SIMPLE.fullmatch(value) and "=?" not in value:
        return value
    return f"=?utf-8?b?{b64encode(value.encode('utf-8', 'replace')).decode('ascii')}?="


def _ascii(value: str) -> str:
    return clean_line(value.encode("ascii", "ignore").decode("ascii"), 200)


def _list_id(raw: str) -> str:
    """The name of the list, without what else the header says."""
    match = re.search(r"<([\w.-]{3,200})>", raw, re.ASCII)
    return f"<{match[1]}>" if match else ""
