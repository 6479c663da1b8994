from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.ingest import reader
from chinai_tui.ingest.detect import FORMATS, Format
from chinai_tui.ingest.reading import Source
from chinai_tui.paths import Paths
from chinai_tui.workspace import ImportOptions, Workspace
from tests.workspace.arriving import WORDS, bring, note, page

ROLE = DocumentRole.TEXT


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that were read, from here on."""
    names = []
    take = reader.take

    def told(source: Source) -> object:
        names.append(source.name)
        return take(source)

    monkeypatch.setattr(reader, "take", told)
    return names


def test_known_bytes_are_not_read_again(
    workspace: Workspace, tmp_path: Path, unread: list[str]
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page(), b_md=note(words="Fewer words of it."))
    before = workspace.library.issue(issue)
    unread.clear()
    report = workspace.transfer.import_paths([tmp_path / "in"])
    assert (report.unchanged, report.added, report.updated) == ((issue, issue), (), ())
    assert unread == []
    assert workspace.library.issue(issue) == before


def test_they_are_where_the_user_says_something_of_them(
    workspace: Workspace, tmp_path: Path, unread: list[str]
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    options = ImportOptions(title="Another name")
    report = workspace.transfer.import_paths([tmp_path / "in"], options)
    assert report.updated == (issue,)
    assert workspace.library.issue(issue).title == "Another name"


def test_they_are_where_the_text_is_not_whole(
    workspace: Workspace, tmp_path: Path, paths: Paths, unread: list[str]
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    (stored,) = (paths.data / "documents" / issue).iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(whole.replace(b"lamps", b"lumps"))
    unread.clear()
    assert workspace.transfer.import_paths([tmp_path / "in"]).updated == (issue,)
    assert unread == ["a.html"]
    assert stored.read_bytes() == whole


def better(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Have HTML read by a reader that finds more."""
    form = next(each for each in FORMATS if each.name == "html")
    read = Format.read

    def found(self: Format, content: bytes | str) -> object:
        if self is form and isinstance(content, str):
            content = content.replace("</p>", f" {words}</p>")
        return read(self, content)

    monkeypatch.setattr(Format, "read", found)


def test_reading_again_changes_nothing_with_the_same_readers(
    workspace: Workspace, tmp_path: Path
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page(), b_txt="A bare text\n\nof few words.\n")
    every = workspace.library.rows().total
    report = workspace.transfer.import_again()
    assert (report.added, report.updated, report.failures) == ((), (), ())
    assert len(report.unchanged) == every
    assert workspace.library.rows().total == every
    assert workspace.library.issue(issue).documents[ROLE].earlier == ()


def test_a_better_reader_makes_a_revision_and_notes_stay(
    workspace: Workspace, tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    opened = workspace.library.open(issue)
    start = opened.document.text.index("lamps of the pond")
    noted = workspace.notes.note(issue, ROLE, start, start + 17, "mine")
    workspace.library.mark_read([issue], True)
    before = workspace.library.issue(issue).documents[ROLE]
    better(monkeypatch, "And more.")
    assert workspace.transfer.import_again(rehearse=True).updated == (issue,)
    assert workspace.library.issue(issue).documents[ROLE] == before
    assert workspace.transfer.import_again().updated == (issue,)
    after = workspace.library.open(issue)
    assert after.document.text.endswith("And more.")
    assert after.read
    reference = after.issue.documents[ROLE]
    assert [each.revision for each in reference.earlier] == [before.revision]
    assert (reference.original, reference.accessed) == (before.original, before.accessed)
    assert (paths.data / "documents" / issue / f"text-{before.revision}.json").exists()
    (placed,) = after.annotations
    assert placed.annotation.id == noted.id
    assert after.document.text[placed.placement.start :].startswith("lamps of the pond")


def test_an_original_that_is_missing_is_named(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    shutil.rmtree(paths.data / "originals")
    report = workspace.transfer.import_again()
    assert f"{issue}, text" in {each.place for each in report.failures}
    assert all("has lost its original" in each.reason for each in report.failures)
    assert WORDS in workspace.library.document(issue).text


def test_a_lost_original_comes_back_with_the_same_file(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    shutil.rmtree(paths.data / "originals")
    workspace.transfer.import_paths([tmp_path / "in"])
    failures = {each.place for each in workspace.transfer.import_again().failures}
    assert f"{issue}, text" not in failures


def test_an_older_text_stays_older_though_the_originals_are_lost(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    old, new = page(words=f"{WORDS} As it was."), page(words=f"{WORDS} As it is.")
    bring(workspace, tmp_path / "old", a_html=old)
    issue = bring(workspace, tmp_path / "new", a_html=new)
    shutil.rmtree(paths.data / "originals")
    workspace.transfer.import_paths([tmp_path / "old"])
    assert "As it is." in workspace.library.document(issue).text


def test_a_source_is_not_said_to_be_of_one_of_several_documents(
    workspace: Workspace, tmp_path: Path
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    options = ImportOptions(issue=issue, role=DocumentRole.TRANSLATION)
    for name in "t1", "t2":
        (tmp_path / f"{name}.html").write_text(page(words=f"{WORDS} As {name} says.", url=""))
        assert workspace.transfer.import_paths([tmp_path / f"{name}.html"], options).updated
    (beside,) = workspace.transfer.import_paths([tmp_path / "t1.html"]).beside
    assert (beside.issue, beside.better) == (issue, "")
