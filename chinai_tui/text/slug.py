"""Names for files and ids, in ASCII."""

from __future__ import annotations

import re

from chinai_tui.text.fold import fold

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 60) -> str:
    """Lower-case ASCII letters, digits and single dashes, cut between words; may be empty."""
    whole = _OTHER.sub("-", fold(text).replace("'", "")).strip("-")
    if len(whole) <= limit:
        return whole
    cut = whole[: limit + 1].rpartition("-")[0]
    return cut or whole[:limit]
