from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import AnnotationKind, Color, Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import EntityKind
from chinai_tui.errors import CatalogueError, NotFoundError, OutdatedError, StoreError
from chinai_tui.paths import Paths
from chinai_tui.text.tags import is_private
from chinai_tui.workspace import Changed, ExportBy, ExportTarget, Workspace
from chinai_tui.workspace.quoting import voice_at

ISSUE, ROLE = "chinai-94", DocumentRole.DIGEST


def test_a_bookmark_comes_and_goes(workspace: Workspace) -> None:
    assert workspace.notes.bookmark(ISSUE, ROLE, 5, 20) is not None
    assert [row.bookmarks for row in workspace.library.rows().rows if row.id == ISSUE] == [1]
    assert workspace.notes.bookmark(ISSUE, ROLE, 10, 12) is None
    assert workspace.notes.bookmarks() == []


def test_a_note_keeps_the_words_it_is_on(workspace: Workspace) -> None:
    document = workspace.library.document(ISSUE)
    note = workspace.notes.note(ISSUE, ROLE, 0, 12, "Compare with Yitu #ipo")
    assert note.anchor is not None
    assert note.anchor.exact == document.text[:12]
    assert note.voice is not None
    assert note.voice.kind is VoiceKind.DIGEST
    assert workspace.library.rows("has:note").rows[0].id == ISSUE
    assert workspace.library.rows("tag:ipo").rows[0].id == ISSUE


def test_notes_are_there_after_opening_again(workspace: Workspace, paths: Paths) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 12, "kept")
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        assert again.notes.all() == [note]
    finally:
        again.close()


def test_changes_are_taken_back_and_done_again(workspace: Workspace) -> None:
    notes = workspace.notes
    note = notes.note(ISSUE, ROLE, 0, 12, "first")
    notes.edit(note.id, "second")
    notes.delete([note.id])
    assert notes.all() == []
    assert notes.undo() == "deletion"
    assert notes.get(note.id).text == "second"
    assert notes.undo() == "edit"
    assert notes.get(note.id).text == "first"
    assert notes.redo() == "edit"
    assert notes.get(note.id).text == "second"
    assert notes.undo() == "edit"
    assert notes.undo() == "note"
    assert notes.undo() is None
    assert notes.all() == []
    assert notes.redo() == "note"
    assert notes.get(note.id).text == "first"


def test_a_new_change_closes_the_way_forward(workspace: Workspace) -> None:
    notes = workspace.notes
    notes.note(ISSUE, ROLE, 0, 12, "first")
    notes.undo()
    notes.highlight(ISSUE, ROLE, 0, 12)
    assert notes.redo() is None
    assert [each.kind for each in notes.all()] == [AnnotationKind.HIGHLIGHT]


def test_two_hundred_steps_are_kept(workspace: Workspace) -> None:
    for number in range(205):
        workspace.notes.highlight(ISSUE, ROLE, number, number + 3)
    undone = 0
    while workspace.notes.undo():
        undone += 1
    assert undone == 200
    assert len(workspace.notes.all()) == 5


def test_notes_are_found_by_their_words_and_quotations(workspace: Workspace) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "On the Café #chips")
    quoted = workspace.library.document(ISSUE).text[:40].split()[-2]
    for query in ("cafe", "CHIPS", f'"{quoted}"', "cafe chips", "chip tag:chips is:note"):
        assert len(workspace.notes.find(query).annotations) == 1, query
    assert workspace.notes.find("absent").annotations == ()


def test_the_latest_is_first_within_a_second_too(workspace: Workspace) -> None:
    made = [workspace.notes.note(ISSUE, ROLE, at, at + 5, "why").id for at in range(8)]
    assert [each.id for each in workspace.notes.all()] == made[::-1]
    assert [each.id for each in workspace.notes.find("why").annotations] == made[::-1]


