"""Records and the mappings they are written as.

What is read is validated; what is written is the mapping that was read, overlaid by the fields
this version knows, so that a field of another version survives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
_PLAIN = (str, int, bool, type(None))
"""Types of values that JSON has as they are, which most are."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How records of one type are read and written."""

    type: type[T]
    key: Callable[[T], str]
    """The id of a record, under which it stands in its table."""

    def decode(self, id_: str, raw: object) -> T:
        """The record that stands under an id; raises ValueError where it does not validate."""
        record = msgspec.convert(raw, self.type)
        if self.key(record) != id_:
            raise ValueError(f"it says that it is {self.key(record)!r}")
        return record

    def encode(self, record: T, raw: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The mapping of a record, with what else stood in `raw`, its former mapping.

        Raises ValueError where it cannot be written as JSON.
        """
        mapping: dict[str, Any] = _overlay(raw, record)
        # msgspec writes a number that is none as null, and finds half a surrogate pair only
        # in the midst of a whole file.
        json.dumps(mapping, ensure_ascii=False, allow_nan=False).encode()
        return mapping


def _overlay(raw: object, value: object) -> Any:
    if type(value) in _PLAIN:
        return value
    former: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    if is_dataclass(value):
        known = {
            field.name: _overlay(former.get(field.name), getattr(value, field.name))
            for field in fields(value)
        }
        return {**former, **known}
    if isinstance(value, Mapping):
        return {str(key): _overlay(former.get(str(key)), item) for key, item in value.items()}
    return msgspec.to_builtins(value)
