"""What a query may go on with at the place where one types."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chinai_tui.text.fields import FIELDS, VALUES, quoted
from chinai_tui.text.fold import fold

MOST = 9
"""Choices that are offered."""

Known = Callable[[str, str], Sequence[tuple[str, str]]]
"""For a field and what of its value is typed: values, best first, each with what to say of it."""

_PIECE = re.compile(r'(-?)(?:([A-Za-z]+)[:：])?("[^"]*|[^\s()"]*)$')
"""The piece of a query that ends where one types: minus sign, field, value."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a piece of a query may become."""

    text: str
    """The whole piece, ready to be put in its place."""
    told: str
    """What it means, in a few words."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The piece that is being typed, as offsets into the query, and what it may become."""

    start: int
    end: int
    choices: tuple[Choice, ...]


def complete(source: str, at: int, known: Known) -> Completion:
    """What the piece of a query that ends at an offset may become; no choices if nothing fits.

    A bare word becomes a field that begins so, a value one that the field can have. For what is
    whole already nothing is offered.
    """
    match = _PIECE.search(source, 0, at)
    if match is None:
        return Completion(at, at, ())
    minus, field, value = match[1], (match[2] or "").lower(), match[3].removeprefix('"')
    choices: list[Choice] = []
    if field in FIELDS:
        choices = [
            Choice(f"{minus}{field}:{quoted(text)}", told)
            for text, told in _values(field, value, known)
        ]
    elif not field and value and not match[3].startswith('"'):
        begun = fold(value)
        choices = [
            Choice(f"{minus}{name}:", told)
            for name, told in FIELDS.items()
            if name.startswith(begun)
        ]
    piece = fold(source[match.start() : at])
    if any(piece in (fold(choice.text), fold(choice.text).replace('"', "")) for choice in choices):
        choices = []
    return Completion(match.start(), at, tuple(choices[:MOST]))


def _values(field: str, value: str, known: Known) -> Sequence[tuple[str, str]]:
    if field in VALUES:
        begun = fold(value)
        return [(each, "") for each in VALUES[field] if each.startswith(begun)]
    return known(field, value)
