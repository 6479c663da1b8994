"""A process that reads as any other does, but for sources whose names say what is to happen."""

from __future__ import annotations

import os
import signal

from chinai_tui.ingest import reader, workers
from chinai_tui.ingest.reading import Reading, Several, Skipped, Source, Subscriptions

_take = reader.take


def _hostile(source: Source) -> Reading | Several | Subscriptions | Skipped:
    match source.name:
        case "hang":
            while True:
                pass
        case "eat":
            try:
                _eaten = bytearray(8 * workers.MEMORY)
            except MemoryError:
                return _take(Source(source.place, "refused.txt", source.data))
        case "die":
            os._exit(7)
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "print":
            print("words that are no answer")
        case "half":
            return Reading(source.told, _take(source).document, "\ud800")  # type: ignore[union-attr]
        case "both":
            inner = Source(f"{source.place}, both", "several", source.data)
            return Several((Source(f"{source.place}, one", "a.txt", b"One of several."), inner))
        case "several":
            return Several((source,))
    return _take(source)


if __name__ == "__main__":
    reader.take = _hostile
    workers.main()
