"""The dossier of an entity as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.export.markers import BEGIN
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace


def test_it_has_claims_passages_and_notes(workspace: Workspace) -> None:
    (passage, *_) = workspace.entities.passages("cloudwalk")
    workspace.notes.note(passage.issue, passage.role, passage.start, passage.end, "ask *them*")
    workspace.notes.entity_note("cloudwalk", "a note on the firm")
    text = workspace.transfer.dossier("cloudwalk")
    assert text.startswith('---\ntitle: "CloudWalk"\n')
    assert "## Claims" in text
    assert "(rumour; " in text
    assert text.count("- **Cite:**") >= len(workspace.entities.passages("cloudwalk"))
    assert "(digest in chinai’s words of " in text
    assert "## Named through the group “Four CV Dragons”" in text
    notes = text[text.index("## Notes") :]
    assert "a note on the firm" in notes
    assert "ask *them*" in notes


def test_a_passage_has_the_voice_of_its_text(workspace: Workspace, text_file: Path) -> None:
    (issue,) = workspace.transfer.import_paths([text_file]).updated
    assert DocumentRole.TEXT in workspace.library.issue(issue).documents
    text = workspace.transfer.dossier("sensetime")
    passage = text[text.index("> The laboratory of SenseTime (商汤) opened") :]
    cite = passage[passage.index("- **Cite:** ") :].split("\n")[0]
    assert cite.startswith("- **Cite:** Jeffrey Ding, “ChinAI #94")


def test_the_file_is_written_again_around_ones_own_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    (file,) = workspace.transfer.export_dossier("cloudwalk", folder).files
    assert file == folder / "company-cloudwalk.dossier.md"
    text = file.read_text("utf-8")
    assert text == workspace.transfer.dossier("cloudwalk")
    file.write_text(text.replace(BEGIN, f"What I think.\n\n{BEGIN}"), "utf-8")
    workspace.notes.entity_note("cloudwalk", "written later")
    assert workspace.transfer.export_dossier("cloudwalk", folder).files == (file,)
    again = file.read_text("utf-8")
    assert "What I think." in again
    assert "written later" in again


def test_a_file_of_somebody_else_stays(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "company-cloudwalk.dossier.md"
    file.write_text("all mine\n", "utf-8")
    report = workspace.transfer.export_dossier("cloudwalk", tmp_path)
    assert [each.name for each in report.files] == ["company-cloudwalk.dossier (chinai).md"]
    assert "mend or move the file" in report.told[0]
    assert file.read_text("utf-8") == "all mine\n"


def test_nobody_has_no_dossier(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        workspace.transfer.export_dossier("nobody", tmp_path)
    with pytest.raises(NotFoundError, match="nobody"):
        workspace.transfer.dossier("nobody")
    assert list(tmp_path.glob("*.md")) == []


REPOST = """ChinAI #905: A made-up repost

Ann Quay reports in Port Times:

The firm of SenseTime sells lamps to the harbour, she was told.
"""

CLAIM = """
[[claim]]
subject = "sensetime"
relation = "supplies"
text = "SenseTime supplies the harbour with lamps."
said_by = "Ann Quay for Port Times, reposted by ChinAI"
issue = "chinai-905"
words = "sells lamps"
"""


def test_a_claim_is_cited_in_the_voice_of_its_passage(
    paths: Paths, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text(CLAIM, "utf-8")
    workspace = request.getfixturevalue("workspace")
    file = tmp_path / "905.txt"
    file.write_text(REPOST, "utf-8")
    assert workspace.transfer.import_paths([file]).added == ("chinai-905",)
    text = workspace.transfer.dossier("sensetime")
    line = next(line for line in text.splitlines() if "harbour with lamps" in line)
    assert "Ann Quay, Port Times, reposted in Jeffrey Ding, “ChinAI #905" in line
