"""Bytes from outside to an issue's metadata and document.

`walk` finds the files, `read` makes a `Reading` of one, `keys` tell which issue it is.
"""

from chinai_tui.ingest.identity import keys
from chinai_tui.ingest.reader import read
from chinai_tui.ingest.reading import Reading, Several, Source, Subscriptions, title_from
from chinai_tui.ingest.sources import walk

__all__ = [
    "Reading",
    "Several",
    "Source",
    "Subscriptions",
    "keys",
    "read",
    "title_from",
    "walk",
]
