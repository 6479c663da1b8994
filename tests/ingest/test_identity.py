from __future__ import annotations

import hashlib
from collections.abc import Callable

from chinai_tui import ingest
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import assemble
from chinai_tui.text.fold import fold

Read = Callable[..., ingest.Reading]


def test_the_surest_key_comes_first(read: Read) -> None:
    document = read("Some Title\n\nSome words of a text.").document
    metadata = Metadata(
        publication="chinai",
        number=7,
        url="http://Letter.example/p/x/?utm_source=a",
        post_id="123",
        keys=("number:chinai/7", "url:https://old.example/x"),
    )
    found = ingest.keys(metadata, document)
    assert found[:4] == (
        "post:123",
        "url:https://letter.example/p/x",
        "url:https://old.example/x",
        "number:chinai/7",
    )
    assert found[4].startswith("hash:")
    assert len(found) == 5


def test_the_hash_is_of_folded_letters_and_digits_without_the_title(read: Read) -> None:
    document = read("A Title\n\nCafé No. 5 – 商湯!\n\n• Item one").document
    body = document.text[document.blocks[0].end :]
    letters = "".join(char for char in fold(body) if char.isalnum())
    digest = hashlib.sha256(letters.encode()).hexdigest()[:32]
    assert ingest.keys(Metadata(), document) == (f"hash:{digest}",)
    assert letters == "cafeno5商汤itemone"


def test_the_hash_is_the_same_however_the_text_is_marked_up(read: Read) -> None:
    plain = read("A Title\n\nSome “words” here.\n\n• One item")
    page = read('<h1>A Title</h1><p>Some <b>"words"</b> here.</p><ul><li>One item</ul>')
    assert plain.format != page.format
    assert ingest.keys(Metadata(), plain.document) == ingest.keys(Metadata(), page.document)


def test_a_number_alone_is_no_key(read: Read) -> None:
    document = read("A Title\n\nWords.").document
    assert len(ingest.keys(Metadata(number=3), document)) == 1


def test_an_empty_document_has_a_key() -> None:
    assert len(ingest.keys(Metadata(), assemble([]))) == 1
