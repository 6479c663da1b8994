"""Links in the text: letters, digits and the pointer, what is told, what is followed."""

from __future__ import annotations

from itertools import combinations

import pytest
from textual import events

from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.link_hints import labels
from tests.ui.widgets.documents import (
    SHORT,
    Host,
    document,
    find,
    followed,
    part,
    pointer,
    screen,
    shown,
    web_links,
    words,
)

MANY = document(
    *(
        part("paragraph", f"{words(n, 12)} go{n} on.", **{f"go{n}": f"https://{n}.example"})
        for n in range(1, 25)
    )
)
"""A link a paragraph; some are below the screen."""


def pointed(host: Host) -> list[str]:
    """What was told of links, in order; empty for none."""
    messages = [message for message in host.posted if isinstance(message, DocumentView.Pointed)]
    return [message.link.shown if message.link else "" for message in messages]


@pytest.mark.parametrize("count", [0, 1, 26, 27, 700])
def test_labels_are_as_short_as_can_be_and_none_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert not any(b.startswith(a) for a, b in combinations(made[:60], 2))
    assert {len(label) for label in made} <= {1 if count <= 26 else 2 if count <= 676 else 3}


async def test_numbers_stand_behind_the_words_of_links() -> None:
    async with shown(MANY, (80, 48)) as (view, _pilot, _host):
        assert "go3³ on." in "\n".join(screen(view))
        assert "go12¹² on." in "\n".join(screen(view))


async def test_without_numbers_the_text_is_as_it_was() -> None:
    async with shown(MANY, numbered=False) as (view, _pilot, _host):
        assert "go3 on." in "\n".join(screen(view))


async def test_a_letter_points_at_a_link_and_enter_follows_it() -> None:
    async with shown(MANY) as (view, pilot, host):
        await pilot.press("f")
        assert "go1a on." in screen(view)[0]
        assert "go3d on." in "\n".join(screen(view))
        await pilot.press("d")
        await pilot.pause()
        assert pointed(host)[-1] == "3.example"
        assert followed(host) == []
        assert "go3³ on." in "\n".join(screen(view))
        assert MANY.text_of(view.current).endswith("go3 on.")
        await pilot.press("enter")
        await pilot.pause()
        assert followed(host) == ["https://3.example"]
        assert pointed(host)[-1] == ""


async def test_many_links_have_two_letters_of_which_the_first_can_be_taken_back() -> None:
    crowd = {f"w{n:02}": f"https://{n}.example" for n in range(40)}
    source = document(part("paragraph", " ".join(crowd), **crowd))
    async with shown(source) as (view, pilot, host):
        await pilot.press("f", "s")
        assert "w00aa" not in screen(view)[0]
        await pilot.press("backspace")
        assert "w00aa" in screen(view)[0]
        await pilot.press("a", "d")
        await pilot.pause()
        assert pointed(host)[-1] == "2.example"


@pytest.mark.parametrize("keys", [("f", "a"), ("enter",)])
async def test_a_footnote_is_gone_to_at_once(keys: tuple[str, ...]) -> None:
    async with shown(SHORT) as (view, pilot, host):
        start, end = find(SHORT, "report")
        view.show(SHORT, links=[Link(start, end, LinkKind.FOOTNOTE, "", "footnote 1", 0, 90)])
        await pilot.press(*keys)
        await pilot.pause()
        assert followed(host) == [""]


async def test_what_is_pointed_at_ends_with_the_document_and_that_is_told() -> None:
    async with shown(MANY) as (view, pilot, host):
        for keys in (("3",), ("f",)):
            await pilot.press(*keys)
            view.show(SHORT)
            await pilot.pause()
            assert pointed(host)[-1] == ""
            assert not view.is_pointing
            view.show(MANY, links=web_links(MANY))
        column = screen(view)[0].index("go1") + 1
        view.post_message(pointer(events.MouseMove, view, column, 0, button=0))
        await pilot.pause()
        assert pointed(host)[-1] == "1.example"
        view.show(SHORT)
        await pilot.pause()
        assert pointed(host)[-1] == ""


