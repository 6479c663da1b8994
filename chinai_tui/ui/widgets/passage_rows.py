"""What stands in a list of passages: headings, passages and notes, each drawn for a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, overload

from rich.cells import cell_len

from chinai_tui.domain.query import Passage
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean
from chinai_tui.text.snippet import snippet
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import HIT, Lit, Part, Row, flow, pieces
from chinai_tui.ui.widgets.strips import Piece, cut

SNIPPET_LINES = 3
QUOTE_LINES = 2
NOTE_LINES = 6
"""Lines of a note, at most."""
LEAST = 8
"""Cells that a title keeps when what stands beside it needs room."""
INDENT = 2
"""Cells by which a passage stands in from its head."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is told of a passage once it is known."""

    voice: str = ""
    """Whose words it is."""
    signs: str = ""
    """The marks on it: `★ ▸ ▌`."""


class ListRow(Protocol):
    """A row of a list of passages."""

    @property
    def id(self) -> str:
        """What tells it from the others; empty for one the cursor passes over."""

    @property
    def gap(self) -> int:
        """Empty lines below it where there is room for air."""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:
        """Its lines, to be cut to `width` cells."""


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading that the cursor passes over."""

    left: tuple[Part, ...]
    right: tuple[Part, ...] = ()
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """One line."""
        return [Row(pieces(self.left, pens), pieces(self.right, pens))]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A few lines of text that the cursor passes over."""

    text: str
    role: str = "dim"
    limit: int = 4
    gap: int = 0
    id: str = ""

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The text, wrapped."""
        return [
            Row(each) for each in flow(self.text, width, pens, role=self.role, limit=self.limit)
        ]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the words around its hits."""

    place: Place
    passage: Passage
    head: tuple[Part, ...] = ()
    """The line above it; none where it follows another passage of the same issue."""
    section: str = ""
    """The heading it is under."""
    more: str = ""
    """What is not shown, at the right below it."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Folded names to the colour of their kind: hits in these words are underlined, not lit."""
    lit: str = HIT
    """How the other hits stand out: lit, or underlined in a colour."""
    told_in_head: bool = False
    """Whether section and voice are told behind the head, instead of below the passage."""
    limit: int = SNIPPET_LINES
    """Lines of its words, at most."""
    gap: int = 1
    sought: tuple[str, ...] = ()
    """Folded words of a filter: shown before anything else, and lit wherever they stand."""

    @property
    def id(self) -> str:
        """The place, which is once in a list."""
        return f"{self.place.issue}/{self.place.role}/{self.place.start}"

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:
        """The head, the snippet, and the section with whose words they are."""
        signs = [(detail.signs, pens("company"))] if detail.signs else []
        rows = []
        if self.head:
            # Signs stand at the right, two cells of air before them.
            used = cell_len(detail.signs) + 2 if detail.signs else 0
            head = fitted(self.head, width - used)
            if self.told_in_head:
                used += sum(cell_len(part.text) for part in head)
                told = self._told(width - used - 3, detail)
                head.append(Part(f" · {told}" if told else "", "dim"))
            rows.append(Row(self._lit(pieces(head, pens), pens), signs))
        rows += [Row([_air(pens), *line]) for line in self._snippet(width - INDENT, pens)]
        if not self.told_in_head and (self.section or detail.voice or self.more):
            right = [(self.more, pens("dim"))] if self.more else []
            if signs and not self.head:
                right += [(" ", pens()), *signs]
            free = width - INDENT - sum(cell_len(text) for text, _ in right) - 2
            below = self._lit([(self._told(free, detail), pens("faint"))], pens)
            rows.append(Row([_air(pens), *below], right))
        return rows or [Row([("…", pens("faint"))])]

    def _told(self, width: int, detail: Detail) -> str:
        """The section, cut so that whose words these are has room behind it."""
        section = cut(self.section, width - cell_len(detail.voice) - 3)
        return " · ".join(filter(None, (section, detail.voice)))

    def _snippet(self, width: int, pens: Pens) -> list[list[Piece]]:
        text = self.passage.text
        wide = cell_len(text) / max(1, len(text))
        limit = max(40, int((self.limit * width - 12) / max(wide, 1)))
        start = self.passage.start
        hits = [(a - start, b - start) for a, b in self.passage.hits]
        # More of each than of all names: the stretch with the most hits has these first of all.
        sought = ranges_of(self.sought, text) * (len(hits) + 1)
        found = snippet(text, [*hits, *sought], limit)
        lit = [Lit(a, b, self._role(found.text[a:b])) for a, b in found.hits]
        return flow(found.text, width, pens, lit=lit, limit=self.limit)

    def _role(self, words: str) -> str:
        folded = fold(words)
        return HIT if folded in self.sought else self.names.get(folded, self.lit)

    def _lit(self, told: list[Piece], pens: Pens) -> list[Piece]:
        """Some pieces with what is sought in them lit."""
        return [part for piece in told for part in _split(piece, self.sought, pens)]


