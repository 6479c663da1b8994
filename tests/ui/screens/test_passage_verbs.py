"""What can be done with passages where they are listed, on each screen that lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color
from chinai_tui.ui.screens.catch_up import CatchUpScreen
from chinai_tui.ui.screens.company import CompanyScreen
from chinai_tui.ui.screens.compare import CompareScreen
from chinai_tui.ui.screens.notes import NotesScreen
from chinai_tui.ui.screens.passage_screen import PassageScreen
from chinai_tui.ui.screens.passage_verbs import place_of
from chinai_tui.ui.screens.search import SearchScreen
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.workspace import Workspace
from tests.ui.screens.over import over, ready, write


def _noted(workspace: Workspace) -> NotesScreen:
    """The browser with two highlights to act on."""
    for passage in workspace.entities.passages("cloudwalk")[:2]:
        workspace.notes.highlight(passage.issue, passage.role, passage.start, passage.end)
    return NotesScreen(workspace)


SCREENS: dict[str, Callable[[Workspace], PassageScreen]] = {
    "search": lambda workspace: SearchScreen(workspace, "cloudwalk"),
    "company": lambda workspace: CompanyScreen(workspace, "cloudwalk"),
    "compare": lambda workspace: CompareScreen(workspace, ["sensetime", "megvii"]),
    "catch up": CatchUpScreen,
    "notes": _noted,
}
KINDS = {
    "a": AnnotationKind.NOTE,
    "H": AnnotationKind.HIGHLIGHT,
    "m": AnnotationKind.BOOKMARK,
}
"""What the keys make."""


async def stand_at(pilot: Any, count: int) -> list[Any]:
    """Go to the first passage of a screen, and mark it and the next where more are wanted."""
    lists = pilot.app.screen.query(PassageList)
    passages = next(each for each in lists if any(map(place_of, each.rows)))
    passages.focus()
    rows = [row for row in passages.rows if place_of(row)][:count]
    for row in rows:
        passages.go_to(row.id)
        await pilot.pause()
        if count > 1:
            await pilot.press("x")
    return [place_of(row) for row in rows]


def letters(text: str) -> str:
    """The letters alone: quotation marks within a quotation are others."""
    return "".join(filter(str.isalnum, text))


def made(workspace: Workspace, before: list[Annotation]) -> list[Annotation]:
    known = {each.id for each in before}
    return [each for each in workspace.notes.all() if each.id not in known]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("name", SCREENS)
async def test_a_passage_or_all_marked_ones_are_annotated(
    reader, workspace, name, key, count
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SCREENS[name](workspace))
        places = await stand_at(pilot, count)
        before = workspace.notes.all()
        await pilot.press(key)
        await ready(pilot)
        if key == "a":
            await write(pilot, "why")
            await pilot.press("ctrl+s")
            await ready(pilot)
        found = made(workspace, before)
        assert [each.kind for each in found] == [KINDS[key]] * count
        assert {each.anchor.start for each in found} == {place.start for place in places}
        assert not any(each.marked for each in reader.screen.query(PassageList))
        workspace.notes.undo()
        assert not made(workspace, before)


async def test_marked_rows_are_bookmarked_and_taken_away_together(reader, workspace) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SCREENS["search"](workspace))
        places = await stand_at(pilot, 2)
        workspace.notes.bookmark(places[0].issue, places[0].role, places[0].start, places[0].end)
        await ready(pilot)
        await pilot.press("m")
        await ready(pilot)
        assert reader.screen.status.said == "bookmark made"
        assert len(workspace.notes.bookmarks()) == 2
        await stand_at(pilot, 2)
        await pilot.press("m")
        await ready(pilot)
        assert reader.screen.status.said == "2 bookmarks taken away"
        await pilot.press("u")
        await ready(pilot)
        assert len(workspace.notes.bookmarks()) == 2


@pytest.mark.parametrize("name", SCREENS)
async def test_a_highlight_has_the_colour_that_was_used_last(reader, workspace, name) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SCREENS[name](workspace))
        reader.screen.keep_color(Color.PURPLE)
        await stand_at(pilot, 1)
        before = workspace.notes.all()
        await pilot.press("H")
        await ready(pilot)
        (highlight,) = made(workspace, before)
        assert highlight.color == Color.PURPLE
        assert reader.screen.status.said == "purple highlight made"


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("name", SCREENS)
async def test_a_passage_or_all_marked_ones_are_copied_with_their_sources(
    reader, workspace, shows, name, count
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SCREENS[name](workspace))
        places = await stand_at(pilot, count)
        await pilot.press("y")
        await ready(pilot)
        assert shows(reader, "copied with source")
        quotes = reader.clipboard.split("\n\n")
        assert len(quotes) == count
        for place, quote in zip(places, quotes, strict=True):
            text = workspace.library.document(place.issue, place.role).text
            assert letters(text[place.start : place.end]) in letters(quote)


@pytest.mark.parametrize("name", SCREENS)
async def test_what_only_annotations_take_is_refused_elsewhere(
    reader, workspace, shows, name
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, SCREENS[name](workspace))
        await stand_at(pilot, 1)
        before = len(workspace.notes.all())
        await pilot.press("d")
        await ready(pilot)
        assert len(workspace.notes.all()) == before - (name == "notes")
