"""What the reader tells of a text that has become another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.paths import Paths
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.rendering.marks import ADDED, REMOVED
from chinai_tui.ui.screens.changes import ChangesScreen, set_out
from chinai_tui.workspace import Workspace
from tests.ui.screens.over import ready, until, write

Shows = Callable[[Any, str], bool]

BEFORE = "ChinAI #301: Counting lamps\n\n" + "\n\n".join(
    f"Paragraph {n} says that the lamps (灯) of the harbour were counted twice on day {n}."
    for n in range(1, 31)
)
AFTER = BEFORE.replace("twice on day 3.", "three times on day 3.") + "\n\nOne more lamp.\n"
TOLD = "text changed on "


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Callable[[str], None]:
    def taken(text: str) -> None:
        file = tmp_path / "301.txt"
        file.write_text(text, "utf-8")
        assert not workspace.transfer.import_paths([file]).failures

    return taken


async def read(pilot: Any) -> Any:
    await ready(pilot)
    pilot.app.screen.read("chinai-301")
    await ready(pilot)
    return pilot.app.screen


async def test_it_is_told_once_that_a_text_is_not_the_one_that_was_read(
    workspace: Workspace, paths: Paths, bring: Callable[[str], None]
) -> None:
    bring(BEFORE)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot)
        await pilot.press("ctrl+d", "ctrl+d", "J")
        await ready(pilot)
        assert TOLD not in screen.status.said
        bring(AFTER)
        await read(pilot)
        assert screen.status.said.startswith(TOLD)
        assert ":changes" in screen.status.said
        await pilot.press("J")
        await read(pilot)
        assert TOLD not in screen.status.said


async def test_it_is_told_at_the_next_start(
    workspace: Workspace, paths: Paths, bring: Callable[[str], None]
) -> None:
    bring(BEFORE)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await read(pilot)
        await pilot.press("ctrl+d", "ctrl+q")
    bring(AFTER)
    again = ChinaiApp(workspace, paths, Settings())
    async with again.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen: Any = again.screen
        assert screen.status.said.startswith(TOLD)
        assert screen.opened.offset > 0


async def test_a_text_that_changes_under_ones_eyes_is_told_too(
    workspace: Workspace, paths: Paths, bring: Callable[[str], None]
) -> None:
    bring(BEFORE)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await read(pilot)
        bring(AFTER)
        await until(pilot, lambda: screen.status.said.startswith(TOLD))
        assert "灯" in screen.opened.document.text


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_what_changed_is_shown_by_signs(
    workspace: Workspace,
    paths: Paths,
    bring: Callable[[str], None],
    shows: Shows,
    size: tuple[int, int],
) -> None:
    bring(BEFORE)
    bring(AFTER)
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=size) as pilot:
        screen = await read(pilot)
        await pilot.press("colon")
        await write(pilot, "changes")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChangesScreen))
        await ready(pilot)
        assert shows(app, "What changed: Counting lamps")
        day = spelled(screen.opened.issue.documents[DocumentRole.TEXT].accessed)
        assert shows(app, f"ChinAI #301 · 2 paragraphs · {day}")
        assert not shows(app, "→")
        assert shows(app, "¶3")
        assert shows(app, "[-twice-]{+three")
        assert shows(app, "{+One more lamp.+}")
        await pilot.press("q")
        assert app.screen.opened.issue.id == "chinai-301"


async def test_a_text_that_has_never_been_another_says_so(
    workspace: Workspace, paths: Paths
) -> None:
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen: Any = app.screen
        screen.action_changes()
        await until(pilot, lambda: bool(screen.status.said))
        assert screen.status.said == "this text is as it was when it came in"
        assert not screen.status.warning


def test_a_place_is_told_once_of_what_stands_there(
    workspace: Workspace, bring: Callable[[str], None]
) -> None:
    bring(BEFORE)
    gone = next(line for line in BEFORE.split("\n") if line.startswith("Paragraph 7 "))
    bring(BEFORE.replace(gone, "码头上挂着新的红灯，没有人数过。"))
    document, _ = set_out(workspace.library.difference("chinai-301"))
    assert document.text.split("\n") == [
        "¶7",
        f"[-{gone}-]",
        "{+码头上挂着新的红灯，没有人数过。+}",
    ]


def test_the_marks_are_those_of_the_words(
    workspace: Workspace, bring: Callable[[str], None]
) -> None:
    bring(BEFORE)
    bring(AFTER)
    document, marks = set_out(workspace.library.difference("chinai-301"))
    assert [(each.kind, document.text[each.start : each.end]) for each in marks] == [
        (REMOVED, "[-twice-]"),
        (ADDED, "{+three times+}"),
        (ADDED, "{+One more lamp.+}"),
    ]
    assert workspace.library.open("chinai-301").role is DocumentRole.TEXT
