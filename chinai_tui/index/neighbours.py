"""Where undated issues stand: by the day of the nearest dated issue by number."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections import defaultdict

_FAR = 2**62


class Neighbourhood:
    """Keeps `issue.near` right while issues come and go within one transaction.

    Only the undated issues between the dated neighbours of what changed are looked at, so that
    adding to a large library costs no more than adding to a small one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._dated: defaultdict[str, set[int]] = defaultdict(set)
        self._undated: defaultdict[str, set[int]] = defaultdict(set)

    def moves(self, publication: str, number: int | None, day: str | None) -> None:
        """Note that an issue has come, goes or may have changed."""
        if number is not None:
            (self._dated if day else self._undated)[publication].add(number)

    def settle(self, later: int) -> None:
        """Write the days of all undated issues that the changes may have moved."""
        for publication, numbers in self._dated.items():
            low = self._dated_beside(publication, min(numbers) - 1, down=True)
            high = self._dated_beside(publication, max(numbers) + 1, down=False)
            rows = self._connection.execute(
                "SELECT number FROM issue"
                " WHERE publication = ? AND day IS NULL AND number BETWEEN ? AND ?",
                (publication, low[0] if low else -_FAR, high[0] if high else _FAR),
            )
            self._undated[publication].update(row[0] for row in rows.fetchall())
        for publication, numbers in self._undated.items():
            for number in numbers:
                near = self._near(publication, number)
                self._connection.execute(
                    "UPDATE issue SET near = ?, touched = ? WHERE publication = ?"
                    " AND number = ? AND day IS NULL AND near <> ?",
                    (near, later, publication, number, near),
                )

    def _near(self, publication: str, number: int) -> str:
        """The day of the nearest dated issue by number, of the earlier one where two are."""
        below = self._dated_beside(publication, number, down=True)
        above = self._dated_beside(publication, number, down=False)
        found = [beside for beside in (below, above) if beside]
        return min(found, key=lambda beside: abs(beside[0] - number))[1] if found else ""

    def _dated_beside(self, publication: str, number: int, down: bool) -> tuple[int, str] | None:
        """Number and day of the dated issue with that number or the nearest below or above."""
        sign, order = ("<=", "DESC") if down else (">=", "ASC")
        row: tuple[int, str] | None = self._connection.execute(
            "SELECT number, day FROM issue"
            f" WHERE publication = ? AND day IS NOT NULL AND number {sign} ?"
            f" ORDER BY number {order} LIMIT 1",
            (publication, number),
        ).fetchone()
        return row
