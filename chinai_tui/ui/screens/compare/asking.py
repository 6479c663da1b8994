"""Asks by the jump box whom to compare, one after the other, and shows the comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chinai_tui.domain.comparison import MOST
from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.compare.screen import FEWEST, CompareScreen
from chinai_tui.ui.screens.jump import JumpScreen
from chinai_tui.ui.screens.working_screen import WorkingScreen
from chinai_tui.ui.widgets.fact_rows import EntityRow
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.workspace import Workspace

Answered = Callable[[Visit | None], None]


async def compare_with(screen: WorkingScreen[Any], entity_id: str, answered: Answered) -> None:
    """Compare an entity with those marked in the lists of a screen, or else with those asked for.

    Without an entity (an empty id) all are asked for. What is shown has the keys when this returns.
    """
    marked = [
        row.entity.id
        for shown in screen.query(PassageList)
        for row in shown.rows
        if isinstance(row, EntityRow) and row.id in shown.marked
    ]
    ids = [each for each in dict.fromkeys([entity_id, *marked]) if each]
    if marked:
        await _show(screen, ids, answered)
    else:
        await _ask(screen, ids, answered)


async def _ask(screen: WorkingScreen[Any], chosen: list[str], answered: Answered) -> None:
    """Ask for one name after the other, until there are five or one ends it."""

    async def choose(entity_id: str | None) -> None:
        """Take a name, or show the comparison."""
        if entity_id is None:
            await _show(screen, chosen, answered)
        else:
            await _ask(screen, [*chosen, entity_id], answered)

    if len(chosen) >= MOST:
        await _show(screen, chosen, answered)
    else:
        prompt = _prompt(screen.workspace, chosen)
        box = JumpScreen(
            screen.workspace, prompt=prompt, without=chosen, ends=len(chosen) >= FEWEST
        )
        await screen.app.push_screen(box, choose)


async def _show(screen: WorkingScreen[Any], entity_ids: Sequence[str], answered: Answered) -> None:
    if len(entity_ids) < FEWEST:
        screen.say("nothing compared: that takes two names")
    else:
        await screen.app.push_screen(CompareScreen(screen.workspace, entity_ids), answered)


def _prompt(workspace: Workspace, chosen: Sequence[str]) -> str:
    """With whom the next one is compared."""
    if not chosen:
        return "whom to compare: a name in any script"
    try:
        names = ", ".join(clean_line(workspace.entities.get(each).name) for each in chosen)
    except ChinaiError:
        names = "it"
    return f"compare {names} with …"
