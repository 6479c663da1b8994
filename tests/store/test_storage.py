from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.table import Document

from chinai_tui.errors import NewerError, StoreError
from chinai_tui.store import files, storage
from chinai_tui.store.backups import THINNED_EVERY, generations
from chinai_tui.store.envelope import Form
from chinai_tui.store.storage import AtomicStorage
from chinai_tui.store.store import Store

FORM = Form("chinai/annotations", 1, "tables")
Save = Callable[..., None]


@pytest.fixture
def saved(folder: Path, save: Save) -> Path:
    """The file of a store with four notes, saved one after the other."""
    save(Store(folder), "n1", "n2", "n3", "n4")
    return folder / "annotations.json"


def ids(folder: Path) -> set[str]:
    return set(Store(folder).annotations.all())


def aside(folder: Path) -> list[Path]:
    return sorted(folder.glob("annotations.json.damaged-*"))


def test_tinydb_works_on_it_and_a_batch_is_one_write(
    tmp_path: Path, faulty: Callable[..., Any]
) -> None:
    database = TinyDB(
        tmp_path / "annotations.json", FORM, tmp_path / "backups", storage=AtomicStorage
    )
    atomic = database.storage
    assert isinstance(atomic, AtomicStorage)
    atomic.load()
    system = faulty()
    with atomic.locked(), atomic.batch():
        database.table("words").insert(Document({"han": "商汤"}, doc_id=1))
        database.table("words").insert(Document({"han": "旷视"}, doc_id=2))
        database.table("others").insert({"x": 1})
    assert system.calls.count("replace") == 1
    assert [row["han"] for row in database.table("words").all()] == ["商汤", "旷视"]
    tables = json.loads((tmp_path / "annotations.json").read_bytes())["tables"]
    assert tables == {
        "words": {"1": {"han": "商汤"}, "2": {"han": "旷视"}},
        "others": {"1": {"x": 1}},
    }
    with pytest.raises(RuntimeError, match="outside of a batch"):
        database.insert({"y": 1})


def test_a_batch_that_breaks_off_changes_nothing(saved: Path) -> None:
    atomic = AtomicStorage(saved, FORM, saved.parent / "backups")
    atomic.load()
    before = atomic.read()

    def break_off() -> None:
        with atomic.locked(), atomic.batch():
            atomic.write({})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert atomic.read() == before
    assert ids(saved.parent) == {"n1", "n2", "n3", "n4"}


@pytest.mark.parametrize("value", ["half \ud800", object(), 1j])
def test_what_is_not_json_is_refused_before_anything_is_written(saved: Path, value: Any) -> None:
    data = saved.read_bytes()
    atomic = AtomicStorage(saved, FORM, saved.parent / "backups")
    atomic.load()
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for bad in (value, deep):
        with pytest.raises(StoreError, match="JSON"), atomic.locked(), atomic.batch():
            atomic.write({"annotations": {"x": {"text": bad}}})
        assert saved.read_bytes() == data


def test_a_new_store_is_no_damage(folder: Path) -> None:
    store = Store(folder)
    assert store.annotations.all() == {}
    assert store.problems == []
    assert not folder.exists()


