"""The generations of a store file that are kept beside it, and which of them go in time.

Every generation is a second name of the file that was written, so it costs no space until the
next one takes its place. The newest three stay, and of the older ones the last of each of
twelve days, ten weeks and nine months. A few more stand until the next time they are thinned.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"(?P<stem>[a-z]+)-(?P<number>\d{8,})-(?P<written>\d{8}T\d{6}Z)\.json")
_TIME = "%Y%m%dT%H%M%SZ"
_NEWEST = 3
THINNED_EVERY = 4
"""Generations after which they are thinned: to do so after each is a tenth of a small save."""
_PERIODS: Sequence[tuple[int, Callable[[datetime], object]]] = (
    (12, lambda time: time.date()),
    (10, lambda time: time.isocalendar()[:2]),
    (9, lambda time: (time.year, time.month)),
)


@dataclass(frozen=True, slots=True, order=True)
class Generation:
    """A kept state of a store file."""

    number: int
    written: datetime
    """When it was written, in UTC."""
    path: Path


def place(folder: Path, stem: str, number: int, written: datetime) -> Path:
    """Where a generation is kept."""
    return folder / f"{stem}-{number:08d}-{written.astimezone(UTC).strftime(_TIME)}.json"


def generations(folder: Path, stem: str) -> list[Generation]:
    """The kept generations of one store file, newest first; none where there is no folder."""
    found = []
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    for name in names:
        match = _NAME.fullmatch(name)
        if match and match["stem"] == stem:
            with suppress(ValueError):
                written = datetime.fromisoformat(match["written"])
                found.append(Generation(int(match["number"]), written, folder / name))
    return sorted(found, reverse=True)


def superfluous(kept: Iterable[Generation]) -> list[Generation]:
    """The generations that need not be kept, by their times alone.

    Each rule begins where the one before it ends, so that days, weeks and months follow each
    other, and time in which nothing was written uses up no place.
    """
    newest_first = sorted(kept, reverse=True)
    staying, rest = newest_first[:_NEWEST], newest_first[_NEWEST:]
    leaving = []
    for places, period_of in _PERIODS:
        for _ in range(places):
            while rest and period_of(rest[0].written) == period_of(staying[-1].written):
                leaving.append(rest.pop(0))
            staying += rest[:1]
            rest = rest[1:]
    return leaving + rest


def thin(folder: Path, stem: str) -> None:
    """Remove what is superfluous; what cannot be removed stays."""
    with suppress(OSError):
        for generation in superfluous(generations(folder, stem)):
            os.unlink(generation.path)
