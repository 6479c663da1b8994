"""What a file says about one annotation."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.annotation import Anchor, Annotation
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import UNFILED, Issue
from chinai_tui.ingest.outlets import outlet_of, outlet_of_title
from chinai_tui.text.urls import host_of


@dataclass(frozen=True, slots=True)
class Told:
    """An annotation as a file tells it, before it is known which issue of the library is meant."""

    place: str
    """Where in the file it stands, for messages: `line 3`."""
    annotation: Annotation
    issue: Issue | None
    """What the file says of the text it is on; the id is that of another library, or empty."""


def text_named(title: str, url: str = "", authors: tuple[str, ...] = ()) -> Issue:
    """What is told of a text by its title and address: of a known newsletter, the number too."""
    if found := outlet_of_title(title):
        outlet, match = found
        number = int(match["number"])
        keys = (f"number:{outlet.id}/{number}",)
        return Issue("", outlet.id, match["title"], number, "", authors, url=url, keys=keys)
    known = outlet_of(host_of(url), "")
    return Issue("", known.id if known else UNFILED, title, authors=authors, url=url)


def quoted(exact: str, prefix: str = "", suffix: str = "", start: int = 0, end: int = 0) -> Anchor:
    """An anchor to words that were read elsewhere; white space is as it comes, so it counts as one.

    It bears no revision, since nobody has placed it in a document yet.
    """
    return Anchor(
        role=DocumentRole.TEXT,
        revision="",
        start=start,
        end=end,
        block=0,
        exact=" ".join(exact.split()),
        prefix=_spaced(prefix),
        suffix=_spaced(suffix),
    )


def _spaced(text: str) -> str:
    """The text with single spaces, of which one at an end parts it from the quotation."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if words and text[-1:].isspace() else ""
    return f"{before}{words}{after}"
