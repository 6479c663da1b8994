from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.store import files
from chinai_tui.store.leavings import left_over


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    first = files.replace(path, b"old")
    second = files.replace(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert first != second == files.stamp(path)
    assert files.read(path) == (b"newer", second)
    assert names(tmp_path) == ["a.json"]


def test_folders_and_files_are_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "a.json"
    files.replace(path, b"x", also=tmp_path / "three" / "b.json")
    for folder in (tmp_path / "one", path.parent, tmp_path / "three"):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_second_name_costs_no_space_and_outlives_the_file(tmp_path: Path) -> None:
    path, also = tmp_path / "a.json", tmp_path / "backups" / "a-1.json"
    files.replace(path, b"first", also)
    assert also.stat().st_ino == path.stat().st_ino
    files.replace(path, b"second", tmp_path / "backups" / "a-2.json")
    assert also.read_bytes() == b"first"


def test_without_links_the_second_name_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(files.os, "link", link)
    path, also = tmp_path / "a.json", tmp_path / "a-1.json"
    files.replace(path, b"words", also)
    assert also.read_bytes() == b"words"
    assert also.stat().st_ino != path.stat().st_ino
    assert also.stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_place_of_a_file_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, path = tmp_path / "elsewhere" / "a.json", tmp_path / "a.json"
    target.write_bytes(b"old")
    path.symlink_to(target)
    files.replace(path, b"new")
    assert path.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["a.json"]


def test_what_a_killed_writer_left_is_in_nobodys_way(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / ".a.json.tmp").symlink_to(victim)
    files.replace(tmp_path / "a.json", b"new")
    assert victim.read_bytes() == b"precious"
    assert names(tmp_path) == ["a.json", "victim"]


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(files.os, "write", lambda fd, data: write(fd, bytes(data[:3])))
    files.replace(tmp_path / "a", b"a longer text")
    assert (tmp_path / "a").read_bytes() == b"a longer text"


def test_many_files_in_many_folders(tmp_path: Path) -> None:
    many = [(tmp_path / str(n % 7) / str(n), str(n).encode()) for n in range(200)]
    files.replace_many(many)
    assert all(path.read_bytes() == data for path, data in many)
    assert all(len(list(folder.iterdir())) in (28, 29) for folder in tmp_path.iterdir())


@pytest.mark.parametrize("count", [3, 100])
def test_every_file_and_every_folder_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    synced: set[int] = set()
    fsync = os.fsync

    def record(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(files.os, "fsync", record)
    files.replace_many([(tmp_path / "a" / "b" / str(n), b"x") for n in range(count)])
    files.replace(tmp_path / "c" / "d", b"x")
    assert {path.stat().st_ino for path in (tmp_path, *tmp_path.rglob("*"))} == synced


def test_of_many_files_none_is_closed_while_it_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, failed, synced = os.fsync, threading.Event(), []

    def first_fails(descriptor: int) -> None:
        if not failed.is_set():
            failed.set()
            raise OSError(errno.EIO, "Input/output error")
        fsync(descriptor)
        synced.append(descriptor)

    monkeypatch.setattr(files.os, "fsync", first_fails)
    with pytest.raises(OSError, match="Input/output error"):
        files.replace_many([(tmp_path / f"{number}", b"x") for number in range(40)])
    assert len(synced) == 39
    assert names(tmp_path) == []


def test_the_threads_that_sync_are_there_once(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        files.replace_many([(tmp_path / folder / f"{number}", b"x") for number in range(40)])
    assert sum(each.name.startswith("chinai-sync") for each in threading.enumerate()) <= 16


def test_of_many_files_a_failed_sync_is_told_and_no_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 5:
            raise OSError(errno.EIO, "the disk is gone")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        files.replace_many((tmp_path / f"{number}.json", b"x") for number in range(20))
    assert names(tmp_path) == []


@pytest.mark.parametrize("forever", [False, True])
def test_whatever_call_fails_the_file_is_the_old_or_the_new_one(
    tmp_path: Path,
    faulty: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    forever: bool,
) -> None:
    number, failures = 0, 0
    while True:
        number += 1
        folder = tmp_path / f"{forever}-{number}"
        path, also = folder / "a", folder / "backups" / "a-2"
        files.replace(path, b"old")
        system = faulty(number, forever=forever)
        try:
            files.replace(path, b"new", also)
            acknowledged = True
        except OSError:
            acknowledged = False
            failures += 1
        monkeypatch.undo()
        if not system.failed:
            break
        assert path.read_bytes() == b"new" or (not acknowledged and path.read_bytes() == b"old")
        if not forever and not acknowledged:
            assert not (folder / ".a.tmp").exists()
    assert failures >= 10


def test_reading_takes_only_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(files.NotAFileError):
            files.read(path)
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path / "nothing")


def test_moving_aside_overwrites_nothing(tmp_path: Path) -> None:
    moved = []
    for text in ("one", "two", "three"):
        (tmp_path / "a").write_text(text)
        moved.append(files.move_aside(tmp_path / "a", "damaged-now"))
    assert [path.name for path in moved] == ["a.damaged-now", "a.damaged-now-2", "a.damaged-now-3"]
    assert [path.read_text() for path in moved] == ["one", "two", "three"]


def test_holding_is_of_the_very_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"words")
    assert files.holds(tmp_path / "a", b"words")
    assert not files.holds(tmp_path / "a", b"Words")
    assert not files.holds(tmp_path / "b", b"words")
    assert not files.holds(tmp_path, b"words")


def test_of_many_files_a_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "a.md", tmp_path / "a.md"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link.symlink_to(target)
    files.replace_many([(link, b"new")])
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["a.md"]


@pytest.mark.skipif(os.name == "nt", reason="no permissions")
def test_plain_files_keep_their_permissions(tmp_path: Path) -> None:
    old, new, like, own = (tmp_path / name for name in ("old", "new", "like", "own"))
    like.write_bytes(b"")
    old.write_bytes(b"old")
    old.chmod(0o664)
    files.replace_many([(old, b"x"), (new, b"x")], plain=True)
    files.replace_many([(own, b"x")])
    modes = [path.stat().st_mode & 0o777 for path in (old, new, own)]
    assert modes == [0o664, like.stat().st_mode & 0o777, 0o600]


def test_what_may_not_be_replaced_is_left(tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", tmp_path / "other"
    kept.write_bytes(b"mine")
    left = files.replace_many([(kept, b"x"), (other, b"x")], may=lambda path: path != kept)
    assert left == [kept]
    assert kept.read_bytes() == b"mine"
    assert names(tmp_path) == ["kept", "other"]


def test_only_old_files_of_our_own_naming_are_left_over(tmp_path: Path) -> None:
    old = [".a.json.12-34.tmp", ".b.json.tmp", "c.tmp", ".d.12-34.tmp.json", ".e.12-34.tmp"]
    fresh = f".f.json.{os.getpid()}-34.tmp"
    for name in (*old, fresh):
        (tmp_path / name).touch()
    for name in old:
        os.utime(tmp_path / name, (0, 0))
    found = left_over([tmp_path, tmp_path / "none", tmp_path / "c.tmp"])
    assert sorted(path.name for path in found) == [".a.json.12-34.tmp", ".e.12-34.tmp"]
    assert files.remove([*found, tmp_path / "none"]) == found
    assert names(tmp_path) == [".b.json.tmp", ".d.12-34.tmp.json", fresh, "c.tmp"]


def test_what_many_files_leave_behind_is_known_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context:
        # What is killed takes nothing away.
        context.setattr(files, "remove", lambda paths: None)
        context.setattr(files.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            files.replace_many([(tmp_path / "a.json", b"x")])
    (left,) = tmp_path.iterdir()
    assert left_over([tmp_path]) == []
    os.utime(left, (0, 0))
    assert left_over([tmp_path]) == [left]
