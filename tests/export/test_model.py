from __future__ import annotations

from chinai_tui.domain.annotation import VoiceKind
from chinai_tui.domain.document import Document
from chinai_tui.export.model import place_of
from chinai_tui.ui.screens.main.wording import paragraph
from tests.export.samples import LIN, LOST, MARK, MOVED, NOTE, ON_ENTITY, document


def test_the_order_is_that_of_the_passages() -> None:
    notes = sorted((LOST, MOVED, ON_ENTITY, NOTE, MARK), key=lambda note: note.order)
    assert notes == [ON_ENTITY, MARK, NOTE, MOVED, LOST]


def test_whose_words() -> None:
    assert NOTE.speaker == LIN
    assert ON_ENTITY.speaker is None
    assert MARK.speaker is not None
    assert MARK.speaker.kind is VoiceKind.UNCONFIRMED


def test_places() -> None:
    source = document()
    for words, expected in (
        ("Made-Up", ("", 0)),
        ("Plus", ("", 0)),
        ("Key", ("Key Takeaways:", 1)),
        ("Cranes wait", ("Key Takeaways:", 2)),
        ("Third", ("Key Takeaways:", 4)),
        ("Costs", ("Costs in C#", 6)),
        ("so they say", ("Costs in C#", 8)),
        ("重点", ("Costs in C#", 14)),
    ):
        number = expected[1]
        block = source.block_at(source.text.index(words))
        assert paragraph(source, block) == (f"¶{number}" if number else "")
        assert place_of(source, source.text.index(words)) == expected
    assert place_of(Document("", ()), 0) == ("", 0)
