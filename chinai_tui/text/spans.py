"""The spans of a whole document."""

from __future__ import annotations

from chinai_tui.domain.document import Document, Span, SpanKind


def spans_of(document: Document, kind: SpanKind) -> list[Span]:
    """The spans of a kind, in the order of the text."""
    found = [span for block in document.blocks for span in block.spans if span.kind is kind]
    return sorted(found, key=lambda span: (span.start, span.end))
