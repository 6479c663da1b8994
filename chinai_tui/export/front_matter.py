"""YAML front matter: flat, strings quoted, and mended without touching what others added."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from chinai_tui.export.escape import yaml_string

Value = str | int | date | Sequence[str] | None

_KEY = re.compile(r"(?:([\w][\w -]*)|\"([^\"]+)\"|'([^']+)'):(?:\s|$)")


def write(fields: Mapping[str, Value]) -> str:
    """Front matter with its two lines of dashes; fields that are empty are left out."""
    lines = [
        f"{key}: {_scalar(value)}" for key, value in fields.items() if value not in (None, "", ())
    ]
    return "\n".join(("---", *lines, "---", ""))


def day(written: str) -> Value:
    """A whole date as a date of YAML, a part of one as it is written."""
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else written
    except ValueError:
        return written


def split(text: str) -> tuple[str, str]:
    """Front matter with its dashes, and the rest; none where its end is missing."""
    if not text.startswith("---\n"):
        return "", text
    end = re.compile(r"(?m)^(?:---|\.\.\.) *(?:\n|\Z)").search(text, 4)
    return ("", text) if end is None else (text[: end.end()], text[end.end() :])


def merge(existing: str, generated: str, own: Collection[str]) -> str:
    """The existing front matter with the generated fields brought up to date.

    Fields keep the place they have; those of others, comments among them, are kept letter by
    letter. Of the names in `own` those that are generated no more are dropped.
    """
    if not existing:
        return generated
    new = dict(_entries(generated))
    result = []
    for key, lines in _entries(existing):
        if key in new:
            result.append(new.pop(key))
        elif key not in own:
            result.append(lines)
    return "".join(("---\n", *result, *new.values(), "---\n"))


def _entries(front: str) -> list[tuple[str, str]]:
    """Key and lines of each field; lines before the first have an empty key."""
    entries: list[tuple[str, str]] = []
    for line in front.splitlines(keepends=True)[1:-1]:
        match = _KEY.match(line)
        if match or not entries:
            key = next(filter(None, match.groups())) if match else ""
            entries.append((key, line))
        else:
            key, lines = entries[-1]
            entries[-1] = (key, lines + line)
    return entries


def _scalar(value: Value) -> str:
    if isinstance(value, str):
        return yaml_string(value)
    if isinstance(value, int | date):
        return str(value)
    return f"[{', '.join(map(yaml_string, value or ()))}]"
