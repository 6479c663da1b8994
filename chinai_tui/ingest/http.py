"""Fetches pages and feeds from the web, politely and with care.

What answers is a stranger: its address, its length, its speed and where it sends one are checked.
The way of asking is that of RFC 9110 (validators, `Retry-After`) and RFC 1952 (gzip).
"""

from __future__ import annotations

import gzip
import random
import re
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from chinai_tui import __version__
from chinai_tui.errors import NetworkError
from chinai_tui.ingest.refusals import LATER, OTHER_WAY, in_words, of_proxy, refusal, rest, shown
from chinai_tui.ingest.turns import LONGEST_WAIT, SPACING, Turns
from chinai_tui.text.sanitise import clean_line, safe_url

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool, ProxyManager

    from chinai_tui.ingest.connections import Guard

AGENT = f"chinai-tui/{__version__}"
"""What the program calls itself; it tells nothing of who uses it."""
REDIRECTS = 5
"""How often one is sent on from one address to the next."""
TRIES = 4
"""How often a host that is too busy is asked."""
TOLD_WAIT = 2 * SPACING
"""Seconds of waiting from which on it is told; other programs' turns make no more of them."""
Tell = Callable[[str], None]
"""Given a line that says what goes on, such as how far things have come."""

_CHUNK = 65_536
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
"""Signs that an address may have; others, such as Han as bytes of UTF-8, are written as %XX."""
_BUSY = frozenset({429, 502, 503, 504})
_SENT_ON = frozenset({301, 302, 303, 307, 308})
_TOO_MANY = re.compile(rb"(?:\s|<[^<>]{0,200}>)*too many requests[.!]?(?:\s|<[^<>]{0,200}>)*", re.I)
_NOTICE = 4000
"""Bytes of the longest page that may be nothing but such a notice."""


class Stopped(Exception):
    """What was under way was called off from outside."""


class Clock:
    """The time, and waiting that can be called off."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        """Take the event that calls everything off."""
        self._stop = stop or threading.Event()

    def now(self) -> float:
        """The time in seconds since 1970."""
        return time.time()

    def is_off(self) -> bool:
        """Whether the event is set."""
        return self._stop.is_set()

    def wait(self, seconds: float) -> None:
        """Let time pass; raises `Stopped` as soon as the event is set."""
        if self._stop.wait(seconds):
            raise Stopped


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a host tells whether something has changed since one asked last."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave."""

    url: str
    """The address it came from in the end."""
    data: bytes
    """Unpacked; empty if it is unchanged."""
    validators: Validators = Validators()
    unchanged: bool = False
    """Whether it is as it was when the validators that were sent were given."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is put up with."""

    patience: float = 20.0
    """Seconds until a connection stands, and between two parts of an answer."""
    deadline: float = 180.0
    """Seconds for the whole of an answer, from when it is asked for."""
    size: int = 20 * 1024 * 1024
    """Bytes of an answer, packed and unpacked."""


