"""Reads Markdown as an independent parser does, for tests of what exports write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
_REFERENCE = re.compile(r"\s+")


def blocks(markdown: str) -> list[str]:
    """The visible text of each block in order, runs of space as one, footnotes at the end."""
    return [text for text in map(_squeeze, _blocks(PARSER.parse(markdown))) if text]


def words(text: str) -> str:
    """Text as `blocks` gives it."""
    return _squeeze(text)


def kinds(markdown: str) -> list[str]:
    """The kinds of the tokens that open or are a block."""
    return [
        token.type.removesuffix("_open") for token in PARSER.parse(markdown) if token.nesting >= 0
    ]


def _squeeze(text: str) -> str:
    return _REFERENCE.sub(" ", text.replace("\u200b", "")).strip()


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(map(_text, token.children or ()))
        elif token.type in ("fence", "code_block", "html_block"):
            yield token.content


def _text(token: Token) -> str:
    if token.type == "image":
        return "".join(map(_text, token.children or ()))
    if token.type == "footnote_ref":
        return f"[^{token.meta['label']}]"
    return " " if token.type in ("softbreak", "hardbreak") else token.content
