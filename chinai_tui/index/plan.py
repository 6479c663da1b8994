"""A query as the index carries it out: terms with their tokens, conditions as SQL.

Conditions speak of one row of `issue`. They are true, false or, where a date is asked for and the
issue has none, unknown; SQL's three-valued logic carries that through the tree.
"""

# ruff: noqa: S608 - SQL is put together from constants of this package; values are bound.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chinai_tui.domain.annotation import AnchorState, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Word
from chinai_tui.index.schema import ROLES
from chinai_tui.text import tokens
from chinai_tui.text.fields import day_range, first_day, number_range
from chinai_tui.text.fold import fold

TITLE, HEADING, TEXT, LINKS, REST = "title", "heading", "text", "links", "rest"
DIGEST, TRANSLATION, ORIGINAL, NOTES = "digest", "translation", "original", "notes"
COUNTED = frozenset({TITLE, HEADING, TEXT})
"""What of a document counts."""
EVERYWHERE = COUNTED | {TRANSLATION, ORIGINAL}
"""Where words are looked for unless `in:` says otherwise."""

_PLACES = {
    "title": frozenset({TITLE}),
    "text": frozenset({HEADING, TEXT}),
    "links": frozenset({LINKS}),
    "digest": frozenset({DIGEST}),
    "translation": frozenset({TRANSLATION}),
    "original": frozenset({ORIGINAL}),
    "notes": frozenset({NOTES}),
    "all": EVERYWHERE | {LINKS, REST, DIGEST, NOTES},
}


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that stand next to each other in one block, in any of these places."""

    shown: str
    """The words as they were typed."""
    tokens: tuple[str, ...]
    places: frozenset[str] = EVERYWHERE
    prefix: str = ""
    """For `word*`: how the last word begins. The last token is what comes of that alone."""
    stems: tuple[str, ...] = ()
    """The tokens, besides those that begin so, of words that do."""


@dataclass(frozen=True, slots=True)
class Near:
    """Terms that stand in one block with at most `NEAR` tokens between them, in any order."""

    parts: tuple[Term, ...]

    @property
    def places(self) -> frozenset[str]:
        """Where they are looked for."""
        return self.parts[0].places


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Any of these entities is mentioned."""

    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds for an issue, not for its words."""

    sql: str
    parameters: tuple[str | int, ...] = ()
    dated: bool = False
    """Whether it is unknown of an undated issue."""
    is_own: bool = False
    """Whether it holds for an annotation, a row of `annotation`, and not for its issue."""


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these holds."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Most:
    """At least so many of these hold."""

    least: int
    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What must not hold."""

    part: Plan


Plan = Term | Near | Mentioned | Condition | All | Any | Most | Without

Stems = Callable[[str], tuple[str, ...]]
"""Gives the stems of the library's words that begin in some way while the stems do not."""

Conditions = Callable[[str, str], Plan]
"""Gives the condition for a field by its name and its folded value."""

ALWAYS = All(())
NEVER = Any(())


def plan(
    node: Node,
    stems: Stems,
    places: frozenset[str] = EVERYWHERE,
    condition: Conditions | None = None,
    beside: frozenset[str] = frozenset(),
) -> Plan:
    """How a query is carried out whose words are looked for in these places.

    `condition` is used in place of this module's for what is not an issue. `beside` are the
    entities asked for beside it, which are what `mentions:` counts.
    """
    match node:
        case Word(text, prefix=True):
            return _begun(text, stems, places)
        case Word(text) | Phrase(text):
            form = tuple(tokens.index_form(text).split())
            return Term(text, form, places) if form else NEVER
        case Named(_, _, entities):
            return Mentioned(entities)
        case Field("near", value):
            terms = [plan(Word(word), stems, places) for word in value.split()]
            # Of words of one form none has a place of its own.
            parts = tuple({term.tokens: term for term in terms if isinstance(term, Term)}.values())
            return Near(parts) if len(parts) > 1 else parts[0] if parts else NEVER
        case Field("mentions", value):
            return _named_so_often(value, beside)
        case Field(name, value):
            # What no text holds, half a surrogate pair from the command line, SQLite cannot hold.
            known = fold(value).strip().encode(errors="replace").decode()
            return (condition or of_issue)(name, known)
        case Not(part):
            return Without(plan(part, stems, places, condition, beside))
        case Or(parts):
            return Any(tuple(plan(part, stems, places, condition, beside) for part in parts))
        case And(parts):
            scopes = [scope for part in parts if (scope := _scope(part)) is not None]
            places = frozenset[str]().union(*scopes) if scopes else places
            named = (part.entities for part in parts if isinstance(part, Named))
            beside = frozenset[str]().union(*named) or beside
            wanted = (part for part in parts if _scope(part) is None)
            return All(tuple(plan(part, stems, places, condition, beside) for part in wanted))
    raise AssertionError(node)