class Fetcher:
    """Fetches addresses, one at a time; not for several threads at once."""

    def __init__(
        self,
        allowed_hosts: frozenset[str] = frozenset(),
        clock: Clock | None = None,
        turns: Turns | None = None,
        jitter: Callable[[], float] = random.random,
        limits: Limits = Limits(),
        proxy: str = "",
        tell: Tell = lambda _: None,
    ) -> None:
        """Take what a fetcher depends on.

        Args:
            allowed_hosts: Hosts whose address may be a private one, in lower case.
            clock: Tells the time and waits.
            turns: Whose turn it is to ask a host; to be shared by all that may ask it.
            jitter: Gives a number from 0 to 1 by which waiting differs.
            limits: How much is put up with.
            proxy: The setting of the proxy; `allowed_hosts` are asked without it.
            tell: Is told where a host asks to wait, and when that is over.
        """
        self._allowed = allowed_hosts
        self._clock = clock or Clock()
        self._turns = turns or Turns()
        self._jitter = jitter
        self._limits = limits
        self._proxy = proxy
        self._tell = tell

    def get(self, url: str, seen: Validators = Validators()) -> Answer:
        """What an address gives, or that it is as it was when `seen` was told.

        Raises:
            NetworkError: It cannot be had; the reason names the way out.
            Stopped: It was called off.
        """
        told = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
        asking = {key: each for key, each in told.items() if each}
        address = url
        for _ in range(REDIRECTS + 1):
            try:
                answer = self._patiently(address, asking)
            except NetworkError as error:
                if address == url:
                    raise
                place = f"{shown(url)}, which leads to {error.place}"
                raise NetworkError(place, error.reason, error.status) from error
            if isinstance(answer, Answer):
                return answer
            address = urljoin(address, answer)
        raise NetworkError(
            shown(url), f"sends one on more than {REDIRECTS} times; open it in the browser"
        )

    def _patiently(self, url: str, headers: Mapping[str, str]) -> Answer | str:
        """The answer, or where it sends one; asked again where the host is too busy."""
        told = ""
        for attempt in range(TRIES):
            answer = self._once(url, headers)
            if not isinstance(answer, _Busy):
                return answer
            wait = answer.wait
            if wait is None:
                wait = SPACING * 2 ** (attempt + 1) * (0.5 + self._jitter() / 2)
            self._turns.leave_alone(answer.host, self._clock.now(), wait)
            if wait > LONGEST_WAIT:
                reason = f"asks to be left alone for {wait / 60:,.0f} minutes"
                raise NetworkError(shown(url), f"{reason}; {LATER}", answer.status)
            told = answer.told
        raise NetworkError(shown(url), f"is too busy ({told}); {LATER}", 429)

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer | _Busy | str:
        """What one request gives: an answer, a host that is too busy, or where it sends one."""
        from urllib3.exceptions import HTTPError, ProxyError

        from chinai_tui.ingest.connections import PrivateAddressError, cut_off

        try:
            parts = _parts(url)
            host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
            self._await_turn(url, host)
            with (
                cut_off(self._limits.deadline, self._clock.is_off) as cutting,
                self._request(parts, host, headers, cutting) as response,
            ):
                try:
                    return self._taken(url, host, response)
                finally:
                    response.close()
        except PrivateAddressError as error:
            raise NetworkError(
                shown(url),
                f"is at {error}, no public address; if you trust it, `chinai config allowed_hosts"
                " HOST`",
            ) from error
        except ProxyError as error:
            self._clock.wait(0)
            raise NetworkError(shown(url), of_proxy(error, self._proxy)) from error
        except (HTTPError, OSError, ValueError) as error:
            # What was called off was shut down, which is no fault of the host.
            self._clock.wait(0)
            raise NetworkError(shown(url), in_words(error)) from error

    def _await_turn(self, url: str, host: str) -> None:
        """Wait until a host may be asked; what it asks for itself is told."""
        now = self._clock.now()
        wait = self._turns.take(host, now)
        if wait > LONGEST_WAIT:
            raise NetworkError(shown(url), rest(now + wait), 429)
        is_told = wait > TOLD_WAIT
        if is_told:
            self._tell(f"{host} asks to wait {wait:,.0f} s")
        self._clock.wait(wait)
        if is_told:
            self._tell(f"{host} is asked again")

    def _request(
        self, parts: SplitResult, host: str, headers: Mapping[str, str], cutting: Guard
    ) -> BaseHTTPResponse:
        """Ask; the body is still to be read."""
        from urllib3 import Timeout

        pool, target = self._way(parts, host, cutting)
        return pool.urlopen(
            "GET",
            target,
            headers={
                "User-Agent": AGENT,
                "Accept-Encoding": "gzip",
                "Connection": "close",
                **headers,
            },
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=Timeout(connect=self._limits.patience, read=self._limits.patience),
        )

    def _way(
        self, parts: SplitResult, host: str, cutting: Guard
    ) -> tuple[HTTPConnectionPool | ProxyManager, str]:
        """By what a host is asked, and what for: of a proxy, for the whole of an address."""
        from chinai_tui.ingest import connections
        from chinai_tui.ingest.proxies import proxy_to

        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if host in self._allowed:
            return connections.pool_to(parts.scheme, host, parts.port, cutting), target
        if connections.is_private_name(host):
            raise connections.PrivateAddressError(host)
        proxy = proxy_to(self._proxy, parts.scheme, host)
        if proxy is None:
            guards = connections.only_public, cutting
            return connections.pool_to(parts.scheme, host, parts.port, *guards), target
        # The proxy looks up the name, and what that leads to is not known here.
        name = f"[{host}]" if ":" in host else host
        port = f":{parts.port}" if parts.port else ""
        whole = f"{parts.scheme}://{name}{port}{target}"
        return connections.through(proxy, cutting), whole

    def _taken(self, url: str, host: str, response: BaseHTTPResponse) -> Answer | _Busy | str:
        status = response.status
        if status in _SENT_ON and (target := response.headers.get("Location")):
            return quote(target.encode("latin-1", "replace"), safe=_IN_ADDRESSES)
        validators = Validators(
            clean_line(response.headers.get("ETag", ""), 300),
            clean_line(response.headers.get("Last-Modified", ""), 100),
        )
        if status == 304:
            return Answer(url, b"", validators, unchanged=True)
        if status in _BUSY:
            return _Busy(host, status, f"it answers {status}", self._asked_to_wait(response))
        if status != 200:
            raise NetworkError(shown(url), refusal(status), status)
        data = self._body(response)
        if len(data) <= _NOTICE and _TOO_MANY.fullmatch(data):
            return _Busy(host, 429, "its page says: too many requests", None)
        return Answer(url, data, validators)

    def _body(self, response: BaseHTTPResponse) -> bytes:
        """The unpacked body; raises ValueError where it is not what it should be."""
        packing = response.headers.get("Content-Encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise ValueError(f"is packed in a way that was not asked for ({packing})")
        parts, size = [], 0
        while part := response.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self._limits.size:
                raise ValueError(self._too_large())
        data = b"".join(parts)
        return self._unpacked(data) if packing.endswith("gzip") else data

    def _unpacked(self, data: bytes) -> bytes:
        try:
            with gzip.open(BytesIO(data)) as packed:
                whole = packed.read(self._limits.size + 1)
        except EOFError as error:
            raise ValueError("breaks off before its end; try again later") from error
        except (OSError, zlib.error) as error:
            raise ValueError("gives an answer that cannot be unpacked; try again later") from error
        if len(whole) > self._limits.size:
            raise ValueError(self._too_large())
        return whole

    def _too_large(self) -> str:
        return f"is larger than {self._limits.size / 1024 / 1024:,.0f} MB; {OTHER_WAY}"

    def _asked_to_wait(self, response: BaseHTTPResponse) -> float | None:
        """The seconds that `Retry-After` asks for, as a number or a date; None without one."""
        value = response.headers.get("Retry-After", "").strip()
        if re.fullmatch(r"[0-9]{1,9}", value):
            return float(value)
        try:
            return max(parsedate_to_datetime(value).timestamp() - self._clock.now(), 0.0)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None


@dataclass(frozen=True, slots=True)
class _Busy:
    """A host that wants to be asked later."""

    host: str
    status: int
    told: str
    wait: float | None
    """The seconds it asks for; None where it does not say."""


def _parts(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises:
        NetworkError: It is none of http or https, or carries a name and a password.
    """
    try:
        parts = urlsplit(safe_url(url))
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or parts.scheme.lower() not in ("http", "https"):
        raise NetworkError(shown(url), "is no address of a page; one starts with https://")
    if "@" in parts.netloc:
        raise NetworkError(shown(url), "carries a name or a password; give it without")
    return parts
