"""The screen on which one searches the library."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from chinai_tui.text.narrowing import narrowed
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.messages import LeftPage, Place, Visit
from chinai_tui.ui.screens.passage_screen import Standing
from chinai_tui.ui.screens.search.answering import FIRST, LIMIT, Answering
from chinai_tui.ui.screens.search.history import History, asked, remember
from chinai_tui.ui.screens.search.keeping import keep
from chinai_tui.ui.screens.search.rows import places
from chinai_tui.ui.widgets.facet_list import FacetList
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, NoteRow, PassageRow
from chinai_tui.ui.widgets.query_box import QueryBox
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace

BESIDE = 110
"""Columns from which the counts stand beside the list; below, they stand in its place."""
TYPING = (
    ("Enter", "open"),
    ("↓", "to the list"),
    ("↑", "asked before"),
    ("^S", "save search"),
)
NARROWING = (("Enter", "narrow"), ("j k", "move"), ("Tab", "to the box"))
NOWHERE = Standing()


class SearchScreen(Answering):
    """A box, the passages that fit, and counts of them."""

    DEFAULT_CSS = """
    SearchScreen #body { height: 1fr; }
    SearchScreen #answer { width: 1fr; height: 1fr; }
    SearchScreen PassageList { height: 1fr; background: $ground; }
    SearchScreen FacetList { width: 34; height: 1fr; background: $pane; }
    SearchScreen.-counting #body { layout: vertical; }
    SearchScreen.-counting #answer { height: auto; width: 100%; }
    SearchScreen.-counting FacetList { width: 100%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings(Scope.SEARCH) if binding.id == "search.save")
    ]

    KEYS = (
        "passages.down",
        "passages.open",
        "next_pane",
        "passages.filter",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "search.save",
        "passages.mark_row",
        "help",
    )

    def __init__(
        self,
        workspace: Workspace,
        query: str = "",
        place: Place | None = None,
        standing: Standing = NOWHERE,
    ) -> None:
        """Begin with a query, standing in its answer as before, or at the passage of `place`."""
        super().__init__(workspace, clean_line(query, 2000), place, standing)
        self._history = History([])

    def compose(self) -> ComposeResult:
        """The box and the list, the counts beside them."""
        with Horizontal(id="body"):
            with Vertical(id="answer"):
                yield QueryBox(self.query_text, placeholder="search the library")
                yield PassageList(boxed=True)
            yield FacetList()
        yield StatusBar()
        yield KeyFooter(self.keymap)

    def on_mount(self) -> None:
        """Search at once for what is there."""
        self._history = History(asked(self.workspace))
        again = bool(self.standing.row)
        self.set_focus(self.passages if again else self.box.line, scroll_visible=False)
        # Watched, since a message for each letter would come a frame late.
        self.watch(self.box.line, "value", self.typed, init=False)
        self.search(self.query_text, LIMIT if again or self.place else FIRST)

    def left_page(self) -> LeftPage:
        """The answer as it stands."""
        workspace, query, standing = self.workspace, self.query_text, Standing.of(self.passages)
        return LeftPage("the search", lambda: SearchScreen(workspace, query, standing=standing))

    def on_unmount(self) -> None:
        """Stop what is still searched for."""
        self.workspace.search.interrupt()

    def on_resize(self) -> None:
        """Show the counts where there is room."""
        self._arrange(counting=self.facets.has_focus)
        self.box.set_class(self.size.height < 20, "-short")

    def refresh_notes(self) -> None:
        """Show the marks anew."""
        self.forget_details()

    def _remember(self) -> None:
        """Keep the query for another time."""
        self.in_background(partial(remember, self.workspace, self.query_text))

    async def action_save_search(self) -> None:
        """Keep the query above the issue list; a kept one gets another name, or is forgotten."""
        query = self.query_text.strip()
        if query:
            await keep(self, query)
        else:
            self.say("write a query first; it is kept above the issue list")

    # Moving

    @property
    def facets(self) -> FacetList:
        """The counts beside the list."""
        return self.query_one(FacetList)

    @on(LineInput.Stepped)
    def _step_from_box(self, event: LineInput.Stepped) -> None:
        """Up goes back through the queries of before; down comes back, and then to the list."""
        if event.rows == -1 or (event.rows == 1 and self._history.is_back):
            self.box.set_query(self._history.step(event.rows, self.query_text))
        elif self.passages.current is not None and event.rows > 0:
            self._go_to_list()
            self.passages.move_to(self.passages.cursor + event.rows)

    def _go_to_list(self) -> None:
        self._remember()
        self._use(self.passages)

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= BESIDE

    def _use(self, part: Widget) -> None:
        """Give the keys to the box, the list or the counts."""
        self._arrange(counting=part is self.facets)
        part.focus()

    def _arrange(self, *, counting: bool) -> None:
        """Show the list and the counts, or where there is no room for both the one in use."""
        self.set_class(counting and not self._is_wide, "-counting")
        self.passages.display = self._is_wide or not counting
        self.facets.display = self._is_wide or counting

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.result is not None and self.result.answer.query.source == self.query_text:
            self.passages.action_open()
        else:
            self.has_entered = bool(self.query_text.strip())

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        if self.box.line.has_focus:
            self.keys.show_hints(TYPING, [("Esc", "back")])
        elif self.facets.has_focus:
            self.keys.show_hints(NARROWING, [("Esc", "to the list")])
        else:
            self.show_keys(self.KEYS, {"next_pane": "narrow", "passages.filter": "query"})

    def action_filter(self) -> None:
        """Go to the box, to ask for something else."""
        self._use(self.box.line)

    def action_next_pane(self) -> None:
        """Go from the box to the list, from there to the counts, and round again."""
        if self.box.line.has_focus and self.passages.current is not None:
            self._go_to_list()
        elif self.passages.has_focus and self.facets.facets:
            self._use(self.facets)
        else:
            self._use(self.box.line)

    def action_previous_pane(self) -> None:
        """The same, the other way round."""
        if self.facets.has_focus:
            self._use(self.passages)
        elif self.box.line.has_focus and self.facets.facets:
            self._use(self.facets)
        else:
            self._use(self.box.line)

    def action_back_out(self) -> None:
        """Go from the counts to the list, and from there back to where one came from."""
        if self.facets.has_focus:
            self._use(self.passages)
        else:
            super().action_back_out()

    @on(FacetList.Chosen)
    def _narrow(self, event: FacetList.Chosen) -> None:
        """Ask for what was chosen too."""
        self.box.set_query(narrowed(self.query_text, event.narrows))
        if not self._is_wide:
            self._use(self.passages)

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        if self.result is None:
            return
        self._remember()
        query = self.result.answer.query.source
        match event.row:
            case PassageRow(place=place):
                self.dismiss(Visit(place, places(self.result.answer), query))
            case NoteRow(place=None, id=note):
                await self.edit_note(note)
            case NoteRow(place=place) if place is not None:
                self.dismiss(Visit(place, query=query))

    def told(self, row: ListRow | None) -> None:
        """Tell which of the passages one is at, and whose words it is."""
        status = Status(library="search")
        if isinstance(row, PassageRow) and self.result is not None:
            among = places(self.result.answer)
            number = among.index(row.place) + 1 if row.place in among else 0
            status = Status(
                library="search",
                section=f"passage {number} of {len(among)}" if number else "",
                voice=self.passages.detail(row).voice,
            )
        self.status.show(status)
