"""An issue as it goes into the index, with all worked out that takes time.

That is done before the index is locked for writing, so that several processes can do it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from chinai_tui.domain.document import Document, SpanKind
from chinai_tui.index import forms
from chinai_tui.index.marks import Marks, marks_of
from chinai_tui.index.records import IssueEntry
from chinai_tui.index.schema import ROLES


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one document."""

    role: int
    """An index into `ROLES`."""
    columns: tuple[str, ...]
    """As the table of words has them."""
    body: bytes
    """The same by block, packed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue with what is kept of its texts."""

    entry: IssueEntry
    words: int
    """The words of the main document."""
    texts: tuple[Text, ...]
    chunks: Set[str]
    """What stands between the spaces of title and texts, and the addresses of links."""
    marks: Marks


def prepare(entry: IssueEntry) -> Prepared:
    """Work out what is kept of an issue."""
    issue = entry.issue
    texts = []
    chunks = {*issue.title.split(), *issue.subtitle.split()}
    for role, document in entry.documents.items():
        lines = forms.lines(issue, document)
        columns = tuple(forms.columns(lines))
        texts.append(Text(ROLES.index(role), columns, forms.Body.pack(lines)))
        chunks.update(document.text.split())
        chunks.update(forms.address(link) for link in _links(document))
    main = entry.documents.get(issue.main_role)
    return Prepared(entry, main.words if main else 0, tuple(texts), chunks, marks_of(entry))


def _links(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for span in block.spans:
            if span.kind is SpanKind.LINK and span.target:
                yield span.target
