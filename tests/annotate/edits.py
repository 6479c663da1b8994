"""Edits documents at random, and knows for each character where it was before.

    traced = Traced.of(document)
    edit(traced, Random(1), passage, ("insert", "reimport"))
    changed, stretches = traced.document(), left(passage, traced.origins())

An edit is told which passage is watched, so that it falls on or beside it more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from random import Random

from rapidfuzz.distance import Levenshtein

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.ingest import read

NEW = -1
"""The origin of a character that was not there before."""
CHANGED = 0.1
"""The share of a passage that is reworded at most."""
TOLERANCE = 12
"""How far from its place a passage may be found, in characters."""
_BREAK = re.compile(r"(?<=[\s，。])")
_TYPED = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"}  # fmt: skip

Origins = list[int]
Range = tuple[int, int]


@dataclass
class Traced:
    """The blocks of a text, each with the origins of its characters."""

    blocks: list[tuple[Block, str, Origins]]

    @classmethod
    def of(cls, document: Document) -> Traced:
        """A document that nothing has been done to."""
        return cls(
            [
                (block, document.text_of(at), list(range(block.start, block.end)))
                for at, block in enumerate(document.blocks)
            ]
        )

    def document(self) -> Document:
        """The text as it is now; spans are left out."""
        blocks, at = [], 0
        for block, text, _ in self.blocks:
            blocks.append(replace(block, start=at, end=at + len(text), spans=()))
            at += len(text) + 1
        return Document("\n".join(text for _, text, _ in self.blocks), tuple(blocks))

    def origins(self) -> Origins:
        """The origin of each character of the document's text."""
        found: Origins = []
        for _, _, origins in self.blocks:
            found += [*origins, NEW]
        return found[:-1]

    def put(self, at: int, start: int, end: int, text: str, origins: Origins | None = None) -> None:
        """Replace a stretch of a block; the words in its place are new if no origins are told."""
        block, old, traces = self.blocks[at]
        traces = traces[:start] + (origins or [NEW] * len(text)) + traces[end:]
        self.blocks[at] = (block, old[:start] + text + old[end:], traces)

    def holding(self, passage: Range) -> list[int]:
        """The blocks that have characters of a passage."""
        within = range(*passage).__contains__
        return [at for at, (_, _, origins) in enumerate(self.blocks) if any(map(within, origins))]


def left(passage: Range, origins: Origins) -> list[Range]:
    """Where a passage may be said to be in a changed text, the whole of what is left first.

    What is left is in pieces where more than the tolerance was put between; any stretch from one
    piece to another with half of the passage in it may be said to be it. Empty if nothing is left.
    """
    start, end = passage
    kept = [at for at, origin in enumerate(origins) if start <= origin < end]
    apart = [n for n in range(1, len(kept)) if kept[n] - kept[n - 1] > TOLERANCE]
    pieces = list(pairwise([0, *apart, len(kept)])) if kept else []
    return sorted(
        (
            (kept[first], kept[last - 1] + 1)
            for n, (first, _) in enumerate(pieces)
            for _, last in pieces[n:]
            if 2 * (last - first) >= end - start or last - first == len(kept)
        ),
        key=lambda stretch: stretch[0] - stretch[1],
    )


Edit = Callable[[Traced, Random, Range], None]


def _pick(traced: Traced, random: Random, passage: Range) -> int:
    """A block: one time in three where the passage is or beside it, else any but the title."""
    held = traced.holding(passage)
    if held and random.random() < 0.33:
        return min(len(traced.blocks) - 1, max(1, random.choice(held) + random.choice((-1, 0, 1))))
    return random.randrange(1, len(traced.blocks))


def breaks(text: str) -> list[int]:
    """Where words may be put in or taken out."""
    return sorted({0, len(text), *(hit.start() for hit in _BREAK.finditer(text))})


