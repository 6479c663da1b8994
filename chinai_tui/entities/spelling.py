"""How names are compared: what is not seen in them put aside, their capitals kept or not."""

from __future__ import annotations

import unicodedata

from chinai_tui.text.fold import fold

JOINERS = "\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Characters that are not seen: joiners and variation selectors."""
NO_JOINERS = str.maketrans("", "", JOINERS)


def key(text: str) -> str:
    """A name as it is looked for in a folded text without joiners."""
    return fold(text.translate(NO_JOINERS))


def spelling(text: str) -> str:
    """A name as its capitals are compared: full width, ligatures and curly apostrophes aside."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(NO_JOINERS)).replace("’", "'")
