"""Asking as one types: when a search begins, and what becomes of its answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.timer import Timer

from chinai_tui.domain.query import Facets
from chinai_tui.text.completion import Choice, Completion
from chinai_tui.ui.messages import Place, WorkspaceChanged
from chinai_tui.ui.screens.notes.rows import rows as note_rows
from chinai_tui.ui.screens.passage_screen import PassageScreen, Standing
from chinai_tui.ui.screens.search import counts
from chinai_tui.ui.screens.search.rows import Result, advice, named, nothing, rows, told
from chinai_tui.ui.widgets.facet_list import FacetList
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, PassageRow, TextRow
from chinai_tui.ui.widgets.query_box import NOTHING, QueryBox
from chinai_tui.workspace import Workspace

PAUSE_SECONDS = 0.06
"""How long typing has to rest before a search begins; the first key after a rest waits for none."""
FIRST = 20
"""Issues in an answer while one types: more than a screen holds."""
LIMIT = 100
"""Issues in the answer that follows when typing rests."""
REST_SECONDS = 0.3
HELP = (
    "Words meet in an issue; “quoted words” stand side by side; recogni* begins a word.",
    "-not  OR  near:“chips export”  in:title  in:translation  in:original  in:all",
    "company:商汤  company:group/cv-dragons  person:  mentions:>3  words:>2000  issue:90..120",
    "last 90 days  after:2019-06  before:2020  date:2018..2019-06  sort:date",
    "pub:chinai  is:unread  has:note",
)


class Answering(PassageScreen):
    """The box, the list of the answer and the counts beside it."""

    def __init__(
        self, workspace: Workspace, query: str, place: Place | None, standing: Standing
    ) -> None:
        """Begin with a query, standing in its answer as before, or at the passage of `place`."""
        super().__init__(workspace)
        self.query_text = query
        """What stands in the box."""
        self.result: Result | None = None
        self.place = place
        """Where the cursor is to stand in the next answer."""
        self.standing = standing
        """How one stood in the list when one left it, until its rows are there."""
        self.has_entered = False
        """Whether Enter was pressed before the answer was there."""
        self._timer: Timer | None = None
        self._typed_at = 0.0

    @property
    def box(self) -> QueryBox:
        """The box for the query."""
        return self.query_one(QueryBox)

    @property
    def passages(self) -> PassageList:
        """The list of the answer."""
        return self.query_one(PassageList)

    # Asking

    @on(QueryBox.Typed)
    def _offer(self, event: QueryBox.Typed) -> None:
        self.box.offer(self.workspace.search.complete(event.query, event.at))

    def typed(self, query: str) -> None:
        """Search at once after a rest, and else when typing rests."""
        self.query_text = query
        self.has_entered = False
        rested = time.monotonic() - self._typed_at > PAUSE_SECONDS
        self._typed_at = time.monotonic()
        if rested:
            self.search(query)
        else:
            self._search_later(PAUSE_SECONDS, FIRST)

    def _search_later(self, seconds: float, limit: int) -> None:
        """Ask in a while for what then stands in the box, and for nothing before."""
        self._await_nothing()
        self._timer = self.set_timer(seconds, lambda: self.search(self.query_text, limit))

    def _await_nothing(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def search(self, source: str, limit: int = FIRST) -> None:
        """Ask for something; what is still searched for, or to be asked later, is given up."""
        self._await_nothing()
        self.workspace.search.interrupt()
        if not source.strip():
            self.workers.cancel_group(self, "search")
            self._show_help()
            return
        self.in_background(
            lambda: self._answer(source, limit), self._show, group="search", exclusive=True
        )

    def _answer(self, source: str, limit: int) -> Result:
        """Runs in a thread: the answer with the records that are needed to show it."""
        start = time.perf_counter()
        answer = self.workspace.search.search(source, limit)
        took = 1000 * (time.perf_counter() - start)
        library = self.workspace.library
        issues = {hit.issue: library.issue(hit.issue) for hit in answer.hits}
        publications = {issue.publication for issue in issues.values()}
        found = [note.id for note in answer.notes]
        return Result(
            answer=answer,
            issues=issues,
            outlets={each: library.publication(each).title for each in publications},
            entities=[self.workspace.entities.get(each) for each in named(answer.query.root)],
            notes=note_rows(self.workspace, self.workspace.notes.some(found)),
            milliseconds=took,
            limit=limit,
        )

    def _count(self, source: str) -> None:
        """Count what fits beside the list, in the background."""
        self.in_background(
            lambda: self.workspace.search.facets(source),
            lambda found: self._show_counts(source, found),
            group="counts",
            exclusive=True,
        )

    @on(WorkspaceChanged)
    def _ask_again(self, event: WorkspaceChanged) -> None:
        """More texts are indexed than when one asked."""
        if event.library and self.result is not None and self.result.answer.waiting:
            self.standing = Standing.of(self.passages)
            self.search(self.query_text, self.result.limit)

    # Showing

    def _show(self, result: Result) -> None:
        answer = result.answer
        if answer.query.source != self.query_text:
            # It was found while one typed on.
            return
        self.result = result
        self.box.show_problems(answer.query.source, answer.query.problems)
        passages = self.passages
        found = rows(result)
        if found:
            passages.set_title(RULE, told(result) if answer.hits else nothing(result), AIR)
            passages.set_rows(found, current=self._current(result, found))
            self._stand(found)
        else:
            passages.set_title(RULE, nothing(result), AIR)
            passages.set_rows(advice(answer))
            self.told(None)
        self._offer_likeness(result)
        if answer.widened:
            self.query_one(FacetList).set_facets(())
        else:
            self._count(answer.query.source)
        self._go_on(result)

    def _current(self, result: Result, found: list[ListRow]) -> str:
        """The row for the cursor: the one it is on while more of the answer comes, or the best."""
        on = self.passages.current
        if result.limit > FIRST and on is not None:
            return on.id
        return next((row.id for row in found if row.id), "")

    def stand_at(self, place: Place) -> None:
        """Put the cursor on the passage at a place: at once, or when the answer is there."""
        self.place = place
        if self.result is not None:
            self.standing = Standing.of(self.passages)
            self._stand(self.passages.rows)

    def _stand(self, found: Sequence[ListRow]) -> None:
        """Stand where one left the list, or at the passage one has come to since."""
        row = row_of(self.place, found) if self.place is not None else self.standing.row
        Standing(row, self.standing.top).take(self.passages)
        self.place, self.standing = None, Standing()

    def _offer_likeness(self, result: Result) -> None:
        """Offer what is like a word that stands nowhere, where nothing else is offered."""
        source = result.answer.query.source
        if self.box.line.completion.choices or source != self.query_text:
            return
        for missing in result.answer.missing:
            start = source.find(missing.words)
            if missing.nearest and start >= 0:
                choices = tuple(Choice(each, "") for each in missing.nearest)
                end = start + len(missing.words)
                self.box.offer(Completion(start, end, choices), "did you mean ")
                return

    def _go_on(self, result: Result) -> None:
        """Open what Enter asked for before it was found; else ask for what was left out."""
        if self.has_entered:
            self.has_entered = False
            self.passages.action_open()
        elif result.is_cut and result.limit < LIMIT:
            self._search_later(REST_SECONDS, LIMIT)

    def _show_counts(self, source: str, found: Facets | None) -> None:
        if found is not None and source == self.query_text:
            if self.result is not None and self.result.answer.hits:
                self.result = replace(self.result, fitting=found.issues)
                self.passages.set_title(RULE, told(self.result), AIR)
            wanted = (each for each, _ in found.companies)
            names = {each: self.workspace.entities.get(each) for each in wanted}
            self.query_one(FacetList).set_facets(counts.rows(found, names))

    def _show_help(self) -> None:
        self.result = None
        self.box.show_problems("", ())
        self.box.offer(NOTHING)
        self.passages.set_title(RULE, AIR)
        self.passages.set_rows([TextRow(text, "dim", gap=1) for text in HELP])
        self.query_one(FacetList).set_facets(())
        self.told(None)


def row_of(place: Place, found: Sequence[ListRow]) -> str:
    """The id of the row of a place, or of the last one shown of its issue; empty without."""
    shown = [row for row in found if isinstance(row, PassageRow) and row.place.issue == place.issue]
    same = [row for row in shown if (row.place.role, row.place.start) == (place.role, place.start)]
    return next((row.id for row in (*same, *reversed(shown))), "")
