"""The mentions that a person marked in the real texts, against those that are found.

A mention is a name of an entity, or a part of its name that stands for it: a surname, a first
name, `Expo` for the one that was named. Descriptions (`the company`, `the ministry`), pronouns and
initials are none, nor is a name inside a longer one. Blocks that do not count have none. Names in
the plural, or stuck to another word, are mentions.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.document import Document
from tests.bench.recognising import Score, considered, gold, real_texts, score, shipped


@pytest.fixture(scope="module")
def documents(corpus: Path) -> list[Document]:
    return real_texts(corpus)


def test_each_labelled_text_is_imported_as_it_was_labelled(documents: list[Document]) -> None:
    assert set(gold()) <= {document.revision for document in documents}


def test_labels_lie_in_blocks_that_count_and_do_not_overlap(documents: list[Document]) -> None:
    labelled = gold()
    for document in documents:
        reached = 0
        for start, end, entity in labelled[document.revision]:
            block = document.blocks[document.block_at(start)]
            assert block.is_counted
            assert reached <= start < end <= block.end
            assert entity in considered()
            reached = end


def test_precision_and_recall(documents: list[Document]) -> None:
    result = score(shipped(), documents)
    assert len(result.wanted) == sum(map(len, gold().values()))
    assert result.precision >= 0.98, sorted(result.found - result.wanted)
    assert result.recall >= 0.97, sorted(result.wanted - result.found)


def test_both_are_shares() -> None:
    right, wrong, missed = (("text", (at, at + 1, "lotus")) for at in range(3))
    result = Score(frozenset((right, missed)), frozenset((right, wrong)))
    assert (result.precision, result.recall) == (0.5, 0.5)
    nothing = Score(frozenset(), frozenset())
    assert (nothing.precision, nothing.recall) == (1, 1)
