"""A web server on loopback that answers as tests want it to."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chinai_tui.ingest.http import Clock, Fetcher, Limits

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """An answer; what is said of its length may be a lie."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


Page = Reply | Callable[[BaseHTTPRequestHandler], Reply | None]
"""A reply, or what makes one of a request; None where it has written all by itself."""


class Site:
    """A server with pages by path; those it does not have are 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        """Path and query of each request, in order."""
        self.heard: list[dict[str, str]] = []
        """The headers of each."""
        self.released = threading.Event()
        """Lets go of answers that hang."""
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def url(self, path: str = "", host: str = LOOPBACK) -> str:
        return f"http://{host}:{self._server.server_address[1]}{path}"

    @contextmanager
    def running(self) -> Iterator[Site]:
        self._thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def hanging(self, first: bytes = b"") -> Page:
        """A page that begins and then says nothing more."""

        def page(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Length", "1000")
            request.end_headers()
            request.wfile.write(first)
            request.wfile.flush()
            self.released.wait()

        return page

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.heard.append(dict(self.headers.items()))
                page = site.pages.get(self.path) or site.pages.get(urlsplit(self.path).path)
                reply = page(self) if callable(page) else page or Reply(b"no such page", 404)
                if reply is not None:
                    self._write(reply)
                self.close_connection = True

            def _write(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status != 304 and "Transfer-Encoding" not in reply.headers:
                    length = len(reply.body) if reply.length is None else reply.length
                    self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


class StoppedClock(Clock):
    """A clock that stands while nobody waits, and leaps where somebody does."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        super().__init__(stop)
        self.time = 1_600_000_000.0
        self.waited: list[float] = []
        """Every time that was waited for."""

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        super().wait(0)
        if seconds:
            self.waited.append(seconds)
            self.time += seconds


PATIENT = Limits(patience=5)


def fetcher(clock: Clock | None = None, limits: Limits = PATIENT) -> Fetcher:
    """A fetcher that may ask loopback by its address, though not by its name, and never waits."""
    return Fetcher(frozenset({LOOPBACK}), clock or StoppedClock(), jitter=lambda: 1, limits=limits)


def post(number: int, **more: Any) -> dict[str, Any]:
    """A post as Substack tells of it; our own text."""
    return {
        "id": 1000 + number,
        "slug": f"issue-{number}",
        "title": f"Lantern #{number}: a made-up issue",
        "subtitle": "on nothing in particular",
        "post_date": f"2024-01-{number % 28 + 1:02d}T08:00:00.000Z",
        "audience": "everyone",
        "type": "newsletter",
        "body_html": f"<p>Paragraph {number} of a made-up newsletter speaks of lanterns.</p>",
        "publishedBylines": [{"id": 1, "name": "A Writer"}],
        **more,
    }


class Substack:
    """Makes a site behave as Substack does: a feed, pages of the archive, posts."""

    LATEST = 20
    """Posts in the feed."""

    def __init__(self, site: Site, posts: list[dict[str, Any]]) -> None:
        self.site = site
        self.posts = posts
        """The newest first."""
        site.pages["/feed"] = self._feed
        site.pages["/api/v1/archive"] = self._archive
        for each in posts:
            self.publish(each)

    def publish(self, told: dict[str, Any]) -> None:
        """Put a post at its address."""
        told.setdefault("canonical_url", self.site.url(f"/p/{told['slug']}"))
        self.site.pages[f"/api/v1/posts/{told['slug']}"] = Reply(json.dumps(told).encode())

    def feed(self) -> bytes:
        """The RSS feed of the latest posts."""
        items = "".join(
            f"<item><title>{each['title']}</title><link>{each['canonical_url']}</link>"
            f"<guid>{each['canonical_url']}</guid><pubDate>Mon, 01 Jan 2024 08:00:00 GMT</pubDate>"
            f"<content:encoded><![CDATA[{_in_feed(each)}]]></content:encoded></item>"
            for each in self.posts[: self.LATEST]
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>Lantern</title><link>{self.site.url()}</link>"
            f"<generator>Substack</generator>{items}</channel></rss>"
        ).encode()

    def _feed(self, request: BaseHTTPRequestHandler) -> Reply:
        data = self.feed()
        tag = f'"{len(self.posts)}"'
        if request.headers.get("If-None-Match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(gzip.compress(data), headers={"ETag": tag, "Content-Encoding": "gzip"})

    def _archive(self, request: BaseHTTPRequestHandler) -> Reply:
        asked = parse_qs(urlsplit(request.path).query)
        offset, limit = int(asked["offset"][0]), int(asked["limit"][0])
        if limit > 50:
            return Reply(b'{"error":"limit"}', 400)
        page = [
            {name: value for name, value in each.items() if name != "body_html"}
            for each in self.posts[offset : offset + limit]
        ]
        return Reply(json.dumps(page).encode())


def _in_feed(told: dict[str, Any]) -> str:
    """The body of a post in the feed, which says where the rest is to be paid for."""
    more = f'<p><a href="{told["canonical_url"]}">Read more</a></p>'
    return str(told["body_html"]) + (more if told["audience"] != "everyone" else "")
