"""Items in CSL-JSON, which Zotero, pandoc and every citation processor read.

https://github.com/citation-style-language/schema has the names of the fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from chinai_tui.export.people import Name
from chinai_tui.export.reference import Reference, names


def render(references: Iterable[Reference]) -> str:
    """The items in their order, as one array."""
    return json.dumps([_item(each) for each in references], ensure_ascii=False, indent=2)


def _item(reference: Reference) -> dict[str, Any]:
    """An item; what is not known is left out.

    The number stands in the title alone: styles would print it a second time, as an article's.
    """
    original = reference.original
    item = {
        "id": reference.key,
        "type": "post-weblog",
        "title": reference.title,
        "author": _names(reference.authors),
        "translator": _names(reference.translators),
        "container-title": reference.container,
        "issued": _date(reference.date),
        "accessed": _date(reference.accessed),
        "URL": reference.url,
        "language": reference.language,
        "original-author": _names(original.authors) if original else (),
        "original-title": (original.title_han or original.title) if original else "",
        "original-publisher": original.outlet if original else "",
        "note": reference.note,
    }
    return {field: value for field, value in item.items() if value}


def _names(texts: Iterable[str]) -> list[dict[str, str]]:
    return [_name(name) for name in names(texts)]


def _name(name: Name) -> dict[str, str]:
    if name.is_whole:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(parts: tuple[str, ...]) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in parts]]} if parts else {}
