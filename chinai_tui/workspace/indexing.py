"""Keeps the index in step with the store and the catalogue."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.errors import CatalogueError, StoreError
from chinai_tui.index import IssueEntry, fingerprint
from chinai_tui.workspace import bundled
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.links import cited_keys
from chinai_tui.workspace.records import Changed, Progress

if TYPE_CHECKING:
    from pathlib import Path

    from chinai_tui.entities.recogniser import Recogniser

SESSION = "session"
"""The meta key of the session, so that the reader starts without opening the store."""

_STAMPS = "stamps"
"""The meta key of the state of the store that the index mirrors."""


class Indexing:
    """Fills the index from the store; derived data only."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._recogniser: tuple[str, Recogniser] | None = None
        self._stamps = core.stamps()
        self._generation = 0

    def publication(self, publication_id: str) -> Publication:
        """The publication with that id; one that nobody describes goes by its id."""
        known = bundled.publications().get(publication_id)
        return known or Publication(publication_id, publication_id)

    # Catalogue

    def compile_catalogue(self) -> None:
        """Read the entity files if they are not the ones in the index.

        A fault in the user's own file is told each time and the file left aside; then the shipped
        ones are kept under their own key, so that the fault is met again at the next start.
        """
        shipped, own = bundled.catalogue_files(), self._own_file()
        key = bundled.signature([*shipped, own] if own else shipped)
        if key == self._core.index.catalogue_key():
            return
        from chinai_tui.entities import catalogue

        try:
            loaded = catalogue.load(shipped, own)
        except CatalogueError as error:
            key = bundled.signature(shipped)
            loaded = catalogue.load(shipped)
            self._leave_out(error)
            if key == self._core.index.catalogue_key():
                return
        self._core.index.put_catalogue(
            key, loaded.entities.values(), loaded.claims, loaded.exclusions, loaded.checked
        )

    def _own_file(self) -> Path | None:
        """The user's entity file, if it says anything; one that cannot be read is told."""
        own = self._core.paths.entities
        if own.is_file() and os.access(own, os.R_OK):
            return own if own.stat().st_size else None
        if os.path.lexists(own):
            from chinai_tui.entities import tables

            try:
                tables.read(own)
            except CatalogueError as error:
                self._leave_out(error)
        return None

    def _leave_out(self, fault: CatalogueError) -> None:
        problem = f"{fault}; your entities are left out until it is mended"
        if problem not in self._core.problems:
            self._core.problems.append(problem)

    def catalogue_faults(self) -> list[str]:
        """What is wrong with the entity files, the shipped and the user's own."""
        from chinai_tui.entities import catalogue

        own = self._core.paths.entities
        return catalogue.problems(bundled.catalogue_files(), own)

    def recogniser(self) -> tuple[str, Recogniser]:
        """The key of the compiled catalogue, whoever compiled it, and the recogniser over it."""
        index = self._core.index
        if self._recogniser is None or self._recogniser[0] != index.catalogue_key():
            from chinai_tui.entities.recogniser import Recogniser

            key, entities, exclusions = index.catalogue()
            self._recogniser = key, Recogniser(entities.values(), exclusions)
        return self._recogniser

    def mark(self, issue_ids: Iterable[str]) -> None:
        """Mark issues anew with the compiled catalogue; ids that are not there are passed over."""
        found = (self._core.index.issue(issue_id) for issue_id in issue_ids)
        entries = list(self._marked(issue for issue in found if issue is not None))
        if entries:
            self._core.index.put_mentions(entries)

    def take_correction(self, issue_id: str) -> None:
        """Take in that the user's entity file was corrected, and mark the issue at hand anew."""
        self.compile_catalogue()
        self.mark([issue_id])
        self.remember()
        self._core.emit(Changed(issues=frozenset({issue_id} - {""}), library=True))

    # Issues

    def put(self, issues: Iterable[Issue]) -> None:
        """Index these issues as they are in the store."""
        self._core.index.put_issues(self._entries(issues))
        self.remember()

    def _entries(self, issues: Iterable[Issue]) -> Iterator[IssueEntry]:
        """What is indexed of issues."""
        for entry in self._marked(issues):
            yield replace(
                entry,
                outlet=self.publication(entry.issue.publication).title,
                cites=cited_keys(entry.issue, entry.documents),
            )

    def _marked(self, issues: Iterable[Issue]) -> Iterator[IssueEntry]:
        """Issues with their documents, and who is named in them."""
        catalogue, recogniser = self.recogniser()
        for issue in issues:
            documents = {}
            for role, reference in issue.documents.items():
                try:
                    documents[role] = self._core.documents.get(issue.id, role, reference.revision)
                except StoreError as error:
                    self._core.problems.append(str(error))
            mentions = {
                role: recogniser.find(document, issue.id) for role, document in documents.items()
            }
            yield IssueEntry(issue, "", documents, mentions, catalogue)

    def remember(self) -> None:
        """Note which state of the store the index mirrors, and that it is known here."""
        self._stamps = self._core.stamps()
        if not self.is_current():
            self._core.index.set_meta(_STAMPS, self._stamps)
        self._generation = self._core.index.generation()

    def catch_up(self) -> frozenset[str] | None:
        """Take in what another program has written; the issues it changed, None if nothing is new.

        The other program may have indexed it already: then only its work is looked at.
        """
        stamps = self._core.stamps()
        if stamps == self._stamps:
            return None
        since = self._generation
        if self.is_current():
            self._core.store.refresh()
            self._stamps, self._generation = stamps, self._core.index.generation()
        else:
            self.synchronise()
        return self._core.index.touched(since)

    def mirror_session(self) -> None:
        """Copy the session of the store to the index."""
        values = {each.id: each.value for each in self._core.store.session.all().values()}
        self._core.index.set_meta(SESSION, json.dumps(values))

    def is_current(self) -> bool:
        """Whether the index mirrors the store as it is on disk."""
        return self._core.index.get_meta(_STAMPS) == self._core.stamps()

    def synchronise(
        self, everything: bool = False, progress: Callable[[Progress], None] | None = None
    ) -> None:
        """Index what differs from the store, or everything."""
        store, index = self._core.store, self._core.index
        store.refresh()
        issues = store.issues.all()
        indexed = index.fingerprints()
        stale = [
            issue
            for issue in issues.values()
            if everything or indexed.get(issue.id) != fingerprint(issue)
        ]
        index.remove_issues(set(indexed) - set(issues))
        index.put_issues(_counted(self._entries(stale), len(stale), progress))
        index.set_reading(store.reading.all().values(), replace_all=True)
        index.set_annotations(store.annotations.all().values(), replace_all=True)
        self.mirror_session()
        self.remember()


def _counted(
    entries: Iterable[IssueEntry], total: int, progress: Callable[[Progress], None] | None
) -> Iterator[IssueEntry]:
    """The entries as they come, told one by one."""
    for done, entry in enumerate(entries, 1):
        yield entry
        if progress is not None:
            progress(Progress(done, total, entry.issue.title))