def test_a_tag_finds_the_tags_below_it(workspace: Workspace) -> None:
    notes = workspace.notes
    texts = ("on #Private/home/garden", "on #private", "on #privately", "on #private0")
    *found, _, _ = (notes.issue_note(ISSUE, text).id for text in texts)
    assert {each.id for each in notes.find("tag:private").annotations} == {*found}
    assert [each.id for each in notes.find("tag:private/home").annotations] == found[:1]
    assert [each.id for each in workspace.memos.ordered("private")] == found
    notes.delete([each.id for each in notes.all()])
    in_bin = notes.find_deleted("tag:private").deleted
    assert {each.annotation.id for each in in_bin} == {*found}


def test_what_is_written_is_kept_without_what_a_terminal_acts_on(workspace: Workspace) -> None:
    hostile = "one\r\ntwo\x1b[31m\u202e #a"
    note = workspace.notes.issue_note(ISSUE, hostile, tags=["b\x1b]0;x\x07"])
    assert (note.text, note.tags) == ("one\ntwo #a", ("a", "b"))
    workspace.notes.edit(note.id, hostile + "c")
    workspace.notes.retag([note.id], ["d\x9b1m"], [])
    kept = workspace.notes.get(note.id)
    assert (kept.text, kept.tags) == ("one\ntwo #ac", ("ac", "b", "d"))


def test_links_in_code_are_none(workspace: Workspace) -> None:
    note = workspace.notes.issue_note(ISSUE, "`[[Megvii]]` and [[Yitu]]")
    assert [each.id for each in workspace.notes.entities_of(note)] == ["yitu"]


def test_notes_are_found_by_whom_they_are_on(workspace: Workspace) -> None:
    mention = workspace.library.open(ISSUE).mentions[0]
    passage = workspace.notes.highlight(ISSUE, ROLE, mention.start, mention.end)
    other = workspace.notes.entity_note(mention.entity, "On the entity")
    workspace.notes.note("chinai-29", ROLE, 0, 2, "On something else")
    found = workspace.notes.find(f"entity:{mention.entity} sort:place").annotations
    assert found == (passage, other)


def test_a_faulty_part_of_a_query_is_told_and_the_rest_answered(workspace: Workspace) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "On chips")
    found = workspace.notes.find("chips tagg:x company:nobody-at-all OR chips noted:1999..")
    assert found.annotations == (note,)
    assert [each.start for each in found.query.problems] == [6, 13]
    assert workspace.notes.find("noted:..1999").annotations == ()


def test_notes_on_undated_issues_are_counted_where_a_date_is_asked_for(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "made-up.md").write_text("# Made up\n\nSome words.\n", "utf-8")
    (issue,) = workspace.transfer.import_paths([tmp_path / "made-up.md"]).added
    workspace.notes.note(issue, DocumentRole.TEXT, 0, 4, "Undated")
    workspace.notes.entity_note("sensetime", "On nothing that has a date")
    found = workspace.notes.find("after:2000")
    assert (found.annotations, found.undated) == ((), 1)


def test_who_speaks_can_be_said(workspace: Workspace) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 12, "x")
    workspace.notes.set_voice([note.id], Voice(VoiceKind.GUEST, "Lin Example"))
    assert workspace.notes.get(note.id).voice == Voice(VoiceKind.GUEST, "Lin Example")
    assert "Lin Example" in workspace.citing.cite_annotation(workspace.notes.get(note.id))


def test_passages_are_bookmarked_in_one_step(workspace: Workspace) -> None:
    notes = workspace.notes
    passages = [(ISSUE, ROLE, 0, 12), (ISSUE, ROLE, 20, 30), (ISSUE, ROLE, 20, 30)]
    notes.bookmark(*passages[0])
    (made,) = notes.bookmark_all(passages)
    assert made.anchor is not None
    assert made.anchor.start == 20
    assert notes.bookmark_all(passages) == []
    assert notes.bookmarks() == []
    assert notes.undo() == "bookmark taken away of 2"
    assert len(notes.bookmarks()) == 2


