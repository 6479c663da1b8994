"""Links in the reader's text: pointing at one, letters at those on screen, following."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.message import Message

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import Link, LinkKind, Tail
from chinai_tui.ui.messages import Say
from chinai_tui.ui.rendering.painter import Look
from chinai_tui.ui.widgets.document_motions import DocumentMotions
from chinai_tui.ui.widgets.link_hints import LETTERS, labels

_WITHIN = (LinkKind.FOOTNOTE, LinkKind.RETURN)
"""What leads to a place in the same text is followed at once; all else is told first."""


class DocumentLinks(DocumentMotions):
    """One link at a time is pointed at; what it leads to is told before it is followed."""

    @dataclass
    class LinkActivated(Message, namespace="document_view"):
        """A link was followed."""

        link: Link

    @dataclass
    class Pointed(Message, namespace="document_view"):
        """A link is pointed at, by a key or by the mouse, or none is any more."""

        link: Link | None
        typed: str = ""
        """The letters of a hint typed so far."""
        hinting: bool = False
        """Whether letters stand at the links."""

    _pointed: int | None = None
    """The number in `links`, or behind them, of the one pointed at."""
    _hints: Mapping[str, int] = {}
    """The letters at the links on screen, and the number of each."""
    _typed = ""
    """The letters or digits typed so far."""

    def _take(self, document: Document, links: Sequence[Link], lead: str, tail: Tail) -> None:
        self.point_nowhere()
        super()._take(document, links, lead, tail)

    def set_links(self, links: Sequence[Link]) -> None:
        """Hold these links instead of those before; none is pointed at."""
        self.point_nowhere()
        super().set_links(links)

    def set_tail(self, tail: Tail) -> None:
        """Let this stand below the text; if it is something else, no link is pointed at."""
        if tail != self._tail:
            self.point_nowhere()
        super().set_tail(tail)

    # Pointing

    @property
    def pointed(self) -> Link | None:
        """The link that is pointed at."""
        return None if self._pointed is None else self._link(self._pointed)

    def _link(self, number: int) -> Link:
        """A link by its number: those below the text are numbered on from those in it."""
        inside = len(self.links)
        return self.links[number] if number < inside else self._tail.links[number - inside]

    def _is_below(self, number: int) -> bool:
        """Whether a link stands below the text, in the tail."""
        return number >= len(self.links)

    def _row_of_link(self, number: int, *, end: bool = False) -> int:
        """The row in which a link begins or ends."""
        link = self._link(number)
        offset = link.end - 1 if end else link.start
        if self._is_below(number):
            return self.lines.row_below(offset)
        return self.lines.row_of(offset)

    @property
    def is_pointing(self) -> bool:
        """Whether a link is pointed at or letters stand at the links."""
        return self._pointed is not None or bool(self._hints)

    def point(self, number: int, *, typed: str = "") -> None:
        """Point at a link, bringing it on screen; `typed` are digits to go on from."""
        self._pointed, self._hints, self._typed = number, {}, typed
        if not self._is_below(number):
            start = self.links[number].start
            self._unfold_at(start)
            self._current = self._shown(start)
        self._show_rows(self._row_of_link(number), self._row_of_link(number, end=True))
        self._announce()
        self._tell_pointed()

    def point_nowhere(self) -> None:
        """Point at no link any more."""
        if self.is_pointing:
            self._pointed, self._hints, self._typed = None, {}, ""
            self._tell_pointed()

    def _tell_pointed(self) -> None:
        self.refresh()
        self.post_message(self.Pointed(self.pointed, self._typed, bool(self._hints)))

    def _announce(self) -> None:
        """Tell the place; what is no longer on screen is pointed at no more."""
        if self.is_pointing:
            shown = self._on_screen()
            is_left = self._pointed is not None and self._pointed not in shown
            if is_left or (self._hints and [*self._hints.values()] != shown):
                self.point_nowhere()
        super()._announce()

    def links_in(self, start: int, end: int) -> list[int]:
        """The numbers in `links` of those that begin within a stretch of the text."""
        return [n for n, link in enumerate(self.links) if start <= link.start < end]

    def _unfolded_links(self) -> list[int]:
        """The numbers of those that are not in a fold or otherwise left out."""
        inside = [
            number
            for number, link in enumerate(self.links)
            if self.lines.rows_of(self.document.block_at(link.start))
        ]
        return [*inside, *range(len(self.links), len(self.links) + len(self._tail.links))]

    def _on_screen(self) -> list[int]:
        seen = range(self._row, self._row + self._height)
        return [number for number in self._unfolded_links() if self._row_of_link(number) in seen]

    def action_end_pointing(self) -> None:
        """Point at no link."""
        self.point_nowhere()

    def action_next_link(self) -> None:
        """Point at the next link."""
        self._step_link(1)

    def action_previous_link(self) -> None:
        """Point at the link before."""
        self._step_link(-1)

    def _step_link(self, step: int) -> None:
        if self._pointed is None:
            if shown := self._on_screen():
                self.point(shown[0 if step > 0 else -1])
            return
        reached = self._unfolded_links()
        self.point(reached[(reached.index(self._pointed) + step) % len(reached)])

    # Letters and digits

    def action_hints(self) -> None:
        """Put letters behind the links on screen."""
        shown = self._on_screen()
        if not shown:
            self.post_message(Say("no link on screen"))
        self._pointed, self._typed = None, ""
        self._hints = dict(zip(labels(len(shown)), shown, strict=True))
        self._tell_pointed()

    def on_key(self, event: events.Key) -> None:
        """Take the letters of a hint."""
        char = event.character or ""
        if self._hints and (event.key == "backspace" or (char and char in LETTERS)):
            self._letter("" if event.key == "backspace" else char)
            event.stop()
            event.prevent_default()

    def _letter(self, letter: str) -> None:
        typed = self._typed + letter if letter else self._typed[:-1]
        if any(label.startswith(typed) for label in self._hints):
            self._typed = typed
        number = self._hints.get(self._typed)
        if number is None:
            self._tell_pointed()
            return
        self.point(number)
        if self._link(number).kind in _WITHIN:
            self.follow_pointed()

    def action_digit(self, digit: str) -> None:
        """Point at a link by its number, which may go on."""
        typed = self._typed + digit if self._typed.isdecimal() else digit
        numbered: dict[str, int] = {}
        for number, link in enumerate(self.links):
            numbered.setdefault(str(link.number or ""), number)
        wanted = next((each for each in (typed, digit) if each in numbered), None)
        if wanted is None:
            self.post_message(Say(f"no link {typed}"))
        else:
            self.point(numbered[wanted], typed=wanted)

    # Following

    def action_activate(self) -> None:
        """Follow the link pointed at, else point at the paragraph's, else open or close a fold.

        What leads out of the text is told first, and followed with the same key. In the last
        paragraph the links below it come after its own.
        """
        if not self.document.blocks:
            return
        if self._pointed is not None:
            self.follow_pointed()
            return
        found = [] if self.is_folded else self.links_in(*self.passage)
        if len(found) == 1 and self.links[found[0]].kind in _WITHIN:
            self.post_message(self.LinkActivated(self.links[found[0]]))
        elif found:
            self.point(found[0])
        elif not self.toggle_fold() and self._current == self.lines.blocks()[-1]:
            below = [number for number in self._on_screen() if self._is_below(number)]
            if below:
                self.point(below[0])

    def follow_pointed(self) -> None:
        """Follow the link that is pointed at, if one is."""
        if (link := self.pointed) is not None:
            self.point_nowhere()
            self.post_message(self.LinkActivated(link))

    def look(self) -> Look:
        """What is drawn besides the text and its marks: here the link pointed at, and letters."""
        look = super().look()
        if not self.is_pointing:
            return look
        below = self._pointing(Look(look.width), below=True)
        return replace(self._pointing(look, below=False), below=below)

    def _pointing(self, look: Look, *, below: bool) -> Look:
        """The look with the link pointed at and the letters, those of the text or those below."""
        hints = tuple(
            (self._link(number).end, label[len(self._typed) :])
            for label, number in self._hints.items()
            if label.startswith(self._typed) and self._is_below(number) is below
        )
        link = self.pointed
        if self._pointed is None or link is None or self._is_below(self._pointed) is not below:
            return replace(look, hints=hints)
        return replace(look, pointed=(link.start, link.end), hints=hints)
