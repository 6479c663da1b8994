"""The screen on which one searches the library."""

from __future__ import annotations

import time

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.screens.passage_screen import PassageScreen
from chinai_tui.ui.screens.search.highlighter import ProblemHighlighter
from chinai_tui.ui.screens.search.rows import Result, count_lines, named, places, rows, told
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Part, Row
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, PassageRow, TextRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace

PAUSE_SECONDS = 0.06
"""How long typing has to rest before a search begins; the first key after a rest waits for none."""
FIRST = 20
"""Issues in an answer while one types: more than a screen holds."""
LIMIT = 100
"""Issues in the answer that follows when typing rests."""
REST_SECONDS = 0.3
BESIDE = 110
"""Columns from which the counts stand beside the list."""
HELP = (
    "Words meet in an issue; “quoted words” stand side by side; recogni* begins a word.",
    "-not  OR  in:title  in:digest  pub:chinai  is:unread  is:bookmarked  has:note",
    "company:商汤  person:  kind:university  after:2019-06  year:2020  issue:90..120",
)
TYPING = (("Enter", "open"), ("↓", "to the list"), ("Esc", "back"))
ADVICE = (
    "Try fewer words, or the beginning of one with a star: recogni*",
    "A name in any script and under any spelling: company:商汤",
)


