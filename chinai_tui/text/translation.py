"""Finds the link to the full translation of what an issue translates in part."""

from __future__ import annotations

from chinai_tui.domain.document import Document, Span, SpanKind
from chinai_tui.text.spans import spans_of
from chinai_tui.text.urls import host_of

_LABELS = ("full translation", "read full translation", "read the full translation")
_HOSTS = ("docs.google.com", "drive.google.com")
"""Where full translations are kept."""


def full_translation(document: Document) -> Span | None:
    """The link of the full translation, or None.

    It is the first to a shared document at or after a label or heading such as `Full Translation:`
    and, where there is none, the first of any kind in such a block or in the one behind it.
    """
    labels = [
        number
        for number in document.headings()
        if document.text_of(number).casefold().startswith(_LABELS)
    ]
    if not labels:
        return None
    first = document.blocks[labels[0]].start
    links = [span for span in spans_of(document, SpanKind.LINK) if span.start >= first]
    shared = (span for span in links if host_of(span.target) in _HOSTS)
    blocks = {number + step for number in labels for step in (0, 1)}
    near = (span for span in links if document.block_at(span.start) in blocks)
    return next(shared, None) or next(near, None)
