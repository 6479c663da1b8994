"""A query in plain words, as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Query, Word

_PLACES = {
    "title": "in titles",
    "notes": "in notes",
    "links": "in addresses of links",
    "text": "in the text",
    "digest": "in our digests",
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


def _told(node: Node, names: Mapping[str, str]) -> Iterator[str]:
    match node:
        case Word(text, prefix):
            yield f"a word that begins with “{text}”" if prefix else f"the word “{text}”"
        case Phrase(text):
            yield f"the words “{text}” side by side"
        case Named(name, value, entities):
            meant = ", ".join(names.get(each, each) for each in entities) or "nobody"
            yield f"names {meant} ({name}:{value})"
        case Field(name, value):
            yield _field(name, value)
        case Not(part):
            yield "not:"
            yield from _within([part], names)
        case Or(parts):
            yield "one of:"
            yield from _within(parts, names)
        case And(parts) if parts:
            yield "all of:"
            yield from _within(parts, names)


def _within(parts: tuple[Node, ...] | list[Node], names: Mapping[str, str]) -> Iterator[str]:
    for part in parts:
        yield from (f"{_STEP}{line}" for line in _told(part, names))


def _field(name: str, value: str) -> str:
    """A condition in words; one that its own name tells well is left as it was typed."""
    match name:
        case "near":
            return f"the words “{value}” near each other"
        case "in":
            return f"words are looked for {_PLACES.get(value.lower(), f'in: {value}')}"
        case "after" | "before" | "date" | "year":
            told = {"after": "appeared on or after the first day of", "before": "appeared before"}
            return f"{told.get(name, 'appeared in')} {value}"
        case "noted":
            return f"noted in {value}"
        case "mentions":
            return f"named {value} times"
        case "words":
            return f"{value} words long"
    return f"{name}: {value}"
