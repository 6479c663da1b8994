"""Which state of the store's files is known, and how one's own writes change that.

A file's stamp advances from what it was before a write to what it is after it only where the
stamp before is the known one: what another program wrote in between stays to be noticed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

Stamp = tuple[int, int, int]
Stamps = tuple[Stamp | None, ...]
"""The stamp of each file of records, None where there is none; empty where nothing is known."""
Commits = Sequence[Sequence[tuple[Stamp | None, Stamp | None]]]
"""For each file, the stamps before and after each write of this program, in order."""


def advanced(known: Stamps, commits: Commits) -> Stamps:
    """What is known after these writes."""
    return tuple(_through(stamp, of_file) for stamp, of_file in zip(known, commits, strict=False))


def written(stamps: Stamps) -> str:
    """The stamps as text."""
    return json.dumps(stamps)


def read(text: str) -> Stamps:
    """The stamps that were written; empty if there are none."""
    found = json.loads(text) if text else ()
    return tuple(None if each is None else tuple(each) for each in found)


def _through(
    stamp: Stamp | None, commits: Sequence[tuple[Stamp | None, Stamp | None]]
) -> Stamp | None:
    for before, after in commits:
        if stamp == before:
            stamp = after
    return stamp
