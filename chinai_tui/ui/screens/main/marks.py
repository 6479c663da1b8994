"""The marks of the open document: names, annotations, hits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind, Placement
from chinai_tui.domain.entity import EntityKind
from chinai_tui.domain.link import LinkKind
from chinai_tui.ui.rendering import marks
from chinai_tui.ui.rendering.highlights import color_of
from chinai_tui.ui.rendering.marks import Mark
from chinai_tui.ui.screens.main.hits import Hits
from chinai_tui.ui.widgets.margin_list import MarginRow
from chinai_tui.workspace import OpenedIssue

_ANNOTATIONS = {
    AnnotationKind.BOOKMARK: marks.BOOKMARK,
    AnnotationKind.HIGHLIGHT: marks.HIGHLIGHT,
    AnnotationKind.NOTE: marks.NOTE,
}


def marks_of(opened: OpenedIssue, kinds: Mapping[str, EntityKind], entity: str) -> tuple[Mark, ...]:
    """What is marked in a document, hits aside.

    `kinds` gives the kind of each entity that is named; `entity` is the current one, whose
    mentions stand out.
    """
    return (
        *_references(opened),
        *_mentions(opened, kinds, entity),
        *_annotations(opened),
    )


def marks_of_hits(hits: Hits) -> Iterator[Mark]:
    """The hits, the current one as such."""
    for number, (start, end) in enumerate(hits.ranges):
        yield Mark(start, end, marks.HIT_CURRENT if number == hits.at else marks.HIT)


def _references(opened: OpenedIssue) -> Iterator[Mark]:
    for link in opened.links:
        if link.kind is LinkKind.ISSUE:
            yield Mark(link.start, link.end, marks.REFERENCE, link.target)


def _mentions(opened: OpenedIssue, kinds: Mapping[str, EntityKind], entity: str) -> Iterator[Mark]:
    for mention in opened.mentions:
        kind = kinds.get(mention.entity)
        if kind is not None:
            yield Mark(mention.start, mention.end, kind.value, mention.entity)
        if mention.entity == entity:
            yield Mark(mention.start, mention.end, marks.MENTION_CURRENT, mention.entity)


def _annotations(opened: OpenedIssue) -> Iterator[Mark]:
    for placed in opened.annotations:
        if placed.placement.state is not AnchorState.ORPHAN:
            annotation = placed.annotation
            start, end = placed.placement.start, placed.placement.end
            color = color_of(annotation.color)
            yield Mark(start, end, _ANNOTATIONS[annotation.kind], annotation.id, color)


def margin_rows(
    opened: OpenedIssue, on_issue: Iterable[Annotation], drafts: Iterable[MarginRow] = ()
) -> list[MarginRow]:
    """The annotations of an open document and the drafts on it, for its margin list.

    Those on the issue itself come first, then those on the text in its order; those whose
    passage is no more in the text stand at the end.
    """
    itself = [MarginRow(each) for each in on_issue if each.anchor is None]
    placed = [MarginRow(each.annotation, each.placement) for each in opened.annotations]
    return sorted([*itself, *placed, *drafts], key=_standing)


def _standing(row: MarginRow) -> tuple[bool, int]:
    place: Placement | None = row.placement
    return row.is_orphan, place.start if place else -1
