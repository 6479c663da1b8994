"""Makes issues, documents and mentions for the tests of the index."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    DocumentRole,
    Span,
    SpanKind,
)
from chinai_tui.domain.entity import Mention
from chinai_tui.domain.issue import DocumentRef, Issue
from chinai_tui.domain.query import Query
from chinai_tui.index import Index, IssueEntry
from chinai_tui.text.query import parse

TEXT, DIGEST = DocumentRole.TEXT, DocumentRole.DIGEST
TRANSLATION, ORIGINAL = DocumentRole.TRANSLATION, DocumentRole.ORIGINAL


def document(*rows: str) -> Document:
    """A block for each row: `= title`, `# heading`, `! boilerplate`, `words <url>` or words."""
    blocks: list[Block] = []
    texts: list[str] = []
    at = 0
    for row in rows:
        kind, role, spans = BlockKind.PARAGRAPH, BlockRole.BODY, ()
        text = row
        if row[:2] in ("= ", "# ", "! "):
            text = row[2:]
            kind = BlockKind.PARAGRAPH if row[0] == "!" else BlockKind.HEADING
            role = {"=": BlockRole.TITLE, "#": BlockRole.BODY, "!": BlockRole.BOILERPLATE}[row[0]]
        elif row.endswith(">"):
            text, _, url = row[:-1].rpartition(" <")
            spans = (Span(SpanKind.LINK, at, at + len(text), url),)
        blocks.append(Block(kind, role, 0, "", at, at + len(text), spans))
        texts.append(text)
        at += len(text) + 1
    return Document("\n".join(texts), tuple(blocks))


def mentions(document: Document, names: Mapping[str, str]) -> list[Mention]:
    """A mention for every place where one of the names (words → entity) stands."""
    found = []
    for words, entity in names.items():
        at = document.text.find(words)
        while at >= 0:
            found.append(Mention(entity, at, at + len(words), words))
            at = document.text.find(words, at + 1)
    return sorted(found, key=lambda mention: mention.start)


def entry(
    issue_id: str,
    *rows: str,
    digest: Document | None = None,
    translation: Document | None = None,
    original: Document | None = None,
    names: Mapping[str, str] | None = None,
    publication: str = "letter",
    number: int | None = None,
    date: str = "",
    outlet: str = "The Letter",
) -> IssueEntry:
    """An issue with a text of these rows, with other documents, or with both."""
    given = {
        TEXT: document(*rows) if rows else None,
        DIGEST: digest,
        TRANSLATION: translation,
        ORIGINAL: original,
    }
    documents = {role: document for role, document in given.items() if document is not None}
    issue = Issue(
        issue_id,
        publication,
        f"Issue {issue_id}",
        number=number,
        date=date,
        documents={role: DocumentRef(doc.revision) for role, doc in documents.items()},
    )
    found = {role: mentions(doc, names or {}) for role, doc in documents.items()}
    return IssueEntry(issue, outlet, documents, found)


def filled(path: Path, *entries: IssueEntry) -> Index:
    """An index in this folder that holds the entries."""
    index = Index(path / "cache" / "index.sqlite3")
    index.put_issues(entries)
    return index


def ids(index: Index, query: str | Query) -> list[str]:
    """The issues that the list filter leaves, in its order."""
    query = parse(query) if isinstance(query, str) else query
    return [row.id for row in index.rows(query).rows]
