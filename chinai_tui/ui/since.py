"""What stands below a text, in words with links: where the rest is, what came since. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind
from chinai_tui.domain.link import NO_TAIL, Link, LinkKind, Tail
from chinai_tui.domain.rows import IssueRow
from chinai_tui.domain.since import NamedSince, SinceThen
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.dates import about, spelled

HEADING = "Since then"
NAME_LENGTH = 60
"""Characters of a title that stands for the number of an issue."""

BEGINNING = "This is only the beginning of the text"
REST = "; the rest, which may be for paying subscribers, is at "


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the section: words, of which some in the middle lead to an issue."""

    before: str
    name: str = ""
    after: str = ""
    row: IssueRow | None = None
    place: int = 0
    shown: str = ""
    url: str = ""
    kind: BlockKind = BlockKind.ITEM
    role: BlockRole = BlockRole.BOILERPLATE

    @property
    def text(self) -> str:
        return self.before + self.name + self.after

    def link(self, start: int) -> Link | None:
        """Where the name leads, if it begins at an offset."""
        end = start + len(self.name)
        if self.row is not None:
            target = self.row.id
            return Link(start, end, LinkKind.ISSUE, target, self.shown, place=self.place)
        return Link(start, end, LinkKind.WEB, self.url, self.url) if self.url else None


_RULE = _Item("", kind=BlockKind.RULE)


def tail_of(since: SinceThen | None, rest: str | None = None) -> Tail:
    """The section that tells what came since; an empty one if nothing did.

    `rest` is the address of the whole text, where what is above is but its beginning; empty if
    that is not known.
    """
    items = list(_came(since)) if since is not None else []
    heading = _Item(HEADING, kind=BlockKind.HEADING, role=BlockRole.LABEL)
    told = [_RULE, _goes_on(rest)] if rest is not None else []
    return _laid_down([*told, *([_RULE, heading, *items] if items else [])])


def _came(since: SinceThen) -> Iterator[_Item]:
    yield from _citing(since)
    yield from (_named(each, since.publication) for each in since.named)


def _goes_on(rest: str) -> _Item:
    """That the text goes on, and where."""
    if not rest:
        return _Item(f"{BEGINNING}.", kind=BlockKind.PARAGRAPH)
    return _Item(BEGINNING + REST, clean_line(rest), ".", url=rest, kind=BlockKind.PARAGRAPH)


def _laid_down(items: Sequence[_Item]) -> Tail:
    """The document of these lines, and its links."""
    blocks, links = [], []
    at = 0
    for item in items:
        spans: tuple[Span, ...] = ()
        if (link := item.link(at + len(item.before))) is not None:
            spans = (Span(SpanKind.LINK, link.start, link.end, link.target),)
            links.append(link)
        end = at + len(item.text)
        is_item = item.kind is BlockKind.ITEM
        level, marker = int(not is_item), "•" if is_item else ""
        blocks.append(Block(item.kind, item.role, level, marker, at, end, spans))
        at = end + 1
    text = "\n".join(item.text for item in items)
    return Tail(Document(text, tuple(blocks)), tuple(links)) if items else NO_TAIL


def _citing(since: SinceThen) -> Iterator[_Item]:
    for row in since.citing:
        name = _whole_name(row, since.publication)
        yield _Item("Cited in ", name, _where(row, since.publication), row, shown=name)
    if since.more:
        known = all(row.has_place for row in since.citing)
        before = f" before {'these' if len(since.citing) > 1 else 'it'}" if known else ""
        yield _Item(f"and {since.more} more{before}")


def _named(named: NamedSince, publication: str) -> _Item:
    row = named.last
    count = "1 later issue, " if named.issues == 1 else f"{named.issues} later issues, last "
    return _Item(
        f"{clean_line(named.entity.name)}: in {count}",
        _name(row, publication),
        _where(row, publication),
        row,
        max(1, named.place),  # 0 would be where one left it; what stands there is the title
        _whole_name(row, publication),
    )


def _name(row: IssueRow, publication: str) -> str:
    """How an issue is called: `#94` within its publication, `ChinAI #94` outside, or its title."""
    if row.number is None:
        return clean_line(row.title, NAME_LENGTH)
    number = f"#{row.number}"
    return number if row.publication == publication else clean_line(f"{row.outlet} {number}")


def _whole_name(row: IssueRow, publication: str) -> str:
    """The same with its title."""
    if row.number is None:
        return clean_line(row.title)
    return clean_line(f"{_name(row, publication)}: {row.title}")


def _where(row: IssueRow, publication: str) -> str:
    """What follows the name: the publication where that does not say it, and the date."""
    is_told = row.number is not None or row.publication == publication
    date = spelled(row.date) if row.date else about(row.near) if row.near else "≈"
    outlet = "" if is_told else f", {clean_line(row.outlet)}"
    return outlet + (f" ({clean_line(date)})" if date else "")
