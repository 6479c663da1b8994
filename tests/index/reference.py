"""What a query means, told as plainly as can be: each issue is read for each question.

It shares the tokeniser with the index, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind
from chinai_tui.domain.document import BlockRole, Document, DocumentRole
from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Word
from chinai_tui.index import AnnotationEntry, IssueEntry
from chinai_tui.text.tokens import index_form, words

Leaf = Word | Phrase | Field | Named
Fits = Callable[[Leaf, frozenset[str], frozenset[str]], bool | None]
"""Whether a leaf holds where words are looked for in places, beside some entities."""

BESIDE = ("digest", "translation", "original")
"""Places that are a document each, and the roles of these."""
USUAL = frozenset({"title", "text", "translation", "original"})
NOTES = frozenset({"notes"})
KINDS = frozenset(AnnotationKind)
EVERY = frozenset({"title", "text", "links", "rest", "notes", *BESIDE})


class Reference:
    """A library that answers by reading."""

    def __init__(
        self, entries: Sequence[IssueEntry], noted: Sequence[AnnotationEntry] = ()
    ) -> None:
        self._entries = entries
        self._notes = notes = [each.annotation for each in noted]
        self._noted = {each.annotation.id: each for each in noted}
        known = [text for each in entries for text in texts(each, notes, EVERY)]
        known += [each for note in notes for each in written(note)]
        self._words = {
            pair
            for text in known
            for pair in zip(words(text), index_form(text).split(), strict=True)
        }

    def fitting(self, root: Node) -> set[str]:
        """The ids of the issues that fit."""
        return {each.issue.id for each in self._entries if self._holds(root, each)}

    def undated(self, root: Node) -> int:
        """How many issues a missing date leaves out."""
        return sum(self._holds(root, each) is None for each in self._entries)

    def noted(self, root: Node) -> list[str]:
        """The ids of the annotations that fit, the latest first."""
        fitting = [(each.created, each.id) for each in self._notes if self._holds_for(root, each)]
        return [id_ for _, id_ in sorted(fitting, reverse=True)]

    def undated_notes(self, root: Node) -> int:
        """How many annotations the missing date of their issue leaves out."""
        return sum(self._holds_for(root, each) is None for each in self._notes)

    def _holds(self, root: Node, entry: IssueEntry) -> bool | None:
        return holds(root, partial(self._fits, entry), USUAL)

    def _holds_for(self, root: Node, note: Annotation) -> bool | None:
        return holds(root, partial(self._fits_note, note), NOTES)

    def _fits(
        self, entry: IssueEntry, leaf: Leaf, places: frozenset[str], beside: frozenset[str]
    ) -> bool | None:
        """Whether a word, a name or a field holds for an issue."""
        match leaf:
            case Named(_, _, entities):
                return any(each in entities for each in named_in(entry))
            case Field("mentions", value):
                count = sum(not beside or each in beside for each in named_in(entry))
                return within(count, value)
            case Field(name, value) if name != "near":
                return self._is(name, value, entry)
        return self._stands(leaf, self._lines(entry, places))

    def _fits_note(
        self, note: Annotation, leaf: Leaf, places: frozenset[str], beside: frozenset[str]
    ) -> bool | None:
        """Whether a word, a name or a field holds for an annotation."""
        entry = next((each for each in self._entries if each.issue.id == note.issue), None)
        match leaf:
            case Named(_, _, entities):
                return bool(noted_on(self._noted[note.id], entry) & {*entities})
            case Field("kind"):
                return bool(noted_on(self._noted[note.id], entry))
            case Field(name, value) if is_own(name, value):
                return self._is_note(name, value, note)
            case Field(name) if name != "near":
                return self._fits(entry, leaf, places, beside) if entry else False
        own = [index_form(text).split() for text in written(note)] if places & NOTES else []
        elsewhere = self._lines(entry, places - NOTES) if entry else []
        return self._stands(leaf, own + elsewhere)

    def _is_note(self, name: str, value: str, note: Annotation) -> bool:
        """Whether a field holds that speaks of the annotation itself."""
        match name, value:
            case "is", "orphan" | "flagged":
                state = {"orphan": AnchorState.ORPHAN, "flagged": AnchorState.UNSURE}[value]
                return note.anchor is not None and self._noted[note.id].state is state
            case "is", _:
                return note.kind == value
            case "tag", _:
                return value in note.tags
            case "color", _:
                return note.color == value
            case "by", _:
                return note.creator.lower() == value.lower()
        return is_in(note.created[:10], value)

    def _is(self, name: str, value: str, entry: IssueEntry) -> bool | None:
        """Whether a field holds that speaks of the issue, not of its words."""
        issue = entry.issue
        notes = [note for note in self._notes if note.issue == issue.id]
        kinds = {note.kind.value for note in notes}
        if is_own(name, value):
            return any(self._is_note(name, value, note) for note in notes)
        match name:
            case "words":
                return within(entry.documents[issue.main_role].words, value)
            case "issue":
                return issue.number is not None and within(issue.number, value)
            case "has":
                return value in {*kinds, *issue.documents}
            case "is":
                return ("bookmark" if value == "bookmarked" else value) in kinds
            case "kind":
                return bool(named_in(entry))
            case "pub":
                return value in (issue.publication, entry.outlet.lower())
        if not issue.date:
            return None
        day = first_day(issue.date)
        if name in ("date", "year"):
            return is_in(day, value)
        return day >= first_day(value) if name == "after" else day < first_day(value)

    def _stands(self, leaf: Leaf, lines: Sequence[Sequence[str]]) -> bool:
        """Whether words stand somewhere in these lines as they are asked for."""
        match leaf:
            case Field(_, value):
                return any(is_near(value.split(), line) for line in lines)
            case Word(text, prefix):
                return any(self._follows(text, prefix, line) for line in lines)
            case Phrase(text):
                return any(self._follows(text, False, line) for line in lines)
        raise AssertionError(leaf)

    def _follows(self, text: str, prefix: bool, line: Sequence[str]) -> bool:
        """Whether the tokens of a text follow each other in a line."""
        *before, last = index_form(text).split()
        ends = {last}
        if prefix:
            begun = words(text)[-1]
            ends = {
                stem
                for word, stem in self._words
                if word.startswith(begun) or stem.startswith(begun)
            }
        return any(
            line[at : at + len(before)] == before and line[at + len(before)] in ends
            for at in range(len(line) - len(before))
        )

    def _lines(self, entry: IssueEntry, places: frozenset[str]) -> list[list[str]]:
        """The tokens of each text in these places."""
        return [index_form(text).split() for text in texts(entry, self._notes, places)]


def holds(
    node: Node,
    fits: Fits,
    places: frozenset[str],
    beside: frozenset[str] = frozenset(),
) -> bool | None:
    """Whether a query holds, in the logic of Kleene: `None` where a missing date decides."""
    match node:
        case And(parts):
            scopes = [part.value for part in parts if is_scope(part)]
            places = frozenset[str]().union(*map(looked_in, scopes)) if scopes else places
            named = {id_ for part in parts if isinstance(part, Named) for id_ in part.entities}
            beside = frozenset(named) or beside
            return least(holds(part, fits, places, beside) for part in parts if not is_scope(part))
        case Or(parts):
            return negated(least(negated(holds(part, fits, places, beside)) for part in parts))
        case Not(part):
            return negated(holds(part, fits, places, beside))
    return fits(node, places, beside)


def texts(entry: IssueEntry, notes: Iterable[Annotation], places: frozenset[str]) -> list[str]:
    """The texts of an issue in these places, none of which reaches into another.

    Links and what does not count are those of all documents but a digest beside another text.
    """
    found = []
    for role in entry.documents:
        wanted = places & {"links", "rest"}
        if role is entry.issue.main_role:
            wanted = places & {"title", "text", "links", "rest"}
        elif role is DocumentRole.DIGEST:
            wanted = frozenset()
        if role.value in places.intersection(BESIDE):
            wanted |= {"title", "text"}
        found += parts(entry, role, wanted)
    if "notes" in places:
        found += [text for note in notes if note.issue == entry.issue.id for text in written(note)]
    return found


def parts(entry: IssueEntry, role: DocumentRole, places: frozenset[str]) -> list[str]:
    """The texts of one document in these places, whatever its role.

    The title of the issue is that of its main document and of a digest, which tells of the issue.
    """
    issue, document = entry.issue, entry.documents[role]
    is_titled = role in (issue.main_role, DocumentRole.DIGEST)
    found = {
        "title": [issue.title, issue.subtitle] * is_titled + blocks(document, title=True),
        "text": blocks(document, title=False),
        "links": [
            span.target.partition("://")[2] for block in document.blocks for span in block.spans
        ],
        "rest": [
            document.text_of(n) for n, block in enumerate(document.blocks) if not block.is_counted
        ],
    }
    return [text for place in found if place in places for text in found[place]]


def blocks(document: Document, title: bool) -> list[str]:
    """The texts of the blocks that count, titles or all others."""
    return [
        document.text_of(number)
        for number, block in enumerate(document.blocks)
        if block.is_counted and (block.role is BlockRole.TITLE) == title
    ]


def written(note: Annotation) -> list[str]:
    """What a note says, what it quotes, and each of its tags."""
    return [note.text, note.anchor.exact if note.anchor else "", *note.tags]


def is_own(name: str, value: str) -> bool:
    """Whether a field speaks of an annotation itself."""
    if name == "is":
        return value in {*KINDS, "orphan", "flagged"}
    return name in ("tag", "color", "by", "noted")


def noted_on(noted: AnnotationEntry, entry: IssueEntry | None) -> set[str]:
    """Whom a note is on or links, and those that its first block or its own passage names."""
    found, anchor = {noted.annotation.entity, *noted.links} - {""}, noted.annotation.anchor
    if anchor is None or entry is None or anchor.role not in entry.documents:
        return found
    if noted.state is AnchorState.ORPHAN:
        return found
    document = entry.documents[anchor.role]
    for mention in entry.mentions[anchor.role]:
        block = document.block_at(mention.start)
        is_within = mention.start < anchor.end and anchor.start < mention.end
        if document.blocks[block].is_counted and (block == anchor.block or is_within):
            found.add(mention.entity)
    return found


def looked_in(scope: str) -> frozenset[str]:
    """The places that `in:` means."""
    return EVERY if scope == "all" else frozenset({scope})


def is_scope(part: Node) -> bool:
    return isinstance(part, Field) and part.name == "in"


def named_in(entry: IssueEntry) -> list[str]:
    """The entity of each mention that counts."""
    main = entry.documents[entry.issue.main_role]
    return [
        mention.entity
        for mention in entry.mentions[entry.issue.main_role]
        if main.blocks[main.block_at(mention.start)].is_counted
    ]


def within(number: int, value: str) -> bool:
    """Whether a number is `>2`, `<9`, `2` or `2..9`."""
    if value[0] in "<>":
        return number > int(value[1:]) if value[0] == ">" else number < int(value[1:])
    low, _, high = value.partition("..")
    return int(low) <= number <= int(high or low)


def first_day(date: str) -> str:
    """The first day of `2019`, `2019-06` or `2019-06-03`."""
    return date + "-01-01"[len(date) - 4 :]


def is_in(day: str, value: str) -> bool:
    """Whether a day is in `2018`, `2018-11-03` or `2018..2019-06`."""
    low, _, high = value.partition("..")
    return first_day(low) <= day <= (high or low) + "-12-31"[len(high or low) - 4 :]


def is_near(wanted: Sequence[str], line: Sequence[str]) -> bool:
    """Whether words can be picked so that at most ten others stand before the last begins."""
    forms = [index_form(word).split() for word in wanted]
    places = [
        [at for at in range(len(line)) if line[at : at + len(form)] == form] for form in forms
    ]
    return any(
        all(max(picked) - at - len(form) <= 10 for at, form in zip(picked, forms, strict=True))
        for picked in product(*places)
    )


def least(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return False if False in found else None if None in found else True


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value
