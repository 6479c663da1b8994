from __future__ import annotations

import pytest

from chinai_tui.ui.widgets.choice_list import Choice, ChoiceList

CHOICES = [
    Choice("", "Lamps"),
    Choice("red", "Red lamp", "the one by the door", key="r"),
    Choice("blue", "Blue lamp", key="b"),
    Choice("", "Doors"),
    Choice("front", "Front door"),
]


@pytest.fixture
def choices() -> ChoiceList:
    widget = ChoiceList(key_width=3)
    widget.set_choices(CHOICES)
    return widget


async def test_choices_stand_under_their_headings(host, lines, choices) -> None:
    app = host(choices)
    async with app.run_test(size=(50, 8)):
        assert [line.rstrip() for line in lines(app)[:5]] == [
            " Lamps",
            "▌ r   Red lamp  the one by the door",
            "  b   Blue lamp",
            " Doors",
            "      Front door",
        ]


async def test_the_cursor_passes_over_headings(host, choices) -> None:
    app = host(choices)
    async with app.run_test(size=(50, 8), message_hook=app.seen.append):
        choices.action_cursor_down()
        choices.action_cursor_down()
        assert choices.current.id == "front"
        choices.action_cursor_up()
        assert choices.current.id == "blue"
        choices.action_open()
    assert [m.id for m in app.said(ChoiceList.Chosen)] == ["blue"]
    assert [m.id for m in app.said(ChoiceList.Highlighted)] == ["blue", "front", "blue"]


def test_it_begins_where_one_says(choices: ChoiceList) -> None:
    choices.set_choices(CHOICES, current="front")
    assert choices.current.id == "front"
    choices.set_choices(CHOICES, current="none of them")
    assert choices.current.id == "red"


async def test_nothing_to_choose_is_told(host, shows, choices) -> None:
    choices.set_choices([], empty="no such lamp")
    app = host(choices)
    async with app.run_test(size=(50, 8), message_hook=app.seen.append):
        assert shows(app, "no such lamp")
        choices.action_open()
        assert choices.current is None
    assert app.said(ChoiceList.Chosen) == []
