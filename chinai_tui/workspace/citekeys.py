"""The keys that issues go by in bibliographies, as they are kept once they were handed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from chinai_tui.errors import DamagedError

if TYPE_CHECKING:
    from chinai_tui.store.records import SessionValue

SESSION = "citekeys"
"""The session value that has all keys, by issue."""


def decoded(value: SessionValue | None) -> dict[str, str]:
    """The keys by issue.

    Raises:
        DamagedError: The value holds no keys.
    """
    if value is None:
        return {}
    try:
        return msgspec.json.decode(value.value, type=dict[str, str])
    except msgspec.DecodeError as error:
        raise DamagedError(
            f"reading.json: citation keys cannot be read ({error}); restore a backup"
        ) from error


def encoded(keys: Mapping[str, str]) -> SessionValue:
    """The session value that has these keys."""
    from chinai_tui.store.records import SessionValue

    return SessionValue(SESSION, msgspec.json.encode(keys).decode())


def joined(own: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """One's own keys and those of another library, in which a key may be taken already."""
    from chinai_tui.export.citations import free_key

    found = dict(own)
    taken = set(own.values())
    for issue, key in others.items():
        if issue not in found:
            found[issue] = free_key(key, taken)
            taken.add(found[issue])
    return found
