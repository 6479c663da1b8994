"""What is to be mended: some words of a text, and what can be done about them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chinai_tui.domain.document import Document, DocumentRole, is_han
from chinai_tui.domain.entity import Entity, Mention
from chinai_tui.domain.gloss import Gloss, Suggestion
from chinai_tui.domain.mending import Extent
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.workspace import OpenedIssue

AROUND = 90
"""Characters that are shown on each side of the words."""
LONGEST = 120
"""Characters of a selection that may be a name."""


class Addition(StrEnum):
    """What words that are no known name may become."""

    ALIAS = "alias"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Context:
    """The words where they stand: a piece of the text and the range of the words in it."""

    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """Some words, what they are taken for, and what they may be instead."""

    words: str
    issue: str
    role: DocumentRole
    mention: Mention | None = None
    """What is marked in these words, if anything is."""
    entity: Entity | None = None
    """What the mention names."""
    name: str = ""
    """The name a new entity of these words begins with."""
    han: str = ""
    """Its Chinese name, where the text gives one."""
    context: Context = Context()
    is_new: bool = False
    """Whether only a new entity comes into question."""

    @property
    def is_known(self) -> bool:
        """Whether the words are wholly what is marked."""
        return self.mention is not None and clean_line(self.mention.words) == self.words

    @property
    def title(self) -> str:
        """The words, and what they are taken for."""
        if self.entity is None or not self.is_known:
            return f"“{self.words}”"
        han = f" {self.entity.han}" if self.entity.han else ""
        return f"“{self.words}”, taken for {self.entity.name}{han}"

    def offers(self) -> list[Choice]:
        """What can be done, numbered; the ids are those of `Extent` and `Addition`."""
        offered: list[tuple[str, str, str]] = []
        if not self.is_known:
            offered += [
                (Addition.ENTITY, "a new entity …", "that the catalogue lacks"),
                (Addition.ALIAS, "another name of …", "an entity that it has"),
            ]
        if self.entity is not None and self.mention is not None:
            name = self.entity.name
            offered += [
                (Extent.HERE, f"not {name} here", "at this place alone"),
                (Extent.ISSUE, f"not {name} in this issue", "wherever it says so"),
                (Extent.EVERYWHERE, f"not {name} anywhere", "the words never mean it"),
            ]
        return [
            Choice(str(choice), text, detail, str(number))
            for number, (choice, text, detail) in enumerate(offered, 1)
        ]


def subject_of(
    opened: OpenedIssue,
    start: int,
    end: int,
    glosses: Iterable[Gloss],
    mention: Mention | None = None,
    entity: Entity | None = None,
) -> Subject:
    """The words of a range, with the mention in them and what the text tells of them."""
    document = opened.document
    words = clean_line(document.text[start:end])
    name, han = named(words, start, end, glosses)
    return Subject(
        words=words,
        issue=opened.issue.id,
        role=opened.role,
        mention=mention,
        entity=entity,
        name=name,
        han=han,
        context=_context(document, start, end),
    )


def subject_of_suggestion(suggestion: Suggestion) -> Subject:
    """A name that the catalogue lacks."""
    return Subject(
        words=suggestion.name or suggestion.han,
        issue=suggestion.issues[0],
        role=suggestion.role,
        name=suggestion.name or suggestion.han,
        han=suggestion.han,
        is_new=True,
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the space at its ends."""
    words = text[start:end]
    return (
        start + len(words) - len(words.lstrip()),
        max(start, end - len(words) + len(words.rstrip())),
    )


def is_name(document: Document, start: int, end: int) -> bool:
    """Whether a range may be a name: some words of one block, not too many."""
    if not 0 < end - start <= LONGEST or document.block_at(start) != document.block_at(end - 1):
        return False
    return any(map(str.isalnum, document.text[start:end]))


def mention_in(mentions: Sequence[Mention], start: int, end: int, entity: str) -> Mention | None:
    """The first mention of an entity that a range touches, else the first of any."""
    touched = [each for each in mentions if each.start < end and start < each.end]
    of_entity = (each for each in touched if each.entity == entity)
    return next(of_entity, touched[0] if touched else None)


def named(words: str, start: int, end: int, glosses: Iterable[Gloss]) -> tuple[str, str]:
    """A name and its Chinese, for words that stand at a range of a document with these glosses.

    A gloss tells of the words where it holds them, stands right behind them, or explains the
    same words elsewhere. Without one, Chinese words are both.
    """
    is_chinese = any(map(is_han, words)) and not any(c.isascii() and c.isalpha() for c in words)
    for gloss in glosses:
        inside = gloss.start <= start and end <= gloss.end
        behind = end <= gloss.start <= end + 2
        around = start <= gloss.start and gloss.end <= end
        same = fold(words) in (fold(gloss.english), fold(gloss.han))
        if not (inside or behind or around or same):
            continue
        if is_chinese or around:
            return gloss.english or words, gloss.han
        return words, gloss.han
    return words, words if is_chinese else ""


def _context(document: Document, start: int, end: int) -> Context:
    """The words with what stands around them in their block, cut between words."""
    if not document.blocks or end <= start:
        return Context()
    block = document.blocks[document.block_at(start)]
    first, last = max(block.start, start - AROUND), min(block.end, end + AROUND)
    if first > block.start:
        space = document.text.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    if last < block.end:
        space = document.text.rfind(" ", end, last)
        last = space if space >= 0 else last
    before = "… " if first > block.start else ""
    after = " …" if last < block.end else ""
    at = start - first + len(before)
    return Context(f"{before}{document.text[first:last]}{after}", at, at + end - start)
