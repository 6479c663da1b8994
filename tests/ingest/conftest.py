"""What the tests of the readers share."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, BlockRole, Document, SpanKind
from chinai_tui.text.normalise import normalise
from chinai_tui.text.sanitise import safe_url

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Row = tuple[str, str, int, str, str]


@pytest.fixture
def read() -> Callable[..., ingest.Reading]:
    """Reads a string as the bytes of a file."""

    def read(text: str, name: str = "issue.txt") -> ingest.Reading:
        return ingest.read(text.encode("utf-8"), name)

    return read


@pytest.fixture
def rows(read: Callable[..., ingest.Reading]) -> Callable[..., list[Row]]:
    """The blocks of a text under its title: kind, role, level, marker, text."""

    def rows(text: str, name: str = "issue.txt") -> list[Row]:
        document = read(text, name).document
        return [
            (b.kind.value, b.role.value, b.level, b.marker, document.text[b.start : b.end])
            for b in document.blocks[1:]
        ]

    return rows


@pytest.fixture
def spans() -> Callable[[Document], list[tuple[str, str, str]]]:
    """The spans of a document: kind, words, target."""

    def spans(document: Document) -> list[tuple[str, str, str]]:
        return [
            (span.kind.value, document.text[span.start : span.end], span.target)
            for block in document.blocks
            for span in block.spans
        ]

    return spans


@pytest.fixture(scope="session")
def check() -> Callable[[Document], None]:
    """Asserts what holds for every document, whatever it was read from."""

    def check(document: Document) -> None:
        at = 0
        for number, block in enumerate(document.blocks):
            assert block.start == at
            assert block.end >= block.start
            at = block.end + 1
            text = document.text_of(number)
            if block.kind is not BlockKind.CODE:
                assert "\n" not in text
                assert "  " not in text
                assert text == text.strip()
            assert text or block.kind is BlockKind.RULE
            for span in block.spans:
                assert block.start <= span.start < span.end <= block.end
                if span.kind is SpanKind.LINK:
                    assert span.target
                    assert safe_url(span.target) == span.target
        assert at == len(document.text) + 1
        assert document.blocks[0].role is BlockRole.TITLE
        assert document.blocks[0].level == 0
        assert not CONTROL.search(document.text)
        assert normalise(document.text) == document.text

    return check
