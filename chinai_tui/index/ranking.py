"""Which issues fit a query, in which order."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from chinai_tui.index.plan import Mentioned, Plan, leaves
from chinai_tui.index.sql import EVERY, any_term, beyond, clause, marks, required
from chinai_tui.index.widen import telling

WEIGHTS = (10.0, 4.0, 1.0, 0.5, 0.2)
"""What a hit in the title, a heading, the text, a link and boilerplate counts in BM25."""

MENTIONS_WEIGHT = 3.0
"""What many mentions of an entity that was asked for add to the score at most."""

ORDERS = {
    "relevance": "total DESC, i.place DESC, i.number DESC, i.id",
    "date": "i.place DESC, i.number DESC, i.id",
    "number": "i.number IS NULL, i.number DESC, i.place DESC, i.id",
}
"""How a query may sort its answer; an undated issue stands by its neighbours."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An issue that fits, with the slot of its main document."""

    id: str
    slot: int
    score: float


def ranked(
    connection: sqlite3.Connection, wanted: Plan, limit: int, sort: str = ""
) -> list[Candidate]:
    """At most `limit` issues that fit, in an order of `ORDERS`; with -1, all of them.

    Scores are BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) as
    FTS5 computes it, and a share for mentions that saturates in the same way. Function words do
    not count for it: they stand everywhere, so that counting them is what would take longest, and
    say least.
    """
    told = telling(wanted)
    words = required(told)
    # What is required of the words need not be asked twice where the score asks for it.
    condition, parameters = clause(beyond(told) if words and told == wanted else wanted)
    joint = "JOIN" if words else "LEFT JOIN"
    words = words or any_term(told)
    scored = (
        f"SELECT rowid, -bm25(words, {', '.join(map(str, WEIGHTS))}) FROM words WHERE words MATCH ?"
        if words
        else "SELECT NULL, 0"
    )
    # Joined as they are found: as a condition, SQLite would try all of them for each scored row.
    fitting = f" fitting (n) AS MATERIALIZED (SELECT n FROM issue i WHERE {condition}),"
    is_bare = condition == EVERY
    entities = entities_in(wanted)
    rows = connection.execute(
        f"WITH scored (slot, score) AS MATERIALIZED ({scored}),{'' if is_bare else fitting}"
        " named (issue, count) AS MATERIALIZED (SELECT issue, sum(count) FROM tally"
        f" WHERE entity IN ({marks(entities)}) GROUP BY issue)"
        " SELECT i.id, i.slot, coalesce(score, 0)"
        "   + ? * coalesce(count, 0) / (coalesce(count, 0) + 2.0) AS total"
        f" FROM issue i {'' if is_bare else 'JOIN fitting USING (n)'}"
        f" {joint} scored ON scored.slot = i.slot LEFT JOIN named ON named.issue = i.n"
        f" ORDER BY {ORDERS[sort or 'relevance']} LIMIT ?",
        [*([words] if words else []), *parameters, *entities, MENTIONS_WEIGHT, limit],
    )
    return [Candidate(*row) for row in rows]


def entities_in(wanted: Plan) -> list[str]:
    """The entities a query asks for."""
    named = (leaf.entities for leaf in leaves(wanted) if isinstance(leaf, Mentioned))
    return sorted({entity for entities in named for entity in entities})
