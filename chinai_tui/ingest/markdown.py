"""Reads Markdown (CommonMark and tables) with YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from chinai_tui.domain.document import BlockKind, SpanKind
from chinai_tui.ingest import front_matter, plain
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import Draft, without_title
from chinai_tui.ingest.writer import BlockWriter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_DEEPEST = 100
"""Levels of nesting; markdown-it leaves out what is nested deeper."""
_LONGEST = 2_000_000
_BRACKETS = 20_000
"""Characters and opening brackets for which markdown-it needs about a second."""
_LEFT_OVER = re.compile(r"\[\^([\w-]{1,20})\]|\*\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*\*")
"""The reference to a note, and bold, where CommonMark leaves them as they are written."""
_NOTE_BODY = re.compile(r"\[\^([\w-]{1,20})\]:\s*")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_MARKS = {
    "strong_open": SpanKind.STRONG,
    "em_open": SpanKind.EMPHASIS,
}


def read(text: str) -> Draft:
    """The draft of a Markdown text; a first heading that is its title is no block of its own."""
    fields, body = front_matter.split(text)
    metadata = front_matter.metadata(fields)
    pieces = parse(body)
    if pieces is not None:
        return without_title(Draft(metadata, pieces))
    draft = plain.read(body)
    return Draft(metadata, draft.pieces) if fields else draft


def parse(text: str) -> list[Piece] | None:
    """The blocks of a Markdown text; None where it cannot be parsed whole or in good time."""
    if len(text) > _LONGEST or text.count("[") > _BRACKETS:
        return None
    try:
        tokens = _parser().parse(text)
    except RecursionError:
        return None
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        return None
    writer = _Writer()
    for token in tokens:
        writer.token(token)
    writer.blocks.end()
    return writer.blocks.pieces


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    options = {"html": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", _reference)
    return parser


def _reference(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """The rule for the definition of a link, which that of a note (`[^1]: word`) is not."""
    from markdown_it.rules_block import reference

    start = state.bMarks[first] + state.tShift[first]
    return not state.src.startswith("[^", start) and reference(state, first, last, silent)


def _note_bodies(tokens: Sequence[Token]) -> Iterator[tuple[int, re.Match[str]]]:
    """The tokens that begin the text of a note, at the start of a line."""
    for at, token in enumerate(tokens):
        leads = at == 0 or tokens[at - 1].type in ("softbreak", "hardbreak")
        if leads and token.type == "text" and (match := _NOTE_BODY.match(token.content)):
            yield at, match


class _Writer:
    """Turns the tokens of markdown-it into blocks."""

    def __init__(self) -> None:
        self.blocks = BlockWriter()
        self._in_heading = self._in_head = False
        blocks = self.blocks
        self._actions: dict[str, Callable[[Token], None]] = {
            "inline": lambda token: self._inline(token.children or ()),
            "paragraph_close": lambda _token: blocks.end(),
            "heading_open": self._open_heading,
            "heading_close": self._close_heading,
            "blockquote_open": lambda _token: blocks.open_quote(),
            "blockquote_close": lambda _token: blocks.close_quote(),
            "bullet_list_open": lambda _token: blocks.open_list(),
            "ordered_list_open": self._ordered,
            "bullet_list_close": lambda _token: blocks.close_list(),
            "ordered_list_close": lambda _token: blocks.close_list(),
            "list_item_open": lambda _token: blocks.item(),
            "list_item_close": lambda _token: blocks.end(),
            "fence": self._code,
            "code_block": self._code,
            "hr": self._rule,
            "html_block": self._html,
            "td_open": lambda _token: blocks.cell(),
            "th_open": self._head_cell,
            "tr_close": self._row,
        }

    def token(self, token: Token) -> None:
        """Take the next token of the text."""
        if action := self._actions.get(token.type):
            action(token)

    def _open_heading(self, _token: Token) -> None:
        self._in_heading = True

    def _close_heading(self, token: Token) -> None:
        self._in_heading = False
        self.blocks.end(BlockKind.HEADING, int(token.tag[1:]))

    def _ordered(self, token: Token) -> None:
        start = token.attrs.get("start", 1)
        self.blocks.open_list(int(start), token.markup or ".")

    def _code(self, token: Token) -> None:
        pieces = self.blocks.pieces
        if token.type == "code_block" and pieces and pieces[-1].kind is BlockKind.FOOTNOTE:
            self.blocks.put(make_piece(BlockKind.FOOTNOTE, [token.content]))
            return
        language = token.info.split()[0] if token.info.split() else ""
        self.blocks.end()
        self.blocks.put(make_piece(BlockKind.CODE, [token.content], marker=language))
        self.blocks.end()

    def _rule(self, _token: Token) -> None:
        self.blocks.end()
        self.blocks.put(Piece(BlockKind.RULE))

    def _head_cell(self, _token: Token) -> None:
        self._in_head = True
        self.blocks.cell()

    def _row(self, _token: Token) -> None:
        self.blocks.end_row(self._in_head)
        self._in_head = False

    def _html(self, token: Token) -> None:
        from chinai_tui.ingest.html_blocks import fragment

        self.blocks.end()
        for piece in fragment(token.content):
            self.blocks.put(piece)
        self.blocks.end()

    def _inline(self, tokens: Sequence[Token]) -> None:
        """A paragraph's text; notes may stand in it line below line."""
        notes = list(_note_bodies(tokens))
        ends = [at for at, _ in notes] + [len(tokens)]
        self._run(tokens[: ends[0]])
        for (start, match), end in zip(notes, ends[1:], strict=True):
            self.blocks.end()
            tokens[start].content = match.string[match.end() :]
            self._run(tokens[start:end])
            self.blocks.end(BlockKind.FOOTNOTE, marker=match[1])

    def _run(self, tokens: Sequence[Token]) -> None:
        blocks = self.blocks
        for token in tokens:
            kind = token.type
            if kind == "text":
                self._text(token.content)
            elif kind in _MARKS:
                blocks.open(_MARKS[kind])
            elif kind == "link_open":
                blocks.open(SpanKind.LINK, clean_url(str(token.attrs.get("href", ""))))
            elif kind in ("strong_close", "em_close", "link_close"):
                blocks.close()
            elif kind == "code_inline":
                blocks.add(token.content, SpanKind.CODE)
            elif kind == "softbreak":
                blocks.runs.append(" ")
            elif kind == "hardbreak" or _BREAK.match(token.content):
                self._break()
            elif kind == "image":
                self._image(token)

    def _break(self) -> None:
        """A line break is the end of a block, but a heading is one line."""
        if self._in_heading:
            self.blocks.runs.append(" ")
        else:
            self.blocks.end()

    def _text(self, text: str) -> None:
        """Text with its notes, and with bold such as `**“重点”**内容`.

        To CommonMark that has no closing mark, since no space follows it.
        """
        at = 0
        for match in _LEFT_OVER.finditer(text):
            self.blocks.runs.append(text[at : match.start()])
            if match[1]:
                self.blocks.add(f"[{match[1]}]", SpanKind.FOOTNOTE, match[1])
            else:
                self.blocks.add(match[2], SpanKind.STRONG)
            at = match.end()
        self.blocks.runs.append(text[at:])

    def _image(self, token: Token) -> None:
        source = clean_url(str(token.attrs.get("src", "")))
        caption = token.content or str(token.attrs.get("title", "")) or "image"
        piece = make_piece(BlockKind.IMAGE, [caption])
        if piece is not None:
            piece.link(source)
        self.blocks.put(piece)
