from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from chinai_tui.errors import InputError
from chinai_tui.ingest import reader, sources
from chinai_tui.ingest.reading import Reading, Skipped, Source
from chinai_tui.ingest.sources import count, walk


def told(found: list[Source | InputError | Skipped]) -> list[str]:
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


def archive(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, words in files.items():
            made.writestr(f"{name}.txt", words)
    return path


def test_an_archive_is_walked_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    archive(tmp_path / "b.zip", one="words", two="words")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "d.txt").write_text("words")
    found = told(list(walk([tmp_path])))
    assert found[:3] == ["a.txt", "one.txt", "two.txt"]
    assert found[3].startswith("c.zip! is a damaged zip archive")
    assert found[4:] == ["d.txt"]


def test_no_more_than_one_member_is_held(tmp_path: Path) -> None:
    path = archive(tmp_path / "b.zip", one="words", two="words")
    found = walk([path])
    assert isinstance(next(found), Source)
    assert isinstance(next(found), Source)
    assert list(found) == []


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(b"some words"), "utf-8")
    monkeypatch.setattr("sys.stdin", given)
    (source,) = walk([Path("-")])
    assert source == Source("standard input", "", b"some words")


def test_an_address_is_fetched_where_that_is_possible() -> None:
    address = "https://pond.example/p/lamps"

    def fetch(asked: str) -> Source:
        if asked.endswith("lamps"):
            return Source(asked, "lamps", b"<p>words</p>")
        raise InputError(asked, "is not there")

    assert told(list(walk([address, address + "-none"], fetch))) == [
        "lamps",
        "lamps-none! is not there",
    ]
    (error,) = walk([address])
    assert isinstance(error, InputError)


def test_texts_are_counted_unless_only_reading_could_tell(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", ".hidden"):
        (tmp_path / name).write_text("words")
    assert count([tmp_path, tmp_path / "none"]) == 3
    assert count([tmp_path, Path("-")]) == 0
    archive(tmp_path / "c.zip", one="words")
    assert count([tmp_path]) == 0


def test_mailboxes_are_walked_where_they_stand(tmp_path: Path) -> None:
    mail = "From: A Writer <writer@pond.example>\nSubject: Lamps\n\nSome words.\n"
    line = "From writer@pond.example Mon Jan  6 10:00:00 2020\n"
    (tmp_path / "a.mbox").write_text(f"{line}{mail}\n{line}{mail}")
    for name in ("cur", "new", "tmp"):
        (tmp_path / "b" / name).mkdir(parents=True)
    (tmp_path / "b" / "cur" / "1:2,S").write_text(mail)
    found = list(walk([tmp_path]))
    assert [each.format for each in found if isinstance(each, Source)] == ["mail"] * 3
    assert told(found)[:2] == ["message 1.eml", "message 2.eml"]
    assert count([tmp_path]) == 0


def test_names_in_no_encoding_and_with_escape_codes(tmp_path: Path) -> None:
    for name in (b"lamps\xff.txt", b"li\x1b[31mlies\x07.txt"):
        (tmp_path / os.fsdecode(name)).write_text("Some words.")
    found = list(walk([tmp_path]))
    assert told(found) == ["lamps.txt", "lilies.txt"]
    assert all(isinstance(each, Source) and each.place.isprintable() for each in found)


MAIL = b"From: a@b.example\nDate: Tue, 2 Jan 2024 10:00:00 +0000\nSubject: A\n\nwords\n"


def test_a_mail_that_is_met_is_one_among_others(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c.eml", MAIL)
    met = [each for each in walk([tmp_path]) if isinstance(each, Source)]
    assert [(each.name, each.among_mail) for each in met] == [("a.eml", True), ("c.eml", True)]
    (named,) = walk([tmp_path / "a.eml"])
    assert isinstance(named, Source)
    assert not named.among_mail
    assert not named.within


def test_what_a_browser_saves_beside_a_page_is_left_out(tmp_path: Path) -> None:
    names = ("A page.htm", "A page_files/a.css", "A page_files/b/c.html", "own_files/d.txt")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("words")
            archive.writestr(name, "words")
    assert told(list(walk([tmp_path]))) == ["A page.htm", "d.txt", "A page.htm", "d.txt"]
    assert told(list(walk([tmp_path / "A page_files"]))) == ["a.css", "c.html"]


def test_what_is_met_and_no_text_by_its_name_is_skipped(tmp_path: Path) -> None:
    for name in ("a.css", "b.txt", "c"):
        (tmp_path / name).write_text("words of a made-up file")
    reason = "no text of a newsletter by its name, such as .css"
    first, *rest = [reader.take(each) for each in walk([tmp_path]) if isinstance(each, Source)]
    assert first == Skipped(str(tmp_path / "a.css"), reason)
    assert all(isinstance(each, Reading) for each in rest)
    (named,) = walk([tmp_path / "a.css"])
    assert isinstance(named, Source)
    assert isinstance(reader.take(named), Reading)


def test_a_mailbox_on_standard_input_may_be_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    mbox = b"".join(b"From a@b.example Tue Jan  2 10:00:00 2024\n" + MAIL + b"\n" for _ in "123")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mbox)))
    monkeypatch.setattr(sources, "SIZE_LIMIT", 10)
    found = list(walk(["-"]))
    assert told(found) == ["message 1.eml", "message 2.eml", "message 3.eml"]
    assert [each.data.strip() for each in found if isinstance(each, Source)] == [MAIL.strip()] * 3


def test_only_http_is_fetched() -> None:
    (found,) = walk(["ftp://x.example/z"])
    assert str(found) == (
        "ftp://x.example/z: is an address of another kind; only http and https are fetched"
    )


def test_a_page_may_have_pictures_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SIZE_LIMIT", 10)
    monkeypatch.setattr(sources, "PAGE_LIMIT", 40)
    (tmp_path / "a.html").write_text("<!doctype html><p>words</p>")
    (tmp_path / "b.html").write_text(f"<!doctype html><p>{'words' * 10}</p>")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as made:
        made.writestr("d.html", "<!doctype html><p>words</p>")
        made.writestr("e.txt", "words of a text")
    found = told(list(walk([tmp_path])))
    assert [found[0], found[2]] == ["a.html", "d.html"]
    assert found[1].startswith("b.html! is too large")
    assert ", e.txt! is too large" in found[3]


def test_an_archive_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(tmp_path / "a.zip", one="words", two="more words").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(walk(["-"]))
    assert told(found) == ["one.txt", "two.txt"]
    assert found[0].place == "standard input, one.txt"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data[:60])))
    (damaged,) = told(list(walk(["-"])))
    assert "is a damaged zip archive" in damaged
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sources, "_PIPED", 20)
    (large,) = told(list(walk(["-"])))
    assert "is too large" in large


def test_links_that_lead_out_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside / "below", outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("words")
    (inside / "1-file").symlink_to(outside / "a.txt")
    (inside / "2-folder").symlink_to(outside)
    (inside / "3-below").symlink_to(inside / "below")
    left = "link that leads out of its folder; name what it leads to"
    assert told(list(walk([inside]))) == [f"1-file! {left}", f"2-folder! {left}", "a.txt"]
    assert told(list(walk([inside / "1-file", inside / "2-folder"]))) == ["1-file", "a.txt"]
    (tmp_path / "named").symlink_to(inside)
    assert len(told(list(walk([tmp_path / "named"])))) == 3
