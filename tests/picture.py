"""Draws the picture of the README: the reader as it opens on the bundled library.

python -m tests.picture [FILE]      default: .readme/reader.svg
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyte
from rich.segment import Segment
from rich.style import Style

from chinai_tui.ui.theme import DARK
from tests.terminal import Terminal
from tests.ui.pictures.drawing import svg

TARGET = Path(__file__).parent.parent / ".readme" / "reader.svg"
_NAMES = {"default": None, "brown": "yellow"}
"""Colours that pyte names otherwise than Rich."""


def main() -> None:
    """Open the reader, wait until it is still, and draw its screen."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(
            [sys.executable, "-m", "chinai_tui"], {"CHINAI_HOME": home}, size=(132, 36)
        ) as terminal,
    ):
        terminal.wait("In this issue")
        terminal.settle(0.6)
        target.parent.mkdir(exist_ok=True)
        target.write_text(picture(terminal.screen), "utf-8")
        terminal.send("\x11")


def picture(screen: pyte.Screen) -> str:
    """The screen, colours and all, as SVG."""
    lines = [_segments(screen.buffer[y], screen.columns) for y in range(screen.lines)]
    return svg(lines, screen.columns, DARK["ink"], DARK["ground"])


def _segments(row: dict[int, pyte.screens.Char], columns: int) -> Iterator[Segment]:
    return (Segment(row[x].data, _style(row[x])) for x in range(columns))


def _style(cell: pyte.screens.Char) -> Style:
    def colour(name: str) -> str | None:
        if len(name) == 6 and all(c in "0123456789abcdef" for c in name.lower()):
            return f"#{name}"
        return _NAMES.get(name, name)

    return Style(
        color=colour(cell.fg),
        bgcolor=colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        strike=cell.strikethrough,
        reverse=cell.reverse,
    )


if __name__ == "__main__":
    main()
