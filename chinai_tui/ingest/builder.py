"""Makes a document out of blocks as they come.

A reader hands in runs of raw text with marks over them; what leaves is clean, in one form, and
free of superfluous space before any offset exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.text.normalise import normalise
from chinai_tui.text.sanitise import clean_line

_SPACE = re.compile(r"[ \n]+")
_EMPTY_KINDS = frozenset({BlockKind.RULE})


Range = tuple[SpanKind, int, int, str]
"""Kind, start, end and target of a mark: over runs while it is written, over characters then."""


@dataclass(slots=True)
class Piece:
    """A block in the making: clean text with ranges that count from its own start."""

    kind: BlockKind
    text: str = ""
    role: BlockRole = BlockRole.BODY
    level: int = 0
    marker: str = ""
    ranges: list[Range] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section."""
        return self.kind is BlockKind.HEADING or self.role is BlockRole.LABEL

    def link(self, url: str) -> None:
        """Make all of its text a link, if there is somewhere to go."""
        if url:
            self.ranges.append((SpanKind.LINK, 0, len(self.text), url))

    def bold_start(self) -> int:
        """The offset up to which the text is bold from its first character on."""
        bold = SpanKind.STRONG
        return max((end for kind, at, end, _ in self.ranges if kind is bold and at == 0), default=0)

    def embolden(self, end: int) -> None:
        """Make the text up to an offset bold, unless it is."""
        if self.bold_start() < end:
            self.ranges.append((SpanKind.STRONG, 0, end, ""))

    def split(self, at: int) -> Piece:
        """Cut at an offset: the piece keeps what is before, what is after is returned."""
        rest = self.text[at:].lstrip()
        shift = len(self.text) - len(rest)
        self.text = self.text[:at].rstrip()
        after = [
            (kind, start - shift, end - shift, target) for kind, start, end, target in self.ranges
        ]
        self.ranges = _clamp(self.ranges, self.text)
        return Piece(self.kind, rest, self.role, self.level, "", _clamp(after, rest))

    def cut_start(self, at: int) -> str:
        """Cut at an offset: the piece keeps what is after, what is before is returned."""
        rest = self.split(at)
        start, self.text, self.ranges = self.text, rest.text, rest.ranges
        return start


def make_piece(
    kind: BlockKind,
    runs: Sequence[str],
    marks: Sequence[Range] = (),
    role: BlockRole = BlockRole.BODY,
    level: int = 0,
    marker: str = "",
) -> Piece | None:
    """A block from raw runs, cleaned and normalised; None if nothing is left of it.

    Only code keeps its line ends and its spaces; ranges in it are dropped. A rule has no text.
    """
    ranges: list[Range] = []
    if kind is BlockKind.CODE:
        text = _code("".join(runs))
    else:
        text, ranges = _prose(runs, marks)
    if not text and kind not in _EMPTY_KINDS:
        return None
    return Piece(kind, text, role, level, clean_line(marker, 40) if marker else "", ranges)


def assemble(pieces: Iterable[Piece]) -> Document:
    """The document of these blocks, in this order, joined by one newline."""
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        spans = tuple(
            Span(kind, start + first, start + last, target)
            for kind, first, last, target in piece.ranges
        )
        blocks.append(Block(piece.kind, piece.role, piece.level, piece.marker, start, end, spans))
        texts.append(piece.text)
        start = end + 1
    return Document("\n".join(texts), tuple(blocks))


def _code(raw: str) -> str:
    lines = normalise(raw.expandtabs(4)).split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _prose(runs: Sequence[str], marks: Sequence[Range]) -> tuple[str, list[Range]]:
    joined = "".join(runs)
    text = normalise(joined)
    if text != joined and marks:
        runs = [normalise(run) for run in runs]
        if "".join(runs) != text:  # a character composed across the edge of a run
            runs, marks = [text], ()
    even = not ("  " in text or "\n" in text or text[:1].isspace() or text[-1:].isspace())
    if not marks:
        return text if even else _SPACE.sub(" ", text).strip(), []
    if not even:
        runs = _squeeze(runs)
        text = "".join(runs).rstrip()
    places = [0]
    for run in runs:
        places.append(places[-1] + len(run))
    return text, _clamp([(kind, places[a], places[b], url) for kind, a, b, url in marks], text)


def _squeeze(runs: Sequence[str]) -> list[str]:
    """Runs of space as one space, across the edges too, and none in front."""
    result = []
    started = after_space = False
    for run in runs:
        run = _SPACE.sub(" ", run)
        if not started:
            run = run.lstrip()
        elif after_space and run.startswith(" "):
            run = run[1:]
        if run:
            started, after_space = True, run.endswith(" ")
        result.append(run)
    return result


def _clamp(ranges: Iterable[Range], text: str) -> list[Range]:
    """Ranges cut to the text and to their words; without words or aim they are dropped."""
    kept = []
    length = len(text)
    for kind, start, end, target in ranges:
        if start < 0:
            start = 0
        if end > length:
            end = length
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end and (target or kind is not SpanKind.LINK):
            kept.append((kind, start, end, target))
    return kept
