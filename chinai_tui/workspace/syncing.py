"""Asks the publications that are followed for what is new, or for all they have."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Metadata, Publication
from chinai_tui.errors import BusyError, InputError, NetworkError, NotFoundError
from chinai_tui.ingest.reading import Skipped, Source
from chinai_tui.store import files
from chinai_tui.store.records import Followed
from chinai_tui.text.urls import canonical
from chinai_tui.workspace.core import timestamp
from chinai_tui.workspace.records import ImportOptions, ImportReport

if TYPE_CHECKING:
    from chinai_tui.ingest.http import Fetcher, Tell
    from chinai_tui.ingest.substack import Entry
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.fetching import Fetching
    from chinai_tui.workspace.following import Following
    from chinai_tui.workspace.importing import Importer
    from chinai_tui.workspace.indexing import Indexing

BUSY = "another chinai is fetching; what it brings shows here too; wait for it, or stop it"
NO_FEED = "gives no feed any more; `chinai follow` the address that it has now"
TURN_SECONDS = 0.2
"""How long one waits for what is under way here before one looks whether to go on waiting."""
AT_ONCE = 10
"""Posts that are fetched before they are saved: 20 seconds of work that a cut can cost."""
_FEEDS = frozenset({"feed", "json-feed"})
"""The formats of what has entries."""
_GONE = frozenset({404, 410, 500})
"""Answers that are about one post; others are about the site."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of asking one publication."""

    publication: str
    title: str
    added: tuple[str, ...] = ()
    """Ids of issues that are new."""
    updated: tuple[str, ...] = ()
    """Ids of issues that are others now."""
    failures: tuple[InputError, ...] = ()
    """Texts that could not be brought in."""
    skipped: tuple[Skipped, ...] = ()
    """What was left alone since it has no text."""
    note: str = ""
    """What the reader should know, in a line."""
    error: str = ""
    """Why not all of it could be asked for; what came before is saved."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came of a sync, by publication, in the order in which they were asked."""

    publications: tuple[Synced, ...]
    stopped: bool = False
    """Whether it was called off; what came before is saved."""


@dataclass(slots=True)
class _Tally:
    """What has come of one publication so far."""

    publication: Publication
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    failures: list[InputError] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    note: str = ""

    def take(self, report: ImportReport) -> None:
        """Add what an import has brought."""
        self.added += report.added
        self.updated += report.updated
        self.failures += report.failures
        self.skipped += report.skipped

    def synced(self, error: str = "") -> Synced:
        """The same, as it is told."""
        brought = tuple(dict.fromkeys(self.added))
        changed = tuple(each for each in dict.fromkeys(self.updated) if each not in brought)
        told = self.publication
        failures, skipped = tuple(self.failures), tuple(self.skipped)
        return Synced(told.id, told.title, brought, changed, failures, skipped, self.note, error)


