from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind, Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Issue
from chinai_tui.errors import NotFoundError
from chinai_tui.export import w3c
from chinai_tui.paths import Paths
from chinai_tui.text.tags import is_private
from chinai_tui.workspace import ExportTarget, ImportReport, Workspace

URL = "https://chinai.substack.com/p/a-text-that-arrives"
QUOTE = "Leon Technology were asked"
TEXT = DocumentRole.TEXT

Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Imports what a file of a name holds."""

    def call(name: str, text: str) -> ImportReport:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return workspace.transfer.import_paths([file])

    return call


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    """Another library."""
    root = tmp_path / "other"
    opened = Workspace.open(Paths(root / "data", root / "config", root / "cache"), Settings())
    yield opened
    opened.close()


def exported(workspace: Workspace, *annotations: Annotation) -> str:
    """Annotations as one's own export writes them."""
    lines = [
        w3c.write(each, workspace.library.issue(each.issue) if each.issue else None)
        for each in annotations or sorted(workspace.notes.all(), key=lambda each: each.id)
    ]
    return "".join(f"{line}\n" for line in lines)


def remark(quote: str = QUOTE, **fields: Any) -> str:
    """An export of Hypothes.is with one annotation."""
    selector = {"type": "TextQuoteSelector", "exact": quote}
    item = {
        "id": "abc",
        "uri": URL,
        "text": "A thought #chips",
        "tags": ["to read"],
        "user": "acct:lee@hypothes.is",
        "created": "2026-01-02T03:04:05+00:00",
        "updated": "2026-01-02T03:04:05+00:00",
        "target": [{"source": URL, "selector": [selector]}],
        "document": {"title": ["A text that arrives"]},
        **fields,
    }
    return json.dumps({"rows": [item], "total": 1})


def state_of(paths: Paths) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in paths.data.glob("*.json")}


def test_ones_own_come_back_as_they_were(
    workspace: Workspace, other: Workspace, bring: Bring, text_file: Path
) -> None:
    for each in (workspace, other):
        each.transfer.import_paths([text_file])
    tags = ("c++", "R&D", ".net", "policy.ai")
    text = "one\twith a tab\r\nand \x1b[31mred\u202e\n#chips"
    other.notes.note("chinai-94", TEXT, 40, 60, text, tags=tags)
    marked = other.notes.highlight("chinai-94", TEXT, 10, 20)
    other.notes.set_voice([marked.id], Voice(VoiceKind.GUEST, "Lin Example", confirmed=True))
    other.notes.entity_note("sensetime", "on a company")
    report = bring("notes.annotations.jsonl", exported(other))
    assert len(report.notes.added) == 3
    assert not report.failures
    assert not report.notes.orphaned
    found = {each.id: each for each in workspace.notes.all()}
    assert found == {each.id: each for each in other.notes.all()}
    assert workspace.notes.all() == other.notes.all()


def test_what_is_there_already_leaves_every_byte(
    workspace: Workspace, bring: Bring, paths: Paths, text_file: Path
) -> None:
    workspace.transfer.import_paths([text_file])
    workspace.notes.note("chinai-94", TEXT, 40, 60, "one\twith a tab")
    workspace.notes.highlight("chinai-94", TEXT, 10, 20)
    before = state_of(paths)
    report = bring("notes.annotations.jsonl", exported(workspace))
    assert len(report.notes.unchanged) == 2
    assert (report.notes.added, report.notes.changed, report.failures) == ((), (), ())
    assert state_of(paths) == before


@pytest.mark.parametrize("name", ["hypothesis.json", "readwise.csv"])
def test_other_programs_notes_change_nothing_the_second_time(
    workspace: Workspace, bring: Bring, paths: Paths, text_file: Path, name: str
) -> None:
    workspace.transfer.import_paths([text_file])
    row = f"Highlight,Book Title,Note\n{QUOTE},ChinAI #94: A text that arrives,mine\n"
    text = remark() if name.endswith("json") else row
    assert len(bring(name, text).notes.added) == 1
    before = state_of(paths)
    assert len(bring(name, text).notes.unchanged) == 1
    assert state_of(paths) == before


def test_a_remark_of_somebody_else_is_anchored_and_keeps_its_creator(
    workspace: Workspace, bring: Bring, text_file: Path
) -> None:
    workspace.transfer.import_paths([text_file])
    report = bring("a.json", remark())
    (note,) = workspace.notes.all()
    document = workspace.library.document("chinai-94")
    assert (note.issue, note.creator) == ("chinai-94", "lee")
    assert note.tags == ("to-read", "chips")
    assert note.anchor is not None
    assert document.text[note.anchor.start : note.anchor.end] == QUOTE
    assert note.anchor.revision == document.revision
    assert report.notes.added == (note.id,)
    assert report.notes.stubs == report.notes.orphaned == ()


