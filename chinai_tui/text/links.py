"""The links of a document, and what is told of an address before it is followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

from chinai_tui.domain.document import Block, BlockKind, Document, SpanKind
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.text.references import Reference
from chinai_tui.text.sanitise import clean_line, safe_url
from chinai_tui.text.spans import spans_of
from chinai_tui.text.urls import told_query

ADDRESS_LENGTH = 120
"""Characters of an address that are told."""

_WORD = re.compile(r"\S\w*")

_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_DOTS = str.maketrans("。．｡", "...")
_KEPT_APART = "ßς\u200c\u200d"
"""Letters that browsers keep in a name, and `encodings.idna`, being older, maps to others."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The issue that an address or a reference means."""

    shown: str
    """What is told of it."""
    issue: str = ""
    """Its id; empty if the library has not got it."""


def links_of(
    document: Document,
    pages: Mapping[str, Destination],
    references: Mapping[Reference, Destination],
) -> tuple[Link, ...]:
    """The links of a document, in the order of the text.

    `pages` are the addresses of issues among those the document links; any other address leads
    out. `references` are the places that name an issue. A footnote is linked if its marker is its
    own and something refers to it. An address that may not be opened is no link.
    """
    found = [*_addresses(document, pages), *_footnotes(document)]
    found += (_link(each.start, each.end, issue) for each, issue in references.items())
    found.sort(key=lambda link: (link.start, link.end))
    return tuple(_numbered(found))


def shown_address(url: str, limit: int) -> str:
    """What is told of an address: host and path, cut to `limit` characters, which are at least 1.

    The host is in ASCII, as name servers are asked for it. A user's name, tracking parameters and
    places within the page are left out. Of a host that is too long the end is kept, since that
    says whose it is. Empty if it is no address that may be opened.
    """
    try:
        parts = urlsplit(safe_url(url))
        host = _ascii(parts.hostname or "")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return clean_line(parts.path, limit)
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        return ""
    bare = host.removeprefix("www.")
    host = bare if "." in bare else host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        host += f":{port}"
    rest = _rest(parts)
    if len(host) + bool(rest) > limit:
        return "…" + host[len(host) - limit + 1 :]
    return clean_line(host + rest, limit)


def _addresses(document: Document, pages: Mapping[str, Destination]) -> Iterator[Link]:
    told: dict[str, str] = {}
    for span in spans_of(document, SpanKind.LINK):
        url = span.target
        if issue := pages.get(url):
            yield _link(span.start, span.end, issue)
            continue
        if url not in told:
            told[url] = shown_address(url, ADDRESS_LENGTH)
        if told[url]:
            yield Link(span.start, span.end, LinkKind.WEB, url, told[url])


def _link(start: int, end: int, issue: Destination) -> Link:
    kind = LinkKind.ISSUE if issue.issue else LinkKind.MISSING
    return Link(start, end, kind, issue.issue, issue.shown)


def _footnotes(document: Document) -> Iterator[Link]:
    """From each reference to its footnote, and from the footnote to the first of them."""
    notes = _notes_by_marker(document)
    referred: set[str] = set()
    for span in spans_of(document, SpanKind.FOOTNOTE):
        note = notes.get(span.target)
        if note is None:
            continue
        shown = f"footnote {clean_line(span.target, 40)}"
        yield Link(span.start, span.end, LinkKind.FOOTNOTE, "", shown, place=note.start)
        word = _WORD.search(document.text, note.start, note.end)
        if word and span.target not in referred:
            referred.add(span.target)
            yield Link(
                word.start(), word.end(), LinkKind.RETURN, "", "back to the text", place=span.start
            )


def _notes_by_marker(document: Document) -> dict[str, Block]:
    """The footnotes whose marker no other has."""
    notes: dict[str, Block] = {}
    repeated = set()
    for block in document.blocks:
        if block.kind is BlockKind.FOOTNOTE and block.marker:
            if block.marker in notes:
                repeated.add(block.marker)
            notes[block.marker] = block
    return {marker: note for marker, note in notes.items() if marker not in repeated}


def _numbered(links: Iterable[Link]) -> Iterator[Link]:
    numbers: dict[tuple[LinkKind, str], int] = {}
    for link in links:
        if link.kind in (LinkKind.FOOTNOTE, LinkKind.RETURN):
            yield link
        else:
            target = link.kind, link.target or link.shown
            yield replace(link, number=numbers.setdefault(target, len(numbers) + 1))


def _ascii(host: str) -> str:
    """A host name so that no letter passes for another: `bücher.example` is `xn--bcher-kva…`."""
    return host if host.isascii() else ".".join(map(_ascii_label, host.translate(_DOTS).split(".")))


def _ascii_label(label: str) -> str:
    from encodings import idna

    if label.isascii():
        return label
    try:
        if not any(letter in label for letter in _KEPT_APART):
            return idna.ToASCII(label).decode("ascii")
    except UnicodeError:
        pass  # a label that no name can have is shown as what it is
    return "xn--" + label.encode("punycode").decode("ascii")


def _rest(parts: SplitResult) -> str:
    """What follows the host, without what only traces; a fragment only if it is a route."""
    query = told_query(parts.hostname or "", parts.path, parts.query)
    rest = parts.path
    if query:
        rest += f"?{query}"
    if parts.fragment.startswith(("/", "!")):
        rest += f"#{parts.fragment}"
    return rest.rstrip("/")
