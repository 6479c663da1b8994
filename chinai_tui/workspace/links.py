"""Finds where the links of a document lead, as far as the library knows."""

from __future__ import annotations

from collections.abc import Callable

from chinai_tui.domain.document import Document, DocumentRole, SpanKind
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.domain.link import Link
from chinai_tui.domain.rows import IssueRow
from chinai_tui.index import Index
from chinai_tui.text.fold import fold
from chinai_tui.text.links import Destination, links_of
from chinai_tui.text.references import Reference, references
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.spans import spans_of
from chinai_tui.text.urls import canonical
from chinai_tui.workspace import bundled

Publications = Callable[[str], Publication]
"""Gives the publication with an id."""


def find_links(
    document: Document, issue: Issue, role: DocumentRole, index: Index, publications: Publications
) -> tuple[Link, ...]:
    """The links of a document of an issue, in the order of the text; the index is asked once.

    What names the issue itself leads to its main document. Where that is the one being read, an
    address leads out, and a number is no link.
    """
    addresses = {
        span.target: f"url:{address}"
        for span in spans_of(document, SpanKind.LINK)
        if (address := canonical(span.target))
    }
    numbers = _numbers(document, issue)
    keys = {reference: f"number:{outlet}/{reference.number}" for reference, outlet in numbers}
    wanted = {*addresses.values(), *keys.values()}
    rows = index.keyed(wanted) if wanted else {}
    here = issue.id if role is issue.main_role else ""
    pages = {
        url: _found(row, publications)
        for url, key in addresses.items()
        if (row := rows.get(key)) and row.id != here
    }
    named = {}
    for reference, outlet in numbers:
        row = rows.get(keys[reference])
        if row is None:
            name = _name(publications(outlet), reference.number)
            named[reference] = Destination(f"{name}, not in the library")
        elif row.id != here:
            named[reference] = _found(row, publications)
    return links_of(document, pages, named)


def _numbers(document: Document, issue: Issue) -> list[tuple[Reference, str]]:
    """The numbers that name issues, each with the id of the publication that is meant.

    Without a label it is the issue's own, provided that it numbers its issues.
    """
    outlets = {fold(each.label): each.id for each in bundled.publications().values() if each.label}
    labels = [each.label for each in bundled.publications().values()]
    if issue.number is not None:
        outlets[""] = issue.publication
    found = references(document, labels)
    return [(each, outlets[label]) for each in found if (label := fold(each.label)) in outlets]


def _found(row: IssueRow, publications: Publications) -> Destination:
    title = row.title
    if row.number is not None:
        title = f"{_name(publications(row.publication), row.number)}: {title}"
    return Destination(clean_line(title), row.id)


def _name(publication: Publication, number: int) -> str:
    return clean_line(f"{publication.label or publication.title} #{number}")