DAMAGE = {
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "object": b"{}",
    "number": b"0",
    "words": b"not a store at all",
    "zeros": bytes(4096),
    "deep": b"[" * 100_000,
    "not utf-8": b"\xff\xfe{}",
    "plain tinydb": b'{"_default": {"1": {"id": "n1"}}}',
    "other format": Form("chinai/issues", 1, "tables").seal(b"{}", 3),
    "not json": FORM.seal(b"{", 9),
    "no tables": FORM.seal(b"[]", 9),
    "tables are lists": FORM.seal(b'{"annotations":[]}', 9),
    "surrogate": FORM.seal(b'{"annotations":{"a":"\\ud800"}}', 9),
    "sound but deep": FORM.seal(b"[" * 5000, 9),
    "schema 0": FORM.seal(b"{}", 9, schema=0),
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_moved_aside_and_the_newest_good_generation_loaded(
    saved: Path, data: bytes
) -> None:
    saved.unlink()
    saved.write_bytes(data)
    store = Store(saved.parent)
    assert set(store.annotations.all()) == {"n1", "n2", "n3", "n4"}
    (kept,) = aside(saved.parent)
    assert kept.read_bytes() == data
    assert len(store.problems) == 1
    assert kept.name in store.problems[0]
    assert "generation 4" in store.problems[0]
    again = Store(saved.parent)
    assert set(again.annotations.all()) == {"n1", "n2", "n3", "n4"}
    assert again.problems == []


def test_damage_in_place_falls_back_to_the_generation_before(saved: Path) -> None:
    with open(saved, "r+b") as file:  # as a failing disk does: its second name is hit as well
        file.truncate(100)
    assert ids(saved.parent) == {"n1", "n2", "n3"}
    assert ids(saved.parent) == {"n1", "n2", "n3"}


def test_a_missing_file_is_damage_where_there_are_generations(saved: Path) -> None:
    saved.unlink()
    store = Store(saved.parent)
    assert set(store.annotations.all()) == {"n1", "n2", "n3", "n4"}
    assert "missing" in store.problems[0]
    assert saved.exists()


def test_a_folder_or_pipe_in_its_place_is_moved_aside(saved: Path, save: Save) -> None:
    for number, make in enumerate((os.mkdir, os.mkfifo), start=1):
        saved.unlink()
        make(saved)
        store = Store(saved.parent)
        assert len(store.annotations.all()) == 3 + number
        assert "not a file" in store.problems[0]
        save(store, f"after {number}")


def test_damage_without_a_backup_is_kept_and_said(folder: Path, save: Save) -> None:
    folder.mkdir()
    (folder / "annotations.json").write_bytes(b'{"my":"notes"}')
    store = Store(folder)
    assert store.annotations.all() == {}
    assert "no good backup" in store.problems[0]
    assert aside(folder)[0].read_bytes() == b'{"my":"notes"}'
    save(store, "n1")
    assert ids(folder) == {"n1"}


def test_damage_of_everything_is_kept_and_what_follows_counts_as_newer(
    saved: Path, save: Save
) -> None:
    for path in (saved, *(saved.parent / "backups").iterdir()):
        path.unlink()
        path.write_bytes(b"damaged")
    store = Store(saved.parent)
    assert store.annotations.all() == {}
    save(store, "m1", "m2", "m3")
    saved.unlink()
    assert ids(saved.parent) == {"m1", "m2", "m3"}


def test_truncations_and_flips_are_all_recovered(saved: Path) -> None:
    good = saved.read_bytes()
    chance = random.Random(3)  # noqa: S311
    damaged = [good[: chance.randrange(len(good))] for _ in range(25)]
    for _ in range(25):
        place, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
        damaged.append(good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :])
    for data in damaged:
        saved.unlink()
        saved.write_bytes(data)
        assert ids(saved.parent) == {"n1", "n2", "n3", "n4"}
    assert [path.read_bytes() for path in aside(saved.parent)] != []
    assert sorted(path.read_bytes() for path in aside(saved.parent)) == sorted(damaged)


def test_a_running_program_still_has_what_the_backups_have_not(saved: Path, save: Save) -> None:
    store = Store(saved.parent)
    store.annotations.all()
    for backup in (saved.parent / "backups").iterdir():
        backup.unlink()
        backup.write_bytes(b"")
    saved.unlink()
    assert store.annotations_file.refresh()
    assert set(store.annotations.all()) == {"n1", "n2", "n3", "n4"}
    save(store, "n5")
    assert ids(saved.parent) == {"n1", "n2", "n3", "n4", "n5"}


def test_a_folder_deleted_under_a_running_program_comes_back_with_the_next_save(
    saved: Path, save: Save
) -> None:
    store = Store(saved.parent)
    store.annotations.all()
    shutil.rmtree(saved.parent)
    save(store, "n5")
    assert ids(saved.parent) == {"n1", "n2", "n3", "n4", "n5"}


