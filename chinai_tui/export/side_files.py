"""Tells the side files that an export wrote from those that somebody keeps under the same names."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from chinai_tui.export import w3c

_ENTRY = re.compile(r"(?m)^[ \t]*@(\w+)\s*[{(]\s*([^,\s}]*)")


def is_generated(name: str, data: bytes | None, keys: Collection[str]) -> bool:
    """Whether all that a file holds may be from an export; one that cannot be read is not.

    One that is empty is: an export leaves it so once its last note is gone.

    Args:
        name: of the file, whose ending tells its form.
        data: what it holds.
        keys: all that were handed out for bibliographies.
    """
    try:
        text = (b"\xff" if data is None else data).decode("utf-8")
        found = _KEYS[name.rpartition(".")[2]](text)
    except (ValueError, RecursionError, TypeError, KeyError):
        return False
    return all(each in keys for each in found)


def _biblatex(text: str) -> list[str]:
    if not text.startswith("@") and text.strip():
        raise ValueError("something stands before the first entry")
    return [key if kind == "online" else "" for kind, key in _ENTRY.findall(text)]


def _csl(text: str) -> list[str]:
    found = json.loads(text or "[]")
    if not isinstance(found, list):
        raise ValueError("no list of items")
    return [str(item["id"]) for item in found]


def _ris(text: str) -> list[str]:
    return re.findall(r"(?m)^TY  - .*(?:\n(?:ID  - (.*)|))?", text)


def _lines(text: str) -> list[str]:
    """No keys: what is no line of ours raises ValueError."""
    for line in text.splitlines():
        w3c.read(line)
    return []


_KEYS = {"bib": _biblatex, "json": _csl, "ris": _ris, "jsonl": _lines}
