"""Indexing and marking what waits, in processes of its own."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.entity import EntityKind
from chinai_tui.errors import StoreError
from chinai_tui.index.schema import VERSION
from chinai_tui.paths import Paths
from chinai_tui.workspace import Changed, Progress, Workspace, care, upkeep
from chinai_tui.workspace import workspace as opening

LETTERS = 6
Told = dict[str, Any]


@pytest.fixture
def letters(workspace: Workspace, tmp_path: Path) -> list[str]:
    """Issues that name somebody whom the catalogue lacks."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(LETTERS):
        text = f"Lotus Letter #{number + 1}: A pond\n\nHuawei met Lily Robotics {number} times.\n"
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return list(workspace.transfer.import_paths([folder]).added)


def mend(workspace: Workspace) -> None:
    lily = workspace.mending.new_entity("Lily Robotics", EntityKind.COMPANY)
    workspace.mending.apply(lily)


def naming(workspace: Workspace) -> int:
    return len(workspace.entities.summary("lily-robotics").timeline)


def test_a_process_marks_what_waits_and_tells_how_far_it_is(
    workspace: Workspace, letters: list[str]
) -> None:
    mend(workspace)
    assert workspace.care.is_behind
    total = len(workspace.library.rows().rows)
    told: list[Progress] = []
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    workspace.care.catch_up(told.append)
    assert naming(workspace) == LETTERS
    assert not workspace.care.is_behind
    assert told[-1] == Progress(total, total)
    assert [each.library for each in changes] == [True]
    assert changes[0].issues == frozenset(letters)


def test_who_is_named_where_is_written_down_at_the_end(
    workspace: Workspace, letters: list[str], paths: Paths
) -> None:
    mend(workspace)
    workspace.care.catch_up()
    with sqlite3.connect(paths.index) as connection:
        (issues,) = connection.execute(
            "SELECT issues FROM presence WHERE entity = 'lily-robotics'"
        ).fetchone()
    assert int.from_bytes(issues, "little").bit_count() == LETTERS


def test_nothing_waits_after_an_import(workspace: Workspace, letters: list[str]) -> None:
    assert not workspace.care.is_behind
    workspace.care.catch_up(lambda _: pytest.fail("nothing is to be done"))


def test_two_processes_share_the_work(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "MANY", 1)
    monkeypatch.setattr(upkeep.os, "cpu_count", lambda: 2)
    mend(workspace)
    told: list[Progress] = []
    workspace.care.catch_up(told.append)
    assert len(told) == 2
    assert naming(workspace) == LETTERS
    assert not workspace.care.is_behind


