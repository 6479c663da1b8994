"""What the facets share: the store, the index, the one writer, and who listens for changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from chinai_tui.config import Settings
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.index import Index
from chinai_tui.paths import Paths
from chinai_tui.store import RECORD_FILES, files
from chinai_tui.workspace.records import Changed
from chinai_tui.workspace.stamps import Commits, Stamps

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from chinai_tui.store.documents import DocumentStore
    from chinai_tui.store.store import Store
    from chinai_tui.workspace.publications import Publications

T = TypeVar("T")
DOCUMENTS_AT_HAND = 64
"""Documents kept in memory, about 100 KB each."""

OPENED_AT_HAND = 8
"""Issues that open again at once while nothing has changed."""

TIME = "%Y-%m-%dT%H:%M:%SZ"
"""How records write a moment in UTC, to the second."""
FINE_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
"""The same to the microsecond."""

Listener = Callable[[Changed], None]


class Core:
    """The state behind a workspace; its methods may be called from any thread."""

    def __init__(self, paths: Paths, settings: Settings) -> None:
        """Open nothing yet: store and index read their files when they are first asked."""
        self.paths = paths
        self.settings = settings
        self.index = Index(paths.index)
        self.problems: list[str] = []
        self._writer_thread: int | None = None
        self._is_closed = False
        self._listeners: list[Listener] = []
        self._read = lru_cache(maxsize=DOCUMENTS_AT_HAND)(self._read_document)

    @cached_property
    def store(self) -> Store:
        """The user's records; loaded when first asked for, since the index has copies of most."""
        from chinai_tui.store.store import Store

        return Store(self.paths.data)

    @cached_property
    def documents(self) -> DocumentStore:
        """The texts of the issues."""
        from chinai_tui.store.documents import DocumentStore

        return DocumentStore(self.paths.data / "documents")

    @cached_property
    def publications(self) -> Publications:
        """The publications that are known."""
        from chinai_tui.workspace.publications import Publications

        return Publications(self)

    def stamps(self) -> Stamps:
        """Which state of the records is on disk."""
        return files.stamps(self.paths.data / name for name in RECORD_FILES)

    def take_commits(self) -> Commits:
        """What was written here since one last asked."""
        store = self.__dict__.get("store")
        return store.take_commits() if store else ()

    @property
    def found_wrong(self) -> list[str]:
        """What was found wrong since the library was opened, one line each."""
        store = self.__dict__.get("store")
        return [*(store.problems if store else ()), *self.problems]

    def write(self, work: Callable[[], T]) -> T:
        """Run a write after those before it, and return when it is done.

        A write that is part of another runs at once, since the writer would wait for itself.
        """
        if threading.get_ident() == self._writer_thread:
            return work()
        if self._is_closed:
            raise RuntimeError("the library is closed")
        return self._writer.submit(self._as_writer, work).result()

    def write_alone(self, work: Callable[[], T]) -> T:
        """Run a write in this thread, while no other thread can have one: as a library opens."""
        try:
            return self._as_writer(work)
        finally:
            self._writer_thread = None

    @cached_property
    def _writer(self) -> ThreadPoolExecutor:
        # Made for the first write: what is only asked does without it.
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="chinai-writer")

    def _as_writer(self, work: Callable[[], T]) -> T:
        self._writer_thread = threading.get_ident()
        return work()

    def issue(self, issue_id: str) -> Issue:
        """The record of an issue; an id that a record had which is part of another leads there.

        Raises:
            NotFoundError: There is none.
        """
        issue = self.index.issue(issue_id)
        if issue is None and (home := self.homes([issue_id]).get(issue_id)):
            issue = self.store.issues.get(home)
        if issue is None:
            raise NotFoundError(f"{issue_id}: no such issue; `chinai list` names them all")
        return issue

    def homes(self, issue_ids: Iterable[str]) -> dict[str, str]:
        """Where ids lead of which another program may have joined the records meanwhile.

        Only those are in it whose records are part of others by now. Who asks inside a transaction
        writes nothing that is left behind: what joins records moves things once more after that.

        Raises:
            StoreError: The records cannot be read.
        """
        self.store.issues_file.refresh()
        known = self.store.issues.all()
        gone = {each for each in issue_ids if each and each not in known}
        former = former_ids(known) if gone else {}
        return {each: former[each] for each in gone if each in former}

    def document(self, issue_id: str, role: DocumentRole) -> Document:
        """A document of an issue; the last ones read are at hand.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        issue = self.issue(issue_id)
        reference = issue.documents.get(role)
        if not issue.documents:
            raise NotFoundError(f"{issue_id}: its text is not here yet; `chinai import` brings it")
        if reference is None:
            raise NotFoundError(f"{issue_id}: there is no {role.value} of it")
        return self._read(issue.id, role, reference.revision)

    def shown(self, issue_id: str, role: DocumentRole) -> Document:
        """The text that one reads under an id.

        Under that of a record that has become part of another it is the text which that had, as
        long as its files are there.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        issue = self.issue(issue_id)
        if issue.id != issue_id and (reference := issue.documents.get(role)):
            for revision in (reference.revision, *(each.revision for each in reference.earlier)):
                with suppress(StoreError):
                    return self.documents.get(issue_id, role, revision)
        return self.document(issue_id, role)

    def _read_document(self, issue_id: str, role: DocumentRole, revision: str) -> Document:
        return self.documents.get(issue_id, role, revision)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a function called after each change; returns the way to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, changed: Changed) -> None:
        """Tell the listeners, in the thread of the writer."""
        for listener in tuple(self._listeners):
            listener(changed)

    def close(self) -> None:
        """Wait for what is being written, then let go of the files."""
        self._is_closed = True
        if "_writer" in self.__dict__:
            self._writer.shutdown(wait=True)
        self.index.close()


def former_ids(issues: Mapping[str, Issue]) -> dict[str, str]:
    """The issues that stand for records that are gone, by the ids of these."""
    return {name: each.id for each in issues.values() for name in each.former if name not in issues}


def timestamp() -> str:
    """The time in UTC, to the second, as records carry it."""
    return datetime.now(UTC).strftime(TIME)


def moment() -> str:
    """The same to the microsecond, for what is listed in the order in which it was made."""
    return datetime.now(UTC).strftime(FINE_TIME)
