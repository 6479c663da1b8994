"""The links of the open document, numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from chinai_tui.domain.document import Document, SpanKind
from chinai_tui.text.sanitise import clean_line, safe_url
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.menu_list import MenuList

KEYS = (("digits", "follow"), ("j k", "move"), ("Enter", "follow"), ("q", "back"))
LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a document."""

    block: int
    label: str
    url: str


def links_of(document: Document) -> list[Link]:
    """The links in the order of the text, each address once; with the words they stand under."""
    found: dict[str, Link] = {}
    for number, block in enumerate(document.blocks):
        for span in block.spans:
            if span.kind is SpanKind.LINK and span.target not in found:
                label = clean_line(document.text[span.start : span.end], LABEL_LENGTH)
                found[span.target] = Link(number, label, span.target)
    return [*found.values()]


def host_of(url: str) -> str:
    """The host of an address that may be opened, in ASCII; nothing for any other."""
    try:
        host = urlsplit(safe_url(url)).hostname or ""
        return host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""


class LinksScreen(ModalScreen[str | None]):
    """Links with their numbers, what they stand under and the host; dismissed with an address."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f", "back_out", show=False)]

    def __init__(self, document: Document, current: int = 0) -> None:
        """Take the document; the cursor begins at the first link from block `current` on."""
        super().__init__()
        self._links = links_of(document)
        self._current = current
        self._digits = ""

    def compose(self) -> ComposeResult:
        """A title and a list."""
        with Vertical(classes="dialog"):
            yield Static(" Links", markup=False, classes="question")
            yield MenuList(key_width=len(str(len(self._links))))
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Show the links."""
        self.query_one(KeyFooter).show_hints(KEYS)
        choices = [self._choice(number) for number in range(len(self._links))]
        later = (n for n, link in enumerate(self._links) if link.block >= self._current)
        self.links.set_choices(choices, current=str(next(later, 0)), empty="this text has no links")
        self.set_focus(self.links, scroll_visible=False)

    @property
    def links(self) -> MenuList:
        """The list."""
        return self.query_one(MenuList)

    def _choice(self, number: int) -> Choice:
        link = self._links[number]
        key = str(number + 1).rjust(len(str(len(self._links))))
        host = host_of(link.url) or f"not a web address: {clean_line(link.url, 40)}"
        return Choice(str(number), link.label or host, host, key, "link")

    def on_key(self, event: events.Key) -> None:
        """Take digits as the number of a link: followed as soon as no other begins with them."""
        if event.character is None or not event.character.isdecimal():
            self._digits = ""
            return
        event.stop()
        self._digits += event.character
        numbers = [n for n in range(1, len(self._links) + 1) if str(n).startswith(self._digits)]
        if not numbers:
            self._digits = ""
        elif numbers == [int(self._digits)]:
            self.dismiss(self._links[numbers[0] - 1].url)
        else:
            self.links.move_to(numbers[0] - 1)

    @on(MenuList.Chosen)
    def _chosen(self, event: MenuList.Chosen) -> None:
        self.dismiss(self._links[int(event.id)].url)

    def action_back_out(self) -> None:
        """Follow none."""
        self.dismiss(None)