def _words(traced: Traced, random: Random, count: int) -> str:
    """So many words of the text, in no order."""
    text = random.choice(traced.blocks)[1]
    if " " not in text:
        return "".join(random.choices(text or "x", k=2 * count))
    return " ".join(random.choices(text.split(), k=count)) + " "


def insert(traced: Traced, random: Random, passage: Range) -> None:
    """Words, a sentence or a whole paragraph are put in."""
    at = _pick(traced, random, passage)
    block, text, _ = traced.blocks[at]
    if random.random() < 0.4:
        words = _words(traced, random, random.randint(3, 120)).strip()
        traced.blocks.insert(at, (replace(block, spans=()), words, [NEW] * len(words)))
    else:
        place = random.choice(breaks(text))
        traced.put(at, place, place, _words(traced, random, random.randint(1, 25)))


def delete(traced: Traced, random: Random, passage: Range) -> None:
    """Words, a sentence or some paragraphs are taken out."""
    at = _pick(traced, random, passage)
    if random.random() < 0.4 and len(traced.blocks) > 6:
        del traced.blocks[at : at + random.randint(1, 3)]
        return
    places = breaks(traced.blocks[at][1])
    first = random.randrange(len(places))
    last = min(len(places) - 1, first + random.randint(1, 20))
    traced.put(at, places[first], places[last], "")


def reword(traced: Traced, random: Random, passage: Range) -> None:
    """Up to a tenth of the passage, and of the words around it, become other words."""
    held = traced.holding(passage)
    share = random.uniform(0.02, CHANGED)
    for at in held:
        places = breaks(traced.blocks[at][1])
        for first, last in reversed(list(pairwise(places))):
            word = traced.blocks[at][1][first:last]
            if random.random() < share:
                _put_other(traced, random, at, first, word)


def _put_other(traced: Traced, random: Random, at: int, place: int, word: str) -> None:
    """Another word, of which each character is where one of the old word was."""
    if " " not in word:
        # Running text without spaces: two characters are as good as a word.
        place += random.randrange(max(1, len(word) - 2))
        word = word[:2]
    other = _words(traced, random, 1)
    origins = traced.blocks[at][2][place : place + len(word)]
    places = [origins[min(n, len(origins) - 1)] for n in range(len(other))]
    traced.put(at, place, place + len(word), other, places)


def move(traced: Traced, random: Random, passage: Range) -> None:
    """One to three paragraphs go elsewhere."""
    at = _pick(traced, random, passage)
    moved = traced.blocks[at : at + random.randint(1, 3)]
    del traced.blocks[at : at + len(moved)]
    to = random.randint(min(1, len(traced.blocks)), len(traced.blocks))
    traced.blocks[to:to] = moved


def double(traced: Traced, random: Random, passage: Range) -> None:
    """A paragraph, or a sentence as a pull-quote, stands a second time."""
    at = _pick(traced, random, passage)
    block, text, _ = traced.blocks[at]
    if random.random() < 0.4:
        places = breaks(text)
        first = random.randrange(len(places))
        text = text[places[first] : places[min(len(places) - 1, first + 15)]].strip() or text
        block = replace(block, kind=BlockKind.PULLQUOTE, role=BlockRole.REPEAT)
    near = random.random() < 0.5
    to = random.choice((at, at + 1)) if near else random.randint(1, len(traced.blocks))
    traced.blocks.insert(to, (replace(block, spans=()), text, [NEW] * len(text)))


def thin(traced: Traced, random: Random, passage: Range) -> None:
    """Of paragraphs that stand several times, one is left, whichever it is."""
    twins: dict[str, list[int]] = {}
    for at, (_, text, _) in enumerate(traced.blocks):
        twins.setdefault(text, []).append(at)
    doubled = [places for places in twins.values() if len(places) > 1]
    if doubled:
        del traced.blocks[random.choice(random.choice(doubled))]


