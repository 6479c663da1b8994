from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.domain.annotation import Annotation, ReadingState
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.store import files
from chinai_tui.store.records import SessionValue
from chinai_tui.store.store import Store

Save = Callable[..., None]


def stamps(store: Store) -> tuple[files.Stamp | None, ...]:
    return files.stamps(file.path for file in store.files)


def test_an_empty_folder_is_neither_read_nor_filled(
    folder: Path, faulty: Callable[..., Any]
) -> None:
    system = faulty()
    store = Store(folder)
    assert system.calls == []
    assert store.annotations.all() == store.issues.all() == store.session.all() == {}
    assert stamps(store) == (None, None, None)
    assert store.refresh() == ()
    assert store.problems == []
    assert not folder.exists()


def test_the_first_save_makes_every_folder_above_it_durable(
    tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    monkeypatch.setattr(files.os, "fsync", lambda fd: synced.add(os.fstat(fd).st_ino))
    save(Store(tmp_path / "a" / "data"), "n")
    store_file = tmp_path / "a" / "data" / "annotations.json"
    assert {path.stat().st_ino for path in (store_file, *store_file.parents[:3])} <= synced


def test_each_record_has_its_file(store: Store, folder: Path, save: Save) -> None:
    save(store, "a")
    with store.reading_file.transaction() as tx:
        tx.put(store.reading, ReadingState("chinai-94", read=True))
        tx.put(store.session, SessionValue("theme", "dark"))
    with store.issues_file.transaction() as tx:
        tx.put(store.issues, Issue("chinai-94", "chinai", "A title"))
        tx.put(store.publications, Publication("chinai", "ChinAI"))
    again = Store(folder)
    assert set(again.annotations.all()) == {"a"}
    assert again.reading.get("chinai-94") == ReadingState("chinai-94", read=True)
    assert again.session.get("theme") == SessionValue("theme", "dark")
    assert again.issues.get("chinai-94") == Issue("chinai-94", "chinai", "A title")
    assert again.publications.get("chinai") == Publication("chinai", "ChinAI")
    assert {path.name for path in folder.glob("*.json")} == {
        "annotations.json",
        "issues.json",
        "reading.json",
    }


def test_issues_are_not_opened_before_they_are_asked_for(
    store: Store, folder: Path, save: Save
) -> None:
    save(store, "a")
    (folder / "issues.json").write_bytes(b"damaged")
    other = Store(folder)
    assert set(other.annotations.all()) == {"a"}
    assert (other.refresh(), other.problems) == ((), [])
    assert (folder / "issues.json").read_bytes() == b"damaged"
    assert other.issues.all() == {}
    assert "issues.json" in other.problems[0]


def test_stamps_and_refresh_tell_what_another_program_wrote(
    store: Store, folder: Path, save: Save
) -> None:
    save(store, "a")
    before = stamps(store)
    other = Store(folder)
    save(other, "b")
    after = stamps(store)
    assert [one == two for one, two in zip(before, after, strict=True)] == [False, True, True]
    assert store.refresh() == (store.annotations_file,)
    assert store.refresh() == ()


def test_what_is_imported_for_reading_is_little() -> None:
    code = (
        "import sys, chinai_tui.store; "
        "print(*{'filelock', 'sqlite3', 'textual', 'rich'} & set(sys.modules))"
    )
    root = Path(sys.modules["chinai_tui"].__path__[0]).parent
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == ""


def test_a_note_is_the_same_object_until_it_changes(store: Store, save: Save) -> None:
    save(store, "a")
    first = store.annotations.get("a")
    save(store, "b")
    assert isinstance(first, Annotation)
    assert store.annotations.get("a") is first
