"""Whose newsletter a mail is, by its headers alone, so that a mailbox is sifted at speed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from chinai_tui.ingest.outlets import outlet_of_title

_HEAD = 64 * 1024
"""Bytes of the longest head that is looked at."""
_END = re.compile(rb"\r?\n\r?\n")
_FIELDS = re.compile(
    rb"^(?:list-(?:id|post|archive|url)|from|sender):((?:[^\n]|\n[ \t])*)",
    re.IGNORECASE | re.MULTILINE,
)
_BY_MAILCHIMP = re.compile(
    rb"^list-id:[^\n]*(?:\n[ \t][^\n]*)*\bmcsv\.net\b", re.IGNORECASE | re.MULTILINE
)
"""The `List-Id` under which Mailchimp sends the newsletters of all its customers."""
_SUBJECT = re.compile(rb"^subject:((?:[^\n]|\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_NAME = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_HANDED_ON = re.compile(r"\s*(?:fwd?|wg|tr|转发)\s*[:：]\s*", re.IGNORECASE)
_ATTACHED = (b"message/rfc822", b".eml")
"""What is said somewhere in a mail to which others are attached, in lower case."""
_LABEL = re.compile(r"[a-z0-9-]{1,63}", re.ASCII)
_HOST = re.compile(rf"https?://({_NAME})|<({_NAME})>|([\w.+-]{{1,64}})@({_NAME})", re.ASCII)
_HOUSES = ("substack.com", "mail.beehiiv.com", "ghost.io", "buttondown.email")
"""Hosts that send the mails of many newsletters, each under a name of its own: `name@host`."""
_OF_THE_HOUSE = frozenset({
    "no-reply", "noreply", "hello", "support", "notifications", "notification", "team", "forum",
    "mailer-daemon", "postmaster", "bounce", "bounces", "security", "billing", "reaction",
})  # fmt: skip
"""Names under which a house sends mails of its own."""


def hosts_of(head: bytes) -> frozenset[str]:
    """The hosts that a mail says it is from, in lower case and without `www.`.

    They stand in `List-Id`, `List-Post`, `List-Archive`, `List-URL`, `From` and `Sender`; what
    `name@substack.com` sends is also from `name.substack.com`. `head` is a mail or its beginning.
    """
    found: set[str] = set()
    for field in _FIELDS.findall(head_of(head)):
        for match in _HOST.finditer(field.decode("latin-1").lower()):
            address, name, local, domain = match.groups()
            found.add((address or name or domain).removeprefix("www."))
            if domain and (host := host_at_house(f"{local}@{domain}")):
                found.add(host)
    return frozenset(found)


def host_at_house(address: str) -> str:
    """The host of the newsletter that a house sends from this address; empty if it is no such."""
    local, _, domain = address.lower().rpartition("@")
    if domain not in _HOUSES or local in _OF_THE_HOUSE or not _LABEL.fullmatch(local):
        return ""
    return f"{local}.{domain.removeprefix('mail.')}"


def head_of(data: bytes) -> bytes:
    """The head of a mail, or its beginning where it is very long."""
    head = data[:_HEAD]
    end = _END.search(head)
    return head[: end.start()] if end else head


def subject_of(data: bytes, as_handed_on: bool = False) -> str:
    """The subject of a mail; `as_handed_on`, that of the mail within where it was handed on."""
    match = _SUBJECT.search(head_of(data))
    subject = _words(match[1]) if match else ""
    return _HANDED_ON.sub("", subject, count=1) if as_handed_on else subject


def wanted(data: bytes, hosts: Collection[str]) -> bool:
    """Whether a mail is from one of these hosts, as publications have them, or hands on one.

    A mail from a host below one of them is, and one by Mailchimp whose subject is a title in the
    form that only an outlet on these hosts uses, since newsletters were sent so before. Of one that
    somebody handed on the head of the mail within tells, not what is said or linked in it.
    """
    ours = {host.lower().removeprefix("www.") for host in hosts}
    return _is_from(data, ours) or any(_is_from(head, ours) for head in _within(data))


def _is_from(data: bytes, ours: Collection[str]) -> bool:
    if any(_is_below(host, ours) for host in hosts_of(data)):
        return True
    by_mailchimp = _BY_MAILCHIMP.search(head_of(data)) is not None
    numbered = outlet_of_title(subject_of(data)) if by_mailchimp else None
    return numbered is not None and any(_is_below(host, ours) for host in numbered[0].hosts)


def _within(data: bytes) -> Iterator[bytes]:
    """The heads of the mails that a mail hands on, if it looks as if there were any."""
    plain = data.lower()
    if _HANDED_ON.match(subject_of(data)) or any(sign in plain for sign in _ATTACHED):
        from chinai_tui.ingest.letter import heads_within

        yield from heads_within(data)


def _is_below(host: str, ours: Collection[str]) -> bool:
    """Whether a host is one of these or below one; a house of many newsletters is nobody's."""
    while host and host not in _HOUSES:
        if host in ours:
            return True
        host = host.partition(".")[2]
    return False


def _words(subject: bytes) -> str:
    if b"=?" not in subject:
        return " ".join(subject.decode("utf-8", "replace").split())
    from chinai_tui.ingest.mail_parts import decoded

    return decoded(subject.decode("ascii", "surrogateescape"))
