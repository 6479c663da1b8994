"""Mails that a newsletter's house sends beside its posts: receipts, likes, comments, invitations.

The structure of a mail comes first: what brings a post names the post. What its subject says comes
second, since a post may be called anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chinai_tui.ingest.senders import head_of, hosts_of, subject_of

if TYPE_CHECKING:
    from chinai_tui.ingest.letter import Letter

_LIST_POST = re.compile(rb"^list-post:\s*<https?://[^/>\s]+/[^>\s]", re.IGNORECASE | re.MULTILINE)
_LIST_ID = re.compile(rb"^list-id:", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(
    rb"^(?:in-reply-to|references):[^\n]*(?:\n[ \t][^\n]*)*<post-\d{1,12}@substack\.com>",
    re.IGNORECASE | re.MULTILINE,
)
_HOUSE = "substack.com"
_ACCOUNT = re.compile(
    r"(?:your )?(?:payment )?(?:receipt|invoice) (?:from|for|#)|your payment\b"
    r"|(?:please )?(?:confirm|verify) your (?:e-?mail|subscription|account|address)"
    r"|(?:your )?(?:sign|log)[- ]?in (?:link|code)|(?:sign|log) in to \S"
    r"|\d{6} is your \S|reset your password",
    re.IGNORECASE,
)
"""What any house writes to its customers."""
_WHO = r"\S.{0,80}? "
_NOTICE = re.compile(
    _ACCOUNT.pattern
    + r"|new (?:repl(?:y|ies)|comments?|likes?|restacks?|messages?|notes?|chat|thread"
    r"|(?:free |paid )?(?:subscribers?|followers?))\b"
    rf"|{_WHO}(?:(?:just )?(?:liked|restacked|replied to|commented on|shared|quoted) (?:your|you)\b"
    r"|mentioned you|(?:subscribed to|followed|is (?:now )?following|started following) you"
    r"|invited you|sent (?:you )?a message|(?:started|opened) a (?:new )?(?:chat|thread)"
    r"|(?:just )?posted (?:a note|(?:a )?(?:new )?(?:note|thread) in|in chat)|is (?:going )?live\b)"
    r"|you(?:['’]re| are| have been|['’]ve been) invited\b|join .{1,60} (?:chat|live)\b"
    r"|welcome to \S|thank(?:s| you) for (?:subscribing|joining|signing up)\b"
    r"|your (?:free trial|gift|account|weekly stack|(?:\S.{0,60} )?subscription)\b"
    r"|subscription (?:confirmed|renewed|cancell?ed|expir\w+)",
    re.IGNORECASE,
)
"""What Substack writes to its readers."""
_OF_A_POST = re.compile(
    r"""class\s*=\s*["'][^"']*(?:\bpost-title\b|\bbody m|\bmarkup\b)|\bread\s+in\s+app\b"""
    r"|<h1\b[^<>]*>\s*<a\b[^<>]*/app-link/post\b|\bview\s+this\s+post\s+on\s+the\s+web\b",
    re.IGNORECASE,
)
"""What surrounds a post in the body of its mail."""


def is_notice(data: bytes) -> bool:
    """Whether a mail from a newsletter's sender is a notice of its house and brings no post.

    A mail of which nothing tells is none.
    """
    head = head_of(data)
    if _LIST_POST.search(head):
        return False
    subject = subject_of(data, as_handed_on=True)
    if not any(host == _HOUSE or host.endswith(f".{_HOUSE}") for host in hosts_of(data)):
        return _ACCOUNT.match(subject) is not None
    says = _NOTICE.match(subject) is not None
    # Substack's headers would name a post if there were one; a mail may have lost all of them.
    if not says and (_NUMBER.search(head) or not _LIST_ID.search(head)):
        return False
    from chinai_tui.ingest.letter import letters

    return not any(_brings_post(each, says) for each in letters(data))


def _brings_post(letter: Letter, says: bool) -> bool:
    """Whether the body is that of a post; links to one have notices of what is said on it, too."""
    return _OF_A_POST.search(letter.body) is not None or (not says and letter.post.url != "")