def test_what_was_confirmed_of_a_passage_is_cited_for_all_in_it(workspace: Workspace) -> None:
    voice = Voice(VoiceKind.GUEST, "Lin Example", confirmed=True)
    workspace.notes.highlight_all([(ISSUE, ROLE, 10, 40)], voice=voice)
    opened = workspace.library.open(ISSUE, ROLE)
    assert voice_at(opened, 12, 40) == voice
    assert voice_at(opened, 5, 40) != voice
    assert "Lin Example" in workspace.citing.quote_passage(opened, 12, 40)


def test_passages_are_annotated_in_one_step_or_not_at_all(workspace: Workspace) -> None:
    notes = workspace.notes
    passages = [("chinai-94", ROLE, 0, 12), ("chinai-94", ROLE, 20, 30)]
    made = notes.note_all(passages, "Compare #ipo", "red", ("chips",))
    assert [each.anchor.start for each in made if each.anchor] == [0, 20]
    assert {(each.text, each.color, each.tags) for each in made} == {
        ("Compare #ipo", "red", ("ipo", "chips"))
    }
    notes.highlight_all(passages, "blue")
    assert [notes.undo(), notes.undo(), notes.undo()] == ["highlight of 2", "note of 2", None]
    broken = [*passages, ("nowhere", ROLE, 0, 1)]
    with pytest.raises(NotFoundError):
        notes.note_all(broken, "x")
    with pytest.raises(NotFoundError):
        notes.highlight_all(broken)
    assert notes.all() == []


def test_an_edit_replaces_only_what_its_writer_has_seen(workspace: Workspace) -> None:
    notes = workspace.notes
    note = notes.note(ISSUE, ROLE, 0, 12, "first")
    notes.edit(note.id, "theirs", seen="first")
    with pytest.raises(OutdatedError, match="changed elsewhere; save again to replace it"):
        notes.edit(note.id, "mine", seen="first")
    assert notes.get(note.id).text == "theirs"
    notes.edit(note.id, "mine")
    assert notes.get(note.id).text == "mine"


def test_listeners_hear_of_each_change(workspace: Workspace) -> None:
    heard: list[Changed] = []
    stop = workspace.subscribe(heard.append)
    workspace.notes.highlight(ISSUE, ROLE, 0, 12)
    assert heard == [Changed(issues=frozenset({ISSUE}), annotations=True)]
    stop()
    workspace.notes.highlight(ISSUE, ROLE, 20, 30)
    assert len(heard) == 1


def test_an_unknown_note_is_named(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="feed"):
        workspace.notes.edit("feed", "x")


def test_a_note_that_cannot_be_saved_is_said_and_not_pretended(
    workspace: Workspace, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 12, "kept")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(StoreError, match="No space left"):
        workspace.notes.note(ISSUE, ROLE, 0, 12, "not kept")
    monkeypatch.undo()
    assert [each.text for each in workspace.notes.all()] == ["kept"]
    assert workspace.notes.note(ISSUE, ROLE, 0, 12, "again").text == "again"


def test_export_keeps_what_was_written_around_it(workspace: Workspace, tmp_path: Path) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "My remark")
    workspace.notes.note("chinai-29", ROLE, 0, 40, "Another")
    report = workspace.transfer.export(ExportTarget(), tmp_path / "out")
    assert (len(report.files), report.notes) == (2, 2)
    (file,) = workspace.transfer.export(ExportTarget(issue=ISSUE), tmp_path / "out").files
    text = file.read_text("utf-8")
    assert "My remark" in text
    file.write_text(text + "\nMy own words.\n", "utf-8")
    workspace.transfer.export(ExportTarget(issue=ISSUE), tmp_path / "out")
    once = file.read_text("utf-8")
    assert once.endswith("\nMy own words.\n")
    workspace.transfer.export(ExportTarget(issue=ISSUE), tmp_path / "out")
    assert file.read_text("utf-8") == once


