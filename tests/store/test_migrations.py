from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.errors import DamagedError
from chinai_tui.store.envelope import Form
from chinai_tui.store.migrations import Registry, migrate
from chinai_tui.store.repository import StoreFile

FORMAT = "chinai/annotations"


def renamed(tables: dict[str, Any]) -> dict[str, Any]:
    return {"annotations": tables["notes"]}


def with_kind(tables: dict[str, Any]) -> dict[str, Any]:
    rows = {id_: {**row, "kind": "note"} for id_, row in tables["annotations"].items()}
    return {"annotations": rows}


REGISTRY: Registry = {FORMAT: {1: renamed, 2: with_kind}}


def test_steps_run_one_after_the_other() -> None:
    old = {"notes": {"a": {"id": "a"}}}
    assert migrate(old, FORMAT, 1, 3, REGISTRY) == {
        "annotations": {"a": {"id": "a", "kind": "note"}}
    }
    assert old == {"notes": {"a": {"id": "a"}}}


@pytest.mark.parametrize("schema", [3, 4])
def test_a_schema_as_new_or_newer_is_left_alone(schema: int) -> None:
    assert migrate({"x": {}}, FORMAT, schema, 3, REGISTRY) == {"x": {}}


def test_a_schema_that_never_was_is_damage() -> None:
    with pytest.raises(DamagedError, match="schema 0"):
        migrate({}, FORMAT, 0, 3, REGISTRY)


def test_an_old_file_is_read_and_becomes_new_with_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    path.write_bytes(Form(FORMAT, 1, "tables").seal(b'{"notes":{"a":{"id":"a"}}}', generation=4))
    old = path.read_bytes()
    file = StoreFile(path, Form(FORMAT, 3, "tables"), tmp_path / "backups", REGISTRY)
    notes = file.repository("annotations", Annotation, lambda note: note.id)
    assert notes.get("a") == Annotation("a", AnnotationKind.NOTE)
    assert path.read_bytes() == old
    assert file.problems == []
    with file.transaction() as tx:
        tx.put(notes, Annotation("b", AnnotationKind.BOOKMARK))
    assert path.read_bytes().startswith(
        b'{"format":"chinai/annotations","schema":3,"generation":5,'
    )
    again = StoreFile(path, Form(FORMAT, 3, "tables"), tmp_path / "backups")
    assert set(again.repository("annotations", Annotation, lambda note: note.id).all()) == {
        "a",
        "b",
    }
