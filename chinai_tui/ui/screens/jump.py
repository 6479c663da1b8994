"""Jumping to a company, person or place by any of its names, or to an issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from chinai_tui.domain.rows import EntitySummary, IssueRow, JumpRow
from chinai_tui.errors import ChinaiError
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.entity_summary import Calendar, last_told, latest, summary_lines
from chinai_tui.ui.widgets.flow import Row
from chinai_tui.ui.widgets.jump_list import JumpList
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.side_list import BLANK, Line
from chinai_tui.ui.widgets.strips import wrapped
from chinai_tui.workspace import Workspace

NAMES = 15
"""Names shown."""
ISSUES = 5
"""Issues shown beside the names."""
REMEMBERED = 8
"""Names the empty box begins with."""
LATELY = "jumped"
"""The value of the session that keeps where one has jumped to: ids, the last one first."""
PREVIEW_WIDTH = 100
"""Columns of the screen from which the name under the cursor is told of."""
NAMED = 8
"""Names told of an issue."""
PREVIEW_SECONDS = 0.08
KEYS = (("Enter", "go"), ("↓ ↑", "move"), ("Esc", "back"))
ENDING_KEYS = (("Enter", "add"), ("↓ ↑", "move"), ("Esc or empty Enter", "show the comparison"))


class JumpScreen(ModalScreen[str | None]):
    """A box and what it may mean; dismissed with the id of an entity."""

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

    def __init__(
        self,
        workspace: Workspace,
        read: Callable[[str], None] | None = None,
        *,
        prompt: str = "",
        without: Sequence[str] = (),
        ends: bool = False,
    ) -> None:
        """Take the library whose names these are.

        `read` opens an issue by its id once the box is gone; without it no issues are offered.
        `prompt` stands in the empty box instead of what one may type. The entities with the ids
        in `without` are not offered. Where the box `ends` something, Enter with nothing typed
        and nothing pointed at is an answer as Esc is.
        """
        super().__init__()
        self._prompt = prompt
        self._read = read
        self._without = frozenset(without)
        self._ends = ends
        self._is_pointing = False
        """Whether the cursor of the list was moved since something was typed."""
        self._lately: list[str] = []
        self._workspace = workspace
        self._preview: Timer | None = None

    def compose(self) -> ComposeResult:
        """The box, the names, what is known of the one under the cursor."""
        with Vertical():
            yield LineInput(placeholder=self._placeholder())
            with Horizontal():
                yield JumpList()
                yield LinesPane()
            yield KeyFooter({})

    def _placeholder(self) -> str:
        names = self._prompt or "a name in any script: sensetime, 商汤, shangtang"
        return names if self._read is None else f"{names}; or #94"

    def on_mount(self) -> None:
        """Show the names one has jumped to lately and those that are mentioned most."""
        self.query_one(KeyFooter).show_hints(ENDING_KEYS if self._ends else KEYS)
        box = self.query_one(LineInput)
        # Watched, since a message for each letter would come a frame late.
        self.watch(box, "value", self._find, init=False)
        self.set_focus(box, scroll_visible=False)
        self._lately = self._workspace.library.session().get(LATELY, "").split()
        names = "lately, then most mentioned" if self._lately else "most mentioned"
        self.query_one(JumpList).untyped = names
        self._find("")
        # The box is painted before the names are made ready for the first letters.
        self.call_after_refresh(self._prepare)

    def _prepare(self) -> None:
        prepare = self._workspace.entities.prepare_jump
        self.run_worker(prepare, group="ahead", thread=True, exit_on_error=False)

    def on_resize(self) -> None:
        """Tell of the name under the cursor where there is room."""
        self.set_class(self.size.width >= PREVIEW_WIDTH, "-wide")
        self.set_class(self.size.height < 20, "-short")

    def _find(self, text: str) -> None:
        query = text.strip()
        issues = ISSUES if self._read else 0
        names = NAMES + len(self._without)
        hits = self._workspace.entities.jump_anywhere(query, names, issues, self._lately)
        if self._without:
            hits = [hit for hit in hits if not self._is_left_out(hit)][: NAMES + issues]
        self._is_pointing = False
        self.query_one(JumpList).set_hits(hits, query)
        if not hits:
            self._tell_later()

    def _is_left_out(self, hit: JumpRow) -> bool:
        return not isinstance(hit, IssueRow) and hit.entity.id in self._without

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        names = self.query_one(JumpList)
        if self._ends and not event.value.strip() and not self._is_pointing:
            self.dismiss(None)
            return
        if names.typed != event.value.strip():
            # Letters typed ahead, after Enter, do not change what it chose.
            self._find(event.value)
        names.action_open()

    @on(LineInput.Stepped)
    def _stepped(self, event: LineInput.Stepped) -> None:
        self.action_step(event.rows)

    def action_step(self, rows: int) -> None:
        """Move the cursor of the list by some rows."""
        names = self.query_one(JumpList)
        names.move_to(names.cursor + rows, step=1 if rows > 0 else -1)
        self._is_pointing = True

    @on(JumpList.Opened)
    def _choose(self, event: JumpList.Opened) -> None:
        if isinstance(event.row, IssueRow):
            self.dismiss(None)
            if self._read is not None:
                self._read(event.row.id)
        else:
            self.dismiss(event.row.entity.id)

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
        if isinstance(hit, IssueRow):
            named = [
                each.entity.name
                for each in self._workspace.entities.in_issue(hit.id, hit.role)[:NAMED]
            ]
            pane.show(lambda width, pens: issue_preview(hit, named, width, pens))
            return
        try:
            summary = self._workspace.entities.summary(hit.entity.id)
            last = latest(summary.timeline)
            title = self._workspace.library.issue(last.issue).title if last else ""
        except ChinaiError:
            pane.show(None)
            return
        calendar = Calendar.of(self._workspace.library.rows().rows)
        room = pane.size.height
        pane.show(lambda width, pens: preview(summary, calendar, title, width, room, pens))


def remember(workspace: Workspace, entity_id: str) -> None:
    """Keep that one has jumped to an entity, for the empty box; returns when it is on disk."""
    before = workspace.library.session().get(LATELY, "").split()
    lately = [entity_id, *(each for each in before if each != entity_id)]
    workspace.library.save_session(**{LATELY: " ".join(lately[:REMEMBERED])})


def preview(
    summary: EntitySummary, calendar: Calendar, title: str, width: int, room: int, pens: Pens
) -> Sequence[Row]:
    """At most `room` lines on an entity: who it is, and in which issue it was last named.

    `calendar` is the library's, `title` that of the latest issue.
    """
    tail: list[Line] = []
    if summary.entity.note:
        tail += [BLANK, *_text(summary.entity.note, width, 3, pens("ink"))]
    if last := last_told(summary.timeline):
        tail += [BLANK, *_text(last, width, 2, pens("dim")), *_text(title, width, 2, pens("faint"))]
    lines = summary_lines(summary, calendar, width, max(3, room - len(tail)), pens)
    return [Row(*line) for line in [*lines, *tail][:room]]


def issue_preview(row: IssueRow, named: Sequence[str], width: int, pens: Pens) -> Sequence[Row]:
    """An issue's title, number, date and length, and who is named in it most."""
    number = f"#{row.number}" if row.number is not None else row.outlet
    date = spelled(row.date) if row.date else about(row.near) if row.near else "undated"
    lines = [
        *_text(row.title, width, 4, pens("strong", bold=True)),
        *_text(f"{number} · {date} · {row.minutes} min", width, 1, pens("dim")),
    ]
    if named:
        lines += [BLANK, *_text(", ".join(named), width, 4, pens("ink"))]
    return [Row(*line) for line in lines]


def _text(text: str, width: int, limit: int, pen: Style) -> list[Line]:
    return [([(part, pen)], []) for part in wrapped(text, width, limit)]