def test_the_export_of_some_notes_takes_none_of_the_others_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = workspace.notes.note(ISSUE, ROLE, 0, 40, "First remark")
    workspace.notes.note(ISSUE, ROLE, 50, 60, "Second remark")
    workspace.notes.note("chinai-29", ROLE, 0, 40, "Another")
    some = ExportTarget(chosen=frozenset({first.id}), name="first")
    report = workspace.transfer.export(some, tmp_path)
    (file,) = report.files
    assert report.notes == 2
    assert "Second remark" in file.read_text("utf-8")
    for target in (
        replace(some, chosen=frozenset()),
        replace(some, chosen=frozenset(), issue=ISSUE),
    ):
        assert workspace.transfer.export(target, tmp_path).files == ()
    assert "Second remark" in file.read_text("utf-8")
    (single,) = workspace.transfer.export(replace(some, by=ExportBy.ONE), tmp_path).files
    assert single.name.startswith("chinai-notes--first-")
    text = single.read_text("utf-8")
    assert "First remark" in text
    assert "Second remark" not in text


def test_a_file_whose_last_note_is_gone_says_so(workspace: Workspace, tmp_path: Path) -> None:
    target = ExportTarget(issue=ISSUE)
    assert workspace.transfer.export(target, tmp_path).files == ()
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "My remark")
    (file,) = workspace.transfer.export(target, tmp_path).files
    workspace.notes.delete([note.id])
    workspace.transfer.export(target, tmp_path)
    assert "My remark" not in file.read_text("utf-8")


@pytest.mark.parametrize("data", [b"mine, without markers", b"\xff\xfe broken"])
def test_a_file_of_somebody_else_is_not_overwritten(
    workspace: Workspace, tmp_path: Path, data: bytes
) -> None:
    target = ExportTarget(issue=ISSUE)
    workspace.notes.note(ISSUE, ROLE, 0, 40, "My remark")
    (file,) = workspace.transfer.export(target, tmp_path).files
    file.write_bytes(data)
    report = workspace.transfer.export(target, tmp_path)
    assert file.read_bytes() == data
    (beside,) = report.files
    assert beside.name == f"{file.stem} (chinai).md"
    assert "My remark" in beside.read_text("utf-8")
    (told,) = report.told
    assert told.startswith(f"{file.name} stays as it is")
    again = workspace.transfer.export(target, tmp_path)
    assert (again.files, again.written, again.told) == (report.files, (), report.told)
    file.unlink()
    assert workspace.transfer.export(target, tmp_path).files == (file,)
    assert not beside.exists()


def test_the_notes_on_a_company_are_exported_together(workspace: Workspace, tmp_path: Path) -> None:
    mention = workspace.library.open(ISSUE).mentions[0]
    workspace.notes.note(ISSUE, ROLE, mention.start, mention.end, "On the passage")
    workspace.notes.entity_note(mention.entity, "On the entity")
    workspace.notes.note("chinai-29", ROLE, 0, 2, "On something else")
    report = workspace.transfer.export(
        ExportTarget(entity=mention.entity, by=ExportBy.ENTITY), tmp_path
    )
    (file,) = report.files
    text = file.read_text("utf-8")
    assert "On the passage" in text
    assert "On the entity" in text
    assert "On something else" not in text


def test_a_correction_is_taken_back_and_made_again(workspace: Workspace, paths: Paths) -> None:
    notes, mending, care = workspace.notes, workspace.mending, workspace.care
    correction = mending.alias("sensetime", "the article")
    before = workspace.library.open(ISSUE).mentions
    mending.apply(correction, ISSUE)
    after = workspace.library.open(ISSUE).mentions
    assert len(after) > len(before)
    assert care.is_behind
    note = notes.note(ISSUE, ROLE, 0, 5, "between")
    assert notes.undo() == "note"
    told: list[Changed] = []
    workspace.subscribe(told.append)
    assert notes.undo() == correction.title
    assert told == [Changed(issues=frozenset({ISSUE}), library=True)]
    assert workspace.library.open(ISSUE).mentions == before
    assert not paths.entities.read_bytes()
    assert not care.is_behind
    assert notes.redo() == correction.title
    assert workspace.library.open(ISSUE).mentions == after
    assert notes.redo() == "note"
    assert notes.all() == [note]


