"""The texts of issues: one file a document, named by issue, role and revision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import ISSUE_ID
from chinai_tui.errors import DamagedError, NewerError, StoreError
from chinai_tui.store import files
from chinai_tui.store.envelope import Form
from chinai_tui.store.migrations import MIGRATIONS, Registry, migrate

FORM = Form("chinai/document", 1, "document")

IMPORT_AGAIN = "import it again"
"""The way out where a text is gone."""
EARLIER_REMEDY = "`chinai restore` a backup that has it; the text as it is now does not need it"
"""The way out where a text is gone that another one has replaced."""
_REVISION = re.compile(r"[0-9a-f]{64}")


class DocumentStore:
    """Documents in a folder of their own; writing needs no lock, since a revision is its text.

    Write the documents first and the issue records that point to them last.
    """

    def __init__(self, folder: Path, form: Form = FORM, migrations: Registry = MIGRATIONS) -> None:
        self._folder = folder
        self._form = form
        self._migrations = migrations

    def put(self, issue_id: str, role: DocumentRole, document: Document) -> str:
        """Write a document durably and return its revision; raises StoreError."""
        return self.put_many([(issue_id, role, document)])[0]

    def put_many(self, items: Iterable[tuple[str, DocumentRole, Document]]) -> list[str]:
        """Write documents durably and return their revisions, in order.

        Many at once cost less than one by one. Raises StoreError; some may then be written.
        """
        revisions = []
        written = {}
        for issue_id, role, document in items:
            try:
                revisions.append(document.revision)
                data = self._form.seal(msgspec.json.encode(document), generation=0)
            except ValueError as error:
                raise files.not_saved(self._folder / issue_id, str(error), IMPORT_AGAIN) from error
            written[self._path(issue_id, role, document.revision)] = data
        with files.saving(self._folder, IMPORT_AGAIN):
            files.replace_many(
                (path, data) for path, data in written.items() if not files.holds(path, data)
            )
        return revisions

    def get(
        self, issue_id: str, role: DocumentRole, revision: str, remedy: str = IMPORT_AGAIN
    ) -> Document:
        """The document of an issue; `remedy` is what helps where it is not as it should be.

        Raises DamagedError where it is missing or not as it was written, NewerError, and
        StoreError where it cannot be read.
        """
        path = self._path(issue_id, role, revision)
        try:
            document = self._decode(files.read(path)[0])
            if document.revision != revision:
                raise DamagedError("it is another text")
        except (files.NotAFileError, FileNotFoundError, DamagedError) as error:
            reason = "it is missing" if isinstance(error, FileNotFoundError) else str(error)
            raise DamagedError(f"{path}: {reason}; {remedy}") from error
        except NewerError as error:
            raise NewerError(f"{path}: {error}") from error
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
        return document

    def is_whole(self, issue_id: str, role: DocumentRole, revision: str) -> bool:
        """Whether a document is there as it was written, by its checksum alone.

        One that cannot be looked at may be, and is not to be written over.
        """
        try:
            self._form.unseal(files.read(self._path(issue_id, role, revision))[0])
        except (files.NotAFileError, FileNotFoundError, DamagedError):
            return False
        except (OSError, StoreError):
            return True
        return True

    def _path(self, issue_id: str, role: DocumentRole, revision: str) -> Path:
        if not ISSUE_ID.fullmatch(issue_id):
            raise StoreError(f"{issue_id!r} is not the id of an issue")
        if not _REVISION.fullmatch(revision):
            raise StoreError(f"{revision!r} is not a revision of a document")
        return self._folder / issue_id / f"{DocumentRole(role)}-{revision}.json"

    def _decode(self, data: bytes) -> Document:
        sealed = self._form.unseal(data)
        if sealed.schema > self._form.schema:
            raise NewerError(f"a newer version wrote it, in schema {sealed.schema}")
        try:
            if sealed.schema == self._form.schema:
                return msgspec.json.decode(sealed.payload, type=Document)
            payload = msgspec.json.decode(sealed.payload, type=dict[str, Any])
            return msgspec.convert(
                migrate(
                    payload, self._form.format, sealed.schema, self._form.schema, self._migrations
                ),
                Document,
            )
        except (ValueError, RecursionError) as error:
            raise DamagedError(f"it does not hold a document ({error})") from error
