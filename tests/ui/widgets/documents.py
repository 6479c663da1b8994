"""Documents for trying the reader's text, and an application that shows one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import astuple
from typing import TypeVar

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.ui.theme import themes
from chinai_tui.ui.widgets.document_view import DocumentView

Part = tuple[str, str, str, dict[str, str]]


def part(kind: str, text: str, role: str = "", **links: str) -> Part:
    """A block; `links` are targets by the word that is linked."""
    return kind, text, role, links


def document(*parts: Part) -> Document:
    blocks = []
    at = 0
    for kind, text, role, links in parts:
        spans = tuple(
            Span(SpanKind.LINK, at + text.index(word), at + text.index(word) + len(word), target)
            for word, target in links.items()
        )
        marker = "•" if kind == "item" else ""
        blocks.append(Block(BlockKind(kind), BlockRole(role), 2, marker, at, at + len(text), spans))
        at += len(text) + 1
    return Document("\n".join(text for _kind, text, *_rest in parts), tuple(blocks))


def web_links(source: Document) -> list[Link]:
    """The links of a document by its spans, numbered."""
    spans = [span for block in source.blocks for span in block.spans]
    return [
        Link(span.start, span.end, LinkKind.WEB, span.target, span.target[8:], number)
        for number, span in enumerate(spans, 1)
        if span.kind is SpanKind.LINK
    ]


def words(number: int, count: int = 40) -> str:
    return " ".join(f"p{number}w{n}" for n in range(count))


LONG = document(
    part("heading", "A title", "title"),
    part("heading", "Below the title", "subtitle"),
    *(
        part("heading", f"Section {n}") if n % 5 == 0 else part("paragraph", words(n))
        for n in range(1, 40)
    ),
)
SHORT = document(
    part("paragraph", "Subscribe here", "boilerplate", here="https://example.org/join"),
    part("paragraph", "Share this", "boilerplate"),
    part("paragraph", "CloudWalk 云从 sells cameras; see the report.", report="https://r.example"),
    part("paragraph", "Nothing to follow here."),
)


class Host(App[None]):
    def __init__(self, shown: Document, **options: bool) -> None:
        super().__init__()
        self.shown = shown
        self.options = options
        self.posted: list[Message] = []

    def compose(self) -> ComposeResult:
        yield DocumentView(**self.options)

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = "ink-dark"
        view = self.query_one(DocumentView)
        view.focus()
        view.show(self.shown, links=web_links(self.shown))

    def on_document_view_end_reached(self, message: Message) -> None:
        self.posted.append(message)

    on_document_view_link_activated = on_document_view_end_reached
    on_document_view_mention_activated = on_document_view_end_reached
    on_document_view_selection_changed = on_document_view_end_reached
    on_document_view_lead_activated = on_document_view_end_reached
    on_document_view_pointed = on_document_view_end_reached


@asynccontextmanager
async def shown(
    source: Document, size: tuple[int, int] = (80, 24), **options: bool
) -> AsyncIterator[tuple[DocumentView, Pilot[None], Host]]:
    host = Host(source, **options)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        yield host.query_one(DocumentView), pilot, host


def screen(view: DocumentView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def piece(view: DocumentView, text: str) -> Segment:
    segments = [segment for y in range(view.size.height) for segment in view.render_line(y)]
    return next(segment for segment in segments if segment.text == text)


def followed(host: Host) -> list[str]:
    """The targets of the links that were followed."""
    kind = DocumentView.LinkActivated
    return [message.link.target for message in host.posted if isinstance(message, kind)]


def told(host: Host, kind: type[Message]) -> list[tuple[object, ...]]:
    """The fields of the messages of a kind."""
    return [astuple(message) for message in host.posted if isinstance(message, kind)]  # type: ignore[call-overload]


def find(source: Document, text: str) -> tuple[int, int]:
    start = source.text.index(text)
    return start, start + len(text)


E = TypeVar("E", bound=events.MouseEvent)


def pointer(kind: type[E], view: DocumentView, x: int, y: int, button: int = 1) -> E:
    return kind(view, x, y, 0, 0, button, shift=False, meta=False, ctrl=False)
