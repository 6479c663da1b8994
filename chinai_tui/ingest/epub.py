"""Reads EPUB files: one text in a zip archive, a page for each chapter.

`META-INF/container.xml` names the package file, which lists the pages and their order; the pages
are read as those of the web. Navigation and covers are left out; a chapter without a heading has
that of the table of contents.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from chinai_tui.domain.document import BlockKind
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest import archives
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.decode import decode
from chinai_tui.ingest.html_blocks import fragment
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.reading import Draft, without_title
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGE_LIMIT = 8 * 1024 * 1024
_TOTAL_LIMIT = 20 * 1024 * 1024
"""Bytes of the largest page, and of all pages together."""
_PAGES = 5_000
_WORDS_LIMIT = 2_000
"""Characters of what one element of the package file says."""
_PAGE_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_LEFT_OUT = frozenset({"cover", "toc"})
_APART = re.compile(
    r"""<body\b[^<>]*\bepub:type\s*=\s*["'][^"'<>]*\b(?:cover|toc|landmarks)\b""", re.IGNORECASE
)
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([A-Za-z][\w:.-]*)([^<>]*)/>"
)
"""What HTML takes for a mere beginning; the elements left out here never have an end tag."""
_HEAD_PIECES = 3
"""Blocks at the start of a chapter among which its heading may be."""


@dataclass(slots=True)
class _Element:
    """An element of XML: its name without namespace, what it says, and its own words."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass(slots=True)
class _Package:
    """What the package file says: the metadata, and the pages in the order of reading."""

    elements: list[_Element]
    folder: str
    items: dict[str, _Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = (each for each in self.elements if each.name == "item")
        self.items = {each.attributes.get("id", ""): each for each in named}

    def path(self, item: _Element) -> str:
        """Where in the archive an item is."""
        return _resolved(self.folder, item.attributes.get("href", ""))

    def pages(self) -> list[str]:
        """The pages that are read, in their order."""
        apart = {
            _resolved(self.folder, each.attributes.get("href", ""))
            for each in self.elements
            if each.name == "reference" and each.attributes.get("type", "").lower() in _LEFT_OUT
        }
        order = (each.attributes.get("idref", "") for each in self._all("itemref"))
        found = (self.items[name] for name in order if name in self.items)
        paths = (
            self.path(item)
            for item in found
            if item.attributes.get("media-type", _PAGE_TYPES[0]) in _PAGE_TYPES
            and "nav" not in item.attributes.get("properties", "").split()
        )
        return [path for path in dict.fromkeys(paths) if path not in apart]

    def contents(self) -> list[str]:
        """The tables of contents, the newer form first."""
        items = list(self.items.values())
        navs = [each for each in items if "nav" in each.attributes.get("properties", "").split()]
        old = [each for each in items if each.attributes.get("media-type", "").endswith("ncx+xml")]
        return [self.path(item) for item in navs + old]

    def metadata(self) -> Metadata:
        """What is said of the text."""
        date = next(filter(None, map(read_stamp, self._words("date"))), "")
        places = (clean_url(words) for words in self._words("identifier") + self._words("source"))
        return Metadata(
            title=next(iter(self._words("title")), ""),
            authors=tuple(self._words("creator")),
            date=date,
            date_source=DateSource.TEXT if date else DateSource.NONE,
            url=next((place for place in places if place.startswith("http")), ""),
        )

    def _all(self, name: str) -> list[_Element]:
        return [each for each in self.elements if each.name == name]

    def _words(self, name: str) -> list[str]:
        texts = (" ".join(each.text.split()) for each in self._all(name))
        return [text for text in texts if text]


class _Archive:
    """The members of the archive, of which no more is unpacked than a text may have."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._members: dict[str, ZipInfo] = archives.checked(archive, "")
        self._left = _TOTAL_LIMIT

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def text(self, name: str) -> str:
        """The text of a member; raises `InputError` where it is missing, damaged or too large."""
        shown = clean_line(name, 100)
        if name not in self._members:
            raise InputError("", f"lacks {shown}, which belongs to an EPUB")
        member = archives.read_member(self._archive, self._members[name], "", _PAGE_LIMIT)
        if isinstance(member, InputError):
            raise InputError("", f"is an EPUB of which {shown} {member.reason}")
        self._left -= len(member.data)
        if self._left < 0:
            raise InputError("", f"unpacks to more than {_TOTAL_LIMIT // 2**20} MB of text")
        if not member.data.strip():
            return ""
        try:
            return decode(member.data, "")
        except InputError as error:
            raise InputError("", f"is an EPUB of which {shown} {error.reason}") from error


