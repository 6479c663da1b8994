"""What is done with passages where they are listed: copy, note, highlight, bookmark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui import clipboard
from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.screens.working_screen import shown_path
from chinai_tui.ui.screens.writing import WritingScreen
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, note_row, passage_row
from chinai_tui.workspace import ExportReport

PASSAGE_VERBS = frozenset({"copy", "note", "bookmark", "highlight"})
"""What can be done with any passage; the others are for annotations."""


class PassageVerbs(WritingScreen[Visit | None]):
    """A screen with lists of passages on which verbs act, each on all marked rows."""

    @on(PassageList.Verb)
    async def _act(self, event: PassageList.Verb) -> None:
        await self.act(event.verb, event.rows)

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Do what a verb says with the passages among the rows, or with the annotations."""
        notes = [row for each in rows if (row := note_row(each))]
        if verb == "delete" and notes:
            self.delete_notes([row.id for row in notes])
        elif verb == "edit" and notes:
            await self.edit_note(notes[0].id)
        elif verb == "copy" and (notes or any(map(place_of, rows))):
            self.copy(rows)
        elif verb in PASSAGE_VERBS:
            await self._act_on_places(verb, [place for row in rows if (place := place_of(row))])
        else:
            self.say("that is for notes, bookmarks and highlights", warning=True)

    async def _act_on_places(self, verb: str, places: Sequence[Place]) -> None:
        notes = self.workspace.notes
        if not places:
            self.say("this acts on passages; there is none under the cursor", warning=True)
            return
        if verb == "note":
            await self.write_note(places)
            return
        passages = [(each.issue, each.role, each.start, each.end) for each in places]
        if verb == "bookmark":
            self._mark(lambda: notes.bookmark_all(passages), "bookmark", len(passages))
        else:
            color = self.highlight_color
            name = f"{color} highlight"
            self._mark(lambda: notes.highlight_all(passages, color), name, len(passages))

    def copy(self, rows: Sequence[ListRow]) -> None:
        """Copy passages, each with its citation, and annotations with their own words."""
        found = [row for row in rows if note_row(row) or place_of(row)]
        notes = sum(note_row(row) is not None for row in found)
        what = "note" if notes == len(found) else "passage"

        def job() -> str:
            """The quotations, one below the other."""
            return "\n\n".join(map(self._quoted, found))

        self.in_background(job, lambda text: self.copied(text, len(found), what), group="copy")

    def _quoted(self, row: ListRow) -> str:
        citing = self.workspace.citing
        if note := note_row(row):
            annotation = self.workspace.notes.get(note.id)
            if annotation.anchor is None:
                return annotation.text
            return "\n".join(filter(None, (citing.quote_annotation(annotation), annotation.text)))
        place = place_of(row)
        if place is None:
            return ""
        opened = self.workspace.library.open(place.issue, place.role)
        return citing.quote_passage(opened, place.start, place.end)

    def copied(self, text: str, count: int, what: str = "passage") -> None:
        """Put a text on the clipboard and say of how many passages it is."""
        clipboard.copy(self, text)
        self.say(f"{what if count == 1 else f'{count} {what}s'} copied with source")
        self.unmark()

    def _mark(self, job: Callable[[], Sequence[Annotation]], name: str, passages: int) -> None:
        """Mark so many passages behind, or take their marks away."""

        def done(made: Sequence[Annotation]) -> None:
            """Say what was made, or taken away."""
            count = len(made) or passages
            what = name if count == 1 else f"{count} {name}s"
            self.say(f"{what} {'made' if made else 'taken away'}")
            self.unmark()

        self.in_background(job, done)

    async def write_note(self, places: Sequence[Place]) -> None:
        """Write a note, the same on each of the passages."""
        first = places[0]
        text = self.workspace.library.document(first.issue, first.role).text
        await self.write(self.writing_on(places, text[first.start : first.end], self.unmark))

    async def edit_note(self, annotation_id: str) -> None:
        """Change the words of a note."""
        try:
            note = self.workspace.notes.get(annotation_id)
        except ChinaiError as error:
            self.say(clean_line(str(error)), warning=True)
            return
        if note.kind is not AnnotationKind.NOTE:
            self.say(f"a {note.kind.value} has no words; a writes a note")
            return
        await self.write(self.writing_of(note, note.anchor.exact if note.anchor else ""))

    def delete_notes(self, annotation_ids: Sequence[str]) -> None:
        """Take annotations away, at once; undo brings them back."""
        count = len(annotation_ids)
        what = "deleted" if count == 1 else f"{count} deleted"
        self.in_background(
            lambda: self.workspace.notes.delete(annotation_ids),
            lambda _: self.say(f"{what}; u brings {'it' if count == 1 else 'them'} back"),
        )

    def exported(self, report: ExportReport, what: str = "") -> None:
        """Say where an export is, whether it is another than before, and what was kept."""
        if not report.files:
            self.say(clean_line(report.told[0]) if report.told else "no notes to export")
            return
        notes = what or ("1 note" if report.notes == 1 else f"{report.notes:,} notes")
        first, *others = report.files
        place = f"{len(report.files):,} files in {shown_path(first.parent)}"
        told = f"{notes} in {place if others else shown_path(first)}"
        written = len(set(report.files) & set(report.written))
        if not written:
            told += ", unchanged"
        elif written < len(report.files):
            told += f", {written:,} of them changed"
        self.say(" · ".join((told, *map(clean_line, report.told))), warning=bool(report.told))

    def unmark(self) -> None:
        """Take the marks away once a verb has acted on the marked rows."""
        for passages in self.query(PassageList):
            passages.unmark()


def place_of(row: ListRow) -> Place | None:
    """The place of a row that is a passage or on one."""
    found = note_row(row) or passage_row(row)
    return found.place if found else None
