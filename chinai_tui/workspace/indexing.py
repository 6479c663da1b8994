"""Keeps the index in step with the store and the catalogue."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.errors import CatalogueError, StoreError
from chinai_tui.index import IssueEntry, fingerprint
from chinai_tui.workspace import bundled, stamps
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.links import cited_keys
from chinai_tui.workspace.records import Changed
from chinai_tui.workspace.stamps import Stamps

if TYPE_CHECKING:
    from pathlib import Path

    from chinai_tui.domain.annotation import Annotation
    from chinai_tui.entities.recogniser import Recogniser
    from chinai_tui.workspace.placing import Placing

SESSION = "session"
"""The meta key of the session, so that the reader starts without opening the store."""

INDEXED_AT_ONCE = 60
"""Issues that are indexed while somebody waits, within half a second; more are in processes."""

_STAMPS = "stamps"
"""The meta key of the state of the store that the index mirrors."""


class Indexing:
    """Fills the index from the store; derived data only."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._recogniser: tuple[str, Recogniser] | None = None
        self._known: Stamps = ()
        self._generation = 0

    def publication(self, publication_id: str) -> Publication:
        """The publication with that id; one that nobody describes goes by its id."""
        return self._core.publications.get(publication_id)

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
        self._link_again()

    def _link_again(self) -> None:
        """Look up the links of annotations anew: their names may be others' by now."""
        if self._core.index.annotation_fingerprints():
            annotations = self._core.store.annotations.all().values()
            linking = (each for each in annotations if "[[" in each.text)
            self.put_annotations(self.placing.stale(linking))

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

    def take_correction(self, issue_id: str) -> None:
        """Take in that the user's entity file was corrected, and mark the issue at hand anew."""
        self.compile_catalogue()
        self.mark([issue_id])
        self.remember()
        self._core.emit(Changed(issues=frozenset({issue_id} - {""}), library=True))

    # Issues

    def put(self, issues: Iterable[Issue]) -> None:
        """Index these issues as they are in the store."""
        given = [*issues]
        self._core.index.put_issues(self._entries(given))
        self._place_again(given)
        self.remember()

    def put_on_list(self, issues: Iterable[Issue]) -> None:
        """Put these issues on the list; their texts wait for `fill`."""
        given = [*issues]
        self._core.index.list_issues(IssueEntry(each, self._outlet(each)) for each in given)
        self._place_again(given)
        self.remember()

    def list_awaited(self, issue_ids: Iterable[str]) -> frozenset[str]:
        """List those issues without a text that something points to, leave out those others.

        Returns those that are on the list, or left out of it, from now on.
        """
        texts = {each.id for each in self._listed(issue_ids) if each.documents}
        awaited = set(issue_ids) - texts
        if not awaited:
            return frozenset()
        known = (self._core.store.issues.get(each) for each in awaited)
        issues = [each for each in known if each is not None and not each.documents]
        empty = self.empty(issues)
        on_list = {each.id for each in self._listed(awaited)}
        new = [each for each in issues if each.id not in empty | on_list]
        self._core.index.remove_issues(empty & on_list)
        self.put(new)
        return frozenset({*(empty & on_list), *(each.id for each in new)})

    def empty(self, issues: Iterable[Issue]) -> set[str]:
        """Those without a text that came with annotations of which none is here any more.

        Such an issue was marked read as it came in, and nobody has been there since.
        """
        store = self._core.store
        awaited = {each.id for each in issues if not each.documents}
        if awaited:
            awaited -= {each.issue for each in store.annotations.all().values()}
        reading = {each: store.reading.get(each) for each in awaited}
        return {each for each, state in reading.items() if state and state.read and not state.seen}

    def fill(self, issue_ids: Iterable[str]) -> None:
        """Index the texts of issues that are on the list; unknown ids are passed over."""
        self._core.index.fill_issues(self._entries(self._listed(issue_ids)))

    def mark(self, issue_ids: Iterable[str]) -> None:
        """Mark issues anew with the compiled catalogue; unknown ids are passed over."""
        entries = list(self._marked(self._listed(issue_ids)))
        if entries:
            self._core.index.put_mentions(entries)

    # Annotations

    @cached_property
    def placing(self) -> Placing:
        """Where annotations are in the texts at hand, and whom they link."""
        from chinai_tui.workspace.placing import Placing

        return Placing(self._core)

    def put_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Index annotations, in place of what was there of them."""
        entries = [self.placing.entry(each) for each in annotations]
        if entries:
            self._core.index.put_annotations(entries)

    def _place_again(self, issues: Iterable[Issue]) -> None:
        """Place the annotations on issues anew where their documents are others by now."""
        on_them = self._core.index.annotations_on(each.id for each in issues)
        if on_them:
            known = map(self._core.store.annotations.get, on_them)
            self.put_annotations(self.placing.stale(each for each in known if each is not None))

    # Marks

    def _listed(self, issue_ids: Iterable[str]) -> Iterator[Issue]:
        found = map(self._core.index.issue, issue_ids)
        return (issue for issue in found if issue is not None)

    def _outlet(self, issue: Issue) -> str:
        return self.publication(issue.publication).title

    def _entries(self, issues: Iterable[Issue]) -> Iterator[IssueEntry]:
        """What is indexed of issues."""
        for entry in self._marked(issues):
            yield replace(
                entry,
                outlet=self._outlet(entry.issue),
                cites=cited_keys(entry.issue, entry.documents, self._core.publications),
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
        """Note that the index mirrors what was written here since this was last noted.

        What another program wrote meanwhile is left for `catch_up`, and so is all of an index
        that was lost.
        """
        commits = self._core.take_commits()
        if not any(commits):
            return
        self._known = stamps.advanced(self._known, commits)
        self._core.index.change_meta(
            _STAMPS,
            lambda mirrored: stamps.written(stamps.advanced(stamps.read(mirrored), commits)),
        )

    def catch_up(self) -> frozenset[str] | None:
        """Take in what another program has written; the issues it changed, None if nothing is new.

        The other program may have indexed it already: then only its work is looked at. An index
        that was lost meanwhile is begun again.
        """
        on_disk, later = self._core.stamps(), self._core.index.generation()
        current = self._mirrors(on_disk)
        if current and on_disk == self._known:
            return None
        since = self._generation
        if current:
            self._core.store.refresh()
            self._known, self._generation = on_disk, later
        else:
            self.compile_catalogue()
            self.synchronise()
        return self._core.index.touched(since)

    def begin(self) -> bool:
        """Bring the index in step with the store as a library is opened; whether it was not."""
        on_disk, later = self._core.stamps(), self._core.index.generation()
        if self._mirrors(on_disk):
            self._known, self._generation = on_disk, later
            return False
        self.synchronise()
        return True

    def mirror_session(self) -> None:
        """Copy the session of the store to the index."""
        values = {each.id: each.value for each in self._core.store.session.all().values()}
        self._core.index.set_meta(SESSION, json.dumps(values))

    def _mirrors(self, on_disk: Stamps) -> bool:
        return stamps.read(self._core.index.get_meta(_STAMPS)) == on_disk

    def synchronise(self) -> None:
        """Bring all but the texts in step with the store.

        The texts of issues that are new or have changed wait for `fill`.
        """
        store, index = self._core.store, self._core.index
        # As it is before anything is read, so that what is written meanwhile is noticed later.
        on_disk, later = self._core.stamps(), index.generation()
        store.refresh()
        every = store.issues.all()
        empty = self.empty(every.values())
        issues = {id_: each for id_, each in every.items() if id_ not in empty}
        indexed = index.fingerprints()
        stale = (each for each in issues.values() if indexed.get(each.id) != fingerprint(each))
        index.remove_issues(set(indexed) - set(issues))
        self.put_on_list(stale)
        index.set_reading(store.reading.all().values(), replace_all=True)
        annotations = store.annotations.all()
        index.remove_annotations(set(index.annotation_fingerprints()) - set(annotations))
        self.put_annotations(self.placing.stale(annotations.values()))
        self.mirror_session()
        self._core.publications.mirror()
        self._core.take_commits()
        index.set_meta(_STAMPS, stamps.written(on_disk))
        self._known, self._generation = on_disk, later
