"""Glosses: Chinese terms beside their English, as a text gives them; and names they suggest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chinai_tui.domain.document import DocumentRole


class Edge(StrEnum):
    """What tells where the English of a gloss begins and ends."""

    NONE = ""
    """Nothing does: the Chinese stands without English."""
    QUOTED = "quoted"
    LINK = "link"
    EMPHASIS = "emphasis"
    KNOWN = "known"
    """A name of the catalogue."""
    NAME = "name"
    """A run of capitalised words."""
    BRACKET = "bracket"
    """The brackets behind the Chinese."""
    DASH = "dash"
    """The dash behind the Chinese and its pinyin, up to the next stop."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A Chinese term in an English text."""

    start: int
    end: int
    """The range of term and English, brackets included, within one block of the document."""
    han_start: int
    han: str
    """The term as it stands in the text, at `han_start`."""
    english: str = ""
    """Empty where nothing tells which words before the term it renders; see `lead`."""
    edge: Edge = Edge.NONE
    pinyin: str = ""
    """As the text gives it, with tone marks."""
    lead: str = ""
    """The last words before the term, for a reader to judge by."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the catalogue lacks."""

    name: str
    han: str
    """Empty where no text gives it."""
    count: int
    """How often it stands in the texts, headings aside."""
    issues: tuple[str, ...]
    """The ids of the issues, in the order in which they were read."""
    role: DocumentRole
    """With `start` and `end`, where it stands in the first of them."""
    start: int
    end: int
