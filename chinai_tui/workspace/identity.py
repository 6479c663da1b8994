"""Decides whether two texts are one issue, and what the issue's record says afterwards."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import (
    ISSUE_ID,
    UNFILED,
    DateSource,
    DocumentRef,
    Issue,
    Metadata,
)
from chinai_tui.text.slug import slug
from chinai_tui.workspace.records import ImportOptions

_QUALITY = {"plain": 0, "markdown": 1, "html": 2}
"""How much of an issue each format keeps; a poorer text does not replace a better one."""

_WEIGHT = ("post", "url", "number", "hash")


def key_table(issues: Iterable[Issue]) -> dict[str, str]:
    """Which issue each key stands for."""
    return {key: issue.id for issue in issues for key in issue.keys}


def find(keys: Iterable[str], table: Mapping[str, str]) -> str:
    """The id of the issue that a text with these keys belongs to, weightiest key first."""
    ordered = sorted(keys, key=lambda key: _WEIGHT.index(key.partition(":")[0]))
    return next((table[key] for key in ordered if key in table), "")


def new_id(metadata: Metadata, document: Document, taken: Container[str]) -> str:
    """A fresh id: the text's own, publication and number, or words of the title."""
    if ISSUE_ID.fullmatch(metadata.id) and metadata.id not in taken:
        return metadata.id
    publication = metadata.publication or UNFILED
    if metadata.number is not None and publication != UNFILED:
        stem = f"{publication}-{metadata.number}"
    else:
        words = slug(metadata.title or document.text_of(0), 48) or document.revision[:12]
        stem = words if publication == UNFILED else f"{publication}-{words}"
    stem = slug(stem, 72)
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 1_000_000))
    return next(name for name in names if name not in taken)


def with_options(metadata: Metadata, options: ImportOptions) -> Metadata:
    """The metadata with what the user says about the text."""
    changes: dict[str, object] = {}
    if options.title:
        changes["title"] = options.title
    if options.url:
        changes["url"] = options.url
    if options.publication:
        changes["publication"] = options.publication
    if options.date:
        changes["date"], changes["date_source"] = options.date, DateSource.USER
    return replace(metadata, **changes)  # type: ignore[arg-type]


def merge(
    existing: Issue,
    metadata: Metadata,
    reference: DocumentRef,
    keys: Iterable[str],
    named: str,
) -> Issue:
    """The record after a text of the issue has come in.

    What the issue's own text says goes before what a digest says of it; what the user has said
    about the date goes before both. `named` is the name of an issue that has no title.
    """
    fresh = _described(metadata)
    own = metadata.role is DocumentRole.TEXT
    values: dict[str, object] = {}
    for name, value in fresh.items():
        present = getattr(existing, name)
        if value and (own or not present):
            values[name] = value
    if existing.date_source is DateSource.USER and metadata.date_source is not DateSource.USER:
        values.pop("date", None)
        values.pop("date_source", None)
    if not (existing.title or values.get("title")):
        values["title"] = named
    if existing.publication not in ("", UNFILED) and values.get("publication") == UNFILED:
        values.pop("publication")
    documents = dict(existing.documents)
    present_ref = documents.get(metadata.role)
    if present_ref is None or _is_better(reference, present_ref):
        documents[metadata.role] = reference
    merged = {*existing.keys, *keys}
    values["keys"] = tuple(
        sorted(merged, key=lambda key: (_WEIGHT.index(key.partition(":")[0]), key))
    )
    return replace(existing, **values, documents=documents)  # type: ignore[arg-type]


def _described(metadata: Metadata) -> dict[str, object]:
    return {
        "publication": metadata.publication,
        "title": metadata.title,
        "number": metadata.number,
        "subtitle": metadata.subtitle,
        "authors": metadata.authors,
        "date": metadata.date,
        "date_source": metadata.date_source,
        "url": metadata.url,
    }


def _is_better(new: DocumentRef, present: DocumentRef) -> bool:
    """Whether a text replaces the one there is; the very same one does not."""
    if new.revision == present.revision:
        return False
    return _QUALITY.get(new.format, 0) >= _QUALITY.get(present.format, 0)
