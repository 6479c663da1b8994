"""What stands around a post in a mail: banners and buttons above it, notices of the law below.

What says nothing of its own is taken out; what might be the author's is only marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_date
from chinai_tui.ingest.outlets import is_furniture
from chinai_tui.text.fold import fold


def _any(*forms: str) -> re.Pattern[str]:
    """A whole block in one of these forms, with a full stop or a link behind it or not."""
    return re.compile(rf"(?:{'|'.join(forms)})[.!:]?(?:\s*https?://\S+)?", re.IGNORECASE)


_HEAD = 16
"""Blocks at the beginning among which the head of a mail may be."""
_LONG = 300
"""Characters of a block that is rather the author's than the sender's."""
_NOTICE = 200
_GAP = 4
"""Lines of a notice, such as a postal address, that are known only by what is above them."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ABOVE = _any(
    r"(?:was this|forwarded this) e-?mail\b.{0,80}",
    r"(?:view|read|open|see) .{0,30}\b(?:browser|online|on the web|web version)(?: at)?",
    r"(?:read|open|listen) in (?:the )?app|listen now|web version|paid|\W*\d*\W*",
    _MONTH + r" \d{1,2}(?:,? \d{4})?(?: *[∙•·] *(?:paid|preview|\d+ min(?:ute)?s?(?: read)?))*",
)
"""Blocks above a post."""
_BELOW = _any(
    r"you['’]?(?:re| are) (?:currently |on )?(?:an?|the) \w+ (?:subscriber|list|plan)\b.{0,200}",
    r"for the full experience,? upgrade your subscription",
    r"upgrade (?:to paid|subscription|now)|subscribe(?: now)?",
    r"like|comment|restack|share|leave a comment|refer a friend",
    r"(?:get|download|open) (?:the|in) app|start writing|publish on substack",
    r"(?:download on|get it on|available on)(?: the)? (?:app store|google play)",
    r"unsubscribe(?: here| from this list)?",
    r"(?:manage|update|change)(?: your)?(?: e-?mail)? (?:subscription|preference|setting)s?",
    r"(?:this e-?mail was )?sent to \S+@\S+.{0,120}",
    r"(?:©|\(c\)|copyright ©?) ?\d{4}\b.{0,60}",
    r"powered by (?:beehiiv|ghost|substack|buttondown|mailchimp|convertkit|kit|tinyletter)",
)
"""Blocks below a post."""
_NOTICES = re.compile(
    r"©|\bcopyright (?:\(c\)|\d{4})|all rights reserved|\bunsubscribe\b|\bmailing address\b"
    r"|why did i get this|this e-?mail was sent|(?:no longer (?:wish|want)|how you) (?:to )?receive"
    r"|(?:you are|you['’]re) receiving this|(?:update|manage) your (?:preferences|subscription)"
    r"|to your address book|^you['’]?(?:re| are) (?:currently |on )?an? \w+ subscriber",
    re.IGNORECASE,
)
"""What is said below a post and hardly in one."""
_CUT = re.compile(
    r"(?:subscribe|upgrade)\b.{0,80}\b(?:unlock|read|continue)\b.{0,20}\brest\b"
    r"|keep reading with a \d+-day free trial|this post is for paid subscribers"
    r"|(?:subscribe|upgrade)\b.{0,60}\bto (?:keep|continue) reading",
    re.IGNORECASE,
)


def is_cut(pieces: Sequence[Piece]) -> bool:
    """Whether a mail says near its end that the rest of the post is to be paid for."""
    return any(len(each.text) <= _NOTICE and _CUT.search(each.text) for each in pieces[-_HEAD:])


def trim(pieces: list[Piece], metadata: Metadata) -> list[Piece]:
    """The blocks of a mail without what the sender puts around the post, or with it marked.

    `metadata` is what is known of the post; a repetition of it is taken out above the post.
    """
    end = _foot(pieces)
    below = [_marked(each) for each in pieces[end:] if not _says_nothing(each, _BELOW)]
    return without_head(pieces[:end], metadata) + below


def without_head(pieces: list[Piece], metadata: Metadata) -> list[Piece]:
    """The blocks of a mail without what the sender puts above the post, or with it marked."""
    known = {_key(each) for each in (metadata.title, metadata.subtitle, *metadata.authors)}
    known |= {f"by {name}" for name in known}
    start = _head(pieces, metadata)
    kept = [
        _marked(piece)
        for number, piece in enumerate(pieces[:start])
        if not (_says_nothing(piece, _ABOVE) or _is_told(piece, known, pieces[number + 1 :]))
    ]
    while start < len(pieces) and start < 2 * _HEAD:
        piece = pieces[start]
        if piece.role is BlockRole.BOILERPLATE:
            kept.append(piece)
        elif not (
            _says_nothing(piece, _ABOVE) or read_date(piece.text) or _key(piece.text) in known
        ):
            break
        start += 1
    return kept + pieces[start:]


def _head(pieces: list[Piece], metadata: Metadata) -> int:
    """The number of blocks that stand above the post: up to its title, or to the last button."""
    title = _key(metadata.title)
    end = 0
    for number, piece in enumerate(pieces[:_HEAD]):
        if len(piece.text) > _LONG:
            break
        if (title and _key(piece.text) == title) or re.fullmatch(
            r"read in app|forwarded this e-?mail.{0,80}", piece.text, re.IGNORECASE
        ):
            end = number + 1
    return end


def _is_told(piece: Piece, known: set[str], later: list[Piece]) -> bool:
    """Whether a block above the post repeats the title or begins as the post itself does."""
    key = _key(piece.text)
    return (
        key in known
        or read_date(piece.text) != ""
        or (len(key) > 12 and any(_key(each.text).startswith(key.rstrip("….")) for each in later))
    )


def _foot(pieces: list[Piece]) -> int:
    """The number of the block with which what stands below the post begins."""
    start = number = len(pieces)
    gap = 0
    while number > 0 and gap <= _GAP:
        number -= 1
        text = pieces[number].text
        if len(text) <= 2 * _NOTICE and _NOTICES.search(text):
            start, gap = number, 0
        elif gap == 0 and start < len(pieces) and (_BELOW.fullmatch(text) or is_furniture(text)):
            start = number
        elif len(text) <= _NOTICE:
            gap += 1
        else:
            break
    return start


def _says_nothing(piece: Piece, pattern: re.Pattern[str]) -> bool:
    if piece.kind is BlockKind.IMAGE or piece.role is BlockRole.BOILERPLATE:
        return False
    return len(piece.text) <= _LONG and pattern.fullmatch(piece.text) is not None


def _marked(piece: Piece) -> Piece:
    """The block as furniture, which is no part of the outline."""
    piece.role = BlockRole.BOILERPLATE
    if piece.kind is BlockKind.HEADING:
        piece.kind, piece.level = BlockKind.PARAGRAPH, 0
    return piece


def _key(text: str) -> str:
    return " ".join(fold(text).split())
