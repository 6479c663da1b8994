from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.index.database import Database
from chinai_tui.index.plan import plan
from chinai_tui.index.ranking import ranked
from chinai_tui.index.widen import wider
from chinai_tui.text.query import parse


def steps(path: Path, query: str, *, widened: bool = False) -> list[str]:
    """How SQLite ranks the issues for a query, or for the last that it widens to.

    It decides without having looked at the issues: an empty index will do.
    """
    wanted = plan(parse(query).root, lambda _: ())
    if widened:
        *_, (_, wanted) = wider(wanted)
    asked: list[str] = []
    database = Database(path / "index.sqlite3")
    with database.reading() as connection:
        connection.set_trace_callback(asked.append)
        ranked(connection, wanted, 60)
        connection.set_trace_callback(None)
        (sql,) = (each for each in asked if each.startswith("WITH"))
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    database.close()
    return [detail for _, parent, _, detail in rows if parent == 0]


@pytest.mark.parametrize(
    "query",
    [
        "chips",
        "chips kind:university",
        "chips has:note",
        "chips year:2019..2021 sort:date",
        "chips -policies",
        "chips pub:letter tag:ipo after:2019",
    ],
)
def test_each_issue_that_is_scored_is_looked_up_once(tmp_path: Path, query: str) -> None:
    found = steps(tmp_path, query)
    assert [step for step in found if step.startswith("SCAN")] == ["SCAN scored"]
    assert "SEARCH i USING INDEX issue_slot (slot=?)" in found


@pytest.mark.parametrize(
    ("query", "widened"), [("chips OR year:2019", False), ("chips accordion mouse", True)]
)
def test_each_issue_is_scored_once(tmp_path: Path, query: str, widened: bool) -> None:
    found = steps(tmp_path, query, widened=widened)
    assert [step for step in found if step.startswith("SCAN")] == ["SCAN i"]
    assert "SEARCH scored USING AUTOMATIC COVERING INDEX (slot=?) LEFT-JOIN" in found
