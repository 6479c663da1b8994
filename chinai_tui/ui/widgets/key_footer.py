"""The keys that work here, most useful first, cut from the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.strip import Strip

from chinai_tui.ui.commands import BY_ID, Command, Scope, hints
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.direct_lines import DirectLines
from chinai_tui.ui.widgets.strips import Piece, line

LAST = "help"
"""The command that stands last and is never cut."""


class KeyFooter(DirectLines):
    """One line of keys; unlike Textual's own footer it is one widget for all keys."""

    ALLOW_SELECT = False

    def __init__(self, keymap: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        """Take the user's keys, so that the line tells the ones that work."""
        super().__init__(id=id)
        self._keymap = keymap
        self._hints: list[tuple[str, str]] = []
        self._last: list[tuple[str, str]] = []
        self._scopes: tuple[Scope, ...] = ()

    def show(self, *scopes: Scope) -> None:
        """Show the keys of the commands that can be given in these scopes."""
        if scopes == self._scopes:
            return
        commands = hints(*scopes)
        self.show_hints(
            [self._hint(command) for command in commands if command.id != LAST],
            [self._hint(command) for command in commands if command.id == LAST],
        )
        self._scopes = scopes

    def show_hints(
        self, keys: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show these pairs of key and meaning; `last` stands behind them and is not cut."""
        self._scopes = ()
        self._hints = [hint for hint in keys if hint[0]]
        self._last = [hint for hint in last if hint[0]]
        self.refresh()

    def _hint(self, command: Command) -> tuple[str, str]:
        labels = labels_of(command, self._keymap)[:1]
        if command.pair:
            labels += labels_of(BY_ID[command.pair], self._keymap)[:1]
        return " ".join(labels), command.hint or command.title

    def render_line(self, y: int) -> Strip:
        """The strip of the line; a key that does not fit with its meaning is left out."""
        width = self.size.width
        pens = self.pens
        if y:
            return Strip.blank(width, pens())
        room = width - 2 - sum(_cells(hint) for hint in self._last)
        pieces: list[Piece] = []
        for hint in self._hints:
            room -= _cells(hint)
            if room < 0:
                break
            pieces += _pieces(hint, pens)
        for hint in self._last:
            pieces += _pieces(hint, pens)
        return line(width, pieces, fill=pens())


def _cells(hint: tuple[str, str]) -> int:
    return len(hint[0]) + len(hint[1]) + 3


def _pieces(hint: tuple[str, str], pens: Pens) -> list[Piece]:
    return [(f" {hint[0]}", pens("accent", bold=True)), (f" {hint[1]} ", pens("dim"))]
