from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from chinai_tui.ui.widgets.strips import cut, cut_pieces, line, wrapped

PLAIN = Style()
TEXT = st.text(alphabet="ab c商汤科技é😀[/]$\x1b\u202e", max_size=30)


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert cut("SenseTime", 9) == "SenseTime"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert cut("SenseTime", 6) == "Sense…"


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert cut("商汤科技", 4) == "商…"
    assert cut("商汤科技", 5) == "商汤…"


def test_the_right_side_keeps_its_room() -> None:
    strip = line(20, [("A long title that is cut", PLAIN)], [("12", PLAIN)], fill=PLAIN)
    assert strip.text == "A long title t…  12 "


def test_markup_is_shown_as_it_is() -> None:
    strip = line(40, [("[b]x[/b] [@click=app.quit]", PLAIN)], fill=PLAIN)
    assert strip.text.rstrip() == "[b]x[/b] [@click=app.quit]"


def test_control_codes_do_not_reach_the_screen() -> None:
    strip = line(40, [("a\x1b[31mb\x07c\u202ed", PLAIN)], fill=PLAIN)
    assert strip.text.rstrip() == "abcd"


def test_spaces_that_set_pieces_apart_stay() -> None:
    strip = line(20, [("  商汤 ", PLAIN), ("x", PLAIN)], fill=PLAIN)
    assert strip.text.rstrip() == "  商汤 x"


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=4), st.lists(TEXT, max_size=2), st.integers(0, 40))
def test_a_line_is_exactly_as_wide_as_asked(left: list[str], right: list[str], width: int) -> None:
    strip = line(width, [(t, PLAIN) for t in left], [(t, PLAIN) for t in right], fill=PLAIN)
    assert cell_len(strip.text) == strip.cell_length == width
    assert "\x1b" not in strip.text


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXT, max_size=4), st.integers(1, 30))
def test_cut_pieces_tell_their_cells(pieces: list[str], width: int) -> None:
    segments, used = cut_pieces([(text, PLAIN) for text in pieces], width)
    assert used == sum(segment.cell_length for segment in segments) <= width


def test_lines_are_wrapped_and_the_last_one_cut() -> None:
    text = "named in the fourth of five issues of that summer"
    assert wrapped(text, 20) == ["named in the fourth", "of five issues of", "that summer"]
    assert wrapped(text, 20, 2) == ["named in the fourth", "of five issues of t…"]
    assert wrapped("", 20) == []
