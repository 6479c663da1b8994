"""Links in the reader's text: pointing at one, letters over those on screen, following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.message import Message

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.ui.messages import Say
from chinai_tui.ui.rendering.painter import Look
from chinai_tui.ui.widgets.document_motions import DocumentMotions
from chinai_tui.ui.widgets.link_hints import LETTERS, labels

_OUTSIDE = LinkKind.WEB
"""What leaves the reader is only pointed at by its letters, so that its target can be read."""


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
        """Whether letters stand over the links."""

    def _take(self, document: Document, links: Sequence[Link], lead: str) -> None:
        super()._take(document, links, lead)
        self._pointed: int | None = None
        """The number in `links` of the one pointed at."""
        self._hints: dict[str, int] = {}
        """The letters over the links on screen, and the number of each in `links`."""
        self._typed = ""
        """The letters or digits typed so far."""

    # Pointing

    @property
    def pointed(self) -> Link | None:
        """The link that is pointed at."""
        return None if self._pointed is None else self.links[self._pointed]

    @property
    def is_pointing(self) -> bool:
        """Whether a link is pointed at or letters stand over the links."""
        return self._pointed is not None or bool(self._hints)

    def point(self, number: int | None, *, typed: str = "") -> None:
        """Point at a link, bringing it on screen, or at none; `typed` are digits to go on from."""
        self._hints = {}
        self._pointed = number
        self._typed = typed
        if number is not None:
            link = self.links[number]
            self._unfold_at(link.start)
            self._current = self._shown(link.start)
            self._show_rows(self.lines.row_of(link.start), self.lines.row_of(link.end - 1))
        self._announce()
        self._tell_pointed()

    def _tell_pointed(self) -> None:
        self.refresh()
        self.post_message(self.Pointed(self.pointed, self._typed, bool(self._hints)))

    def _announce(self) -> None:
        """Tell the place; a link that was left behind is no longer pointed at."""
        link = self.pointed
        if link is not None and self.lines.rows:
            row = self.lines.row_of(link.start)
            if not self._row <= row < self._row + self._height:
                self._pointed, self._typed = None, ""
                self._tell_pointed()
        super()._announce()

    def links_in(self, start: int, end: int) -> list[int]:
        """The numbers in `links` of those that begin within a stretch of the text."""
        return [n for n, link in enumerate(self.links) if start <= link.start < end]

    def _on_screen(self) -> list[int]:
        rows = self.lines.rows
        last = min(self._row + self._height, rows)
        found = []
        for number, link in enumerate(self.links):
            if self.lines.rows_of(self.document.block_at(link.start)) and (
                self._row <= self.lines.row_of(link.start) < last
            ):
                found.append(number)
        return found

    def action_end_pointing(self) -> None:
        """Point at no link."""
        self.point(None)

    def action_next_link(self) -> None:
        """Point at the next link."""
        self._step_link(1)

    def action_previous_link(self) -> None:
        """Point at the link before."""
        self._step_link(-1)

    def _step_link(self, step: int) -> None:
        if self._pointed is not None:
            self.point((self._pointed + step) % len(self.links))
        elif shown := self._on_screen():
            self.point(shown[0 if step > 0 else -1])

    # Letters and digits

    def action_hints(self) -> None:
        """Put letters over the links on screen."""
        shown = self._on_screen()
        if not shown:
            self.post_message(Say("no link on screen"))
        self._pointed, self._typed = None, ""
        self._hints = dict(zip(labels(len(shown)), shown, strict=True))
        self._tell_pointed()

    def on_key(self, event: events.Key) -> None:
        """Take the letters of a hint, and digits as the number of a link."""
        char = event.character or ""
        if char.isascii() and char.isdecimal():
            taken = self._digit(char)
        elif self._hints and (char in LETTERS or event.key == "backspace"):
            taken = self._letter(char if char in LETTERS else "")
        else:
            return
        if taken:
            event.stop()
            event.prevent_default()

    def _letter(self, letter: str) -> bool:
        typed = self._typed + letter if letter else self._typed[:-1]
        if any(label.startswith(typed) for label in self._hints):
            self._typed = typed
        number = self._hints.get(self._typed)
        if number is None:
            self._tell_pointed()
        elif self.links[number].kind is _OUTSIDE:
            self.point(number)
        else:
            self.point(None)
            self.post_message(self.LinkActivated(self.links[number]))
        return True

    def _digit(self, digit: str) -> bool:
        """Point at a link by its number, which may go on; False where no number begins so."""
        typed = self._typed + digit if self._typed.isdecimal() else digit
        for wanted in (typed, digit):
            number = next(
                (n for n, link in enumerate(self.links) if str(link.number) == wanted), None
            )
            if number is not None and wanted != "0":
                self.point(number, typed=wanted)
                return True
        return False

    # Following

    def action_activate(self) -> None:
        """Follow the link pointed at, else point at the paragraph's, else open or close a fold.

        What a paragraph leads to is told first, and followed with the same key; a single way to
        another place in the library is taken at once.
        """
        if not self.document.blocks:
            return
        if self._pointed is not None:
            self.follow_pointed()
            return
        found = [] if self.is_folded else self.links_in(*self.passage)
        if len(found) == 1 and self.links[found[0]].kind is not _OUTSIDE:
            self.post_message(self.LinkActivated(self.links[found[0]]))
        elif found:
            self.point(found[0])
        else:
            self.toggle_fold()

    def follow_pointed(self) -> None:
        """Follow the link that is pointed at, if one is."""
        if (link := self.pointed) is not None:
            self.point(None)
            self.post_message(self.LinkActivated(link))

    def look(self) -> Look:
        """What is drawn besides the text and its marks: here the link pointed at, and letters."""
        look = super().look()
        if not self.is_pointing:
            return look
        link = self.pointed
        hints = tuple(
            (self.links[number].start, label[len(self._typed) :])
            for label, number in self._hints.items()
            if label.startswith(self._typed)
        )
        pointed = (link.start, link.end) if link is not None else None
        return replace(look, pointed=pointed, hints=hints)
