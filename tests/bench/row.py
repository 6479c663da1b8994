"""A row of the table, and the libraries that rows are measured on."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.generator import Generator, Shape
from tests.terminal import Terminal

if TYPE_CHECKING:
    from chinai_tui.paths import Paths
    from chinai_tui.workspace import Workspace

PYTHON = sys.executable
READER = [PYTHON, "-m", "chinai_tui"]
PANES = (r"Issues · ", r"In this issue · ")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its budget."""

    what: str
    measured: float
    budget: float
    unit: str
    """`×`, `ms`, `MB`, `/s` or none for a count; of `/s`, more is better."""
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether the figure is within the budget."""
        return self.measured >= self.budget if self.unit == "/s" else self.measured <= self.budget


@dataclass
class Bench:
    """What the rows share: where to work, and how often to measure."""

    folder: Path
    runs: int
    corpus: Path | None

    def library(self, issues: int) -> Path:
        """The home folder of a library with so many made-up issues; made when first asked for."""
        home = self.folder / f"library-{issues}"
        if not (home / "done").exists():
            pages = self.folder / f"pages-{issues}"
            # Lists and start depend on how many issues there are, not on how long they are.
            shape = Shape(words=120, named=4) if issues > 10_000 else Shape()
            Generator(names(), shape=shape).write(pages, issues)
            chinai(home, "import", str(pages))
            (home / "done").touch()
        # One that was kept may have been indexed by another version.
        workspace(home).close()
        return home

    @cached_property
    def corpus_library(self) -> Path | None:
        """The home folder of a library with the real texts, where there are any."""
        if self.corpus is None:
            return None
        home = self.folder / "library-corpus"
        chinai(home, "import", str(self.corpus))
        return home

    def median(self, measure: Callable[[], float]) -> float:
        """The median of so many runs, after one that does not count."""
        measure()
        return statistics.median(measure() for _ in range(self.runs))

    @cached_property
    def blank(self) -> tuple[float, float]:
        """A blank app: seconds until it is still, and peak memory in KiB."""
        return self.start([PYTHON, "-m", "tests.bench.apps", "blank"], None)

    def start(self, command: list[str], home: Path | None) -> tuple[float, float]:
        """Median seconds until a program is still, and peak memory in KiB."""
        peaks = []

        def once() -> float:
            env = {} if home is None else {"CHINAI_HOME": str(home)}
            with Terminal(command, env, size=(160, 45)) as terminal:
                taken = terminal.settle(0.4) - terminal.started
                for pane in PANES if home else ():
                    terminal.wait(pane)
            peaks.append(float(terminal.peak_kib))
            return taken

        return self.median(once), statistics.median(peaks)


def chinai(home: Path, *arguments: str) -> float:
    """Run a command on the library of that home folder; the seconds it took."""
    started = time.perf_counter()
    subprocess.run(
        [*READER, *arguments],
        env={"CHINAI_HOME": str(home), "PATH": "/usr/bin:/bin"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def paths(home: Path) -> Paths:
    """The folders of a home folder."""
    from chinai_tui.paths import Paths

    return Paths(home / "data", home / "config", home / "cache")


def workspace(home: Path) -> Workspace:
    """The library of a home folder, open, with all of it indexed."""
    from chinai_tui.config import Settings
    from chinai_tui.workspace import Workspace

    opened = Workspace.open(paths(home), Settings())
    opened.care.catch_up()
    return opened


def names() -> list[str]:
    """The names of the shipped catalogue."""
    from chinai_tui.entities import catalogue
    from chinai_tui.paths import bundled_library

    files = sorted((bundled_library() / "entities").glob("*.toml"))
    return [entity.name for entity in catalogue.load(files).entities.values()]
