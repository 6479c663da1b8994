"""How long jumping takes: names as one types them."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from chinai_tui.domain.entity import Alias, Entity, EntityKind
from tests.bench.generator import Generator
from tests.bench.row import READER, Bench, Row, chinai, paths
from tests.terminal import Terminal

_EMPTY_BOX = "most mentioned"
"""What stands over the names while nothing is typed."""


_ENTITIES, _NAMES_EACH = 5_000, 6


def jump_rows(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """The matching of names alone, then the key in the box, in a catalogue of made-up names."""
    entities = _made_up()
    times = _matching(bench, entities)
    median, slowest = statistics.median(times), f"slowest {max(times):.1f} ms"
    yield Row("jump: the matching alone, 30,000 names", median, 8.0, "ms", slowest)
    home = _library(bench, sizes[0], entities)
    openings = [_first_opening(home) for _ in range(bench.runs)]
    opening, letter, later = (statistics.median(each) for each in zip(*openings, strict=True))
    detail = f"{opening * 1000:.0f} ms"
    yield Row("jump: first opening, 30,000 names ÷ a later one", opening / later, 1.5, "×", detail)
    yield Row("jump: first key → names painted, 30,000 names", letter * 1000, 25.0, "ms")
    with Terminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        terminal.send("c")
        terminal.wait(_EMPTY_BOX)
        terminal.settle(0.5)

        def once() -> float:
            # The preview beside the names comes later by intention, and is not waited for.
            taken = -terminal.send("s") + terminal.wait_gone(_EMPTY_BOX)
            terminal.send("\x7f")
            terminal.wait(_EMPTY_BOX)
            terminal.settle()
            return taken

        taken = bench.median(once)
    yield Row("jump: key → names painted, 30,000 names", taken * 1000, 25.0, "ms")


def _first_opening(home: Path) -> tuple[float, float, float]:
    """Seconds until the box is first painted, its first key is answered, it is painted again."""
    with Terminal(READER, {"CHINAI_HOME": str(home)}) as terminal:
        terminal.settle(0.5)
        opened = -terminal.send("c") + terminal.wait(_EMPTY_BOX)
        # One looks where the box is before one types.
        terminal.settle(0.1)
        answered = -terminal.send("s") + terminal.wait_gone(_EMPTY_BOX)
        terminal.send("\x1b")
        terminal.settle(0.3)
        again = -terminal.send("c") + terminal.wait(_EMPTY_BOX)
    return opened, answered, again


def _made_up() -> list[Entity]:
    """5,000 entities with six names each, of two made-up words."""
    source = Generator([])
    count = _ENTITIES * _NAMES_EACH
    names = [f"{source._word()} {source._word()}".title() for _ in range(count)]
    return [
        Entity(
            id=f"made-up-{n}",
            kind=EntityKind.COMPANY,
            name=own[0],
            aliases=tuple(Alias(each) for each in own[1:]),
        )
        for n, own in enumerate(names[n * _NAMES_EACH :][:_NAMES_EACH] for n in range(_ENTITIES))
    ]


def _library(bench: Bench, issues: int, entities: list[Entity]) -> Path:
    """The home folder of a library whose user has added these entities, and texts that name them.

    A name that two of them would share is left to the first.
    """
    home = bench.folder / f"library-{issues}-names"
    if not (home / "done").exists():
        taken: set[str] = set()
        tables = []
        for entity in entities:
            names = [entity.name, *(alias.text for alias in entity.aliases)]
            own = [name for name in dict.fromkeys(names) if name not in taken]
            taken.update(own)
            aliases = json.dumps(own[1:])
            tables.append(
                f'[[entity]]\nid = "{entity.id}"\nkind = "company"\n'
                f"name = {json.dumps(own[0])}\naliases = {aliases}\n"
            )
        own_file = paths(home).entities
        own_file.parent.mkdir(parents=True)
        own_file.write_text("\n".join(tables), "utf-8")
        pages = bench.folder / f"pages-{issues}-names"
        Generator([entity.name for entity in entities]).write(pages, issues)
        chinai(home, "import", str(pages))
        (home / "done").touch()
    return home


def _matching(bench: Bench, entities: list[Entity]) -> list[float]:
    """Milliseconds for each of thirty queries: starts of names, a third with a slip."""
    from chinai_tui.entities.jump import Jump

    jump = Jump(entities)
    names = [entities[n * 166].name for n in range(30)]
    typed = [name[: 1 + n % 9] + ("x" if n % 3 == 0 else "") for n, name in enumerate(names)]

    def once(query: str) -> float:
        started = time.perf_counter()
        jump.rank(query, {}, 20)
        return (time.perf_counter() - started) * 1000

    return [bench.median(partial(once, query)) for query in typed]
