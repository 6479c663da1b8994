"""An issue as it goes into the index, with all worked out that takes time.

That is done before the index is locked for writing, so that several processes can do it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from chinai_tui.domain.document import Document, SpanKind
from chinai_tui.index import forms
from chinai_tui.index.marks import Marks, marks_of
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import ATTACHED, ROLES


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue with what is kept of its texts."""

    entry: IssueEntry
    words: int
    """The words of the main document."""
    rows: Mapping[int, tuple[str, ...]]
    """Those of the table of words, by the role (an index into `ROLES`) of the slot they have."""
    bodies: Mapping[int, bytes]
    """The lines of each document, packed, by its role."""
    chunks: Set[str]
    """What stands between the spaces of title and texts, and the addresses of links."""
    marks: Marks


def prepare(entry: IssueEntry) -> Prepared:
    """Work out what is kept of an issue."""
    issue = entry.issue
    titles = (issue.title, issue.subtitle)
    lines = {}
    chunks = {*issue.title.split(), *issue.subtitle.split()}
    for role, document in entry.documents.items():
        # A translation and a source have titles of their own.
        is_titled = role is issue.main_role or role not in ATTACHED
        lines[role] = forms.lines(document, titles if is_titled else ())
        chunks.update(document.text.split())
        chunks.update(forms.address(link) for link in _links(document))
    main = entry.documents.get(issue.main_role)
    return Prepared(
        entry=entry,
        words=main.words if main else 0,
        rows={ROLES.index(role): row for role, row in forms.words(issue.main_role, lines).items()},
        bodies={ROLES.index(role): forms.Body.pack(each) for role, each in lines.items()},
        chunks=chunks,
        marks=marks_of(entry),
    )


def _links(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for span in block.spans:
            if span.kind is SpanKind.LINK and span.target:
                yield span.target
