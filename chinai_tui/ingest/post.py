"""Reads posts as Substack's interface hands them out: `/api/v1/posts/<slug>`, or a list of them."""

from __future__ import annotations

import re

from chinai_tui.domain.issue import DateSource, Metadata
from chinai_tui.errors import InputError
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.json_input import dump, load_listed, mappings, words
from chinai_tui.ingest.links import canonical, clean_url
from chinai_tui.ingest.post_body import read_body
from chinai_tui.ingest.reading import Draft, NothingToRead, Several, Source, without_title
from chinai_tui.text.sanitise import clean_line

_NAMES = ("body_html", "post_date", "canonical_url")
"""Names of which a post has at least one."""
_ID = re.compile(r"[0-9]{1,12}")
_ENDS = " \n.…"
"""What the beginning of a text may end with."""


def read(data: bytes) -> Draft | Several:
    """The draft of a post, or the posts of a list; raises `InputError` where there is none."""
    value = load_listed(data)
    listed = value.get("posts") if isinstance(value, dict) else value
    if isinstance(listed, list):
        posts = [each for each in mappings(listed) if _is_post(each)]
        if not posts:
            raise InputError("", "is a list without posts")
        return Several(tuple(_source(post, number) for number, post in enumerate(posts, 1)))
    if not isinstance(value, dict) or not _is_post(value):
        raise InputError("", "is JSON data, but no post")
    return _draft(value)


def _is_post(value: dict[str, object]) -> bool:
    return any(name in value for name in _NAMES)


def _source(post: dict[str, object], number: int) -> Source:
    name = clean_line(words(post.get("slug")), 80) or f"post-{number}"
    place = clean_url(words(post.get("canonical_url"))) or name
    return Source(place, f"{name}.json", dump(post), format="post")


def metadata_of(post: dict[str, object]) -> Metadata:
    """What a post says about itself."""
    date = read_stamp(post.get("post_date"))
    number = words(post.get("id"))
    return Metadata(
        title=words(post.get("title")),
        subtitle=words(post.get("subtitle")),
        authors=tuple(words(each.get("name")) for each in mappings(post.get("publishedBylines"))),
        date=date,
        date_source=DateSource.FEED if date else DateSource.NONE,
        url=canonical(clean_url(words(post.get("canonical_url")))),
        post_id=number if _ID.fullmatch(number) else "",
        audio=clean_url(words(post.get("podcast_url"))),
    )


def is_closed(post: dict[str, object]) -> bool:
    """Whether a post is not for everyone."""
    return post.get("audience", "everyone") != "everyone"


def body_of(post: dict[str, object], url: str) -> tuple[list[Piece], bool]:
    """The blocks of a post that stands at `url`, and whether they are but its beginning.

    Raises `NothingToRead` where the post comes without its text.
    """
    pieces, truncated = read_body(_body(post), url)
    return pieces, truncated or is_closed(post) or _is_teaser(pieces, post)


def _draft(post: dict[str, object]) -> Draft:
    metadata = metadata_of(post)
    return without_title(Draft(metadata, *body_of(post, metadata.url)))


def _body(post: dict[str, object]) -> str:
    body = post.get("body_html")
    if isinstance(body, str) and body.strip():
        return body
    if post.get("type") == "thread":
        raise NothingToRead("", "is a thread of comments, which has no text of its own")
    if post.get("is_published") is False or post.get("post_date", "") is None:
        raise NothingToRead("", "is a draft without a text")
    raise NothingToRead("", "is listed without its text; save the post itself")


def _is_teaser(pieces: list[Piece], post: dict[str, object]) -> bool:
    """Whether the body is no more than the beginning that everyone may read."""
    teaser = " ".join(words(post.get("truncated_body_text")).split())
    body = " ".join(piece.text for piece in pieces)
    return teaser.endswith(("…", "...")) and body.rstrip(_ENDS) == teaser.rstrip(_ENDS)
