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
def library(*, current: bool = True) -> Iterator[Workspace]:
    """The library of this user, open; what was found wrong with it goes to standard error.

    With `current`, what waits to be indexed or marked is done first, which takes seconds where the
    index of a large library was lost or its catalogue has changed. Where that fails it is told,
    and what is there serves.

    Raises:
        ChinaiError: It cannot be opened.
    """
    from chinai_tui.workspace import Workspace

    paths = default_paths()
    workspace = Workspace.open(paths, config.load(paths.settings))
    try:
        if current and workspace.care.is_behind:
            try:
                workspace.care.catch_up(_show)
            except StoreError as error:
                print(clean_line(str(error), 2000), file=sys.stderr)
        yield workspace
    finally:
        workspace.close()
        for problem in workspace.care.problems():
            print(clean_line(problem, 2000), file=sys.stderr)


def _show(progress: Progress) -> None:
    """Show how far indexing has come, on a terminal."""
    if sys.stderr.isatty():
        end = "\n" if progress.done >= progress.total else ""
        issues = "issue" if progress.total == 1 else "issues"
        shown = f"\rindexing {progress.done:,} of {progress.total:,} {issues}"
        print(shown, end=end, file=sys.stderr, flush=True)
