"""Walks HTML into blocks.

The walk keeps its own stack, so that no nesting is too deep for it. What an element means is
looked up in a table; into elements it does not know the walk just goes on, and no text is lost
but that of scripts, controls and navigation.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chinai_tui.domain.document import BlockKind
from chinai_tui.ingest import components
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.html_elements import BY_NAME, BY_SELECTOR, Close, Enter
from chinai_tui.ingest.html_guard import is_overgrown, strip_tags
from chinai_tui.ingest.writer import BlockWriter, Grid


def fragment(html: str, base: str = "", before: str = "") -> list[Piece]:
    """The blocks of a piece of HTML; mere paragraphs if it is too entangled to be parsed.

    `base` makes its links absolute; `before` stands before the number of each of its notes.
    """
    if is_overgrown(html):
        lines = (make_piece(BlockKind.PARAGRAPH, [line]) for line in strip_tags(html).split("\n"))
        return [piece for piece in lines if piece is not None]
    body = LexborHTMLParser(html).body
    return Walker(body, base, before).walk() if body is not None else []


def is_cut(html: str) -> bool:
    """Whether a piece of HTML ends at a paywall."""
    body = None if is_overgrown(html) else LexborHTMLParser(html).body
    return body is not None and components.is_cut(body)


class Walker:
    """One walk through an element; `base` and `before` are as for a fragment."""

    def __init__(self, root: LexborNode, base: str = "", before: str = "") -> None:
        self.blocks = BlockWriter()
        self.base = base
        self.notes = components.Footnotes(root, before)
        self.grid = Grid(self.blocks)
        """Of the table at hand."""
        self._root = root
        self._glue: list[str] = []
        """What stands for the end of a block where there can be none: in code, in a cell."""
        self._special: dict[int, Enter] = {
            node.mem_id: enter for selector, enter in BY_SELECTOR for node in root.css(selector)
        }

    def walk(self) -> list[Piece]:
        """The blocks of the element."""
        special = self._special
        frames: list[tuple[Iterator[LexborNode], Close]] = [
            (self._root.iter(include_text=True), None)
        ]
        while frames:
            children, leave = frames[-1]
            for node in children:
                tag = node.tag
                if tag == "-text":
                    self._text(node.text_content or "")
                    continue
                enter = (special and special.get(node.mem_id)) or BY_NAME.get(tag or "")
                close = enter(self, node) if enter else None
                if close is False:
                    continue
                child = node.child
                if child is not None and child.next is None and child.tag == "-text":
                    self._text(child.text_content or "")  # most elements hold but a text
                    if close:
                        close()
                elif child is not None or close:
                    frames.append((node.iter(include_text=True), close))
                    break
            else:
                frames.pop()
                if leave:
                    leave()
        self.blocks.end()
        return self.blocks.pieces

    def inside(self, node: LexborNode) -> list[Piece]:
        """The blocks of an element, by a walk of its own that knows these footnotes."""
        walker = Walker(node, self.base)
        walker.notes = self.notes
        return walker.walk()

    @property
    def is_glued(self) -> bool:
        """Whether no block can end here."""
        return bool(self._glue)

    def end(self) -> None:
        """End the block at hand, or write what stands for it here."""
        if self._glue:
            self.blocks.runs.append(self._glue[-1])
        else:
            self.blocks.end()

    def glue(self, text: str) -> None:
        """From here on, the ends of blocks are only this text."""
        self.end()
        self._glue.append(text)

    def unglue(self) -> bool:
        """Back to what was before; whether blocks end again."""
        self._glue.pop()
        return not self._glue

    def _text(self, text: str) -> None:
        runs = self.blocks.runs
        if runs or self._glue or not text.isspace():
            runs.append(text)
