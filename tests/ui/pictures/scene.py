"""A text with most of what the reader draws, and the reader that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.filter import LineFilter

from chinai_tui import ingest
from chinai_tui.domain.annotation import Color
from chinai_tui.domain.document import Document
from chinai_tui.text.links import links_of
from chinai_tui.ui.no_color import NoColour
from chinai_tui.ui.rendering.marks import HIGHLIGHT, Mark
from chinai_tui.ui.theme import DARK, LIGHT, NAMES, themes
from chinai_tui.ui.widgets.reader_text import ReaderText
from tests.ui.pictures.drawing import svg

SIZE = (60, 24)
TEXT = Path(__file__).with_name("text.md")
NO_COLOUR = "no-colour"
LOOKS = {"dark": DARK, "light": LIGHT, NO_COLOUR: {"ink": "#cccccc", "ground": "#111111"}}
"""Colours of what has none of its own, by the name of the picture."""

_MARKED = (
    ("Hikvision", "company"),
    ("海康威视", "company"),
    ("Wuhan", "place"),
    ("ministry", "agency"),
    ("Tsinghua", "university"),
    ("Tsinghua", "mention-current"),
    ("Ada Lovelace", "person"),
    ("fog on nine days", "note"),
    ("The port will count again in spring.", "bookmark"),
)
"""Words, and what they are marked as where they stand first."""
_HIGHLIGHTED = (
    ("数字更多。算法说", Color.YELLOW),
    ("A ship is a ship if nine of ten readers", Color.RED),
    ("readers of the log", Color.BLUE),
    ("The port will count", Color.GREEN),
    ("gulls as well", Color.PURPLE),
)
"""Words, and the colour of the highlight on them; two of them overlap."""
_FOUND = "ship"
_SELECTED = "Until then the ministry keeps"


class Reader(App[None]):
    """The reader's text alone, in one of the looks."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self.look = look
        self.no_color = look == NO_COLOUR

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [NoColour()] if self.no_color else super().get_line_filters()

    def compose(self) -> ComposeResult:
        yield ReaderText(skip_title=True)

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = NAMES.get(self.look, NAMES["dark"])
        document = ingest.read(TEXT.read_bytes(), TEXT.name).document
        view = self.query_one(ReaderText)
        view.focus()
        view.show(document, marks(document), links=links_of(document, {}, {}))

    def select(self) -> None:
        """Select some words, the cursor at their end."""
        view = self.query_one(ReaderText)
        start, end = extent(view.document, _SELECTED)
        view.select(start, end - 1)


def marks(document: Document) -> list[Mark]:
    """Names, highlights, a note, a bookmark, and the hits of a word, the third the current one."""
    found = [Mark(*extent(document, words), kind, words) for words, kind in _MARKED]
    found += [
        Mark(*extent(document, words), HIGHLIGHT, words, color) for words, color in _HIGHLIGHTED
    ]
    hits = [match.span() for match in re.finditer(_FOUND, document.text)]
    return [
        *found,
        *(Mark(*hit, "hit-current" if hit == hits[2] else "hit") for hit in hits),
    ]


def extent(document: Document, words: str) -> tuple[int, int]:
    """Where words stand first."""
    start = document.text.index(words)
    return start, start + len(words)


async def picture(look: str) -> str:
    """What stands on the screen, as SVG."""
    app = Reader(look)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.select()
        await pilot.pause()
        lines = app.screen._compositor.render_strips()
        colours = LOOKS[look]
        return svg(lines, SIZE[0], colours["ink"], colours["ground"])
