"""Which panes are on screen, which one is in use, and how wide the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import events, on
from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import Layout, WidgetPlacement
from textual.widget import Widget

from chinai_tui import config
from chinai_tui.ui.commands import Scope
from chinai_tui.ui.screens.main.arrangement import Arrangement, Pane, Part, arrange
from chinai_tui.ui.screens.main.base import MainBase
from chinai_tui.ui.theme import NAMES
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.term_list import TermList

NARROWEST, WIDEST = 40, 160
"""Cells of the shortest and longest line that can be set."""

HINT_KEYS = (("letters", "point"), ("Tab ⇧Tab", "next"), ("Esc", "end"))
"""While letters stand at the links."""
SCOPES = {Pane.LIST: Scope.LIST, Pane.READER: Scope.READER, Pane.SIDEBAR: Scope.SIDEBAR}


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
    terms_wanted = False
    """Whether the sidebar shows the terms of the issue instead of the names."""
    zen = False
    arrangement: Arrangement | None = None

    def arrange_panes(self) -> None:
        """Show the panes that fit; called when the size or the pane in use changes."""
        width, height = self.app.size
        wanted = arrange(width, height, self.pane, names=self.names_wanted, zen=self.zen)
        if wanted == self.arrangement and self.side.display == bool(wanted.sidebar):
            return
        self.arrangement = wanted
        self.issues.display = bool(wanted.list)
        self.header.display = self.reader.display = wanted.reader
        for face in (self.names, self.terms):
            face.display = bool(wanted.sidebar) and face is self.side
        self.issues.set_compact(wanted.compact)
        self.names.set_compact(wanted.compact)
        self.terms.set_compact(wanted.compact)

    @property
    def side(self) -> EntitySidebar | TermList:
        """The face of the sidebar that is wanted."""
        return self.terms if self.terms_wanted else self.names

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
            self.status: regions[Part.STATUS],
            self.keys: regions[Part.KEYS],
            **dict.fromkeys(boxes, regions[Part.BOX]),
        }

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self.arrange_panes()

    def widget_of(self, pane: Pane) -> Widget:
        """The widget that has the focus while a pane is in use."""
        return {Pane.LIST: self.issues, Pane.SIDEBAR: self.side}.get(pane, self.reader)

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
        in_text = self.pane is Pane.READER
        if in_text and self.reader.selection:
            self.keys.show(Scope.SELECT, Scope.MAIN)
        elif in_text and self.reader.pointed:
            self.keys.show(Scope.LINK)
        elif in_text and self.reader.is_pointing:
            self.keys.show_hints(HINT_KEYS)
        else:
            self.keys.show(Scope.MAIN, SCOPES[self.pane])

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
        """Show the names and go there, then the terms, then neither."""
        shown = self.arrangement is not None and self.arrangement.shows(Pane.SIDEBAR)
        beside = shown and self.arrangement is not None and not self.arrangement.over
        if not shown:
            self.zen = False
            self.use_pane(Pane.SIDEBAR)
        elif not self.terms_wanted:
            self.turn_sidebar(terms=True)
            self.use_pane(self.pane)
        else:
            self.turn_sidebar(terms=False)
            self.names_wanted = not beside
            self.use_pane(Pane.READER if self.pane is Pane.SIDEBAR else self.pane)

    def turn_sidebar(self, *, terms: bool) -> None:
        """Have the sidebar show the terms of the issue, or the names."""
        self.terms_wanted = terms

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
