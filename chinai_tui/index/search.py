"""Answers queries: which issues fit, in which order, and where in them."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache, partial

from chinai_tui.domain.query import Answer, IssueHit, Missing, Passage, Query
from chinai_tui.errors import ChinaiError
from chinai_tui.index import forms
from chinai_tui.index.database import Running, SearchInterrupted
from chinai_tui.index.filtering import undated
from chinai_tui.index.marks import count_waiting
from chinai_tui.index.missing import Known, missing
from chinai_tui.index.noted import saying
from chinai_tui.index.passages import PASSAGES, Found, Leaf, columns, placed
from chinai_tui.index.plan import Near, Plan, Term, leaves, plan
from chinai_tui.index.ranking import Candidate, entities_in, ranked
from chinai_tui.index.records import Documents
from chinai_tui.index.schema import ROLES, SLOTS
from chinai_tui.index.sql import marks
from chinai_tui.index.vocabulary import stems
from chinai_tui.index.widen import telling, wider

_FoundBlock = tuple[tuple[bool, int, bool], Found, int]
"""The rank of a block, its document and its number."""

CANDIDATES = 60
"""Issues, best first, that are looked into for words and entities that meet in one passage; twice
the number asked for if that is more."""


def search(running: Running, query: Query, document: Documents, limit: int, known: Known) -> Answer:
    """At most `limit` issues that fit: first those in which all meets in one passage.

    Both they and the others stand in the order the query asks for, or by score.
    """
    wanted = plan(query.root, partial(stems, running.connection))
    most = max(CANDIDATES, 2 * limit)
    candidates = ranked(running.connection, wanted, most, query.sort)
    notes = saying(running.connection, query)
    widened = ""
    absent: tuple[Missing, ...] = ()
    if not candidates:
        absent = missing(running.connection, wanted, known)
        for given_up, weaker in wider(wanted):
            running.check()
            candidates = ranked(running.connection, weaker, most, query.sort)
            if candidates:
                wanted, widened = weaker, f"Nothing fits all of it. {given_up}"
                break
    left_out = undated(running.connection, wanted)
    told = telling(wanted)
    shown = told if any(leaves(told)) else wanted
    hits = _hits(running, shown, candidates, document, limit)
    later = count_waiting(running.connection)
    return Answer(query, hits, left_out, widened, absent, notes, later)


def _hits(
    running: Running,
    wanted: Plan,
    candidates: list[Candidate],
    document: Documents,
    limit: int,
) -> tuple[IssueHit, ...]:
    """The best candidates with their passages, those first in which all meets.

    Candidates are looked into as long as there is room for one in which all meets.
    """
    is_one = len(placed(wanted)) < 2
    together: list[tuple[Candidate, list[Found]]] = []
    apart: list[tuple[Candidate, list[Found]]] = []
    # However many are wanted: SQLite takes so many parameters and no more.
    step = min(limit, CANDIDATES)
    for start in range(0, len(candidates), step):
        for candidate, found in _found(
            running.connection, candidates[start : start + step], wanted
        ):
            running.check()
            meets = is_one or any(part.meeting for part in found)
            (together if meets else apart).append((candidate, found))
        if len(together) >= limit:
            break
    hits = []
    for number, (candidate, found) in enumerate([*together, *apart][:limit]):
        running.check()
        passages = _passages(candidate.id, found, document)
        hits.append(IssueHit(candidate.id, candidate.score, number < len(together), passages))
    return tuple(hits)


def _passages(issue: str, found: list[Found], document: Documents) -> tuple[Passage, ...]:
    """The best passages of an issue; none if its documents cannot be had.

    Where all of the query meets in none, each part of it is shown by one as far as there is room.
    """
    found_blocks = [(rank, part, block) for part in found for rank, block in part.best()]
    found_blocks.sort(key=lambda entry: entry[0], reverse=True)
    if not any(part.meeting for part in found):
        found_blocks = _telling_most(found_blocks)
    read = cache(partial(document, issue))
    result: list[Passage] = []
    try:
        for _, part, block in found_blocks:
            passage = part.passage(issue, read(part.role), block)
            if passage is not None:
                result.append(passage)
            if len(result) == PASSAGES:
                break
    except SearchInterrupted:
        raise
    except ChinaiError:
        return ()
    return tuple(result)


def _telling_most(found: list[_FoundBlock]) -> list[_FoundBlock]:
    """Those first that show a part of the query which none before them does; else as they stood."""
    shown: set[Leaf] = set()
    first: list[_FoundBlock] = []
    others: list[_FoundBlock] = []
    for entry in found:
        asked = entry[1].asked_in(entry[2])
        (others if asked <= shown else first).append(entry)
        shown |= asked
    return [*first, *others]


def _found(
    connection: sqlite3.Connection, candidates: list[Candidate], wanted: Plan
) -> list[tuple[Candidate, list[Found]]]:
    """The candidates with the documents in which the query looks, the main one first."""
    if not placed(wanted):
        return [(candidate, []) for candidate in candidates]
    places = frozenset[str]().union(
        *(leaf.places for leaf in leaves(wanted) if isinstance(leaf, Term | Near))
    )
    beside = [number for number, role in enumerate(ROLES) if columns(places, role, is_main=False)]
    slots = [
        [candidate.slot, *(slot for slot in _slots(candidate, beside) if slot != candidate.slot)]
        for candidate in candidates
    ]
    every = [slot for each in slots for slot in each]
    rows = connection.execute(f"SELECT slot, form FROM body WHERE slot IN ({marks(every)})", every)
    bodies = {slot: forms.Body(form) for slot, form in rows}
    named = _mentions(connection, every, entities_in(wanted))
    return [
        (
            candidate,
            [
                Found(
                    wanted, ROLES[slot % SLOTS], slot == each[0], bodies[slot], named.get(slot, {})
                )
                for slot in each
                if slot in bodies
            ],
        )
        for candidate, each in zip(candidates, slots, strict=True)
    ]


def _slots(candidate: Candidate, roles: list[int]) -> Iterator[int]:
    """The slots of those documents with these roles, indices into `ROLES`, that it has."""
    first = candidate.slot // SLOTS * SLOTS
    return (first + role for role in roles if candidate.roles >> role & 1)


def _mentions(
    connection: sqlite3.Connection, slots: list[int], entities: list[str]
) -> dict[int, dict[int, list[tuple[str, int, int]]]]:
    """Where these entities are named in what counts of documents, by slot and block."""
    result: dict[int, dict[int, list[tuple[str, int, int]]]] = {}
    if entities:
        rows = connection.execute(
            "SELECT slot, block, entity, start, end FROM mention JOIN wording ON wording = n"
            f" WHERE slot IN ({marks(slots)}) AND block IS NOT NULL AND wording IN"
            f" (SELECT n FROM wording WHERE entity IN ({marks(entities)}))",
            [*slots, *entities],
        )
        for slot, block, *mention in rows:
            result.setdefault(slot, {}).setdefault(block, []).append(tuple(mention))
    return result
