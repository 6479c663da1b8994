"""The user's own data: records in TinyDB files, documents and originals as files.

What a transaction or a `put` has returned from is on disk.
"""

from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.annotation import Annotation, ReadingState
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.store.documents import DocumentStore
from chinai_tui.store.envelope import Form
from chinai_tui.store.files import Stamp
from chinai_tui.store.originals import OriginalStore
from chinai_tui.store.records import UNDO_LIMIT, SessionValue, UndoStep, step_id
from chinai_tui.store.repository import Repository, StoreFile, Transaction

__all__ = [
    "UNDO_LIMIT",
    "DocumentStore",
    "OriginalStore",
    "Repository",
    "SessionValue",
    "Stamp",
    "Store",
    "StoreFile",
    "Transaction",
    "UndoStep",
    "step_id",
]

SCHEMA = 1


class Store:
    """Everything in one data folder. Making one reads nothing and creates nothing.

    Records of one file change together: those of `annotations` with the steps of `undo`, those
    of `reading` with `session`, those of `issues` with `publications`.
    """

    def __init__(self, data: Path) -> None:
        def file(name: str) -> StoreFile:
            form = Form(f"chinai/{name}", SCHEMA, "tables")
            return StoreFile(data / f"{name}.json", form, data / "backups")

        self.issues_file = file("issues")
        self.issues: Repository[Issue] = self.issues_file.repository(
            "issues", Issue, lambda issue: issue.id
        )
        self.publications: Repository[Publication] = self.issues_file.repository(
            "publications", Publication, lambda publication: publication.id
        )
        self.annotations_file = file("annotations")
        self.annotations: Repository[Annotation] = self.annotations_file.repository(
            "annotations", Annotation, lambda annotation: annotation.id
        )
        self.undo: Repository[UndoStep] = self.annotations_file.repository(
            "undo", UndoStep, lambda step: step.id
        )
        self.reading_file = file("reading")
        self.reading: Repository[ReadingState] = self.reading_file.repository(
            "reading", ReadingState, lambda state: state.issue
        )
        self.session: Repository[SessionValue] = self.reading_file.repository(
            "session", SessionValue, lambda value: value.id
        )
        self.documents = DocumentStore(data / "documents")
        self.originals = OriginalStore(data / "originals")

    @property
    def files(self) -> tuple[StoreFile, StoreFile, StoreFile]:
        """The files of records: annotations, reading state, issues."""
        return self.annotations_file, self.reading_file, self.issues_file

    @property
    def problems(self) -> list[str]:
        """What was moved aside and what did not validate in the files read so far."""
        return [problem for file in self.files for problem in file.problems]

    def stamps(self) -> tuple[Stamp | None, ...]:
        """Which files are on disk, by their status alone; raises StoreError."""
        return tuple(file.stamp() for file in self.files)

    def refresh(self) -> tuple[StoreFile, ...]:
        """Load what other programs have written, and return the files that were; StoreError."""
        return tuple(file for file in self.files if file.refresh())
