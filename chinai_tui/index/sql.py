"""Plans as SQL conditions and as FTS5 expressions."""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

from collections.abc import Sequence

from chinai_tui.domain.document import DocumentRole
from chinai_tui.index.plan import (
    COUNTED,
    DIGEST,
    EVERYWHERE,
    LINKS,
    NOTES,
    REST,
    All,
    Any,
    Condition,
    Mentioned,
    Most,
    Near,
    Plan,
    Term,
    Without,
    leaves,
)
from chinai_tui.index.schema import NEAR, ROLES, SLOTS

Clause = tuple[str, list[str | int]]
"""A condition on a row `i` of `issue`, and its parameters."""

COLUMNS = EVERYWHERE | {LINKS, REST}
"""The places that are columns of the table of words, in the rows of main documents."""

EVERY = "1"
"""The condition that every issue fits."""

_IN_WORDS = "i.slot IN (SELECT rowid FROM words WHERE words MATCH ?)"
_IN_DIGEST = (
    f"i.n * {SLOTS} + {ROLES.index(DocumentRole.DIGEST)}"
    " IN (SELECT rowid FROM words WHERE words MATCH ?)"
)
_IN_NOTES = (
    "i.id IN (SELECT issue FROM annotation WHERE n IN"
    " (SELECT rowid FROM note_words WHERE note_words MATCH ?))"
)


def clause(plan: Plan) -> Clause:
    """The condition that an issue fits the plan."""
    fts = expression(plan)
    if fts:
        return _IN_WORDS, [fts]
    match plan:
        case Condition(sql, parameters):
            return sql, list(parameters)
        case Mentioned(entities):
            named = f"SELECT issue FROM tally WHERE entity IN ({marks(entities)})"
            return f"i.n IN ({named})", list(entities)
        case Term() | Near():
            return _elsewhere(plan)
        case Without(part):
            sql, values = clause(part)
            return f"NOT ({sql})", values
        case All(parts):
            words = required(plan)
            clauses = [clause(part) for part in parts if not expression(part)]
            return joined(" AND ", [(_IN_WORDS, [words]), *clauses] if words else clauses, EVERY)
        case Any(parts):
            return joined(" OR ", [clause(part) for part in parts], "0")
        case Most(least, parts):
            sql, values = joined(" + ", [clause(part) for part in parts], "0")
            return f"{sql} >= ?", [*values, least]


def expression(plan: Plan) -> str:
    """The FTS5 expression for a plan about words in the rows of main documents only; else empty."""
    match plan:
        case Term() | Near() if plan.places and plan.places <= COLUMNS:
            return _in_columns(plan, plan.places)
        case All(parts) | Any(parts) if parts:
            inner = [expression(part) for part in parts]
            joint = " AND " if isinstance(plan, All) else " OR "
            return f"({joint.join(inner)})" if all(inner) else ""
    return ""


def required(plan: Plan) -> str:
    """What the words of every issue that fits hold, as FTS5 writes it; empty if nothing is sure."""
    parts = plan.parts if isinstance(plan, All) else (plan,)
    return expression(All(tuple(part for part in parts if expression(part))))


def beyond(plan: Plan) -> Plan:
    """What of a plan `required` does not tell."""
    parts = plan.parts if isinstance(plan, All) else (plan,)
    return All(tuple(part for part in parts if not expression(part)))


def any_term(plan: Plan) -> str:
    """The FTS5 expression for any of the terms that are asked for; empty if there are none."""
    return expression(Any(tuple(leaf for leaf in leaves(plan) if expression(leaf))))


def marks(values: Sequence[object]) -> str:
    """A place for each of these values in a list of SQL."""
    return ", ".join("?" * len(values))


def joined(joint: str, clauses: list[Clause], empty: str) -> Clause:
    """Conditions put together by an operator of SQL; `empty` where there are none."""
    sql = joint.join(f"({sql})" for sql, _ in clauses)
    return sql or empty, [value for _, values in clauses for value in values]


def _elsewhere(words: Term | Near) -> Clause:
    """Words that may stand in the digest or in the notes, if not in the row of main document."""
    clauses: list[Clause] = []
    if main := words.places & COLUMNS:
        clauses.append((_IN_WORDS, [_in_columns(words, main)]))
    if DIGEST in words.places:
        clauses.append((_IN_DIGEST, [_in_columns(words, COUNTED)]))
    if NOTES in words.places:
        clauses.append((_IN_NOTES, [matching(words)]))
    return joined(" OR ", clauses, "0")


def _in_columns(words: Term | Near, columns: frozenset[str]) -> str:
    return f"{{{' '.join(sorted(columns))}}} : {matching(words)}"


def matching(words: Term | Near) -> str:
    """Words as FTS5 writes them. A token is letters and digits: nothing to be escaped."""
    if isinstance(words, Near):
        return f"NEAR({' '.join(_quoted(*term.tokens) for term in words.parts)}, {NEAR})"
    if not words.prefix:
        return _quoted(*words.tokens)
    before = words.tokens[:-1]
    ends = [_quoted(*before, stem) for stem in words.stems]
    return f"({' OR '.join([_quoted(*before, words.prefix) + ' *', *ends])})"


def _quoted(*tokens: str) -> str:
    return f'"{" ".join(tokens)}"'
