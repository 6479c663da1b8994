"""Reads Markdown: CommonMark, tables, footnotes, and what Obsidian adds, with front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from chinai_tui.domain.document import BlockKind, SpanKind
from chinai_tui.ingest import bylines, front_matter, plain
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.links import bare_links, clean_url
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
_LEFT_OVER = re.compile(
    r"\[\^(?P<note>[\w-]{1,20})\]"
    r"|\*\*(?=\S)(?P<bold>[^*\n]{1,500}?)(?<=\S)\*\*"
    r"|==(?=[^\s=])(?P<marked>[^=\n]{1,500}?)(?<=\S)=="
    r"|(?P<embeds>!?)\[\[(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{0,300}))?\]\]"
)
"""What CommonMark leaves as it is: the reference to a note, bold, a highlight, a wiki-link."""
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_TASK = re.compile(r"\[([ xX])\]\s")
_CALLOUT = re.compile(r"\[!([A-Za-z-]{1,30})\][+-]?[ \t]*")
_TAG = re.compile(r"<(/?)(a|b|strong|i|em|code|img|br)\b", re.IGNORECASE)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HTML_MARKS = {
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "code": SpanKind.CODE,
    "a": SpanKind.LINK,
}
_NOTE_BODY = re.compile(r"\[\^([\w-]{1,20})\]:\s*")
_AROUND_ALL = ("link_open", "link_close")
"""The tokens around what is all there is in a link."""
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
        cut = front_matter.is_beginning(fields)
        draft = without_title(Draft(metadata, pieces, cut))
        if draft.metadata.title:
            draft.metadata = bylines.taken(draft.metadata, draft.pieces)
        return draft
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
    for piece in writer.blocks.pieces:
        _link(piece)
    return writer.blocks.pieces


def _link(piece: Piece) -> None:
    """Make addresses that stand in the text as they are into links."""
    if piece.kind is BlockKind.CODE or "://" not in piece.text:
        return
    marked = [each for each in piece.ranges if each[0] in (SpanKind.LINK, SpanKind.CODE)]
    for link in bare_links(piece.text):
        if not any(start < link[2] and link[1] < end for _, start, end, _ in marked):
            piece.ranges.append(link)


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


def _leads_to(tokens: Sequence[Token], at: int) -> str:
    """Where the picture at a place in a line leads, if it is all there is in a link."""
    before = next((each for each in reversed(tokens[:at]) if not _is_blank(each)), None)
    after = next((each for each in tokens[at + 1 :] if not _is_blank(each)), None)
    if before is None or after is None or (before.type, after.type) != _AROUND_ALL:
        return ""
    return str(before.attrs.get("href", ""))


def _is_blank(token: Token) -> bool:
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


def _beyond(href: str, source: str) -> Piece | None:
    from chinai_tui.ingest import pictures

    return None if href == source else pictures.beyond(href, "")


def _fragment(source: str) -> list[Piece]:
    from chinai_tui.ingest.html_blocks import fragment

    return fragment(source)


class _Writer:
    """Turns the tokens of markdown-it into blocks."""

    def __init__(self) -> None:
        self.blocks = BlockWriter()
        self._in_heading = self._in_head = self._in_item = False
        self._opened: list[str] = []
        """The marks that are open by tags of HTML."""
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
            "list_item_open": self._item,
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

    def _item(self, _token: Token) -> None:
        self.blocks.item()
        self._in_item = True

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
        self.blocks.end()
        for piece in _fragment(token.content):
            self.blocks.put(piece)
        self.blocks.end()

    def _inline(self, tokens: Sequence[Token]) -> None:
        """A paragraph's text; notes may stand in it line below line."""
        self._opening(tokens)
        notes = list(_note_bodies(tokens))
        ends = [at for at, _ in notes] + [len(tokens)]
        self._run(tokens[: ends[0]])
        for (start, match), end in zip(notes, ends[1:], strict=True):
            self.blocks.end()
            tokens[start].content = match.string[match.end() :]
            self._run(tokens[start:end])
            self.blocks.end(BlockKind.FOOTNOTE, marker=match[1])

    def _opening(self, tokens: Sequence[Token]) -> None:
        """The box of a task at the start of an item; the title of a callout, on its own."""
        in_item, self._in_item = self._in_item, False
        first = tokens[0] if tokens and tokens[0].type == "text" else None
        if first is None:
            return
        if in_item and (match := _TASK.match(first.content)):
            first.content = ("☐ " if match[1] == " " else "☑ ") + first.content[match.end() :]
        elif self.blocks.in_quote and (match := _CALLOUT.match(first.content)):
            first.content = first.content[match.end() :] or match[1].replace("-", " ").capitalize()
            following = next((each for each in tokens if each.type == "softbreak"), None)
            if following is not None:
                following.type = "hardbreak"

    def _run(self, tokens: Sequence[Token]) -> None:
        blocks = self.blocks
        for at, token in enumerate(tokens):
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
            elif kind == "hardbreak":
                self._break()
            elif kind == "image":
                self._image(token)
                if href := _leads_to(tokens, at):
                    blocks.put(_beyond(href, str(token.attrs.get("src", ""))))
            elif kind == "html_inline":
                self._tag(token.content)
        while self._opened:
            self._opened.pop()
            blocks.close()

    def _tag(self, source: str) -> None:
        """A tag of HTML in a line; one that is not known leaves its words."""
        match = _TAG.match(source)
        name = match[2].lower() if match else ""
        if match and match[1]:
            if self._opened and self._opened[-1] == name:
                self._opened.pop()
                self.blocks.close()
        elif name == "br":
            self._break()
        elif name == "img":
            for piece in _fragment(source):
                self.blocks.put(piece)
        elif name:
            found = [each for each in _HREF.findall(source) if name == "a"]
            href = html.unescape("".join(found[0])) if found else ""
            self.blocks.open(_HTML_MARKS[name], clean_url(href))
            self._opened.append(name)

    def _break(self) -> None:
        """A line break is the end of a block, but a heading is one line."""
        if self._in_heading:
            self.blocks.runs.append(" ")
        else:
            self.blocks.end()

    def _text(self, text: str) -> None:
        """Text with its notes and wiki-links, and with bold such as `**“重点”**内容`.

        To CommonMark that has no closing mark, since no space follows it.
        """
        at = 0
        for match in _LEFT_OVER.finditer(text):
            self.blocks.runs.append(text[at : match.start()])
            if note := match["note"]:
                self.blocks.add(f"[{note}]", SpanKind.FOOTNOTE, note)
            elif bold := match["bold"]:
                self.blocks.add(bold, SpanKind.STRONG)
            elif match["marked"]:
                self.blocks.runs.append(match["marked"])
            else:
                self._wiki(match["page"], match["shown"] or "", bool(match["embeds"]))
            at = match.end()
        self.blocks.runs.append(text[at:])

    def _wiki(self, page: str, shown: str, embeds: bool) -> None:
        """A link within somebody's notes, of which only the words can be kept."""
        if not embeds:
            self.blocks.runs.append(shown or page.lstrip("#").replace("#", " > "))
            return
        kind = BlockKind.IMAGE if _PICTURE.search(page) else BlockKind.EMBED
        caption = page if _SIZE.fullmatch(shown) or not shown else shown
        self.blocks.put(make_piece(kind, [caption]))

    def _image(self, token: Token) -> None:
        source = clean_url(str(token.attrs.get("src", "")))
        caption = token.content or str(token.attrs.get("title", "")) or "image"
        piece = make_piece(BlockKind.IMAGE, [caption])
        if piece is not None:
            piece.link(source)
        self.blocks.put(piece)
