"""Starts `chinai` in a pseudo-terminal and fails unless its three panes fill.

python -m tests.panes
"""

from __future__ import annotations

import sys
import tempfile

from tests.terminal import Terminal

PANES = (r"Issues · \d+", r"Key takeaways|Cloudwalk|CloudWalk", r"In this issue · \d+")
"""What stands in the list, in the text and in the sidebar."""


def main() -> None:
    """Wait for each pane, then print the screen."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(
            [sys.executable, "-m", "chinai_tui"], {"CHINAI_HOME": home}, size=(160, 45)
        ) as terminal,
    ):
        for pane in PANES:
            terminal.wait(pane)
        terminal.settle()
        print(terminal.text)
        terminal.send("q")


if __name__ == "__main__":
    main()
