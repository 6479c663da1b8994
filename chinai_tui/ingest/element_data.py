"""What an element of a page carries beside its words: data for a script, and whether it shows any.

Substack's editor leaves what a component is made of as JSON in the attribute `data-attrs`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from selectolax.lexbor import LexborNode

_UNSEEN = ("script", "style", "template", "noscript")


def data_of(node: LexborNode) -> Mapping[str, Any]:
    """The JSON object in an element's `data-attrs`; empty if there is none."""
    raw = node.attributes.get("data-attrs")
    if not raw:
        return {}
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def first_string(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that is a string with something in it."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def has_words(node: LexborNode) -> bool:
    """Whether there is a word in an element that a page shows."""
    if not node.text(strip=True):
        return False
    if node.css_first(", ".join(_UNSEEN)) is None:
        return True
    for each in node.traverse(include_text=True):
        if each.tag == "-text" and (each.text_content or "").strip():
            parent = each.parent
            if parent is None or parent.tag not in _UNSEEN:
                return True
    return False


def words_of(node: LexborNode, selector: str) -> str:
    """The words of the first element in another that is selected, in one line."""
    found = node.css_first(selector)
    return " ".join(found.text().split()) if found is not None else ""
