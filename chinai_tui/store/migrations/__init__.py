"""Ways from an older schema to the next: pure functions on what a file holds.

`MIGRATIONS[format][n]` takes the payload of schema n to n + 1. They run when a file is read; the
file itself changes with the next write, and its older generations stay in the backups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chinai_tui.errors import DamagedError

Payload = dict[str, Any]
Migration = Callable[[Payload], Payload]
Registry = Mapping[str, Mapping[int, Migration]]

MIGRATIONS: Registry = {}


def migrate(
    payload: Payload, form: str, schema: int, target: int, registry: Registry = MIGRATIONS
) -> Payload:
    """The payload of a file of the given format and schema, in the target's schema.

    A payload of the target's schema or a newer one is left alone. Raises DamagedError where no
    version has ever written that schema.
    """
    steps = registry.get(form, {})
    for number in range(schema, target):
        if number not in steps:
            raise DamagedError(f"schema {number} of {form} is not known")
        payload = steps[number](payload)
    return payload
