"""Which issues fit a query, in which order."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from chinai_tui.index.plan import Mentioned, Plan, leaves
from chinai_tui.index.sql import any_term, beyond, clause, marks, required
from chinai_tui.index.widen import telling

WEIGHTS = (10.0, 4.0, 1.0, 0.5, 0.2, 1.0, 1.0)
"""What a hit in the title, a heading, the text, a link and boilerplate, and in the translation
and the original counts in BM25."""

MENTIONS_WEIGHT = 3.0
"""What many mentions of an entity that was asked for add to the score at most."""

_SCORED = (
    f"SELECT rowid, -bm25(words, {', '.join(map(str, WEIGHTS))}) FROM words WHERE words MATCH ?"
)
_SHARE = f" + {MENTIONS_WEIGHT} * coalesce(count, 0) / (coalesce(count, 0) + 2.0)"
"""What the mentions of an issue add to it."""

ORDERS = {
    "relevance": "total DESC, i.place DESC, i.number DESC, i.id",
    "date": "i.place DESC, i.number DESC, i.id",
    "place": "i.place DESC, i.number DESC, i.id",
    "number": "i.number IS NULL, i.number DESC, i.place DESC, i.id",
}
"""How a query may sort its answer; an undated issue stands by its neighbours."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An issue that fits."""

    id: str
    slot: int
    """That of its main document."""
    roles: int
    """A bit for each document it has."""
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
    source = "scored CROSS JOIN issue i ON i.slot = scored.slot"
    if not words:
        words = any_term(told)
        source = "issue i LEFT JOIN scored ON scored.slot = i.slot"
    entities = entities_in(wanted)
    rows = connection.execute(
        f"WITH scored (slot, score) AS MATERIALIZED ({_SCORED if words else 'SELECT NULL, 0'}),"
        " named (issue, count) AS MATERIALIZED (SELECT issue, sum(count) FROM tally"
        f" WHERE entity IN ({marks(entities)}) GROUP BY issue)"
        f" SELECT i.id, i.slot, i.roles, coalesce(score, 0.0){_SHARE if entities else ''} AS total"
        f" FROM {source} {'LEFT JOIN named ON named.issue = i.n' if entities else ''}"
        # Of what fits, SQLite is told that it is most, and by the plus that no key finds it: it
        # might try, for each issue that is scored, each that fits.
        f" WHERE {f'likely(+({condition}))' if words else condition}"
        f" ORDER BY {ORDERS[sort or 'relevance']} LIMIT ?",
        [*([words] if words else []), *entities, *parameters, limit],
    )
    return [Candidate(*row) for row in rows]


def entities_in(wanted: Plan) -> list[str]:
    """The entities a query asks for."""
    named = (leaf.entities for leaf in leaves(wanted) if isinstance(leaf, Mentioned))
    return sorted({entity for entities in named for entity in entities})
