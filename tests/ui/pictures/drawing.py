"""Draws lines of a terminal as SVG: small, self-contained, the same for the same lines.

Fonts are the viewer's own; each run of characters is given the width of its cells, so that
columns stand under each other in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

CELL, ROW = 9, 18
"""Width and height of a cell."""
SIZE = 15
"""Of the font; most have letters six tenths as wide as it."""
BASE = 14
"""From the top of a row to the line on which letters stand."""
WIDE = 2 * CELL - SIZE
"""Between characters that are as wide as the font is high, and have two cells."""

_WIDELY = f"letter-spacing:{WIDE}px"

Line = Iterable[Segment]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look, all of them one cell wide or all of them two."""

    column: int
    cells: int
    text: str
    css: str
    """The declarations of the text."""
    ground: str


def svg(lines: Sequence[Line], columns: int, ink: str, ground: str) -> str:
    """The lines as SVG; `ink` and `ground` are the colours of what has none of its own."""
    names: dict[str, str] = {}
    drawn: list[str] = []
    for row, line in enumerate(lines):
        runs = list(_runs(line, ink, ground))
        drawn += _grounds(runs, row, ground)
        drawn += _texts(runs, row, names)
    width, height = (columns + 2) * CELL, len(lines) * ROW + ROW
    rules = [f".{name}{{{css}}}" for css, name in names.items()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'xml:space="preserve">',
            f"<style>text{{font:{SIZE}px ui-monospace,Menlo,Consolas,monospace;fill:{ink}}}",
            *rules,
            "</style>",
            f'<rect width="{width}" height="{height}" rx="6" fill="{ground}"/>',
            f'<g transform="translate({CELL} {ROW // 2})">',
            *drawn,
            "</g>",
            "</svg>\n",
        ]
    )


def _runs(line: Line, ink: str, ground: str) -> Iterator[Run]:
    """The line in runs, as long as they can be."""
    column = 0
    characters = [
        (*_look(segment.style or Style.null(), ink, ground), cells, character)
        for segment in line
        for character, cells in _clusters(segment.text)
    ]
    for (css, behind, cells), same in groupby(characters, key=lambda each: each[:3]):
        text = [character for *_, character in same]
        if cells > 1:
            css = f"{css};{_WIDELY}".lstrip(";")
        yield Run(column, cells * len(text), "".join(text), css, behind)
        column += cells * len(text)


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """The characters with the cells of each; what has none goes with the one before."""
    cluster = ""
    for character in text:
        if cluster and cell_len(character):
            yield cluster, cell_len(cluster)
            cluster = ""
        cluster += character
    if cluster:
        yield cluster, cell_len(cluster)


def _look(style: Style, ink: str, ground: str) -> tuple[str, str]:
    """The declarations of a style's text, and the colour behind it."""
    front, behind = _hex(style.color, ink), _hex(style.bgcolor, ground)
    if style.reverse:
        front, behind = behind, front
    decoration = " ".join(
        name
        for name, is_on in (("underline", style.underline), ("line-through", style.strike))
        if is_on
    )
    declarations = (
        (f"fill:{front}", front != ink),
        ("font-weight:bold", style.bold),
        ("font-style:italic", style.italic),
        (f"text-decoration:{decoration}", decoration),
        ("opacity:.6", style.dim),
    )
    return ";".join(text for text, is_on in declarations if is_on), behind


def _hex(colour: Color | None, default: str) -> str:
    if colour is None or colour.is_default:
        return default
    return colour.get_truecolor().hex


def _grounds(runs: Sequence[Run], row: int, ground: str) -> Iterator[str]:
    """What stands behind the text, where it is not the ground of the whole."""
    for colour, same in groupby(runs, key=lambda run: run.ground):
        if colour != ground:
            beside = list(same)
            cells = sum(run.cells for run in beside)
            yield (
                f'<rect x="{beside[0].column * CELL}" y="{row * ROW}" '
                f'width="{cells * CELL}" height="{ROW}" fill="{colour}"/>'
            )


def _texts(runs: Sequence[Run], row: int, names: dict[str, str]) -> Iterator[str]:
    """The text; `names` gains the classes of looks that are new."""
    for run in runs:
        text, column = run.text, run.column
        if "decoration" not in run.css:  # a line under spaces is seen, spaces alone are not
            column += len(text) - len(text.lstrip(" "))
            text = text.strip(" ")
        if text:
            look = f' class="{names.setdefault(run.css, f"s{len(names)}")}"' if run.css else ""
            place = f'x="{column * CELL}" y="{row * ROW + BASE}"'
            length = f'textLength="{cell_len(text) * CELL}"'
            yield f"<text {place} {length}{look}>{escape(text)}</text>"
