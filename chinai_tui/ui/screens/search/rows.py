"""An answer as rows of a list, and what is told above and beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import Issue
from chinai_tui.domain.query import And, Answer, IssueHit, Named, Node, Or, Passage
from chinai_tui.text.fold import fold
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.main.wording import NOTES
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import HeadingRow, ListRow, NoteRow, PassageRow, TextRow

SHOWN = 3
"""Passages shown of an issue; the others are counted, and stepped through in the text."""
ADVICE = (
    "Try fewer words, or the beginning of one with a star: recogni*",
    "A name in any script and under any spelling: company:商汤",
)
APART = "Each part of the query has hits, but no issue fits all of them."
FULL = 5
"""Passages of an issue that an answer holds at most; there may be more of them."""


@dataclass(frozen=True, slots=True)
class Result:
    """An answer with what is needed to show it."""

    answer: Answer
    issues: Mapping[str, Issue]
    outlets: Mapping[str, str]
    """Titles of publications by their ids."""
    entities: Sequence[Entity]
    """Those the query names."""
    notes: Sequence[NoteRow]
    """Those whose own words fit."""
    milliseconds: float
    limit: int
    """Issues that were asked for at most."""
    fitting: int = 0
    """All issues that fit, once they are counted."""

    @property
    def is_cut(self) -> bool:
        """Whether there may be more issues that fit."""
        return len(self.answer.hits) >= self.limit


def named(node: Node) -> list[str]:
    """The ids of the entities that a query asks for; those it rules out are none."""
    match node:
        case Named(entities=entities):
            return [*entities]
        case And(parts) | Or(parts):
            return [entity for part in parts for entity in named(part)]
        case _:
            return []


def place_of(passage: Passage) -> Place:
    """Where a passage is, with its hits."""
    return Place(passage.issue, passage.role, passage.start, passage.end, passage.hits)


def places(answer: Answer) -> tuple[Place, ...]:
    """All passages of an answer in the order of the list."""
    return tuple(place_of(passage) for hit in answer.hits for passage in hit.passages)


def rows(result: Result) -> list[ListRow]:
    """The issues in which all meets in one passage, and then the others."""
    together = [hit for hit in result.answer.hits if hit.together]
    apart = [hit for hit in result.answer.hits if not hit.together]
    names = {
        fold(name): KIND_ROLES[entity.kind]
        for entity in result.entities
        for name in (entity.name, entity.han, entity.hant, *(a.text for a in entity.aliases))
        if name
    }
    found = [row for hit in together for row in _issue(hit, result, names)]
    if apart:
        told = f"only in the same issue {len(apart)}"
        found.append(HeadingRow((Part(told, "dim"),), gap=1))
        found += [row for hit in apart for row in _issue(hit, result, names)]
    if result.notes:
        found.append(HeadingRow((Part(f"in your notes {len(result.notes)}", "dim"),), gap=1))
        found += result.notes
    return found


def _issue(hit: IssueHit, result: Result, names: Mapping[str, str]) -> Iterator[ListRow]:
    issue = result.issues[hit.issue]
    for number, passage in enumerate(hit.passages[:SHOWN]):
        more = len(hit.passages) - SHOWN if number == SHOWN - 1 else 0
        plus = "+" if len(hit.passages) >= FULL else ""
        yield PassageRow(
            place=place_of(passage),
            passage=passage,
            head=_head(issue, result) if not number else (),
            section=" · ".join(
                filter(None, (_beside(issue, passage), passage.section.rstrip(":：")))
            ),
            more=f"{more}{plus} more" if more > 0 else "",
            names=names,
        )


def _beside(issue: Issue, passage: Passage) -> str:
    """Which text a passage is of, if not the one that opens; of a digest its voice tells it."""
    if passage.role in (issue.main_role, DocumentRole.DIGEST):
        return ""
    return NOTES.get(passage.role, "")


def _head(issue: Issue, result: Result) -> tuple[Part, ...]:
    number = f"#{issue.number}" if issue.number is not None else "—"
    date = spelled(issue.date) if issue.date else ""
    outlet = result.outlets.get(issue.publication, "") if issue.number is None else ""
    facts = " · ".join(filter(None, (date, outlet)))
    return (
        Part(f"{number} ", "strong", bold=True),
        Part(issue.title, "ink"),
        Part(f"  {facts}" if facts else "", "dim"),
    )


def told(result: Result) -> tuple[Part, ...]:
    """What is said above the list: how many, what is left out, how long it took."""
    answer = result.answer
    together = [hit for hit in answer.hits if hit.together]
    counted = together or answer.hits
    passages = sum(len(hit.passages) for hit in counted)
    plus = "+" if any(len(hit.passages) >= FULL for hit in counted) else ""
    issues = _count(len(counted), "issue")
    found = _count(passages, "passage", plus)
    where = f"{found} in {'the first ' if result.is_cut else ''}{issues}"
    if result.is_cut and result.fitting > len(answer.hits):
        where += f" of {result.fitting:,}"
    several = isinstance(answer.query.root, And) and len(answer.query.root.parts) > 1
    lead = "together in a passage  " if together and several else ""
    parts = [Part(lead, "dim"), Part(where, "ink"), *_left_out(answer)]
    parts.append(Part(f" · {max(1, round(result.milliseconds))} ms", "faint"))
    if answer.widened:
        parts.append(Part(f" · {answer.widened}", "state"))
    return tuple(parts)


def _count(number: int, what: str, plus: str = "") -> str:
    return f"{number}{plus} {what}" if number == 1 and not plus else f"{number}{plus} {what}s"


def nothing(result: Result) -> tuple[Part, ...]:
    """What is said above the list where nothing fits."""
    what = "no text" if result.notes else "nothing"
    asked = Part(f"{what} fits “{result.answer.query.source.strip()}”", "ink")
    return (asked, *_left_out(result.answer))


def _left_out(answer: Answer) -> Iterator[Part]:
    """What may fit and is not found: for want of a date, or because it waits to be indexed."""
    if answer.undated:
        yield Part(f" · {answer.undated} undated left out", "dim")
    if answer.waiting:
        yield Part(f" · {_count(answer.waiting, 'issue')} still to be indexed", "state")


def advice(answer: Answer) -> list[ListRow]:
    """What one may do where nothing fits: what stands nowhere, and what is like it."""
    told = [each.told for each in answer.missing]
    if not told and isinstance(answer.query.root, And):
        told = [APART]
    rows: list[ListRow] = [TextRow(text, "ink", gap=1) for text in told]
    return [*rows, *(TextRow(text, "dim") for text in ADVICE)]
