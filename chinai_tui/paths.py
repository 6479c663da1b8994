"""Where things are on this machine.

`CHINAI_HOME`, when set, holds everything. Otherwise the platform's own folders are used.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user's library."""

    data: Path
    """Store files, documents, originals and backups: what must not be lost."""
    config: Path
    """`config.toml` and the user's `entities.toml`."""
    cache: Path
    """The index: what can be made again."""

    @property
    def index(self) -> Path:
        """The file of the derived index."""
        return self.cache / "index.sqlite3"

    @property
    def settings(self) -> Path:
        """The user's settings file."""
        return self.config / "config.toml"

    @property
    def entities(self) -> Path:
        """The user's own entity file."""
        return self.config / "entities.toml"


def default_paths() -> Paths:
    """The folders for this environment; nothing is created."""
    home = os.environ.get("CHINAI_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(data=root / "data", config=root / "config", cache=root / "cache")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("chinai", appauthor=False)
    return Paths(
        data=Path(dirs.user_data_dir),
        config=Path(dirs.user_config_dir),
        cache=Path(dirs.user_cache_dir),
    )


def bundled_library() -> Path:
    """The folder of the digests and the catalogue that ship with the program.

    A wheel carries it inside the package; a checkout keeps it at the top level.
    """
    inside = Path(__file__).parent / "_library"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "library"
