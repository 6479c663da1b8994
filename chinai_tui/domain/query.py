"""The tree of a query, and what a search answers.

Words, negations and fields hold for an issue; phrases hold within one block.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chinai_tui.domain.document import DocumentRole


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `prefix` for `word*`. Several tokens (`01.AI`, 商汤) stand next to each other."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other within one block."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A condition such as `company:sensetime`; the value is as typed, without quotation marks."""

    name: str
    value: str
    place: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where it stands in the query as it was typed: start and end."""


@dataclass(frozen=True, slots=True)
class Named:
    """A field that named entities, once the names are resolved: any of these ids."""

    name: str
    value: str
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these hold; with no parts, everything does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of these holds."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Field | Named | Not | And | Or


@dataclass(frozen=True, slots=True)
class Problem:
    """A place of the query that cannot be read: offsets into the source, and why."""

    start: int
    end: int
    reason: str
    is_condition: bool = False
    """Whether it is a condition that cannot be put, so that the answer is to another question."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read; the rest of it holds even where there are problems."""

    source: str
    root: Node
    problems: tuple[Problem, ...] = ()
    sort: str = ""
    """`date`, `relevance`, `number`, `place`, or empty for the usual order of where one asks."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that everything fits, in the usual order."""
        return isinstance(self.root, And) and not self.root.parts and not self.sort


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that fits, with the hits in it as offsets into the document's text."""

    issue: str
    role: DocumentRole
    block: int
    start: int
    end: int
    hits: tuple[tuple[int, int], ...]
    section: str = ""
    """The heading the block stands under."""
    text: str = ""
    """The words of the block."""


@dataclass(frozen=True, slots=True)
class IssueHit:
    """An issue that fits, with its passages, best first."""

    issue: str
    score: float
    """Higher is better."""
    together: bool
    """Whether all words and entities of the query meet in one passage."""
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NoteHit:
    """An annotation that fits."""

    id: str
    issue: str
    entity: str
    words: str
    """Its text, or else the words of its passage."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a query that fits nothing by itself, with parts like it that do."""

    words: str
    """The part as one would type it."""
    nearest: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """In words: `“sensetme” has no hits; did you mean company:SenseTime or sensetime?`."""
        meant = f"; did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        return f"“{self.words}” has no hits{meant}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found."""

    query: Query
    hits: tuple[IssueHit, ...]
    undated: int = 0
    """Issues left out because a date was asked for and they have none."""
    widened: str = ""
    """How the query was relaxed where nothing fitted as asked; empty otherwise."""
    missing: tuple[Missing, ...] = ()
    """Where nothing fitted as asked, what of it stands nowhere."""
    notes: tuple[NoteHit, ...] = ()
    """The annotations whose own words, or the words they quote, fit; the latest first."""
    waiting: int = 0
    """Issues whose texts are still to be indexed, so that they may fit and are not found."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How the issues that fit a query are spread, as numbers of issues."""

    issues: int
    years: tuple[tuple[str, int], ...]
    """In order; the undated ones under an empty year."""
    companies: tuple[tuple[str, int], ...]
    """By id, those that most of the issues name first."""
    outlets: tuple[tuple[str, str, int], ...]
    """Id and title of each publication, the one with most of the issues first."""
