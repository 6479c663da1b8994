"""Narrowing a list of passages as one types, on the screens that filter what they show."""

from __future__ import annotations

from textual import on

from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.screens.passage_screen import PassageScreen
from chinai_tui.ui.widgets.find_bar import FindBar
from chinai_tui.ui.widgets.passage_list import PassageList

KEYS = (("Enter", "keep"), ("Esc", "undo"), ("↑ ↓", "step"))


class FilteringScreen(PassageScreen):
    """A screen with a box at the bottom that filters one of its lists."""

    placeholder = ""
    """What stands in the box while it is empty."""
    filter_text = ""
    """The filter in force."""
    is_typing = False
    """Whether the box has the keys."""

    @property
    def filtered(self) -> PassageList:
        """The list that is filtered."""
        raise NotImplementedError

    def refilter(self) -> None:
        """Show what the filter leaves."""
        raise NotImplementedError

    async def action_filter(self) -> None:
        """Open the box; it has the keys when this returns."""
        if self.query(FindBar):
            return
        self.is_typing = True
        bar = FindBar("/", self.filter_text, self.placeholder)
        await self.mount(bar, before=self.status)
        self.watch(bar.box, "value", self._set_filter, init=False)
        self.set_focus(bar.box, scroll_visible=False)
        self.keys.show_hints(KEYS)

    def action_back_out(self) -> None:
        """Take the filter away; without one, go back to where one came from."""
        if self.filter_text:
            self._set_filter("")
        else:
            super().action_back_out()

    def _set_filter(self, text: str) -> None:
        text = clean_line(text)
        if text != self.filter_text:
            self.filter_text = text
            self.refilter()

    @on(FindBar.Accepted)
    def _accepted(self) -> None:
        self._close_bar()

    @on(FindBar.Cancelled)
    def _cancelled(self) -> None:
        self._set_filter("")
        self._close_bar()

    @on(FindBar.Stepped)
    def _stepped(self, event: FindBar.Stepped) -> None:
        self.filtered.move_to(self.filtered.cursor + event.step, step=event.step)

    def _close_bar(self) -> None:
        self.is_typing = False
        self.query(FindBar).remove()
        self.filtered.focus()
        self.show_keys_here()
