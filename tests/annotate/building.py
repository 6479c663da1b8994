"""Makes documents out of rows, for tests of anchors and voices."""

from __future__ import annotations

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document

H, P, I, Q, PULL = (  # noqa: E741
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.QUOTE,
    BlockKind.PULLQUOTE,
)
LABEL, TITLE = BlockRole.LABEL, BlockRole.TITLE


def document(*rows: tuple[BlockKind, str] | tuple[BlockKind, str, BlockRole]) -> Document:
    """The document of blocks given as kind, text and, where it has one, role."""
    blocks: list[Block] = []
    at = 0
    for kind, text, *roles in rows:
        role = roles[0] if roles else BlockRole.BODY
        level = 2 if kind is H and role is not TITLE else 0
        blocks.append(Block(kind, role, level, "", at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(row[1] for row in rows), tuple(blocks))


def paragraphs(text: str) -> Document:
    """A document with a paragraph for each line."""
    return document(*((P, line) for line in text.split("\n")))
