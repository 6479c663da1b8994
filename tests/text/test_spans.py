from __future__ import annotations

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.text.spans import spans_of


def test_the_spans_of_a_kind_come_in_the_order_of_the_text() -> None:
    late, early = Span(SpanKind.LINK, 4, 6, "b"), Span(SpanKind.LINK, 0, 3, "a")
    other, last = Span(SpanKind.STRONG, 0, 6), Span(SpanKind.LINK, 7, 9, "c")
    blocks = (
        Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, 6, (late, other, early)),
        Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 7, 9, (last,)),
    )
    document = Document("abcdef\nghi", blocks)
    assert spans_of(document, SpanKind.LINK) == [early, late, last]
    assert spans_of(document, SpanKind.CODE) == []
