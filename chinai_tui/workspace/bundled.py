"""The library that ships with the program: digests, publications and the catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from chinai_tui.domain.issue import Publication
from chinai_tui.paths import bundled_library

if TYPE_CHECKING:
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.importing import Importer

_DIGESTS = "digests"
"""The meta key of the digests that were brought in last."""


def catalogue_files() -> list[Path]:
    """The shipped entity files, by name."""
    return sorted((bundled_library() / "entities").glob("*.toml"))


@cache
def publications() -> dict[str, Publication]:
    """The publications the program knows, by id."""
    import tomllib

    data = tomllib.loads((bundled_library() / "publications.toml").read_text("utf-8"))
    return {
        each["id"]: Publication(
            **{**each, **{name: tuple(each.get(name, ())) for name in ("authors", "hosts")}}
        )
        for each in data["publication"]
    }


def bring_in_digests(core: Core, importer: Callable[[], Importer]) -> None:
    """Import the shipped digests by the ordinary path when they are not the ones last imported."""
    files = sorted((bundled_library() / "issues").glob("*.md"))
    key = signature(files)
    if core.index.get_meta(_DIGESTS) == key:
        return
    from chinai_tui import ingest
    from chinai_tui.workspace.records import ImportOptions

    report = importer().run(ingest.walk(files), ImportOptions(), workers=0)
    core.problems.extend(map(str, report.failures))
    core.index.set_meta(_DIGESTS, key)


def signature(files: Iterable[Path]) -> str:
    """What tells whether files have changed: a SHA-256 over their names and bytes."""
    digest = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        digest.update(f"{file.name}:{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
