"""The headings of the open document, in a list beside it that leads the text as one moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from chinai_tui.domain.document import BlockRole, Document, count_words
from chinai_tui.text.fold import fold
from chinai_tui.ui.screens.main.arrangement import TWO_PANES, Pane, arrange
from chinai_tui.ui.screens.main.wording import minutes
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.menu_list import MenuList
from chinai_tui.ui.widgets.strips import Piece, line

KEYS = (("j k", "look"), ("Enter", "stay here"), ("Esc", "back to where one was"), ("/", "narrow"))
BARS = 2
"""Lines at the foot of the screen that stay in view: status and keys."""
WIDEST = 40
DEEPEST = 3
"""Levels by which headings are indented at most."""
LEAST = 14
"""Cells that a heading keeps, whatever stands at its right."""


def depths(document: Document) -> dict[int, int]:
    """How far each heading is indented, by its block: 0 for the highest level there is.

    A label stands below the heading above it, or by itself where there are only labels.
    """
    headings = document.headings()
    blocks = document.blocks
    labels = {number for number in headings if blocks[number].role is BlockRole.LABEL}
    highest = min((blocks[n].level for n in headings if n not in labels), default=0)
    found: dict[int, int] = {}
    below = 0
    for number in headings:
        if number in labels:
            found[number] = min(below, DEEPEST)
        else:
            found[number] = min(blocks[number].level - highest, DEEPEST)
            below = found[number] + 1
    return found


def lengths(document: Document, depth_of: dict[int, int]) -> dict[int, int]:
    """The minutes each section takes to read with the sections below it, by its heading."""
    words = [
        count_words(document.text_of(number)) if block.is_counted else 0
        for number, block in enumerate(document.blocks)
    ]
    ends: dict[int, int] = {}
    open_sections: list[int] = []
    for number, depth in depth_of.items():
        while open_sections and depth_of[open_sections[-1]] >= depth:
            ends[open_sections.pop()] = number
        open_sections.append(number)
    return {n: minutes(sum(words[n : ends.get(n, len(words))])) for n in depth_of}


class HeadingList(MenuList):
    """Headings with their minutes; the place one came from stays marked as the cursor moves."""

    def __init__(self, place: str) -> None:
        """Take the id of the heading one came from."""
        super().__init__()
        self._place = place

    def head(self, pens: Pens) -> list[Strip]:
        """What the list is, and a blank line where there is room."""
        count = len(self.choices)
        told = f"Outline · {count} heading" + ("" if count == 1 else "s") if count else self.empty
        width, height = self.size
        strips = [line(width, [(f"  {told}", pens("dim"))], fill=pens())]
        return [*strips, Strip.blank(width, pens())] if height >= count + 2 else strips

    def draw(self, row: int, part: int, pens: Pens) -> Strip:  # noqa: ARG002
        """A heading, and at the right how long its section is, if it is long."""
        choice = self.choices[row]
        is_current = row == self.cursor
        is_place = choice.id == self._place
        on = "current-row" if is_current else self.ground
        bar = "▌ " if is_current else "┃ " if is_place else "  "
        heading: list[Piece] = [
            (bar, pens("accent", on=on)),
            (choice.text, pens(choice.role, on=on, bold=is_current or choice.role == "strong")),
        ]
        right = (choice.detail, pens("faint", on=on))
        room = self.size.width - len(bar) - LEAST - len(right[0])
        return line(self.size.width, heading, [right] if room > 0 else (), fill=pens(on=on))


class OutlineScreen(ModalScreen[int | None]):
    """Headings and label lines at the side of the text, which shows the one under the cursor.

    Dismissed with the block of the heading at which one stays, or with `None` by who backs out;
    to restore the place is then for whoever asked.
    """

    DEFAULT_CSS = """
    OutlineScreen > Vertical {
        dock: left;
        padding: 1 0 0 0;
        background: $pane;
    }
    OutlineScreen HeadingList {
        height: 1fr;
        background: $pane;
    }
    OutlineScreen LineInput {
        display: none;
        margin: 0 1;
    }
    OutlineScreen LineInput.-narrowing {
        display: block;
    }
    OutlineScreen > Vertical:nocolor {
        border-right: solid $rule;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back_out", show=False),
        Binding("t", "back_out", show=False),
        Binding("slash", "narrow", show=False),
    ]

    def __init__(
        self, document: Document, current: int = 0, preview: Callable[[int], None] | None = None
    ) -> None:
        """Take the document, its current block, and what shows a block beside the list."""
        super().__init__()
        self._document = document
        self._preview = preview
        self._place = document.section_of(current) if document.blocks else None
        self._shown = self._place
        """The heading that is shown beside the list."""
        depth_of = depths(document)
        minutes_of = lengths(document, depth_of)
        self._is_flat = not any(depth_of.values())
        self._choices = [
            self._choice(number, depth, minutes_of[number]) for number, depth in depth_of.items()
        ]

    def compose(self) -> ComposeResult:
        """A list, and a box that comes when it is asked for."""
        with Vertical():
            yield HeadingList(str(self._place))
            yield LineInput(placeholder="words of a heading")

    def on_mount(self) -> None:
        """Show all headings, the cursor on the current one; the text stays as it is."""
        # The application dims what is under a screen; here that is what one looks at.
        self.styles.background = "transparent"
        self._fit(self.app.size)
        self._show("")
        self.set_focus(self.headings, scroll_visible=False)

    def on_resize(self, event: events.Resize) -> None:
        """Stand over the issue list, whatever its width."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        panel = self.query_one(Vertical)
        panel.styles.width = width_on(size.width, size.height)
        panel.styles.height = max(1, size.height - BARS)

    @property
    def headings(self) -> MenuList:
        """The list."""
        return self.query_one(HeadingList)

    def _choice(self, number: int, depth: int, length: int) -> Choice:
        marker = self._document.blocks[number].marker
        before = "  " * depth + (f"{marker} " if marker[:1].isalnum() else "")
        return Choice(
            id=str(number),
            text=before + self._document.text_of(number).strip().rstrip(":："),
            detail=f"{length} min" if length > 1 else "",
            role="ink" if depth or self._is_flat else "strong",
        )

    def _show(self, words: str) -> None:
        wanted = fold(words).split()
        choices: Sequence[Choice] = [
            choice for choice in self._choices if all(word in fold(choice.text) for word in wanted)
        ]
        empty = "no heading has these words" if words else "this text has no headings"
        self.headings.set_choices(choices, current=str(self._shown), empty=empty)
        if words and self.headings.current is not None:
            self._lead_to(int(self.headings.current.id))

    def _lead_to(self, block: int) -> None:
        """Show a heading beside the list, if it is not the one shown."""
        if block != self._shown:
            self._shown = block
            if self._preview is not None:
                self._preview(block)

    @on(MenuList.Highlighted)
    def _moved(self, event: MenuList.Highlighted) -> None:
        self._lead_to(int(event.id))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.headings.action_open()

    @on(LineInput.Stepped)
    def _stepped(self, event: LineInput.Stepped) -> None:
        self.headings.move_to(self.headings.cursor + event.rows, step=1 if event.rows > 0 else -1)

    @on(MenuList.Chosen)
    def _chosen(self, event: MenuList.Chosen) -> None:
        self.dismiss(int(event.id))

    def on_click(self, event: events.Click) -> None:
        """Stay at what is shown when the text beside the list is clicked."""
        if not self.query_one(Vertical).region.contains_point(event.screen_offset):
            self.dismiss(self._shown if self._shown != self._place else None)

    def action_narrow(self) -> None:
        """Go to the box."""
        box = self.query_one(LineInput)
        box.add_class("-narrowing")
        box.focus()

    def action_back_out(self) -> None:
        """Leave the box and show all headings again, or leave the list."""
        box = self.query_one(LineInput)
        if box.has_class("-narrowing"):
            box.value = ""
            box.remove_class("-narrowing")
            self.headings.focus()
        else:
            self.dismiss(None)


def width_on(width: int, height: int) -> int:
    """The cells of the list on a screen of that size: those of the issue list it stands over."""
    if width < TWO_PANES:
        return min(WIDEST, width * 60 // 100)
    return arrange(width, height, Pane.READER, names=False, zen=False).list