def test_a_correction_is_taken_out_from_between_others(workspace: Workspace, paths: Paths) -> None:
    paths.entities.parent.mkdir(parents=True)
    paths.entities.write_bytes(b"# first")
    workspace.mending.apply(workspace.mending.alias("sensetime", "Sense Firm"))
    mine = b'\n# mine\n[[alias]]\nentity = "sensetime"\ntext = "Firm of Senses"\n'
    with paths.entities.open("ab") as file:
        file.write(mine)
    assert workspace.notes.undo() is not None
    assert paths.entities.read_bytes() == b"# first\n" + mine
    assert workspace.notes.redo() is not None
    assert paths.entities.read_bytes().startswith(b"# first\n" + mine)
    assert workspace.notes.undo() is not None
    assert paths.entities.read_bytes() == b"# first\n" + mine


@pytest.mark.parametrize(
    ("old", "new"),
    [("Sense Firm", "Sense Firms"), ('Firm"\n', 'Firm"\ncase = true\n'), ("[[alias]]", "")],
)
def test_a_correction_that_was_changed_by_hand_is_left(
    workspace: Workspace, paths: Paths, old: str, new: str
) -> None:
    correction = workspace.mending.alias("sensetime", "Sense Firm")
    workspace.mending.apply(correction)
    changed = paths.entities.read_text("utf-8").replace(old, new)
    paths.entities.write_text(changed, "utf-8")
    with pytest.raises(OutdatedError, match="do not stand there any more") as caught:
        workspace.notes.undo()
    assert str(paths.entities) in str(caught.value)
    assert paths.entities.read_text("utf-8") == changed


def test_what_other_lines_need_is_not_taken_out(workspace: Workspace, paths: Paths) -> None:
    lotus = workspace.mending.new_entity("Lotus Firm", EntityKind.COMPANY)
    workspace.mending.apply(lotus)
    with paths.entities.open("a", encoding="utf-8") as file:
        file.write('\n[[alias]]\nentity = "lotus-firm"\ntext = "Lotusland"\n')
    with pytest.raises(CatalogueError, match="no entity lotus-firm"):
        workspace.notes.undo()
    assert workspace.entities.get("lotus-firm").name == "Lotus Firm"


def test_a_correction_that_cannot_be_taken_back_is_forgotten(
    workspace: Workspace, paths: Paths
) -> None:
    notes = workspace.notes
    note = notes.note(ISSUE, ROLE, 0, 5, "before it")
    workspace.mending.apply(workspace.mending.alias("sensetime", "Sense Firm"))
    paths.entities.write_text("# mine\n", "utf-8")
    with pytest.raises(OutdatedError, match="this step is forgotten"):
        notes.undo()
    assert notes.all() == [note]
    assert notes.undo() == "note"
    assert notes.all() == []
    assert notes.redo() == "note"
    assert notes.redo() is None


def test_a_correction_that_cannot_be_made_again_is_forgotten(
    workspace: Workspace, paths: Paths
) -> None:
    notes = workspace.notes
    correction = workspace.mending.alias("sensetime", "Sense Firm")
    workspace.mending.apply(correction)
    note = notes.note(ISSUE, ROLE, 0, 5, "after it")
    assert [notes.undo(), notes.undo()] == ["note", correction.title]
    paths.entities.write_text("[[alias]\n", "utf-8")
    with pytest.raises(CatalogueError):
        notes.redo()
    paths.entities.write_text(correction.lines.replace("sensetime", "huawei"), "utf-8")
    with pytest.raises(OutdatedError, match="this step is forgotten"):
        notes.redo()
    assert notes.redo() == "note"
    assert notes.all() == [note]


def test_notes_on_an_entity_that_is_gone_are_exported_and_told(
    workspace: Workspace, paths: Paths, tmp_path: Path
) -> None:
    note = workspace.notes.entity_note("huawei", "On the firm")
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text('[[entity]]\nid = "huawei"\noff = true\n', "utf-8")
    again = Workspace.open(paths, Settings())
    try:
        (file,) = again.transfer.export(ExportTarget(), tmp_path).files
        told = again.care.check().wrong
    finally:
        again.close()
    assert "On the firm" in file.read_text("utf-8")
    assert [each for each in told if f"note {note.id}: it is on entity huawei" in each]


