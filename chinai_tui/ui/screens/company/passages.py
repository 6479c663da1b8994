"""The passages that mean an entity, as rows that are read when they are drawn; and their filter.

Pure: what reads a passage is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow
from chinai_tui.errors import ChinaiError
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import DeferredRow, HeadingRow, ListRow, PassageRow
from chinai_tui.ui.widgets.strips import cut
from chinai_tui.workspace.entities import PassagePlace

NAME = 32
"""Cells of the title of an issue without a number."""
LINES = 2
"""Lines of a passage: the words around the mentions."""
AT_HAND = 200
"""Passages kept as they are drawn: several screens of them."""

Reader = Callable[[PassagePlace], Passage]


@dataclass(frozen=True, slots=True)
class Named:
    """Where the library means an entity."""

    entity: Entity
    own: Sequence[PassagePlace]
    """By its own names, by date."""
    through: Sequence[tuple[Entity, Sequence[PassagePlace]]]
    """By the names of groups that it is a member of."""
    issues: Mapping[str, IssueRow]
    """The issues by their ids."""
    fresh: frozenset[str]
    """The ids of those that are new since the last visit."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The passages in which an entity is meant by one name."""

    name: Entity
    rows: list[DeferredRow]


class Passages:
    """The rows of a page: light until they are drawn, however many there are."""

    def __init__(self, named: Named, read: Reader, is_complete: bool = True) -> None:
        """Take the places, all or the first; `read` gives the passage at one, in any thread."""
        self.is_complete = is_complete
        self._named = named
        self._read = read
        self._row = lru_cache(maxsize=AT_HAND)(self._make_row)
        self._places: dict[str, PassagePlace] = {}
        self._names = {each.id: each for each in (named.entity, *(g for g, _ in named.through))}
        self._sought: tuple[str, ...] = ()
        """The words of the filter, folded."""
        self._folded: dict[str, str] = {}
        """What the filter looks in, by the ids of the rows that it has been read for."""
        self.own = self._chapter(named.entity, named.own)
        self.through = [self._chapter(group, places) for group, places in named.through if places]
        fresh = (row.id for row in self.own.rows if self.issue(row) in named.fresh)
        self.fresh = frozenset(fresh) if named.fresh else frozenset()
        """The ids of the rows that are new since the last visit."""

    def _chapter(self, name: Entity, places: Sequence[PassagePlace]) -> Chapter:
        rows = []
        for place in places:
            row_id = f"{name.id}/{place.issue}/{place.block}"
            self._places[row_id] = place
            rows.append(DeferredRow(row_id, partial(self._filtered_row, row_id, name.id)))
        return Chapter(name, rows)

    def _filtered_row(self, row_id: str, name: str) -> PassageRow:
        """The row with the words of the filter lit, and with what else has them told."""
        row = self._row(row_id, name)
        if not self._sought:
            return row
        issue = self._named.issues.get(row.place.issue)
        title = issue.title if issue is not None and issue.number is not None else ""
        seen = fold(" ".join((row.passage.text, row.section, *(part.text for part in row.head))))
        told = title and any(word not in seen and word in fold(title) for word in self._sought)
        head = (*row.head, Part(f" · {cut(title, NAME)}", "dim")) if told else row.head
        return replace(row, head=head, sought=self._sought)

    def _make_row(self, row_id: str, name: str) -> PassageRow:
        """The row with its text; one that cannot be read says why."""
        place = self._places[row_id]
        try:
            passage = self._read(place)
        except ChinaiError as error:
            at = _place(place)
            reason = clean_line(str(error))
            passage = Passage(at.issue, at.role, place.block, at.start, at.end, (), text=reason)
        new = (Part(" new", "accent", bold=True),) if row_id in self.fresh else ()
        return PassageRow(
            place=Place(passage.issue, passage.role, passage.start, passage.end, place.hits),
            passage=passage,
            head=(*self._head(place.issue), *new),
            lit=KIND_ROLES[self._names[name].kind],
            section="" if passage.section == passage.text else passage.section.rstrip(":："),
            told_in_head=True,
            limit=LINES,
        )

    def _head(self, issue_id: str) -> tuple[Part, ...]:
        issue = self._named.issues.get(issue_id)
        if issue is None:
            return (Part(issue_id, "strong", bold=True),)
        date = spelled(issue.date) if issue.date else about(issue.near) if issue.near else "≈"
        name = f"#{issue.number}" if issue.number is not None else cut(issue.title, NAME)
        return (Part(name, "strong", bold=True), Part(f" {date}", "dim"))

    def place(self, row: DeferredRow) -> Place:
        """From the first mention in a passage to the last, for which it need not be read."""
        return _place(self._places[row.id])

    def issue(self, row: DeferredRow) -> str:
        """The id of the issue that a passage is in."""
        return self._places[row.id].issue

    # The filter

    @property
    def total(self) -> int:
        """The number of passages, those by the names of groups included."""
        return len(self._places)

    @property
    def read(self) -> int:
        """The number of passages that the filter knows."""
        return len(self._folded)

    def unread(self, count: int) -> list[DeferredRow]:
        """At most so many of the passages that the filter does not know yet."""
        rows = chain.from_iterable(part.rows for part in (self.own, *self.through))
        return list(islice(rows, self.read, self.read + count))

    def texts(self, rows: Iterable[DeferredRow]) -> dict[str, str]:
        """What the filter looks in: words, section and issue of some passages; takes its time."""
        return {row.id: fold(" ".join(self._words(self._places[row.id]))) for row in rows}

    def _words(self, place: PassagePlace) -> Iterator[str]:
        yield from (part.text for part in self._head(place.issue))
        issue = self._named.issues.get(place.issue)
        if issue is not None and issue.number is not None:
            yield issue.title
        try:
            passage = self._read(place)
        except ChinaiError:
            return
        yield from (passage.section, passage.text)

    def know(self, texts: Mapping[str, str]) -> None:
        """Have the filter look in some more passages, in the order of `unread`."""
        self._folded.update(texts)

    def know_again(self, before: Passages) -> None:
        """Have the filter look in what was read for it before, up to the first that is another."""
        for row in self.unread(len(before._folded)):
            if before._places.get(row.id) != self._places[row.id] or row.id not in before._folded:
                break
            self._folded[row.id] = before._folded[row.id]

    def fitting(self, text: str) -> list[Chapter]:
        """The passages that have all of these words, as far as they have been read."""
        words = self._sought = tuple(dict.fromkeys(fold(text).split()))
        chapters = [self.own, *self.through]
        return [Chapter(each.name, self._fitting(each.rows, words)) for each in chapters]

    def _fitting(self, rows: list[DeferredRow], words: Sequence[str]) -> list[DeferredRow]:
        for word in words:
            rows = [row for row in rows if word in self._folded.get(row.id, "")]
        return rows


