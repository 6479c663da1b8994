"""The parts of a mail, its texts and the words of its headers, however damaged it is.

The library's parser is used for the parts alone. Headers are decoded here, leniently: its own way
with them raises on broken ones and takes seven times as long.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from chinai_tui.errors import InputError
from chinai_tui.ingest.decode import HTML_MEANS, decode
from chinai_tui.ingest.detect import detect_bytes
from chinai_tui.ingest.emlx import mail_of
from chinai_tui.ingest.wrapped import gap
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


def header(message: Message, name: str) -> str:
    """A header in one clean line, its encoded words decoded; empty if there is none."""
    return decoded(raw(message, name))


def innermost(message: Message, depth: int = 0) -> list[Message]:
    """The mails that a mail only wraps, as forwarded ones; the mail itself if there are none.

    What a list sends is never a wrapping.
    """
    if raw(message, "List-Id"):
        return [message]
    if depth == _DEEPEST:
        return [message]
    inner = [each for part in _parts(message) for each in _enclosed(part)]
    return [one for each in inner[:_ATTACHED] for one in innermost(each, depth + 1)] or [message]


def _enclosed(part: Message) -> list[Message]:
    """The mails that a part of a mail is; one may be attached as a mere file."""
    content = part.get_payload()
    kind, name = part.get_content_type(), str(part.get_filename("") or "")
    if isinstance(content, list):
        found = [each for each in content if isinstance(each, Message)]
        if kind != "message/rfc822" or any(each.keys() for each in found):
            return found if kind == "message/rfc822" else []
        for each in found:
            each["Content-Transfer-Encoding"] = raw(part, "Content-Transfer-Encoding")
        data = found[0].get_payload(decode=True) if found else None
    elif kind == "application/octet-stream" or name.lower().endswith(".eml"):
        data = part.get_payload(decode=True)
    else:
        return []
    if not isinstance(data, bytes):
        return []
    form = detect_bytes(data, name)
    return [parsed(data)] if form is not None and form.name == "mail" else []


def parsed(data: bytes) -> Message:
    """The mail of bytes that are one, also in a file of Apple Mail's."""
    return BytesParser(policy=compat32).parsebytes(mail_of(data))


def _parts(message: Message, whole: str = "") -> Iterator[Message]:
    """The parts that hold something, in their order; a mail within is one, and what is `whole`."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        content = part.get_payload()
        kind = part.get_content_type()
        if isinstance(content, list) and kind.startswith("multipart/") and kind != whole:
            waiting += [each for each in reversed(content) if isinstance(each, Message)]
        else:
            yield part


def bodies(message: Message) -> Iterator[tuple[list[str], list[str]]]:
    """What is read of a mail one after the other, each as pages and as the same in plain texts.

    Both only where the mail calls them alternatives. Attachments are left out.
    """
    for part in _parts(message, "multipart/alternative"):
        pages, texts = _forms(part)
        if pages or texts:
            yield pages, texts


def _forms(alternatives: Message) -> tuple[list[str], list[str]]:
    """The pages and the plain texts among the parts of a part, or the one that it is."""
    pages: list[str] = []
    texts: list[str] = []
    for part in _parts(alternatives):
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
    deletes = str(part.get_param("delsp", "")).lower() == "yes"
    found: list[str] = []
    above = ""
    for line in text.splitlines():
        if above.endswith(" ") and above != "-- ":
            bare = above.rstrip()
            found[-1] = above[:-1] if deletes else bare + gap(bare, line) if bare else above
            found.append(line)
        else:
            found += ["\n", line] if found else [line]
        above = line
    return "".join(found)


def raw(message: Message, name: str) -> str:
    """A header as it stands, its lines joined; the first if there are several."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            line = " ".join(str(value)[:_HEADER].split())
            return line.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return ""


def decoded(value: str) -> str:
    """The words of a header: its encoded words (RFC 2047) and bytes as they were meant."""
    if "=?" not in value:
        return clean_line(_unescaped(value))
    words: list[str] = []
    try:
        pairs = decode_header(value)
    except (HeaderParseError, ValueError):
        return clean_line(value)
    for word, charset in pairs:
        if isinstance(word, str):
            words.append(word)
        else:
            words.append(_as(word, charset or "raw-unicode-escape"))
    return clean_line("".join(words))


def _unescaped(value: str) -> str:
    """Bytes beyond ASCII in a header, which no encoding is declared for."""
    if not any("\udc80" <= char <= "\udcff" for char in value):
        return value
    data = value.encode("utf-8", "surrogateescape")
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
