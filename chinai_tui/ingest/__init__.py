"""Bytes from outside to an issue's metadata and document.

`walk` finds the files, `read` makes a `Reading` of one, `keys` tell which issue it is.
"""

from chinai_tui.ingest.identity import keys
from chinai_tui.ingest.reader import read
from chinai_tui.ingest.reading import Reading, title_from
from chinai_tui.ingest.sources import Source, walk

__all__ = ["Reading", "Source", "keys", "read", "title_from", "walk"]
