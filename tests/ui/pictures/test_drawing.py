from __future__ import annotations

import re
from xml.etree import ElementTree

from rich.segment import Segment
from rich.style import Style

from tests.ui.pictures.drawing import BASE, CELL, ROW, svg

INK, GROUND = "#eeeeee", "#111111"
Texts = list[tuple[str, str, str, str]]


def drawn(*lines: list[Segment]) -> tuple[str, Texts]:
    """The picture, and its texts with place, length and declarations."""
    picture = svg(lines, 20, INK, GROUND)
    rules = dict(re.findall(r"^\.(\w+)\{(.*)\}$", picture, re.MULTILINE))
    ElementTree.fromstring(picture)  # noqa: S314
    texts = re.findall(r'<text x="(\d+)" y="\d+" textLength="(\d+)"(.*?)>(.*?)</text>', picture)
    return picture, [
        (text, x, length, rules.get(look[8:-1], "")) for x, length, look, text in texts
    ]


def test_pieces_of_one_look_are_one_run() -> None:
    bold = Style(bold=True)
    _, texts = drawn([Segment("  on"), Segment("e & two "), Segment("b", bold), Segment("c", bold)])
    assert texts == [
        ("one &amp; two", str(2 * CELL), str(9 * CELL), ""),
        ("bc", str(12 * CELL), str(2 * CELL), "font-weight:bold"),
    ]


def test_wide_characters_have_two_cells_and_a_run_of_their_own() -> None:
    _, texts = drawn([Segment("a商汤e\u0301b")])
    assert [(text, x, length) for text, x, length, _ in texts] == [
        ("a", "0", str(CELL)),
        ("商汤", str(CELL), str(4 * CELL)),
        ("e\u0301b", str(5 * CELL), str(2 * CELL)),
    ]


def test_rows_stand_under_each_other() -> None:
    picture, _ = drawn([Segment("a")], [], [Segment("b")])
    assert f'y="{BASE}"' in picture
    assert f'y="{2 * ROW + BASE}"' in picture


def test_grounds_are_drawn_once_for_all_looks_on_them() -> None:
    on = Style(bgcolor="#335577")
    picture, _ = drawn([Segment("a"), Segment("b", on), Segment("c", on + Style(bold=True))])
    assert re.findall(r'<rect x="(\d+)".*width="(\d+)".*fill="(.*)"', picture) == [
        (str(CELL), str(2 * CELL), "#335577")
    ]


def test_colours_are_exchanged_where_they_are_reversed() -> None:
    picture, texts = drawn([Segment("a", Style(reverse=True)), Segment(" ", Style(underline=True))])
    assert f'fill="{INK}"/>' in picture
    assert texts[0][3] == f"fill:{GROUND}"
    assert texts[1] == (" ", str(CELL), str(CELL), "text-decoration:underline")
