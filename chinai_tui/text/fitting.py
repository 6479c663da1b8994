"""Whether an annotation that the index does not hold fits a query: one in the bin. Pure.

Words have to stand in the note, in the words it quotes or in a tag. Fields speak of the annotation
itself or of the date and number of its issue.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.issue import Issue
from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Problem, Word
from chinai_tui.text.fields import day_range, first_day, number_range
from chinai_tui.text.fold import fold
from chinai_tui.text.tags import is_within
from chinai_tui.text.tokens import terms, words

Entities = Callable[[], Collection[str]]
"""The ids of the entities an annotation is on, names or links; called where a query asks."""
Test = Callable[[Annotation, Issue | None, str], bool]

_KINDS = frozenset(AnnotationKind)


def fits(node: Node, note: Annotation, issue: Issue | None, entities: Entities) -> bool:
    """Whether an annotation, on `issue` if that is in the library, fits a query."""
    match node:
        case And(parts):
            return all(fits(part, note, issue, entities) for part in parts)
        case Or(parts):
            return any(fits(part, note, issue, entities) for part in parts)
        case Not(part):
            return not fits(part, note, issue, entities)
        case Named(entities=wanted):
            return not set(wanted).isdisjoint(entities())
        case Field(name, value):
            return name not in _TESTS or _TESTS[name](note, issue, fold(value))
        case Word(text, prefix):
            return any(_stands(text, line, prefix=prefix) for line in _lines(note))
        case Phrase(text):
            return any(_stands(text, line) for line in _lines(note))


def problems(node: Node) -> Iterator[Problem]:
    """The fields that cannot be asked of an annotation by itself, which all of them fit."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from problems(part)
        case Not(part):
            yield from problems(part)
        case Field(name, value, place):
            if name not in _TESTS or (name == "is" and value not in _KINDS):
                yield Problem(*place, f"the bin cannot be asked for {name}:{value}")


def _stands(text: str, line: Sequence[str], *, prefix: bool = False) -> bool:
    """Whether the tokens of a text follow each other in a line, the last one perhaps only begun."""
    wanted = terms(text)
    begun = words(text)[-1] if prefix and wanted else ""
    for at in range(len(line) - len(wanted) + 1):
        found = line[at : at + len(wanted)]
        if begun and found[:-1] == wanted[:-1] and found[-1].startswith(begun):
            return True
        if found == wanted:
            return True
    return False


@lru_cache(maxsize=4096)
def _lines(note: Annotation) -> list[list[str]]:
    quote = note.anchor.exact if note.anchor else ""
    return [terms(each) for each in (note.text, quote, note.name, *note.tags)]


def _noted(note: Annotation, _: Issue | None, value: str) -> bool:
    days, day = day_range(value), note.created[:10]
    return days is not None and days[0] <= day and (not days[1] or day <= days[1])


def _issue(_: Annotation, issue: Issue | None, value: str) -> bool:
    ends = number_range(value)
    if issue is None or issue.number is None or ends is None:
        return False
    low, high = ends
    return (low is None or low <= issue.number) and (high is None or issue.number <= high)


def _day(issue: Issue | None) -> str:
    return first_day(issue.date) if issue is not None else ""


_TESTS: Mapping[str, Test] = {
    "tag": lambda note, _, value: any(is_within(tag, value) for tag in note.tags),
    "color": lambda note, _, value: note.color == value,
    "by": lambda note, _, value: fold(note.creator).strip() == value,
    "is": lambda note, _, value: value not in _KINDS or note.kind == value,
    "noted": _noted,
    "after": lambda _, issue, value: _day(issue) >= first_day(value),
    "before": lambda _, issue, value: "" < _day(issue) < first_day(value),
    "issue": _issue,
}
"""What a field with a folded value asks."""
