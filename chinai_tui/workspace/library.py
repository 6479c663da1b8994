"""The issues: lists of them, one to read, how far one has read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from chinai_tui.domain.annotation import Anchor, ReadingState
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import ISSUE_ID, Issue, Publication
from chinai_tui.domain.rows import IssueList
from chinai_tui.errors import NotFoundError
from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import OPENED_AT_HAND, Core, timestamp
from chinai_tui.workspace.indexing import SESSION, Indexing
from chinai_tui.workspace.links import find_links
from chinai_tui.workspace.records import Changed, Difference, OpenedIssue, PlacedAnnotation
from chinai_tui.workspace.revisions import changed_since_read, difference
from chinai_tui.workspace.search import Search

_NUMBER = re.compile(r"#?\s*(\d{1,5})")
PLACE_CHARACTERS = 64
"""Characters by which a place one has read to is known again."""


class Library:
    """What there is to read."""

    def __init__(self, core: Core, indexing: Indexing, search: Search) -> None:
        self._core = core
        self._indexing = indexing
        self._search = search
        self._opened = lru_cache(maxsize=OPENED_AT_HAND)(self._open)

    def rows(self, query: str = "") -> IssueList:
        """The issues that fit a query, newest first; all of them for an empty one."""
        return self._core.index.rows(self._search.parse(query))

    def issue(self, issue_id: str) -> Issue:
        """The issue with that id, or with a record of that id in it.

        Raises:
            NotFoundError: There is none.
        """
        return self._core.issue(issue_id)

    def resolve(self, name: str) -> Issue:
        """The issue that is meant by an id, a number (`94`, `#94`) or words of its title.

        Raises:
            NotFoundError: None is meant, or several are.
        """
        known = self._core.index.issue(name)
        if known is not None:
            return known
        number = _NUMBER.fullmatch(name.strip())
        rows = self.rows().rows
        if number:
            found = [row for row in rows if row.number == int(number.group(1))]
        else:
            # An id leads to its issue though it has words that stand in titles of others.
            if ISSUE_ID.fullmatch(name):
                with suppress(NotFoundError):
                    return self.issue(name)
            words = fold(name).split()
            found = [row for row in rows if words and all(w in fold(row.title) for w in words)]
        if len(found) == 1:
            return self.issue(found[0].id)
        if not found:
            with suppress(NotFoundError):
                return self.issue(name)
            raise NotFoundError(f"{name}: no such issue; `chinai list` names them all")
        ids = ", ".join(row.id for row in found[:5])
        raise NotFoundError(f"{name}: {len(found)} issues fit; say which by its id: {ids}")

    def publication(self, publication_id: str) -> Publication:
        """The publication with that id."""
        return self._indexing.publication(publication_id)

    def publication_called(self, name: str) -> Publication:
        """The publication that goes by an id, a title or a label.

        Raises:
            NotFoundError: None does, or several do.
        """
        if id_ := self._core.publications.called(name):
            return self.publication(id_)
        raise NotFoundError(self._core.publications.unknown(name))

    def document(self, issue_id: str, role: DocumentRole | None = None) -> Document:
        """A document of an issue, the main one unless a role is named.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        return self._core.document(issue_id, role or self.issue(issue_id).main_role)

    def difference(
        self, issue_id: str, role: DocumentRole | None = None, since: str = ""
    ) -> Difference:
        """What has changed in a document since the text it has replaced; see `revisions`.

        Raises:
            NotFoundError: There is no such issue, document, or earlier text of it.
            StoreError: One of the texts cannot be read.
        """
        issue = self.issue(issue_id)
        return difference(self._core, issue, role or issue.main_role, since)

    def open(self, issue_id: str, role: DocumentRole | None = None) -> OpenedIssue:
        """All that the reader shows of an issue.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        return self._opened(issue_id, role, self._core.index.generation())

    def _open(self, issue_id: str, role: DocumentRole | None, _generation: int) -> OpenedIssue:
        """The same, as of a generation of the index, which counts every change to any part."""
        from chinai_tui.annotate.voices import section_voices

        issue = self.issue(issue_id)
        issue_id, role = issue.id, role or issue.main_role
        document = self.document(issue_id, role)
        state = self._core.index.reading(issue_id) or ReadingState(issue_id)
        return OpenedIssue(
            issue=issue,
            publication=self.publication(issue.publication),
            role=role,
            roles=tuple(each for each in DocumentRole if each in issue.documents),
            document=document,
            mentions=self._core.index.mentions(issue_id, role),
            annotations=self.placed(issue_id, role, document),
            links=find_links(document, issue, role, self._core.index, self._core.publications),
            offset=_offset(state, role, document),
            read=state.read,
            sections=section_voices(document, role, issue.authors),
            changed=changed_since_read(issue, role, state),
        )

    def placed(
        self, issue_id: str, role: DocumentRole, document: Document
    ) -> tuple[PlacedAnnotation, ...]:
        """The annotations on a document, each with its place, in the order of the text."""
        from chinai_tui.annotate.anchors import place

        # The index knows of most issues that there are none, which saves loading the store.
        ids = self._core.index.annotations_on([issue_id])
        known = map(self._core.store.annotations.get, ids) if ids else ()
        found = [
            PlacedAnnotation(annotation, place(annotation.anchor, document))
            for annotation in known
            if annotation is not None
            and annotation.issue == issue_id
            and annotation.anchor is not None
            and annotation.anchor.role is role
        ]
        return tuple(sorted(found, key=lambda each: each.placement.start))

    def carried(self, old: OpenedIssue, new: OpenedIssue, offset: int) -> int:
        """Where the text at an offset of one revision of a document is in the other."""
        from chinai_tui.annotate.anchors import best_start

        return best_start(_anchor(old.document, old.role, offset), new.document)

    def mark_read(self, issue_ids: Sequence[str], read: bool) -> None:
        """Mark issues as read or unread."""
        self._change(issue_ids, lambda state: replace(state, read=read, seen=timestamp()))

    def save_position(self, issue_id: str, role: DocumentRole, offset: int) -> None:
        """Remember the place one has come to in a document.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read, or the place not be saved.
        """
        anchor = _anchor(self._core.shown(issue_id, role), role, offset)
        self._change([issue_id], lambda state: replace(state, anchor=anchor, seen=timestamp()))

    def _change(
        self, issue_ids: Sequence[str], change: Callable[[ReadingState], ReadingState]
    ) -> None:
        def _commit() -> None:
            store = self._core.store
            with store.reading_file.transaction() as tx:
                homes = self._core.homes(issue_ids)
                ids = dict.fromkeys(homes.get(each, each) for each in issue_ids)
                states = [change(store.reading.get(each) or ReadingState(each)) for each in ids]
                for state in states:
                    tx.put(store.reading, state)
            self._core.index.set_reading(states, replace_all=False)
            self._indexing.remember()
            self._core.emit(Changed(issues=frozenset((*issue_ids, *ids))))

        self._core.write(_commit)

    def session(self) -> dict[str, str]:
        """What the reader remembered of its last session."""
        values: dict[str, str] = json.loads(self._core.index.get_meta(SESSION) or "{}")
        return values

    def save_session(self, **values: str) -> None:
        """Remember values for the next session."""
        from chinai_tui.store.records import SessionValue

        def _commit() -> None:
            store = self._core.store
            with store.reading_file.transaction() as tx:
                for name, value in values.items():
                    tx.put(store.session, SessionValue(name, value))
            self._indexing.mirror_session()
            self._indexing.remember()

        self._core.write(_commit)


def _anchor(document: Document, role: DocumentRole, offset: int) -> Anchor:
    """A place in a document, tied to the words that follow in its block."""
    from chinai_tui.annotate.anchors import make

    end = document.blocks[document.block_at(offset)].end if document.blocks else offset
    return make(document, role, offset, max(offset, min(end, offset + PLACE_CHARACTERS)))


def _offset(state: ReadingState, role: DocumentRole, document: Document) -> int:
    """Where the reader was in this document; the beginning if the place cannot be found."""
    if state.anchor is None or state.anchor.role is not role:
        return 0
    if state.anchor.revision == document.revision:
        return state.anchor.start
    from chinai_tui.annotate.anchors import best_start

    return best_start(state.anchor, document)
