"""The passages that name an entity, as rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import Passage
from chinai_tui.domain.rows import IssueRow
from chinai_tui.text.fold import fold
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.messages import Place
from chinai_tui.ui.theme import KIND_ROLES
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.passage_rows import PassageRow
from chinai_tui.ui.widgets.strips import cut

NAME = 32
"""Cells of the title of an issue without a number."""


def rows(
    passages: Sequence[Passage], issues: Mapping[str, IssueRow], entity: Entity
) -> list[PassageRow]:
    """Each passage under its issue, date and section."""
    return [
        PassageRow(
            place=Place(each.issue, each.role, each.start, each.end, each.hits),
            passage=each,
            head=_head(each, issues.get(each.issue)),
            lit=KIND_ROLES[entity.kind],
            section="" if each.section == each.text else each.section.rstrip(":："),
            told_in_head=True,
        )
        for each in passages
    ]


def _head(passage: Passage, issue: IssueRow | None) -> tuple[Part, ...]:
    if issue is None:
        return (Part(passage.issue, "strong", bold=True),)
    date = spelled(issue.date) if issue.date else about(issue.near) if issue.near else ""
    name = f"#{issue.number}" if issue.number is not None else cut(issue.title, NAME)
    return (Part(name, "strong", bold=True), Part(f" {date}" if date else "", "dim"))


def fits(row: PassageRow, words: Sequence[str]) -> bool:
    """Whether a passage, its issue or its section has all of these folded words."""
    if not words:
        return True
    text = fold(" ".join((row.passage.text, row.section, *(part.text for part in row.head))))
    return all(word in text for word in words)
