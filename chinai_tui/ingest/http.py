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
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from chinai_tui import __version__
from chinai_tui.errors import NetworkError
from chinai_tui.text.sanitise import clean_line, safe_url

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

    from chinai_tui.ingest.connections import Guard

AGENT = f"chinai-tui/{__version__}"
"""What the program calls itself; it tells nothing of who uses it."""
SPACING = 2.0
"""Seconds between two requests to one host."""
REDIRECTS = 5
"""How often one is sent on from one address to the next."""
TRIES = 4
"""How often a host that is too busy is asked."""
LONGEST_WAIT = 120.0
"""Seconds a host may ask one to wait; where it asks for more, it is left alone."""
OTHER_WAY = "save the page or export your mail, then `chinai import FILE`"
"""How texts come in where a site does not let programs in."""

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
        asked: MutableMapping[str, float] | None = None,
        jitter: Callable[[], float] = random.random,
        limits: Limits = Limits(),
    ) -> None:
        """Take what a fetcher depends on.

        Args:
            allowed_hosts: Hosts whose address may be a private one, in lower case.
            clock: Tells the time and waits.
            asked: When each host was asked last; to be shared by fetchers that follow each other.
            jitter: Gives a number from 0 to 1 by which waiting differs.
            limits: How much is put up with.
        """
        self._allowed = allowed_hosts
        self._clock = clock or Clock()
        self._asked = {} if asked is None else asked
        self._jitter = jitter
        self._limits = limits

    def get(self, url: str, seen: Validators = Validators()) -> Answer:
        """What an address gives, or that it is as it was when `seen` was told.

        Raises:
            NetworkError: It cannot be had; the reason names the way out.
            Stopped: It was called off.
        """
        asking = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
        address = url
        for _ in range(REDIRECTS + 1):
            answer = self._patiently(address, {key: each for key, each in asking.items() if each})
            if isinstance(answer, Answer):
                return answer
            address = urljoin(address, answer)
        raise NetworkError(
            _shown(url), f"sends one on more than {REDIRECTS} times; open it in the browser"
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
            if wait > LONGEST_WAIT:
                reason = f"asks to be left alone for {wait / 60:,.0f} minutes; try again later"
                raise NetworkError(_shown(url), reason, answer.status)
            told = answer.told
            if attempt < TRIES - 1:
                self._clock.wait(wait)
        raise NetworkError(
            _shown(url), f"is too busy ({told}); try again later, or {OTHER_WAY}", 429
        )

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer | _Busy | str:
        """What one request gives: an answer, a host that is too busy, or where it sends one."""
        from urllib3.exceptions import HTTPError

        from chinai_tui.ingest.connections import PrivateAddressError, cut_off

        try:
            parts = _parts(url)
            host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
            self._wait_for_turn(host)
            with (
                cut_off(self._limits.deadline, self._clock.is_off) as cutting,
                self._request(parts, host, headers, cutting) as response,
            ):
                try:
                    return self._taken(url, response)
                finally:
                    response.close()
        except PrivateAddressError as error:
            raise NetworkError(
                _shown(url),
                f"is at {error}, no public address; if you trust it, `chinai config allowed_hosts"
                " HOST`",
            ) from error
        except (HTTPError, OSError, ValueError) as error:
            # What was called off was shut down, which is no fault of the host.
            self._clock.wait(0)
            raise NetworkError(_shown(url), _in_words(error)) from error

    def _request(
        self, parts: SplitResult, host: str, headers: Mapping[str, str], cutting: Guard
    ) -> BaseHTTPResponse:
        """Ask; the body is still to be read."""
        from urllib3 import Timeout

        from chinai_tui.ingest.connections import only_public, pool_to

        guards = (cutting,) if host in self._allowed else (only_public, cutting)
        pool = pool_to(parts.scheme, host, parts.port, *guards)
        return pool.urlopen(
            "GET",
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
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

    def _wait_for_turn(self, host: str) -> None:
        ready = self._asked.get(host, 0.0) + SPACING
        # A clock that was set back must not make one wait for long.
        self._clock.wait(min(max(ready - self._clock.now(), 0.0), SPACING))
        self._asked[host] = self._clock.now()

    def _taken(self, url: str, response: BaseHTTPResponse) -> Answer | _Busy | str:
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
            return _Busy(status, f"it answers {status}", self._asked_to_wait(response))
        if status != 200:
            raise NetworkError(_shown(url), _refusal(status), status)
        data = self._body(response)
        if len(data) <= _NOTICE and _TOO_MANY.fullmatch(data):
            return _Busy(429, "its page says: too many requests", None)
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
        raise NetworkError(_shown(url), "is no address of a page; one starts with https://")
    if "@" in parts.netloc:
        raise NetworkError(_shown(url), "carries a name or a password; give it without")
    return parts


def _refusal(status: int) -> str:
    """Why there is no page, by the status of the answer."""
    if status in (401, 403):
        return f"lets no programs in ({status}); {OTHER_WAY}"
    if status in (404, 410):
        return f"is not there ({status}); check the address"
    return f"answers {status}; try again later, or {OTHER_WAY}"


def _in_words(error: Exception) -> str:
    """Why nothing came, in a few words with the way out."""
    from urllib3 import exceptions

    if isinstance(error, exceptions.NameResolutionError):
        return "its name is not known; check the address and the connection"
    if isinstance(error, exceptions.SSLError):
        return "its certificate cannot be trusted; open it in the browser to see why"
    if isinstance(error, exceptions.NewConnectionError):
        return "does not take the connection; check the address and try again later"
    if isinstance(error, exceptions.TimeoutError | TimeoutError):
        return "does not answer in time; try again later"
    if isinstance(error, exceptions.ProtocolError):
        return "breaks off, or is not as long as it says; try again later"
    if isinstance(error, exceptions.HTTPError | OSError):
        return clean_line(f"cannot be fetched ({type(error).__name__}); try again later", 200)
    return clean_line(str(error), 300)


def _shown(url: str) -> str:
    return clean_line(url, 300)