class Syncing:
    """Brings in what publications have; one that fails does not hold up the others."""

    def __init__(
        self,
        core: Core,
        indexing: Indexing,
        importer: Importer,
        following: Following,
        fetching: Fetching,
    ) -> None:
        self._core = core
        self._indexing = indexing
        self._importer = importer
        self._following = following
        self._fetching = fetching
        self._turn = threading.Lock()

    def sync(
        self,
        ids: Iterable[str] = (),
        *,
        full: bool = False,
        tell: Tell = lambda _: None,
        tell_wait: Tell = lambda _: None,
        stop: threading.Event | None = None,
    ) -> SyncReport:
        """Bring in what the publications have that are followed.

        Args:
            ids: Those to ask, by any name that they are followed by; all for none.
            full: Walk their whole archives, not only what their feeds give; a walk that was cut
                off goes on where it was.
            tell: Is told how far things have come.
            tell_wait: Is told where a host asks to wait, and when that is over.
            stop: Calls it off, also while it waits for an earlier one to end; what has come by
                then is saved.

        Raises:
            NotFoundError: One of them is not followed.
            BusyError: Another program is at it.
            StoreError: Something could not be saved; what was saved before stays.
        """
        from chinai_tui.ingest.http import Stopped

        try:
            with self._alone(stop):
                return self._sync(ids, full, tell, self._fetching.fetcher(stop, tell_wait))
        except Stopped:
            return SyncReport((), stopped=True)

    @contextmanager
    def _alone(self, stop: threading.Event | None) -> Iterator[None]:
        """Keep other programs from asking for the same.

        What was called off here is waited for; raises `Stopped` if this is called off meanwhile.
        """
        from filelock import FileLock, Timeout

        place = self._core.paths.data / "sync.lock"
        with self._in_turn(stop):
            try:
                held = FileLock(place, timeout=0, mode=files.FILE_MODE).acquire()
            except Timeout as error:
                raise BusyError(BUSY) from error
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise files.not_saved(place, reason, "what comes could not be kept") from error
            with held:
                yield

    @contextmanager
    def _in_turn(self, stop: threading.Event | None) -> Iterator[None]:
        """Wait for what is under way in this program, for no longer than one is wanted."""
        from chinai_tui.ingest.http import Stopped

        while not self._turn.acquire(timeout=TURN_SECONDS):
            if stop is not None and stop.is_set():
                raise Stopped
        try:
            yield
        finally:
            self._turn.release()

    def _sync(self, ids: Iterable[str], full: bool, tell: Tell, fetcher: Fetcher) -> SyncReport:
        from chinai_tui.ingest.http import Stopped

        done: list[Synced] = []
        for publication in self._meant(ids):
            tally = _Tally(publication)
            tell(publication.title)
            try:
                if full:
                    self._walk(fetcher, tally, tell)
                self._ask(fetcher, tally, full)
            except NetworkError as error:
                done.append(tally.synced(str(error)))
            except Stopped:
                return SyncReport((*done, tally.synced()), stopped=True)
            else:
                done.append(tally.synced())
        return SyncReport(tuple(done))

    def _meant(self, ids: Iterable[str]) -> list[Publication]:
        followed = {each.publication.id: each.publication for each in self._following.followed()}
        ids = [known.id if (known := self._following.known(each)) else each for each in ids]
        for each in ids:
            if each not in self._core.publications.all():
                raise NotFoundError(self._core.publications.unknown(each))
            if each not in followed:
                raise NotFoundError(f"{each}: is not followed; `chinai follow {each}` does that")
        return [followed[each] for each in dict.fromkeys(ids)] or list(followed.values())

    # The feed

    def _ask(self, fetcher: Fetcher, tally: _Tally, full: bool) -> None:
        """Bring in what the feed gives, if that is not what it gave last time."""
        from chinai_tui.ingest.http import Validators

        publication = tally.publication
        state = self._state(publication.id)
        if state.feed != publication.feed:
            state = Followed(publication.id)
        answer = fetcher.get(publication.feed, Validators(state.etag, state.last_modified))
        checksum = state.checksum if answer.unchanged else sha256(answer.data).hexdigest()
        if checksum != state.checksum:
            found = _entries(publication, answer.data)
            report = self._importer.run([found], ImportOptions())
            tally.take(report)
            if report.failures and not report.texts:
                # Nothing could be read: it may have been sent wrongly, and is asked for anew.
                checksum = ""
        seen = answer.validators if checksum else Validators()
        if answer.unchanged:
            # What an answer without a body leaves out is as it was.
            kept = seen.etag or state.etag, seen.last_modified or state.last_modified
            seen = Validators(*kept)
        self._save(
            publication.id,
            lambda present: replace(
                present,
                feed=publication.feed,
                etag=seen.etag,
                last_modified=seen.last_modified,
                checksum=checksum,
                asked=timestamp(),
                walked=() if full else present.walked,
            ),
        )

    # The archive

    def _walk(self, fetcher: Fetcher, tally: _Tally, tell: Tell) -> None:
        """Bring in every post of the archive that is not here, the newest first."""
        from chinai_tui.ingest import substack

        publication = tally.publication
        done = set(self._state(publication.id).walked)
        fetched: list[tuple[Entry, Source]] = []
        try:
            for number, entry in enumerate(substack.archive(fetcher, _home(publication)), 1):
                tell(f"{publication.title}: post {number:,}, {len(tally.added):,} new")
                if entry.slug in done or self._is_here(entry):
                    continue
                if source := self._post(fetcher, tally, entry):
                    fetched.append((entry, source))
                if len(fetched) == AT_ONCE:
                    self._take(tally, fetched)
        except NetworkError as error:
            if error.status != substack.NO_ARCHIVE:
                raise
            tally.note = "its site has no archive that can be walked; what its feed gives is here"
        finally:
            # Whatever ends the walk, what it has fetched is kept.
            self._take(tally, fetched)

    def _post(self, fetcher: Fetcher, tally: _Tally, entry: Entry) -> Source | None:
        from chinai_tui.ingest import substack

        told = Metadata(publication=tally.publication.id, url=entry.url, post_id=entry.post_id)
        try:
            return substack.post(fetcher, _home(tally.publication), entry, told)
        except NetworkError as error:
            if error.status not in _GONE:
                raise
            tally.failures.append(InputError(entry.url or entry.slug, error.reason))
            return None

    def _is_here(self, entry: Entry) -> bool:
        """Whether the text of a post is in the library, as whole as it can be had."""
        keys = {f"post:{entry.post_id}"} if entry.post_id else set()
        if address := canonical(entry.url):
            keys.add(f"url:{address}")
        for row in self._core.index.keyed(keys).values() if keys else ():
            issue = self._core.index.issue(row.id)
            text = issue.documents.get(DocumentRole.TEXT) if issue else None
            # Of what is paid for, the post itself gives no more another time.
            if text is not None and (text.format == "post" or not text.truncated):
                return True
        return False

    def _take(self, tally: _Tally, fetched: list[tuple[Entry, Source]]) -> None:
        """Bring in what was fetched, and note that the walk has seen to it."""
        if not fetched:
            return
        tally.take(self._importer.run([source for _, source in fetched], ImportOptions()))
        slugs = [entry.slug for entry, _ in fetched]
        self._save(
            tally.publication.id,
            lambda present: replace(
                present, walked=tuple(dict.fromkeys((*present.walked, *slugs)))
            ),
        )
        fetched.clear()

    # What is kept of it

    def _state(self, publication_id: str) -> Followed:
        return self._core.store.followed.get(publication_id) or Followed(publication_id)

    def _save(self, publication_id: str, change: Callable[[Followed], Followed]) -> None:
        """Keep how far one has come; what another process has kept meanwhile stays."""
        store = self._core.store

        def _commit() -> None:
            with store.issues_file.transaction() as tx:
                present = tx.get(store.followed, publication_id) or Followed(publication_id)
                tx.put(store.followed, change(present))
            self._indexing.remember()

        self._core.write(_commit)


def _entries(publication: Publication, data: bytes) -> Source | InputError:
    """What a feed gives, as a source; or that it is none, but a page that stands in its place."""
    from chinai_tui.ingest.reader import format_of

    told = Metadata(publication=publication.id)
    source = Source(publication.feed, "feed.xml", data, told, within=publication.feed)
    with suppress(InputError):
        if format_of(source).name in _FEEDS:
            return source
    return InputError(publication.feed, NO_FEED)


def _home(publication: Publication) -> str:
    """Where the archive is looked for."""
    return publication.home or publication.feed
