"""Annotations in the W3C Web Annotation Data Model, one to a line of JSON.

https://www.w3.org/TR/annotation-model/ has the model. What it has no words for stands under names
of our own, so that a line that is read again gives the annotation as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.issue import Issue
from chinai_tui.text.sanitise import safe_url

_URN = "urn:x-chinai"
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"chinai": f"{_URN}:"}]
_ANNOTATION = "chinai:annotation"
_ISSUE = "chinai:issue"
_MOTIVATIONS = {
    AnnotationKind.BOOKMARK: "bookmarking",
    AnnotationKind.HIGHLIGHT: "highlighting",
    AnnotationKind.NOTE: "commenting",
}
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")
_SPACES = "\u00a0\u3000"
"""Spaces that are harmless in a line, of those that do not count as printable."""


def write(annotation: Annotation, issue: Issue | None = None) -> str:
    """An annotation as a line without its end, the same for the same annotation.

    Args:
        annotation: all of it is written.
        issue: the issue it is on, told along but for its documents, so that another library
            can find it or put something in its place.
    """
    own = msgspec.to_builtins(annotation)
    text, tags, creator = own.pop("text"), own.pop("tags"), own.pop("creator")
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    if text:
        note = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown"}
        body.insert(0, {**note, "value": text})
    line = {
        "@context": _CONTEXT,
        "id": f"{_URN}:annotation:{quote(annotation.id, safe='', errors='replace')}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS[annotation.kind],
        "creator": {"type": "Person", "name": creator} if creator else None,
        "created": own.pop("created") or None,
        "modified": own.pop("updated") or None,
        "body": body or None,
        "target": _target(annotation, issue, own),
        _ANNOTATION: own,
        _ISSUE: {**msgspec.to_builtins(issue), "documents": {}} if issue else None,
    }
    present = {name: value for name, value in line.items() if value is not None}
    written = _JSON.encode(present)
    if written.isascii() and written.isprintable():
        return written
    return _NOT_ASCII.sub(_escaped, written)


def read(line: str) -> tuple[Annotation, Issue | None]:
    """The annotation in a line that `write` made, and the issue it is on if that is told.

    Raises:
        ValueError: It is no such line; the message says why.
    """
    try:
        found = json.loads(line)
        own = found[_ANNOTATION]
        bodies = found.get("body", ())
        anchor = own.get("anchor")
        fields = {
            **own,
            "anchor": {**anchor, **_selected(found["target"])} if anchor else None,
            "text": "".join(each["value"] for each in bodies if each["purpose"] == "commenting"),
            "tags": [each["value"] for each in bodies if each["purpose"] == "tagging"],
            "creator": found.get("creator", {}).get("name", ""),
            "created": found.get("created", ""),
            "updated": found.get("modified", ""),
        }
        issue = found.get(_ISSUE)
        return (
            msgspec.convert(fields, Annotation),
            msgspec.convert(issue, Issue) if issue is not None else None,
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no annotation of chinai: {error!r}") from error


def _target(annotation: Annotation, issue: Issue | None, own: dict[str, Any]) -> Any:
    """What is annotated: the passage, the issue or the entity; its selectors leave `own`."""
    about = "entity" if annotation.entity else "issue"
    urn = f"{_URN}:{about}:{quote(getattr(annotation, about), safe='', errors='replace')}"
    source = (safe_url(issue.url) if issue else "") or urn
    if annotation.anchor is None:
        return source
    anchor = own["anchor"]
    quoted = {name: anchor.pop(name) for name in ("exact", "prefix", "suffix")}
    place = {name: anchor.pop(name) for name in ("start", "end")}
    return {
        "source": source,
        "selector": [
            {"type": "TextQuoteSelector", **quoted},
            {"type": "TextPositionSelector", **place},
        ],
    }


def _selected(target: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all selectors of a target."""
    merged = {name: value for each in target["selector"] for name, value in each.items()}
    del merged["type"]
    return merged


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON writes it, escaped if a terminal or a splitter of lines acts on it."""
    char = match.group()
    return char if char.isprintable() or char in _SPACES else json.dumps(char)[1:-1]
