"""The body of a post as a feed or an interface hands it out: HTML without the page around it."""

from __future__ import annotations

import re

from chinai_tui.domain.document import BlockKind, SpanKind
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.html_blocks import fragment, is_cut
from chinai_tui.ingest.links import canonical

_PAYWALL = re.compile(r"""(?:class|data-component-name)\s*=\s*["'][^"'<>]{0,200}paywall""", re.I)
_READ_MORE = re.compile(r"(?:read|see) (?:more|on)|(?:continue|keep) reading", re.IGNORECASE)
_CUT = re.compile(r"\[(?:…|\.\.\.)\]$")
"""How feeds mark that they hand out only the beginning."""


def read_body(html: str, url: str, base: str = "") -> tuple[list[Piece], bool]:
    """The blocks of a body, and whether it is only the beginning of the post at `url`.

    It is where it ends with a link to the post that says to read more, which is left out, with
    `[…]`, or at a paywall. Its links count from `base`, if that is another address.
    """
    pieces = fragment(html, base or url)
    truncated = _PAYWALL.search(html) is not None and is_cut(html)
    if pieces and _leads_on(pieces[-1], url):
        del pieces[-1]
        truncated = True
    return pieces, truncated or bool(pieces and _CUT.search(pieces[-1].text))


def _leads_on(piece: Piece, url: str) -> bool:
    """Whether a block is but a link to the rest of the post."""
    words = piece.text.rstrip(" .…→»>")
    if piece.kind is not BlockKind.PARAGRAPH or not _READ_MORE.fullmatch(words):
        return False
    targets = [target for kind, _, _, target in piece.ranges if kind is SpanKind.LINK]
    return any(canonical(target) == canonical(url) for target in targets)