def test_a_bookmark_with_a_name_takes_the_place_of_the_former(workspace: Workspace) -> None:
    notes = workspace.notes
    first = notes.bookmark(ISSUE, ROLE, 5, 20, "a")
    other = notes.bookmark(ISSUE, ROLE, 5, 20, "b")
    second = notes.bookmark("chinai-29", ROLE, 0, 4, "a")
    assert {*notes.bookmarks()} == {second, other}
    assert notes.undo() == "bookmark a"
    assert {*notes.bookmarks()} == {first, other}


def test_highlights_have_colours(workspace: Workspace) -> None:
    notes = workspace.notes
    red = notes.highlight(ISSUE, ROLE, 0, 9, Color.RED)
    plain = notes.highlight(ISSUE, ROLE, 20, 29)
    assert notes.find("color:red").annotations == (red,)
    notes.recolor([red.id, plain.id], Color.BLUE)
    assert len(notes.find("color:blue").annotations) == 2
    assert notes.undo() == "change of colour of 2"
    assert notes.find("-color:red").annotations == (plain,)


def test_tags_are_given_and_taken_from_many_at_once(workspace: Workspace) -> None:
    notes = workspace.notes
    first = notes.note(ISSUE, ROLE, 0, 9, "On #ipo plans")
    second = notes.highlight(ISSUE, ROLE, 20, 29)
    notes.retag([first.id, second.id], ["chips"], ["IPO"])
    assert [notes.get(each.id).tags for each in (first, second)] == [("chips",)] * 2
    assert notes.get(first.id).text == "On ipo plans"
    notes.edit(first.id, "On #export plans")
    assert notes.get(first.id).tags == ("export", "chips")
    notes.edit(first.id, "On plans")
    assert notes.get(first.id).tags == ("chips",)
    assert len(notes.find("tag:chips").annotations) == 2
    with pytest.raises(NotFoundError, match="feed"):
        notes.retag([first.id, "feed"], ["x"], [])
    assert notes.get(first.id).tags == ("chips",)


@pytest.mark.parametrize(
    ("tag", "private"), [("private", True), ("Private/desk", True), ("privately", False)]
)
def test_a_tag_makes_a_note_private(workspace: Workspace, tag: str, private: bool) -> None:
    assert is_private(workspace.notes.note(ISSUE, ROLE, 0, 9, f"x #{tag}")) is private


def test_a_note_on_an_issue_has_no_passage(workspace: Workspace) -> None:
    note = workspace.notes.issue_note(ISSUE, "On all of it #whole")
    assert (note.anchor, note.tags) == (None, ("whole",))
    assert workspace.notes.find("tag:whole -is:orphan").annotations == (note,)
    assert workspace.library.rows("has:note").rows[0].id == ISSUE
    with pytest.raises(NotFoundError):
        workspace.notes.issue_note("chinai-0", "x")


def test_notes_are_found_by_who_made_them(paths: Paths) -> None:
    workspace = Workspace.open(paths, Settings(creator="Lin Example"))
    note = workspace.notes.note(ISSUE, ROLE, 0, 9, "x")
    try:
        assert workspace.notes.find('by:"lin example"').annotations == (note,)
        assert workspace.notes.find("-by:ann").annotations == (note,)
        (choice,) = workspace.search.complete("by:l", 4).choices
        assert choice.text == 'by:"lin example"'
    finally:
        workspace.close()


def test_a_draft_survives_a_crash_until_it_is_forgotten(workspace: Workspace, paths: Paths) -> None:
    key = f"issue:{ISSUE}"
    workspace.notes.keep_draft(key, "half a thought\n商汤")
    again = Workspace.open(paths, Settings())
    try:
        assert again.notes.draft(key) == "half a thought\n商汤"
        assert again.notes.draft("entity:yitu") == ""
        again.notes.keep_draft(key, "")
        assert again.notes.draft(key) == ""
        assert not [each for each in again.library.session() if key in each]
        workspace.poll()
        assert workspace.notes.draft(key) == ""
    finally:
        again.close()


