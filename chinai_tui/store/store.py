"""The store of one library: its files of records, its documents and originals."""

from __future__ import annotations

import os
from pathlib import Path

from chinai_tui.domain.annotation import Annotation, Memo, ReadingState
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.store import RECORD_FILES, files, leavings
from chinai_tui.store.documents import DocumentStore
from chinai_tui.store.envelope import Form
from chinai_tui.store.files import Stamp
from chinai_tui.store.originals import OriginalStore
from chinai_tui.store.records import Deleted, Followed, SessionValue, UndoStep
from chinai_tui.store.repository import Repository, StoreFile

SCHEMA = 1


class Store:
    """Everything in one data folder. Making one reads nothing and creates nothing.

    Records of one file change together: those of `annotations` with the steps of `undo`, what
    was `deleted` and the orders of `memos`, those of `reading` with `session`, those of `issues`
    with `publications` and how far those are `followed`.
    """

    def __init__(self, data: Path) -> None:
        def file(name: str) -> StoreFile:
            path = data / name
            return StoreFile(path, Form(f"chinai/{path.stem}", SCHEMA, "tables"), data / "backups")

        self.files = tuple(map(file, RECORD_FILES))
        """The files of records: annotations, reading state, issues."""
        self.annotations_file, self.reading_file, self.issues_file = self.files
        self.issues: Repository[Issue] = self.issues_file.repository(
            "issues", Issue, lambda issue: issue.id
        )
        self.publications: Repository[Publication] = self.issues_file.repository(
            "publications", Publication, lambda publication: publication.id
        )
        self.followed: Repository[Followed] = self.issues_file.repository(
            "followed", Followed, lambda followed: followed.publication
        )
        self.annotations: Repository[Annotation] = self.annotations_file.repository(
            "annotations", Annotation, lambda annotation: annotation.id
        )
        self.undo: Repository[UndoStep] = self.annotations_file.repository(
            "undo", UndoStep, lambda step: step.id
        )
        self.deleted: Repository[Deleted] = self.annotations_file.repository(
            "deleted", Deleted, lambda deleted: deleted.annotation.id
        )
        self.memos: Repository[Memo] = self.annotations_file.repository(
            "memos", Memo, lambda memo: memo.tag
        )
        self.reading: Repository[ReadingState] = self.reading_file.repository(
            "reading", ReadingState, lambda state: state.issue
        )
        self.session: Repository[SessionValue] = self.reading_file.repository(
            "session", SessionValue, lambda value: value.id
        )
        self._data = data
        self.documents = DocumentStore(data / "documents")
        self.originals = OriginalStore(data / "originals")

    @property
    def problems(self) -> list[str]:
        """What was moved aside and what did not validate in the files read so far."""
        return [problem for file in self.files for problem in file.problems]

    def left_over(self) -> list[Path]:
        """The temporary files that killed imports have left behind."""
        documents = self._data / "documents"
        try:
            names = os.listdir(documents)
        except OSError:
            names = []
        return leavings.left_over([self._data / "originals", *(documents / name for name in names)])

    def clear_left_over(self) -> list[Path]:
        """Take them away, while nobody can be putting texts in their places; returns which went.

        Raises StoreError where another program does not let go of the records.
        """
        if not self.left_over():
            return []
        with self.issues_file.transaction():
            return files.remove(self.left_over())

    def take_commits(self) -> tuple[list[tuple[Stamp | None, Stamp | None]], ...]:
        """Of each file, the stamps before and after each write since one last asked, in order."""
        return tuple(file.take_commits() for file in self.files)

    def refresh(self) -> tuple[StoreFile, ...]:
        """Load what other programs have written, and return the files that were; StoreError."""
        return tuple(file for file in self.files if file.refresh())
