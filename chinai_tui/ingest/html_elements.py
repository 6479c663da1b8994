"""What the elements of HTML do to the blocks that are being written.

For each there is a function that is called where the element begins. It returns what is to be
called where the element ends, None if nothing is, or False if the walk is not to go into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from chinai_tui.domain.document import BlockKind, BlockRole, SpanKind
from chinai_tui.ingest import cards, components, pictures
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.element_data import data_of, first_string
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.writer import Grid

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from chinai_tui.ingest.html_blocks import Walker

Close = Callable[[], None] | Literal[False] | None
Enter = Callable[["Walker", "LexborNode"], Close]

_NO_CELL = "h1, h2, h3, h4, ul, ol, blockquote, figure, pre, hr"
_SIDE_BY_SIDE = "td + td, th + td, th + th, td + th"
_SECTIONS = ("article", "section", "main", "blockquote")
_DRAWN = "svg > text, g > text, a > text, foreignobject"
_FIGURES = "0123456789+-−=()"
_ABOVE = str.maketrans(f"{_FIGURES}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW = str.maketrans(_FIGURES, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LEVEL = re.compile(r"\blst-kix_\w{1,40}-(\d)\b", re.ASCII)
_DIGITS = re.compile(r"\s*([0-9]{1,6})\s*")


def _skip(_walker: Walker, _node: LexborNode) -> Close:
    return False


def _block(walker: Walker, _node: LexborNode) -> Close:
    walker.end()
    return walker.end


def _break(walker: Walker, _node: LexborNode) -> Close:
    walker.end()
    return False


def _mark(kind: SpanKind) -> Enter:
    def _enter(walker: Walker, _node: LexborNode) -> Close:
        walker.blocks.open(kind)
        return walker.blocks.close

    return _enter


def _around(before: str, after: str) -> Enter:
    def _enter(walker: Walker, _node: LexborNode) -> Close:
        walker.blocks.runs.append(before)
        return lambda: walker.blocks.runs.append(after)

    return _enter


def _raised(signs: dict[int, int]) -> Enter:
    """Figures above or below the line, where there is a character for each; else plain words."""

    def _enter(walker: Walker, node: LexborNode) -> Close:
        child = node.child
        if child is None or child.next is not None or child.tag != "-text":
            return None
        words = child.text_content or ""
        if not words.strip() or not all(ord(char) in signs for char in words.strip()):
            return None
        walker.blocks.runs.append(words.translate(signs))
        return False

    return _enter


def _heading(level: int) -> Enter:
    def _enter(walker: Walker, _node: LexborNode) -> Close:
        walker.glue(" ")

        def close() -> None:
            if walker.unglue():
                walker.blocks.end(BlockKind.HEADING, level)

        return close

    return _enter


def _link(walker: Walker, node: LexborNode) -> Close:
    walker.blocks.open(SpanKind.LINK, clean_url(node.attributes.get("href") or "", walker.base))
    return walker.blocks.close


def _anchor(walker: Walker, node: LexborNode) -> Close:
    if number := walker.notes.reference(node):
        walker.blocks.add(f"[{number}]", SpanKind.FOOTNOTE, number)
    return False


def _footnote(walker: Walker, node: LexborNode) -> Close:
    number = walker.notes.printed(node)
    leave = _container(walker, BlockKind.FOOTNOTE, number)
    if not leave or not number:
        return leave
    first = len(walker.blocks.pieces)

    def close() -> None:
        """End it, with its number no more than once."""
        leave()
        for piece in walker.blocks.pieces[first : first + 1]:
            components.cut_number(piece, number)

    return close


def _pullquote(walker: Walker, _node: LexborNode) -> Close:
    return _container(walker, BlockKind.PULLQUOTE)


def _apart(walker: Walker, node: LexborNode) -> Close:
    """A pull-quote, a footnote or what refers to one."""
    if node.tag == "a":
        return _anchor(walker, node)
    is_pulled = "pullquote" in (node.attributes.get("class") or "").split()
    return _pullquote(walker, node) if is_pulled else _footnote(walker, node)


def _container(walker: Walker, kind: BlockKind, marker: str = "") -> Close:
    if walker.is_glued:
        return None
    walker.blocks.open_special(kind, marker)
    return walker.blocks.close_special


def _quote(walker: Walker, _node: LexborNode) -> Close:
    if walker.is_glued:
        return None
    walker.blocks.open_quote()
    return walker.blocks.close_quote


def _footer(walker: Walker, node: LexborNode) -> Close:
    """The footer of a quotation names its source; any other is furniture."""
    parent = node.parent
    return _block(walker, node) if parent is not None and parent.tag == "blockquote" else False


def _header(walker: Walker, node: LexborNode) -> Close:
    """The header of an article is part of it; that of a site is furniture."""
    holder = node.parent
    while holder is not None and holder.tag not in _SECTIONS:
        holder = holder.parent
    return _block(walker, node) if holder is not None else False


def _dialog(walker: Walker, node: LexborNode) -> Close:
    return _block(walker, node) if "open" in node.attributes else False


def _drawing(walker: Walker, node: LexborNode) -> Close:
    """Of a drawing, the words in it."""
    labels = [" ".join(label.text().split()) for label in node.css(_DRAWN)]
    if any(labels):
        walker.end()
        walker.blocks.runs.append(" ".join(filter(None, labels)))
        walker.end()
    return False


def _list(walker: Walker, node: LexborNode) -> Close:
    if walker.is_glued:
        return _block(walker, node)
    first = None
    if node.tag == "ol":
        start = _DIGITS.fullmatch(node.attributes.get("start") or "")
        first = int(start[1]) if start else 1
    above = _levels_above(node)
    for _ in range(above):
        walker.blocks.open_list()
    walker.blocks.open_list(first)

    def close() -> None:
        for _ in range(above + 1):
            walker.blocks.close_list()

    return close


def _levels_above(node: LexborNode) -> int:
    """How many lists a list of Google Docs is in, which saves them one after another."""
    level = _LEVEL.search(node.attributes.get("class") or "")
    return int(level[1]) if level else 0


def _item(walker: Walker, node: LexborNode) -> Close:
    if walker.is_glued:
        return _block(walker, node)
    value = _DIGITS.fullmatch(node.attributes.get("value") or "")
    walker.blocks.item(int(value[1]) if value else None)
    return walker.end


def _code(walker: Walker, node: LexborNode) -> Close:
    language = _language(node)
    walker.glue("\n")

    def close() -> None:
        if walker.unglue():
            walker.blocks.end(BlockKind.CODE, marker=language)

    return close


def _language(node: LexborNode) -> str:
    """The language of code: in a class of its own, or in the data of what holds it."""
    named = node.css_first("[class*=language-]")
    classes = (named.attributes.get("class") or "").split() if named is not None else []
    found = next((name[9:] for name in classes if name.startswith("language-")), "")
    if found or node.parent is None:
        return found
    return first_string(data_of(node.parent), ("language",))


def _rule(walker: Walker, _node: LexborNode) -> Close:
    return False if walker.is_glued else _put(walker, [Piece(BlockKind.RULE)])


def _image(walker: Walker, node: LexborNode) -> Close:
    alt = node.attributes.get("alt") or ""
    if walker.blocks.runs and 0 < len(alt) <= 8 and not alt.isascii():
        walker.blocks.runs.append(alt)  # an emoji drawn as a picture
    else:
        walker.blocks.put(pictures.picture(node, walker.base))
        walker.blocks.put(pictures.target(node, walker.base))
    return False


def _figure(walker: Walker, node: LexborNode) -> Close:
    pieces = pictures.figure(node, walker.base)
    if pieces is None:
        return _block(walker, node)
    legend = pictures.linked_caption(node)
    below = walker.inside(legend) if legend is not None else ()
    return _put(walker, [*pieces, *(replace(each, role=BlockRole.CAPTION) for each in below)])


def _embed(walker: Walker, node: LexborNode) -> Close:
    """An embedded thing: words in a line, or a block that stands for it, or just its element."""
    if node.tag == "span" and (close := _mention(walker, node)) is not None:
        return close
    pieces = cards.embedded(node, walker.base)
    if pieces is None:
        enter = BY_NAME.get(node.tag or "")
        return enter(walker, node) if enter else None
    if node.tag != "span":
        return _put(walker, pieces)
    for piece in pieces:
        walker.blocks.put(piece)
    return False


def _mention(walker: Walker, node: LexborNode) -> Close:
    """A formula or a name in a line, which a page fills in later; None where there is neither."""
    if expression := cards.formula(node):
        walker.blocks.add(expression, SpanKind.CODE)
        return False
    name = "" if node.text(strip=True) else cards.mentioned(node)
    if name:
        walker.blocks.runs.append(name)
        return False
    return None


def _button(walker: Walker, node: LexborNode) -> Close:
    """A button that leads to something to read is a line; those of the site are left out."""
    words, url = components.button(node)
    if not words:
        return False
    if walker.is_glued or not components.is_button(node):
        return _block(walker, node)
    piece = make_piece(BlockKind.PARAGRAPH, [words])
    if piece is not None:
        piece.link(clean_url(url, walker.base))
    return _put(walker, [piece])


def _frame(walker: Walker, node: LexborNode) -> Close:
    return _put(walker, [cards.frame(node, walker.base)])


def _put(walker: Walker, pieces: Iterable[Piece | None]) -> Close:
    walker.end()
    for piece in pieces:
        walker.blocks.put(piece)
    return False


def _table(walker: Walker, node: LexborNode) -> Close:
    """A table of data has cells side by side and only words in them; others are layout."""
    told = node.attributes.get("role") in ("presentation", "none")
    data = not told and node.css_first(_SIDE_BY_SIDE) and not node.css_first(_NO_CELL)
    if walker.is_glued or not data or len(node.css("table")) > 1:
        return _block(walker, node)
    walker.glue(" ")
    walker.grid = Grid(walker.blocks)

    def close() -> None:
        if walker.unglue():
            walker.blocks.end()

    return close


def _row(walker: Walker, node: LexborNode) -> Close:
    if not walker.is_glued:
        return _block(walker, node)
    walker.blocks.end()
    names = {child.tag for child in node.iter()}
    parent = node.parent
    is_head = ("th" in names and "td" not in names) or (
        parent is not None and parent.tag == "thead"
    )
    return lambda: walker.grid.end_row(is_head)


def _cell(walker: Walker, node: LexborNode) -> Close:
    if not walker.is_glued:
        return _block(walker, node)
    walker.grid.cell(_span(node, "colspan"), _span(node, "rowspan"))
    if node.tag != "th":
        return None
    walker.blocks.open(SpanKind.STRONG)
    return walker.blocks.close


def _span(node: LexborNode, name: str) -> int:
    """How many columns or rows a cell takes."""
    match = _DIGITS.fullmatch(node.attributes.get(name) or "")
    return max(1, int(match[1])) if match else 1


_SKIPPED = (
    "script style noscript noembed noframes template nav button input select canvas head title"
    " meta link datalist meter progress rp annotation annotation-xml -comment"
)
_BLOCKS = (
    "p div section article main aside address center details summary dl dt dd fieldset form legend"
    " figcaption hgroup caption"
)
BY_NAME: dict[str, Enter] = {
    **dict.fromkeys(_SKIPPED.split(), _skip),
    **dict.fromkeys(_BLOCKS.split(), _block),
    **dict.fromkeys(("strong", "b"), _mark(SpanKind.STRONG)),
    **dict.fromkeys(("em", "i", "dfn", "var"), _mark(SpanKind.EMPHASIS)),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _mark(SpanKind.CODE)),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext", "textarea"), _code),
    **dict.fromkeys(("iframe", "video", "audio", "embed", "object"), _frame),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    **dict.fromkeys(("td", "th"), _cell),
    **{f"h{level}": _heading(level) for level in range(1, 7)},
    "a": _link,
    "sub": _raised(_BELOW),
    "sup": _raised(_ABOVE),
    "q": _around("“", "”"),
    "rt": _around("(", ")"),
    "br": _break,
    "hr": _rule,
    "blockquote": _quote,
    "header": _header,
    "footer": _footer,
    "dialog": _dialog,
    "svg": _drawing,
    "li": _item,
    "img": _image,
    "figure": _figure,
    "table": _table,
    "tr": _row,
}
"""By the name of the element."""
BY_SELECTOR: tuple[tuple[str, Enter], ...] = (
    (components.EMBEDS, _embed),
    (components.APART, _apart),
    (components.TITLES, _heading(1)),
    (components.BUTTONS, _button),
    (components.FURNITURE, _skip),
)
"""By what else is known of an element; a later entry outdoes an earlier one."""
