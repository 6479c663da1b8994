from __future__ import annotations

import os
from pathlib import Path

import pytest

from chinai_tui.errors import InputError
from chinai_tui.ingest import sources
from chinai_tui.ingest.reading import Source
from chinai_tui.ingest.sources import walk


def told(found: list[Source | InputError]) -> list[str]:
    return [
        each.name if isinstance(each, Source) else f"{Path(each.place).name}! {each.reason}"
        for each in found
    ]


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.html", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"words of {name}")
    found = list(walk([tmp_path]))
    assert told(found) == ["c.html", "z.md", "b.txt"]
    assert isinstance(found[2], Source)
    assert found[2].data == b"words of b.txt"
    assert found[2].place == str(tmp_path / "b.txt")


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "1-empty.txt").write_text("\n ")
    (tmp_path / "2-picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "3-binary.txt").write_bytes(b"a\x00b")
    (tmp_path / "4-text.txt").write_text("words")
    os.mkfifo(tmp_path / "5-pipe")
    missing = tmp_path / "none.txt"
    assert told(list(walk([missing, tmp_path]))) == [
        "none.txt! does not exist; check the path",
        "1-empty.txt! is empty",
        "2-picture.png! is a PNG picture, not a text; save it as text, Markdown or HTML first",
        "3-binary.txt! is binary, not a text; save it as text, Markdown or HTML first",
        "4-text.txt",
        "5-pipe! is no regular file",
    ]


def test_a_hidden_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / ".note.txt").write_text("words")
    assert told(list(walk([tmp_path / ".note.txt"]))) == [".note.txt"]


@pytest.mark.parametrize("inside", [None, "x.bin"])
def test_a_folder_without_texts(tmp_path: Path, inside: str | None) -> None:
    if inside:
        (tmp_path / inside).write_bytes(b"\x00\x01")
    last = list(walk([tmp_path]))[-1]
    assert isinstance(last, InputError)
    assert last.place == str(tmp_path)
    assert last.reason.startswith("is a folder without texts")


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SIZE_LIMIT", 10)
    (tmp_path / "a.txt").write_text("0123456789")
    (tmp_path / "b.txt").write_text("0123456789-")
    found = list(walk([tmp_path]))
    assert isinstance(found[0], Source)
    assert isinstance(found[1], InputError)
    assert found[1].reason.startswith("is too large")


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text("words")
    (inner / "up").symlink_to(tmp_path)
    (inner / "self").symlink_to(inner / "self")
    found = told(list(walk([tmp_path])))
    assert found.count("a.txt") == 1
    assert any(each.startswith("self! cannot be read") for each in found)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert told(list(walk([path]))) == ["a.txt! may not be read; check its permissions"]


def test_names_are_safe_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e.txt"
    (error,) = walk([path])
    assert isinstance(error, InputError)
    assert "\x1b" not in str(error)
    assert "\u202e" not in str(error)


def test_a_path_with_a_nul(tmp_path: Path) -> None:
    (error,) = walk([tmp_path / "a\x00b"])
    assert isinstance(error, InputError)