def read(data: bytes) -> Draft:
    """The draft of an EPUB.

    Raises `InputError` where it is no EPUB, damaged, encrypted, or unpacks to more than a text
    has, and where it declares entities, of which a few can stand for gigabytes.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _read(_Archive(archive))
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
        raise InputError("", f"is a damaged EPUB ({clean_line(str(error), 100)})") from error


def _read(archive: _Archive) -> Draft:
    package = _package(archive)
    pages = package.pages()
    if not pages:
        raise InputError("", "is an EPUB that lists no pages")
    if len(pages) > _PAGES:
        raise InputError("", f"has {len(pages):,} pages, at most {_PAGES:,} are read")
    if _locked(archive).intersection(pages):
        raise InputError("", "is encrypted, as bought books are; its text cannot be read")
    titles = _titles(archive, package)
    pieces: list[Piece] = []
    notes: set[str] = set()
    for number, page in enumerate(pages, 1):
        title = titles.get(page, "")
        chapter = _chapter(archive, page, title)
        if not notes.isdisjoint(_notes(chapter)):  # each chapter counts its own
            chapter = _chapter(archive, page, title, f"{number}.")
        notes.update(_notes(chapter))
        pieces += chapter
    return without_title(Draft(package.metadata(), pieces))


def _package(archive: _Archive) -> _Package:
    for root in _elements(archive.text(_CONTAINER)):
        if root.name == "rootfile" and (path := root.attributes.get("full-path", "")):
            return _Package(_elements(archive.text(path)), posixpath.dirname(path))
    raise InputError("", "is an EPUB whose container.xml names no package file")


def _locked(archive: _Archive) -> set[str]:
    """The members that are encrypted by other means than those of zip."""
    if _ENCRYPTION not in archive:
        return set()
    elements = _elements(archive.text(_ENCRYPTION))
    named = (each for each in elements if each.name == "CipherReference")
    return {_resolved("", each.attributes.get("URI", "")) for each in named}


def _titles(archive: _Archive, package: _Package) -> dict[str, str]:
    """What the table of contents calls each page: the first that leads there."""
    found: dict[str, str] = {}
    for path in package.contents():
        if path not in archive:
            continue
        folder = posixpath.dirname(path)
        try:
            entries = list(_entries(archive.text(path)))
        except InputError:
            continue  # the chapters can be read without it
        for href, title in entries:
            found.setdefault(_resolved(folder, href), title)
    return found


def _entries(source: str) -> Iterator[tuple[str, str]]:
    """The entries of a table of contents: where each leads, and its words."""
    title = ""
    inside = False
    for each in _elements(source):
        if each.name == "nav":
            inside = each.attributes.get("type", "toc") == "toc"
        elif each.name == "text":
            title = " ".join(each.text.split())
        elif each.name == "content" and title:
            yield each.attributes.get("src", ""), title
        elif each.name == "a" and inside and each.text.strip():
            yield each.attributes.get("href", ""), " ".join(each.text.split())


def _notes(pieces: list[Piece]) -> set[str]:
    """The markers of the footnotes."""
    footnotes = (piece for piece in pieces if piece.kind is BlockKind.FOOTNOTE)
    return {piece.marker for piece in footnotes if piece.marker}


def _chapter(archive: _Archive, page: str, title: str, before: str = "") -> list[Piece]:
    """The blocks of a page, under its heading; a missing page leaves a block that names it.

    `before` stands before the number of each of its notes.
    """
    if page not in archive:
        missing = make_piece(BlockKind.EMBED, [f"missing: {page}"])
        return [missing] if missing else []
    source = archive.text(page)
    if "<!ENTITY" in source:
        raise InputError("", "declares entities of its own, which no text needs")
    if _APART.search(source):
        return []
    pieces = fragment(_as_html(source), before=before)
    opening = pieces[:_HEAD_PIECES]
    if not title or not pieces or any(piece.is_heading for piece in opening):
        return pieces
    heading = make_piece(BlockKind.HEADING, [title], level=1)
    if heading is None:
        return pieces
    rest = pieces[1:] if fold(pieces[0].text) == fold(heading.text) else pieces
    return [heading, *rest]


def _as_html(source: str) -> str:
    """XHTML as HTML: with end tags, and with mere text where XML has sections of it."""
    parts = source.split("<![CDATA[")
    for number, part in enumerate(parts[1:], 1):
        inner, end, rest = part.partition("]]>")
        parts[number] = html.escape(inner) + rest if end else part
    return _SELF_CLOSED.sub(r"<\1\2></\1>", "".join(parts))


def _resolved(folder: str, href: str) -> str:
    """The name of the member that a reference from a folder leads to."""
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _elements(source: str) -> list[_Element]:
    """The elements of XML in their order; raises `InputError` where it is damaged."""
    found: list[_Element] = []
    opened: list[_Element] = []

    def _start(name: str, attributes: Mapping[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append(_Element(name.rpartition(":")[2], plain))
        opened.append(found[-1])

    def _words(text: str) -> None:
        for each in opened[-3:]:  # a title may have marks of its own in it
            if len(each.text) < _WORDS_LIMIT:
                each.text += text

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = _start
    parser.EndElementHandler = lambda _name: opened.pop()
    parser.CharacterDataHandler = _words
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(source.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise InputError("", f"is an EPUB with damaged XML in line {error.lineno}") from error
    return found


def _refuse(*_declared: object) -> int:
    raise InputError("", "declares entities of its own, which no text needs")
