"""What the user says a text is to an issue: its translation, or what it translates."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.workspace import ImportOptions, Workspace
from tests.workspace.arriving import URL, WORDS, bring, page

_TRANSLATION = ImportOptions(issue="chinai-94", role=DocumentRole.TRANSLATION)
_FIRST = "# Full translation\n\nThe lamps of the pond are lit at **seven** in the evening.\n"
_SECOND = "Full translation\n\nThe lamps of the pond are lit at eight in the evening.\n"


def _take(workspace: Workspace, folder: Path, name: str, words: str) -> tuple[str, ...]:
    file = folder / name
    file.write_text(words, "utf-8")
    report = workspace.transfer.import_paths([file], _TRANSLATION)
    assert not report.failures
    return report.updated


def test_the_translation_that_is_given_last_is_the_document(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert _take(workspace, tmp_path, "first.md", _FIRST) == ("chinai-94",)
    text = workspace.library.open("chinai-94", DocumentRole.TRANSLATION).document.text
    start = text.index("lamps of the pond")
    workspace.notes.note(
        "chinai-94", DocumentRole.TRANSLATION, start, start + len("lamps of the pond"), "whose?"
    )
    assert _take(workspace, tmp_path, "second.txt", _SECOND) == ("chinai-94",)
    opened = workspace.library.open("chinai-94", DocumentRole.TRANSLATION)
    assert "at eight" in opened.document.text
    (note,) = opened.annotations
    place = note.placement
    assert opened.document.text[place.start : place.end] == "lamps of the pond"
    changed = workspace.library.difference("chinai-94", DocumentRole.TRANSLATION)
    assert "at seven" in changed.old.text
    assert "at eight" in changed.new.text
    assert _take(workspace, tmp_path, "first.md", _FIRST) == ("chinai-94",)
    again = workspace.library.open("chinai-94", DocumentRole.TRANSLATION)
    assert "at seven" in again.document.text


def _zip(folder: Path) -> Path:
    file = folder / "two.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.md", _FIRST)
        archive.writestr("b.md", _SECOND)
    return file


def _feed(folder: Path) -> Path:
    file = folder / "feed.json"
    items = [{"id": each, "content_text": each} for each in (_FIRST, _SECOND)]
    version = "https://jsonfeed.org/version/1.1"
    file.write_text(json.dumps({"version": version, "title": "Pond", "items": items}))
    return file


@pytest.mark.parametrize("made", [_zip, _feed])
@pytest.mark.parametrize("rehearse", [True, False])
def test_of_several_texts_none_is_taken_for_one(
    workspace: Workspace, tmp_path: Path, made: Callable[[Path], Path], rehearse: bool
) -> None:
    file = made(tmp_path)
    report = workspace.transfer.import_paths([file], _TRANSLATION, rehearse=rehearse)
    assert (report.added, report.updated, report.unchanged) == ((), (), ())
    (failure,) = report.failures
    assert failure.place == str(file)
    assert failure.reason.startswith("holds several texts")
    assert DocumentRole.TRANSLATION not in workspace.library.issue("chinai-94").documents


def test_a_poorer_text_is_told_to_be_kept_beside(workspace: Workspace, tmp_path: Path) -> None:
    issue = bring(workspace, tmp_path, page_html=page())
    poorer = tmp_path / "poorer.md"
    poorer.write_text(f'---\ntitle: "Pond Lamps"\nurl: "{URL}"\n---\n\n{WORDS} Or not.\n')
    for _ in range(2):
        report = workspace.transfer.import_paths([poorer])
        assert (report.added, report.updated, report.unchanged) == ((), (), (issue,))
        (beside,) = report.beside
        assert (beside.issue, beside.place) == (issue, str(poorer))
        assert beside.better == "page.html"


def test_the_same_text_is_not_beside_itself(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, tmp_path, page_html=page())
    assert not workspace.transfer.import_paths([tmp_path / "page.html"]).beside


def test_a_text_that_comes_twice_at_once_is_unchanged(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "pond.html"
    file.write_text(page())
    report = workspace.transfer.import_paths([file, file])
    assert len(report.added) == 1
    assert (report.updated, report.unchanged) == ((), report.added)
