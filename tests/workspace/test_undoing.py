from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError, OutdatedError
from chinai_tui.paths import Paths
from chinai_tui.store.records import Deleted
from chinai_tui.store.store import Store
from chinai_tui.workspace import Workspace, steps

ISSUE, ROLE = "chinai-94", DocumentRole.DIGEST


@contextmanager
def opened(paths: Paths) -> Iterator[Workspace]:
    workspace = Workspace.open(paths, Settings())
    try:
        yield workspace
    finally:
        workspace.close()


def change_aside(paths: Paths, annotation_id: str, text: str | None) -> None:
    """What a merge of two machines does: another record, or none, and no step."""
    store = Store(paths.data)
    with store.annotations_file.transaction() as tx:
        if text is None:
            tx.delete(store.annotations, annotation_id)
        else:
            present = store.annotations.get(annotation_id)
            assert present is not None
            tx.put(store.annotations, replace(present, text=text))


def test_what_was_changed_since_is_left_and_told(workspace: Workspace, paths: Paths) -> None:
    notes = workspace.notes
    made = [notes.note(ISSUE, ROLE, start, start + 9, "x").id for start in (0, 20, 40)]
    notes.recolor(made, "red")
    change_aside(paths, made[1], "theirs")
    told = "change of colour of 3; 1 record was changed since and is left as it is"
    assert notes.undo() == told
    assert [notes.get(each).color for each in made] == ["", "red", ""]
    assert notes.get(made[1]).text == "theirs"
    assert notes.redo() == "change of colour of 3"
    assert [notes.get(each).color for each in made] == ["red"] * 3


@pytest.mark.parametrize("theirs", ["theirs", None])
def test_a_step_of_which_nothing_is_left_is_forgotten(
    workspace: Workspace, paths: Paths, theirs: str | None
) -> None:
    notes = workspace.notes
    first = notes.note(ISSUE, ROLE, 0, 9, "first")
    second = notes.note(ISSUE, ROLE, 20, 29, "second")
    notes.edit(second.id, "mine")
    change_aside(paths, second.id, theirs)
    with pytest.raises(OutdatedError, match=r"edit: 1 record was changed since .*forgotten"):
        notes.undo()
    with pytest.raises(OutdatedError, match=r"note: .*forgotten"):
        notes.undo()
    assert {each.text for each in notes.all()} == {"first", theirs} - {None}
    assert notes.undo() == "note"
    assert notes.some([first.id]) == []


def test_a_change_is_made_to_the_record_as_it_is_on_disk(
    workspace: Workspace, paths: Paths
) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "first")
    with opened(paths) as other:
        other.notes.edit(note.id, "theirs")
        workspace.notes.recolor([note.id], "blue")
        kept = workspace.notes.get(note.id)
        assert (kept.text, kept.color) == ("theirs", "blue")
        assert workspace.notes.find("theirs color:blue").annotations == (kept,)
        assert other.notes.undo() == "change of colour"
        assert other.notes.undo() == "edit"
        assert other.notes.get(note.id).text == "first"


def test_what_another_program_wrote_is_found_after_an_own_change(
    workspace: Workspace, paths: Paths
) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "first")
    change_aside(paths, note.id, "zebra")
    workspace.notes.highlight(ISSUE, ROLE, 20, 29)
    assert [each.id for each in workspace.notes.find("zebra").annotations] == [note.id]


def test_steps_are_there_after_a_restart(workspace: Workspace, paths: Paths) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "first")
    workspace.notes.edit(note.id, "second")
    workspace.notes.delete([note.id])
    assert workspace.notes.undo() == "deletion"
    workspace.close()
    with opened(paths) as again:
        assert again.notes.redo() == "deletion"
        assert [again.notes.undo(), again.notes.undo()] == ["deletion", "edit"]
        assert again.notes.get(note.id).text == "first"


def test_a_change_that_changes_nothing_is_no_step(workspace: Workspace) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "first")
    workspace.notes.recolor([note.id], "")
    workspace.notes.delete(["unknown"])
    assert workspace.notes.undo() == "note"


def test_steps_of_many_records_make_way_for_new_ones(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "RECORDS_KEPT", 10)
    notes = workspace.notes
    made = [notes.highlight(ISSUE, ROLE, start, start + 5).id for start in range(0, 70, 10)]
    notes.recolor(made, "red")
    notes.recolor(made[:1], "blue")
    assert notes.undo() == "change of colour"
    assert notes.undo() is None
    notes.retag(made, ["long"], [])
    assert notes.undo() == "change of tags of 7"


def test_deleted_annotations_rest_in_the_bin(workspace: Workspace) -> None:
    notes = workspace.notes
    first, second = (notes.note(ISSUE, ROLE, at, at + 9, "x") for at in (0, 20))
    notes.delete([first.id, second.id])
    assert {each.annotation.id for each in notes.deleted()} == {first.id, second.id}
    notes.restore([first.id])
    assert notes.all() == [first]
    assert notes.find("x").annotations == (first,)
    assert [each.annotation for each in notes.deleted()] == [second]
    assert notes.undo() == "restoring"
    assert notes.undo() == "deletion of 2"
    assert notes.deleted() == []
    with pytest.raises(NotFoundError, match=r"--deleted"):
        notes.restore([first.id])


