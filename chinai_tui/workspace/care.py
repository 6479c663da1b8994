"""Looking after the library: what is wrong with it, and making the index again."""

from __future__ import annotations

from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.records import Changed


class Care:
    """The state of the library's files."""

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing

    def problems(self) -> list[str]:
        """What was found wrong since the library was opened, one line each."""
        return self._core.found_wrong

    def rebuild(self) -> None:
        """Make the index again from the store and the catalogue."""

        def _commit() -> None:
            self._indexing.synchronise(everything=True)
            changed = frozenset(self._core.index.fingerprints())
            self._core.emit(Changed(issues=changed, annotations=True, library=True))

        self._core.write(_commit)
