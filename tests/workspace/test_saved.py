from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.rows import SavedSearch
from chinai_tui.workspace import Workspace, saved


def test_a_query_is_kept_with_what_fits_it_and_what_is_new(
    workspace: Workspace, text_file: Path, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(saved, "timestamp", lambda: "2019-01-01T00:00:00Z")
    workspace.saved.save(" accordion ", "Idioms")
    workspace.saved.save("company:商汤")
    before = len(workspace.library.rows("company:商汤").rows)
    fitting = len(workspace.library.rows("accordion").rows)
    assert fitting
    assert workspace.saved.all() == [
        SavedSearch("Idioms", "accordion", fitting, fitting),
        SavedSearch("company:商汤", "company:商汤", before, before),
    ]
    monkeypatch.undo()
    workspace.saved.look("accordion")
    workspace.saved.look("company:商汤")
    assert [each.new for each in workspace.saved.all()] == [0, 0]
    assert workspace.saved.name_of("accordion ") == "Idioms"
    monkeypatch.setattr(saved, "timestamp", lambda: "2019-01-01T00:00:00Z")
    workspace.saved.look("accordion")
    assert [each.new for each in workspace.saved.all()] == [fitting, 0]


def test_a_query_is_kept_once_renamed_and_forgotten(workspace: Workspace) -> None:
    workspace.saved.save("chips", "A")
    workspace.saved.save("wafers")
    workspace.saved.save("chips", "B")
    assert [each.name for each in workspace.saved.all()] == ["B", "wafers"]
    workspace.saved.forget("chips")
    assert [each.query for each in workspace.saved.all()] == ["wafers"]


def test_what_is_kept_in_another_form_is_left_aside(workspace: Workspace) -> None:
    workspace.library.save_session(**{"saved:wafers": "[]"})
    assert workspace.saved.all() == []
    workspace.saved.save("chips")
    assert workspace.saved.name_of("chips") == "chips"
    assert workspace.saved.name_of("wafers") == ""
