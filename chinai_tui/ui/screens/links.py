"""The links of the open document, by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.menu_list import MenuList

KEYS = (("digits", "follow"), ("j k", "move"), ("Enter", "follow"), ("q", "back"))
LABEL_LENGTH = 60
RECORDING = "recording"
"""The row of the recording, and what it is called."""


class LinksScreen(ModalScreen[Link | None]):
    """Each target once: its number, the words it first stands under, where it leads.

    A recording of the issue stands above them. Dismissed with the link that was chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("L", "back_out", show=False)]

    def __init__(
        self, document: Document, links: Sequence[Link], offset: int = 0, recording: str = ""
    ) -> None:
        """Take a document and its links, and the address of a recording if there is one.

        The cursor begins at the first link from `offset` on.
        """
        super().__init__()
        self._document = document
        self._links: dict[int, Link] = {}
        for link in links:
            if link.number:
                self._links.setdefault(link.number, link)
        later = (number for number, link in self._links.items() if link.start >= offset)
        self._first = next(later, 1)
        self._recording = recording
        self._digits = ""

    def compose(self) -> ComposeResult:
        """A title and a list."""
        with Vertical(classes="dialog"):
            count = f" · {len(self._links)}" if self._links else ""
            yield Static(f" Links{count}", markup=False, classes="question")
            yield MenuList(key_width=len(str(len(self._links))))
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Show the links."""
        self.query_one(KeyFooter).show_hints(KEYS)
        choices = [self._choice(link) for link in self._links.values()]
        if self._recording:
            shown = clean_line(self._recording)
            choices.insert(0, Choice(RECORDING, RECORDING, shown, role="link"))
        self.links.set_choices(choices, current=str(self._first), empty="this text has no links")
        self.set_focus(self.links, scroll_visible=False)

    @property
    def links(self) -> MenuList:
        """The list."""
        return self.query_one(MenuList)

    def _choice(self, link: Link) -> Choice:
        key = str(link.number).rjust(len(str(len(self._links))))
        label = clean_line(self._document.text[link.start : link.end], LABEL_LENGTH)
        return Choice(str(link.number), label or link.shown, link.shown, key, "link")

    def on_key(self, event: events.Key) -> None:
        """Take digits as the number of a link: followed as soon as no other begins with them."""
        if event.character is None or not event.character.isdecimal():
            self._digits = ""
            return
        event.stop()
        self._digits += event.character
        numbers = [number for number in self._links if str(number).startswith(self._digits)]
        if not numbers:
            self._digits = ""
        elif numbers == [int(self._digits)]:
            self.dismiss(self._links[numbers[0]])
        else:
            above = 1 if self._recording else 0
            self.links.move_to(above + list(self._links).index(numbers[0]))

    @on(MenuList.Chosen)
    def _chosen(self, event: MenuList.Chosen) -> None:
        if event.id == RECORDING:
            self.dismiss(Link(0, 0, LinkKind.WEB, self._recording, self._recording))
        else:
            self.dismiss(self._links[int(event.id)])

    def action_back_out(self) -> None:
        """Follow none."""
        self.dismiss(None)
