from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.domain.annotation import Annotation
from chinai_tui.errors import StoreError
from chinai_tui.store.envelope import Form
from chinai_tui.store.records import UndoStep, step_id
from chinai_tui.store.store import Store

Note = Callable[..., Annotation]
Save = Callable[..., None]
ErrorOf = Callable[[Callable[[], object]], StoreError | None]
FORM = Form("chinai/annotations", 1, "tables")


def write(folder: Path, tables: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "annotations.json").write_bytes(FORM.seal(json.dumps(tables).encode(), 3))


def on_disk(folder: Path) -> dict[str, Any]:
    tables: dict[str, Any] = json.loads((folder / "annotations.json").read_bytes())["tables"]
    return tables


def test_what_was_put_is_there_at_once_and_after_a_restart(
    store: Store, folder: Path, note: Note
) -> None:
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("a", text="商汤"))
    for each in (store, Store(folder)):
        assert each.annotations.get("a") == note("a", text="商汤")
        assert each.annotations.get("b") is None


def test_records_are_replaced_and_deleted(
    store: Store, folder: Path, note: Note, save: Save
) -> None:
    save(store, "a", "b", "c")
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("b", text="new"))
        tx.delete(store.annotations, "a")
        tx.delete(store.annotations, "never there")
    for each in (store, Store(folder)):
        assert dict(each.annotations.all()) == {"b": note("b", text="new"), "c": note("c")}


def test_a_transaction_sees_its_own_changes_and_nobody_else_does(
    store: Store, note: Note, save: Save
) -> None:
    save(store, "a", "b")
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("c"))
        tx.delete(store.annotations, "a")
        assert tx.get(store.annotations, "a") is None
        assert tx.get(store.annotations, "c") == note("c")
        assert set(tx.all(store.annotations)) == {"b", "c"}
        assert set(store.annotations.all()) == {"a", "b"}
        tx.put(store.annotations, note("a", text="again"))
        tx.delete(store.annotations, "c")
    assert dict(store.annotations.all()) == {"a": note("a", text="again"), "b": note("b")}


def test_tables_of_one_file_change_together(store: Store, folder: Path, note: Note) -> None:
    step = UndoStep(step_id(1), "note added", after=(note("a"),))
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("a"))
        tx.put(store.undo, step)
    assert Store(folder).undo.get(step_id(1)) == step
    assert json.loads((folder / "annotations.json").read_bytes())["generation"] == 1

    def break_off() -> None:
        with store.annotations_file.transaction() as tx:
            tx.delete(store.annotations, "a")
            tx.delete(store.undo, step_id(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    for each in (store, Store(folder)):
        assert set(each.annotations.all()) == {"a"}
        assert set(each.undo.all()) == {step_id(1)}


def test_a_step_keeps_its_correction_and_an_older_one_has_none(store: Store, folder: Path) -> None:
    step = UndoStep(step_id(1), "mended", correction='[[not]]\r\ntext = "a"\r\n', issue="a-1")
    with store.annotations_file.transaction() as tx:
        tx.put(store.undo, step)
        tx.put(store.undo, UndoStep(step_id(2), "note added"))
    assert Store(folder).undo.get(step_id(1)) == step
    codec = store.undo.codec
    older = codec.encode(UndoStep(step_id(2), "note added"), None)
    for key in ("correction", "issue"):
        older.pop(key, None)
    assert codec.decode(step_id(2), older) == UndoStep(step_id(2), "note added")


def test_a_repository_of_another_file_is_refused(store: Store) -> None:
    with store.annotations_file.transaction() as tx, pytest.raises(ValueError, match="session"):
        tx.delete(store.session, "x")


def test_what_changes_nothing_is_not_written(store: Store, note: Note, save: Save) -> None:
    save(store, "a")
    before = store.annotations_file.stamp()
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("a", text="else"))
        tx.put(store.annotations, note("a"))
        tx.delete(store.annotations, "b")
    assert store.annotations_file.stamp() == before


def test_one_transaction_is_at_most_one_read_and_one_write(
    store: Store, folder: Path, note: Note, save: Save, faulty: Callable[..., Any]
) -> None:
    save(store, "a")
    system = faulty()
    with store.annotations_file.transaction() as tx:
        for number in range(50):
            tx.put(store.annotations, note(f"n{number}"))
            tx.put(store.undo, UndoStep(step_id(number), "step"))
    assert (system.calls.count("read"), system.calls.count("replace")) == (0, 1)
    save(Store(folder), "elsewhere")
    system.calls.clear()
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("b"))
    assert system.calls.count("read") == 2  # the file and its end
    assert system.calls.count("replace") == 1


def test_reading_touches_no_file(
    store: Store, note: Note, save: Save, faulty: Callable[..., Any]
) -> None:
    save(store, "a")
    system = faulty()
    assert store.annotations.get("a") == note("a")
    assert set(store.annotations.all()) == {"a"}
    assert store.annotations.stamp() is not None
    assert system.calls == []