@dataclass(frozen=True, slots=True)
class DeferredRow:
    """A passage of a long list, which is read when it is drawn or acted on."""

    id: str
    read: Callable[[], PassageRow]
    gap: int = 1

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:
        """Those of the passage."""
        return self.read().lines(width, pens, detail)


def fitted(parts: Sequence[Part], width: int) -> list[Part]:
    """The parts in so many cells, as far as the longest of them can give way."""
    parts = [*parts]
    over = sum(cell_len(part.text) for part in parts) - width
    if parts and over > 0:
        at = max(range(len(parts)), key=lambda each: cell_len(parts[each].text))
        room = max(LEAST, cell_len(parts[at].text) - over)
        parts[at] = parts[at]._replace(text=cut(parts[at].text, room))
    return parts


def passage_row(row: ListRow | None) -> PassageRow | None:
    """The row as a passage, read if it has not been; None for a row that is none."""
    if isinstance(row, DeferredRow):
        return row.read()
    return row if isinstance(row, PassageRow) else None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """An annotation: what it is on, the words it quotes, the words of the note."""

    id: str
    """The id of the annotation."""
    place: Place | None
    """Where it is; none where its passage is no longer in the text, or it is not on a text."""
    head: tuple[Part, ...]
    date: str = ""
    quote: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    warning: str = ""
    """What is wrong with its place."""
    gap: int = 1

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:  # noqa: ARG002
        """The head with the date, the quotation, the note with its tags, the warning."""
        date = pieces([Part(self.date, "faint")], pens) if self.date else []
        rows = [Row(pieces(self.head, pens), date)]
        inner = width - INDENT
        if self.quote:
            quote = flow(f"“{self.quote}”", inner, pens, role="dim", limit=QUOTE_LINES)
            rows += [Row([_air(pens), *line]) for line in quote]
        rows += [Row([_air(pens), *line]) for line in self._note(inner, pens)]
        tags = " ".join(f"#{tag}" for tag in self.tags if f"#{tag}" not in self.text)
        if tags:
            rows.append(Row([_air(pens), (tags, pens("link"))]))
        if self.warning:
            rows.append(Row([_air(pens), (f"? {self.warning}", pens("state"))]))
        return rows

    def _note(self, width: int, pens: Pens) -> list[list[Piece]]:
        """The first lines of the note; what is left out is told by `…`."""
        paragraphs = [each for each in clean(self.text).split("\n") if each.strip()]
        lines: list[list[Piece]] = []
        for number, paragraph in enumerate(paragraphs, 1):
            lines += flow(paragraph, width, pens, limit=NOTE_LINES - len(lines))
            if len(lines) >= NOTE_LINES:
                if number < len(paragraphs):
                    lines[-1] = [*lines[-1], (" …", pens())]
                break
        return lines


@dataclass(frozen=True, slots=True)
class DeferredNote:
    """An annotation of a long list, which is read when it is drawn or acted on."""

    id: str
    """The id of the annotation."""
    reader: Callable[[str], NoteRow] = field(repr=False, compare=False)
    gap: int = 1

    def read(self) -> NoteRow:
        """The row with what is drawn of it."""
        return self.reader(self.id)

    def lines(self, width: int, pens: Pens, detail: Detail) -> list[Row]:
        """Those of the annotation."""
        return self.read().lines(width, pens, detail)


class DeferredNotes(Sequence[DeferredNote]):
    """The rows of annotations, each made when it is asked for, however many there are."""

    def __init__(self, ids: Sequence[str], reader: Callable[[str], NoteRow]) -> None:
        """Take the ids of the annotations in their order, and what reads one."""
        self.ids = ids
        self._reader = reader

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> DeferredNote: ...
    @overload
    def __getitem__(self, at: slice) -> DeferredNotes: ...
    def __getitem__(self, at: int | slice) -> DeferredNote | DeferredNotes:
        if isinstance(at, slice):
            return DeferredNotes(self.ids[at], self._reader)
        return DeferredNote(self.ids[at], self._reader)


def row_ids(rows: Sequence[ListRow]) -> Sequence[str]:
    """The ids of rows, in their order, without making rows for it."""
    return rows.ids if isinstance(rows, DeferredNotes) else [row.id for row in rows]


def note_row(row: ListRow | None) -> NoteRow | None:
    """The row as an annotation, read if it has not been; None for a row that is none."""
    if isinstance(row, DeferredNote):
        return row.read()
    return row if isinstance(row, NoteRow) else None


def ranges_of(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where folded words stand in a text, within longer words too."""
    folded = fold(text)
    return [hit.span() for word in words for hit in re.finditer(re.escape(word), folded)]


def _split(piece: Piece, words: Iterable[str], pens: Pens) -> Iterator[Piece]:
    """A piece, cut where the words begin and end, these lit."""
    text, style = piece
    at = 0
    for start, end in sorted(ranges_of(words, text)):
        if start >= at:
            yield text[at:start], style
            yield text[start:end], pens("strong", on=HIT)
            at = end
    yield text[at:], style


def _air(pens: Pens) -> Piece:
    return (" " * INDENT, pens())
