"""JSON from outside, and JSON in the one form in which it is kept."""

from __future__ import annotations

import json

from chinai_tui.errors import InputError

TOO_DEEP = "is JSON that is nested too deeply to be read"


def load(data: bytes) -> object:
    """The value of JSON in UTF-8, UTF-16 or UTF-32; raises `InputError` where it is damaged."""
    try:
        value: object = json.loads(data)
    except RecursionError as error:
        raise InputError("", TOO_DEEP) from error
    except ValueError as error:
        raise InputError("", damage(error)) from error
    return value


def load_listed(data: bytes) -> object:
    """The same; of JSON Lines, a value a line, the list of them."""
    try:
        return load(data)
    except InputError:
        lines = [line for line in data.splitlines() if line.strip()]
        values = [_value(line) for line in lines]
        if len(values) < 2 or None in values:
            raise
        return values


def _value(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def damage(error: ValueError) -> str:
    """Why JSON that raised this cannot be read, and where."""
    where = (
        f" in line {error.lineno}, column {error.colno}"
        if isinstance(error, json.JSONDecodeError)
        else ""
    )
    return f"is damaged JSON{where}; save or download it again"


def dump(value: object) -> bytes:
    """The value as JSON with sorted names and without idle space, so that equals are the same."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def words(value: object) -> str:
    """A value that should be a string: itself, a number as its digits, otherwise nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return value if isinstance(value, str) else ""


def mappings(value: object) -> list[dict[str, object]]:
    """Those of a list that are objects; none if it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
