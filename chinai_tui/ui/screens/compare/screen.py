"""The screen on which two to five entities are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from chinai_tui.domain.comparison import MOST
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.messages import LeftPage, Place, Visit, WorkspaceChanged
from chinai_tui.ui.screens.company.reading import claim_place
from chinai_tui.ui.screens.compare.bands import Band, CountsRow
from chinai_tui.ui.screens.compare.reading import read
from chinai_tui.ui.screens.compare.rows import CLAIMS, Compared, View, rows
from chinai_tui.ui.screens.passage_screen import PassageScreen, Standing
from chinai_tui.ui.widgets.fact_rows import ClaimRow, FoldRow
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredRow, ListRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace

READING = "compared"
"""The group of jobs of which only the last one counts."""
SCALE = "compare.scale"
"""The command that only bars need."""
FEWEST = 2
"""Entities that a comparison needs."""
TALL = 30
"""Lines of the screen from which bars have all their lines."""
HIGH, LOW = 3, 2
"""Lines of bars there, and on a lower screen."""


class ComparedList(PassageList):
    """The rows of a comparison."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.COMPARE)]


class CompareScreen(PassageScreen):
    """Timelines over each other, relations, and the passages in which the entities meet."""

    DEFAULT_CSS = "CompareScreen ComparedList { height: 1fr; background: $ground; }"

    KEYS = (
        "passages.down",
        "passages.open",
        "compare.add",
        "compare.remove",
        SCALE,
        "next_pane",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "passages.mark_row",
        "help",
    )

    def __init__(
        self,
        workspace: Workspace,
        entity_ids: Sequence[str],
        *,
        view: View | None = None,
        standing: Standing | None = None,
    ) -> None:
        """Take the ids of two to five entities; of more the first five are compared.

        `view` and `standing` tell how a comparison was left that is opened again.
        """
        super().__init__(workspace)
        ids = list(dict.fromkeys(entity_ids))
        self._ids = ids[:MOST]
        self._left_out = len(ids[MOST:])
        self._compared: Compared | None = None
        self._view = view or View()
        self._before = standing

    def compose(self) -> ComposeResult:
        """One list, wide or narrow."""
        yield ComparedList()
        yield StatusBar()
        yield KeyFooter(self.keymap)

    @property
    def entries(self) -> ComparedList:
        """The list of everything."""
        return self.query_one(ComparedList)

    # Reading

    def on_mount(self) -> None:
        """Read what there is to tell."""
        self.set_focus(self.entries, scroll_visible=False)
        if self._left_out:
            self.say(f"{MOST} at most: the last {self._left_out} left out", warning=True)
        self._read()

    def _read(self) -> None:
        ids = tuple(self._ids)

        def tell(compared: Compared) -> None:
            """Show what is known; where they meet follows."""
            self._compared = compared
            self._arrange()
            self.in_background(
                lambda: replace(compared, meetings=self.workspace.comparing.meetings(ids)),
                tell_meetings,
                group=READING,
                exclusive=True,
            )

        def tell_meetings(compared: Compared) -> None:
            self._compared = compared
            self._arrange()

        self.in_background(lambda: read(self.workspace, ids), tell, group=READING, exclusive=True)

    @on(WorkspaceChanged)
    def _follow_library(self, event: WorkspaceChanged) -> None:
        if event.library:
            self._read()

    def refresh_notes(self) -> None:
        """Show the marks on passages anew."""
        self.forget_details()

    # Showing

    def on_resize(self) -> None:
        """Draw bars as high as there is room for."""
        self._view = replace(self._view, height=HIGH if self.size.height >= TALL else LOW)
        self._arrange()

    def _arrange(self) -> None:
        if self._compared is not None:
            self.entries.set_rows(rows(self._compared, self._view))
            self.show_keys_here()
            if self._before is not None and self._before.take(self.entries):
                self._before = None

    def left_page(self) -> LeftPage:
        """The comparison as it stands."""
        workspace, ids = self.workspace, tuple(self._ids)
        view, standing = self._view, Standing.of(self.entries)
        return LeftPage(
            "the comparison",
            lambda: CompareScreen(workspace, ids, view=view, standing=standing),
        )

    def show_keys_here(self) -> None:
        """Show the keys; the one for bars only where there are bars."""
        is_plotted = self._compared is not None and self._compared.is_plotted
        self.show_keys(key for key in self.KEYS if is_plotted or key != SCALE)

    def told(self, row: ListRow | None) -> None:
        """Tell who is compared, and at which of the issues that name all one is."""
        if self._compared is None:
            return
        comparison = self._compared.comparison
        names = ", ".join(entity.name for entity in comparison.entities)
        section = voice = ""
        if isinstance(row, DeferredRow):
            number = next(n for n, each in enumerate(self._meetings(), 1) if each.id == row.id)
            section = f"issue {number:,} of {len(comparison.shared):,}"
            voice = self.entries.detail(row).voice
        elif isinstance(row, ClaimRow):
            section, voice = "relation", row.claim.said_by
        self.status.show(Status("compare ›", names, section, voice))

    def _meetings(self) -> Sequence[DeferredRow]:
        return [row for row in self.entries.rows if isinstance(row, DeferredRow)]

    # Moving

    def action_next_pane(self) -> None:
        """Go to the first row of the next kind, after the last to the first again."""
        self._go_to_part(1)

    def action_previous_pane(self) -> None:
        """Go to the first row of the kind before."""
        self._go_to_part(-1)

    def _go_to_part(self, step: int) -> None:
        firsts: dict[type[ListRow], str] = {}
        for row in self.entries.rows:
            if row.id:
                firsts.setdefault(type(row), row.id)
        firsts.pop(FoldRow, None)
        kinds = [*firsts]
        current = type(self.entries.current)
        if kinds:
            at = kinds.index(current) if current in kinds else 0
            self.entries.go_to(firsts[kinds[(at + step) % len(kinds)]])

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        match event.row:
            case Band(entity=entity):
                await self.open_entity(entity.id)
            case CountsRow(issue=issue):
                self._open_counts(issue)
            case DeferredRow() as row:
                among = tuple(each.read().place for each in self._meetings())
                self.dismiss(Visit(row.read().place, among))
            case ClaimRow(claim=claim):
                place = claim_place(self.workspace, claim)
                if place is None:
                    self.say(f"not in the library: {claim.said_by}", warning=True)
                else:
                    self.dismiss(Visit(place))
            case FoldRow():
                self._view = replace(self._view, unfolded=True)
                self._arrange()
                self.entries.go_to(f"claim {CLAIMS}")

    def _open_counts(self, issue: str) -> None:
        """Open an issue where it names most of them."""
        known = self._compared.meetings if self._compared else None
        if known and (place := known.get(issue)):
            start, end = place.hits[0][0], place.hits[-1][1]
            self.dismiss(Visit(Place(issue, place.role, start, end, place.hits)))

    # Who is compared

    async def action_add(self) -> None:
        """Ask for one more name."""
        if len(self._ids) >= MOST:
            self.say(f"{MOST} at most; d takes the one under the cursor away", warning=True)
            return
        from chinai_tui.ui.screens.jump import JumpScreen

        box = JumpScreen(self.workspace, prompt="compare with …", without=self._ids)
        await self.app.push_screen(box, self._add)

    def _add(self, entity_id: str | None) -> None:
        if entity_id is None:
            return
        self._ids.append(entity_id)
        self._read()

    def action_remove(self) -> None:
        """Take the entity under the cursor away."""
        row = self.entries.current
        if not isinstance(row, Band):
            self.say("go to a name to take it away")
        elif len(self._ids) <= FEWEST:
            self.say("a comparison needs two names", warning=True)
        else:
            self._ids.remove(row.entity.id)
            self._read()
            self.say(f"{row.entity.name} taken away")

    def action_scale(self) -> None:
        """Draw all bars to one scale, or each to its own."""
        if self._compared is None or not self._compared.is_plotted:
            self.say("there are too few dated issues for bars")
            return
        self._view = replace(self._view, to_common=not self._view.to_common)
        self._arrange()
