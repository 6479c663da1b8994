"""Fetches for a library: with its user's settings, and each host in its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chinai_tui.domain.issue import Metadata
from chinai_tui.errors import InputError, NetworkError
from chinai_tui.ingest.reading import Source
from chinai_tui.ingest.turns import Turns

if TYPE_CHECKING:
    import threading

    from chinai_tui.ingest.http import Fetcher, Tell
    from chinai_tui.workspace.core import Core


class Fetching:
    """Gives what fetches; one host is asked no more often for being asked by several."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._turns = Turns(core.paths.cache / "asked.json")

    def fetcher(self, stop: threading.Event | None = None, tell: Tell = lambda _: None) -> Fetcher:
        """What fetches in one thread until the event is set; it tells where a host asks to wait."""
        from chinai_tui.ingest import http

        settings = self._core.settings
        allowed = settings.allowed_hosts.lower().split(",")
        hosts = frozenset(host.strip() for host in allowed if host.strip())
        return http.Fetcher(hosts, http.Clock(stop), self._turns, proxy=settings.proxy, tell=tell)

    def page(self, url: str, tell: Tell = lambda _: None) -> Source:
        """The page or file at an address, as a text to be read; `tell` is as that of `fetcher`.

        Raises:
            InputError: It cannot be had.
        """
        try:
            answer = self.fetcher(tell=tell).get(url)
        except NetworkError as error:
            raise InputError(error.place, error.reason) from error
        name = urlsplit(answer.url).path.rstrip("/").rpartition("/")[2] or "page"
        return Source(url, name, answer.data, Metadata(url=answer.url))
