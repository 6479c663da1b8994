"""Gives text the one form in which offsets are counted."""

from __future__ import annotations

import unicodedata

from chinai_tui.text.sanitise import clean


def normalise(text: str) -> str:
    """Clean text in NFC, with plain spaces for no-break ones; applying it twice changes nothing.

    Composing characters can bring a forbidden one about only by way of the input, so that
    cleaning comes first.
    """
    text = clean(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")
