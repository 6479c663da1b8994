"""The temporary files of writes, and which of them a killed program has left behind."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TEMPORARY = re.compile(r"\..+\.(\d{1,9})-\d+\.tmp")
"""The names that `temporary` gives, with the process."""
_LEFT_SECONDS = 3600.0
"""The age from which on such a file is left over: a batch is in its place within seconds."""


def temporary(path: Path) -> Path:
    """Beside a file, a name that no other writer takes."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")


def left_over(folders: Iterable[Path]) -> list[Path]:
    """The files in these folders that a killed program never put in their places.

    Those whose process is gone, and old ones, since another program may bear its number by now.
    A folder that cannot be looked into has none.
    """
    found = []
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            found += [Path(each.path) for each in entries if _is_left_over(each)]
    return found


def _is_left_over(entry: os.DirEntry[str]) -> bool:
    match = _TEMPORARY.fullmatch(entry.name) if entry.name.endswith(".tmp") else None
    if match is None:
        return False
    age = time.time() - entry.stat(follow_symlinks=False).st_mtime
    return age > _LEFT_SECONDS or _is_gone(int(match[1]))


def _is_gone(process: int) -> bool:
    """Whether there is no process of that number on this machine, as far as that can be told."""
    if os.name == "nt":
        # There, what asks elsewhere would end it.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
