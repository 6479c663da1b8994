from __future__ import annotations

from textual import events

from chinai_tui.ui.widgets.find_bar import FindBar
from chinai_tui.ui.widgets.line_input import LineInput


async def test_each_keystroke_can_be_watched_then_what_is_meant_is_told(host) -> None:
    bar = FindBar("/", placeholder="find")
    app = host(bar)
    async with app.run_test(size=(40, 1), message_hook=app.seen.append) as pilot:
        app.set_focus(bar.box)
        typed: list[str] = []
        app.watch(bar.box, "value", lambda text: typed.append(text), init=False)
        await pilot.press("a", "b", "enter")
        assert typed == ["a", "ab"]
        assert [m.text for m in app.said(FindBar.Accepted)] == ["ab"]
        assert app.said(FindBar.Cancelled) == []


async def test_escape_cancels_and_arrows_step(host) -> None:
    bar = FindBar("/", "lamp")
    app = host(bar)
    async with app.run_test(size=(40, 1), message_hook=app.seen.append) as pilot:
        app.set_focus(bar.box)
        await pilot.press("down", "down", "up", "pagedown", "escape")
        assert [m.step for m in app.said(FindBar.Stepped)] == [1, 1, -1, 1]
        assert len(app.said(FindBar.Cancelled)) == 1


async def test_the_prompt_is_shown_as_it_is(host, lines) -> None:
    app = host(FindBar("[b]/", "lamp"))
    async with app.run_test(size=(40, 1)):
        assert "[b]/" in lines(app)[0]
        assert "lamp" in lines(app)[0]


async def test_what_is_pasted_is_one_clean_line(host) -> None:
    bar = FindBar("/")
    app = host(bar)
    async with app.run_test(size=(40, 1)) as pilot:
        app.set_focus(bar.box)
        bar.box.post_message(events.Paste("two\nlines\x1b[201~ and \x07more"))
        await pilot.pause()
        assert bar.query_one(LineInput).value == "two lines and more"
