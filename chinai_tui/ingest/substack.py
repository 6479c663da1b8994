"""The archive of a publication on Substack: its posts, a page at a time, and each of them whole.

The addresses are those that Substack's own pages ask; they are not documented. A page of the
archive holds at most 50 posts, and more is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from chinai_tui.domain.issue import Metadata
from chinai_tui.errors import NetworkError
from chinai_tui.ingest.http import Fetcher
from chinai_tui.ingest.reading import Source
from chinai_tui.text.sanitise import clean_line, safe_url

PAGE = 50
"""Posts asked for at once; more is an error."""
MOST_PAGES = 1000
"""Pages after which an archive is taken to have no end."""
NO_ARCHIVE = 404
"""The status told of a site that is none of Substack's, whatever it answers."""
_NONE = frozenset({400, 404, 405, 410})


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as the archive lists it."""

    slug: str
    url: str
    post_id: str
    title: str


def archive(fetcher: Fetcher, home: str) -> Iterator[Entry]:
    """The posts of a publication, the newest first; pages are fetched as they are needed.

    A post that appears while one is walking pushes others on to the next page; each is given once.

    Raises:
        NetworkError: A page cannot be had; with the status `NO_ARCHIVE` the site has none.
        Stopped: It was called off.
    """
    seen: set[str] = set()
    for number in range(MOST_PAGES):
        listed = _page(fetcher, home, number * PAGE)
        fresh = [each for each in map(_entry, listed) if each and each.slug not in seen]
        yield from fresh
        seen.update(each.slug for each in fresh)
        if len(listed) < PAGE or not fresh:
            return


def post(fetcher: Fetcher, home: str, entry: Entry, told: Metadata) -> Source:
    """One post whole, as a source.

    Args:
        fetcher: Fetches it.
        home: The address of the publication.
        entry: Which post.
        told: What is known of the posts of the publication.

    Raises:
        NetworkError: It cannot be had.
        Stopped: It was called off.
    """
    answer = fetcher.get(f"{_root(home)}/api/v1/posts/{quote(entry.slug, safe='')}")
    return Source(entry.url, f"{entry.slug}.json", answer.data, told, "post", within=home)


def _page(fetcher: Fetcher, home: str, offset: int) -> list[Any]:
    address = f"{_root(home)}/api/v1/archive?sort=new&search=&offset={offset}&limit={PAGE}"
    try:
        data = fetcher.get(address).data
        listed = json.loads(data)
    except NetworkError as error:
        if error.status not in _NONE:
            raise
        listed = None
    except (ValueError, RecursionError):
        listed = None
    if isinstance(listed, list):
        return listed
    raise NetworkError(home, "has no archive that can be walked", NO_ARCHIVE)


def _entry(listed: object) -> Entry | None:
    """A post of the list; None for what is none."""
    if not isinstance(listed, dict):
        return None
    slug, number = listed.get("slug"), listed.get("id")
    if not isinstance(slug, str) or not 0 < len(slug) <= 300 or clean_line(slug) != slug:
        return None
    return Entry(
        slug,
        safe_url(str(listed.get("canonical_url", ""))),
        str(number) if isinstance(number, int) else "",
        clean_line(str(listed.get("title") or slug)),
    )


def _root(home: str) -> str:
    """The address of the site that a publication is on."""
    parts = urlsplit(home)
    return f"{parts.scheme}://{parts.netloc}"
