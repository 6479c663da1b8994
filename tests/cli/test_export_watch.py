"""A folder that is kept up to date while one reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chinai_tui.cli.export_command import POLLED_SECONDS, keep_up
from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import StoreError
from chinai_tui.paths import Paths
from chinai_tui.workspace import ExportReport, ExportTarget, Workspace

ISSUE, OTHER, ROLE = "chinai-94", "chinai-29", DocumentRole.DIGEST


def waiting(*steps: Callable[[], object]) -> Callable[[float], None]:
    """Takes one step at each wait, and is ended by Ctrl-C after the last."""
    left = list(steps)

    def wait(seconds: float) -> None:
        assert seconds == POLLED_SECONDS
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    return wait


def test_changes_of_this_and_another_program_are_written(
    workspace: Workspace, paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    calls = []

    def export() -> ExportReport:
        calls.append(workspace.transfer.export(ExportTarget(), out))
        return calls[-1]

    def elsewhere() -> None:
        other = Workspace.open(paths, Settings())
        other.notes.note(OTHER, ROLE, 0, 40, "From elsewhere")
        other.close()

    workspace.notes.note(ISSUE, ROLE, 0, 40, "First")
    steps = (elsewhere, lambda: None, lambda: workspace.notes.note(ISSUE, ROLE, 50, 60, "Third"))
    keep_up(workspace, export, waiting(*steps, lambda: None))
    assert len(calls) == 3
    shown = capsys.readouterr().out.splitlines()
    assert [name for name in shown if "ChinAI-29--" in name] != []
    assert len([name for name in shown if "ChinAI-94--" in name]) == 2
    texts = "".join(each.read_text("utf-8") for each in out.glob("*.md"))
    assert "From elsewhere" in texts
    assert "Third" in texts


def test_what_cannot_be_written_is_told_once_and_tried_again(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = []

    def export() -> ExportReport:
        tried.append(None)
        raise StoreError("out not saved: it is full; choose another folder")

    def change() -> None:
        workspace.notes.note(ISSUE, ROLE, 0, 40, "A note")

    keep_up(workspace, export, waiting(change, change))
    assert len(tried) == 3
    assert capsys.readouterr().err.count("it is full") == 1
