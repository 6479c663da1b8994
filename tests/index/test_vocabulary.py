from __future__ import annotations

from pathlib import Path

from tests.index.building import entry, filled, ids


def test_a_beginning_finds_words_whose_stems_are_shorter(tmp_path: Path) -> None:
    index = filled(
        tmp_path, entry("a", "surveillance"), entry("b", "surveyed"), entry("c", "! intelligence")
    )
    assert ids(index, "surveilla*") == ["a"]
    assert ids(index, "surve*") == ["a", "b"]
    assert ids(index, "surveyed*") == ["b"]
    assert ids(index, "surveys*") == []
    assert ids(index, "intelligen*") == []
    index.close()


def test_a_beginning_after_other_words(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "face-recognition"), entry("b", "recognition of a face"))
    assert ids(index, "face-recognit*") == ["a"]
    assert ids(index, "face-recogniti*") == ["a"]
    assert ids(index, "face-recognizers*") == []
    index.close()
