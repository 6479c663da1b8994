"""Asking for one thing more: a query as it is typed, with another condition."""

from __future__ import annotations

from chinai_tui.domain.query import And, Field, Node, Query
from chinai_tui.text.query import parse

_SINGLE = frozenset({"year", "pub"})
"""Fields of which an issue has one value, so that another takes the place of the first."""


def narrowed(source: str, condition: str) -> str:
    """A query for what fits `source` and, besides, a field such as `year:2019`.

    The condition stands first, since the end of a query may be left open; what it stands before is
    put into parentheses where it would not hold for all of it otherwise.
    """
    (wanted,) = _parts(parse(condition).root)
    rest = _without(parse(source), wanted)
    asked = parse(rest)
    plain = f"{condition} {rest}".strip()
    if _is_counting(asked.root) or _parts(parse(plain).root) != (wanted, *_parts(asked.root)):
        inner = _paired(asked)
        choices = [f"{condition} ({inner})", f'{condition} ({inner}")']
        both = (wanted, asked.root)
        return next((each for each in choices if _parts(parse(each).root) == both), choices[0])
    return plain


def _parts(root: Node) -> tuple[Node, ...]:
    return root.parts if isinstance(root, And) else (root,)


def _is_counting(root: Node) -> bool:
    """Whether it counts mentions of what is named beside that, and so must have it to itself."""
    return any(isinstance(part, Field) and part.name == "mentions" for part in _parts(root))


def _without(query: Query, wanted: Node) -> str:
    """The source of a query without the conditions that another one takes the place of."""
    source = query.source
    for part in reversed(_parts(query.root)):
        if isinstance(part, Field) and isinstance(wanted, Field) and part.name == wanted.name:
            start, end = part.place
            if end and (part.name in _SINGLE or part == wanted):
                source = f"{source[:start].rstrip()} {source[end:].lstrip()}"
    return source.strip()


def _paired(query: Query) -> str:
    """The source of a query without the parentheses that close none."""
    source = query.source
    for problem in reversed(query.problems):
        if source[problem.start : problem.end] in (")", "）"):
            source = source[: problem.start] + source[problem.end :]
    return source
