"""A small form for an entity that the catalogue lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, Static

from chinai_tui.domain.entity import EntityKind
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.strips import line

KEYS = (("Tab", "next field"), ("← →", "change"), ("Enter", "see the lines"), ("Esc", "back"))
ANY, EXACT = "any", "only with these capitals"


class OptionField(DirectLines, can_focus=True):
    """One of a few values, changed with the arrow keys, Space, a first letter or a click."""

    ground = "ground"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    def __init__(self, options: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002
        """Take the values, each with the role of its colour, and begin with the first."""
        super().__init__(id=id)
        self._options = options
        self._at = 0

    @property
    def value(self) -> str:
        """The value that is chosen."""
        return self._options[self._at][0]

    def action_turn(self, step: int) -> None:
        """Go to the next value, around at the end."""
        self._at = (self._at + step) % len(self._options)
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Go to the next value that begins with a letter."""
        letter = (event.character or "").lower()
        if not letter.isalpha():
            return
        event.stop()
        count = len(self._options)
        later = ((self._at + step) % count for step in range(1, count + 1))
        self._at = next((at for at in later if self._options[at][0][0] == letter), self._at)
        self.refresh()

    def on_click(self) -> None:
        """Go to the next value."""
        self.action_turn(1)

    def on_focus(self) -> None:
        """Draw the ground of the field one is in."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the ground of a field one is not in."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of the line."""
        ground = "current-row" if self.has_focus else self.ground
        pens = self.pens
        value, role = self._options[self._at]
        arrows = pens("accent" if self.has_focus else "faint", on=ground)
        pieces = [("‹ ", arrows), (value, pens(role, on=ground, bold=True)), (" ›", arrows)]
        if y:
            pieces = []
        tick = "▌" if self.has_focus and not y else " "
        return line(self.size.width, [(tick, arrows), *pieces], fill=pens(on=ground))


class EntityForm(Vertical):
    """Name, kind, Chinese name, and whether the capitals count."""

    DEFAULT_CSS = """
    EntityForm { height: auto; padding: 0 1; }
    EntityForm Horizontal { height: 1; }
    EntityForm Static { width: 10; color: $dim; }
    EntityForm OptionField { width: 1fr; height: 1; }
    EntityForm LineInput { width: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fill", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    @dataclass
    class Filled(Message):
        """The form is to be taken as it stands."""

        name: str
        kind: EntityKind
        han: str
        case: bool

    def __init__(self, name: str, han: str, *, id: str) -> None:  # noqa: A002
        """Begin with a name and its Chinese, either of which may be empty."""
        super().__init__(id=id)
        self._given = name, han

    def compose(self) -> ComposeResult:
        """A line a field."""
        name, han = self._given
        kinds = [(kind.value, KIND_ROLES[kind]) for kind in EntityKind]
        fields = (
            ("Name", LineInput(name, id="name")),
            ("Kind", OptionField(kinds, id="kind")),
            ("Chinese", LineInput(han, placeholder="may be empty", id="han")),
            ("Capitals", OptionField([(ANY, "ink"), (EXACT, "ink")], id="case")),
        )
        for label, field in fields:
            if isinstance(field, LineInput):
                field.select_on_focus = False  # what one has begun to mend is not lost on return
            yield Horizontal(Static(label, markup=False), field)

    def on_mount(self) -> None:
        """Have what is typed first replace the name; End keeps it."""
        self.first.select_all()

    @property
    def first(self) -> LineInput:
        """The field one begins in."""
        return self.query_one("#name", LineInput)

    @on(LineInput.Stepped)
    def _step(self, event: LineInput.Stepped) -> None:
        if event.rows > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_fill()

    def action_fill(self) -> None:
        """Hand on what stands in the fields."""
        self.post_message(
            self.Filled(
                name=self.first.value.strip(),
                kind=EntityKind(self.query_one("#kind", OptionField).value),
                han=self.query_one("#han", LineInput).value.strip(),
                case=self.query_one("#case", OptionField).value == EXACT,
            )
        )
