"""Jumping to a company, person or place by any of its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from chinai_tui.domain.rows import EntitySummary
from chinai_tui.errors import ChinaiError
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.entity_summary import summary_lines
from chinai_tui.ui.widgets.flow import Row
from chinai_tui.ui.widgets.jump_list import JumpList
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.workspace import Workspace

LIMIT = 20
"""Names shown."""
PREVIEW_WIDTH = 100
"""Columns of the screen from which the name under the cursor is told of."""
PREVIEW_SECONDS = 0.08
KEYS = (("Enter", "go"), ("↓ ↑", "move"), ("Esc", "back"))


class JumpScreen(ModalScreen[str | None]):
    """A box and the names it may mean; dismissed with the id of an entity."""

    DEFAULT_CSS = """
    JumpScreen > Vertical {
        width: 76;
        max-width: 100%;
        height: 80%;
        max-height: 28;
        margin: 2 0;
        padding: 1 0 0 0;
        background: $pane;
    }
    JumpScreen.-wide > Vertical { width: 112; }
    JumpScreen.-short > Vertical { margin: 0; padding: 0; height: 100%; }
    JumpScreen Horizontal { height: 1fr; margin: 1 0 0 0; }
    JumpScreen.-short Horizontal { margin: 0; }
    JumpScreen JumpList { width: 1fr; height: 1fr; background: $pane; }
    JumpScreen LinesPane { display: none; width: 38; height: 1fr; padding: 0; }
    JumpScreen.-wide LinesPane { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("ctrl+j", "step(1)", show=False),
        Binding("ctrl+k", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, workspace: Workspace) -> None:
        """Take the library whose names these are."""
        super().__init__()
        self._workspace = workspace
        self._preview: Timer | None = None

    def compose(self) -> ComposeResult:
        """The box, the names, what is known of the one under the cursor."""
        with Vertical():
            yield LineInput(placeholder="a name in any script: sensetime, 商汤, shangtang")
            with Horizontal():
                yield JumpList()
                yield LinesPane()
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Show the names that are mentioned most."""
        self.query_one(KeyFooter).show_hints(KEYS)
        box = self.query_one(LineInput)
        # Watched, since a message for each letter would come a frame late.
        self.watch(box, "value", self._find, init=False)
        self.set_focus(box, scroll_visible=False)
        self._find("")

    def on_resize(self) -> None:
        """Tell of the name under the cursor where there is room."""
        self.set_class(self.size.width >= PREVIEW_WIDTH, "-wide")
        self.set_class(self.size.height < 20, "-short")

    def _find(self, text: str) -> None:
        query = text.strip()
        self.query_one(JumpList).set_hits(self._workspace.entities.jump(query, LIMIT), query)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one(JumpList).action_open()

    @on(LineInput.Stepped)
    def _stepped(self, event: LineInput.Stepped) -> None:
        self.action_step(event.rows)

    def action_step(self, rows: int) -> None:
        """Move the cursor of the list by some rows."""
        names = self.query_one(JumpList)
        names.move_to(names.cursor + rows, step=1 if rows > 0 else -1)

    @on(JumpList.Opened)
    def _choose(self, event: JumpList.Opened) -> None:
        self.dismiss(event.hit.entity.id)

    # What is known of it

    @on(JumpList.Highlighted)
    def _tell_later(self) -> None:
        if self._preview is not None:
            self._preview.stop()
        if self.has_class("-wide"):
            self._preview = self.set_timer(PREVIEW_SECONDS, self._tell)

    def _tell(self) -> None:
        hit = self.query_one(JumpList).current
        pane = self.query_one(LinesPane)
        if hit is None:
            pane.show(None)
            return
        try:
            summary = self._workspace.entities.summary(hit.entity.id)
        except ChinaiError:
            pane.show(None)
            return
        room = pane.size.height
        pane.show(lambda width, pens: preview(summary, width, room, pens))


def preview(summary: EntitySummary, width: int, room: int, pens: Pens) -> Sequence[Row]:
    """The summary of an entity as at most `room` lines of a pane."""
    return [Row(*line) for line in summary_lines(summary, width, room, pens)]
