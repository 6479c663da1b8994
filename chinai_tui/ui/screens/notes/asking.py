"""Small boxes over the browser of notes: which tags to give and take, which of a few to choose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from chinai_tui.text.completion import Choice as Offer
from chinai_tui.text.completion import Completion
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.tags import key, plain
from chinai_tui.ui.widgets.choice_list import Choice, ChoiceList
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.query_box import QueryBox

MOST_OFFERED = 6
_PIECE = re.compile(r"([+-]?)#?([^\s+#-][^\s]*|)$")


@dataclass(frozen=True, slots=True)
class Retagging:
    """Tags to give, and tags to take away."""

    add: tuple[str, ...]
    remove: tuple[str, ...]

    @property
    def told(self) -> str:
        """As it may be typed."""
        return " ".join([*(f"+{tag}" for tag in self.add), *(f"-{tag}" for tag in self.remove)])


def retagging(text: str) -> Retagging:
    """What `+ipo -chips leon` asks for; a word without a sign is a tag to give."""
    words = text.split()
    add = (plain(each.removeprefix("+")) for each in words if not each.startswith("-"))
    remove = (plain(each[1:]) for each in words if each.startswith("-"))
    return Retagging(tuple(filter(None, add)), tuple(filter(None, remove)))


def completed(
    text: str, at: int, tags: Sequence[tuple[str, int]], own: Sequence[str]
) -> Completion:
    """The tags that the piece before the cursor may become: to take away, those the notes have."""
    match = _PIECE.search(text, 0, at)
    if match is None or not match[0]:
        return Completion(at, at, ())
    counts = dict(tags)
    known = own if match[1] == "-" else [tag for tag, _ in tags]
    begun = key(match[2])
    found = [tag for tag in known if key(tag).startswith(begun) and key(tag) != begun]
    sign = match[1] or "+"
    choices = (Offer(f"{sign}{tag}", f"{counts.get(tag, 0):,}") for tag in found[:MOST_OFFERED])
    return Completion(match.start(), at, tuple(choices))


class RetagScreen(ModalScreen[Retagging | None]):
    """A box for tags with signs; dismissed with what is to be done, or with nothing."""

    DEFAULT_CSS = """
    RetagScreen > Vertical {
        width: 64;
        max-width: 100%;
        height: 8;
        margin: 2 0;
        padding: 1 0 0 0;
        background: $pane;
    }
    RetagScreen .question, RetagScreen .own { margin: 0 2; height: 1; }
    RetagScreen .own { color: $dim; }
    RetagScreen KeyFooter { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, count: int, own: Sequence[str], tags: Sequence[tuple[str, int]]) -> None:
        """Take how many notes are meant, their tags, and all tags with how often they are used."""
        super().__init__()
        self._count = count
        self._own = own
        self._tags = tags

    def compose(self) -> ComposeResult:
        """The question, the tags there are, the box, the keys."""
        what = "this note" if self._count == 1 else f"{self._count:,} notes"
        own = " ".join(f"#{tag}" for tag in self._own) or "no tags yet"
        with Vertical():
            yield Static(f"Tags of {what}", markup=False, classes="question")
            yield Static(clean_line(own, 200), markup=False, classes="own")
            yield QueryBox(placeholder="+give -take")
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Put the cursor into the box."""
        hints = [("Enter", "do it"), ("Tab", "complete"), ("+tag -tag", "give or take")]
        self.query_one(KeyFooter).show_hints(hints, [("Esc", "back")])
        self.set_focus(self.query_one(QueryBox).line, scroll_visible=False)

    @on(QueryBox.Typed)
    def _offer(self, event: QueryBox.Typed) -> None:
        found = completed(event.query, event.at, self._tags, self._own)
        self.query_one(QueryBox).offer(found)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        asked = retagging(clean_line(event.value, 2000))
        self.dismiss(asked if asked.add or asked.remove else None)


class Chooser(ChoiceList):
    """A list that has the keys itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", show=False),
        Binding("k,up", "cursor_up", show=False),
        Binding("space,pagedown", "page_down", show=False),
        Binding("b,pageup", "page_up", show=False),
        Binding("g,home", "first", show=False),
        Binding("G,end", "last", show=False),
        Binding("enter,l,right", "open", show=False),
    ]


class ChoosingScreen(ModalScreen[str | None]):
    """A question and a few choices; dismissed with the id of one, or with nothing."""

    DEFAULT_CSS = "ChoosingScreen ChoiceList { margin: 1 0 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left", "dismiss(None)", show=False),
    ]

    def __init__(self, question: str, choices: Sequence[Choice], current: str = "") -> None:
        """Take what is asked and what there is to choose from, each with a sign before it."""
        super().__init__()
        self._question = question
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """The question and the list."""
        with Vertical(classes="dialog small"):
            yield Static(f" {self._question}", markup=False, classes="question")
            yield Chooser(key_width=1)

    def on_mount(self) -> None:
        """Show the choices."""
        found = self.query_one(Chooser)
        found.set_choices(self._choices, current=self._current)
        found.focus()

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        self.dismiss(event.id)
