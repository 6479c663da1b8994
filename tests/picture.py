"""Draws the picture of the README: the reader as it opens on the bundled library.

python -m tests.picture [FILE]      default: .readme/reader.svg
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.terminal import Terminal

TARGET = Path(__file__).parent.parent / ".readme" / "reader.svg"
_NAMES = {"default": None, "brown": "yellow"}


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
        target.write_text(svg(terminal.screen), "utf-8")
        terminal.send("\x11")


def svg(screen: pyte.Screen) -> str:
    """The screen, colours and all, as SVG."""
    console = Console(
        width=screen.columns,
        record=True,
        file=io.StringIO(),
        color_system="truecolor",
        force_terminal=True,
    )
    for y in range(screen.lines):
        row = screen.buffer[y]
        line = Text(no_wrap=True, end="\n")
        for style, cells in groupby((row[x] for x in range(screen.columns)), key=_style):
            line.append("".join(cell.data for cell in cells), style)
        console.print(line, overflow="crop", no_wrap=True, soft_wrap=True)
    # Fonts are the viewer's own: a picture asks no server for anything.
    return re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="chinai"), flags=re.DOTALL)


def _style(cell: pyte.screens.Char) -> Style:
    def colour(name: str) -> str | None:
        if len(name) == 6 and all(c in "0123456789abcdef" for c in name.lower()):
            return f"#{name}"
        return _NAMES.get(name, name)

    # A space gets a colour of its own: the picture would drop it at the start of a run.
    return Style(
        color="#010101" if cell.data == " " else colour(cell.fg),
        bgcolor=colour(cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse,
    )


if __name__ == "__main__":
    main()