def test_the_draft_of_a_note_that_was_deleted_has_its_place(workspace: Workspace) -> None:
    notes = workspace.notes
    note = notes.note(ISSUE, ROLE, 0, 12, "as it was")
    notes.keep_draft(f"note:{note.id}", "other words")
    assert notes.drafts(ISSUE) == []
    notes.delete([note.id])
    notes.keep_draft(f"note:{note.id}", "other words yet")
    (draft,) = notes.drafts(ISSUE)
    assert (draft.anchor, draft.text) == (note.anchor, "other words yet")


def test_the_draft_of_a_note_on_an_issue_is_on_that(workspace: Workspace) -> None:
    notes = workspace.notes
    notes.keep_draft(f"issue:{ISSUE}", "half")
    note = notes.issue_note(ISSUE, "whole")
    notes.keep_draft(f"note:{note.id}", "other words", "whole")
    notes.delete([note.id])
    notes.keep_draft(f"note:{note.id}", "other words yet", "whole")
    drafts = notes.drafts(ISSUE)
    assert {(each.anchor, each.text) for each in drafts} == {
        (None, "half"),
        (None, "other words yet"),
    }
    assert notes.drafts("chinai-29") == []


def test_a_draft_knows_the_words_it_was_made_of(workspace: Workspace) -> None:
    notes = workspace.notes
    note = notes.issue_note(ISSUE, "as it was")
    key = f"note:{note.id}"
    assert notes.draft_seen(key) is None
    notes.keep_draft(key, "other words", "as it was")
    notes.edit(note.id, "changed elsewhere")
    assert notes.draft_seen(key) == "as it was"


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ("chips", ["a"]),
        ("chip -tag:ipo", []),
        ("tag:ipo OR color:red", ["b", "a"]),
        ("商汤", ["b"]),
        ('"of the 商"', ["b"]),
        ("pric*", ["b"]),
        ("by:ada", ["a"]),
        ("is:highlight", ["b"]),
        ("company:sensetime", ["c"]),
        ("issue:90..94", ["a"]),
        ("noted:1999..", ["c", "b", "a"]),
        ("noted:..1999", []),
    ],
)
def test_the_bin_takes_queries(
    workspace: Workspace, paths: Paths, query: str, fitting: list[str]
) -> None:
    notes = workspace.notes
    ada = Workspace.open(paths, Settings(creator="Ada"))
    first = ada.notes.note(ISSUE, ROLE, 0, 12, "On chips #ipo")
    ada.close()
    workspace.poll()
    other = notes.highlight("chinai-29", ROLE, 0, 12, color="red")
    notes.retag([other.id], ["price of the 商汤"], [])
    third = notes.entity_note("sensetime", "On the firm")
    made = {first.id: "a", other.id: "b", third.id: "c"}
    for each in made:
        notes.delete([each])
    found = notes.find_deleted(query)
    assert not found.query.problems
    assert sorted(made[each.annotation.id] for each in found.deleted) == sorted(fitting)


def test_what_the_bin_cannot_be_asked_is_told(workspace: Workspace) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 12, "On chips")
    workspace.notes.delete([note.id])
    found = workspace.notes.find_deleted("chips is:unread")
    assert [each.annotation for each in found.deleted] == [note]
    assert [(each.start, each.reason) for each in found.query.problems] == [
        (6, "the bin cannot be asked for is:unread")
    ]


def test_a_draft_of_an_older_program_is_read(workspace: Workspace) -> None:
    key = f"passage:{ISSUE}:{ROLE}:0-12"
    workspace.library.save_session(**{f"draft:{key}": "half a thought"})
    assert workspace.notes.draft(key) == "half a thought"
    workspace.notes.keep_draft(key, "a thought")
    assert [each.text for each in workspace.notes.drafts(ISSUE)] == ["a thought"]
