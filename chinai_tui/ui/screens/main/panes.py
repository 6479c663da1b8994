"""Which panes are on screen, which one is in use, and how wide the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from textual import events, on
from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import Layout, WidgetPlacement
from textual.widget import Widget

if TYPE_CHECKING:
    from chinai_tui.ui.widgets.note_pane import NotePane

from chinai_tui import config
from chinai_tui.ui.commands import Scope
from chinai_tui.ui.screens.main.arrangement import THREE_PANES, Arrangement, Pane, Part, arrange
from chinai_tui.ui.screens.main.base import MainBase
from chinai_tui.ui.theme import NAMES
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.side_list import SideList
from chinai_tui.workspace import OpenedIssue

NARROWEST, WIDEST = 40, 160
"""Cells of the shortest and longest line that can be set."""

HINT_KEYS = (("letters", "point"), ("Tab ⇧Tab", "next"), ("Esc", "end"))
"""While letters stand at the links."""
SCOPES = {Pane.LIST: Scope.LIST, Pane.READER: Scope.READER, Pane.SIDEBAR: Scope.SIDEBAR}


class Face(StrEnum):
    """What the sidebar shows of the open document."""

    NAMES = "names"
    TERMS = "terms"
    NOTES = "notes"


class PanesLayout(Layout):
    """Puts the parts of the main screen where the arrangement says, without boxes in between."""

    name = "panes"

    def __init__(self, regions: Callable[[Size], Mapping[Widget, Region]]) -> None:
        """Take what tells where each widget stands."""
        self._regions = regions

    def arrange(
        self,
        parent: Widget,  # noqa: ARG002
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002
    ) -> list[WidgetPlacement]:
        """The place of each child; a later one stands over an earlier one. See Textual."""
        regions = self._regions(size)
        return [
            WidgetPlacement(regions[child], Offset(), Spacing(), child, order)
            for order, child in enumerate(children)
            if child in regions
        ]


class Panes(MainBase):
    """The panes follow the size of the screen and the one in use."""

    pane = Pane.READER
    """The pane in use."""
    names_wanted = True
    """Whether the sidebar is wanted, whichever of its faces."""
    face = Face.NAMES
    """What the sidebar shows."""
    zen = False
    arrangement: Arrangement | None = None

    def arrange_panes(self) -> None:
        """Show the panes that fit; called when the size or the pane in use changes."""
        width, height = self.app.size
        note = self.note_pane is not None
        wanted = arrange(
            width,
            height,
            self.pane,
            names=self.names_wanted,
            zen=self.zen,
            note=note,
            second=self.second is not None,
        )
        has_side = bool(wanted.sidebar) and not note
        if wanted == self.arrangement and self.side.display == has_side:
            return
        self.arrangement = wanted
        self.issues.display = bool(wanted.list)
        self.header.display = self.reader.display = wanted.reader
        if self.second is not None:
            self.second.header.display = self.second.view.display = bool(wanted.second)
        self.issues.set_compact(wanted.compact)
        for face in (self.names, self.terms, self.margin):
            face.display = has_side and face is self.side
            face.set_compact(wanted.compact)

    @property
    def side(self) -> SideList:
        """The face of the sidebar that is wanted."""
        faces: dict[Face, SideList] = {Face.TERMS: self.terms, Face.NOTES: self.margin}
        return faces.get(self.face, self.names)

    def place_note(self, pane: NotePane) -> None:
        """The note stands in the place of the sidebar, or below the text."""
        is_under = self.app.size.width < THREE_PANES or self.second is not None
        pane.set_class(is_under, "-under")
        self.call_later(self.arrange_panes)

    def regions(self, size: Size) -> Mapping[Widget, Region]:
        """Where each widget stands on a screen of that size."""
        if self.arrangement is None:
            return {}
        boxes = self.query("FindBar")
        regions = self.arrangement.regions(*size, box=bool(boxes))
        return {
            self.issues: regions[Part.LIST],
            self.header: regions[Part.HEADER],
            self.reader: regions[Part.TEXT],
            self.side: regions[Part.NAMES],
            **self._regions_of_second(regions),
            **dict.fromkeys(self.query("NotePane"), regions[Part.NOTE]),
            self.status: regions[Part.STATUS],
            self.keys: regions[Part.KEYS],
            **dict.fromkeys(boxes, regions[Part.BOX]),
        }

    def _regions_of_second(self, regions: Mapping[Part, Region]) -> Mapping[Widget, Region]:
        second = self.second
        if second is None:
            return {}
        return {
            second.header: regions[Part.SECOND_HEADER],
            second.view: regions[Part.SECOND_TEXT],
        }

    @property
    def in_hand(self) -> tuple[OpenedIssue | None, DocumentView]:
        """The document that verbs are about and the view of it: the second one while it is used."""
        second = self.second
        if second is not None and self.widget_of(self.pane) is second.view:
            return second.opened, second.view
        return self.opened, self.reader

    @property
    def in_sidebar(self) -> bool:
        """Whether the sidebar is the pane in use, and nothing else in its place."""
        return self.widget_of(self.pane) is self.side

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self.arrange_panes()

    def widget_of(self, pane: Pane) -> Widget:
        """The widget that has the focus while a pane is in use."""
        beside: Widget = self.second.view if self.second is not None else self.side
        if self.note_pane is not None:
            beside = self.note_pane.box
        return {Pane.LIST: self.issues, Pane.SIDEBAR: beside}.get(pane, self.reader)

    def use_pane(self, pane: Pane) -> None:
        """Go to a pane, showing it if it is hidden."""
        if pane is Pane.SIDEBAR:
            self.names_wanted = True
        if pane is not Pane.READER:
            self.zen = False
        self.pane = pane
        self.arrange_panes()
        self.set_focus(self.widget_of(pane), scroll_visible=False)
        self.show_keys()

    @on(events.DescendantFocus)
    def _follow_focus(self, event: events.DescendantFocus) -> None:
        """A click chooses a pane too; news of a focus that has moved on since is too late."""
        if event.widget is not self.focused:
            return
        pane = next((p for p in Pane if self.widget_of(p) is event.widget), None)
        if pane is not None and pane is not self.pane:
            self.pane = pane
            self.arrange_panes()
            self.show_keys()

    @on(DocumentView.SelectionChanged)
    @on(DocumentView.Pointed)
    def _follow_state(self) -> None:
        """Other keys work while one selects or points, unless a box has the keys."""
        if self.focused is self.widget_of(self.pane):
            self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that work in the pane in use."""
        view, note = self.in_hand[1], self.note_pane
        in_text = self.widget_of(self.pane) is view
        if note is not None and self.focused is note.box:
            self.keys.show_hints(note.keys)
        elif in_text and view.selection:
            self.keys.show(Scope.SELECT, Scope.MAIN)
        elif in_text and view.pointed:
            self.keys.show(Scope.LINK)
        elif in_text and view.is_pointing:
            self.keys.show_hints(HINT_KEYS)
        elif in_text:
            self.keys.show(Scope.MAIN, Scope.READER)
        elif self.in_sidebar and self.face is Face.NOTES:
            self.keys.show(Scope.SIDEBAR, Scope.MARGIN, Scope.MAIN)
        else:
            self.keys.show(Scope.MAIN, SCOPES[self.pane])

    def show_keys_here(self) -> None:
        """Show the keys that work in the pane in use."""
        self.show_keys()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._cycle(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        panes = list(Pane)
        self.use_pane(panes[(panes.index(self.pane) + step) % len(panes)])

    def action_sidebar(self) -> None:
        """Show the names and go there, then the terms, then the notes, then none of them."""
        if self.note_pane is not None:
            self.use_pane(Pane.SIDEBAR)
            return
        shown = self.arrangement is not None and self.arrangement.shows(Pane.SIDEBAR)
        beside = shown and self.arrangement is not None and not self.arrangement.over
        if not shown:
            self.zen = False
            self.use_pane(Pane.SIDEBAR)
        elif self.face is not Face.NOTES:
            self.turn_sidebar(Face.TERMS if self.face is Face.NAMES else Face.NOTES)
            self.use_pane(self.pane)
        else:
            self.turn_sidebar(Face.NAMES)
            self.names_wanted = not beside
            self.use_pane(Pane.READER if self.pane is Pane.SIDEBAR else self.pane)

    def turn_sidebar(self, face: Face) -> None:
        """Have the sidebar show something else."""
        self.face = face

    def action_zen(self) -> None:
        """Show the text alone, or everything again."""
        self.zen = not self.zen
        self.pane = Pane.READER
        self.use_pane(Pane.READER)

    def back_out_of_pane(self) -> bool:
        """Go from the names to the text, from the text to the list; False at the list."""
        if self.pane is Pane.LIST:
            return False
        if self.zen:
            self.action_zen()
        else:
            self.use_pane(Pane.READER if self.pane is Pane.SIDEBAR else Pane.LIST)
        return True

    # How the text is set

    def action_measure(self, cells: int) -> None:
        """Make the lines longer or shorter, and keep that."""
        seen = self.reader.lines.width
        if cells > 0 and seen < self.reader.measure:
            self.say("the lines are as long as the pane is wide")
            return
        measure = min(max(seen + cells, NARROWEST), WIDEST)
        self.set_measure(measure)
        self.in_background(
            lambda: config.save(self.paths.settings, "measure", str(measure)),
            lambda _: self.say(f"lines of {measure} cells"),
            group="settings",
        )

    def set_measure(self, measure: int) -> None:
        """Set the longest line, in cells."""
        self.reader.measure = measure
        self.header.measure = measure
        self.header.refresh()

    def action_theme(self) -> None:
        """Change between the dark and the light theme, and keep that."""
        name = "light" if self.app.current_theme.dark else "dark"
        self.app.theme = NAMES[name]
        self.in_background(
            lambda: config.save(self.paths.settings, "theme", name), group="settings"
        )
