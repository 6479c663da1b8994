"""Texts in, notes and issues out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chinai_tui import ingest
from chinai_tui.domain.document import DocumentRole
from chinai_tui.export import names
from chinai_tui.export.issue import render_issue
from chinai_tui.store import files
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.dossiers import Dossiers
from chinai_tui.workspace.exporting import Exporting
from chinai_tui.workspace.fetching import Fetching
from chinai_tui.workspace.importing import Importer
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.originals import again
from chinai_tui.workspace.records import (
    ExportReport,
    ExportTarget,
    ImportOptions,
    ImportReport,
    Progress,
)

if TYPE_CHECKING:
    from chinai_tui.ingest.http import Tell

_REMEDY = "choose another folder"


class Transfer:
    """What comes in from files and goes out to them."""

    def __init__(
        self,
        core: Core,
        indexing: Indexing,
        importer: Importer,
        exporting: Exporting,
        dossiers: Dossiers,
        fetching: Fetching,
    ) -> None:
        self._core = core
        self._indexing = indexing
        self._importer = importer
        self._exporting = exporting
        self._dossiers = dossiers
        self._fetching = fetching

    def import_paths(
        self,
        paths: Iterable[Path | str],
        options: ImportOptions | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        rehearse: bool = False,
        tell_wait: Tell = lambda _: None,
    ) -> ImportReport:
        """Bring in files, and what folders, archives and mailboxes hold; see `Importer.run`.

        Args:
            paths: Where to look; `-` is standard input, a string with `https://` is fetched.
            options: What the user says of the texts.
            progress: Told how far it has come; see `Importer.run`.
            rehearse: Whether nothing is to be written, only told.
            tell_wait: Told where a host asks to wait, and when that is over.

        Raises:
            StoreError: Something could not be saved.
        """
        given = list(paths)
        told = _with_total(progress, ingest.count(given)) if progress else None
        take = self._importer.rehearse if rehearse else self._importer.run
        page = partial(self._fetching.page, tell=tell_wait)
        return take(ingest.walk(given, page), options or ImportOptions(), told)

    def import_again(
        self, progress: Callable[[Progress], None] | None = None, *, rehearse: bool = False
    ) -> ImportReport:
        """Read the originals of all documents with today's readers; what is read otherwise is kept.

        An original that is missing is among the failures.

        Raises:
            StoreError: Something could not be saved.
        """
        total = sum(len(each.documents) for each in self._core.store.issues.all().values())
        told = _with_total(progress, total) if progress else None
        take = self._importer.rehearse if rehearse else self._importer.run
        return take(again(self._core), ImportOptions(), told, read_all=True)

    def export(self, target: ExportTarget, folder: Path) -> ExportReport:
        """Write notes into a folder; see `Exporting.export`."""
        return self._exporting.export(target, folder)

    def export_text(self, target: ExportTarget) -> tuple[str, ExportReport]:
        """Notes as one text, without side files; see `Exporting.text`."""
        return self._exporting.text(target)

    def export_dossier(self, entity_id: str, folder: Path) -> ExportReport:
        """Write all that the library says of an entity into a folder; see `Dossiers.save`."""
        return self._dossiers.save(entity_id, folder)

    def dossier(self, entity_id: str) -> str:
        """All that the library says of an entity, as Markdown; see `Dossiers.text`."""
        return self._dossiers.text(entity_id)

    def save_issue(self, issue_id: str, folder: Path, role: DocumentRole | None = None) -> Path:
        """Write a document of an issue as Markdown; the file.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The file cannot be written.
        """
        issue = self._core.issue(issue_id)
        publication = self._indexing.publication(issue.publication)
        role = role or issue.main_role
        document = self._core.document(issue_id, role)
        target = folder / f"{names.issue_name(issue, publication)}.issue.md"
        with files.saving(target, _REMEDY):
            folder.mkdir(parents=True, exist_ok=True)
            text = render_issue(issue, publication, document, role)
            files.replace_many([(target, text.encode("utf-8"))], plain=True)
        return target


def _with_total(progress: Callable[[Progress], None], total: int) -> Callable[[Progress], None]:
    """What tells of each step how many there are in all."""
    return lambda each: progress(replace(each, total=total))
