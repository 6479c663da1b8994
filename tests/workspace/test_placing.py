from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import Anchor, AnchorState, Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import OutdatedError
from chinai_tui.paths import Paths
from chinai_tui.store.store import Store
from chinai_tui.workspace import ImportOptions, Workspace

HEAD = "# A harbour\n\n"
URL = "https://example.org/harbour"
FIRST = "The laboratory of SenseTime opened a second site beside the harbour of a small town."
SECOND = "Nobody from Megvii answered the questions that were sent by post in the autumn."
ROLE = DocumentRole.TEXT


def brought_in(workspace: Workspace, folder: Path, *paragraphs: str) -> str:
    """The issue that a text of these paragraphs is of, the same one each time."""
    file = folder / "harbour.md"
    file.write_text(HEAD + "\n\n".join(paragraphs) + "\n", "utf-8")
    report = workspace.transfer.import_paths([file], ImportOptions(url=URL))
    (issue,) = (*report.added, *report.updated)
    return issue


def noted(workspace: Workspace, issue: str, words: str, text: str = "x") -> Annotation:
    ((role, start, end),) = workspace.notes.quoted_at(issue, words)
    return workspace.notes.note(issue, role, start, end, text)


def found(workspace: Workspace, query: str) -> list[str]:
    return ids(workspace.notes.find(query).annotations)


def ids(annotations: Iterable[Annotation]) -> list[str]:
    return [each.id for each in annotations]


def test_notes_are_found_where_their_passages_are_now(workspace: Workspace, tmp_path: Path) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    note = noted(workspace, issue, "answered the questions")
    assert found(workspace, "company:megvii") == [note.id]
    filler = "Some words about the weather, which was fair. " * 9
    assert brought_in(workspace, tmp_path, FIRST, filler, SECOND) == issue
    assert found(workspace, "company:megvii") == [note.id]
    assert found(workspace, "company:sensetime is:orphan OR is:flagged") == []
    place = workspace.notes.placement(note)
    assert place is not None
    assert place.state is AnchorState.MOVED
    brought_in(workspace, tmp_path, filler, FIRST)
    assert found(workspace, "is:orphan") == [note.id]
    assert [row.id for row in workspace.library.rows("is:orphan").rows] == [issue]
    assert found(workspace, "company:megvii") == []
    assert workspace.notes.entities_of(note) == []
    brought_in(workspace, tmp_path, SECOND)
    assert found(workspace, "company:megvii -is:orphan") == [note.id]


def test_a_flagged_place_is_confirmed_and_an_orphan_placed_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    note = noted(workspace, issue, "answered the questions that were sent")
    brought_in(workspace, tmp_path, FIRST, SECOND.replace("were sent by", "somebody sent by"))
    assert found(workspace, "is:flagged") == [note.id]
    confirmed = workspace.notes.confirm(note.id)
    assert confirmed.anchor is not None
    assert confirmed.anchor.exact.startswith("answered the questions that somebody")
    assert found(workspace, "is:flagged") == []
    assert workspace.notes.undo() == "new place"
    assert found(workspace, "is:flagged") == [note.id]
    brought_in(workspace, tmp_path, FIRST)
    with pytest.raises(OutdatedError, match="not in the text"):
        workspace.notes.confirm(note.id)
    ((role, start, end),) = workspace.notes.quoted_at(issue, "a second site")
    again = workspace.notes.place_again(note.id, role, start, end)
    assert again.anchor is not None
    assert again.anchor.exact == "a second site"
    assert (again.text, again.voice, again.created) == (note.text, note.voice, note.created)
    assert found(workspace, "company:sensetime -is:orphan") == [note.id]


def test_places_are_confirmed_in_one_step_or_not_at_all(
    workspace: Workspace, tmp_path: Path
) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    made = [noted(workspace, issue, "answered the questions that were sent") for _ in range(2)]
    lost = noted(workspace, issue, FIRST)
    brought_in(workspace, tmp_path, SECOND.replace("were sent by", "somebody sent by"))
    flagged = found(workspace, "is:flagged")
    assert set(flagged) == set(ids(made))
    with pytest.raises(OutdatedError, match="not in the text"):
        workspace.notes.confirm_all([*flagged, lost.id])
    assert found(workspace, "is:flagged") == flagged
    workspace.notes.confirm_all(flagged)
    assert found(workspace, "is:flagged") == []
    assert workspace.notes.undo() == "new place of 2"
    assert found(workspace, "is:flagged") == flagged