def test_what_was_done_when_it_is_stopped_stays_and_it_goes_on_there(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(workspace)
    before = workspace._core.index.behind()
    monkeypatch.setattr(upkeep, "BATCH", 1)
    upkeep.work(paths, 0, 1, lambda count: False)
    assert workspace._core.index.behind() == before[1:]
    seen: list[int] = []
    upkeep.work(paths, 0, 1, lambda count: not seen.append(count))
    assert seen == [1] * (len(before) - 1)
    assert naming(workspace) == LETTERS


def test_a_process_that_is_told_to_ends_at_its_next_batch(
    workspace: Workspace,
    letters: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = "from chinai_tui.workspace import upkeep as r; import sys; r.BATCH = 1;"
    code += "sys.exit(r.main(sys.argv[1:]))"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    mend(workspace)
    waiting = len(workspace._core.index.behind())
    stop = threading.Event()
    told: list[int] = []

    def tell(progress: Progress) -> None:
        told.append(progress.done)
        if progress.done == 2:
            stop.set()

    workspace.care.catch_up(tell, stop)
    assert told == [1, 2]
    assert len(workspace._core.index.behind()) == waiting - 2
    workspace.care.catch_up()
    assert not workspace.care.is_behind


def test_a_process_that_fails_says_why(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "raise SystemExit('the pond is dry')"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    mend(workspace)
    with pytest.raises(StoreError, match="the pond is dry; it goes on at the next start"):
        workspace.care.catch_up()
    assert workspace.care.is_behind


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="there are no sessions")
def test_a_process_does_not_hear_what_the_terminal_sends_but_is_of_its_session(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = f"os.getpgid(0) == os.getpid() and os.getsid(0) == {os.getsid(0)}"
    code = f"import os; raise SystemExit('alone' if {alone} else 'beside')"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    mend(workspace)
    with pytest.raises(StoreError, match="alone"):
        workspace.care.catch_up()


def test_a_process_that_cannot_be_started(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(upkeep, "_PROCESS", (str(tmp_path / "nothing"),))
    mend(workspace)
    with pytest.raises(StoreError, match="not wholly indexed: No such file"):
        workspace.care.catch_up()


def test_a_small_library_is_marked_when_it_is_opened(
    workspace: Workspace, letters: list[str], paths: Paths
) -> None:
    mend(workspace)
    again = Workspace.open(paths, Settings())
    try:
        assert not again.care.is_behind
        assert naming(again) == LETTERS
    finally:
        again.close()


def test_a_large_library_opens_as_it_was_marked_before(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MARKED_AT_ONCE", LETTERS)
    mend(workspace)
    again = Workspace.open(paths, Settings())
    try:
        assert again.care.is_behind
        assert naming(again) == 0
    finally:
        again.close()


def test_words_and_records_are_left_alone(workspace: Workspace, letters: list[str]) -> None:
    found = workspace._core.index.fingerprints()
    hits = [row.id for row in workspace.library.rows("robotics").rows]
    mend(workspace)
    workspace.care.catch_up()
    assert workspace._core.index.fingerprints() == found
    assert [row.id for row in workspace.library.rows("robotics").rows] == hits


def test_one_switched_off_is_gone_before_all_is_marked(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MARKED_AT_ONCE", 0)
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text('[[entity]]\nid = "huawei"\noff = true\n', "utf-8")
    again = Workspace.open(paths, Settings())
    try:
        assert "huawei" not in {each.id for each in again.entities.all()}
        assert again.library.open(letters[0]).mentions == ()
        assert "huawei" not in again._core.index.totals()
        paths.entities.unlink()
        other = Workspace.open(paths, Settings())
        other.care.catch_up()
        assert [each.entity for each in other.library.open(letters[0]).mentions] == ["huawei"]
        other.close()
    finally:
        again.close()


@pytest.fixture
def lost(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Told, Workspace]]:
    """What the library told, and it again after its index was lost, as if it were large."""
    monkeypatch.setattr(opening, "INDEXED_AT_ONCE", 0)
    workspace.library.mark_read(letters[:2], True)
    before = told_by(workspace)
    workspace.close()
    paths.index.unlink()
    again = Workspace.open(paths, Settings())
    yield before, again
    again.close()


def told_by(workspace: Workspace) -> Told:
    rows = workspace.library.rows().rows
    return {
        "rows": rows,
        "words": [hit.issue for hit in workspace.search.search("robotics").hits],
        "prefix": [row.id for row in workspace.library.rows("robot*").rows],
        "names": {row.id: workspace.library.open(row.id).mentions for row in rows},
        "count": workspace.entities.summary("huawei").timeline,
    }


def test_a_library_whose_index_was_lost_opens_with_its_list(
    lost: tuple[Told, Workspace],
) -> None:
    before, workspace = lost
    rows = workspace.library.rows().rows
    assert [replace(each, minutes=0) for each in before["rows"]] == list(rows)
    assert workspace.care.is_behind
    assert workspace.library.open(rows[0].id).document.words
    assert not workspace.search.search("robotics").hits


def test_a_lost_index_is_made_again_behind_and_tells_the_same(
    lost: tuple[Told, Workspace],
) -> None:
    before, workspace = lost
    told: list[Progress] = []
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    workspace.care.catch_up(told.append)
    assert told_by(workspace) == before
    assert not workspace.care.is_behind
    total = len(before["rows"])
    assert told[-1] == Progress(total, total)
    assert changes[-1].issues == {each.id for each in before["rows"]}


def test_listeners_see_what_is_done_before_all_is(
    lost: tuple[Told, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, workspace = lost
    code = "from chinai_tui.workspace import upkeep as u; import sys; u.BATCH = 1;"
    code += "sys.exit(u.main(sys.argv[1:]))"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    monkeypatch.setattr(care, "SHOWN_SECONDS", 0.0)
    found: list[int] = []
    workspace.subscribe(lambda _: found.append(len(workspace.search.search("robotics").hits)))
    workspace.care.catch_up()
    assert found == sorted(found)
    assert len(set(found)) > 2
    assert found[-1] == LETTERS


def test_an_index_that_is_lost_while_one_reads_is_made_again(
    workspace: Workspace, letters: list[str], paths: Paths
) -> None:
    before = told_by(workspace)
    paths.index.unlink()
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    workspace.poll()
    assert [row.id for row in workspace.library.rows().rows] == [r.id for r in before["rows"]]
    assert changes[0].library
    workspace.care.catch_up()
    assert told_by(workspace) == before
    workspace.poll()
    assert len(changes) == 2


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_an_index_of_another_version_is_made_again(
    workspace: Workspace, letters: list[str], paths: Paths, version: int
) -> None:
    before = told_by(workspace)
    workspace.close()
    connection = sqlite3.connect(paths.index)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("DROP TABLE issue")
    connection.close()
    again = Workspace.open(paths, Settings())
    try:
        assert told_by(again) == before
    finally:
        again.close()


def test_a_text_that_is_missing_is_told_and_the_rest_is_indexed(
    lost: tuple[Told, Workspace], letters: list[str], paths: Paths
) -> None:
    _, workspace = lost
    for file in (paths.data / "documents" / letters[0]).iterdir():
        file.unlink()
    workspace.care.catch_up()
    assert any(letters[0] in line for line in workspace.care.problems())
    assert len(workspace.search.search("robotics").hits) == LETTERS - 1
    assert not workspace.care.is_behind


def test_where_nothing_could_be_done_nobody_is_told_of_a_change(
    lost: tuple[Told, Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, workspace = lost
    code = "raise SystemExit('the pond is dry')"
    monkeypatch.setattr(upkeep, "_PROCESS", (*upkeep._PROCESS[:3], "-c", code))
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    with pytest.raises(StoreError, match="the pond is dry"):
        workspace.care.catch_up()
    assert changes == []
