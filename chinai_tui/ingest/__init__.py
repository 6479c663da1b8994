"""Bytes from outside to an issue's metadata and document.

`walk` finds the files, `read` makes a `Reading` of one, `keys` tell which issue it is.
"""

from chinai_tui.ingest.identity import keys
from chinai_tui.ingest.reader import read, take
from chinai_tui.ingest.reading import (
    Reading,
    Several,
    Skipped,
    Source,
    Subscriptions,
    title_from,
)
from chinai_tui.ingest.sources import count, walk

__all__ = [
    "Reading",
    "Several",
    "Skipped",
    "Source",
    "Subscriptions",
    "count",
    "keys",
    "read",
    "take",
    "title_from",
    "walk",
]
