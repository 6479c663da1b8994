from __future__ import annotations

import gzip
import ipaddress
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from chinai_tui import __version__
from chinai_tui.errors import NetworkError
from chinai_tui.ingest.connections import is_public
from chinai_tui.ingest.http import Clock, Fetcher, Limits, Stopped, Validators
from chinai_tui.ingest.turns import Turns
from tests.ingest.server import LOOPBACK, Page, Reply, Site, StoppedClock, fetcher


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().running() as running:
        yield running


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


def refused(site: Site, page: Page, path: str = "/", **limits: float) -> str:
    """What is told of a page that cannot be had."""
    site.pages[path] = page
    with pytest.raises(NetworkError) as told:
        fetcher(limits=Limits(**{"patience": 5, **limits})).get(site.url(path))  # type: ignore[arg-type]
    assert told.value.place == site.url(path)
    assert "\n" not in str(told.value)
    return told.value.reason


def test_a_page_is_fetched_and_only_the_program_is_told_of(site: Site) -> None:
    site.pages["/a?b=c"] = Reply(b"text", headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    answer = fetcher().get(site.url("/a?b=c#d"))
    assert (answer.data, answer.unchanged) == (b"text", False)
    assert answer.validators == Validators('"1"', "yesterday")
    assert site.heard[0]["User-Agent"] == f"chinai-tui/{__version__}"
    assert set(site.heard[0]) == {"Host", "User-Agent", "Accept-Encoding", "Connection"}


def test_what_is_unchanged_is_not_sent_again(site: Site) -> None:
    site.pages["/feed"] = Reply(status=304, headers={"ETag": '"2"'})
    answer = fetcher().get(site.url("/feed"), Validators('"1"', "yesterday"))
    assert (answer.unchanged, answer.data, answer.validators.etag) == (True, b"", '"2"')
    assert site.heard[0]["If-None-Match"] == '"1"'
    assert site.heard[0]["If-Modified-Since"] == "yesterday"


def test_a_host_is_asked_once_in_two_seconds(site: Site, clock: StoppedClock) -> None:
    site.pages["/"] = Reply(b"text")
    asking = fetcher(clock)
    for _ in range(3):
        asking.get(site.url("/"))
    assert clock.waited == [2.0, 2.0]
    clock.time += 1.5
    asking.get(site.url("/"))
    assert clock.waited[2:] == [0.5]
    clock.time -= 100_000
    asking.get(site.url("/"))
    assert clock.waited[3:] == [2.0]


def test_fetchers_that_follow_each_other_share_their_turns(site: Site, clock: StoppedClock) -> None:
    site.pages["/"] = Reply(b"text")
    turns = Turns()
    for _ in range(2):
        Fetcher(frozenset({"127.0.0.1"}), clock, turns).get(site.url("/"))
    assert clock.waited == [2.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_when_it_says(
    site: Site, clock: StoppedClock, status: int
) -> None:
    replies = iter([Reply(b"", status, {"Retry-After": "7"}), Reply(b"text")])
    site.pages["/"] = lambda _: next(replies)
    assert fetcher(clock).get(site.url("/")).data == b"text"
    assert clock.waited == [7.0]


def test_a_date_may_say_when(site: Site, clock: StoppedClock) -> None:
    date = formatdate(clock.time + 30, usegmt=True)
    replies = iter([Reply(b"", 503, {"Retry-After": date}), Reply(b"text")])
    site.pages["/"] = lambda _: next(replies)
    fetcher(clock).get(site.url("/"))
    assert clock.waited == [30.0]


@pytest.mark.parametrize("told", ["", "soon", "-5", "Wed, 99 Foo 2000 00:00:00 GMT", "9" * 400])
def test_without_a_time_one_waits_longer_and_longer_and_gives_up(
    site: Site, clock: StoppedClock, told: str
) -> None:
    site.pages["/"] = Reply(b"", 429, {"Retry-After": told})
    with pytest.raises(NetworkError, match="too busy") as error:
        fetcher(clock).get(site.url("/"))
    assert "`chinai import` saved pages or mails" in error.value.reason
    assert error.value.status == 429
    assert clock.waited == [4.0, 8.0, 16.0]
    assert len(site.asked) == 4


def test_a_host_that_wants_to_be_left_alone_is(site: Site, clock: StoppedClock) -> None:
    site.pages["/"] = Reply(b"", 429, {"Retry-After": "3600"})
    with pytest.raises(NetworkError, match="left alone for 60 minutes") as told:
        fetcher(clock).get(site.url("/"))
    assert "saved pages or mails" in told.value.reason
    assert (clock.waited, len(site.asked)) == ([], 1)


def test_nor_does_another_program_ask_it(site: Site, clock: StoppedClock, tmp_path: Path) -> None:
    asking, other = (
        Fetcher(frozenset({LOOPBACK}), clock, Turns(tmp_path / "asked.json")) for _ in range(2)
    )
    site.pages["/"] = Reply(b"", 429, {"Retry-After": "600"})
    with pytest.raises(NetworkError):
        asking.get(site.url("/"))
    clock.time += 60
    until = datetime.fromtimestamp(clock.time + 540 + 59).strftime("%H:%M")
    with pytest.raises(NetworkError, match=f"asked to be left alone until {until}; ") as told:
        other.get(site.url("/other"))
    assert (told.value.place, told.value.status) == (site.url("/other"), 429)
    assert "saved pages or mails" in told.value.reason
    assert len(site.asked) == 1
    site.pages["/"] = Reply(b"text")
    clock.time += 600
    assert other.get(site.url("/")).data == b"text"
    assert clock.waited == []


def test_that_a_host_asks_to_wait_is_told(site: Site, clock: StoppedClock) -> None:
    told: list[str] = []
    asking = Fetcher(frozenset({LOOPBACK}), clock, tell=told.append)
    replies = iter([Reply(b"", 429, {"Retry-After": "45"}), Reply(b"text")])
    site.pages["/"] = lambda _: next(replies)
    asking.get(site.url("/"))
    assert told == ["127.0.0.1 asks to wait 45 s", "127.0.0.1 is asked again"]
    site.pages["/"] = Reply(b"text")
    asking.get(site.url("/"))
    assert (len(told), clock.waited) == (2, [45.0, 2.0])


def test_such_a_wait_can_be_called_off(site: Site) -> None:
    stop = threading.Event()
    site.pages["/"] = Reply(b"", 429, {"Retry-After": "45"})
    asking = Fetcher(frozenset({LOOPBACK}), Clock(stop), tell=lambda _: stop.set())
    with pytest.raises(Stopped):
        asking.get(site.url("/"))
    assert len(site.asked) == 1


@pytest.mark.parametrize("body", [b"<pre>Too many requests</pre>\n", b"too many requests."])
def test_a_page_that_says_too_many_requests_is_not_taken_for_a_text(
    site: Site, body: bytes
) -> None:
    assert "too many requests" in refused(site, Reply(body))
    site.pages["/"] = Reply(b"<p>He said: too many requests</p>")
    assert fetcher().get(site.url("/")).data


def test_a_site_that_lets_no_programs_in_says_the_other_way(site: Site) -> None:
    reason = refused(site, Reply(b"no", 403))
    assert "lets no programs in" in reason
    assert "saved pages or mails" in reason


@pytest.mark.parametrize(("status", "told"), [(404, "is not there"), (500, "answers 500")])
def test_what_is_no_page_is_told(site: Site, status: int, told: str) -> None:
    assert told in refused(site, Reply(b"", status))


@pytest.mark.parametrize("size", [10, 100_000])
@pytest.mark.parametrize("off", [-5, 5])
def test_an_answer_is_as_long_as_it_says(site: Site, size: int, off: int) -> None:
    assert "not as long as it says" in refused(site, Reply(b"x" * size, length=size + off))


def test_chunks_may_not_break_off(site: Site) -> None:
    headers = {"Transfer-Encoding": "chunked"}
    site.pages["/"] = Reply(b"3\r\nabc\r\n0\r\n\r\n", headers=headers)
    assert fetcher().get(site.url("/")).data == b"abc"
    assert "breaks off" in refused(site, Reply(b"9\r\nabc", headers=headers))


def test_an_answer_is_unpacked(site: Site) -> None:
    headers = {"Content-Encoding": "gzip"}
    site.pages["/"] = Reply(gzip.compress(b"text" * 1000), headers=headers)
    assert fetcher().get(site.url("/")).data == b"text" * 1000


def test_in_all_its_parts(site: Site) -> None:
    packed = gzip.compress(b"text") + gzip.compress(b"more")
    site.pages["/"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert fetcher().get(site.url("/")).data == b"textmore"


@pytest.mark.parametrize(
    ("data", "packing", "told"),
    [
        (gzip.compress(b"x" * 1000) + gzip.compress(b"y")[:-9], "gzip", "breaks off before"),
        (gzip.compress(b"x") + b"and more", "gzip", "cannot be unpacked"),
        (gzip.compress(bytes(600_000)) * 2, "gzip", "larger than 1 MB"),
        (gzip.compress(b"x" * 1000)[:-9], "gzip", "breaks off before its end"),
        (b"no gzip at all", "gzip", "cannot be unpacked"),
        (b"text", "br", "not asked for (br)"),
        (b"text", "gzip, gzip", "not asked for"),
        (gzip.compress(bytes(5_000_000)), "gzip", "larger than 1 MB"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(
    site: Site, data: bytes, packing: str, told: str
) -> None:
    page = Reply(data, headers={"Content-Encoding": packing})
    assert told in refused(site, page, size=1024 * 1024)


def test_too_much_is_refused_and_not_even_read(site: Site) -> None:
    assert "larger than 1 MB" in refused(site, Reply(bytes(3_000_000)), size=1024 * 1024)


def test_an_answer_that_hangs_is_given_up(site: Site) -> None:
    assert "in time" in refused(site, site.hanging(b"some"), patience=0.05)

    def silent(_: object) -> None:
        site.released.wait()

    assert "in time" in refused(site, silent, patience=0.05)


START = b"HTTP/1.1 200 OK\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"


def in_drops(site: Site, first: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that goes on for ever, a byte at a time."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(first)
        while not site.released.wait(0.01):
            request.wfile.write(b"1")

    return page


@pytest.mark.parametrize("first", [b"", START + b"A: ", CHUNKED, START + b"\r\n"])
def test_an_answer_in_drops_is_given_up(site: Site, first: bytes) -> None:
    assert "in time" in refused(site, in_drops(site, first), deadline=0.2)


@pytest.mark.parametrize("first", [b"", START + b"A: ", CHUNKED, START + b"\r\n"])
def test_what_comes_in_drops_can_be_called_off(site: Site, first: bytes) -> None:
    stop = threading.Event()
    drops = in_drops(site, first)

    def page(request: BaseHTTPRequestHandler) -> None:
        stop.set()
        drops(request)

    site.pages["/"] = page
    with pytest.raises(Stopped):
        fetcher(StoppedClock(stop)).get(site.url("/"))


def test_so_is_what_a_host_sends_before_it_is_asked() -> None:
    # The beginning of a record of TLS that is said to be 16 KB long.
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as others:

        def drip() -> None:
            connected, _ = listening.accept()
            with connected, suppress(OSError):
                connected.sendall(b"\x16\x03\x03\x40\x00")
                while not released.wait(0.01):
                    connected.sendall(b"\x02")

        released = threading.Event()
        others.submit(drip)
        url = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        try:
            with pytest.raises(NetworkError, match="in time"):
                fetcher(limits=Limits(patience=600, deadline=0.2)).get(url)
        finally:
            released.set()


def test_nobody_there_is_told(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(NetworkError, match="does not take the connection"):
            fetcher().get(f"http://127.0.0.1:{port}/")


def test_no_answer_but_noise(site: Site) -> None:
    def noise(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"\x00\x01 noise \x1b[31m\r\n\r\n")

    assert "breaks off" in refused(site, noise)


def test_one_is_sent_on(site: Site) -> None:
    site.pages["/"] = Reply(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Reply(status=307, headers={"Location": site.url("/c")})
    site.pages["/c"] = Reply(b"text")
    answer = fetcher().get(site.url("/"))
    assert (answer.url, answer.data) == (site.url("/c"), b"text")


def test_what_it_leads_to_is_named_with_what_was_asked(site: Site) -> None:
    site.pages["/"] = Reply(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Reply(status=302, headers={"Location": "/c"})
    site.pages["/c"] = Reply(b"no", 403)
    with pytest.raises(NetworkError) as told:
        fetcher().get(site.url("/"))
    assert told.value.place == f"{site.url('/')}, which leads to {site.url('/c')}"
    assert told.value.reason.startswith("lets no programs in")
    assert told.value.status == 403


def test_an_address_may_be_written_in_han(site: Site) -> None:
    site.pages["/"] = Reply(status=301, headers={"Location": "/灯 笼".encode().decode("latin-1")})
    site.pages["/%E7%81%AF%20%E7%AC%BC"] = Reply(b"text")
    assert fetcher().get(site.url("/")).data == b"text"
    assert fetcher().get(site.url("/%E7%81%AF%20%E7%AC%BC")).data == b"text"
    site.pages["/%E7%81%AF"] = Reply(b"light")
    assert fetcher().get(site.url("/灯")).data == b"light"


def test_but_not_in_circles(site: Site) -> None:
    reason = refused(site, Reply(status=302, headers={"Location": "/"}))
    assert "more than 5 times" in reason
    assert len(site.asked) == 6


def test_nor_to_a_private_address(site: Site) -> None:
    site.pages["/inner"] = Reply(b"secret")
    site.pages["/"] = Reply(status=302, headers={"Location": site.url("/inner", "localhost")})
    with pytest.raises(NetworkError, match="no public address"):
        fetcher().get(site.url("/"))
    assert site.asked == ["/"]


def test_a_private_address_is_refused_whatever_its_name(site: Site) -> None:
    with pytest.raises(NetworkError, match=r"chinai config allowed_hosts"):
        Fetcher(clock=StoppedClock()).get(site.url("/"))
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "no address",
        "http://",
        "https://",
        "http://[::1",
        "http://host:99999/",
        "http://name:word@127.0.0.1/",
        "mailto:a@example.org",
        "http://a\nb/",
    ],
)
def test_only_pages_are_asked_for(url: str) -> None:
    with pytest.raises(NetworkError):
        fetcher().get(url)


def test_nor_is_one_sent_to_anything_else(site: Site) -> None:
    site.pages["/"] = Reply(status=302, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(NetworkError, match="no address of a page"):
        fetcher().get(site.url("/"))


def test_what_waits_can_be_called_off(site: Site) -> None:
    stop = threading.Event()
    site.pages["/"] = Reply(b"text")
    asking = fetcher(StoppedClock(stop))
    asking.get(site.url("/"))
    stop.set()
    with pytest.raises(Stopped):
        asking.get(site.url("/"))
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "64:ff9b::a00:1",
        "64:ff9b:1::7f00:1",
        "fec0::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)
    assert ipaddress.ip_address(address)


def test_the_library_behind_it_is_loaded_when_something_is_fetched() -> None:
    code = "import sys, chinai_tui.ingest.http\nprint('urllib3' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
