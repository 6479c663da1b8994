"""Proposes names that the catalogue lacks: those given with Chinese, and those that recur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from chinai_tui.domain.document import BlockKind, Document, DocumentRole
from chinai_tui.domain.entity import Entity, Mention
from chinai_tui.domain.gloss import Edge, Gloss, Suggestion
from chinai_tui.entities.capitals import Run, runs
from chinai_tui.entities.glosses import glosses
from chinai_tui.text.fold import fold

OFTEN, IN_ISSUES = 3, 2
"""How often a name stands, and in how many issues at least."""
OFTEN_IN_ONE = 4
"""How often where it is one issue only."""
MOST_WORDS = 6
_CONNECTORS = re.compile(r"and|of|for|the|\&")
_PEOPLES = re.compile(
    "american|asian|british|chinese|european|french|german|indian|japanese|korean|russian|"
    "taiwanese|western"
)
"""Words that with one more are a description: `Chinese AI`."""
_DATES = re.compile(
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)


class MarkedText(NamedTuple):
    """A document of an issue with what the catalogue knows in it."""

    issue: str
    role: DocumentRole
    document: Document
    mentions: Sequence[Mention]


@dataclass(slots=True)
class _Candidate:
    """A name as it was met so far."""

    name: str
    first: tuple[DocumentRole, int, int]
    han: str = ""
    is_glossed: bool = False
    inside: bool = False
    """Whether it stood within a sentence, where a capital is a name's."""
    count: int = 0
    issues: dict[str, None] = field(default_factory=dict)

    @property
    def recurs(self) -> bool:
        spread = self.count >= OFTEN and len(self.issues) >= IN_ISSUES
        return self.inside and " " in self.name and (spread or self.count >= OFTEN_IN_ONE)


class KnownNames(NamedTuple):
    """The names that a catalogue has."""

    parts: Set[tuple[str, ...]]
    """The names with all their parts, as folded words."""
    han: Set[str]
    """The names in Han, and the whole ones in Latin letters, folded."""

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> KnownNames:
        """The names of these entities."""
        parts: set[tuple[str, ...]] = set()
        han: set[str] = set()
        for entity in entities:
            han |= {fold(name) for name in (entity.han, entity.hant) if name}
            for name in (entity.name, *(alias.text for alias in entity.aliases)):
                folded = fold(name)
                han.add(folded)
                words = folded.split()
                for start in range(len(words)):
                    for end in range(start + 1, len(words) + 1):
                        parts.add(tuple(words[start:end]))
        return cls(parts, han)


def suggestions(documents: Iterable[MarkedText], known: KnownNames) -> list[Suggestion]:
    """The names that the catalogue lacks, those with Chinese first, then the most frequent.

    A name is proposed where a text gives its Chinese, or where its capitalised words recur:
    three times in two issues, or four times in one, at least once within a sentence. Parts of
    known names are not, nor other names of an entity whose Chinese is known.
    """
    found: dict[str, _Candidate] = {}
    for text in documents:
        for gloss in glosses(text.document, text.mentions):
            if fold(gloss.han) not in known.han and _is_name(gloss):
                _note_gloss(found, text, gloss)
        for run in _runs(text):
            _note_run(found, text, run)
    wanted = [
        each
        for key, each in found.items()
        if (each.is_glossed or each.recurs) and tuple(key.split()) not in known.parts
    ]
    wanted.sort(key=lambda each: (not each.han, -each.count, fold(each.name)))
    return [
        Suggestion(each.name, each.han, max(1, each.count), tuple(each.issues), *each.first)
        for each in wanted
    ]


def _is_name(gloss: Gloss) -> bool:
    """Whether the English of a gloss is a name that the catalogue does not have."""
    words = gloss.english.split()
    if gloss.edge in (Edge.NONE, Edge.KNOWN, Edge.DASH) or not 0 < len(words) <= MOST_WORDS:
        return False
    return (
        all(_has_capital(word) or _CONNECTORS.fullmatch(word) for word in words)
        and words[0][0] != "("
    )


def _has_capital(word: str) -> bool:
    return any(char.isupper() for char in word)


def _runs(text: MarkedText) -> Iterable[Run]:
    """The capitalised names of a text that are not wholly known ones; headings capitalise all."""
    document = text.document
    mentions = iter(text.mentions)
    mention = next(mentions, None)
    for block in document.blocks:
        if not block.is_counted or block.kind is BlockKind.HEADING or block.is_heading:
            continue
        for run in runs(document.text, block.start, block.end):
            while mention is not None and mention.end < run.end:
                mention = next(mentions, None)
            if mention is None or mention.start > run.start:
                yield run


def _note_gloss(found: dict[str, _Candidate], text: MarkedText, gloss: Gloss) -> None:
    at = text.document.text.index(gloss.english, gloss.start)
    place = (text.role, at, at + len(gloss.english))
    candidate = found.setdefault(fold(gloss.english), _Candidate(gloss.english, place))
    candidate.is_glossed = True
    candidate.han = candidate.han or gloss.han
    candidate.issues[text.issue] = None


def _note_run(found: dict[str, _Candidate], text: MarkedText, run: Run) -> None:
    name = text.document.text[run.start : run.end]
    words = fold(name).split()
    if len(words) > MOST_WORDS or any(map(_DATES.fullmatch, words)):
        return
    if len(words) > 1 and (name.isupper() or (len(words) == 2 and _PEOPLES.fullmatch(words[0]))):
        return
    key = " ".join(words)
    candidate = found.setdefault(key, _Candidate(name, (text.role, run.start, run.end)))
    candidate.count += 1
    candidate.inside = candidate.inside or not run.opens
    candidate.issues[text.issue] = None