def test_a_note_is_on_whom_it_links(workspace: Workspace, tmp_path: Path) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    text = "Compare [[商汤]] and [[nobody]], [[Yitu|that firm]]"
    note = noted(workspace, issue, "Megvii answered the questions", text)
    names = [each.id for each in workspace.notes.entities_of(note)]
    assert names == ["megvii", "sensetime", "yitu"]
    assert found(workspace, "company:yitu") == [note.id]
    workspace.notes.edit(note.id, "Compare nobody")
    assert found(workspace, "company:yitu") == []
    on_it = workspace.notes.entity_note("yitu", "See [[Megvii]]")
    assert [each.id for each in workspace.notes.entities_of(on_it)] == ["yitu", "megvii"]
    assert found(workspace, "company:yitu") == [on_it.id]


def test_links_are_looked_up_again_with_another_catalogue(
    workspace: Workspace, paths: Paths
) -> None:
    note = workspace.notes.entity_note("huawei", "See [[Lotus Firm]]")
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text(
        '[[entity]]\nid = "lotus-firm"\nkind = "company"\nname = "Lotus Firm"\n', "utf-8"
    )
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        assert found(again, 'company:"Lotus Firm"') == [note.id]
    finally:
        again.close()


def test_a_note_on_an_issue_that_is_not_there_has_no_place(
    workspace: Workspace, paths: Paths
) -> None:
    anchor = Anchor(ROLE, "", 0, 4, 0, "Gone")
    store = Store(paths.data)
    with store.annotations_file.transaction() as tx:
        tx.put(store.annotations, Annotation("lost", AnnotationKind.NOTE, "nowhere", "", anchor))
    workspace.poll()
    assert found(workspace, "gone is:orphan") == ["lost"]
    (note,) = workspace.notes.all()
    assert workspace.notes.entities_of(note) == []


def test_a_lost_index_is_filled_with_places(
    workspace: Workspace, paths: Paths, tmp_path: Path
) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    note = noted(workspace, issue, "answered the questions")
    brought_in(workspace, tmp_path, "New words stand before it.", FIRST, SECOND)
    workspace.close()
    paths.index.unlink()
    again = Workspace.open(paths, Settings())
    try:
        assert found(again, "company:megvii") == [note.id]
    finally:
        again.close()


def test_a_quotation_is_found_in_all_its_places(workspace: Workspace, tmp_path: Path) -> None:
    twice = "“The harbour is large”, said Ann. The harbour is large."
    issue = brought_in(workspace, tmp_path, twice, SECOND)
    text = workspace.library.document(issue).text
    places = workspace.notes.quoted_at(issue, "the  HARBOUR is\nlarge", ROLE)
    assert [text[start:end] for _, start, end in places] == ["The harbour is large"] * 2
    assert workspace.notes.quoted_at(issue, " ") == []
    assert workspace.notes.quoted_at(issue, "The harbour is small") == []
    likely = workspace.notes.like_quote(issue, "Nobody of Megvii replied to the questions sent")
    assert text[slice(*likely[0][1:])].startswith("Nobody from Megvii")
    assert workspace.notes.like_quote(issue, "entirely other matters 0123456789") == []


def test_a_note_whose_document_cannot_be_read_is_still_found(
    workspace: Workspace, paths: Paths, tmp_path: Path
) -> None:
    issue = brought_in(workspace, tmp_path, FIRST, SECOND)
    note = noted(workspace, issue, "answered the questions", "a zebra")
    brought_in(workspace, tmp_path, "New words stand before it.", FIRST, SECOND)
    workspace.close()
    for file in (paths.data / "documents" / issue).iterdir():
        file.write_bytes(b"")
    paths.index.unlink()
    again = Workspace.open(paths, Settings())
    try:
        assert found(again, "zebra -is:orphan") == [note.id]
        assert again.notes.placement(note) is None
    finally:
        again.close()