class SearchScreen(PassageScreen):
    """A box, the passages that fit, and counts of them."""

    DEFAULT_CSS = """
    SearchScreen #body { height: 1fr; }
    SearchScreen #answer { width: 1fr; height: 1fr; }
    SearchScreen #query { height: 1; margin: 1 1 0 0; }
    SearchScreen #query Static { width: 3; color: $accent; text-style: bold; }
    SearchScreen #query LineInput { width: 1fr; background: $ground; padding: 0; }
    SearchScreen #problems { display: none; height: auto; max-height: 2; padding: 0 3; }
    SearchScreen #problems { color: $state; }
    SearchScreen PassageList { height: 1fr; background: $ground; }
    SearchScreen #counts { display: none; width: 36; height: 1fr; background: $pane; padding: 1 0; }
    SearchScreen.-wide #counts { display: block; }
    SearchScreen.-short #query { margin: 0; }
    """

    KEYS = (
        "passages.down",
        "passages.open",
        "passages.filter",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "passages.mark_row",
        "help",
    )

    def __init__(self, workspace: Workspace, query: str = "", place: Place | None = None) -> None:
        """Begin with a query, the cursor on the passage at `place` if it is in the answer."""
        super().__init__(workspace)
        self._query = clean_line(query, 2000)
        self._place = place
        self._result: Result | None = None
        self._highlighter = ProblemHighlighter()
        self._timer: Timer | None = None
        self._typed_at = 0.0
        self._entered = False
        """Whether Enter was pressed before the answer was there."""

    def compose(self) -> ComposeResult:
        """The box and the list, the counts beside them."""
        with Horizontal(id="body"):
            with Vertical(id="answer"):
                with Horizontal(id="query"):
                    yield Static(" › ", markup=False)
                    yield LineInput(self._query, placeholder="search the library")
                yield Static("", markup=False, id="problems")
                yield PassageList(boxed=True)
            yield LinesPane(self._draw_counts, id="counts")
        yield StatusBar()
        yield KeyFooter(self.keymap)

    def on_mount(self) -> None:
        """Search at once for what is there."""
        self.box.highlighter = self._highlighter
        self.set_focus(self.box, scroll_visible=False)
        self._search(self._query)

    def on_unmount(self) -> None:
        """Stop what is still searched for."""
        self.workspace.search.interrupt()

    def on_resize(self) -> None:
        """Show the counts where there is room."""
        self.set_class(self.size.width >= BESIDE, "-wide")
        self.set_class(self.size.height < 20, "-short")

    @property
    def box(self) -> LineInput:
        """The box for the query."""
        return self.query_one(LineInput)

    @property
    def passages(self) -> PassageList:
        """The list of the answer."""
        return self.query_one(PassageList)

    def _draw_counts(self, width: int, pens: Pens) -> list[Row]:
        return count_lines(self._result, width, pens)

    # Searching

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Search at once after a rest, and else when typing rests."""
        if event.value == self._query:
            return
        self._query = event.value
        self._entered = False
        rested = time.monotonic() - self._typed_at > PAUSE_SECONDS
        self._typed_at = time.monotonic()
        if self._timer is not None:
            self._timer.stop()
        if rested:
            self._search(event.value)
        else:
            self._timer = self.set_timer(PAUSE_SECONDS, lambda: self._search(self._query))

    def _search(self, source: str, limit: int = FIRST) -> None:
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
        return Result(
            answer=answer,
            issues=issues,
            outlets={each: library.publication(each).title for each in publications},
            entities=[self.workspace.entities.get(each) for each in named(answer.query.root)],
            milliseconds=took,
            limit=limit,
        )

    def _show(self, result: Result) -> None:
        self._result = result
        self._show_problems(result)
        passages = self.passages
        if result.answer.hits:
            found = rows(result)
            passages.set_title(RULE, told(result), AIR)
            passages.set_rows(found, current=self._current(result, found))
        else:
            passages.set_title(RULE, _nothing(result), AIR)
            passages.set_rows([TextRow(text, "dim") for text in ADVICE])
            self.told(None)
        self._place = None
        self.query_one("#counts", LinesPane).show(self._draw_counts)
        self._go_on(result)

    def _current(self, result: Result, found: list[ListRow]) -> str:
        """The row for the cursor: of the place one came from, the one it is on, or the best."""
        if self._place is not None:
            return _row_of(self._place, found)
        on = self.passages.current
        if result.limit > FIRST and on is not None:
            return on.id
        return next((row.id for row in found if row.id), "")

    def _go_on(self, result: Result) -> None:
        """Open what Enter asked for before it was found; else ask for what was left out."""
        if self._entered:
            self._entered = False
            self.passages.action_open()
        elif result.is_cut and result.limit < LIMIT:
            source = result.answer.query.source
            self._timer = self.set_timer(REST_SECONDS, lambda: self._search(source, LIMIT))

    def _show_help(self) -> None:
        self._result = None
        self._highlighter.problems = ()
        self.query_one("#problems").display = False
        self.passages.set_title(RULE, AIR)
        self.passages.set_rows([TextRow(text, "dim", gap=1) for text in HELP])
        self.query_one("#counts", LinesPane).show(self._draw_counts)
        self.told(None)

    def _show_problems(self, result: Result) -> None:
        query = result.answer.query
        self._highlighter.source, self._highlighter.problems = query.source, query.problems
        self.box.refresh()
        reasons = "\n".join(clean_line(problem.reason) for problem in query.problems)
        line = self.query_one("#problems", Static)
        line.update(reasons)
        line.display = bool(reasons)

    def refresh_notes(self) -> None:
        """Show the marks anew."""
        self.forget_details()

    # Moving

    @on(LineInput.Stepped)
    def _leave_box(self, event: LineInput.Stepped) -> None:
        if self.passages.current is not None and event.rows > 0:
            self.passages.focus()
            self.passages.move_to(self.passages.cursor + event.rows)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._result is not None and self._result.answer.query.source == self._query:
            self.passages.action_open()
        else:
            self._entered = bool(self._query.strip())

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        if self.box.has_focus:
            self.keys.show_hints(TYPING)
        else:
            self.show_keys(self.KEYS)

    def action_filter(self) -> None:
        """Go to the box, to ask for something else."""
        self.box.focus()

    def action_next_pane(self) -> None:
        """Go from the box to the list, or back."""
        if self.box.has_focus and self.passages.current is not None:
            self.passages.focus()
        else:
            self.box.focus()

    action_previous_pane = action_next_pane

    @on(PassageList.Opened)
    def _open(self, event: PassageList.Opened) -> None:
        if isinstance(event.row, PassageRow) and self._result is not None:
            among = places(self._result.answer)
            self.dismiss(Visit(event.row.place, among, self._result.answer.query.source))

    def told(self, row: ListRow | None) -> None:
        """Tell which of the passages one is at, and whose words it is."""
        status = Status(library="search")
        if isinstance(row, PassageRow) and self._result is not None:
            among = places(self._result.answer)
            status = Status(
                library="search",
                section=f"passage {among.index(row.place) + 1} of {len(among)}",
                voice=self.passages.detail(row).voice,
            )
        self.status.show(status)


def _row_of(place: Place, found: list[ListRow]) -> str:
    """The id of the row of a place, or of the last one shown of its issue; empty without."""
    shown = [row for row in found if isinstance(row, PassageRow) and row.place.issue == place.issue]
    same = [row for row in shown if (row.place.role, row.place.start) == (place.role, place.start)]
    return next((row.id for row in (*same, *reversed(shown))), "")


def _nothing(result: Result) -> tuple[Part, ...]:
    """What is said where nothing fits."""
    parts = [Part(f"nothing fits “{result.answer.query.source.strip()}”", "ink")]
    if result.answer.undated:
        parts.append(Part(f" · {result.answer.undated} undated left out", "dim"))
    return tuple(parts)
