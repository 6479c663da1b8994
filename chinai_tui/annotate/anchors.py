"""Ties an annotation to a passage, and finds the passage again in an edited document.

The selectors are those of the W3C Web Annotation Data Model: a quotation with its surroundings,
and its position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Anchor, AnchorState, Placement
from chinai_tui.domain.document import Document, DocumentRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chinai_tui.annotate.candidates import Candidate

CONTEXT = 32
"""Characters that an anchor keeps from before and after its passage."""
SURE = 0.85
"""The score from which a passage is moved without asking, if its words fit as well."""
LIKELY = 0.6
"""The score from which a place is offered to be checked."""
ALIKE = 0.75
"""The score from which a place is as good as a better one: the words, and one side of them."""
MARGIN = 0.10
"""How far a place must be above every other to be sure."""
NEARER = 0.3
"""The same for another place that is nearer to where the passage used to be."""
ECHO = 0.65
"""How well one side of a place must fit for it to be a rival whatever its words: the text then
says something twice, and the passage may be there, reworded."""


def make(document: Document, role: DocumentRole, start: int, end: int) -> Anchor:
    """An anchor to the passage from `start` to `end`, offsets into the document's text.

    An empty range means the whole block there; where that has no words (a rule), the next one
    that has, else the last one before.

    Raises:
        ValueError: the range is not one of the document.
    """
    text = document.text
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no range of a text of {len(text)} characters: {start}-{end}")
    if start == end and document.blocks:
        at = document.block_at(start)
        order = (*range(at, len(document.blocks)), *range(at - 1, -1, -1))
        at = next((n for n in order if document.text_of(n).strip()), at)
        start, end = document.blocks[at].start, document.blocks[at].end
    return Anchor(
        role=role,
        revision=document.revision,
        start=start,
        end=end,
        block=document.block_at(start),
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def place(anchor: Anchor, document: Document) -> Placement:
    """Where the passage of an anchor is in a document of the same issue and role.

    In the revision it was made for, an anchor is `EXACT`. In another one the best of all places
    where its words may be is `MOVED` if it is sure and alone; a long passage is where its words
    stand but once, unchanged, with what was on one side of it. If it is likely or has rivals, the
    one nearest to the old place of those about as good is `UNSURE`. Otherwise the anchor is an
    `ORPHAN`: start and end are 0 and mean nothing, the score is that of the best place there was.
    """
    if (
        anchor.revision == document.revision
        and document.text[anchor.start : anchor.end] == anchor.exact
    ):
        return Placement(AnchorState.EXACT, anchor.start, anchor.end, 1.0)
    # Aligning takes a while to load, and most texts never change.
    from chinai_tui.annotate.candidates import LONG, candidates

    ranked = candidates(anchor, document.text)
    if not ranked or ranked[0].score < LIKELY:
        return Placement(AnchorState.ORPHAN, 0, 0, ranked[0].score if ranked else 0.0)
    best, *others = ranked
    is_sure = min(best.score, best.words) >= SURE or (
        len(anchor.exact) >= LONG and _is_unchanged(best, others)
    )
    if is_sure and not any(_rivals(each, best, anchor) for each in others):
        return Placement(AnchorState.MOVED, best.start, best.end, best.score)
    alike = [each for each in ranked if each.score >= best.score - MARGIN]
    offered = min(alike, key=lambda each: abs(each.start - anchor.start))
    return Placement(AnchorState.UNSURE, offered.start, offered.end, offered.score)


def best_start(anchor: Anchor, document: Document) -> int:
    """Where the place begins that fits an anchor best, sure or not; 0 where there is none.

    For a place one has read to, which is better a little wrong than not there.
    """
    placed = place(anchor, document)
    if placed.state is not AnchorState.UNSURE:
        return placed.start
    from chinai_tui.annotate.candidates import candidates

    return candidates(anchor, document.text)[0].start


def _is_unchanged(best: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether the words stand there and nowhere else, and so does one side of them."""
    return best.words == 1.0 and best.beside >= SURE and all(other.words < 1.0 for other in others)


def _rivals(other: Candidate, best: Candidate, anchor: Anchor) -> bool:
    """Whether the passage may as well be at another place than the best."""
    nearer = abs(other.start - anchor.start) < abs(best.start - anchor.start)
    least = min(ALIKE, best.score - (NEARER if nearer else MARGIN))
    return other.beside >= ECHO or other.score > least
