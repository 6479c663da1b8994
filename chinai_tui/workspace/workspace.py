"""The one object that the reader and the command line hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from chinai_tui.config import Settings
from chinai_tui.errors import DamagedError
from chinai_tui.paths import Paths
from chinai_tui.workspace import bundled
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import INDEXED_AT_ONCE, Indexing
from chinai_tui.workspace.records import Changed

if TYPE_CHECKING:
    from chinai_tui.workspace.backup import Backup
    from chinai_tui.workspace.care import Care
    from chinai_tui.workspace.citing import Citing
    from chinai_tui.workspace.comparing import Comparing
    from chinai_tui.workspace.editing import Editing
    from chinai_tui.workspace.entities import Entities
    from chinai_tui.workspace.fetching import Fetching
    from chinai_tui.workspace.following import Following
    from chinai_tui.workspace.importing import Importer
    from chinai_tui.workspace.library import Library
    from chinai_tui.workspace.memos import Memos
    from chinai_tui.workspace.mending import Mending
    from chinai_tui.workspace.news import News
    from chinai_tui.workspace.notes import Notes
    from chinai_tui.workspace.saved import Saved
    from chinai_tui.workspace.search import Search
    from chinai_tui.workspace.since import Since
    from chinai_tui.workspace.syncing import Syncing
    from chinai_tui.workspace.terms import Terms
    from chinai_tui.workspace.transfer import Transfer
    from chinai_tui.workspace.undoing import Undoing

MARKED_AT_ONCE = 200
"""Issues that are marked as a library opens, within half a second; of more, none."""


class Workspace:
    """A library, one facet a concern, each made when it is first asked for.

    Methods may be called from any thread and return when they are done: a write when it is on
    disk. One writer commits in order; `close` waits for it.
    """

    def __init__(self, paths: Paths, settings: Settings) -> None:
        """Take the folders; `open` is what makes the facets usable."""
        self._core = Core(paths, settings)
        self._indexing = Indexing(self._core)

    @classmethod
    def open(cls, paths: Paths, settings: Settings) -> Workspace:
        """Open the library of these folders, with its index up to date as far as that is quick.

        Where much is to be indexed again, as when the index was lost, all issues are listed but
        their texts wait; after a change of the catalogue they are marked as before. Then
        `care.is_behind`, and `care.catch_up` does the rest.

        Raises:
            StoreError: The user's data cannot be read.
            CatalogueError: The shipped catalogue has a fault.
        """
        workspace = cls(paths, settings)
        try:
            workspace._core.write_alone(workspace._bring_up_to_date)
        except DamagedError:
            # The index that was damaged is gone: this time it is made anew.
            workspace._core.write_alone(workspace._bring_up_to_date)
        return workspace

    @cached_property
    def entities(self) -> Entities:
        """The catalogue, and who is named where."""
        from chinai_tui.workspace.entities import Entities

        return Entities(self._core)

    @cached_property
    def terms(self) -> Terms:
        """Chinese terms beside their English."""
        from chinai_tui.workspace.terms import Terms

        return Terms(self._core)

    @cached_property
    def comparing(self) -> Comparing:
        """Entities side by side."""
        from chinai_tui.workspace.comparing import Comparing

        return Comparing(self._core, self.entities)

    @cached_property
    def since(self) -> Since:
        """What came after an issue."""
        from chinai_tui.workspace.since import Since

        return Since(self._core, self.entities)

    @cached_property
    def search(self) -> Search:
        """The query language over the library."""
        from chinai_tui.workspace.search import Search

        return Search(self._core, self.entities)

    @cached_property
    def library(self) -> Library:
        """What there is to read."""
        from chinai_tui.workspace.library import Library

        return Library(self._core, self._indexing, self.search)

    @cached_property
    def saved(self) -> Saved:
        """Searches that are kept."""
        from chinai_tui.workspace.saved import Saved

        return Saved(self._core, self.library, self.search)

    @cached_property
    def news(self) -> News:
        """What is unread since one was last here."""
        from chinai_tui.workspace.news import News

        return News(self._core, self.library)

    @cached_property
    def notes(self) -> Notes:
        """What readers have marked and written."""
        from chinai_tui.workspace.notes import Notes

        return Notes(self._core, self._indexing, self.search, self._undoing)

    @cached_property
    def memos(self) -> Memos:
        """The annotations of a tag in an order made by hand."""
        from chinai_tui.workspace.memos import Memos

        return Memos(self._core, self._undoing)

    @cached_property
    def _undoing(self) -> Undoing:
        from chinai_tui.workspace.undoing import Undoing

        return Undoing(self._core, self._indexing)

    @cached_property
    def citing(self) -> Citing:
        """Citations."""
        from chinai_tui.workspace.citing import Citing

        return Citing(self._core, self._indexing)

    @cached_property
    def mending(self) -> Mending:
        """Corrections of the catalogue."""
        from chinai_tui.workspace.mending import Mending

        return Mending(self._core, self._indexing, self.terms)

    @cached_property
    def editing(self) -> Editing:
        """Corrections of what is said of issues."""
        from chinai_tui.workspace.editing import Editing

        return Editing(self._core, self._indexing, self.backup)

    @cached_property
    def care(self) -> Care:
        """The state of the files."""
        from chinai_tui.workspace.care import Care

        return Care(self._core, self._indexing)

    @cached_property
    def transfer(self) -> Transfer:
        """Texts in, notes out."""
        from chinai_tui.workspace.dossiers import Dossiers
        from chinai_tui.workspace.exporting import Exporting
        from chinai_tui.workspace.gathering import Gathering
        from chinai_tui.workspace.transfer import Transfer

        core, indexing, entities = self._core, self._indexing, self.entities
        gathering = Gathering(core, indexing, self.citing)
        exporting = Exporting(core, gathering, self.citing, self.memos.ordered)
        dossiers = Dossiers(core, indexing, entities, gathering)
        return Transfer(core, indexing, self._importer, exporting, dossiers, self.fetching)

    @cached_property
    def following(self) -> Following:
        """The publications one follows."""
        from chinai_tui.workspace.following import Following

        return Following(self._core, self._indexing, self.fetching)

    @cached_property
    def syncing(self) -> Syncing:
        """What is new in them."""
        from chinai_tui.workspace.syncing import Syncing

        core, indexing, importer = self._core, self._indexing, self._importer
        return Syncing(core, indexing, importer, self.following, self.fetching)

    @cached_property
    def fetching(self) -> Fetching:
        """Pages from the web."""
        from chinai_tui.workspace.fetching import Fetching

        return Fetching(self._core)

    @cached_property
    def backup(self) -> Backup:
        """The whole library in one file, and back."""
        from chinai_tui.workspace.backup import Backup

        return Backup(self._core, self._indexing)

    @cached_property
    def _importer(self) -> Importer:
        from chinai_tui.workspace.importing import Importer

        return Importer(self._core, self._indexing)

    @property
    def settings(self) -> Settings:
        """The settings it was opened with."""
        return self._core.settings

    def _bring_up_to_date(self) -> None:
        index, indexing = self._core.index, self._indexing
        indexing.compile_catalogue()
        if indexing.begin():
            # A join of records may have been cut off before its last notes were moved.
            from chinai_tui.workspace.joining import Joining

            Joining(self._core, indexing).bring_home()
        bundled.bring_in_digests(self._core, lambda: self._importer)
        if index.is_behind():
            waiting = index.waiting(limit=INDEXED_AT_ONCE + 1)
            indexing.fill(waiting if len(waiting) <= INDEXED_AT_ONCE else ())
            behind = index.behind(limit=MARKED_AT_ONCE + 1)
            indexing.mark(behind if len(behind) <= MARKED_AT_ONCE else ())

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
