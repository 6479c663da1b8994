"""What the index is told of annotations, and what it answers about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chinai_tui.domain.query import Query
from chinai_tui.index import rows as _rows

if TYPE_CHECKING:
    from chinai_tui.index.database import Database
    from chinai_tui.index.records import AnnotationEntry


class Annotated:
    """The part of the index that holds annotations."""

    _database: Database

    def put_annotations(self, entries: Iterable[AnnotationEntry]) -> None:
        """Add annotations, or replace those of the same ids."""
        from chinai_tui.index import notes

        with self._database.writing() as (connection, later):
            notes.put_annotations(connection, later, entries)

    def remove_annotations(self, ids: Iterable[str]) -> None:
        """Forget annotations; ids that are not there are passed over."""
        from chinai_tui.index import notes

        with self._database.writing() as (connection, later):
            notes.remove_annotations(connection, later, ids)

    def annotation_fingerprints(self) -> dict[str, str]:
        """What tells whether annotations that are indexed may have changed, by their ids."""
        from chinai_tui.index import notes

        with self._database.reading() as connection:
            return notes.fingerprints(connection)

    def annotations_on(self, issues: Iterable[str]) -> list[str]:
        """The ids of the annotations on some issues."""
        with self._database.reading() as connection:
            found = (
                connection.execute("SELECT id FROM annotation WHERE issue = ?", (issue,))
                for issue in issues
            )
            return [row[0] for rows in found for row in rows]

    def annotations(self, query: Query) -> tuple[list[str], int]:
        """Which annotations fit, latest first unless sorted; how many others only lack a date."""
        from chinai_tui.index import noted

        with self._database.reading() as connection:
            return noted.fitting(connection, query)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with how many notes bear it, the most used first."""
        with self._database.reading() as connection:
            return _rows.tags(connection)

    def creators(self) -> list[tuple[str, int]]:
        """Who made annotations, folded, and how many, the most first."""
        from chinai_tui.index import notes

        with self._database.reading() as connection:
            return notes.creators(connection)
