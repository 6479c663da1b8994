"""Decides whether two texts are one issue, and what the issue's record says afterwards."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import (
    ISSUE_ID,
    UNFILED,
    DateSource,
    DocumentRef,
    Issue,
    Metadata,
)
from chinai_tui.text.fold import fold
from chinai_tui.text.slug import slug
from chinai_tui.text.urls import canonical
from chinai_tui.workspace.records import ImportOptions

_QUALITY = {"plain": 0, "markdown": 1, "html": 2}
"""How much of an issue each format keeps; a poorer text does not replace a better one."""

_UNTOLD = ("", (), None, UNFILED)
"""What stands in a record where nobody says anything."""

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
    words = metadata.title or document.text_of(0)
    return _free_id(metadata, words, document.revision[:12], taken)


def _free_id(told: Metadata | Issue, title: str, otherwise: str, taken: Container[str]) -> str:
    if ISSUE_ID.fullmatch(told.id) and told.id not in taken:
        return told.id
    publication = told.publication or UNFILED
    if told.number is not None and publication != UNFILED:
        stem = f"{publication}-{told.number}"
    else:
        words = slug(title, 48) or otherwise
        stem = words if publication == UNFILED else f"{publication}-{words}"
    stem = slug(stem, 72)
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 1_000_000))
    return next(name for name in names if name not in taken)


class Known:
    """The issues of a library, to find the one that somebody else tells of."""

    def __init__(self, issues: Mapping[str, Issue]) -> None:
        """Take all issues by id."""
        self.issues = dict(issues)
        self._table = key_table(self.issues.values())
        self._awaited = {each.id for each in self.issues.values() if not each.documents}

    @cached_property
    def _titled(self) -> dict[str, list[str]]:
        """The ids of the issues that bear each title."""
        found: dict[str, list[str]] = {}
        for issue in self.issues.values():
            found.setdefault(fold(issue.title), []).append(issue.id)
        return found

    def keyed(self, keys: Iterable[str]) -> str:
        """The id of the issue that a text with these keys belongs to, weightiest key first."""
        return find(keys, self._table)

    def meant(self, told: Issue) -> str:
        """The id of the issue that is meant: by its address, its keys, or its title.

        A title means an issue of the same publication, or of any where either is not known; one
        that several bear means none. An id means an issue only where nothing else is told.
        """
        found = self._table.get(f"url:{canonical(told.url)}") or self.keyed(told.keys)
        if found:
            return found
        if not (told.title or told.url or told.keys):
            return told.id if told.id in self.issues else ""
        return self.titled(told.title, told.publication, told.number)

    def same(self, other: Issue) -> str:
        """The id of the issue that another library has under its keys, or by id and title."""
        if found := self.keyed(other.keys):
            return found
        own = self.issues.get(other.id)
        return other.id if own and fold(own.title) == fold(other.title) else ""

    def titled(self, title: str, publication: str, number: int | None) -> str:
        """The id of the one issue that bears a title; publication and number may not be known."""
        named = [
            each
            for each in self._titled.get(fold(title), ())
            if title
            and len({self.issues[each].publication, publication} - {"", UNFILED}) < 2
            and len({self.issues[each].number, number} - {None}) < 2
        ]
        return named[0] if len(named) == 1 else ""

    def awaiting(self, metadata: Metadata) -> str:
        """The id of the one issue that has no text yet and bears the title of one."""
        if not self._awaited:
            return ""
        found = self.titled(metadata.title, metadata.publication, metadata.number)
        return found if found in self._awaited else ""

    def add(self, told: Issue, added: str) -> Issue:
        """Put an issue beside the others, under an id of its own; as it is from then on."""
        address = canonical(told.url)
        keys = {*told.keys, *([f"url:{address}"] if address else ())}
        title = told.title or told.url or told.id
        issue = replace(
            told,
            id=_free_id(told, title, "untitled", self.issues),
            publication=told.publication or UNFILED,
            title=title,
            keys=_in_order(keys),
            added=added,
        )
        self.put(issue)
        return issue

    def put(self, issue: Issue) -> None:
        """Add an issue, or put it in the place of the one with its id."""
        if issue.id not in self.issues and "_titled" in self.__dict__:
            self._titled.setdefault(fold(issue.title), []).append(issue.id)
        self.issues[issue.id] = issue
        self._table.update(dict.fromkeys(issue.keys, issue.id))


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
    values["keys"] = _in_order(merged)
    return replace(existing, **values, documents=documents)  # type: ignore[arg-type]


def joined(own: Issue, other: Issue) -> Issue:
    """The record of an issue with what another library knows of it beside.

    What is there stays, unless the issue's own text is only in the other library; a date of the
    user's goes before any other, a better or later text before a poorer or earlier one.
    """
    told = DocumentRole.TEXT in other.documents and DocumentRole.TEXT not in own.documents
    values = {
        name: value
        for name, value in _described(other).items()
        if value not in _UNTOLD and (told or getattr(own, name) in _UNTOLD)
    }
    users = [each for each in (own, other) if each.date_source is DateSource.USER]
    if users:
        values |= {"date": users[0].date, "date_source": DateSource.USER}
    documents = dict(own.documents)
    for role, reference in other.documents.items():
        present = documents.get(role)
        if present is None or _supersedes(reference, present):
            documents[role] = reference
    return replace(
        own,
        **values,  # type: ignore[arg-type]
        keys=_in_order({*own.keys, *other.keys}),
        documents=documents,
        added=min(filter(None, (own.added, other.added)), default=""),
    )


def _supersedes(new: DocumentRef, present: DocumentRef) -> bool:
    """Whether another library's text is better, or later; of the same text, fetched before."""
    if new.revision == present.revision:
        return "" < new.accessed < present.accessed
    qualities = [_QUALITY.get(each.format, 0) for each in (new, present)]
    return (qualities[0], new.accessed) > (qualities[1], present.accessed)


def _in_order(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(keys, key=lambda key: (_WEIGHT.index(key.partition(":")[0]), key)))


def _described(metadata: Metadata | Issue) -> dict[str, object]:
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
