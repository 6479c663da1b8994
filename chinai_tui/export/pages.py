"""The pages that notes are exported on: one an issue, an entity, a tag, or one for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import DocumentRef, Issue, Original
from chinai_tui.export import front_matter, names
from chinai_tui.export.citations import headline, translated_from
from chinai_tui.export.model import ExportNote, Page, Section, Source, Value
from chinai_tui.text.sanitise import safe_url

_TAGS = ("chinai", "notes")
"""Tags that every page has, so that a vault can tell these pages from others."""


def issue_page(source: Source, notes: Sequence[ExportNote]) -> Page:
    """The notes on an issue, in the order of its text."""
    issue, publication = source.issue, source.publication
    reference = issue.documents.get(issue.main_role)
    fields: dict[str, Value] = {
        "aliases": _aliases(source),
        "publication": publication.title,
        "issue": issue.number,
        "author": issue.authors or publication.authors,
        "published": front_matter.day(issue.date),
        "url": safe_url(issue.url),
        "accessed": front_matter.day(reference.accessed) if reference else None,
        "citekey": source.key,
        **_original(source),
        **_told(notes),
        "source_revision": _revision(reference),
    }
    return Page(
        type="reading-note",
        id=issue.id,
        name=names.issue_name(issue, publication),
        title=headline(issue, publication) or issue.id,
        sections=[Section(in_place(notes), "Highlights")] if notes else [],
        fields=fields,
        source=source,
    )


def _aliases(source: Source) -> tuple[str, ...]:
    """`ChinAI 900`: the name without the sign that would lead to a heading in a link."""
    if source.issue.number is None:
        return ()
    return (headline(source.issue, source.publication, short=True).replace("#", ""),)


def _original(source: Source) -> dict[str, Value]:
    original = translated_from(None, source.original)
    if original == Original():
        return {}
    translator = (original.translator,) if original.translator else source.issue.authors
    return {
        "original_title": original.title_han or original.title,
        "original_author": original.authors,
        "original_outlet": original.outlet,
        "translator": translator or source.publication.authors,
    }


def _revision(reference: DocumentRef | None) -> str:
    return f"sha256:{reference.revision[:8]}" if reference else ""


def _told(notes: Sequence[ExportNote]) -> dict[str, Value]:
    """Who is spoken of, the tags, and how many notes there are."""
    tags = sorted({tag for note in notes for tag in note.annotation.tags} - {*_TAGS})
    entities = {each.id: each for note in notes for each in note.mentions}
    return {
        "entities": tuple(sorted(entities.values(), key=lambda each: (each.name, each.id))),
        "tags": (*_TAGS, *tags),
        "highlights": len(notes),
    }


def entity_page(entity: Entity, notes: Sequence[ExportNote]) -> Page:
    """The notes on an entity itself: the page that its name links to."""
    return Page(
        type="entity-note",
        id=entity.id,
        name=names.entity_name(entity),
        title=entity.name,
        heading=_named(entity),
        sections=[Section(in_place(notes))] if notes else [],
        fields=_about(entity) | _told(notes),
    )


def entity_digest(entity: Entity, notes: Sequence[ExportNote]) -> Page:
    """The notes on an entity, and the annotated passages that name it, by issue."""
    own = [note for note in notes if note.annotation.entity == entity.id]
    passages = [note for note in notes if note.annotation.entity != entity.id]
    return Page(
        type="entity-notes",
        id=entity.id,
        name=names.entity_digest_name(entity),
        title=entity.name,
        heading=_named(entity),
        sections=[*([Section(in_place(own))] if own else []), *by_issue(passages)],
        fields=_about(entity) | _told(notes),
    )


def _named(entity: Entity) -> str:
    forms = " · ".join(filter(None, (entity.han, entity.hant, entity.pinyin)))
    return f"{entity.name} ({forms})" if forms else entity.name


def _about(entity: Entity) -> dict[str, Value]:
    forms = (entity.name, entity.han, entity.hant)
    aliases = dict.fromkeys(filter(None, forms))
    return {"aliases": tuple(aliases), "kind": entity.kind.value, "han": entity.han}


def tag_page(tag: str, notes: Sequence[ExportNote]) -> Page:
    """The notes with a tag, in the order that is given."""
    return Page(
        type="tag-notes",
        id=tag,
        name=names.tag_name(tag),
        title=f"Notes tagged {tag}",
        sections=[Section(notes)] if notes else [],
        fields=_told(notes),
    )


def digest(notes: Sequence[ExportNote], query: str = "", *, ordered: bool = False) -> Page:
    """One page with all notes, or those that fit a query.

    Args:
        notes: the notes; by issue, then those on entities by their names, unless `ordered`.
        query: how they were chosen.
        ordered: whether their order is to be kept.
    """
    on_issues = [note for note in notes if note.source]
    on_entities = [note for note in notes if note.source is None]
    on_entities.sort(key=lambda note: (_name(note), note.order))
    by_name = [Section(list(found), name) for name, found in groupby(on_entities, key=_name)]
    return Page(
        type="reading-notes",
        id=query,
        name=names.notes_name(query),
        title=f"Reading notes: {query}" if query else "Reading notes",
        sections=[Section(notes)] if ordered else [*by_issue(on_issues), *by_name],
        fields=_told(notes),
    )


def _name(note: ExportNote) -> str:
    return note.entity.name if note.entity else note.annotation.entity


def in_place(notes: Iterable[ExportNote]) -> list[ExportNote]:
    """Notes in the order of the text."""
    return sorted(notes, key=lambda note: note.order)


def by_issue(notes: Iterable[ExportNote]) -> list[Section]:
    """The notes under the issues they are on, by publication and number or title."""
    found = [(note.source, note) for note in notes if note.source]
    found.sort(key=lambda each: (_issue_order(each[0].issue), each[1].order))
    sections = []
    for _, group in groupby(found, key=lambda each: _issue_order(each[0].issue)):
        (source, first), *rest = group
        title = headline(source.issue, source.publication) or source.issue.id
        sections.append(Section([first, *(note for _, note in rest)], title, source))
    return sections


def _issue_order(issue: Issue) -> tuple[str, int, str, str]:
    return issue.publication, issue.number or 0, issue.title, issue.id
