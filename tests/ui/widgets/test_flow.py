"""Running text in a few lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from chinai_tui.ui.widgets.flow import HIT, Lit, flow


class PlainPens:
    """Styles that tell what is lit."""

    def __call__(self, role: str = "ink", *, on: str = "", **attributes: bool) -> Style:
        return Style(bold=on == HIT)


PENS = PlainPens()
texts = st.lists(st.sampled_from([*"ab c，商汤科技 —”\n", "e\u0301"]), max_size=120).map("".join)


def words(lines) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@given(texts, st.integers(8, 40), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_lines_are_no_wider_and_no_more_than_asked(text, width, limit) -> None:
    lines = words(flow(text, width, PENS, limit=limit))
    assert len(lines) <= limit
    assert all(cell_len(line) <= width for line in lines)


@given(texts, st.integers(8, 40))
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_where_there_is_room(text, width) -> None:
    lines = words(flow(text, width, PENS, limit=200))
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.integers(8, 40), st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_lit_is_what_stands_in_the_range(text, width, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = flow(text, width, PENS, lit=[Lit(start, end, HIT)], limit=200)
    lit = "".join(piece for line in lines for piece, style in line if style.bold)
    assert "".join(lit.split()) == "".join(text[start:end].split())


def test_what_is_left_out_is_told_between_words() -> None:
    lines = words(flow("one two three four five six seven", 9, PENS, limit=2))
    assert lines == ["one two", "three …"]
