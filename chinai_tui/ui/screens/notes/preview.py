"""An annotation in full: its passage with what stands around it, the note, and what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chinai_tui.domain.annotation import AnchorState, Annotation
from chinai_tui.domain.entity import Entity
from chinai_tui.errors import ChinaiError
from chinai_tui.text.tags import tags_of
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.rendering.highlights import ink_of, sign_of
from chinai_tui.ui.screens.main.wording import section, voice_name
from chinai_tui.ui.screens.notes.rows import NO_ISSUE, WARNINGS, issue_parts
from chinai_tui.ui.screens.notes.words import note_lines
from chinai_tui.ui.theme import KIND_ROLES, Pens
from chinai_tui.ui.widgets.flow import Lit, Part, Row, flow, pieces
from chinai_tui.workspace import Workspace

AROUND = 160
"""Characters told before and after a passage."""
PASSAGE_LINES = 14
CITATION_LINES = 4
LINKED_LINES = 3
STYLE = "chicago"
"""A style of prose; one for bibliographies would give out keys for what one only looks at."""
REMEDIES = {
    AnchorState.UNSURE: "P takes the place as right, v places it again",
    AnchorState.ORPHAN: "P places it again",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """All that is told of an annotation."""

    note: Annotation
    name: tuple[Part, ...]
    """The issue or entity it is on."""
    section: str = ""
    before: str = ""
    passage: str = ""
    after: str = ""
    """Its passage as the text has it now, and the words around it."""
    warning: str = ""
    entities: tuple[Entity, ...] = ()
    voice: str = ""
    citation: str = ""
    linked: tuple[str, ...] = ()
    """The names of the issues that the note links."""


def read(workspace: Workspace, note: Annotation) -> Preview:
    """All that is told of an annotation; opens the text it is on.

    Raises:
        StoreError: The text cannot be read.
    """
    issues = workspace.notes.issues_of(note)
    parts = [issue_parts(workspace, issue) for issue in issues]
    linked = tuple("".join(part.text for part in each) for each in parts)
    return replace(_read(workspace, note), linked=linked)


def _read(workspace: Workspace, note: Annotation) -> Preview:
    """The same without the issues that it links."""
    entities = tuple(workspace.notes.entities_of(note))
    anchor = note.anchor
    if note.entity:
        name = next((each.name for each in entities if each.id == note.entity), note.entity)
        return Preview(note, (Part(name, "strong", bold=True),), entities=entities)
    voice = voice_name(note.voice) if note.voice else ""
    try:
        issue = workspace.library.issue(note.issue)
    except ChinaiError:
        unknown = Part(note.issue, "strong", bold=True)
        around = (anchor.prefix, anchor.exact, anchor.suffix) if anchor else ("", "", "")
        return Preview(note, (unknown,), "", *around, NO_ISSUE, entities, voice)
    parts = issue_parts(workspace, issue)
    citation = workspace.citing.cite(issue.id, STYLE, note.voice)
    placement = workspace.notes.placement(note)
    if anchor is None or placement is None:
        return Preview(note, parts, entities=entities, citation=citation)
    warning = ""
    if placement.state in WARNINGS:
        warning = f"{WARNINGS[placement.state]}: {REMEDIES[placement.state]}"
    under, around = "", (anchor.prefix, anchor.exact, anchor.suffix)
    if placement.state is not AnchorState.ORPHAN:
        document = workspace.library.document(issue.id, anchor.role)
        start, end = placement.start, placement.end
        under = section(document, document.block_at(start))
        text = document.text
        around = (text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])
    return Preview(note, parts, under, *around, warning, entities, voice, citation)


def draw(preview: Preview, width: int, pens: Pens) -> list[Row]:
    """The lines of a preview, the most telling first."""
    note = preview.note
    kind = " ".join(filter(None, (note.color, note.kind.value, note.name)))
    head = (Part(f"{sign_of(note)} ", ink_of(note)), Part(kind, "dim"))
    date = pieces((Part(spelled(note.created[:10]), "dim"),), pens)
    rows = [Row([]), Row(pieces(head, pens), date)]
    rows += _text("".join(part.text for part in preview.name), width, pens, "strong", 2)
    under = "" if preview.passage.startswith(preview.section) else preview.section
    told = " · ".join(filter(None, (under, preview.voice)))
    rows += _text(told, width, pens, "dim", 2)
    for part in _parts(preview, width, pens):
        if part:
            rows += [Row([]), *part]
    return rows


def _parts(preview: Preview, width: int, pens: Pens) -> Iterator[list[Row]]:
    note = preview.note
    if preview.warning:
        yield _text(f"? {preview.warning}", width, pens, "state", 3)
    yield _passage(preview, width, pens)
    yield note_lines(note.text, width, pens) if note.text else []
    written = tags_of(note.text)
    tags = [f"#{tag}" for tag in note.tags if tag not in written]
    yield _text(" ".join(tags), width, pens, "link", 2)
    yield _names(preview.entities, width, pens)
    yield _text(" · ".join(preview.linked), width, pens, "link", LINKED_LINES)
    yield _text(preview.citation, width, pens, "dim", CITATION_LINES)
    yield _text(f"by {note.creator}" if note.creator else "", width, pens, "dim", 1)


def _passage(preview: Preview, width: int, pens: Pens) -> list[Row]:
    """The passage, underlined, among the words around it."""
    before, after = preview.before, preview.after
    if len(before) >= AROUND:
        before = f"… {before.partition(' ')[2] or before}"
    if len(after) >= AROUND:
        after = f"{after.rpartition(' ')[0] or after} …"
    lit = Lit(len(before), len(before) + len(preview.passage), "strong")
    text = f"{before}{preview.passage}{after}"
    lines = flow(text, width, pens, role="faint", lit=(lit,), limit=PASSAGE_LINES)
    return [Row(line) for line in lines]


def _names(entities: tuple[Entity, ...], width: int, pens: Pens) -> list[Row]:
    """The names of entities in the colours of their kinds, as many as two lines hold."""
    text, lit = "", []
    for entity in entities:
        start = len(text) + 2 if text else 0
        text += f"{', ' if text else ''}{entity.name}"
        lit.append(Lit(start, len(text), KIND_ROLES[entity.kind]))
    return [Row(line) for line in flow(text, width, pens, role="dim", lit=lit, limit=2)]


def _text(text: str, width: int, pens: Pens, role: str, limit: int) -> list[Row]:
    return [Row(line) for line in flow(text, width, pens, role=role, limit=limit)]
