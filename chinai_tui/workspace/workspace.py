"""The one object that the reader and the command line hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from chinai_tui.config import Settings
from chinai_tui.paths import Paths
from chinai_tui.workspace import bundled
from chinai_tui.workspace.care import Care
from chinai_tui.workspace.comparing import Comparing
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.entities import Entities
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.library import Library
from chinai_tui.workspace.mending import Mending
from chinai_tui.workspace.news import News
from chinai_tui.workspace.notes import Notes
from chinai_tui.workspace.records import Changed, Progress
from chinai_tui.workspace.saved import Saved
from chinai_tui.workspace.search import Search
from chinai_tui.workspace.since import Since
from chinai_tui.workspace.terms import Terms

if TYPE_CHECKING:
    from chinai_tui.workspace.importing import Importer
    from chinai_tui.workspace.transfer import Transfer

AT_ONCE = 200
"""Issues that are marked anew when a library is opened, within half a second; of more, none."""


class Workspace:
    """A library, one facet a concern.

    Methods may be called from any thread and return when they are done: a write when it is on
    disk. One writer commits in order; `close` waits for it.
    """

    def __init__(self, paths: Paths, settings: Settings) -> None:
        """Lay out the facets; `open` is what makes them usable."""
        self._core = Core(paths, settings)
        self._indexing = Indexing(self._core)
        self.entities = Entities(self._core)
        self.terms = Terms(self._core)
        self.comparing = Comparing(self._core, self.entities)
        self.since = Since(self._core, self.entities)
        self.search = Search(self._core, self.entities)
        self.library = Library(self._core, self._indexing, self.search)
        self.saved = Saved(self._core, self.library, self.search)
        self.news = News(self._core, self.library)
        self.notes = Notes(self._core, self._indexing)
        self.mending = Mending(self._core, self._indexing, self.terms)
        self.care = Care(self._core, self._indexing)

    @classmethod
    def open(
        cls,
        paths: Paths,
        settings: Settings,
        progress: Callable[[Progress], None] | None = None,
    ) -> Workspace:
        """Open the library of these folders, and bring its index up to date.

        `progress` is told how far that has come, where much has to be indexed again. After a
        change of the catalogue a large library is opened as it was marked before: then
        `mending.is_behind`, and `mending.remark` brings it up to date.

        Raises:
            StoreError: The user's data cannot be read.
            CatalogueError: The shipped catalogue has a fault.
        """
        workspace = cls(paths, settings)
        workspace._core.write(partial(workspace._bring_up_to_date, progress))
        return workspace

    @cached_property
    def transfer(self) -> Transfer:
        """Texts in, notes out."""
        from chinai_tui.workspace.transfer import Transfer

        return Transfer(self._core, self._indexing, self._importer, self.entities)

    @cached_property
    def _importer(self) -> Importer:
        from chinai_tui.workspace.importing import Importer

        return Importer(self._core, self._indexing)

    @property
    def settings(self) -> Settings:
        """The settings it was opened with."""
        return self._core.settings

    def _bring_up_to_date(self, progress: Callable[[Progress], None] | None) -> None:
        self._indexing.compile_catalogue()
        if not self._indexing.is_current():
            self._indexing.synchronise(progress=progress)
        bundled.bring_in_digests(self._core, lambda: self._importer)
        if self._core.index.is_behind():
            behind = self._core.index.behind(limit=AT_ONCE + 1)
            self._indexing.mark(behind if len(behind) <= AT_ONCE else ())
        self._indexing.remember()

    def subscribe(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Have a function called after each change, in another thread; returns the way out."""
        return self._core.subscribe(listener)

    def poll(self) -> None:
        """Notice what another program has written since, and tell the listeners."""

        def _commit() -> None:
            changed = self._indexing.catch_up()
            if changed is not None:
                self._core.emit(Changed(issues=changed, annotations=True, library=True))

        self._core.write(_commit)

    def close(self) -> None:
        """Finish what is being written and let go of the files."""
        self._core.close()
