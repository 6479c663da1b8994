"""Fetching through a proxy on loopback, which alone knows the names of the hosts."""

from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.errors import NetworkError
from chinai_tui.ingest.connections import is_private_name
from chinai_tui.ingest.http import Fetcher, Limits
from chinai_tui.ingest.proxies import Proxy, proxy_to
from tests.ingest.server import LOOPBACK, Reply, Site, StoppedClock

HOST = "lantern.example"


class ProxyServer:
    """Hands every request on to one server, whatever host it is for, as RFC 9110 §9.3.6 says."""

    def __init__(self, target: int) -> None:
        self.asked: list[str] = []
        """Method and target of each request."""
        self.heard: list[dict[str, str]] = []
        self.login = ""
        """What it wants to be told by those who ask it."""
        self._target = target
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> ProxyServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, login: str = "") -> str:
        return f"http://{login}{LOOPBACK}:{self._server.server_address[1]}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def _may(self) -> bool:
                proxy.asked.append(f"{self.command} {self.path}")
                proxy.heard.append({name.lower(): each for name, each in self.headers.items()})
                if self.headers.get("Proxy-Authorization", "") == proxy.login:
                    return True
                self.send_error(407)
                return False

            def do_GET(self) -> None:
                if not self._may():
                    return
                path = "/" + self.path.split("/", 3)[3]
                lines = [f"GET {path} HTTP/1.1", f"Host: {self.headers['Host']}", "", ""]
                with socket.create_connection((LOOPBACK, proxy._target)) as site:
                    site.sendall("\r\n".join(lines).encode())
                    while data := site.recv(65536):
                        self.wfile.write(data)

            def do_CONNECT(self) -> None:
                if not self._may():
                    return
                with socket.create_connection((LOOPBACK, proxy._target)) as site:
                    self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    back = threading.Thread(target=hand_on, args=(site, self.connection))
                    back.start()
                    hand_on(self.connection, site)
                    back.join()

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


def hand_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().running() as running:
        running.pages["/feed"] = Reply(b"text")
        yield running


@pytest.fixture
def proxy(site: Site) -> Iterator[ProxyServer]:
    with ProxyServer(site._server.server_address[1]) as running:
        yield running


def fetcher(proxy: str, *allowed: str) -> Fetcher:
    limits = Limits(patience=5)
    return Fetcher(frozenset(allowed), StoppedClock(), limits=limits, proxy=proxy)


def test_a_page_is_asked_for_by_its_whole_address(site: Site, proxy: ProxyServer) -> None:
    answer = fetcher(proxy.url()).get(f"http://{HOST}/feed?a=b")
    assert answer.data == b"text"
    assert proxy.asked == [f"GET http://{HOST}/feed?a=b"]
    assert proxy.heard[0]["host"] == HOST
    assert "proxy-authorization" not in proxy.heard[0]
    assert site.asked == ["/feed?a=b"]


@pytest.fixture
def secure(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site speaks TLS, under a certificate of its own that is trusted."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl makes a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    told = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run(
        ["openssl", *told.split(), "-keyout", str(key), "-out", str(certificate), *names],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = site._server
    server.socket = context.wrap_socket(server.socket, server_side=True)


@pytest.mark.usefixtures("secure")
def test_what_is_secure_stays_so_through_a_tunnel(site: Site, proxy: ProxyServer) -> None:
    login = "Basic " + base64.b64encode(b"reader:p@ss").decode()
    proxy.login = login
    answer = fetcher(proxy.url("reader:p%40ss@")).get(f"https://{HOST}/feed")
    assert answer.data == b"text"
    assert proxy.asked == [f"CONNECT {HOST}:443"]
    assert proxy.heard[0]["proxy-authorization"] == login
    assert {name.lower() for name in site.heard[0]}.isdisjoint({"proxy-authorization"})


@pytest.mark.usefixtures("secure")
def test_and_leads_to_no_private_address_from_there(site: Site, proxy: ProxyServer) -> None:
    site.pages["/feed"] = Reply(status=302, headers={"Location": "http://192.168.1.1/admin"})
    with pytest.raises(NetworkError, match=r"192\.168\.1\.1, no public address"):
        fetcher(proxy.url()).get(f"https://{HOST}/feed")
    assert proxy.asked == [f"CONNECT {HOST}:443"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_says_so(proxy: ProxyServer, scheme: str) -> None:
    proxy.login = "Basic other"
    with pytest.raises(NetworkError, match="407") as told:
        fetcher(proxy.url("reader:secret@")).get(f"{scheme}://{HOST}/feed")
    assert "chinai config proxy" in told.value.reason
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there_is_told(scheme: str) -> None:
    with socket.socket() as closed:
        closed.bind((LOOPBACK, 0))
        address = f"{LOOPBACK}:{closed.getsockname()[1]}"
        with pytest.raises(NetworkError) as told:
            fetcher(f"http://reader:secret@{address}").get(f"{scheme}://{HOST}/feed")
    assert told.value.reason.startswith(f"its proxy ({address}) cannot be reached; ")
    assert "`chinai config proxy ''` does without" in told.value.reason


def test_a_proxy_that_hangs_is_given_up() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        url = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        asking = Fetcher(clock=StoppedClock(), limits=Limits(600, 0.2), proxy=url)
        for scheme in ("http", "https"):
            with pytest.raises(NetworkError, match=r"in time|cannot be reached"):
                asking.get(f"{scheme}://{HOST}/feed")


def test_hosts_that_are_trusted_are_asked_directly(site: Site, proxy: ProxyServer) -> None:
    assert fetcher(proxy.url(), LOOPBACK).get(site.url("/feed")).data == b"text"
    assert proxy.asked == []


PRIVATE = [
    "localhost",
    "router",
    "nas.local",
    "a.localhost",
    "metadata.internal",
    "b.home.arpa",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "10.0.0.1",
    "::1",
    "::ffff:10.0.0.1",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_what_is_private_by_its_name_is_not_asked_for(proxy: ProxyServer, host: str) -> None:
    assert is_private_name(host)
    shown = f"[{host}]" if ":" in host else host
    with pytest.raises(NetworkError, match="no public address"):
        fetcher(proxy.url()).get(f"http://{shown}/")
    assert proxy.asked == []


@pytest.mark.parametrize("host", [HOST, "1.1.1.1", "2606:4700::1111", "local.example", "1.example"])
def test_other_names_may_be_public(host: str) -> None:
    assert not is_private_name(host)


def test_the_environment_is_obeyed_only_when_it_is_to_be(
    proxy: ProxyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url())
    monkeypatch.setenv("https_proxy", "127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "other.example")
    assert proxy_to("", "http", HOST) is None
    assert proxy_to("environment", "http", HOST) == Proxy(proxy.url())
    assert proxy_to("environment", "https", HOST) == Proxy("http://127.0.0.1:9")
    assert proxy_to("environment", "http", "a.other.example") is None
    assert fetcher("environment").get(f"http://{HOST}/feed").data == b"text"


@pytest.mark.parametrize("told", ["socks5://a.example:1", "https://a.example", "http://"])
def test_what_is_no_such_proxy_is_told(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", told)
    with pytest.raises(NetworkError, match="none that begins with http://"):
        fetcher("environment").get(f"http://{HOST}/feed")