async def test_letters_end_when_other_links_are_on_screen() -> None:
    async with shown(MANY) as (view, pilot, _host):
        await pilot.press("f", "space")
        assert not view.is_pointing


async def test_selecting_and_pointing_end_each_other() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        await pilot.press("v", "w", "f")
        assert view.selection is None
        await pilot.press("escape", "2", "v")
        assert view.pointed is None
        await pilot.press("1")
        assert view.pointed is None


async def test_only_the_first_button_follows() -> None:
    async with shown(SHORT) as (view, pilot, host):
        column = 3 + screen(view)[2][3:].index("report") + 2
        await pilot.click(offset=(column, 2), button=3)
        await pilot.pause()
        assert followed(host) == []


async def test_a_link_in_a_footnote_comes_before_the_way_back() -> None:
    async with shown(SHORT) as (view, pilot, host):
        start, end = find(SHORT, "report")
        back = Link(start, start + 3, LinkKind.RETURN, "", "back to the text", 0, 40)
        out = Link(start, end, LinkKind.WEB, "https://r.example", "r.example", 1)
        view.show(SHORT, links=[back, out])
        await pilot.pause()
        column = 3 + screen(view)[2][3:].index("report") + 2
        await pilot.click(offset=(column, 2))
        await pilot.press("f")
        await pilot.pause()
        assert followed(host) == ["https://r.example"]
        assert "reparts" in screen(view)[2]


async def test_escape_ends_letters_and_pointing() -> None:
    async with shown(MANY) as (view, pilot, host):
        before = screen(view)
        await pilot.press("f", "escape")
        assert screen(view) == before
        await pilot.press("2", "escape", "enter")
        await pilot.pause()
        assert pointed(host)[-1] == "2.example"
        assert followed(host) == []


async def test_digits_are_the_number_of_a_link_wherever_it_is() -> None:
    async with shown(MANY) as (view, pilot, host):
        await pilot.press("2")
        await pilot.pause()
        assert pointed(host)[-1] == "2.example"
        await pilot.press("3")
        await pilot.pause()
        assert pointed(host)[-1] == "23.example"
        assert "go23" in "\n".join(screen(view))
        await pilot.press("9")
        await pilot.pause()
        assert pointed(host)[-1] == "9.example"
        await pilot.press("enter")
        await pilot.pause()
        assert followed(host) == ["https://9.example"]


async def test_a_number_that_no_link_has_does_nothing() -> None:
    async with shown(SHORT) as (view, pilot, _host):
        await pilot.press("7", "0")
        assert view.pointed is None


async def test_tab_goes_from_link_to_link_and_around() -> None:
    async with shown(MANY) as (view, pilot, host):
        await pilot.press("f", "tab", "tab", "shift+tab", "shift+tab")
        await pilot.pause()
        assert pointed(host)[-4:] == ["1.example", "2.example", "1.example", "24.example"]
        assert view.is_at_end


async def test_enter_points_at_the_link_of_the_paragraph_first() -> None:
    async with shown(SHORT) as (view, pilot, host):
        await pilot.press("enter")
        await pilot.pause()
        assert view.pointed is not None
        assert view.pointed.target == "https://r.example"
        assert followed(host) == []
        await pilot.press("enter")
        await pilot.pause()
        assert followed(host) == ["https://r.example"]


async def test_a_link_that_is_left_behind_is_no_longer_pointed_at() -> None:
    async with shown(MANY) as (view, pilot, host):
        await pilot.press("1", "space")
        await pilot.pause()
        assert view.pointed is None
        assert pointed(host)[-1] == ""


async def test_the_mouse_tells_a_link_below_it_and_a_click_follows_it() -> None:
    async with shown(SHORT) as (view, pilot, host):
        column = 3 + screen(view)[2][3:].index("report") + 2  # two wide characters before it
        view.post_message(pointer(events.MouseMove, view, column, 2, button=0))
        await pilot.pause()
        assert pointed(host) == ["r.example"]
        view.post_message(pointer(events.MouseMove, view, 5, 2, button=0))
        await pilot.pause()
        assert pointed(host) == ["r.example", ""]
        await pilot.click(offset=(column, 2))
        await pilot.pause()
        assert followed(host) == ["https://r.example"]
