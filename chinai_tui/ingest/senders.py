"""Whose newsletter a mail is, by its headers alone, so that a mailbox is sifted at speed."""

from __future__ import annotations

import re
from collections.abc import Collection

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
_HOST = re.compile(rf"https?://({_NAME})|<({_NAME})>|([\w.+-]{{1,64}})@({_NAME})", re.ASCII)
_HOUSES = ("substack.com", "mail.beehiiv.com", "ghost.io", "buttondown.email")
"""Hosts that send the mails of many newsletters, each under a name of its own: `name@host`."""


def hosts_of(head: bytes) -> frozenset[str]:
    """The hosts that a mail says it is from, in lower case and without `www.`.

    They stand in `List-Id`, `List-Post`, `List-Archive`, `List-URL`, `From` and `Sender`; what
    `name@substack.com` sends is also from `name.substack.com`. `head` is a mail or its beginning.
    """
    found: set[str] = set()
    for field in _FIELDS.findall(_head_of(head)):
        for match in _HOST.finditer(field.decode("latin-1").lower()):
            address, name, local, domain = match.groups()
            found.add((address or name or domain).removeprefix("www."))
            if domain in _HOUSES:
                found.add(f"{local}.{domain.removeprefix('mail.')}")
    return frozenset(found)


def wanted(data: bytes, hosts: Collection[str]) -> bool:
    """Whether a mail is from one of these hosts, as publications have them.

    A mail from a host below one of them is, and one by Mailchimp whose subject is a title in the
    form that only an outlet on these hosts uses, since newsletters were sent so before.
    """
    ours = {host.lower().removeprefix("www.") for host in hosts}
    if any(_is_below(host, ours) for host in hosts_of(data)):
        return True
    head = _head_of(data)
    match = _SUBJECT.search(head) if _BY_MAILCHIMP.search(head) else None
    numbered = outlet_of_title(_words(match[1])) if match else None
    return numbered is not None and any(_is_below(host, ours) for host in numbered[0].hosts)


def _head_of(data: bytes) -> bytes:
    head = data[:_HEAD]
    end = _END.search(head)
    return head[: end.start()] if end else head


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
    from chinai_tui.ingest.letter import decoded

    return decoded(subject.decode("ascii", "surrogateescape"))
