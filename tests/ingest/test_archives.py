from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from chinai_tui.domain.issue import DateSource
from chinai_tui.errors import InputError
from chinai_tui.ingest import archives
from chinai_tui.ingest.reader import take
from chinai_tui.ingest.reading import Reading, Skipped, Source

LIMIT = 4_000_000
POSTS = """\
post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url
101.lamps,2021-03-04T10:00:00.000Z,TRUE,,,newsletter,everyone,Pond Letter #7: Lamps &amp; lilies,On &quot;light&quot;,https://a.example/7.mp3
102.draft,,false,,,newsletter,everyone,,,
103.talk,2021-04-01T10:00:00.000Z,true,,,podcast,everyone,A talk,,
"""
BODY = "<h2>What a section is called</h2><p>A made-up paragraph of some words about lamps.</p>"


def packed(files: Mapping[str, bytes | str], **options: int) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, **options)
    file.seek(0)
    return file


def told(file: io.BytesIO | Path, limit: int = LIMIT) -> list[str]:
    return [
        f"{each.place}! {each.reason}" if not isinstance(each, Source) else each.place
        for each in archives.members(file, "a.zip", limit)
    ]


def test_members_come_in_the_order_of_names_without_hidden_ones() -> None:
    files = ("b.txt", "a/z.html", "a/.hidden.txt", "__MACOSX/b.txt", ".git/x")
    assert told(packed(dict.fromkeys(files, "words"))) == ["a.zip, a/z.html", "a.zip, b.txt"]


def test_a_member_is_its_bytes_under_its_mere_name() -> None:
    (source,) = archives.members(packed({"../../etc/x\x1b[2J.txt": "words"}), "a.zip", LIMIT)
    assert isinstance(source, Source)
    assert source.data == b"words"
    assert source.name == "x.txt"
    assert "\x1b" not in source.place


@pytest.mark.parametrize("top", ["", "export/"])
def test_the_export_of_substack_is_read_by_its_list(top: str) -> None:
    pages = {"posts.csv": "\ufeff" + POSTS, "posts/101.lamps.html": BODY}
    others = {"posts/101.opens.csv": "reader@a.example", "emails.csv": "reader@a.example"}
    file = packed({top + name: data for name, data in (pages | others).items()})
    post, draft, talk = archives.members(file, "a.zip", LIMIT)
    assert isinstance(post, Source)
    assert post.place == f"a.zip, {top}posts/101.lamps.html"
    assert post.told.title == "Pond Letter #7: Lamps & lilies"
    assert post.told.subtitle == 'On "light"'
    assert (post.told.date, post.told.date_source) == ("2021-03-04", DateSource.FEED)
    assert (post.told.post_id, post.told.audio) == ("101", "https://a.example/7.mp3")
    assert draft == Skipped(
        f"a.zip, {top}posts/102.draft.html", "is a draft that was not published"
    )
    assert talk == Skipped(f"a.zip, {top}posts/103.talk.html", "has no page in the archive")


def test_a_post_goes_by_its_title_in_the_list_not_by_its_first_heading() -> None:
    file = packed({"posts.csv": POSTS, "posts/101.lamps.html": BODY})
    post = next(iter(archives.members(file, "a.zip", LIMIT)))
    assert isinstance(post, Source)
    reading = take(post)
    assert isinstance(reading, Reading)
    assert reading.metadata.title == "Pond Letter #7: Lamps & lilies"
    assert "What a section is called" in reading.document.text


def test_columns_are_found_by_name_and_the_short_list_does() -> None:
    posts = "title,post_id,is_published\nA title,9.x,true\n,\nToo,many,true,cells,here\n"
    file = packed({"posts.csv": posts, "posts/9.x.html": BODY})
    post, *rest = archives.members(file, "a.zip", LIMIT)
    assert isinstance(post, Source)
    assert post.told.title == "A title"
    assert all(isinstance(each, Skipped) for each in rest)


def test_members_that_cannot_be_read_are_named_and_the_rest_goes_on() -> None:
    bomb = b"0" * 3_000_000
    large = bytes(range(256)) * 16_000
    file = packed({"1.txt": "words", "2.txt": bomb, "3.txt": large, "4.txt": "words"})
    data = bytearray(file.getvalue())
    # The name of the last member in its own header differs from that in the table.
    at = data.index(b"4.txt")
    data[at : at + 1] = b"5"
    lines = told(io.BytesIO(bytes(data)))
    assert lines[0] == "a.zip, 1.txt"
    assert lines[1] == "a.zip, 2.txt! unpacks to far more than any text does"
    assert lines[2] == "a.zip, 3.txt! is too large (4 MB)"
    assert lines[3].startswith("a.zip, 4.txt! is damaged (")


def test_a_member_that_is_damaged_or_encrypted() -> None:
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("a.txt", "some words")
        archive.writestr("b.txt", "other words")
    data = bytearray(file.getvalue())
    data[data.index(b"some words")] ^= 1
    second = data.rindex(b"PK\x01\x02")
    data[second + 8] |= 1
    lines = told(io.BytesIO(bytes(data)))
    assert lines[0].startswith("a.zip, a.txt! is damaged (Bad CRC-32")
    assert lines[1] == "a.zip, b.txt! is encrypted; unpack it and import the file"


@pytest.mark.parametrize(
    ("limit", "reason"), [("MEMBERS", "has 2 members, at most 1"), ("TOTAL", "unpacks to more")]
)
def test_an_archive_of_too_much(monkeypatch: pytest.MonkeyPatch, limit: str, reason: str) -> None:
    monkeypatch.setattr(archives, limit, 1)
    with pytest.raises(InputError) as raised:
        told(packed({"a.txt": "words", "b.txt": "words"}))
    assert raised.value.reason.startswith(reason)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_archive_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a.zip: is a damaged zip archive"):
        told(io.BytesIO(data))


def test_members_of_one_name_and_of_none() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.txt", "The earlier of two.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("one.txt", "The later of two.")
        archive.writestr("x", "Of no name.")
    data = file.getvalue()
    # The directory at the end says that the name has no characters.
    entry = data.rindex(b"PK\x01\x02")
    data = data[: entry + 28] + b"\0\0" + data[entry + 30 :].replace(b"x", b"", 1)
    end = data.rindex(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little") - 1
    data = data[: end + 12] + size.to_bytes(4, "little") + data[end + 16 :]
    found = list(archives.members(io.BytesIO(data), "a.zip", LIMIT))
    assert [each.data for each in found if isinstance(each, Source)] == [b"The later of two."]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
def test_a_damaged_member_is_named_and_the_rest_goes_on(method: int) -> None:
    file = io.BytesIO()
    is_known = method != 99
    with zipfile.ZipFile(file, "w", method if is_known else zipfile.ZIP_STORED) as archive:
        archive.writestr("one.txt", "Some words of the first. " * 50)
        archive.writestr("two.txt", "Other words of the second. " * 50)
    data = bytearray(file.getvalue())
    if is_known:
        start = data.index(b"one.txt") + len("one.txt")
        data[start : start + 30] = bytes(each ^ 0xFF for each in data[start : start + 30])
    else:
        at = data.index(b"PK\x01\x02") + 10
        data[at : at + 2] = method.to_bytes(2, "little")
    damaged, whole = told(io.BytesIO(data))
    assert damaged.startswith("a.zip, one.txt! is damaged (")
    assert whole == "a.zip, two.txt"
