"""A whole document as Markdown (CommonMark, with footnotes and tables)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    DocumentRole,
    Span,
    SpanKind,
)
from chinai_tui.domain.issue import UNFILED, Issue, Publication
from chinai_tui.export import escape, front_matter, inline
from chinai_tui.text.sanitise import clean, safe_url

_NUMBER = re.compile(r"\(?(\d{1,9})[.):、．]?")
_BULLETS = "•-*+–·◦▪‣"
BEGINNING = "beginning"
"""What is said of a text that is known to go on elsewhere."""
_CELL = " | "
_MAYBE_DEFINITION = re.compile(r"\S+(?:\s+[\"'(].*)?", re.DOTALL)
_NOTHING = " &#8203;"
"""A space without width: keeps a footnote of one word from being read as a link's definition."""


def render_issue(
    issue: Issue,
    publication: Publication,
    document: Document,
    role: DocumentRole = DocumentRole.TEXT,
) -> str:
    """The document as a Markdown file, with front matter that an import reads back."""
    reference = issue.documents.get(role)
    front = front_matter.write(
        {
            "title": issue.title,
            "subtitle": issue.subtitle,
            "publication": publication.id if publication.id != UNFILED else "",
            "number": issue.number,
            "authors": issue.authors,
            "date": front_matter.day(issue.date),
            "url": safe_url(issue.url),
            "role": role.value,
            "extent": BEGINNING if reference and reference.truncated else "",
            "sharing": publication.sharing,
        }
    )
    return f"{front}\n{body(document)}\n"


def body(document: Document) -> str:
    """The blocks of a document as Markdown; those without words are left out."""
    pieces = [_piece(document, number) for number in range(len(document.blocks))]
    pieces = [piece for piece in pieces if piece.text or piece.block.kind is BlockKind.RULE]
    notes = _Notes.of(pieces)
    parts: list[str] = []
    for kind, group in groupby(pieces, key=lambda piece: piece.block.kind):
        parts += _WRITERS.get(kind, _paragraphs)(list(group), notes)
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block with its own text, to which the spans' offsets are relative."""

    block: Block
    text: str
    spans: tuple[Span, ...]


def _piece(document: Document, number: int) -> _Piece:
    block, text = document.blocks[number], document.text_of(number)
    if clean(text) != text:
        return _Piece(block, clean(text).strip(), ())
    spans = (
        replace(span, start=span.start - block.start, end=span.end - block.start)
        for span in block.spans
        if block.start <= span.start < span.end <= block.end
    )
    return _Piece(block, text if text.strip() else "", tuple(spans))


@dataclass(slots=True)
class _Notes:
    """The labels of footnotes that are referred to and have a text, and those already written."""

    labels: frozenset[str]
    written: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, pieces: Iterable[_Piece]) -> _Notes:
        """Those of a document; a reference without a text and a text without one are not any."""
        texts: set[str] = set()
        references: set[str] = set()
        for piece in pieces:
            if piece.block.kind is BlockKind.FOOTNOTE:
                texts.add(inline.label(piece.block.marker))
            elif piece.block.kind is not BlockKind.CODE:
                spans = (span for span in piece.spans if span.kind is SpanKind.FOOTNOTE)
                references.update(inline.label(span.target) for span in spans)
        return cls(frozenset(texts & references - {""}))


def _paragraph(piece: _Piece, notes: _Notes) -> str:
    return inline.render(piece.text, piece.spans, notes.labels)


def _one_line(piece: _Piece, notes: _Notes) -> str:
    return _paragraph(replace(piece, text=piece.text.replace("\n", " ")), notes)