def test_a_snapshot_stays_as_it_was_and_cannot_be_changed(
    store: Store, note: Note, save: Save
) -> None:
    save(store, "a")
    snapshot = store.annotations.all()
    save(store, "b")
    assert set(snapshot) == {"a"}
    with pytest.raises(TypeError):
        snapshot["c"] = note("c")  # type: ignore[index]


def test_another_programs_writes_are_seen_in_a_transaction_and_after_a_refresh(
    store: Store, folder: Path, note: Note, save: Save
) -> None:
    save(store, "a")
    other = Store(folder)
    save(other, "b")
    assert set(store.annotations.all()) == {"a"}
    assert store.annotations.stamp() != store.annotations_file.stamp()
    assert store.annotations_file.refresh()
    assert not store.annotations_file.refresh()
    assert store.annotations.stamp() == store.annotations_file.stamp()
    assert set(store.annotations.all()) == {"a", "b"}
    save(other, "c")
    with store.annotations_file.transaction() as tx:
        assert set(tx.all(store.annotations)) == {"a", "b", "c"}
    save(store, "d")
    assert set(Store(folder).annotations.all()) == {"a", "b", "c", "d"}


def test_transactions_do_not_nest(store: Store, save: Save) -> None:
    file = store.annotations_file
    with file.transaction(), pytest.raises(RuntimeError, match="open already"):
        save(store, "a")
    save(store, "a")
    assert set(store.annotations.all()) == {"a"}


def test_threads_lose_nothing(store: Store, folder: Path, note: Note) -> None:
    def work(name: str) -> None:
        for number in range(10):
            with store.annotations_file.transaction() as tx:
                count = tx.get(store.annotations, "count") or note("count", text="0")
                tx.put(store.annotations, replace(count, text=str(int(count.text) + 1)))
                tx.put(store.annotations, note(f"{name}{number}"))
            store.annotations_file.refresh()
            assert store.annotations.get(f"{name}{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Store(folder).annotations.all()) == 41
    assert store.annotations.get("count") == note("count", text="40")


def test_unknown_fields_and_tables_survive(store: Store, folder: Path, note: Note) -> None:
    row = {"id": "a", "kind": "note", "colour": "red"}
    other = {"id": "b", "kind": "note", "shape": {"round": True}}
    write(folder, {"annotations": {"a": row, "b": other}, "threads": {"t": [1, 2]}})
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, note("a", text="new"))
    after = on_disk(folder)
    assert after["annotations"]["a"]["colour"] == "red"
    assert after["annotations"]["a"]["text"] == "new"
    assert after["annotations"]["b"] == other
    assert after["threads"] == {"t": [1, 2]}


def test_what_does_not_validate_is_kept_and_told_and_not_written_over(
    store: Store, folder: Path, note: Note, save: Save
) -> None:
    invalid = {"a": {"id": "a", "kind": "sermon"}, "b": 5, "c": {"id": "x", "kind": "note"}}
    write(folder, {"annotations": {**invalid, "d": {"id": "d", "kind": "note"}}})
    assert set(store.annotations.all()) == {"d"}
    assert len(store.problems) == 3
    assert "'a'" in store.problems[0]
    assert "sermon" in store.problems[0]
    with pytest.raises(StoreError, match="sermon"):
        save(store, "a")
    with pytest.raises(StoreError, match="'b'"), store.annotations_file.transaction() as tx:
        tx.delete(store.annotations, "b")
    save(store, "e")
    after = on_disk(folder)["annotations"]
    assert {id_: after[id_] for id_ in invalid} == invalid
    assert set(after) == {*invalid, "d", "e"}
    assert len(store.problems) == 3


@pytest.mark.parametrize("fields", [{"text": 5}, {"text": "\ud800"}, {"tags": "abc"}])
def test_a_record_that_could_not_be_read_again_is_not_taken(
    store: Store, note: Note, fields: dict[str, Any]
) -> None:
    file = store.annotations_file
    with pytest.raises(StoreError, match="annotations 'a'"), file.transaction() as tx:
        tx.put(store.annotations, note("a", **fields))
    assert store.annotations.all() == {}


@pytest.mark.parametrize("forever", [False, True])
def test_whatever_call_fails_old_or_new_state_and_the_user_is_told(
    tmp_path: Path,
    note: Note,
    save: Save,
    faulty: Callable[..., Any],
    error_of: ErrorOf,
    monkeypatch: pytest.MonkeyPatch,
    forever: bool,
) -> None:
    number, failures = 0, 0
    while True:
        number += 1
        store = Store(tmp_path / str(number))
        save(store, "a", "b", "c", "d")  # so that a generation leaves with the next
        system = faulty(number, forever=forever)
        error = error_of(partial(save, store, "e"))
        monkeypatch.undo()
        old, new = set("abcd"), set("abcde")
        assert set(store.annotations.all()) == (old if error else new)
        if error:
            assert "not saved" in str(error) or "cannot be read" in str(error)
            failures += 1
        assert set(Store(tmp_path / str(number)).annotations.all()) in (
            [new] if not error else [old, new]
        )
        save(store, "f")
        assert set(Store(tmp_path / str(number)).annotations.all()) - {"e"} == set("abcdf")
        assert store.problems == []
        if not system.failed:
            break
    assert failures >= 10
