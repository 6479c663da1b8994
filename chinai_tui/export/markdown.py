"""Notes as Markdown: one file for an issue, an entity or everything.

What is generated stands between two comments and is replaced by the next export. What is written
around them is the reader's own and stays; so do the front matter's fields of others. The order is
that of the passages and nothing depends on the hour, so that the same notes give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from chinai_tui.domain.annotation import AnchorState, AnnotationKind, Voice
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.errors import BrokenMarkersError
from chinai_tui.export import escape, front_matter
from chinai_tui.export.citations import Piece, PieceKind, citekey, headline, pieces
from chinai_tui.export.model import ExportNote
from chinai_tui.text.sanitise import safe_url

BEGIN = "<!-- chinai-tui:begin v1 -->"
END = "<!-- chinai-tui:end -->"
_BEGIN = re.compile(r"(?m)^<!-- chinai-tui:begin v\d+ --> *$")
_END = re.compile(r"(?m)^<!-- chinai-tui:end --> *$")

_FIELDS = frozenset(
    {"title", "type", "publication", "issue", "author", "published", "url", "accessed", "citekey"}
    | {"entity", "kind", "han", "tags", "notes", "source_revision"}
)
"""Names of the fields that some export writes into front matter."""


def render(issue: Issue, publication: Publication, notes: Sequence[ExportNote]) -> str:
    """The file with the notes of one issue."""
    reference = issue.documents.get(issue.main_role)
    fields: dict[str, front_matter.Value] = {
        "title": headline(issue, publication),
        "type": "reading-note",
        "publication": publication.title,
        "issue": issue.number,
        "author": issue.authors or publication.authors,
        "published": front_matter.day(issue.date),
        "url": safe_url(issue.url),
        "accessed": front_matter.day(reference.accessed) if reference else None,
        "citekey": citekey(issue, publication),
        "tags": _tags(notes),
        "notes": len(notes),
        "source_revision": f"sha256:{reference.revision[:16]}" if reference else None,
    }
    parts = [f"# {escape.heading(headline(issue, publication))}"]
    parts += source(issue, publication)
    parts += entries(notes)
    return with_front_matter(fields, parts)


def render_entity(entity: Entity, notes: Sequence[ExportNote]) -> str:
    """The file with the notes on an entity, and with annotated passages that name it.

    A note belongs to the former if it is on the entity itself.
    """
    fields: dict[str, front_matter.Value] = {
        "title": entity.name,
        "type": "entity-note",
        "entity": entity.id,
        "kind": entity.kind.value,
        "han": entity.han,
        "tags": _tags(notes),
        "notes": len(notes),
    }
    names = " · ".join(filter(None, (entity.han, entity.hant, entity.pinyin)))
    title = f"{entity.name} ({names})" if names else entity.name
    own = [note for note in notes if note.annotation.entity == entity.id]
    passages = [note for note in notes if note.annotation.entity != entity.id]
    parts = [f"# {escape.heading(title)}", *entries(own)]
    return with_front_matter(fields, parts + by_issue(passages))


def render_all(notes: Sequence[ExportNote]) -> str:
    """One file with all notes, by issue, and those on entities after them."""
    fields: dict[str, front_matter.Value] = {
        "title": "Reading notes",
        "type": "reading-notes",
        "tags": _tags(notes),
        "notes": len(notes),
    }
    on_entities = sorted(
        (note for note in notes if note.issue is None), key=lambda note: (_about(note), note.order)
    )
    parts = ["# Reading notes", *by_issue([note for note in notes if note.issue])]
    for name, group in groupby(on_entities, key=_about):
        parts += [f"## {escape.heading(name)}", *entries(group)]
    return with_front_matter(fields, parts)


def merge(existing: str, generated: str) -> str:
    """The generated file with what a reader wrote around the generated part of the existing one.

    Raises:
        BrokenMarkersError: the existing file has not just one beginning and one end of a
            generated part, so that replacing it could lose what somebody wrote.
    """
    existing = existing.removeprefix("\ufeff").replace("\r\n", "\n")
    if not existing.strip():
        return generated
    old_front, old_body = front_matter.split(existing)
    new_front, new_body = front_matter.split(generated)
    before, after = _around(old_body)
    start, end = _BEGIN.search(new_body), _END.search(new_body)
    if start is None or end is None:
        raise ValueError("the new text has no generated part")
    part = new_body[start.start() : end.end()]
    if not old_front and not before.startswith("\n"):
        before = f"\n{before}"
    return front_matter.merge(old_front, new_front, _FIELDS) + before + part + after


def _around(body: str) -> tuple[str, str]:
    starts, ends = list(_BEGIN.finditer(body)), list(_END.finditer(body))
    if len(starts) != 1 or len(ends) != 1 or ends[0].start() < starts[0].end():
        raise BrokenMarkersError(
            f"the lines “{BEGIN}” and “{END}” are not there once each, in this order; "
            "mend or move the file"
        )
    return body[: starts[0].start()], body[ends[0].end() :]


def with_front_matter(fields: dict[str, front_matter.Value], parts: Iterable[str]) -> str:
    """A whole file: the fields, and the parts, a blank line between them, within the marks."""
    body = "\n\n".join(parts)
    return f"{front_matter.write(fields)}\n{BEGIN}\n{body}\n{END}\n"


def _tags(notes: Iterable[ExportNote]) -> tuple[str, ...]:
    return tuple(sorted({tag for note in notes for tag in note.annotation.tags}))


def _about(note: ExportNote) -> str:
    return note.entity.name if note.entity else note.annotation.entity


def by_issue(notes: Iterable[ExportNote], level: str = "##") -> list[str]:
    """The notes under the issues they are on, by publication and number or title."""
    parts: list[str] = []
    for _, group in groupby(sorted(notes, key=_issue_order), key=_issue_order):
        found = list(group)
        issue, publication = found[0].issue, found[0].publication
        if issue is not None and publication is not None:
            parts.append(f"{level} {escape.heading(headline(issue, publication))}")
            parts += source(issue, publication)
        parts += entries(found)
    return parts


def _issue_order(note: ExportNote) -> tuple[str, int, str, str]:
    issue = note.issue
    return (
        ("", 0, "", "")
        if issue is None
        else (issue.publication, issue.number or 0, issue.title, issue.id)
    )


def source(issue: Issue, publication: Publication) -> list[str]:
    """Where the passages are from, and what their publication asks of those who share them."""
    parts = [f"*Source:* {cited(pieces(issue, publication))}"]
    if publication.sharing:
        parts.append(f"*Sharing:* {escape.line(publication.sharing)}")
    return parts


def entries(notes: Iterable[ExportNote]) -> Iterator[str]:
    """The notes in the order of the text, each with the passage it is on."""
    for note in sorted(notes, key=lambda note: note.order):
        yield from _entry(note)


def _entry(note: ExportNote) -> Iterator[str]:
    """An anchor to link to, the passage, and a list of what is said about it."""
    annotation = note.annotation
    name = re.sub(r"[^\w-]", "", annotation.id, flags=re.ASCII)[:8]
    yield f'<a id="h-{name}"></a>'
    if annotation.anchor and annotation.anchor.exact.strip():
        yield escape.quote(annotation.anchor.exact)
    lines = [f"- {line}" for line in _lines(note)]
    if lines:
        yield "\n".join(lines)


def _lines(note: ExportNote) -> Iterator[str]:
    annotation = note.annotation
    if annotation.kind is AnnotationKind.BOOKMARK:
        yield f"**Bookmark:** {escape.line(annotation.name)}" if annotation.name else "**Bookmark**"
    if text := escape.note(annotation.text):
        yield _indented(text)
    if annotation.tags:
        yield f"**Tags:** {escape.line(', '.join(annotation.tags))}"
    if note.mentions:
        yield f"**Mentions:** {escape.line(', '.join(note.mentions))}"
    if place := _place(note):
        yield f"**Place:** {place}"
    if note.speaker:
        yield f"**Voice:** {escape.line(_voice(note.speaker))}"
    if note.citation:
        yield f"**Cite:** {escape.line(note.citation)}"
    elif note.issue and note.publication:
        yield f"**Cite:** {cited(pieces(note.issue, note.publication, note.speaker))}"


def _indented(text: str) -> str:
    """A note inside its list item, where a fence it leaves open ends with the item."""
    if "\n" not in text:
        return f"**Note:** {text}"
    lines = (f"  {line}" if line else "" for line in text.split("\n"))
    return "\n".join(("**Note:**", "", *lines))


def _place(note: ExportNote) -> str:
    if note.is_orphan:
        return "**not found in the present text**"
    paragraph = f"¶{note.paragraph}" if note.paragraph else ""
    place = ", ".join(filter(None, (escape.line(note.section), paragraph)))
    placement = note.placement
    if placement and placement.state is AnchorState.UNSURE:
        check = f"**check: moved after an edit ({placement.score:.2f})**"
        return " · ".join(filter(None, (place, check)))
    return place


def _voice(voice: Voice) -> str:
    return ", ".join(filter(None, (voice.kind.value, voice.speaker, voice.outlet)))


def cited(found: Iterable[Piece]) -> str:
    """A citation as Markdown, in one line."""
    return "".join(map(_set, found))


def _set(piece: Piece) -> str:
    if piece.kind is PieceKind.URL:
        return f"<{piece.text}>"
    text = "".join(escape.characters(piece.text))
    return f"*{text}*" if piece.kind is PieceKind.PUBLICATION else text
