"""Notes as files in a folder: what is written, what is kept, and what never leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.export import profiles, w3c
from chinai_tui.export.markers import BEGIN
from chinai_tui.store import files
from chinai_tui.workspace import ExportBy, ExportReport, ExportTarget, Workspace

ISSUE, OTHER = "chinai-94", "chinai-29"
ROLE = DocumentRole.DIGEST
SIDE = {"references.bib", "references.json", "references.ris", "notes.annotations.jsonl"}


def export(workspace: Workspace, folder: Path, **asked: object) -> ExportReport:
    return workspace.transfer.export(ExportTarget(**asked), folder)  # type: ignore[arg-type]


def fill(workspace: Workspace) -> list[Annotation]:
    """Notes of each kind, hard words and a link among them."""
    notes = workspace.notes
    mention = workspace.library.open(ISSUE).mentions[0]
    return [
        notes.note(ISSUE, ROLE, mention.start, mention.end, "See [[SenseTime|them]]: 50 %% #leon"),
        notes.note(ISSUE, ROLE, 0, 40, "- a list #leon\n- <b>so</b> `[[code]]`\n\n```\nopen"),
        notes.highlight(OTHER, ROLE, 0, 30),
        notes.note(OTHER, ROLE, 40, 60, "Third #leon #ai"),
        notes.entity_note("sensetime", "On the firm #ai"),
    ]


def put(workspace: Workspace, *annotations: Annotation) -> None:
    """Write annotations as they are."""
    store = workspace._core.store
    with store.annotations_file.transaction() as tx:
        for each in annotations:
            tx.put(store.annotations, each)


def rename(workspace: Workspace, issue_id: str, title: str) -> None:
    core = workspace._core
    issue = replace(core.issue(issue_id), title=title)
    with core.store.issues_file.transaction() as tx:
        tx.put(core.store.issues, issue)
    core.index.put_issues(workspace._indexing._entries([issue]))


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {each.name: (each.stat().st_mtime_ns, each.stat().st_ino) for each in folder.iterdir()}


@pytest.mark.parametrize("profile", profiles.PROFILES)
@pytest.mark.parametrize("by", ExportBy)
def test_what_is_unchanged_is_not_touched(
    workspace: Workspace, tmp_path: Path, profile: str, by: ExportBy
) -> None:
    fill(workspace)
    first = export(workspace, tmp_path / "out", profile=profile, by=by)
    assert set(first.files) <= set(first.written)
    assert {each.name for each in first.written} - {each.name for each in first.files} == SIDE
    before = stamps(tmp_path / "out")
    again = export(workspace, tmp_path / "out", profile=profile, by=by)
    assert (again.files, again.written, again.notes) == (first.files, (), first.notes)
    assert stamps(tmp_path / "out") == before


def test_every_link_of_a_vault_resolves(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    export(workspace, tmp_path, profile="obsidian")
    texts = {each.stem: each.read_text("utf-8") for each in tmp_path.glob("*.md")}
    fronts = {name: yaml.safe_load(text.split("---\n")[1]) for name, text in texts.items()}
    names = {*texts, *(alias for front in fronts.values() for alias in front.get("aliases", ()))}
    found = 0
    for text in texts.values():
        blocks = re.findall(r"(?m)^\^([a-z0-9-]+)$", text)
        assert len(blocks) == len(set(blocks))
        for target in re.findall(
            r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", text.replace("`[[code]]`", "")
        ):
            file, _, block = target.partition("#^")
            assert file in names
            assert not block or f"\n^{block}\n" in texts[file]
            found += 1
        notes = re.findall(r"\[\^([\w-]+)\](?!:)", text)
        assert set(notes) <= set(re.findall(r"(?m)^\[\^([\w-]+)\]:", text))
    assert found
    assert "[[company-sensetime|them]]" in texts[next(each for each in texts if "-94--" in each)]
    assert "On the firm" in texts["company-sensetime"]


def test_private_notes_never_leave(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    mention = workspace.library.open(ISSUE).mentions[0]
    workspace.notes.note(ISSUE, ROLE, mention.start, mention.end, "secret one #Private #leon")
    workspace.notes.entity_note(mention.entity, "secret two #private/work")
    workspace.notes.note(ISSUE, ROLE, 0, 40, "open #leon")
    for by in ExportBy:
        for profile in profiles.PROFILES:
            target = ExportTarget(by=by, profile=profile)
            workspace.transfer.export(target, out / by / profile)
            assert "secret" not in workspace.transfer.export_text(target)[0]
    export(workspace, out, entity=mention.entity, by=ExportBy.ENTITY)
    workspace.transfer.export_dossier(mention.entity, out)
    files = [each for each in out.rglob("*.*") if each.is_file()]
    assert any("open" in each.read_text("utf-8") for each in files)
    assert [each for each in files if "secret" in each.read_text("utf-8")] == []


def test_a_note_that_becomes_private_leaves_all_files(workspace: Workspace, tmp_path: Path) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "was open")
    out = tmp_path / "out"
    (file,) = export(workspace, out).files
    file.write_text(file.read_text("utf-8") + "\nMine.\n", "utf-8")
    workspace.notes.edit(note.id, "was open #private")
    export(workspace, out)
    assert "was open" not in "".join(each.read_text("utf-8") for each in out.iterdir())
    assert "Mine." in file.read_text("utf-8")


CHOSEN = {"by": ExportBy.ONE, "name": "after:2020"}


@pytest.mark.parametrize("profile", profiles.PROFILES)
@pytest.mark.parametrize("gone", [False, True])
def test_a_note_that_may_not_leave_any_more_leaves_the_files_of_every_export(
    workspace: Workspace, tmp_path: Path, profile: str, gone: bool
) -> None:
    notes, out = workspace.notes, tmp_path / "out"
    mention = workspace.library.open(ISSUE).mentions[0]
    note = notes.note(ISSUE, ROLE, mention.start, mention.end, "was open #leon")
    other = notes.note(ISSUE, ROLE, mention.start, mention.end, "stays open #leon")
    pages = []
    for by in (ExportBy.ENTITY, ExportBy.TAG, ExportBy.ISSUE):
        pages += export(workspace, out, by=by, profile=profile).files
    chosen = frozenset((note.id, other.id))
    pages += export(workspace, out, chosen=chosen, profile=profile, **CHOSEN).files
    assert sum("was open" in each.read_text("utf-8") for each in pages) >= 4
    if gone:
        notes.delete([note.id])
    else:
        notes.edit(note.id, "was open #private")
    third = notes.note(OTHER, ROLE, 0, 30, "third")
    export(workspace, out, issue=OTHER, profile=profile)
    texts = [each.read_text("utf-8") for each in {*pages, *out.iterdir()}]
    assert [each for each in texts if "was open" in each] == []
    assert sum("stays open" in each for each in texts) >= 5
    assert all("third" not in each.read_text("utf-8") for each in pages)
    assert third.id in (out / "notes.annotations.jsonl").read_text("utf-8")
    assert export(workspace, out, issue=OTHER, profile=profile).written == ()


def test_a_tag_that_no_note_has_leaves_an_empty_page(workspace: Workspace, tmp_path: Path) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "words #leon")
    (file,) = export(workspace, tmp_path, by=ExportBy.TAG).files
    workspace.notes.edit(note.id, "words")
    export(workspace, tmp_path, by=ExportBy.TAG)
    assert "words" not in file.read_text("utf-8")


def meanwhile(monkeypatch: pytest.MonkeyPatch, *edits: Callable[[], object]) -> None:
    """Has somebody else save a file right before each of the next writes."""
    replace_many, left = files.replace_many, list(edits)

    def call(*given: object, **named: object) -> object:
        if left:
            left.pop(0)()
        return replace_many(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "replace_many", call)


def test_what_is_saved_during_an_export_stays(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "first")
    (file,) = export(workspace, tmp_path).files

    def add(words: str) -> None:
        file.write_text(f"{file.read_text('utf-8')}{words}\n", "utf-8")

    workspace.notes.note(ISSUE, ROLE, 0, 40, "second")
    meanwhile(monkeypatch, lambda: add("Mine."))
    assert file in export(workspace, tmp_path).written
    text = file.read_text("utf-8")
    assert "second" in text
    assert text.endswith("Mine.\n")
    workspace.notes.note(ISSUE, ROLE, 0, 40, "third")
    meanwhile(monkeypatch, lambda: add("More."), lambda: add("Most."))
    report = export(workspace, tmp_path)
    assert file not in report.written
    assert f"{file.name} changes while it is written" in report.told[0]
    assert file.read_text("utf-8") == f"{text}More.\nMost.\n"


def test_what_appears_during_an_export_stays(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "first")
    (name,) = (each.name for each in export(workspace, tmp_path / "a").files)
    mine = tmp_path / "b" / name
    mine.parent.mkdir()
    meanwhile(monkeypatch, lambda: mine.write_text("Mine.\n", "utf-8"))
    report = export(workspace, tmp_path / "b")
    assert mine.read_text("utf-8") == "Mine.\n"
    assert mine not in report.written
    assert "has become another file" in report.told[0]


def test_a_renamed_issue_moves_its_file(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    old, *_ = export(workspace, tmp_path, issue=ISSUE).files
    old.write_text(old.read_text("utf-8").replace(BEGIN, f"My summary.\n\n{BEGIN}"), "utf-8")
    rename(workspace, ISSUE, "ChinAI #94: Another Title")
    report = export(workspace, tmp_path, issue=ISSUE)
    new = report.files[0]
    assert not old.exists()
    assert "another-title" in new.name
    assert "My summary." in new.read_text("utf-8")
    assert report.told == (f"{old.name} is now {new.name}",)
    assert export(workspace, tmp_path, issue=ISSUE).told == ()


def test_a_file_that_one_renamed_stays_there(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    old, *_ = export(workspace, tmp_path, issue=ISSUE).files
    mine = old.rename(tmp_path / "My own name.md")
    report = export(workspace, tmp_path, issue=ISSUE)
    assert report.files[0] == mine
    assert not old.exists()


def test_a_name_that_another_page_has_is_not_taken(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    first, *_ = export(workspace, tmp_path, issue=ISSUE).files
    text = first.read_text("utf-8").replace('id: "chinai-94"', 'id: "somebody-else"')
    first.rename(tmp_path / first.name.upper().replace(".MD", ".md")).write_text(text, "utf-8")
    second, *_ = export(workspace, tmp_path, issue=ISSUE).files
    assert second.name.casefold() != first.name.casefold()
    assert "My remark" not in text
    assert export(workspace, tmp_path, issue=ISSUE).files[0] == second


def test_an_empty_file_is_filled(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    (file, *_) = export(workspace, tmp_path, issue=OTHER).files
    file.write_bytes(b"\n")
    assert export(workspace, tmp_path, issue=OTHER).files[0] == file
    assert "Third" in file.read_text("utf-8")


def test_ids_that_begin_alike(workspace: Workspace, tmp_path: Path) -> None:
    made = workspace.notes.note(ISSUE, ROLE, 0, 40, "One")
    twin = replace(made, id=made.id[:8] + "zzzz", text="Two", created=made.created + "a")
    put(workspace, twin)
    text = export(workspace, tmp_path, issue=ISSUE).files[0].read_text("utf-8")
    blocks = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(set(blocks)) == len(blocks) == 2
    assert f"h-{made.id[:8]}" in blocks


def test_the_order_of_a_tag_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    first, second, third = (note.id for note in workspace.memos.ordered("leon"))
    workspace.memos.move("leon", [third], -2)
    order = [third, first, second]
    chosen = frozenset(order)
    for by in (ExportBy.ONE, ExportBy.TAG):
        target = {"chosen": chosen, "tag": "leon", "by": by, "name": "tag:leon"}
        (file,) = export(workspace, tmp_path, **target).files
        text = file.read_text("utf-8")
        places = [text.index(f"h-{each[:8]}") for each in order]
        assert places == sorted(places)


def test_a_page_for_each_tag(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    report = export(workspace, tmp_path, by=ExportBy.TAG)
    assert [each.name for each in report.files] == ["tag-ai.md", "tag-leon.md"]
    assert "On the firm" in report.files[0].read_text("utf-8")


def test_a_page_for_each_entity(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    report = export(workspace, tmp_path, by=ExportBy.ENTITY)
    (file,) = [each for each in report.files if each.name == "company-sensetime.notes.md"]
    text = file.read_text("utf-8")
    assert "On the firm" in text
    assert "them" in text
    assert "Third" not in text


def test_side_files_hold_what_was_exported_and_no_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    notes = fill(workspace)
    export(workspace, tmp_path, issue=ISSUE)
    file = tmp_path / "notes.annotations.jsonl"
    # The firm is linked to, so that its page is there too.
    lines = file.read_text("utf-8").splitlines()
    assert {w3c.read(line)[0] for line in lines} == {notes[0], notes[1], notes[4]}
    export(workspace, tmp_path, issue=OTHER)
    lines = file.read_text("utf-8").splitlines()
    assert {w3c.read(line)[0] for line in lines} == set(notes)
    workspace.notes.delete([notes[0].id])
    export(workspace, tmp_path, issue=OTHER)
    assert len(file.read_text("utf-8").splitlines()) == 4
    keys = {each["id"] for each in json.loads((tmp_path / "references.json").read_text("utf-8"))}
    assert len(keys) == 2
    assert all(f"{{{key}," in (tmp_path / "references.bib").read_text("utf-8") for key in keys)


def test_a_bibliography_of_ones_own_stays(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    mine = tmp_path / "references.bib"
    mine.write_text("@book{mine}\n", "utf-8")
    for _ in range(2):
        report = export(workspace, tmp_path)
        assert mine.read_text("utf-8") == "@book{mine}\n"
        assert (tmp_path / "references (chinai).bib").exists()
        assert "references.bib is not from an export" in report.told[0]
    assert report.written == ()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("references.bib", "@book{mine}\n"),
        ("references.json", None),
        ("references.ris", "TY  - BOOK\nID  - mine\nER  - \n"),
        ("notes.annotations.jsonl", '{"mine": 1}\n'),
    ],
)
def test_what_one_wrote_into_a_side_file_stays(
    workspace: Workspace, tmp_path: Path, name: str, more: str | None
) -> None:
    fill(workspace)
    export(workspace, tmp_path, issue=ISSUE)
    mine = tmp_path / name
    text = mine.read_text("utf-8") + more if more else '[{"id": "mine"}]'
    mine.write_text(text, "utf-8")
    report = export(workspace, tmp_path)
    assert mine.read_text("utf-8") == text
    assert [each for each in report.told if each.startswith(f"{name} is not from an export")]
    assert len([each for each in tmp_path.iterdir() if "(chinai)" in each.name]) == 1


def test_orphans_are_exported_and_told(workspace: Workspace, tmp_path: Path) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "Where is it?")
    assert note.anchor is not None
    lost = replace(note.anchor, exact="Zyx wvu tsrq ponm.", prefix="", suffix="", revision="0" * 64)
    put(workspace, replace(note, anchor=lost), replace(note, id="gone", issue="no-such-issue"))
    text = export(workspace, tmp_path, issue=ISSUE).files[0].read_text("utf-8")
    assert "> Zyx wvu tsrq ponm." in text
    assert "**not found in the present text**" in text
    everything = export(workspace, tmp_path)
    assert everything.notes == 2


def test_one_is_warned_of_long_quotations(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "94.txt"
    words = "\n\n".join(f"Paragraph {n} has these words and some more of them." for n in range(60))
    file.write_text(f"ChinAI #94: A long one\n\nGreetings from a world\n\n{words}\n", "utf-8")
    workspace.transfer.import_paths([file])
    end = len(workspace.library.document(ISSUE, DocumentRole.TEXT).text)
    workspace.notes.highlight(ISSUE, DocumentRole.TEXT, 0, end // 3)
    assert export(workspace, tmp_path).told == ()
    workspace.notes.highlight(ISSUE, DocumentRole.TEXT, 0, end)
    (told,) = export(workspace, tmp_path).told
    assert re.match(r"ChinAI #94: \d{3} words are quoted", told)


def test_somebody_elses_note_says_whose_it_is(workspace: Workspace, tmp_path: Path) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "Mine")
    put(workspace, replace(note, id="other", kind=AnnotationKind.NOTE, creator="Bo Second"))
    text = export(workspace, tmp_path, issue=ISSUE).files[0].read_text("utf-8")
    assert text.count("- **By:** ") == 1
    assert "- **By:** Bo Second" in text
