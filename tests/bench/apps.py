"""What the reader is measured against: the least that Textual can do.

python -m tests.bench.apps blank | line | markdown FILE…
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult


class Blank(App[None]):
    """An app with nothing in it."""


def line() -> App[None]:
    """An app with one widget that shows another line on each key."""
    from textual.widgets import Static

    class Line(App[None]):
        BINDINGS = [("J,K", "step", "step")]
        count = 0

        def compose(self) -> ComposeResult:
            yield Static("0")

        def action_step(self) -> None:
            self.count += 1
            self.query_one(Static).update(str(self.count))

    return Line()


def markdown(files: list[Path]) -> App[None]:
    """An app that shows the next file in Textual's Markdown widget on each key."""
    from textual.containers import VerticalScroll
    from textual.widgets import Markdown

    class Reader(App[None]):
        BINDINGS = [("J,K", "step", "step")]
        at = 0

        def compose(self) -> ComposeResult:
            with VerticalScroll():
                yield Markdown(files[0].read_text("utf-8"))

        async def action_step(self) -> None:
            self.at = (self.at + 1) % len(files)
            await self.query_one(Markdown).update(files[self.at].read_text("utf-8"))

    return Reader()


def main() -> None:
    """Run the app that is named."""
    match sys.argv[1:]:
        case ["line"]:
            line().run()
        case ["markdown", *names]:
            markdown(list(map(Path, names))).run()
        case _:
            Blank().run()


if __name__ == "__main__":
    main()