def leaves(plan: Plan) -> Iterator[Term | Near | Mentioned]:
    """What a passage can show: the terms and mentions that are asked for, not the excluded."""
    match plan:
        case Term() | Near() | Mentioned():
            yield plan
        case All(parts) | Any(parts) | Most(_, parts):
            for part in parts:
                yield from leaves(part)


def asks_for_date(plan: Plan) -> bool:
    """Whether a date is asked for anywhere, so that undated issues may be left out."""
    match plan:
        case All(parts) | Any(parts) | Most(_, parts):
            return any(map(asks_for_date, parts))
        case Without(part):
            return asks_for_date(part)
    return isinstance(plan, Condition) and plan.dated


def _begun(text: str, stems: Stems, places: frozenset[str]) -> Plan:
    form = tuple(tokens.index_form(text).split())
    if not form:
        return NEVER
    beginning = tokens.words(text)[-1]
    return Term(text, form, places, beginning, stems(beginning))


def _scope(node: Node) -> frozenset[str] | None:
    """Where `in:` says that words are looked for; `None` for anything but `in:`."""
    if isinstance(node, Field) and node.name == "in":
        return _PLACES.get(fold(node.value).strip(), frozenset())
    return None


def of_annotation(name: str, value: str) -> Condition | None:
    """The condition that a field holds for an annotation `a`; none if it speaks of its issue."""
    if name == "noted" and (days := day_range(value)):
        return Condition("a.day BETWEEN ? AND ?", bounds(days), is_own=True)
    if name == "is" and value in tuple(AnnotationKind):
        return Condition("a.kind = ?", (value,), is_own=True)
    if name == "is" and value in _ANCHORS:
        return Condition("a.state = ?", (_ANCHORS[value],), is_own=True)
    if name not in _OWN:
        return None
    return Condition(_OWN[name], (value,) * _OWN[name].count("?"), is_own=True)


_ANCHORS = {"orphan": AnchorState.ORPHAN, "flagged": AnchorState.UNSURE}
_OWN = {
    # A tag and those below it: `0` is the character after `/`.
    "tag": "a.n IN (SELECT annotation FROM tag WHERE tag = ? OR tag > ? || '/' AND tag < ? || '0')",
    "color": "a.color = ?",
    "by": "a.creator = ?",
}


def of_issue(name: str, value: str) -> Plan:
    """The condition that a field with a folded value holds for an issue.

    A name that was not resolved fits nothing.
    """
    if name in ("after", "before") and (day := first_day(value)):
        return Condition(f"i.day {'>=' if name == 'after' else '<'} ?", (day,), dated=True)
    if name == "date" and (days := day_range(value)):
        return Condition("i.day BETWEEN ? AND ?", bounds(days), dated=True)
    if name in _NUMBERS and (ends := number_range(value)):
        return Condition(_NUMBERS[name] + _WITHIN, _ends(*ends), dated=name == "year")
    if name == "has" and value in ROLES:
        return Condition("i.roles & ?", (1 << ROLES.index(DocumentRole(value)),))
    if name == "has":
        name = "is"
    if (noted := of_annotation(name, value)) is not None:
        on = f"SELECT a.issue FROM annotation a WHERE {noted.sql}"
        return Condition(f"i.id IN ({on})", noted.parameters)
    if (name, value) in _STATES:
        return Condition(_STATES[name, value])
    if name in _LISTED:
        return Condition(_LISTED[name], (value,) * _LISTED[name].count("?"))
    return ALWAYS if name == "in" else NEVER


_WITHIN = " BETWEEN ? AND ?"
_NUMBERS = {
    # A missing number is out of any range, not unknown.
    "issue": "coalesce(i.number, -1)",
    "year": "CAST(substr(i.day, 1, 4) AS INTEGER)",
    "words": "i.words",
}
MOST = 10**9
LATEST = "9999-12-31"

_STATES = {
    ("is", "read"): "i.read",
    ("is", "unread"): "NOT i.read",
    ("is", "started"): "i.started AND NOT i.read",
    ("is", "bookmarked"): "i.bookmarks > 0",
}
_LISTED = {
    "kind": "i.n IN (SELECT issue FROM tally JOIN entity ON entity = id WHERE kind = ?)",
    "pub": "(i.publication = ? OR i.masthead = ?)",
}


def bounds(days: tuple[str, str]) -> tuple[str, str]:
    """The ends of a range of days for a comparison of strings, an open one closed."""
    return days[0], days[1] or LATEST


def _named_so_often(value: str, entities: frozenset[str]) -> Plan:
    """Issues that name these entities, or any, so many times in all."""
    ends = number_range(value)
    if ends is None:
        return NEVER
    some = f" AND entity IN ({', '.join('?' * len(entities))})" if entities else ""
    count = f"(SELECT coalesce(sum(count), 0) FROM tally WHERE issue = i.n{some})"
    return Condition(count + _WITHIN, (*sorted(entities), *_ends(*ends)))


def _ends(low: int | None, high: int | None) -> tuple[int, int]:
    return low or 0, MOST if high is None else high