def _paragraphs(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    return [
        _label(piece, notes) if piece.block.role is BlockRole.LABEL else _paragraph(piece, notes)
        for piece in pieces
    ]


def _label(piece: _Piece, notes: _Notes) -> str:
    """A line that works as a heading, in bold as a whole."""
    emphasis = (SpanKind.STRONG, SpanKind.EMPHASIS)
    spans = tuple(span for span in piece.spans if span.kind not in emphasis)
    return f"**{_paragraph(replace(piece, spans=spans), notes)}**"


def _headings(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """Headings with their numbers; a `#` at the end would be taken for decoration."""
    parts = []
    for piece in pieces:
        mark = "#" * min(max(piece.block.level, 1), 6)
        text = re.sub(r"(?<= )(?=#+$)", r"\\", _one_line(piece, notes))
        number = f"{piece.block.marker} " if _NUMBER.fullmatch(piece.block.marker) else ""
        parts.append(f"{mark} {number}{text}")
    return parts


def _quotes(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """One block quote, with a paragraph for each block."""
    parts = []
    for piece in pieces:
        prefix = "> " * (piece.block.level + 1)
        parts.append(prefix + _paragraph(piece, notes).replace("\n", f"\n{prefix}"))
    return ["\n>\n".join(parts)]


def _codes(pieces: Sequence[_Piece], _notes: _Notes) -> list[str]:
    parts = []
    for piece in pieces:
        longest = max(map(len, re.findall("`+", piece.text)), default=0)
        fence = "`" * max(3, longest + 1)
        language = re.sub(r"[^\w+#.-]", "", piece.block.marker)
        parts.append(f"{fence}{language}\n{piece.text}\n{fence}")
    return parts


def _rules(pieces: Sequence[_Piece], _notes: _Notes) -> list[str]:
    return ["* * *"] * len(pieces)


def _images(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """Pictures by their address where there is one, otherwise only what is under them."""
    parts = []
    for piece in pieces:
        links = [span.target for span in piece.spans if span.kind is SpanKind.LINK]
        url = safe_url(links[0]) if links else ""
        text = _one_line(replace(piece, spans=()) if url else piece, notes)
        parts.append(f"![{text}]({inline.destination(url)})" if url else text)
    return parts


def _table(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """Tables: a new one begins with each head; without any, the first row is the head."""
    tables: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.block.level and tables[-1] and not tables[-1][-1].block.level:
            tables.append([])
        tables[-1].append(piece)
    return [_one_table(table, notes) for table in tables]


def _one_table(pieces: Sequence[_Piece], notes: _Notes) -> str:
    rows = []
    for piece in pieces:
        spans = tuple(span for span in piece.spans if span.kind is not SpanKind.CODE)
        line = _one_line(replace(piece, spans=spans), notes)
        rows.append(line.replace(r" \| ", _CELL).split(_CELL))
    width = max(map(len, rows))
    lines = [f"| {_CELL.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    lines.insert(1, f"| {_CELL.join(['---'] * width)} |")
    return "\n".join(lines)


def _footnotes(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """Footnotes; one that nothing refers to would vanish and is a paragraph."""
    parts = []
    is_defined = False
    for piece in pieces:
        label = inline.label(piece.block.marker)
        text = _paragraph(piece, notes)
        if label in notes.labels - notes.written:
            is_defined = True
            notes.written.add(label)
            guard = _NOTHING if _MAYBE_DEFINITION.fullmatch(text) else ""
            parts.append(f"[^{label}]: " + text.replace("\n", "\n    ") + guard)
        elif is_defined and not piece.block.marker:
            parts.append("    " + text.replace("\n", "\n    "))
        else:
            is_defined = False
            parts.append(escape.line(f"[{piece.block.marker}]") + " " + text)
    return parts


@dataclass(frozen=True, slots=True)
class _Level:
    """The last item of a level of a list: where its text begins, its number and what follows it."""

    indent: int
    number: int | None = None
    stop: str = "."


def _items(pieces: Sequence[_Piece], notes: _Notes) -> list[str]:
    """A list with the numbers the items have.

    Markdown counts on from the first number; where the next is another one, a list with the other
    stop (`.` or `)`) begins.
    """
    written = ""
    levels: list[_Level] = []
    for piece in pieces:
        depth = min(max(piece.block.level, 0), len(levels))
        before = levels[depth] if depth < len(levels) else _Level(0)
        del levels[depth:]
        indent = levels[-1].indent if levels else 0
        match = _NUMBER.fullmatch(piece.block.marker)
        number = int(match[1]) if match else None
        goes_on = number is None or (before.number is not None and number == before.number + 1)
        stop = before.stop
        if not goes_on and before.number is not None:
            stop = ")" if stop == "." else "."
        mark = "-" if number is None else f"{number}{stop}"
        levels.append(_Level(indent + len(mark) + 1, number, stop))
        if written:
            # A number other than 1 cannot follow a paragraph without a blank line.
            written += "\n" if goes_on else "\n\n"
        text = _item_text(piece, notes).replace("\n", "\n" + " " * levels[-1].indent)
        written += f"{' ' * indent}{mark} {text}"
    return [written]


def _item_text(piece: _Piece, notes: _Notes) -> str:
    """The text of an item, after its marker where that is neither a bullet nor a number."""
    marker, text = piece.block.marker, _paragraph(piece, notes)
    is_plain = marker in _BULLETS or _NUMBER.fullmatch(marker)
    return text if is_plain else f"{escape.line(marker)} {text}"


_WRITERS: dict[BlockKind, Callable[[Sequence[_Piece], _Notes], list[str]]] = {
    BlockKind.HEADING: _headings,
    BlockKind.ITEM: _items,
    BlockKind.QUOTE: _quotes,
    BlockKind.PULLQUOTE: _quotes,
    BlockKind.CODE: _codes,
    BlockKind.IMAGE: _images,
    BlockKind.FOOTNOTE: _footnotes,
    BlockKind.RULE: _rules,
    BlockKind.ROW: _table,
}
