from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import ReadingState
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import StoreError
from chinai_tui.paths import Paths
from chinai_tui.store.repository import StoreFile, Transaction
from chinai_tui.workspace import Workspace, arrivals, joining
from tests.workspace.arriving import URL, WORDS, bring, page

ROLE = DocumentRole.TEXT
OTHER = "Words that only the second copy of it has, and enough of them."
TELLING = page("Pond Lamps", WORDS, "https://other.example/lamps")
"""A page with the words of the first record and the address of the second."""


@pytest.fixture
def two(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two records of one issue: a bare text from before, and a page that was changed since."""
    with monkeypatch.context() as context:
        context.setattr(arrivals, "timestamp", lambda: "2020-02-03T04:05:06Z")
        first = bring(workspace, tmp_path, a_txt=f"Pond Lamps\n\n{WORDS}\n")
    second = bring(
        workspace, tmp_path, b_html=page("Lamps", OTHER, "https://other.example/lamps", "77")
    )
    assert first != second
    return first, second


def test_a_text_with_the_keys_of_two_records_makes_them_one(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str], paths: Paths
) -> None:
    first, second = two
    text = workspace.library.document(second).text
    start = text.index("second copy")
    noted = workspace.notes.note(second, ROLE, start, start + 11, "mine")
    binned = workspace.notes.note(second, ROLE, 0, 5, "binned")
    workspace.notes.delete([binned.id])
    workspace.library.mark_read([second], True)
    total = workspace.library.rows().total
    file = tmp_path / "c.html"
    file.write_text(TELLING)
    assert workspace.transfer.import_paths([file], rehearse=True).joined == (second,)
    assert workspace.library.rows().total == total
    report = workspace.transfer.import_paths([file])
    assert report.joined == (second,)
    assert workspace.library.rows().total == total - 1
    issue = workspace.library.issue(first)
    assert issue.former == (second,)
    assert {"post:77", "url:https://other.example/lamps"} <= set(issue.keys)
    assert {each.name for each in issue.sources} == {"a.txt", "b.html"}
    past = {each.revision for each in issue.documents[ROLE].earlier}
    folder = paths.data / "documents" / first
    assert all((folder / f"text-{each}.json").exists() for each in past)
    assert len(past) == 1
    kept = workspace.library.open(first)
    assert [each.annotation.id for each in kept.annotations] == [noted.id]
    assert workspace.notes.all()[0].issue == first
    workspace.notes.restore([binned.id])
    assert [each.issue for each in workspace.notes.all()] == [first, first]
    for name in (first, second):
        assert workspace.library.resolve(name).id == first
        assert workspace.library.issue(name).id == first
        assert workspace.library.open(name).issue.id == first


def test_it_lasts(workspace: Workspace, tmp_path: Path, two: tuple[str, str], paths: Paths) -> None:
    bring(workspace, tmp_path, c_html=TELLING)
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        assert again.library.issue(two[1]).id == two[0]
        assert not again.care.problems()
        assert again.transfer.import_paths([tmp_path / "b.html"]).unchanged == (two[0],)
    finally:
        again.close()


def test_an_id_that_leads_elsewhere_is_not_given_again(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str]
) -> None:
    bring(workspace, tmp_path, c_html=TELLING)
    new = bring(workspace, tmp_path, d_html=page("Lamps", "Quite other words.", URL + "-2"))
    assert new == f"{two[1]}-2"


def test_notes_are_at_home_before_their_record_goes(
    workspace: Workspace,
    tmp_path: Path,
    two: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = two
    workspace.notes.note(second, ROLE, 0, 5, "mine")

    def cut_off(self: joining.Joining) -> None:
        raise StoreError("cut off")

    monkeypatch.setattr(joining.Joining, "_move_strays", cut_off)
    (tmp_path / "c.html").write_text(TELLING)
    with pytest.raises(StoreError, match="cut off"):
        workspace.transfer.import_paths([tmp_path / "c.html"])
    assert [each.issue for each in workspace.notes.all()] == [first]


@pytest.mark.parametrize("file", ["reading.json", "issues.json"])
def test_what_is_cut_off_loses_nothing_and_goes_on(
    workspace: Workspace,
    tmp_path: Path,
    two: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    file: str,
) -> None:
    first, second = two
    noted = workspace.notes.note(second, ROLE, 0, 5, "mine")
    workspace.library.mark_read([second], True)
    telling = tmp_path / "c.html"
    telling.write_text(TELLING)
    transaction, begun = StoreFile.transaction, []

    def fail(self: StoreFile) -> object:
        if self.path.name == file and begun:
            raise StoreError("the pond is dry")
        return transaction(self)

    move = joining.Joining.join
    monkeypatch.setattr(
        joining.Joining, "join", lambda self, ids: (begun.append(1), move(self, ids))
    )
    with monkeypatch.context() as context:
        context.setattr(StoreFile, "transaction", fail)
        with pytest.raises(StoreError):
            workspace.transfer.import_paths([telling])
    assert {each.id for each in workspace.notes.all()} == {noted.id}
    assert workspace.library.issue(second).id == second
    assert workspace.transfer.import_paths([telling]).joined == (second,)
    assert workspace.notes.all()[0].issue == first
    assert workspace.library.open(first).read or workspace.library.open(first).issue.former


def test_what_was_done_on_the_record_that_goes_can_be_undone(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str]
) -> None:
    first, second = two
    noted = workspace.notes.note(second, ROLE, 0, 5, "mine")
    bring(workspace, tmp_path, c_html=TELLING)
    assert [each.issue for each in workspace.notes.all()] == [first]
    workspace.notes.undo()
    assert workspace.notes.all() == []
    workspace.notes.redo()
    assert [(each.id, each.issue) for each in workspace.notes.all()] == [(noted.id, first)]


def test_a_note_that_another_program_writes_meanwhile_comes_along(
    workspace: Workspace,
    tmp_path: Path,
    two: tuple[str, str],
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = two
    move = joining.Joining._move_reading

    def write_meanwhile(self: joining.Joining, tx: Transaction, goes: Mapping[str, str]) -> None:
        move(self, tx, goes)
        with closing(Workspace.open(paths, Settings())) as other:
            other.notes.note(second, ROLE, 0, 5, "in between")

    monkeypatch.setattr(joining.Joining, "_move_reading", write_meanwhile)
    bring(workspace, tmp_path, c_html=TELLING)
    assert [each.issue for each in workspace.notes.all()] == [first]
    assert len(workspace.library.open(first).annotations) == 1


def test_a_note_under_the_former_id_is_on_the_issue_that_stands_for_it(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str]
) -> None:
    first, second = two
    bring(workspace, tmp_path, c_html=TELLING)
    made = workspace.notes.note(second, ROLE, 0, 5, "late")
    assert made.issue == first
    workspace._undoing.add("note", [replace(made, id="stale", issue=second)])
    assert {each.issue for each in workspace.notes.all()} == {first}


def test_notes_that_were_left_behind_are_found_as_the_library_opens(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str], paths: Paths
) -> None:
    first, second = two
    made = workspace.notes.note(first, ROLE, 0, 5, "left")
    bring(workspace, tmp_path, c_html=TELLING)
    store = workspace._core.store
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, replace(made, issue=second))
    workspace.close()
    with closing(Workspace.open(paths, Settings())) as again:
        assert [each.issue for each in again.notes.all()] == [first]
        assert len(again.library.open(first).annotations) == 1


def test_a_join_that_another_program_has_made_is_left_as_it_is(
    workspace: Workspace,
    tmp_path: Path,
    two: tuple[str, str],
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = two
    join = joining.Joining.join
    file = tmp_path / "c.html"
    file.write_text(TELLING)

    def late(self: joining.Joining, ids: Sequence[str]) -> None:
        monkeypatch.setattr(joining.Joining, "join", join)
        with closing(Workspace.open(paths, Settings())) as other:
            other.transfer.import_paths([file])
        join(self, ids)

    monkeypatch.setattr(joining.Joining, "join", late)
    workspace.transfer.import_paths([file])
    assert workspace.library.issue(second).id == first
    assert workspace.library.issue(first).former == (second,)


def test_reading_and_drafts_that_were_left_behind_are_found_as_the_library_opens(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str], paths: Paths
) -> None:
    first, second = two
    workspace.notes.keep_draft(f"issue:{second}", "left")
    (draft,) = workspace._core.store.session.all().values()
    bring(workspace, tmp_path, c_html=TELLING)
    workspace.notes.keep_draft(f"issue:{first}", "")
    store = workspace._core.store
    with store.reading_file.transaction() as tx:
        tx.put(store.reading, ReadingState(second, read=True, seen="2020-01-01T00:00:00Z"))
        tx.put(store.session, draft)
    workspace.close()
    with closing(Workspace.open(paths, Settings())) as again:
        assert again.library.open(first).read
        assert [each.text for each in again.notes.drafts(first)] == ["left"]
        assert second not in again._core.store.reading.all()


def test_what_another_program_reads_until_the_record_is_gone_comes_along(
    workspace: Workspace, two: tuple[str, str], paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    combine = joining.with_other

    def read_meanwhile(own: Issue, other: Issue) -> Issue:
        monkeypatch.setattr(joining, "with_other", combine)
        with closing(Workspace.open(paths, Settings())) as reader:
            reader.library.mark_read([second], True)
            reader.notes.keep_draft(f"issue:{second}", "in between")
        return combine(own, other)

    monkeypatch.setattr(joining, "with_other", read_meanwhile)
    joining.Joining(workspace._core, workspace._indexing).join([first, second])
    assert workspace.library.open(first).read
    assert [each.text for each in workspace.notes.drafts(first)] == ["in between"]


def test_a_text_that_cannot_be_read_does_not_take_the_place_of_one_that_can(
    workspace: Workspace, tmp_path: Path, two: tuple[str, str], paths: Paths
) -> None:
    first, second = two
    (text,) = (paths.data / "documents" / second).glob("text-*.json")
    text.write_bytes(text.read_bytes()[:-20])
    noted = workspace.notes.note(first, ROLE, 0, 4, "mine")
    before = workspace.library.issue(first).documents[ROLE]
    joining.Joining(workspace._core, workspace._indexing).join([first, second])
    issue = workspace.library.issue(first)
    assert issue.former == (second,)
    assert issue.documents[ROLE] == before
    assert [each.name for each in issue.sources] == ["b.html"]
    assert [each.annotation.id for each in workspace.library.open(first).annotations] == [noted.id]
    assert any(text.name in each for each in workspace.care.problems())
    bring(workspace, tmp_path, b_html=(tmp_path / "b.html").read_text())
    assert workspace.library.issue(second).id == first
