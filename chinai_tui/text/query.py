"""The query language: from what somebody typed to the tree of `domain.query`.

    query  = either { "OR" either }
    either = { part }                        all of them
    part   = [ "-" | "NOT" ] ( word | word"*" | '"' phrase '"' | field ":" value | "#" number
                             | "(" query ")" )

Words, `-x` and fields hold for an issue, a phrase and `near:` within one block. `in:` says where
the words beside it are looked for, within its parentheses and on its side of an `OR`; several
widen each other.
A date known in part means its first day: `after:2019-06` takes that day and all later ones,
`before:2019-06` what appeared earlier; `last 90 days` is `after:` the day so long ago, and what
`date:` and `noted:` take in quotation marks. An issue without a date fits none of them but
`noted:`. `sort:` says in which order the answer stands, wherever it is. `#94` is `issue:94`.
Curly and full-width quotation marks, colons, parentheses, stars and minus signs count as the plain
ones. Every string can be read: what is faulty is named in `Query.problems`, the rest holds, and
what has the form of a field that there is not is looked for as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chinai_tui.domain.query import And, Field, Node, Not, Or, Phrase, Problem, Query, Word
from chinai_tui.text import tokens
from chinai_tui.text.fields import DAY_RANGES, FIELDS, fault, lately, unknown
from chinai_tui.text.fold import fold

MOST_PARTS = 64
"""Words, phrases and fields of one query that are read."""

MOST_TOKENS = 1000
"""Words and single characters that are looked for, in all parts together."""

DEEPEST = 24
"""Parentheses within parentheses that are read."""

_PLAIN = str.maketrans("“”„‟＂：（）－−＊", '""""":()--*')
_ATOM = re.compile(
    r"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<not>-(?=[^\s)]))"
    r'|"(?P<quoted>[^"]*)"?|(?P<bare>[^\s()"]+)'
)
_NUMBER = re.compile(r"[#＃]([0-9]{1,9})")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)([:：])(.*)", re.DOTALL)


