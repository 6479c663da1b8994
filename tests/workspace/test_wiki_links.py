"""What the links in notes lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.workspace import Workspace


def target(workspace: Workspace, name: str) -> str:
    """The id of what a link leads to; empty where it leads nowhere."""
    found = workspace._indexing.placing.links.targets(f"See [[{name}|this]].")
    return found[name].id if found else ""


@pytest.mark.parametrize(
    "name", ["#94", "ChinAI #94", "chinai 94", "ChinAI Newsletter #94", "chinai-94"]
)
def test_an_issue_goes_by_its_number_and_its_id(workspace: Workspace, name: str) -> None:
    assert target(workspace, name) == "chinai-94"


def test_an_issue_goes_by_its_title(workspace: Workspace) -> None:
    title = workspace.library.issue("chinai-94").title
    assert target(workspace, title.upper()) == "chinai-94"
    assert target(workspace, f"ChinAI #94: {title}") == "chinai-94"
    assert target(workspace, title[:-1]) == ""


def test_an_entity_goes_before_an_issue_of_its_name(workspace: Workspace, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("SenseTime\n\nA text that is called so.\n", "utf-8")
    workspace.transfer.import_paths([page])
    assert target(workspace, "商汤") == target(workspace, "SenseTime") == "sensetime"


def test_a_name_that_several_have_leads_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    found = [target(workspace, "Two of a name")]
    for number in (1, 2):
        page = tmp_path / f"{number}.txt"
        page.write_text(f"Two Of a Name\n\nThese are the words of page {number}.\n", "utf-8")
        workspace.transfer.import_paths([page])
        found.append(target(workspace, "Two of a name"))
    assert found == ["", "two-of-a-name", ""]