@pytest.mark.parametrize(
    ("quote", "becomes"), [("words that stand nowhere at all in it", "orphaned"), ("e", "flagged")]
)
def test_what_stands_nowhere_or_often_is_kept_and_told(
    workspace: Workspace, bring: Bring, text_file: Path, quote: str, becomes: str
) -> None:
    workspace.transfer.import_paths([text_file])
    report = bring("a.json", remark(quote))
    (note,) = workspace.notes.all()
    told = {"orphaned": report.notes.orphaned, "flagged": report.notes.flagged}
    assert told == {"orphaned": (), "flagged": (), becomes: (note.id,)}
    asked = {"orphaned": "is:orphan", "flagged": "is:flagged"}[becomes]
    assert [each.id for each in workspace.notes.find(asked).annotations] == [note.id]
    assert note.anchor is not None
    assert (note.anchor.exact, note.anchor.revision) == (quote, "")
    assert note.voice is not None
    assert note.voice.kind is VoiceKind.UNCONFIRMED


def test_the_later_one_stays(workspace: Workspace, bring: Bring, text_file: Path) -> None:
    workspace.transfer.import_paths([text_file])
    bring("a.json", remark())
    (note,) = workspace.notes.all()
    later = remark(text="Another", updated="2026-02-02T00:00:00Z")
    assert bring("b.json", later).notes.changed == (note.id,)
    assert workspace.notes.get(note.id).text == "Another"
    workspace.notes.edit(note.id, "Mine by now")
    assert bring("c.json", remark(text="No", updated="2026-03-03")).notes.unchanged == (note.id,)
    assert workspace.notes.get(note.id).text == "Mine by now"


def test_somebody_elses_never_takes_the_place_of_ones_own(
    workspace: Workspace, bring: Bring
) -> None:
    own = workspace.notes.note("chinai-94", DocumentRole.DIGEST, 0, 12, "mine")
    theirs = replace(own, text="theirs", creator="lee", updated="2099-01-01T00:00:00Z")
    text = exported(workspace, theirs)
    assert len(bring("a.jsonl", text).notes.added) == 1
    assert workspace.notes.get(own.id) == own
    assert {each.creator for each in workspace.notes.all()} == {"", "lee"}
    assert len(bring("a.jsonl", text).notes.unchanged) == 1


def test_an_issue_that_is_not_here_waits_for_its_text(
    workspace: Workspace, bring: Bring, tmp_path: Path
) -> None:
    url = "https://paper.example/p/one"
    report = bring("a.json", remark("asked in vain", uri=url, document={"title": ["A Paper"]}))
    (stub,) = report.notes.stubs
    (note,) = workspace.notes.all()
    assert report.notes.waiting == (note.id,)
    issue = workspace.library.issue(stub)
    assert (issue.title, issue.url, issue.documents) == ("A Paper", url, {})
    assert stub in [row.id for row in workspace.library.rows("is:read").rows]
    assert stub not in [each.row.id for each in workspace.news.items(workspace.library.rows().rows)]
    workspace.library.mark_read([stub], False)
    assert workspace.news.count().unread == len(workspace.news.unread())
    with pytest.raises(NotFoundError, match="its text is not here yet"):
        workspace.library.open(stub)
    checkup = workspace.care.check()
    assert (checkup.awaited, checkup.wrong) == (1, ())
    assert bring("a.json", remark("asked in vain", uri=url)).notes.stubs == ()
    page = tmp_path / "page.txt"
    page.write_text("A Paper\n\nSomebody was asked in vain, and more words.\n", "utf-8")
    came = workspace.transfer.import_paths([page])
    assert came.updated == (stub,)
    assert stub in [row.id for row in workspace.library.rows("is:unread").rows]
    (placed,) = workspace.library.open(stub).annotations
    text = workspace.library.document(stub).text
    assert placed.placement.state is AnchorState.EXACT
    assert placed.annotation.updated == note.updated
    assert text[placed.placement.start : placed.placement.end] == "asked in vain"


def test_a_text_that_comes_with_its_notes_has_them_at_once(
    workspace: Workspace, tmp_path: Path, text_file: Path
) -> None:
    (text_file.parent / "1.json").write_text(remark(), "utf-8")
    report = workspace.transfer.import_paths([tmp_path / "1.json", text_file])
    assert report.texts == 1
    assert report.notes.stubs == report.notes.orphaned == report.notes.waiting == ()


