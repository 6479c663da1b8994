"""A newsletter's mail as far as it is a text: its own words and what names the post, no more.

A letter holds nothing of the subscriber: no address of his, no token. Written as a mail again it
is the form in which a mail is stored.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import getaddresses, parseaddr
from html import escape

from chinai_tui.ingest import mailed_post
from chinai_tui.ingest.forwarded import Forwarding, forwarding, recipients, seen_lines, unquoted
from chinai_tui.ingest.mail_parts import bodies, decoded, header, innermost, parsed, raw
from chinai_tui.ingest.scrubbing import scrub, secrets_of
from chinai_tui.ingest.senders import host_at_house
from chinai_tui.ingest.wrapped import rejoined
from chinai_tui.text.sanitise import clean_line

_NAMED = 100
"""Readers of a mail in a row whose names are taken out."""
_EMPTY_PAGE = 100_000
"""Characters of the longest page that is looked at for whether it shows anything."""
_SHOWS = re.compile(r"<img\b|<(?:p|h[1-6]|li|td|a)\b[^<>]*>\s*[^\s<&]", re.IGNORECASE)
"""What there is on most pages that show something, to be found at once."""
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)\b", re.IGNORECASE)
HANDED_ON = re.compile(r"\s*(?:(?:fwd?|re|aw|wg|tr|转发|回复|答复)\s*[:：]\s*)+", re.IGNORECASE)
"""What mail programs put before the subject of a mail that is forwarded or answered."""
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
_GREETING = (
    r"(\b(?:hi|hello|hey|dear|welcome|good (?:morning|afternoon|evening))\b(?:,|&nbsp;|\s"
    r"|<[^<>]{0,200}>){1,5})"
)
_RECIPIENTS = (
    r"((?:\b(?:to|cc|bcc)|收件人|抄送)\s?[:：](?:\s|&(?:nbsp|lt|gt|quot|\#39);|[\"',;>]"
    r"|<(?:[/!a-z][^<>]{0,300}>)?){0,40})"
)
"""The beginning of a line that names who got a mail, in a text or a page."""
_SIMPLE = re.compile(r"[\w .,:;'!/#()-]*", re.ASCII)
_REPLY = re.compile(r"\s*(?:re|aw|回复|答复)\s*[:：]", re.IGNORECASE)
_ONE_SUBSCRIBER = re.compile(r"[^@]*\+|[^@]{40}")
_NO_POST = mailed_post.Post()
_BRACKETS = re.compile(r" ?\[\s*+([^\s\[\]]++)\s*+\]")


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
    """The letter of a mail; of one that encloses others, theirs."""
    return [_letter(each) for each in innermost(parsed(data))]


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


def heads_within(data: bytes) -> Iterator[bytes]:
    """The heads of the mails that a mail hands on, of those attached and of one that it quotes.

    Of a quoted one, what its banner tells; where that has no address, with the address of the post
    that its links lead to.
    """
    message = parsed(data)
    for each in innermost(message):
        if each is not message:
            yield "".join(f"{key}: {raw(each, key)}\n" for key in each).encode("utf-8", "replace")
        body, is_html, _text = _body(each)
        if banner := forwarding(_lines(body, is_html)):
            post = "" if banner.address else f"List-Post: <{_letter(each).post.url}>\n"
            yield f"From: {banner.sender}\n{post}".encode("utf-8", "replace")


def _letter(message: Message) -> Letter:
    subject = header(message, "Subject")
    name, address = parseaddr(raw(message, "From"))
    list_id = _list_of(message, address)
    body, is_html, text = _body(message)
    lines = [] if list_id else _lines(body, is_html)
    banner = forwarding(lines)
    quoted, names = recipients(lines)
    readers = (_addresses(message, _TO) | quoted) - {address}
    is_reply = _is_reply(subject, list_id)
    if banner or _is_handed_on(subject, list_id):
        name, readers = "", readers | ({address} if address else set())
    private = _any_of(readers)
    secrets = {secret for each in readers for secret in secrets_of(each)}
    whole = body if is_html else _without_brackets(body, private, secrets)
    nameless = _without_names(private.sub("", whole), _GREETING, _names(message) | names)
    nameless = _without_names(nameless, _RECIPIENTS, names)
    clean = scrub(nameless, is_html, secrets)
    return Letter(
        subject=scrub(private.sub("", subject), False, secrets).strip(),
        sender=decoded(name),
        address=_ascii(address) if list_id and not _ONE_SUBSCRIBER.match(address) else "",
        date=_ascii(header(message, "Date")),
        list_id=list_id,
        post=_NO_POST if is_reply else _post(message, list_id, banner, body, text),
        body=clean,
        is_html=is_html and bool(clean.strip()),
    )


def _list_of(message: Message, address: str) -> str:
    """The list that sent a mail, by its header, or by the address that a house gave it."""
    host = host_at_house(address)
    return _list_id(raw(message, "List-Id")) or (f"<{host}>" if host else "")


def _body(message: Message) -> tuple[str, bool, str]:
    """The page or the text that is read of a mail, whether it is a page, and its plain texts."""
    parts = list(bodies(message))
    text = "\n\n".join(text for _, texts in parts for text in texts)
    pages = ["\n".join(pages) for pages, _ in parts]
    if text.strip():
        pages = ["" if _is_empty(page) else page for page in pages]
    if not any(page.strip() for page in pages):
        return text, _PAGE.match(text) is not None, text
    shown = (
        page if page.strip() else _as_page("\n\n".join(texts))
        for page, (_, texts) in zip(pages, parts, strict=True)
    )
    return "\n".join(shown), True, text


def _as_page(text: str) -> str:
    """A text that stands beside a page, as a page; one may be called a text by mistake."""
    if _PAGE.match(text):
        return text
    lines = (line.strip() for line in rejoined(text.splitlines()))
    return "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in lines if line)


def _is_empty(page: str) -> bool:
    """Whether there is nothing to be seen on a page."""
    if len(page) > _EMPTY_PAGE or _SHOWS.search(page):
        return False
    return not seen_lines(page)


def _lines(body: str, is_html: bool) -> list[str]:
    return seen_lines(body) if is_html else unquoted(body.splitlines())


def _is_handed_on(subject: str, list_id: str) -> bool:
    return not list_id and HANDED_ON.match(subject) is not None


def _is_reply(subject: str, list_id: str) -> bool:
    return not list_id and _REPLY.match(subject) is not None


def _post(
    message: Message, list_id: str, banner: Forwarding | None, body: str, text: str
) -> mailed_post.Post:
    """The post that a mail brings; who hands one on has no headers that would number it."""
    quoted = host_at_house(banner.address) if banner else ""
    told = {"List-Id": f"<{quoted}>"} if quoted else {"List-Id": list_id} if list_id else {}
    found = mailed_post.find(lambda key: told.get(key) or raw(message, key), body, text)
    return replace(found, id="") if banner else found


def _addresses(message: Message, names: tuple[str, ...]) -> set[str]:
    found = getaddresses([raw(message, name) for name in names])
    return {address for _, address in found if len(address) > 5 and "@" in address}


def _any_of(addresses: set[str]) -> re.Pattern[str]:
    """A pattern of these addresses, however their signs are written; of none, of nothing."""
    forms = "|".join("".join(map(_sign, each)) for each in sorted(addresses))
    return re.compile(forms or r"(?!)", re.IGNORECASE)


def _without_brackets(text: str, private: re.Pattern[str], secrets: set[str]) -> str:
    """A text without the brackets whose link or address is left out, as it will be."""

    def _kept(match: re.Match[str]) -> str:
        link = match[1]
        may_go = any(sign in link for sign in "/@:")
        return match[0] if not may_go or scrub(private.sub("", link), False, secrets) else ""

    return _BRACKETS.sub(_kept, text)


def _sign(char: str) -> str:
    """A pattern of a character of an address: itself, or as HTML, links and bounces write it."""
    if char.isalnum():
        return re.escape(char)
    code = ord(char)
    forms = rf"{re.escape(char)}|%(?:25)?{code:02x}|={code:02x}|&#0*{code};|&#x0*{code:x};"
    return rf"(?:{forms}|=|&commat;)(?:<wbr\s?/?>)?" if char == "@" else f"(?:{forms})"


def _names(message: Message) -> set[str]:
    """The names that the mail gives of those who got it, whole and by their first word."""
    found = {decoded(name) for name, _ in getaddresses([raw(message, "To")])}
    whole = {name for name in found if "@" not in name and len(name) > 1}
    return whole | {first for name in whole if len(first := name.split()[0]) > 1}


def _without_names(body: str, before: str, names: set[str]) -> str:
    """A body in which none of these names stands behind words such as those of a greeting."""
    if not names:
        return body
    forms = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"{before}(?:{forms})(?!\w)", re.IGNORECASE)
    for _ in range(_NAMED):
        body, found = pattern.subn(r"\1", body)
        if not found:
            break
    return body


def _encoded(value: str) -> str:
    """A header's words in ASCII, as one encoded word where that is needed."""
    if _SIMPLE.fullmatch(value) and "=?" not in value:
        return value
    return f"=?utf-8?b?{b64encode(value.encode('utf-8', 'replace')).decode('ascii')}?="


def _ascii(value: str) -> str:
    return clean_line(value.encode("ascii", "ignore").decode("ascii"), 200)


def _list_id(value: str) -> str:
    """The name of the list, without what else the header says."""
    match = re.search(r"<([\w.-]{3,200})>", value, re.ASCII)
    return f"<{match[1]}>" if match else ""