def break_otherwise(traced: Traced, random: Random, passage: Range) -> None:
    """Paragraphs are split at a space, or joined by one."""
    for _ in range(random.randint(1, 6)):
        at = _pick(traced, random, passage)
        block, text, origins = traced.blocks[at]
        if random.random() < 0.5 and at + 1 < len(traced.blocks):
            _, more, others = traced.blocks.pop(at + 1)
            traced.blocks[at] = (block, f"{text} {more}", [*origins, NEW, *others])
        elif spaces := [hit.start() for hit in re.finditer(" ", text[1:-1])]:
            place = random.choice(spaces) + 1
            rest = (replace(block, spans=()), text[place + 1 :], origins[place + 1 :])
            traced.blocks[at : at + 1] = [(block, text[:place], origins[:place]), rest]


def typewrite(traced: Traced, random: Random, passage: Range) -> None:
    """Typographic marks become straight ones, and dashes two hyphens, or the other way round."""
    table = {**_TYPED, "—": random.choice(("-", "--")), "…": "..."}
    back = {"'": "’", '"': random.choice("“”")}
    chosen = random.choice((table, back))
    for at, (block, text, origins) in enumerate(traced.blocks):
        pieces = [chosen.get(char, char) for char in text]
        traces = [origin for origin, piece in zip(origins, pieces, strict=True) for _ in piece]
        traced.blocks[at] = (block, "".join(pieces), traces)


def reimport(traced: Traced, random: Random, passage: Range) -> None:
    """The text comes as a file of another format, with its own marks and breaks, and is read."""
    for change in random.sample((typewrite, break_otherwise), k=random.randint(1, 2)):
        change(traced, random, passage)
    write, name = random.choice(
        ((_as_plain, "a.txt"), (_as_markdown, "a.md"), (_as_html, "a.html"))
    )
    document = traced.document()
    again = read(write(document).encode(), name).document
    origins, traces = traced.origins(), [NEW] * len(again.text)
    for step in Levenshtein.opcodes(document.text, again.text):
        if step.tag == "equal":
            traces[step.dest_start : step.dest_end] = origins[step.src_start : step.src_end]
    traced.blocks = [
        (block, again.text_of(at), traces[block.start : block.end])
        for at, block in enumerate(again.blocks)
    ]


def _as_plain(document: Document) -> str:
    lines = [f"{_bullet(block, '• ')}{text}" for block, text in _rows(document)]
    return "\n\n".join(lines) + "\n"


def _as_markdown(document: Document) -> str:
    lines = []
    for block, text in _rows(document):
        text = re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)
        heading = "#" * (block.level + 1) + " " if block.kind is BlockKind.HEADING else ""
        quote = "> " if block.kind in (BlockKind.QUOTE, BlockKind.PULLQUOTE) else ""
        lines.append(f"{heading}{quote}{_bullet(block, '- ')}{text}")
    return "\n\n".join(lines) + "\n"


def _as_html(document: Document) -> str:
    tags = {BlockKind.QUOTE: "blockquote", BlockKind.ITEM: "li", BlockKind.PULLQUOTE: "blockquote"}
    lines = []
    for block, text in _rows(document):
        heading = f"h{min(6, block.level + 1)}" if block.kind is BlockKind.HEADING else ""
        tag = heading or tags.get(block.kind, "p")
        lines.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")
    body = "\n".join(lines)
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"


def _rows(document: Document) -> list[tuple[Block, str]]:
    return [(block, document.text_of(at)) for at, block in enumerate(document.blocks)]


def _bullet(block: Block, sign: str) -> str:
    return sign if block.kind is BlockKind.ITEM else ""


EDITS: dict[str, Edit] = {
    "insert": insert,
    "delete": delete,
    "reword": reword,
    "move": move,
    "double": double,
    "thin": thin,
    "break": break_otherwise,
    "typewrite": typewrite,
    "reimport": reimport,
}


def edit(traced: Traced, random: Random, passage: Range, names: tuple[str, ...]) -> None:
    """The edits of those names, one after another."""
    for name in names:
        EDITS[name](traced, random, passage)
