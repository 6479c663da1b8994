from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip

from chinai_tui.ui.widgets.direct_lines import DirectLines


class Counter(DirectLines):
    """Draws its number of calls, so that one sees which lines were drawn anew."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return Strip.blank(self.size.width, self.pens())


async def test_lines_are_kept_until_they_are_refreshed(host) -> None:
    widget = Counter()
    app = host(widget)
    async with app.run_test(size=(10, 4)) as pilot:
        widget.refresh()
        await pilot.pause()
        widget.drawn.clear()
        widget.render_lines(Region(0, 0, 10, 4))
        assert widget.drawn == []
        widget.refresh(Region(0, 2, 10, 1))
        await pilot.pause()
        assert widget.drawn == [2]
        widget.refresh()
        await pilot.pause()
        assert widget.drawn == [2, 0, 1, 2, 3]


async def test_a_part_of_the_lines_can_be_had(host) -> None:
    widget = Counter()
    app = host(widget)
    async with app.run_test(size=(10, 4)):
        strips = widget.render_lines(Region(3, 1, 4, 2))
        assert [strip.cell_length for strip in strips] == [4, 4]


async def test_another_theme_or_size_draws_everything_anew(host) -> None:
    widget = Counter()
    app = host(widget)
    async with app.run_test(size=(10, 4)) as pilot:
        widget.drawn.clear()
        app.theme = "ink-light"
        await pilot.pause()
        assert set(widget.drawn) == {0, 1, 2, 3}
        assert widget.render_lines(Region(0, 0, 10, 1))[0]._segments[0].style.bgcolor.name == (
            "#f0ebdd"
        )
        widget.drawn.clear()
        await pilot.resize_terminal(12, 5)
        await pilot.pause()
        assert set(widget.drawn) == {0, 1, 2, 3, 4}
