from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from chinai_tui.errors import InputError
from chinai_tui.ingest import mailboxes
from chinai_tui.ingest.mailboxes import is_mailbox, messages
from chinai_tui.ingest.reader import take
from chinai_tui.ingest.reading import Several, Source
from chinai_tui.ingest.senders import wanted
from tests.ingest import mails

FROM = b"From aletter@substack.com Mon Jul  7 11:10:23 2025\n"
OTHER = b"From: A Friend <friend@example.org>\nSubject: tea\n\nTea?\n"


def mbox(path: Path, *data: bytes, end: bytes = b"\n") -> Path:
    path.write_bytes(b"".join(FROM + each + b"\n" for each in data).replace(b"\n", end))
    return path


def sources(path: Path) -> list[Source]:
    found = list(messages(path))
    assert all(isinstance(each, Source) for each in found)
    return [each for each in found if isinstance(each, Source)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_mbox(tmp_path: Path, end: bytes) -> None:
    path = mbox(tmp_path / "mails.mbox", mails.mail(), OTHER, mails.mail(), end=end)
    found = sources(path)
    assert [each.place for each in found] == [f"{path}, message {n}" for n in (1, 2, 3)]
    assert {each.format for each in found} == {"mail"}
    assert found[1].data.split() == OTHER.split()


def test_lines_that_only_look_like_separators(tmp_path: Path) -> None:
    body = (
        b"From: a@example.org\n\nFrom here to 10:30 2025 it was quiet.\n\nFrom there on not.\n\n"
        b">From the province, 2025, at 10:30:00\n>>From the town\n"
        b"From x@example.org Mon Jul  7 11:10:23 2025\nno: blank line above this\n"
    )
    (found,) = sources(mbox(tmp_path / "a.mbox", body))
    assert found.data.count(b"\nFrom ") == 4
    assert b"\n>From the town" in found.data


@pytest.mark.parametrize(
    "line",
    [
        b"From - Mon Jul 07 11:10:23 2025\n",
        b"From 1837@xxx Mon Jul 07 11:10:23 +0000 2025\n",
        b"From MAILER-DAEMON Mon Jul  7 11:10 2025\n>From other Mon Jul  7 11:10 2025\n",
    ],
)
def test_forms_of_the_separator(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "inbox"
    path.write_bytes(line + OTHER + b"\n" + line + OTHER)
    assert is_mailbox(path)
    assert len(sources(path)) == 2


def test_a_separator_over_the_edge_of_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = mbox(tmp_path / "a.mbox", *(OTHER.replace(b"Tea?", b"Tea? %d" % n) for n in range(40)))
    for size in (1300, 1301, 1350):
        monkeypatch.setattr(mailboxes, "_CHUNK", size)
        assert [each.data.split()[-1] for each in sources(path)] == [b"%d" % n for n in range(40)]


def test_a_mail_over_the_limit_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "SIZE_LIMIT", 5000)
    monkeypatch.setattr(mailboxes, "_CHUNK", 2000)
    path = mbox(tmp_path / "a.mbox", OTHER, OTHER + b"x\n" * 9000, OTHER)
    first, large, last = messages(path)
    assert isinstance(large, InputError)
    assert large.place == f"{path}, message 2"
    assert large.reason.startswith("is too large")
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert last.data == first.data


def test_the_memory_does_not_grow_with_the_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        for _ in range(4000):
            file.write(FROM + OTHER + b"x" * 4000 + b"\n\n")
    tracemalloc.start()
    count = sum(1 for _ in messages(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4000
    assert peak < path.stat().st_size / 4


def maildir(path: Path, *data: bytes) -> None:
    for name in ("cur", "new", "tmp"):
        (path / name).mkdir(parents=True)
    for number, each in enumerate(data):
        (path / ("new", "cur")[number % 2] / f"170{number}.M1.host:2,S").write_bytes(each)


def test_a_maildir_with_its_subfolders(tmp_path: Path) -> None:
    box = tmp_path / "Mail"
    maildir(box, OTHER, mails.mail())
    maildir(box / ".ChinAI", mails.mail())
    maildir(box / "Lists", OTHER)
    (box / "tmp" / "unfinished").write_bytes(OTHER)
    (box / "cur" / ".hidden").write_bytes(OTHER)
    assert is_mailbox(box)
    found = [Path(each.place).relative_to(box).as_posix() for each in sources(box)]
    assert found == [
        "cur/1701.M1.host:2,S", "new/1700.M1.host:2,S", ".ChinAI/new/1700.M1.host:2,S",
        "Lists/new/1700.M1.host:2,S",
    ]  # fmt: skip


def test_folders_of_maildirs(tmp_path: Path) -> None:
    maildir(tmp_path / "visible" / "Inbox", OTHER)
    maildir(tmp_path / "hidden" / ".Inbox", OTHER)
    assert not is_mailbox(tmp_path / "visible")
    assert is_mailbox(tmp_path / "hidden")
    assert len(sources(tmp_path)) == 2


@pytest.mark.parametrize("data", [b"", b"words", b"From me to you\n\nwords", mails.mail()])
def test_what_is_no_mailbox(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert not is_mailbox(path)
    assert not is_mailbox(path, data)
    assert not is_mailbox(tmp_path)


def test_a_mailbox_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        list(messages(tmp_path / "none"))


def test_newsletters_among_other_mail(tmp_path: Path) -> None:
    path = mbox(tmp_path / "a.mbox", OTHER, mails.mail(), OTHER)
    kept = [each.place for each in sources(path) if wanted(each.data, ["aletter.substack.com"])]
    assert kept == [f"{path}, message 2"]


def test_an_mbox_that_came_as_a_whole(tmp_path: Path) -> None:
    data = mbox(tmp_path / "a", mails.mail(), OTHER).read_bytes()
    taken = take(Source("standard input", "", data))
    assert isinstance(taken, Several)
    assert [each.format for each in taken.sources] == ["mail", "mail"]
    assert all(each.among_mail for each in taken.sources)
