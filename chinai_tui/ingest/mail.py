"""Reads the mails by which newsletters come: those of Substack, and any other one's.

What surrounds the post in a mail is left out where it says nothing, and marked as furniture where
it might. Links lead where they lead without the subscriber's tokens, or nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.ingest import plain
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.dates import moment, read_date, read_stamp
from chinai_tui.ingest.forwarded import Forwarding, forwarding, unquoted
from chinai_tui.ingest.html_blocks import Walker
from chinai_tui.ingest.html_guard import is_overgrown, strip_tags
from chinai_tui.ingest.letter import HANDED_ON, Letter, letters, written
from chinai_tui.ingest.mail_furniture import is_cut, trim, without_head
from chinai_tui.ingest.mailed_post import page
from chinai_tui.ingest.reading import Draft, Several, Source, without_title
from chinai_tui.ingest.senders import host_at_house
from chinai_tui.ingest.wrapped import rejoined

_POST = ".body.markup, [class*='body m_'][class$=markup], [class*='markup m_'][class$=body]"
"""The post in a mail of Substack; Gmail puts a prefix `m_…` before the names of classes."""
_TITLE = "h1[class*=post-title]"
_SUBTITLE = "h3[class*=subtitle]"
_HERE = "(here is the post)"
"""What stands in a mail for the post, while what is around it is read."""
_OF_SUBTITLE = 3
"""The level of the heading that a subtitle is behind the title of a post."""
_UNSEEN = (
    "img:not([src]), img[src=''], img[width='1'], img[height='1'], img[width='0'], img[height='0'],"
    " [style*='mso-hide:all'], [style*='mso-hide: all'], [style*='max-height:0'],"
    " [style*='max-height: 0'], .mcnPreviewText, [class*=preheader]"
)
"""Dots that count readers, and what only the list of a mailbox shows."""
_ICON = re.compile(r"substack\.com(?:%2F|/)(?:icon|img(?:%2F|/)email)(?:%2F|/)", re.IGNORECASE)
_WITHIN = "td table, th table, img"
_CELL = 200
"""Characters of the longest cell of a table that is not made for layout."""
_OF_A_LIST = re.compile(r"\s+(?:from|at|@|\|)\s+.+")
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?[^\s<>@\[(]+@.*")
_CLOCK = re.compile(r",?\s+(?:at\s+)?\d{1,2}[:.]\d{2}.*", re.DOTALL)
_ONLINE = re.compile(
    r"(?:view|read|open|see)(?: this)?(?: e-?mail| post| issue| newsletter| message)?"
    r" (?:in (?:your |the |a )?(?:web ?)?browser|online|on the web)\W*|web version",
    re.IGNORECASE,
)


def read(data: bytes) -> Draft | Several:
    """The draft of a mail, or the mails that it encloses where they are several.

    What is kept of one is the post and what names it, nothing of the subscriber: no recipient, no
    token, no link that counts its reader. It reads as the same document, and is itself when it
    comes again.
    """
    found = letters(data)
    if len(found) == 1:
        return _draft(found[0])
    names = [f"message {number}" for number in range(1, len(found) + 1)]
    return Several(
        tuple(
            Source(name, f"{name}.eml", written(letter), format="mail")
            for name, letter in zip(names, found, strict=True)
        )
    )


@dataclass(slots=True)
class _Body:
    """What the body of a mail gives: its blocks, and what it says of the post."""

    pieces: list[Piece] = field(default_factory=list)
    above: list[Piece] = field(default_factory=list)
    """What stands between the title and the post, where the blocks are those of the post."""
    banner: Forwarding | None = None
    """That of the mail, if somebody handed it on."""
    title: str = ""
    subtitle: str = ""
    url: str = ""
    is_post: bool = False
    """Whether the blocks are those of the post, without anything around it."""
    truncated: bool = False


def _draft(letter: Letter) -> Draft:
    may_be_handed_on = not letter.list_id and not letter.is_reply
    body = (_page if letter.is_html else _text)(letter.body, may_be_handed_on)
    subject, sender, date = letter.subject, letter.sender, letter.date
    quoted = ""
    if body.banner:
        quoted = host_at_house(body.banner.address)
        subject = body.banner.subject or subject
        sender, date = _ADDRESS.sub("", body.banner.sender).strip(" \"'"), body.banner.date
    elif letter.is_handed_on:
        sender = date = ""
    day = _day(date)
    metadata = Metadata(
        title=_title(body, subject, letter),
        subtitle=body.subtitle,
        authors=_authors(sender),
        date=day,
        date_source=DateSource.FEED if day else DateSource.NONE,
        url=letter.post.url or ("" if letter.is_reply else body.url),
        post_id=letter.post.id,
        host=letter.list_id.strip("<>").lower() or quoted,
    )
    above = without_head(body.above, metadata)
    pieces = above + (body.pieces if body.is_post else trim(body.pieces, metadata))
    return without_title(Draft(metadata, pieces, body.truncated, kept=written(letter)))


def _title(body: _Body, subject: str, letter: Letter) -> str:
    """The title of the post; an answer to it is not called by it alone."""
    if letter.is_reply:
        return subject
    return body.title or (HANDED_ON.sub("", subject, count=1) if letter.is_handed_on else subject)


def _page(html: str, may_be_handed_on: bool) -> _Body:
    if is_overgrown(html):
        return _text(strip_tags(html), may_be_handed_on)
    tree = LexborHTMLParser(html)
    root = tree.body
    if root is None:
        return _Body()
    _prepare(tree)
    posts = [post for post in tree.css(_POST) if post.text(strip=True)]
    body = _Body(
        title=_words(tree, _TITLE),
        subtitle=_words(tree, _SUBTITLE),
        url=_online(tree),
        is_post=len(posts) == 1,
        truncated=tree.css_first("[class*=paywall]") is not None,
    )
    if body.is_post:
        body.pieces = Walker(posts[0]).walk()
        posts[0].replace_with(_HERE)
    around = Walker(root).walk()
    if body.is_post:
        body.above = _between(around)
        if body.above and not body.subtitle and body.above[0].level == _OF_SUBTITLE:
            body.subtitle = body.above.pop(0).text
    else:
        body.pieces = around
    body.truncated = body.truncated or is_cut(body.pieces)
    if may_be_handed_on:
        lines = [piece.text for piece in around]
        body.banner = forwarding(lines)
        if body.banner and not body.is_post:
            body.pieces = _banner(lines, body.banner) + body.pieces[body.banner.end :]
    return body


def _between(around: list[Piece]) -> list[Piece]:
    """The blocks between the title and the post, without the icons of its buttons."""
    start = next((at for at, each in enumerate(around) if _HERE in each.text), 0)
    above = around[:start]
    title = next((at for at, each in enumerate(above) if each.level == 1), start)
    return [each for each in above[title + 1 :] if each.kind is not BlockKind.IMAGE]


def _text(text: str, may_be_handed_on: bool) -> _Body:
    lines = unquoted(text.splitlines()) if may_be_handed_on else text.splitlines()
    banner = forwarding(lines) if may_be_handed_on else None
    draft = plain.read("\n".join(rejoined(lines[banner.end :] if banner else lines)))
    head = (
        make_piece(BlockKind.HEADING, [draft.metadata.title], level=1),
        make_piece(BlockKind.PARAGRAPH, [draft.metadata.subtitle]),
    )
    pieces = [piece for piece in head if piece] + draft.pieces
    above = _banner(lines, banner) if banner else []
    return _Body(above + pieces, banner=banner, truncated=is_cut(pieces))


def _banner(lines: list[str], banner: Forwarding) -> list[Piece]:
    """The lines of a banner as furniture, without those that name who got the mail."""
    pieces = (
        make_piece(BlockKind.PARAGRAPH, [line], role=BlockRole.BOILERPLATE)
        for number, line in enumerate(lines[: banner.end])
        if number not in banner.private
    )
    return [piece for piece in pieces if piece]


def _prepare(tree: LexborHTMLParser) -> None:
    """Hide from the walk what is not to be seen, and tell it which tables are layout."""
    for node in tree.css(_UNSEEN):
        node.attrs["hidden"] = ""
    for image in tree.css("img[src*=substack]"):
        if _ICON.search(image.attributes.get("src") or ""):
            image.attrs["hidden"] = ""
    for table in tree.css("table:not([role])"):
        if _is_layout(table):
            table.attrs["role"] = "presentation"


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only puts things beside each other.

    Of data, some row has two cells with words in them, none has a picture, and all are short.
    """
    if table.css_first(_WITHIN) is not None:
        return True
    rows = table.css("tr")
    cells = [[cell.text(strip=True) for cell in row.css("td, th")] for row in rows]
    together = any(sum(1 for words in row if words) > 1 for row in cells)
    heads = table.css_first("th") is not None
    long = any(len(words) > _CELL for row in cells for words in row)
    return not together or (not heads and (long or len(rows) < 2))


def _online(tree: LexborHTMLParser) -> str:
    """The address of the post, where the mail offers to show it in the browser."""
    for link in tree.css("a[href^=http]"):
        words = " ".join(link.text().split())
        if (
            len(words) < 60
            and _ONLINE.fullmatch(words)
            and (url := page(link.attributes["href"] or ""))
        ):
            return url
    return ""


def _words(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css(selector)
    return " ".join(found[0].text().split()) if len(found) == 1 else ""


def _authors(sender: str) -> tuple[str, ...]:
    """The author by the name of a sender: of `A Writer from A Letter`, the writer."""
    name = _OF_A_LIST.sub("", sender).strip()
    return (name,) if name and "@" not in name else ()


def _day(date: str) -> str:
    """The day of a date as mails and their banners write it, in the sender's time zone."""
    return read_date(_CLOCK.sub("", date)) or read_stamp(moment(date))
