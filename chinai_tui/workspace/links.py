"""Finds where the links of a document lead, as far as the library knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from chinai_tui.domain.document import Document, DocumentRole, SpanKind
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from chinai_tui.domain.link import Link
    from chinai_tui.domain.rows import IssueRow
    from chinai_tui.index import Index
    from chinai_tui.text.links import Destination
    from chinai_tui.text.references import Reference
    from chinai_tui.workspace.publications import Publications


def find_links(
    document: Document, issue: Issue, role: DocumentRole, index: Index, publications: Publications
) -> tuple[Link, ...]:
    """The links of a document of an issue, in the order of the text; the index is asked once.

    What names the issue itself leads to its main document. Where that is the one being read, an
    address leads out, and a number is no link.
    """
    from chinai_tui.text.links import Destination, links_of

    addresses, numbers = _addresses(document), _numbers(document, issue, publications)
    wanted = {*addresses.values(), *(named.key for named in numbers)}
    rows = index.keyed(wanted) if wanted else {}
    here = issue.id if role is issue.main_role else ""
    pages = {
        url: _found(row, publications)
        for url, key in addresses.items()
        if (row := rows.get(key)) and row.id != here
    }
    named = {}
    for reference, outlet, key in numbers:
        row = rows.get(key)
        if row is None:
            name = _name(publications.get(outlet), reference.number)
            named[reference] = Destination(f"{name}, not in the library")
        elif row.id != here:
            named[reference] = _found(row, publications)
    return links_of(document, pages, named)


def cited_keys(
    issue: Issue, documents: Mapping[DocumentRole, Document], publications: Publications
) -> frozenset[str]:
    """The keys of what the documents of an issue refer to, whether the library has it or not.

    What a translation or the original refers to counts as the issue's; what names the issue
    itself does not. A digest never cites: what it refers to is not in the issue's own words.
    """
    keys: set[str] = set()
    for role, document in documents.items():
        if role is DocumentRole.DIGEST:
            continue
        keys.update(_addresses(document).values())
        keys.update(named.key for named in _numbers(document, issue, publications))
    return frozenset(keys.difference(issue.keys))


class _Named(NamedTuple):
    """A number that names an issue, with the id of the publication and the key that are meant."""

    reference: Reference
    outlet: str
    key: str


def _addresses(document: Document) -> dict[str, str]:
    """The addresses of pages that a document links, each with the key of an issue there."""
    from chinai_tui.text.spans import spans_of
    from chinai_tui.text.urls import canonical

    targets = {span.target for span in spans_of(document, SpanKind.LINK)}
    return {url: f"url:{address}" for url in targets if (address := canonical(url))}


def _numbers(document: Document, issue: Issue, publications: Publications) -> list[_Named]:
    """The numbers that name issues.

    Without a label it is the issue's own publication, provided that it numbers its issues.
    """
    from chinai_tui.text.references import references

    outlets = publications.labelled()
    if issue.number is not None:
        outlets = {**outlets, "": issue.publication}
    labels = [each.label for each in publications.all().values()]
    return [
        _Named(each, outlets[label], f"number:{outlets[label]}/{each.number}")
        for each in references(document, labels)
        if (label := fold(each.label)) in outlets
    ]


def _found(row: IssueRow, publications: Publications) -> Destination:
    from chinai_tui.text.links import Destination

    title = row.title
    if row.number is not None:
        title = f"{_name(publications.get(row.publication), row.number)}: {title}"
    return Destination(clean_line(title), row.id)


def _name(publication: Publication, number: int) -> str:
    return clean_line(f"{publication.label or publication.title} #{number}")
