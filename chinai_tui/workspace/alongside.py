"""Has texts indexed in another process while more of them are brought in."""

from __future__ import annotations

import threading
from types import TracebackType

from chinai_tui.errors import StoreError
from chinai_tui.workspace import upkeep
from chinai_tui.workspace.core import Core


class Alongside:
    """For the time of an import; when it ends, all that was listed is indexed.

    If the import ends with an exception, what waits then is left to the next start.
    """

    def __init__(self, core: Core) -> None:
        """Nothing is started before `more` is called."""
        self._core = core
        self._thread: threading.Thread | None = None
        self._more = threading.Event()
        self._ended = False
        self._stop = threading.Event()

    def __enter__(self) -> Alongside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._stop.set()
        self._ended = True
        if self._thread is not None:
            self._more.set()
            self._thread.join()

    @property
    def was_needed(self) -> bool:
        """Whether anything was listed."""
        return self._thread is not None

    def more(self) -> None:
        """Say that more texts have been listed."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="chinai-alongside")
            self._thread.start()
        self._more.set()

    def _work(self) -> None:
        ended = False
        while not ended and not self._stop.is_set():
            self._more.wait()
            self._more.clear()
            # What is listed before the end is seen by the pass after it.
            ended = self._ended
            waiting = len(self._core.index.waiting(limit=upkeep.MANY))
            # Until the end, a few wait for others: it is not for each batch that processes start.
            if waiting >= upkeep.MANY or (ended and waiting):
                self._index(upkeep.parts_for(waiting))

    def _index(self, parts: int) -> None:
        try:
            self._core.problems += upkeep.run(self._core.paths, parts, lambda _: None, self._stop)
        except StoreError as error:
            self._core.problems.append(str(error))
