"""Keeps text from outside from being read as Markdown.

The rules are those of CommonMark with tables and strike-through; text that is escaped comes out of
a parser as the same words. What another dialect reads besides is escaped by its profile.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from chinai_tui.domain.document import is_han
from chinai_tui.text.code import CODE, by_code, fences, pieces
from chinai_tui.text.sanitise import clean

_ALWAYS = frozenset("\\`*[]<|~")
_LINE_START = re.compile(r"(?m)^ *(?:([-+=:>#])|\d{1,9}([.)]))")
_MAYBE = re.compile(r"[\\`*\[\]<|~_&]|^(?:[-+=:>#]|\d)")
"""Without any of these there is nothing to escape."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NOT_YAML = re.compile("[\ufffe\uffff]")
_HTML = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)")
_CODE_OR_BOLD = re.compile(rf"{CODE}|\*\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*", re.DOTALL)
_MARKED = re.compile(r"[`~*<]")
"""Without any of these a note has no code, nothing bold and no HTML."""
_LONGEST_CHECKED = 20_000
_EDGES = re.compile(r"(?s)^(\W*)(.*?)(\W*)$")


def characters(text: str, more: re.Pattern[str] | None = None) -> list[str]:
    """Each character of a paragraph as Markdown, so that marks can be put between them.

    `more` finds the characters, of those of ASCII that are no letters, that a dialect also reads
    as marks.
    """
    result = [f"\\{char}" if char in _ALWAYS else char for char in text]
    for at, char in enumerate(text):
        if char == "_" and not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()):
            result[at] = r"\_"
    for match in _ENTITY.finditer(text):
        result[match.start()] = r"\&"
    for match in _LINE_START.finditer(text):
        at = match.start(1) if match[1] else match.start(2)
        result[at] = f"\\{text[at]}"
    for match in more.finditer(text) if more else ():
        result[match.start()] = f"\\{text[match.start()]}"
    return result


def entities(text: str) -> str:
    """Text with `&amp;` where it would be read as the name of a character."""
    return _ENTITY.sub("&amp;", text)


@lru_cache(maxsize=2048)  # most come often: names, tags, colours, days
def line(text: str, more: re.Pattern[str] | None = None) -> str:
    """Text as one line of Markdown, wherever in a paragraph it stands."""
    text = _one_line(text)
    if not _MAYBE.search(text) and not (more and more.search(text)):
        return text
    return "".join(characters(text, more))


def heading(text: str, more: re.Pattern[str] | None = None) -> str:
    """The same for a heading, which may not seem to end in `#` either."""
    text = _one_line(text)
    escaped = characters(text, more)
    if text.endswith("#"):
        escaped[-1] = r"\#"
    return "".join(escaped)


def quote(text: str, more: re.Pattern[str] | None = None) -> str:
    """A passage as a block quote, a paragraph for each of its lines."""
    return "\n>\n".join(f"> {each}" for each in quoted_lines(text, more))


def quoted_lines(text: str, more: re.Pattern[str] | None = None) -> list[str]:
    """The lines of a passage that have words, each as one line of Markdown."""
    return [line(each, more) for each in clean(text).split("\n") if each.strip()]


def note(text: str) -> str:
    """The words of a note as they are, since notes are Markdown, but without HTML.

    A comment could pass for the marks between which generated text stands, or hide what follows.
    """
    lines = [each.rstrip() for each in clean(text).strip("\n").split("\n")]
    text = "\n".join(lines).strip()
    if not _MARKED.search(text):
        return text
    text = _closed(text)
    readable = "".join(
        piece if is_code else _CODE_OR_BOLD.sub(_readable_bold, piece)
        for piece, is_code in pieces(text, (span for *span, _ in fences(text)))
    )
    written = "".join(
        piece if is_code else _without_html(piece) for piece, is_code in by_code(readable)
    )
    safe = _without_html(readable)
    return written if written == safe or not _has_html(written) else safe


def _closed(text: str) -> str:
    """A note in which a fence that is left open is closed, lest it take in what follows."""
    closing = next((line for *_, line in fences(text) if line), "")
    return f"{text}\n{closing}" if closing else text


def _without_html(text: str) -> str:
    return _HTML.sub(r"\1\\<", text)


def _has_html(text: str) -> bool:
    """Whether a reader of Markdown finds HTML, or might: what looks like code need not be any."""
    if len(text) > _LONGEST_CHECKED:
        return True
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text)
    found = [each for token in tokens for each in (token, *(token.children or ()))]
    return any(each.type in ("html_block", "html_inline") for each in found)


def _readable_bold(match: re.Match[str]) -> str:
    """Bold without the punctuation at its edges, where it stands next to Han.

    CommonMark does not read marks between punctuation and a letter as such: `**“x”**y`. Code,
    which is found by the same expression, stays as it is.
    """
    bold = match["bold"]
    if not bold:
        return match[0]
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if not (before and is_han(before)) and not (after and is_han(after)):
        return match[0]
    edges = _EDGES.match(bold)
    if edges is None or not edges[2]:
        return match[0]
    return f"{edges[1]}**{edges[2]}**{edges[3]}"


def yaml_string(text: str) -> str:
    """Text as a double-quoted string of YAML, in one line."""
    quoted = json.dumps(_one_line(text), ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