def test_one_step_takes_all_of_it_back(workspace: Workspace, bring: Bring, text_file: Path) -> None:
    workspace.transfer.import_paths([text_file])
    rows = [json.loads(remark(id=str(n)))["rows"][0] for n in range(5)]
    bring("a.json", json.dumps({"annotations": rows}))
    assert len(workspace.notes.all()) == 5
    assert workspace.notes.undo() == "import of 5 notes"
    assert workspace.notes.all() == []
    assert workspace.notes.redo() == "import of 5 notes"
    assert len(workspace.notes.all()) == 5


def test_an_issue_that_only_undone_notes_are_on_is_not_listed(
    workspace: Workspace, bring: Bring, tmp_path: Path
) -> None:
    def listed() -> list[str]:
        return [row.id for row in workspace.library.rows().rows]

    before, words = listed(), remark("asked in vain", uri="https://paper.example/p/one")
    (stub,) = bring("a.json", words).notes.stubs
    workspace.notes.undo()
    assert listed() == before
    assert workspace.care.check().awaited == 0
    workspace._indexing.synchronise()
    assert listed() == before
    workspace.notes.redo()
    assert sorted(listed()) == sorted([*before, stub])
    assert stub in [row.id for row in workspace.library.rows("is:read has:note").rows]
    workspace.notes.delete([each.id for each in workspace.notes.all()])
    assert listed() == before
    assert bring("a.json", words).notes.stubs == (stub,)
    assert stub in listed()
    workspace.notes.undo()
    page = tmp_path / "page.txt"
    page.write_text("A text that arrives\n\nSomebody was asked in vain, and more.\n", "utf-8")
    assert workspace.transfer.import_paths([page]).updated == (stub,)
    assert stub in [row.id for row in workspace.library.rows("is:unread").rows]


def test_what_is_broken_is_named_and_the_rest_goes_on(workspace: Workspace, bring: Bring) -> None:
    own = workspace.notes.note("chinai-94", DocumentRole.DIGEST, 0, 12, "mine")
    line = w3c.write(own, workspace.library.issue("chinai-94"))
    fresh = line.replace(own.id, "ab12ab12ab12ab12")
    nested = '{"chinai:annotation":' + "[" * 50_000
    wrong = fresh.replace('"kind": "note"', '"kind": 7')
    nul = fresh.replace("mine", "mi\\u0000ne")
    report = bring("a.jsonl", "\n".join((fresh[:-9], nested, "", wrong, "[]", "3", nul, line)))
    assert [each.place.partition(", ")[2] for each in report.failures] == [
        f"line {number}" for number in (1, 2, 4, 5, 6)
    ]
    reasons = {each.reason for each in report.failures}
    assert reasons == {"is no annotation as chinai writes them"}
    assert [each.id for each in workspace.notes.all() if each.text == "mine"] != []
    assert report.notes.added == ("ab12ab12ab12ab12",)
    assert workspace.notes.get("ab12ab12ab12ab12").text == "mine"


def test_broken_files_of_other_programs_are_no_texts(workspace: Workspace, bring: Bring) -> None:
    issues = len(workspace.library.rows().rows)
    report = bring("a.json", remark()[:-20])
    assert len(report.failures) == 1
    assert "is broken JSON" in report.failures[0].reason
    assert len(workspace.library.rows().rows) == issues


def test_a_page_note_is_on_the_issue(workspace: Workspace, bring: Bring, text_file: Path) -> None:
    workspace.transfer.import_paths([text_file])
    bring("a.json", remark(target=[{"source": URL}], document={"title": ["ChinAI #94: x"]}))
    (note,) = workspace.notes.all()
    assert (note.kind, note.issue, note.anchor) == (AnnotationKind.NOTE, "chinai-94", None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", remark(text="Hushed #Ｐrivate/desk", tags=["open"])),
        ("a.csv", "Highlight,Book Title,Note\nwords,ChinAI #94: A title,Hushed #private\n"),
        (
            "a.jsonl",
            w3c.write(
                Annotation("0a", AnnotationKind.NOTE, "chinai-94", text="Hushed #private"),
                Issue("chinai-94", "chinai", "A title", 94),
            ),
        ),
    ],
)
def test_a_note_whose_words_say_that_it_is_private_never_leaves(
    bring: Bring, workspace: Workspace, name: str, text: str
) -> None:
    bring(name, text)
    (note,) = workspace.notes.all()
    assert is_private(note)
    assert any("rivate" in each for each in note.tags)
    assert "Hushed" not in workspace.transfer.export_text(ExportTarget())[0]
