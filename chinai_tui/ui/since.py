"""What came since an issue, in words with links: the section below its text. Pure."""

from __future__ import annotations

from collections.abc import Iterator
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

_ABOVE = (
    (BlockKind.RULE, BlockRole.BOILERPLATE, ""),
    (BlockKind.HEADING, BlockRole.LABEL, HEADING),
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the section: words, of which some in the middle lead to an issue."""

    before: str
    name: str = ""
    after: str = ""
    row: IssueRow | None = None
    place: int = 0
    shown: str = ""

    @property
    def text(self) -> str:
        return self.before + self.name + self.after


def tail_of(since: SinceThen) -> Tail:
    """The section that tells what came since; an empty one if nothing did."""
    items = [*_citing(since), *(_named(each, since.publication) for each in since.named)]
    if not items:
        return NO_TAIL
    texts, blocks, links = [], [], []
    at = 0
    for kind, role, text in _ABOVE:
        blocks.append(Block(kind, role, 1, "", at, at + len(text)))
        texts.append(text)
        at += len(text) + 1
    for item in items:
        start = at + len(item.before)
        end = start + len(item.name)
        spans: tuple[Span, ...] = ()
        if item.row is not None:
            target = item.row.id
            spans = (Span(SpanKind.LINK, start, end, target),)
            links.append(Link(start, end, LinkKind.ISSUE, target, item.shown, place=item.place))
        text = item.text
        blocks.append(
            Block(BlockKind.ITEM, BlockRole.BOILERPLATE, 0, "•", at, at + len(text), spans)
        )
        texts.append(text)
        at += len(text) + 1
    return Tail(Document("\n".join(texts), tuple(blocks)), tuple(links))


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
