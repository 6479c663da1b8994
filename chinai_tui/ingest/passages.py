"""Finds the passages of a plain text that are somebody else's words."""

from __future__ import annotations

import re

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.structure import is_label, is_reading

_QUOTATION = re.compile(r"“[^“”]{40,}”\.?")
_GUEST = re.compile(
    r"edited (?:by me|for (?:clarity|length|brevity))"
    r"|offer(?:s|ing|ed)? (?:his|her|their) (?:own )?(?:thoughts|views|reflections|comments|take)"
    r"|in (?:his|her|their) own words"
    r"|(?:guest post|guest essay|reply in full|response in full|letter in full)",
    re.IGNORECASE,
)
_EXCERPT = re.compile(
    r"\b(?:(?:from|in|here(?:'s|’s| is)|to quote) (?:the|its|their|his|her) [\w -]{0,20}"
    r"(?:abstract|preface|introduction|conclusion|press release|announcement|summary)"
    r"|(?:key |longer )?(?:excerpt|passage|quote|quotation)"
    r"|(?:writes|wrote|argues|argued|concludes|concluded|explains|puts? it)"
    r"(?: that| the following| as follows| this way| this)?)\s*[:：]$",
    re.IGNORECASE,
)
_LEAD = 300
"""Characters at the end of a paragraph in which its announcement is looked for."""


def mark_quotations(pieces: list[Piece]) -> list[Piece]:
    """The same blocks, with those quoted that are surely another's words.

    These are: a paragraph in curly quotation marks; the paragraph after `From the abstract:` and
    the like; everything up to the next heading after a contributor was given the word.
    """
    guest = excerpt = False
    for piece in pieces:
        if piece.kind is BlockKind.RULE or _opens_section(piece):
            guest = excerpt = False
            continue
        if guest or (excerpt and piece.kind is BlockKind.PARAGRAPH):
            if piece.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
                piece.kind = BlockKind.QUOTE
        elif piece.kind is BlockKind.PARAGRAPH and _QUOTATION.fullmatch(piece.text):
            piece.kind = BlockKind.QUOTE
        excerpt = not guest and _announces(_EXCERPT, piece.text)
        guest = guest or _announces(_GUEST, piece.text)
    return pieces


def _opens_section(piece: Piece) -> bool:
    return (
        piece.is_heading
        or piece.role is not BlockRole.BODY
        or is_label(piece.text)
        or is_reading(piece.text)
    )


def _announces(pattern: re.Pattern[str], text: str) -> bool:
    return (
        text.endswith((":", "：")) and pattern.search(text, max(0, len(text) - _LEAD)) is not None
    )