def test_a_note_whose_making_is_undone_is_not_lost(workspace: Workspace) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "a long thought")
    workspace.notes.undo()
    workspace.notes.highlight(ISSUE, ROLE, 20, 29)
    assert workspace.notes.redo() is None
    workspace.notes.restore([note.id])
    assert workspace.notes.get(note.id) == note


def test_the_bin_is_emptied_in_time(workspace: Workspace, paths: Paths) -> None:
    notes = workspace.notes
    old, new = (notes.note(ISSUE, ROLE, at, at + 9, "x") for at in (0, 20))
    notes.delete([old.id, new.id])
    store = Store(paths.data)
    with store.annotations_file.transaction() as tx:
        tx.put(store.deleted, Deleted(old, "2020-01-01T00:00:00Z"))
    notes.highlight(ISSUE, ROLE, 40, 49)
    assert [each.annotation.id for each in notes.deleted()] == [new.id]


Records = dict[str, Annotation]


@dataclass
class History:
    """What undo and redo should do, told by states before and after each change."""

    steps: list[tuple[Records, Records]] = field(default_factory=list)
    """Of each step what it changed, as it was and as it is after it."""
    undone: list[tuple[Records, Records]] = field(default_factory=list)

    def note(self, before: Records, after: Records) -> None:
        """A change was made."""
        ids = {each for each in before | after if before.get(each) != after.get(each)}
        if ids:
            self.steps.append((part(before, ids), part(after, ids)))
            self.undone.clear()

    def travel(self, state: Records, *, forward: bool) -> Records | None:
        """The state after the last step is taken back or made again; none if that is refused."""
        source, target = (self.undone, self.steps)[:: 1 if forward else -1]
        if not source:
            return state
        before, after = source.pop()
        left, wanted = (before, after)[:: 1 if forward else -1]
        ids = {each for each in before | after if state.get(each) == left.get(each)}
        if not ids:
            return None
        target.append((part(before, ids), part(after, ids)))
        rest = {each: record for each, record in state.items() if each not in ids}
        return rest | part(wanted, ids)


def part(state: Records, ids: set[str]) -> Records:
    return {each: record for each, record in state.items() if each in ids}


OPERATIONS = ("note", "edit", "colour", "delete", "restore", "aside", "gone aside", "reopen")
operations = st.lists(
    st.tuples(
        st.sampled_from([*OPERATIONS, *("undo", "redo") * 4]), st.booleans(), st.integers(0, 9)
    ),
    max_size=14,
)


def act(notes: Workspace, paths: Paths, what: str, number: int) -> None:
    """Change something, by number among what there is."""
    facet = notes.notes
    there = sorted(each.id for each in facet.all())
    one = there[number % len(there)] if there else ""
    if what == "note":
        facet.note(ISSUE, ROLE, number, number + 9, f"remark {number}")
    elif what == "restore" and (kept := facet.deleted()):
        facet.restore([kept[number % len(kept)].annotation.id])
    elif one and what == "edit":
        facet.edit(one, f"edited {number}")
    elif what == "colour":
        facet.recolor(there[:number], "red")
    elif what == "delete":
        facet.delete(there[:number])
    elif one and what == "aside":
        change_aside(paths, one, f"theirs {number}")
    elif one and what == "gone aside":
        change_aside(paths, one, None)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations)
def test_undo_and_redo_from_two_programs(
    workspace: Workspace, paths: Paths, operations: list[tuple[str, bool, int]]
) -> None:
    store = Store(paths.data)
    with store.annotations_file.transaction() as tx:
        for table in (store.annotations, store.undo, store.deleted):
            for each in table.all():
                tx.delete(table, each)
    workspace.poll()
    both = [workspace, Workspace.open(paths, Settings())]
    history = History()
    try:
        for what, other, number in operations:
            both[0].poll()
            both[1].poll()
            chosen = both[other]
            before = {each.id: each for each in chosen.notes.all()}
            if what in ("undo", "redo"):
                expected = history.travel(before, forward=what == "redo")
                if expected is None:
                    with pytest.raises(OutdatedError):
                        getattr(chosen.notes, what)()
                    expected = before
                else:
                    getattr(chosen.notes, what)()
            elif what == "reopen":
                both[1].close()
                both[1] = Workspace.open(paths, Settings())
                expected = before
            else:
                act(chosen, paths, what, number)
                store.refresh()
                expected = dict(store.annotations.all())
                if "aside" not in what:
                    history.note(before, expected)
            store.refresh()
            assert dict(store.annotations.all()) == expected
            assert not expected.keys() & store.deleted.all().keys()
            for each in both:
                each.poll()
                assert {note.id: note for note in each.notes.all()} == expected
                found = each.notes.find("-tag:none").annotations
                assert {note.id: note for note in found} == expected
    finally:
        both[1].close()
