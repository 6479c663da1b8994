from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.errors import StoreError
from chinai_tui.store import backups, files
from chinai_tui.store.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


@pytest.fixture
def note() -> Callable[..., Annotation]:
    def make(id_: str, **fields: Any) -> Annotation:
        return Annotation(id=id_, kind=AnnotationKind.NOTE, **fields)

    return make


@pytest.fixture
def save(note: Callable[..., Annotation]) -> Callable[..., None]:
    """Save notes with the given ids, each in a transaction of its own."""

    def save(store: Store, *ids: str) -> None:
        for id_ in ids:
            with store.annotations_file.transaction() as tx:
                tx.put(store.annotations, note(id_))

    return save


class FaultyOS:
    """Stands in for the `os` module: the call of a given number fails, or all from it on."""

    CALLS = frozenset(
        "open read write fsync fstat stat close link replace rename unlink mkdir listdir".split()
    )

    def __init__(self, number: int = 0, *, forever: bool = False) -> None:
        self.number = number
        self.forever = forever
        self.calls: list[str] = []
        self.failed = False

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in self.CALLS:
            return real

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            count = len(self.calls)
            fails = count == self.number or (self.forever and 0 < self.number <= count)
            if fails and name != "close":
                self.failed = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            done = real(*args, **kwargs)
            if fails:
                self.failed = True
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return done

        return call


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FaultyOS]:
    """Let the calls to the system that the store makes go through a `FaultyOS`."""

    def install(number: int = 0, *, forever: bool = False) -> FaultyOS:
        system = FaultyOS(number, forever=forever)
        for module in (files, backups):
            monkeypatch.setattr(module, "os", system)
        return system

    return install


@pytest.fixture
def error_of() -> Callable[[Callable[[], object]], StoreError | None]:
    """Run something and return the StoreError it raises, or None."""

    def error_of(action: Callable[[], object]) -> StoreError | None:
        try:
            action()
        except StoreError as error:
            return error
        return None

    return error_of
