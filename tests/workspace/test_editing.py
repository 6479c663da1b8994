from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.issue import DateSource
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Changed, ImportOptions, Workspace
from tests.workspace.arriving import URL, bring, note, page


def test_a_correction_outlasts_all_that_comes_in(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    issue = bring(workspace, tmp_path / "in", a_md=note())
    told: list[Changed] = []
    workspace.subscribe(told.append)
    edited = workspace.editing.edit(issue, {"title": "My Lamps", "date": "2019-05"})
    assert edited == {"title": ("Pond Lamps", "My Lamps"), "date": ("", "2019-05")}
    assert [each.issues for each in told] == [{issue}]
    bring(workspace, tmp_path / "in", b_html=page("The Lamps of the Pond"))
    workspace.transfer.import_again()
    options = ImportOptions(title="Another", date="2018")
    workspace.transfer.import_paths([tmp_path / "in" / "b.html"], options)
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        (row,) = again.library.rows("my lamps after:2019-04 before:2019-07").rows
        assert (row.id, row.title, row.date) == (issue, "My Lamps", "2019-05")
        record = again.library.issue(issue)
        assert record.date_source is DateSource.USER
        back = again.editing.edit(issue, {}, ["title", "date"])
        assert back == {"title": ("My Lamps", "Another"), "date": ("2019-05", "2018")}
        assert again.library.issue(issue).overruled == {}
    finally:
        again.close()


def test_it_outlasts_a_backup_that_is_restored(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    workspace.backup.write(tmp_path / "before.zip")
    workspace.editing.edit(issue, {"number": 7, "authors": ("A Writer",)})
    workspace.backup.write(tmp_path / "after.zip")
    workspace.backup.restore(tmp_path / "before.zip")
    assert workspace.library.issue(issue).number == 7
    workspace.backup.restore(tmp_path / "before.zip", replace=True)
    assert workspace.library.issue(issue).number is None
    workspace.backup.restore(tmp_path / "after.zip")
    record = workspace.library.issue(issue)
    assert (record.number, record.authors) == (7, ("A Writer",))
    assert record.overruled == {"number": None, "authors": ()}


def test_what_is_so_already_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    issue = bring(workspace, tmp_path / "in", a_md=note())
    edited = workspace.editing.edit(issue, {"title": "Pond Lamps"})
    assert edited == {"title": ("Pond Lamps", "Pond Lamps")}
    bring(workspace, tmp_path / "in", b_html=page("The Lamps of the Pond"))
    assert workspace.library.issue(issue).title == "Pond Lamps"
    assert workspace.editing.edit(issue, {}, ["url"]) == {"url": (URL, URL)}


def test_an_issue_that_is_not_there_cannot_be_corrected(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.editing.edit("nowhere", {"title": "x"})
