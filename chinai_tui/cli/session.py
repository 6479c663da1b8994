"""Opens the library for a command and closes it again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chinai_tui import config
from chinai_tui.errors import StoreError
from chinai_tui.paths import default_paths
from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from chinai_tui.workspace import Progress, Workspace


@contextmanager
def library(*, marked: bool = False) -> Iterator[Workspace]:
    """The library of this user, open; what was found wrong with it goes to standard error.

    With `marked`, every name is marked as the catalogue has it, which takes seconds after a large
    library's catalogue has changed. Where that fails it is told, and the marks there are serve.

    Raises:
        ChinaiError: It cannot be opened.
    """
    from chinai_tui.workspace import Workspace

    paths = default_paths()
    workspace = Workspace.open(paths, config.load(paths.settings), _show)
    try:
        if marked and workspace.mending.is_behind:
            try:
                workspace.mending.remark(_show_marking)
            except StoreError as error:
                print(clean_line(str(error), 2000), file=sys.stderr)
        yield workspace
    finally:
        workspace.close()
        for problem in workspace.care.problems():
            print(clean_line(problem, 2000), file=sys.stderr)


def _show(progress: Progress) -> None:
    """Show how far indexing has come, on a terminal, where it takes long enough to wonder."""
    if progress.done % 100 == 0 and sys.stderr.isatty():
        shown = f"\rindexing {progress.done:,} of {progress.total:,} issues"
        print(shown, end="", file=sys.stderr, flush=True)


def _show_marking(progress: Progress) -> None:
    """Show how far the marking of names has come, on a terminal."""
    if sys.stderr.isatty():
        end = "\n" if progress.done >= progress.total else ""
        shown = f"\rmarking names in {progress.done:,} of {progress.total:,} issues"
        print(shown, end=end, file=sys.stderr, flush=True)
