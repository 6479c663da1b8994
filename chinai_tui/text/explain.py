"""A query in plain words, as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Query, Word
from chinai_tui.text.fields import first_day, last_day

_PLACES = {
    "title": "in titles",
    "notes": "in notes",
    "links": "in addresses of links",
    "text": "in the text",
    "digest": "in our digests",
    "translation": "in full translations",
    "original": "in Chinese originals",
    "all": "everywhere, boilerplate too",
}
_ORDERS = {
    "date": "newest first",
    "number": "highest number first",
    "relevance": "best first",
    "place": "newest issue first, notes in the order of its text",
}
_STEP = "  "


def explain(query: Query, names: Mapping[str, str]) -> list[str]:
    """The parts of a query, one a line, what belongs together set in.

    `names` gives the name of each entity that the query means, by its id.
    """
    lines = [*_told(query.root, names)] or ["everything"]
    if query.sort:
        lines.append(f"sorted: {_ORDERS[query.sort]}")
    return lines


def _told(node: Node, names: Mapping[str, str], beside: str = "") -> Iterator[str]:
    """A part in words; `beside` are the entities asked for beside it, for `mentions:`."""
    match node:
        case Word(text, prefix):
            yield f"a word that begins with “{text}”" if prefix else f"the word “{text}”"
        case Phrase(text):
            yield f"the words “{text}” side by side"
        case Named(name, value, entities):
            yield f"names {_named(entities, names) or 'nobody'} ({name}:{value})"
        case Field("mentions", value):
            yield f"names {beside or 'anybody'} {value} times in all"
        case Field(name, value):
            yield _field(name, value)
        case Not(part):
            yield "not:"
            yield from _within([part], names, beside)
        case Or(parts):
            yield "one of:"
            yield from _within(parts, names, beside)
        case And(parts) if parts:
            counted = [each for part in parts if isinstance(part, Named) for each in part.entities]
            yield "all of:"
            yield from _within(parts, names, _named(counted, names) or beside)


def _within(parts: Sequence[Node], names: Mapping[str, str], beside: str) -> Iterator[str]:
    for part in parts:
        yield from (f"{_STEP}{line}" for line in _told(part, names, beside))


def _named(entities: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(names.get(each, each) for each in entities))


def _field(name: str, value: str) -> str:
    """A condition in words; one that its own name tells well is left as it was typed."""
    match name:
        case "near":
            return f"the words “{value}” near each other"
        case "in":
            return f"words are looked for {_PLACES.get(value.lower(), f'in: {value}')}"
        case "after":
            first = "" if first_day(value) == last_day(value) else "the first day of "
            return f"appeared on or after {first}{value}"
        case "before":
            return f"appeared before {value}"
        case "date" | "year":
            return f"appeared in {value}"
        case "noted":
            return f"noted in {value}"
        case "words":
            return f"{value} words long"
    return f"{name}: {value}"
