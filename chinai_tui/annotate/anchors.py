"""Ties an annotation to a passage, and finds the passage again in an edited document.

The selectors are those of the W3C Web Annotation Data Model: a quotation with its surroundings,
and its position.
"""

from __future__ import annotations

from chinai_tui.domain.annotation import Anchor, AnchorState, Placement
from chinai_tui.domain.document import Document, DocumentRole

CONTEXT = 32
"""Characters that an anchor keeps from before and after its passage."""
SURE = 0.85
"""The score from which a passage is moved without asking."""
LIKELY = 0.6
"""The score from which a place is offered to be checked."""
MARGIN = 0.10
"""How far a place must be above every other to be sure."""
NEARER = 0.25
"""The same for another place that is nearer to where the passage used to be."""


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
    where its words may be is `MOVED` if it is sure and alone, `UNSURE` if it is likely or has a
    rival. Otherwise the anchor is an `ORPHAN`: start and end are 0 and mean nothing, the score is
    that of the best place there was.
    """
    if (
        anchor.revision == document.revision
        and document.text[anchor.start : anchor.end] == anchor.exact
    ):
        return Placement(AnchorState.EXACT, anchor.start, anchor.end, 1.0)
    # Aligning takes a while to load, and most texts never change.
    from chinai_tui.annotate.candidates import candidates

    ranked = candidates(anchor, document.text)
    if not ranked or ranked[0][0] < LIKELY:
        return Placement(AnchorState.ORPHAN, 0, 0, ranked[0][0] if ranked else 0.0)
    score, start, end = ranked[0]
    rivalled = any(
        other > score - (NEARER if abs(at - anchor.start) < abs(start - anchor.start) else MARGIN)
        for other, at, _ in ranked[1:]
    )
    state = AnchorState.MOVED if score >= SURE and not rivalled else AnchorState.UNSURE
    return Placement(state, start, end, score)
