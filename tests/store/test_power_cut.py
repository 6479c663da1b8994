"""Power cuts at every moment of a few commits, on a model of what a disk may then hold.

The calls to the system are recorded. At each moment, what has not been synced is taken to be
lost, torn, filled with zeros or written, and every name given since its folder was last synced
to be there or not. A store is then opened on each of the folders that may come out of it.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.store import backups, files
from chinai_tui.store.store import Store

Event = tuple[Any, ...]
State = dict[Path, bytes]


@dataclass
class Recorder:
    """Stands in for the `os` module and notes what is done to files and names."""

    events: list[Event] = field(default_factory=list)
    names: dict[Path, int] = field(default_factory=dict)
    open_files: dict[int, int | Path] = field(default_factory=dict)
    made: Iterator[int] = field(default_factory=itertools.count)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        descriptor = os.open(path, flags, mode)
        if flags & os.O_CREAT:
            self.names[path] = self.open_files[descriptor] = next(self.made)
            self.events.append(("names", {path: self.names[path]}))
        else:
            self.open_files[descriptor] = path
        return descriptor

    def write(self, descriptor: int, data: bytes) -> int:
        self.events.append(("write", self.open_files[descriptor], bytes(data)))
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        target = self.open_files[descriptor]
        self.events.append(("sync folder" if isinstance(target, Path) else "sync file", target))

    def link(self, source: Path, target: Path) -> None:
        os.link(source, target)
        self.names[target] = self.names[source]
        self.events.append(("names", {target: self.names[source]}))

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)
        self.names[target] = self.names.pop(source)
        self.events.append(("names", {target: self.names[target], source: None}))

    def unlink(self, path: Path) -> None:
        os.unlink(path)
        self.names.pop(path, None)
        self.events.append(("names", {path: None}))


def torn(written: bytes, durable: int) -> list[bytes]:
    """What a file may hold of which only the first bytes are synced."""
    if durable == len(written):
        return [written]
    half = (durable + len(written)) // 2
    zeros = bytes(len(written) - half)
    return [written, written[:durable], written[:half], written[:half] + zeros, b""]


def states(before: State, events: list[Event], chance: random.Random) -> Iterator[State]:
    """The folders that a power cut behind these events may leave."""
    contents: dict[Any, bytes] = dict(before)
    durable: dict[Any, int] = {path: len(data) for path, data in before.items()}
    named: dict[Path, Any] = {path: path for path in before}
    pending: list[dict[Path, Any]] = []
    for kind, *rest in events:
        if kind == "write":
            contents[rest[0]] = contents.get(rest[0], b"") + rest[1]
        elif kind == "sync file":
            durable[rest[0]] = len(contents[rest[0]])
        elif kind == "names":
            pending.append(rest[0])
        elif kind == "sync folder":
            settled = [change for change in pending if next(iter(change)).parent == rest[0]]
            pending = [change for change in pending if change not in settled]
            for change in settled:
                named.update(change)
    choices = [[True] * len(pending), [False] * len(pending)]
    choices += [[chance.random() < 0.5 for _ in pending] for _ in range(12)]
    for choice in choices:
        names = dict(named)
        for change in itertools.compress(pending, choice):
            names.update(change)
        for which in range(5):
            state = {}
            for path, number in names.items():
                if number is not None:
                    variants = torn(contents.get(number, b""), durable.get(number, 0))
                    state[path] = variants[which % len(variants)]
            yield state


def cuts(folder: Path, save: Callable[..., None], without: str) -> Iterator[tuple[State, int]]:
    """Every state after a power cut, with the number of notes acknowledged until then."""
    store = Store(folder)
    save(store, "n0")
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    recorder = Recorder(names=dict.fromkeys(before, -1))
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, backups):
            patch.setattr(module, "os", recorder)
        for number in range(1, 5):
            save(store, f"n{number}")
            recorder.events.append(("acknowledged", number))
    chance = random.Random(7)  # noqa: S311
    events = [event for event in recorder.events if event[0] != without]
    seen = set()
    acknowledged = 0
    for count in range(len(events) + 1):
        if count and events[count - 1][0] == "acknowledged":
            acknowledged = events[count - 1][1]
        done = [event for event in events[:count] if event[0] != "acknowledged"]
        for state in states(before, done, chance):
            key = (frozenset(state.items()), acknowledged)
            if key not in seen:
                seen.add(key)
                yield state, acknowledged


def lost(folder: Path, save: Callable[..., None], without: str = "") -> tuple[int, int]:
    """How many states there are, and in how many an acknowledged note is missing."""
    total = bad = 0
    for state, acknowledged in cuts(folder, save, without):
        for path in folder.rglob("*.json*"):
            path.unlink()
        for path, data in state.items():
            path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", lambda descriptor: None)
            found = set(Store(folder).annotations.all())
        wanted = {f"n{number}" for number in range(acknowledged + 1)}
        total += 1
        bad += not wanted <= found <= wanted | {f"n{acknowledged + 1}"}
    return total, bad


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    folder: Path, save: Callable[..., None]
) -> None:
    total, bad = lost(folder, save)
    assert total > 100
    assert bad == 0


@pytest.mark.parametrize("without", ["sync file", "sync folder"])
def test_the_model_finds_a_sync_that_is_missing(
    folder: Path, save: Callable[..., None], without: str
) -> None:
    assert lost(folder, save, without)[1] > 0
