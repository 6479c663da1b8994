"""The index beside the store: lost, damaged, and written by two programs at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.paths import Paths
from chinai_tui.workspace import Changed, Workspace

ISSUE, ROLE = "chinai-94", DocumentRole.TEXT


@pytest.fixture(autouse=True)
def text(workspace: Workspace, text_file: Path) -> None:
    workspace.transfer.import_paths([text_file])


@pytest.fixture
def other(workspace: Workspace, paths: Paths) -> Iterator[Workspace]:
    """Another program on the same library."""
    opened = Workspace.open(paths, Settings())
    yield opened
    opened.close()


def test_a_write_after_the_index_was_lost_does_not_pass_for_the_whole(
    workspace: Workspace, paths: Paths
) -> None:
    rows = [row.id for row in workspace.library.rows().rows]
    paths.index.unlink()
    workspace.library.save_session(issue=ISSUE)
    workspace.poll()
    assert [row.id for row in workspace.library.rows().rows] == rows


def test_a_library_left_with_a_lost_index_is_there_when_it_is_opened_again(
    workspace: Workspace, paths: Paths
) -> None:
    rows = [row.id for row in workspace.library.rows().rows]
    paths.index.unlink()
    workspace.library.mark_read([ISSUE], True)
    workspace.close()
    again = Workspace.open(paths, Settings())
    assert [row.id for row in again.library.rows().rows] == rows
    assert again.library.open(ISSUE).read
    again.close()


def test_what_another_wrote_is_noticed_after_a_write_of_ones_own(
    workspace: Workspace, other: Workspace
) -> None:
    assert workspace.library.open(ISSUE).annotations == ()
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    other.notes.bookmark(ISSUE, ROLE, 0, 10)
    workspace.library.save_session(issue=ISSUE)
    workspace.poll()
    assert any(ISSUE in change.issues and change.annotations for change in changes)
    assert len(workspace.library.open(ISSUE).annotations) == 1
    told = len(changes)
    workspace.poll()
    assert len(changes) == told


def test_a_note_that_was_saved_but_not_indexed_is_found_in_the_end(
    workspace: Workspace, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(other._core.index, "put_annotations", die)
    with pytest.raises(KeyboardInterrupt):
        other.notes.note(ISSUE, ROLE, 0, 10, "the mole knows")
    workspace.library.save_session(issue=ISSUE)
    workspace.poll()
    assert [each.text for each in workspace.notes.find("mole").annotations] == ["the mole knows"]


def test_a_note_changed_by_another_is_shown_as_it_is_then(
    workspace: Workspace, other: Workspace, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(opened: Workspace) -> list[str]:
        return [each.words for each in opened.search.search("mole").notes]

    note = workspace.notes.note(ISSUE, ROLE, 0, 10, "the mole knows")
    other.poll()
    assert said(other) == ["the mole knows"]
    with monkeypatch.context() as patch:
        patch.setattr(workspace._core.index, "put_annotations", lambda _: None)
        patch.setattr(workspace._indexing, "remember", lambda: None)
        workspace.notes.edit(note.id, "no mole knows")
    other.poll()
    assert said(other) == ["no mole knows"]
    other.notes.delete([note.id])
    again = Workspace.open(paths, Settings())
    assert said(again) == []
    again.close()


def test_what_another_marks_while_all_is_taken_in_is_not_lost(
    workspace: Workspace, other: Workspace, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing = workspace._indexing
    put = indexing.put_on_list

    def meanwhile(issues: object) -> None:
        other.library.mark_read([ISSUE], True)
        put(issues)

    monkeypatch.setattr(indexing, "put_on_list", meanwhile)
    indexing.synchronise()
    monkeypatch.undo()
    workspace.poll()
    assert [row.id for row in workspace.library.rows("is:read").rows] == [ISSUE]


def test_a_library_with_a_damaged_index_opens(workspace: Workspace, paths: Paths) -> None:
    rows = [row.id for row in workspace.library.rows().rows]
    workspace.close()
    connection = sqlite3.connect(paths.index)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'meta'"
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    data, start = paths.index.read_bytes(), (root - 1) * size
    paths.index.write_bytes(data[:start] + b"\xff" * size + data[start + size :])
    again = Workspace.open(paths, Settings())
    assert [row.id for row in again.library.rows().rows] == rows
    again.close()