def listed(chapters: Sequence[Chapter]) -> list[ListRow]:
    """The rows of the list: what names the entity itself, then each group under a heading."""
    rows: list[ListRow] = []
    for number, chapter in enumerate(chapters):
        if number and chapter.rows:
            title = Part(f"by the name of a group: {chapter.name.name}", "strong", bold=True)
            rows.append(HeadingRow((title,), (Part(f"{len(chapter.rows):,}", "dim"),)))
        rows += chapter.rows
    return rows


def title(known: Passages | None, chapters: Sequence[Chapter], text: str) -> tuple[Part, ...]:
    """What stands over the passages that the filter `text` leaves: how many, how many are new."""
    name = Part("Passages", "strong", bold=True)
    if known is None or not known.is_complete:
        return (name, Part("  reading …", "faint"))
    own = len(known.own.rows)
    if text:
        read = f" · reading {known.read:,} of {known.total:,}" if known.read < known.total else ""
        count = Part(f"  {len(chapters[0].rows):,} of {own:,}", "ink")
        return (name, count, Part(f" with “{text}”{read}", "dim"), Part("  Esc clears", "faint"))
    count = Part(f"  {own:,} by date" if own else "  none yet", "dim")
    if not known.fresh:
        return (name, count, Part("   / filter", "faint"))
    new = Part(f" · {len(known.fresh):,} new", "accent")
    return (name, count, new, Part("   n next new   / filter", "faint"))


def place_told(row: DeferredRow, chapters: Iterable[Chapter]) -> str:
    """Which passage a row is of those that mean the entity by the same name."""
    for number, chapter in enumerate(chapters):
        at = next((at for at, each in enumerate(chapter.rows, 1) if each is row), 0)
        if at:
            by_group = f" by {chapter.name.name}" if number else ""
            return f"passage {at:,} of {len(chapter.rows):,}{by_group}"
    return ""


def _place(place: PassagePlace) -> Place:
    return Place(place.issue, place.role, place.hits[0][0], place.hits[-1][1], place.hits)
