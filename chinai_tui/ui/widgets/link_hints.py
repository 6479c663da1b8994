"""The letters by which links on screen are chosen. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""From those under the resting fingers to those that are far from them."""


def labels(count: int) -> Sequence[str]:
    """So many different words of letters, all of the same length, as short as can be.

    None is the beginning of another, so that the last letter of one decides.
    """
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=length), count)]
