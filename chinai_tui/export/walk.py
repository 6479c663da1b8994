"""Goes over a page and has a profile set its parts: the one way from notes to a file.

Nothing depends on the hour, so that the same notes give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from chinai_tui.domain.annotation import AnchorState, AnnotationKind, Voice
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.issue import Original
from chinai_tui.export.citations import (
    Piece,
    PieceKind,
    headline,
    listed,
    pieces,
    translated_from,
)
from chinai_tui.export.fragments import link_to
from chinai_tui.export.model import WITH_COPIES, ExportNote, Page, Source, Value, key_of
from chinai_tui.export.profiles.form import Entry, Linked, Profile
from chinai_tui.text.sanitise import safe_url

_KINDS = {
    EntityKind.COMPANY: "Companies",
    EntityKind.AGENCY: "Agencies",
    EntityKind.UNIVERSITY: "Universities",
    EntityKind.PERSON: "People",
    EntityKind.GROUP: "Groups",
    EntityKind.PLACE: "Places",
    EntityKind.PRODUCT: "Products",
}
_ORDER = list(EntityKind)


class Walker:
    """Sets pages in one profile, all from the same notes."""

    def __init__(
        self, profile: Profile, files: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        """Take the profile, and the names of the files that links may lead to, by `Page.key`."""
        self._profile = profile
        self._files = files or {}
        self._cited: dict[tuple[str, Voice | None, bool], str] = {}

    def render(self, page: Page) -> str:
        """The file of a page."""
        profile = self._profile
        fields: dict[str, Value] = {
            "title": page.title,
            "aliases": (),
            "type": page.type,
            "id": page.id,
        }
        fields |= page.fields
        told = {name: profile.value(name, each) for name, each in fields.items()}
        head = profile.head.write({**told, **profile.fields})
        parts = [profile.heading(page.heading or page.title, 1)]
        if page.source:
            parts += self.source_lines(page.source)
        for section in page.sections:
            if section.title:
                parts.append(profile.heading(section.title, 2))
            if section.source:
                parts += self.source_lines(section.source)
            parts += self.entries(section.notes, copies=page.type in WITH_COPIES)
        sources = (note.source for note in page.notes if note.source)
        full = {each.key: self._citation(each, None) for each in sources}
        return head + profile.body([*parts, *profile.footnotes(full)])

    def source_lines(self, source: Source) -> Iterator[str]:
        """Where passages are from, and what their publication asks of those who share them."""
        profile = self._profile
        told = {"Source": self._citation(source, None)}
        if credit := _credit(source):
            told["Translation"] = profile.text(credit)
        if source.publication.sharing:
            told["Sharing"] = profile.text(source.publication.sharing)
        for label, content in told.items():
            yield profile.paragraph(f"{profile.emphasis(f'{label}:')} {content}")

    def entries(self, notes: Iterable[ExportNote], *, copies: bool = False) -> Iterator[str]:
        """The notes in the order they have, each with the passage it is on, as blocks.

        `copies` says that they may stand on other pages too.
        """
        for note in notes:
            anchor = note.annotation.anchor
            entry = Entry(
                block=note.block,
                title=_title(note),
                words=anchor.exact if anchor else "",
                items=list(self._items(note)),
                anchor_id=note.annotation.id,
                is_copy=copies,
            )
            yield from self._profile.entry(entry)

    def _items(self, note: ExportNote) -> Iterator[tuple[str, str]]:
        """What is said of a passage, by labels."""
        annotation, profile = note.annotation, self._profile
        if annotation.kind is AnnotationKind.BOOKMARK:
            yield "Bookmark", profile.text(annotation.name)
        if annotation.color:
            yield "Colour", profile.text(annotation.color)
        if annotation.text.strip():
            links = {name: self._linked(target) for name, target in note.links.items()}
            yield "Note", profile.note(annotation.text, links)
        if note.by:
            yield "By", profile.text(note.by)
        mentions = sorted(note.mentions, key=lambda each: _ORDER.index(each.kind))
        for kind, group in groupby(mentions, key=lambda each: each.kind):
            yield _KINDS[kind], ", ".join(map(self._mention, group))
        if annotation.tags:
            yield "Tags", profile.tags(annotation.tags)
        if where := " · ".join(self._where(note)):
            yield "Where", where
        if note.source:
            yield "Cite", self._cite(note, note.source)

    def _linked(self, target: Entity | Source) -> Linked:
        page = self._files.get(key_of(target), "")
        if isinstance(target, Entity):
            return Linked(target.name, page)
        name = headline(target.issue, target.publication, short=True)
        return Linked(name, page, safe_url(target.issue.url))

    def _mention(self, entity: Entity) -> str:
        name = self._profile.reference(self._linked(entity), entity.name)
        return f"{name} ({self._profile.text(entity.han)})" if entity.han else name

    def _where(self, note: ExportNote) -> Iterator[str]:
        """The web page at the passage, the paragraph, when it was saved, what is not sure."""
        anchor, placement, profile = note.annotation.anchor, note.placement, self._profile
        if anchor is None:
            return
        if anchor.role is not DocumentRole.TEXT:
            yield profile.text(f"in the {anchor.role.value}")
        elif note.source:
            words = "" if note.is_orphan else anchor.exact
            if url := link_to(note.source.issue.url, words, note.beside):
                yield profile.link(url, "web")
        if paragraph := _paragraph(note):
            yield profile.text(paragraph)
        if note.accessed:
            yield profile.text(f"saved {note.accessed}")
        if note.is_orphan:
            yield profile.strong("not found in the present text")
        elif placement and placement.state is AnchorState.UNSURE:
            yield profile.strong(f"check: text moved after an edit ({placement.score:.2f})")

    def _cite(self, note: ExportNote, source: Source) -> str:
        short = self._citation(source, note.speaker, short=True)
        return self._profile.cite(short, self._citation(source, note.speaker), source.key)

    def _citation(self, source: Source, voice: Voice | None, *, short: bool = False) -> str:
        """The citation of an issue, or of a passage by its voice; the same ones come often."""
        key = (source.issue.id, voice, short)
        if key not in self._cited:
            issue, publication, original = source.issue, source.publication, source.original
            found = pieces(issue, publication, voice, original=original, short=short)
            self._cited[key] = cited(found, self._profile)
        return self._cited[key]


def _credit(source: Source) -> str:
    """Who wrote what the issue translates, and who translated it."""
    original = translated_from(None, source.original)
    if original == Original():
        return ""
    authors = source.issue.authors or source.publication.authors
    by = original.translator or listed(authors)
    title = original.title_han or original.title
    named = (listed(original.authors), f"“{title}”" if title else "", original.outlet)
    translated = "were translated" + (f" by {by}" if by else "")
    told = f"{translated} from {', '.join(filter(None, named))}".replace("”,", ",”")
    return f"excerpts marked “translation” {told}; cite the translation when sharing."


def _title(note: ExportNote) -> str:
    """Where a passage stands and whose words it is: `Key Takeaways, ¶14 — translation`."""
    place = ", ".join(filter(None, (note.section.rstrip(":： "), _paragraph(note))))
    return " — ".join(filter(None, (place, note.speaker.kind.value if note.speaker else "")))


def _paragraph(note: ExportNote) -> str:
    return f"¶{note.paragraph}" if note.paragraph else ""


def cited(found: Iterable[Piece], profile: Profile) -> str:
    """A citation, in one line."""
    return "".join(_set(piece, profile) for piece in found)


def _set(piece: Piece, profile: Profile) -> str:
    if piece.kind is PieceKind.URL:
        return profile.link(piece.text)
    if piece.kind is PieceKind.PUBLICATION:
        return profile.emphasis(piece.text)
    # A profile trims what it sets, and the pieces have the spaces between them at their edges.
    start = " " if piece.text.startswith(" ") else ""
    end = " " if piece.text.rstrip(" ") != piece.text and piece.text.strip() else ""
    return f"{start}{profile.text(piece.text)}{end}"
