from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.workspace import Workspace

TEXTS = [
    f"ChinAI #301: Counting lamps\n\nThe lamps were counted {how}.\n\nNobody touched this.\n"
    for how in ("once", "twice (两次)", "three times")
]


@pytest.fixture
def revised(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A library with a text that came in three times, each time another one."""
    file = tmp_path / "301.txt"
    for text in TEXTS:
        file.write_text(text, "utf-8")
        workspace.transfer.import_paths([file])
    return workspace


def test_a_text_is_compared_with_the_one_before(revised: Workspace) -> None:
    found = revised.library.difference("chinai-301")
    assert "twice (两次)" in found.old.text
    assert "three times" in found.new.text
    (change,) = found.changes
    assert found.old.text_of(change.old or 0) == "The lamps were counted twice (两次)."


def test_it_may_be_compared_with_any_earlier_one(revised: Workspace) -> None:
    reference = revised.library.issue("chinai-301").documents[DocumentRole.TEXT]
    first = reference.earlier[-1].revision
    for since in (first, first[:7], first[:7].upper()):
        assert "once" in revised.library.difference("chinai-301", since=since).old.text


def test_there_may_be_none(revised: Workspace) -> None:
    with pytest.raises(NotFoundError, match="has never been another"):
        revised.library.difference("chinai-94", DocumentRole.DIGEST)
    with pytest.raises(NotFoundError, match="no earlier text"):
        revised.library.difference("chinai-301", since="2001-01-01")
    with pytest.raises(NotFoundError, match="there is no translation"):
        revised.library.difference("chinai-301", DocumentRole.TRANSLATION)


def test_who_has_read_another_text_is_told(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "301.txt"
    file.write_text(TEXTS[0], "utf-8")
    workspace.transfer.import_paths([file])
    workspace.library.save_position("chinai-301", DocumentRole.TEXT, 30)
    assert workspace.library.open("chinai-301").changed == ""
    file.write_text(TEXTS[1], "utf-8")
    workspace.transfer.import_paths([file])
    opened = workspace.library.open("chinai-301")
    assert opened.changed == opened.issue.documents[DocumentRole.TEXT].accessed
    workspace.library.save_position("chinai-301", DocumentRole.TEXT, opened.offset)
    assert workspace.library.open("chinai-301").changed == ""
