"""The form of a file: three lines that are one JSON object and vouch for their own bytes.

    {"format":"chinai/annotations","schema":1,"generation":7,"length":2,"sha256":"…","tables":
    {}
    }

The checksum is of the first line up to `,"sha256"` and of the second line; the rest is fixed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from chinai_tui.errors import DamagedError

_HEAD = re.compile(
    rb'(\{"format":"([a-z/-]+)","schema":(\d{1,9}),"generation":(\d{1,18}),"length":(\d{1,18})'
    rb'[^\n]*?),"sha256":"([0-9a-f]{64})","([a-z]+)":\n'
)
_TAIL = b"\n}\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a file says about itself, and what it holds."""

    schema: int
    generation: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file."""

    format: str
    schema: int
    """The schema that this version writes."""
    field: str
    """The key of the payload."""

    def seal(self, payload: bytes, generation: int, schema: int | None = None) -> bytes:
        """The bytes of a file that holds the payload, one line of JSON."""
        head = (
            f'{{"format":"{self.format}","schema":{self.schema if schema is None else schema},'
            f'"generation":{generation},"length":{len(payload)}'
        ).encode()
        rest = f',"sha256":"{_checksum(head, payload)}","{self.field}":\n'.encode()
        return b"".join((head, rest, payload, _TAIL))

    def unseal(self, data: bytes) -> Sealed:
        """What a file of this form holds, whatever its schema.

        Raises DamagedError, which says what is wrong, unless every byte is as it was written.
        """
        if not data:
            raise DamagedError("it is empty")
        match = _HEAD.match(data)
        if match is None:
            raise DamagedError("it does not begin as such a file does")
        head, format_, schema, generation, length, checksum, field = match.groups()
        if format_.decode() != self.format or field.decode() != self.field:
            raise DamagedError(f"it holds {format_.decode()}, not {self.format}")
        payload = data[match.end() : -len(_TAIL)]
        if len(payload) != int(length) or not data.endswith(_TAIL):
            raise DamagedError("it is not as long as it says")
        if _checksum(head, payload) != checksum.decode():
            raise DamagedError("its checksum does not fit")
        return Sealed(int(schema), int(generation), payload)


def _checksum(head: bytes, payload: bytes) -> str:
    digest = hashlib.sha256(head)
    digest.update(payload)
    return digest.hexdigest()