def parse(source: str, today: date | None = None) -> Query:
    """Read a query; never raises. Problems carry offsets into `source` and stand in its order.

    `today` is the day from which `last 90 days` counts back.
    """
    reader = _Reader(source, today or date.today())
    root = reader.either()
    problems = sorted(reader.problems, key=lambda problem: (problem.start, problem.end))
    return Query(source, root if root is not None else And(()), tuple(problems), reader.sort)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of the source: `open`, `close`, `or`, `and`, `not`, `quoted` or `bare`."""

    kind: str
    text: str
    start: int
    end: int


def _atoms(source: str) -> Iterator[_Atom]:
    for match in _ATOM.finditer(source.translate(_PLAIN)):
        kind = match.lastgroup or ""
        if kind == "bare":
            kind = {"AND": "and", "OR": "or", "NOT": "not"}.get(match["bare"], kind)
        if kind != "space":
            text = source[slice(*match.span(match.lastgroup or 0))]
            yield _Atom(kind, text, match.start(), match.end())


def _is_sought(part: Node | None) -> bool:
    """Whether something is asked for, more than where to look."""
    if isinstance(part, And):
        return any(map(_is_sought, part.parts))
    return part is not None and not (isinstance(part, Field) and part.name == "in")


class _Reader:
    """A recursive-descent reader; its methods return `None` where nothing is asked for."""

    def __init__(self, source: str, today: date) -> None:
        self.problems: list[Problem] = []
        self.sort = ""
        self._source = source
        self._today = today
        self._parts = 0
        self._tokens = 0
        self._at = 0
        self._atoms = self._paired(_atoms(source))

    def either(self) -> Node | None:
        """`a b OR c d`, up to the parenthesis that closes the group, or to the end."""
        choices = [self._all()]
        while (atom := self._next("or")) is not None:
            choices.append(self._all())
            if not all(map(_is_sought, choices[-2:])):
                self._complain(atom, "OR stands between two things to look for")
        if len(choices) > 1:
            choices = list(filter(_is_sought, choices))
        parts = tuple(choice for choice in choices if choice is not None)
        return Or(parts) if len(parts) > 1 else parts[0] if parts else None

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._atoms) and self._atoms[self._at].kind not in ("or", "close"):
            part = self._part()
            if part is not None:
                parts.append(part)
        return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def _part(self) -> Node | None:
        negated = False
        while (atom := self._next("not")) is not None:
            negated = not negated
            if self._at == len(self._atoms) or self._atoms[self._at].kind in ("or", "close"):
                self._complain(atom, "nothing follows that could be left out")
                return None
        atom = self._atoms[self._at]
        self._at += 1
        part = self._group() if atom.kind == "open" else self._leaf(atom)
        if negated and isinstance(part, Field) and part.name == "in":
            self._complain(atom, "in: says where to look and cannot be negated")
            return None
        if isinstance(part, Field) and part.name == "sort":
            self.sort = fold(part.value)
            if negated:
                self._complain(atom, "sort: says in which order, and cannot be negated")
            return None
        return Not(part) if negated and part is not None else part

    def _group(self) -> Node | None:
        part = self.either()
        self._next("close")
        return part

    def _leaf(self, atom: _Atom) -> Node | None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            if self._parts == MOST_PARTS + 1:
                rest = _Atom(atom.kind, "", atom.start, len(self._source))
                self._complain(rest, f"only the first {MOST_PARTS} words and fields are read")
            return None
        field = _FIELD.fullmatch(atom.text) if atom.kind == "bare" else None
        if field is not None and not self._is_prose(field, atom.end):
            return self._field(atom, field[1], field[3])
        if atom.kind == "bare" and (number := _NUMBER.fullmatch(atom.text)):
            return Field("issue", number[1], (atom.start, atom.end))
        if not (count := len(tokens.terms(atom.text))):
            self._complain(atom, "has no letters or digits to look for")
            return None
        if self._is_too_long(atom, count):
            return None
        if atom.kind == "quoted":
            return Phrase(atom.text)
        if (since := self._lately(atom)) is not None:
            return since
        text = atom.text.rstrip("*＊")
        return Word(text, prefix=text != atom.text)

    def _is_prose(self, match: re.Match[str], end: int) -> bool:
        """Whether what looks like a field is a word with a colon: `Re:`, `https://…`, `AI：人`."""
        name, colon, value = match.groups()
        has_value = bool(value) or self._quoted_at(end) is not None
        return name.lower() not in FIELDS and (
            value.startswith("//") or colon == "：" or not has_value
        )

    def _quoted_at(self, end: int) -> _Atom | None:
        """The next piece, if it is in quotation marks and begins where another one ends."""
        following = self._atoms[self._at] if self._at < len(self._atoms) else None
        is_it = following and following.kind == "quoted" and following.start == end
        return following if is_it else None

    def _is_too_long(self, atom: _Atom, count: int) -> bool:
        """Whether with so many more words the query becomes one that takes too long to answer."""
        self._tokens += count
        if self._tokens <= MOST_TOKENS:
            return False
        self._complain(atom, f"with this, more than {MOST_TOKENS:,} words would be looked for")
        return True

    def _field(self, atom: _Atom, name: str, value: str) -> Node | None:
        """The condition, or a complaint about its name or value."""
        end = atom.end
        following = self._quoted_at(end)
        if not value and following:
            self._at += 1
            value, end = following.text, following.end
        place = _Atom(atom.kind, value, atom.start, end)
        name = name.lower()
        value = value.strip()
        if name in DAY_RANGES and (first := lately(value, self._today)):
            value = f"{first}.."
        if name not in FIELDS:
            self._complain(place, unknown(name), is_condition=True)
            words = self._source[place.start : place.end]
            return None if self._is_too_long(place, len(tokens.terms(words))) else Word(words)
        if reason := fault(name, value):
            self._complain(place, f"{name}: {reason}", is_condition=True)
        elif name != "near" or not self._is_too_long(place, len(tokens.terms(value))):
            return Field(name, value, (place.start, place.end))
        return None

    def _lately(self, atom: _Atom) -> Field | None:
        """`last 90 days`, if the word begins that; then the two others are used up."""
        if fold(atom.text) != "last":
            return None
        pieces = [atom, *self._atoms[self._at : self._at + 2]]
        if {piece.kind for piece in pieces} != {"bare"}:
            return None
        first = lately(" ".join(piece.text for piece in pieces), self._today)
        if not first:
            return None
        self._at += 2
        return Field("after", first, (atom.start, pieces[-1].end))

    def _next(self, kind: str) -> _Atom | None:
        """The next piece, if it is of that kind; then it is used up."""
        if self._at < len(self._atoms) and self._atoms[self._at].kind == kind:
            self._at += 1
            return self._atoms[self._at - 1]
        return None

    def _paired(self, atoms: Iterator[_Atom]) -> list[_Atom]:
        """The pieces that are read on: parentheses in pairs, not too deep, no `AND`."""
        kept: list[_Atom] = []
        opened: list[_Atom] = []
        for atom in atoms:
            deep = len(opened) - (atom.kind == "close") >= DEEPEST
            if atom.kind == "open":
                opened.append(atom)
                if len(opened) == DEEPEST + 1:
                    self._complain(atom, f"only {DEEPEST} parentheses within each other are read")
            elif atom.kind == "close":
                if not opened:
                    self._complain(atom, "this parenthesis was not opened")
                    continue
                opened.pop()
            elif atom.kind == "quoted" and (atom.end - atom.start) - len(atom.text) < 2:
                self._complain(atom, "the quotation mark is not closed: read to the end")
            if atom.kind != "and" and not (deep and atom.kind in ("open", "close")):
                kept.append(atom)
        if opened:
            self._complain(opened[0], "this parenthesis is not closed: read to the end")
        return kept

    def _complain(self, atom: _Atom, reason: str, *, is_condition: bool = False) -> None:
        self.problems.append(Problem(atom.start, atom.end, reason, is_condition))