def test_generations_go_on_counting_after_damage(saved: Path, save: Save) -> None:
    with open(saved, "r+b") as file:
        file.truncate(100)
    store = Store(saved.parent)
    store.annotations.all()
    assert json.loads(saved.read_bytes())["generation"] == 5
    save(store, "n6")
    assert json.loads(saved.read_bytes())["generation"] == 6


def test_what_cannot_be_mended_is_shown_and_never_written_over(
    saved: Path, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.unlink()
    saved.write_bytes(b"damaged")

    def rename(*args: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(files.os, "rename", rename)
    store = Store(saved.parent)
    assert set(store.annotations.all()) == {"n1", "n2", "n3", "n4"}
    assert "Read-only file system" in store.problems[0]
    assert not store.refresh()
    with pytest.raises(StoreError, match="damaged"):
        save(store, "n5")
    assert saved.read_bytes() == b"damaged"
    monkeypatch.undo()
    save(store, "n5")
    assert ids(saved.parent) == {"n1", "n2", "n3", "n4", "n5"}
    assert aside(saved.parent)[0].read_bytes() == b"damaged"


def test_a_newer_schema_is_read_and_left_alone(saved: Path, save: Save) -> None:
    newer = Form(FORM.format, 2, FORM.field).seal(
        b'{"annotations":{"n9":{"id":"n9","kind":"note","colour":"red"}},"threads":{}}', 12
    )
    saved.write_bytes(newer)
    store = Store(saved.parent)
    assert set(store.annotations.all()) == {"n9"}
    assert "newer version" in store.problems[0]
    with pytest.raises(NewerError, match="schema 2"):
        save(store, "n10")
    assert saved.read_bytes() == newer
    assert aside(saved.parent) == []


def test_an_unreadable_file_is_no_damage(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(StoreError, match="cannot be read: Permission denied"):
        Store(saved.parent).annotations.all()
    monkeypatch.undo()
    assert aside(saved.parent) == []


def test_another_programs_lock_is_waited_for_and_then_told(
    saved: Path, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(storage, "LOCK_SECONDS", 0.05)
    store = Store(saved.parent)
    with FileLock(f"{saved}.lock"), pytest.raises(StoreError, match="another program"):
        save(store, "n5")
    save(store, "n5")
    assert ids(saved.parent) == {"n1", "n2", "n3", "n4", "n5"}


def test_everything_is_for_the_user_alone(saved: Path) -> None:
    for path in saved.parent.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    assert saved.parent.stat().st_mode & 0o777 == 0o700


def test_the_newest_three_generations_are_kept(saved: Path) -> None:
    kept = sorted((saved.parent / "backups").iterdir())
    assert [json.loads(path.read_bytes())["generation"] for path in kept] == [2, 3, 4]


def test_generations_are_thinned_every_few_saves(folder: Path, save: Save) -> None:
    store = Store(folder)
    for number in range(3 * THINNED_EVERY):
        save(store, str(number))
        kept = generations(folder / "backups", "annotations")
        assert kept[0].number == number + 1
        assert len(kept) < 3 + THINNED_EVERY
    assert len(kept) == 3


@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("damage", [b"", None])
def test_faults_while_mending_lose_nothing(
    tmp_path: Path,
    save: Save,
    faulty: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    damage: bytes | None,
    forever: bool,
) -> None:
    number, failures = 0, 0
    while True:
        number += 1
        folder = tmp_path / str(number)
        save(Store(folder), "n1", "n2")
        (folder / "annotations.json").unlink()
        if damage is not None:
            (folder / "annotations.json").write_bytes(damage)
        store = Store(folder)
        system = faulty(number, forever=forever)
        try:
            # A backup that cannot be read makes the one before it the newest good one.
            assert set(store.annotations.all()) <= {"n1", "n2"}
        except StoreError:
            failures += 1
        monkeypatch.undo()
        if not system.failed:
            break
        assert ids(folder) >= {"n1"}
        if damage is not None:
            assert [path.read_bytes() for path in aside(folder)] == [damage]
    assert number > 20
