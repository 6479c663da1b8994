"""Marking the library anew in processes of its own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.entity import EntityKind
from chinai_tui.errors import StoreError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Changed, Progress, Workspace, remarking
from chinai_tui.workspace import workspace as opening

LETTERS = 6


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
    assert workspace.mending.is_behind
    total = len(workspace.library.rows().rows)
    told: list[Progress] = []
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    workspace.mending.remark(told.append)
    assert naming(workspace) == LETTERS
    assert not workspace.mending.is_behind
    assert told[-1] == Progress(total, total)
    assert [each.library for each in changes] == [True]
    assert changes[0].issues == frozenset(letters)


def test_nothing_waits_after_an_import(workspace: Workspace, letters: list[str]) -> None:
    assert not workspace.mending.is_behind
    workspace.mending.remark(lambda _: pytest.fail("nothing is to be done"))


def test_two_processes_share_the_work(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remarking, "MANY", 1)
    monkeypatch.setattr(remarking.os, "cpu_count", lambda: 2)
    mend(workspace)
    told: list[Progress] = []
    workspace.mending.remark(told.append)
    assert len(told) == 2
    assert naming(workspace) == LETTERS
    assert not workspace.mending.is_behind


def test_what_was_done_when_it_is_stopped_stays_and_it_goes_on_there(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(workspace)
    before = workspace._core.index.behind()
    monkeypatch.setattr(remarking, "BATCH", 1)
    remarking.work(paths, 0, 1, lambda count: False)
    assert workspace._core.index.behind() == before[1:]
    seen: list[int] = []
    remarking.work(paths, 0, 1, lambda count: not seen.append(count))
    assert seen == [1] * (len(before) - 1)
    assert naming(workspace) == LETTERS


def test_a_process_that_is_told_to_ends_at_its_next_batch(
    workspace: Workspace,
    letters: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = "from chinai_tui.workspace import remarking as r; import sys; r.BATCH = 1;"
    code += "sys.exit(r.main(sys.argv[1:]))"
    monkeypatch.setattr(remarking, "_PROCESS", (*remarking._PROCESS[:3], "-c", code))
    mend(workspace)
    waiting = len(workspace._core.index.behind())
    stop = threading.Event()
    told: list[int] = []

    def tell(progress: Progress) -> None:
        told.append(progress.done)
        if progress.done == 2:
            stop.set()

    workspace.mending.remark(tell, stop)
    assert told == [1, 2]
    assert len(workspace._core.index.behind()) == waiting - 2
    workspace.mending.remark()
    assert not workspace.mending.is_behind


def test_a_process_that_fails_says_why(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "raise SystemExit('the pond is dry')"
    monkeypatch.setattr(remarking, "_PROCESS", (*remarking._PROCESS[:3], "-c", code))
    mend(workspace)
    with pytest.raises(StoreError, match="the pond is dry; it goes on at the next start"):
        workspace.mending.remark()
    assert workspace.mending.is_behind


def test_a_process_that_cannot_be_started(
    workspace: Workspace, letters: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(remarking, "_PROCESS", (str(tmp_path / "nothing"),))
    mend(workspace)
    with pytest.raises(StoreError, match="not wholly marked: No such file"):
        workspace.mending.remark()


def test_a_small_library_is_marked_when_it_is_opened(
    workspace: Workspace, letters: list[str], paths: Paths
) -> None:
    mend(workspace)
    again = Workspace.open(paths, Settings())
    try:
        assert not again.mending.is_behind
        assert naming(again) == LETTERS
    finally:
        again.close()


def test_a_large_library_opens_as_it_was_marked_before(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", LETTERS)
    mend(workspace)
    again = Workspace.open(paths, Settings())
    try:
        assert again.mending.is_behind
        assert naming(again) == 0
    finally:
        again.close()


def test_words_and_records_are_left_alone(workspace: Workspace, letters: list[str]) -> None:
    found = workspace._core.index.fingerprints()
    hits = [row.id for row in workspace.library.rows("robotics").rows]
    mend(workspace)
    workspace.mending.remark()
    assert workspace._core.index.fingerprints() == found
    assert [row.id for row in workspace.library.rows("robotics").rows] == hits


def test_one_switched_off_is_gone_before_all_is_marked(
    workspace: Workspace, letters: list[str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 0)
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text('[[entity]]\nid = "huawei"\noff = true\n', "utf-8")
    again = Workspace.open(paths, Settings())
    try:
        assert "huawei" not in {each.id for each in again.entities.all()}
        assert again.library.open(letters[0]).mentions == ()
        assert "huawei" not in again._core.index.totals()
        paths.entities.unlink()
        other = Workspace.open(paths, Settings())
        other.mending.remark()
        assert [each.entity for each in other.library.open(letters[0]).mentions] == ["huawei"]
        other.close()
    finally:
        again.close()
