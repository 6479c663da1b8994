"""Keeps text from outside from being read as Markdown.

The rules are those of CommonMark with tables and strike-through; text that is escaped comes out of
a parser as the same words.
"""

from __future__ import annotations

import json
import re

from chinai_tui.text.sanitise import clean

_ALWAYS = frozenset("\\`*[]<|~")
_LINE_START = re.compile(r"(?m)^ *(?:([-+=:>#])|\d{1,9}([.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NOT_YAML = re.compile("[\ufffe\uffff]")


def characters(text: str) -> list[str]:
    """Each character of a paragraph as Markdown, so that marks can be put between them."""
    result = [f"\\{char}" if char in _ALWAYS else char for char in text]
    for at, char in enumerate(text):
        if char == "_" and not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()):
            result[at] = r"\_"
    for match in _ENTITY.finditer(text):
        result[match.start()] = r"\&"
    for match in _LINE_START.finditer(text):
        at = match.start(1) if match[1] else match.start(2)
        result[at] = f"\\{text[at]}"
    return result


def entities(text: str) -> str:
    """Text with `&amp;` where it would be read as the name of a character."""
    return _ENTITY.sub("&amp;", text)


def line(text: str) -> str:
    """Text as one line of Markdown, wherever in a paragraph it stands."""
    return "".join(characters(_one_line(text)))


def heading(text: str) -> str:
    """The same for a heading, which may not seem to end in `#` either."""
    text = _one_line(text)
    escaped = characters(text)
    if text.endswith("#"):
        escaped[-1] = r"\#"
    return "".join(escaped)


def quote(text: str) -> str:
    """A passage as a block quote, a paragraph for each of its lines."""
    lines = [line(each) for each in clean(text).split("\n") if each.strip()]
    return "\n>\n".join(f"> {each}" for each in lines)


def note(text: str) -> str:
    """The words of a note as they are, since notes are Markdown, but without HTML comments.

    A comment could pass for the marks between which generated text stands, or hide what follows.
    """
    lines = [each.rstrip() for each in clean(text).strip("\n").split("\n")]
    return "\n".join(lines).strip().replace("<!--", r"\<!--")


def yaml_string(text: str) -> str:
    """Text as a double-quoted string of YAML, in one line."""
    quoted = json.dumps(_one_line(text), ensure_ascii=False)
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
