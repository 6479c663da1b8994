"""Connections to hosts of the public network, and answers that are as long as they say.

An address is looked at when the connection stands: a name may lead elsewhere each time it is
asked for, so that what it led to before tells nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import make_headers

from chinai_tui.ingest.proxies import Proxy

_GLOBAL = ipaddress.IPv6Network("2000::/3")
"""All that has been given out of the public network's version 6; RFC 4291."""
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses of version 6 that stand for one of version 4 in their last 32 bits; RFC 6052."""
_AT_HOME = ("localhost", "local", "internal", "home.arpa")
"""Names below which no host is public; RFC 6761, 6762 and 8375, and what ICANN has reserved."""
_LOOK = 0.1
"""Seconds between two looks at whether a connection is to end."""

Guard = Callable[[socket.socket], None]
"""Given a connection that stands, before anything is sent; raises where there shall be none."""


class PrivateAddressError(Exception):
    """A host whose address is not one of the public network; the message is the address."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network; no private, local or multicast one.

    An address of version 6 that carries one of version 4 is as public as that.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        carried = parsed.ipv4_mapped or parsed.sixtofour
        if parsed in _TRANSLATED:
            carried = ipaddress.IPv4Address(parsed.packed[-4:])
        if carried is not None:
            return is_public(str(carried))
        return parsed.is_global and parsed in _GLOBAL
    return parsed.is_global and not parsed.is_multicast


def is_private_name(host: str) -> bool:
    """Whether a host is not of the public network by its name alone, or by the address it is.

    An address may be written in any way that is understood somewhere: `127.1`, `0x7f.0.0.1`.
    """
    try:
        return not is_public(str(ipaddress.ip_address(host)))
    except ValueError:
        pass
    with suppress(OSError):
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    return "." not in host or any(host.endswith(f".{each}") for each in _AT_HOME)


def only_public(connected: socket.socket) -> None:
    """Raise `PrivateAddressError` where the other end has no public address."""
    address = str(connected.getpeername()[0])
    if not is_public(address):
        raise PrivateAddressError(address)


@contextmanager
def cut_off(seconds: float, is_off: Callable[[], bool]) -> Iterator[Guard]:
    """Shut down what it is given when the time is up, or when all is off; then `TimeoutError`.

    A socket gives up where nothing comes for a while: a host that sends a byte now and then keeps
    one waiting for ever.
    """
    until = time.monotonic() + seconds
    done, cut = threading.Event(), threading.Event()

    def _watch(twin: socket.socket) -> None:
        with twin:
            while not done.wait(_LOOK):
                if is_off() or time.monotonic() > until:
                    cut.set()
                    with suppress(OSError):
                        twin.shutdown(socket.SHUT_RDWR)
                    return

    def _take(connected: socket.socket) -> None:
        # TLS puts a socket of its own in the place of this one; the twin is of the same connection.
        threading.Thread(target=_watch, args=(connected.dup(),), daemon=True).start()

    try:
        yield _take
    finally:
        done.set()
        if cut.is_set():
            raise TimeoutError


class _Response(http.client.HTTPResponse):
    """An answer that may not be longer than it says."""

    def __init__(
        self,
        sock: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        self._socket = sock

    def read1(self, n: int = -1) -> bytes:
        """The same as ever, but the end is noticed as soon as all has been read."""
        part = super().read1(n)
        if self.length == 0 and self.fp is not None:
            self._close_conn()
        return part

    def _close_conn(self) -> None:
        """Look, when all that was announced has been read, whether more has come."""
        surplus = self.status == http.client.OK and self.length == 0 and self._more()
        super()._close_conn()  # type: ignore[misc]  # not in the stubs
        if surplus:
            raise http.client.HTTPException("the answer is longer than it says")

    def _more(self) -> bool:
        try:
            self._socket.settimeout(0)
            return bool(self.fp.peek(1))
        except OSError:
            return False


class _Connection(HTTPConnection):
    response_class = _Response

    def __init__(self, *given: Any, guards: tuple[Guard, ...], **more: Any) -> None:
        super().__init__(*given, **more)
        self._guards = guards

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        try:
            for guard in self._guards:
                guard(connected)
        except BaseException:
            connected.close()
            raise
        return connected


class _TLSConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


def pool_to(scheme: str, host: str, port: int | None, *guards: Guard) -> HTTPConnectionPool:
    """Connections to one host.

    Args:
        scheme: `http` or `https`.
        host: Its name or address.
        port: None for the usual one.
        guards: Are shown each connection.
    """
    return (_TLSPool if scheme == "https" else _Pool)(host, port, guards=guards)


def through(proxy: Proxy, *guards: Guard) -> ProxyManager:
    """Connections through a proxy; the guards are shown those to the proxy."""
    login = make_headers(proxy_basic_auth=proxy.login) if proxy.login else None
    manager = ProxyManager(proxy.address, proxy_headers=login)
    manager.pool_classes_by_scheme = {
        "http": partial(_Pool, guards=guards),  # type: ignore[dict-item]  # makes one, too
        "https": partial(_TLSPool, guards=guards),  # type: ignore[dict-item]
    }
    return manager
