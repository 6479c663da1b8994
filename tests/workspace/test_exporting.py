"""Notes as files in a folder: what is written, what is kept, and what never leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest
import yaml
from citeproc.source.json import CiteProcJSON

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.export import profiles, w3c
from chinai_tui.export.markers import BEGIN, profile_of
from chinai_tui.store import files
from chinai_tui.text.tags import is_private
from chinai_tui.workspace import (
    ExportBy,
    ExportReport,
    ExportTarget,
    ImportOptions,
    Workspace,
    gathering,
)

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


def test_an_export_looks_at_each_text_and_note_once(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (94, 29):
        file = tmp_path / f"{number}.txt"
        file.write_text(
            f"ChinAI #{number}: A Text\n\nA text on SenseTime, for number {number}, made up.\n",
            "utf-8",
        )
        workspace.transfer.import_paths([file])
    core, notes = workspace._core, fill(workspace)
    documents = core.documents
    notes += [workspace.notes.highlight(each, DocumentRole.TEXT, 0, 9) for each in (ISSUE, OTHER)]
    # As with many issues, of which the first are no longer at hand when the last are read.
    monkeypatch.setattr(core, "_read", lru_cache(maxsize=2)(core._read_document))
    read: list[tuple[str, DocumentRole]] = []
    get, asked = documents.get, []

    def reading(issue: str, role: DocumentRole, revision: str) -> Document:
        read.append((issue, role))
        return get(issue, role, revision)

    def asking(note: Annotation) -> bool:
        asked.append(note.id)
        return is_private(note)

    monkeypatch.setattr(documents, "get", reading)
    monkeypatch.setattr(gathering, "is_private", asking)
    export(workspace, tmp_path / "out")
    assert sorted(read) == sorted({*read})
    assert {*read} == {*product((ISSUE, OTHER), (ROLE, DocumentRole.TEXT))}
    assert sorted(asked) == sorted(note.id for note in notes)


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


def links_in(text: str) -> list[str]:
    """The files that the links of a vault lead to."""
    return re.findall(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", text)


LINKS = (
    "[[ChinAI #29]], [[#29|that one]], [[chinai-29]], [[{title}]], [[ChinAI #29: {title}]], "
    "[[Nobody]], [[SenseTime]], `[[#29]]`"
)


def with_links(workspace: Workspace) -> Annotation:
    """A note that links to an issue by all its names, to an entity, and to nothing."""
    title = workspace.library.issue(OTHER).title
    return workspace.notes.note(ISSUE, ROLE, 0, 40, LINKS.format(title=title))


def test_links_to_issues_lead_to_their_files_in_a_vault(
    workspace: Workspace, tmp_path: Path
) -> None:
    with_links(workspace)
    noted = workspace.notes.issue_note(OTHER, "Back to [[chinai-94]], on to [[#23]]")
    unnoted = workspace.library.issue("chinai-23")
    export(workspace, tmp_path, profile="obsidian", issue=ISSUE)
    texts = {each.stem: each.read_text("utf-8") for each in tmp_path.glob("*.md")}
    (here,) = (each for each in texts if "-94--" in each)
    (there,) = (each for each in texts if "-29--" in each)
    (title,) = {workspace.library.issue(OTHER).title}
    shown = ["ChinAI #29", "that one", "chinai-29", title, f"ChinAI #29: {title}"]
    assert all(f"[[{there}|{words}]]" in texts[here] for words in shown)
    assert r"\[\[Nobody]]" in texts[here]
    assert "`[[#29]]`" in texts[here]
    assert noted.id[:8] in texts[there]
    assert rf"on to [\#23]({unnoted.url})" in texts[there]
    for text in texts.values():
        assert {*links_in(text.replace("`[[#29]]`", ""))} <= texts.keys()


@pytest.mark.parametrize("profile", ["markdown", "pandoc", "html", "logseq"])
def test_links_to_issues_lead_to_their_addresses(
    workspace: Workspace, tmp_path: Path, profile: str
) -> None:
    url = "https://example.org/p/29"
    core = workspace._core
    with core.store.issues_file.transaction() as tx:
        tx.put(core.store.issues, replace(core.issue(OTHER), url=url))
    workspace._indexing.synchronise()
    with_links(workspace)
    (file,) = export(workspace, tmp_path, profile=profile, issue=ISSUE).files
    text = file.read_text("utf-8")
    form = {"html": f'<a href="{url}">that one</a>', "logseq": "[that one]([[ChinAI 29]])"}
    assert form.get(profile, f"[that one]({url})") in text
    assert "[[Nobody]]" in text


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


@pytest.mark.parametrize("profile", profiles.PROFILES)
def test_a_note_that_becomes_private_leaves_the_files_of_other_profiles(
    workspace: Workspace, tmp_path: Path, profile: str
) -> None:
    out = tmp_path / "out"
    secret = workspace.notes.note(ISSUE, ROLE, 0, 40, "was open #leon")
    workspace.notes.note(ISSUE, ROLE, 50, 60, "stays open #leon")
    export(workspace, out, by=ExportBy.ONE, name="after:2020", profile="logseq")
    export(workspace, out, by=ExportBy.TAG, profile="obsidian")
    export(workspace, out, issue=ISSUE, profile="html")
    before = {each: each.read_text("utf-8") for each in out.iterdir()}
    forms = {each: profile_of(text) for each, text in before.items() if profile_of(text)}
    assert {"logseq", "obsidian", "html"} <= {*forms.values()}
    own = out / "own.html"
    own.write_text("was open, in words of one's own", "utf-8")
    workspace.notes.retag([secret.id], ["private"], [])
    report = export(workspace, out, issue=ISSUE, profile=profile)
    texts = {each: each.read_text("utf-8") for each in out.iterdir() if each != own}
    assert [each.name for each, text in texts.items() if "was open" in text] == []
    assert {*forms} <= {*report.written}
    assert all("stays open" in texts[each] for each in forms)
    assert {each: profile_of(texts[each]) for each in forms} == forms
    assert export(workspace, out, issue=ISSUE, profile=profile).written == ()


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


def test_a_tag_has_one_page_however_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "first #leon")
    export(workspace, tmp_path, by=ExportBy.TAG)
    workspace.notes.note(ISSUE, ROLE, 50, 60, "second #Leon")
    (file,) = export(workspace, tmp_path, by=ExportBy.TAG).files
    assert [each.name for each in tmp_path.glob("*.md")] == [file.name] == ["tag-leon.md"]
    assert "second" in file.read_text("utf-8")


def test_no_two_blocks_of_an_outline_have_the_same_id(workspace: Workspace, tmp_path: Path) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "twice #leon #ai")
    workspace.notes.entity_note("sensetime", "thrice #leon #ai")
    for by in (ExportBy.TAG, ExportBy.ENTITY, ExportBy.ISSUE):
        export(workspace, tmp_path, by=by, profile="logseq")
    texts = [each.read_text("utf-8") for each in tmp_path.glob("*.md")]
    assert len([text for text in texts if "thrice" in text]) == 4
    ids = [each for text in texts for each in re.findall(r"(?m)^ +id:: (\S+)$", text)]
    assert len(ids) == len({*ids}) == 2


@pytest.mark.parametrize(("by", "want"), [(ExportBy.TAG, "tag"), (ExportBy.ENTITY, "entity")])
def test_what_has_no_page_is_told(
    workspace: Workspace, tmp_path: Path, by: ExportBy, want: str
) -> None:
    mention = workspace.library.open(ISSUE).mentions[0]
    workspace.notes.note(ISSUE, ROLE, mention.start, mention.end, "in both #leon")
    assert export(workspace, tmp_path, by=by).told == ()
    workspace.notes.issue_note(ISSUE, "on the whole of it")
    target = ExportTarget(by=by)
    for report in (export(workspace, tmp_path, by=by), workspace.transfer.export_text(target)[1]):
        (line,) = report.told
        assert line.startswith("1 note is left out for want of a")
        assert want in line
    assert export(workspace, tmp_path, issue=ISSUE).told == ()


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
    keys = set(CiteProcJSON(json.loads((tmp_path / "references.json").read_text("utf-8"))))
    assert len(keys) == 2
    assert all(f"{{{key}," in (tmp_path / "references.bib").read_text("utf-8") for key in keys)


def test_side_files_keep_what_files_of_another_kind_cite(
    workspace: Workspace, tmp_path: Path
) -> None:
    fill(workspace)
    export(workspace, tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in SIDE}
    export(workspace, tmp_path, by=ExportBy.TAG)
    assert {name: (tmp_path / name).read_bytes() for name in SIDE} == before


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


def test_side_files_that_were_emptied_are_filled_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    note = workspace.notes.note(ISSUE, ROLE, 0, 40, "First")
    export(workspace, tmp_path)
    workspace.notes.delete([note.id])
    export(workspace, tmp_path)
    assert (tmp_path / "notes.annotations.jsonl").read_bytes() == b""
    for each in SIDE:
        (tmp_path / each).write_bytes(b"")
    workspace.notes.note(ISSUE, ROLE, 0, 40, "Second")
    report = export(workspace, tmp_path)
    assert report.told == ()
    assert not [each for each in tmp_path.iterdir() if "(chinai)" in each.name]
    assert all((tmp_path / each).read_bytes() for each in SIDE)


def test_a_tag_takes_the_tags_below_it(workspace: Workspace, tmp_path: Path) -> None:
    workspace.notes.note(ISSUE, ROLE, 0, 40, "Above #ai")
    workspace.notes.note(ISSUE, ROLE, 50, 60, "Below #AI/chips")
    workspace.notes.note(ISSUE, ROLE, 70, 80, "Beside #aid")
    chosen = frozenset(each.id for each in workspace.notes.find("tag:ai").annotations)
    target = {"chosen": chosen, "tag": "ai", "name": "tag:ai"}
    (file,) = export(workspace, tmp_path, by=ExportBy.ONE, **target).files
    text = file.read_text("utf-8")
    assert "Above" in text
    assert "Below" in text
    assert "Beside" not in text
    files = export(workspace, tmp_path, by=ExportBy.TAG, **target).files
    assert [each.name[:12] for each in files] == ["tag-ai.md", "tag-ai-chips"]


def test_a_passage_that_stands_twice_is_told_by_what_is_beside_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    words = "The harbour at Example is large."
    source = tmp_path / "harbour.md"
    body = f"# Harbours\n\nSome say this:\n\n{words}\n\nOthers wrote:\n\n{words} Or not.\n"
    source.write_text(f"{body}\nOnce it was small.\n", "utf-8")
    options = ImportOptions(url="https://example.org/p/harbours")
    (issue,) = workspace.transfer.import_paths([source], options).added
    text = workspace.library.document(issue, DocumentRole.TEXT).text
    for at in (text.rindex(words), text.index("Once it")):
        workspace.notes.highlight(issue, DocumentRole.TEXT, at, text.index(".", at) + 1)
    exported = export(workspace, tmp_path / "notes", issue=issue).files[0].read_text("utf-8")
    twice, once = re.findall(r"#:~:text=([^)]*)", exported)
    assert twice.startswith("Others%20wrote%3A-,The%20harbour%20at")
    assert twice.endswith(",-Or%20not.")
    assert once == "Once%20it%20was%20small."
