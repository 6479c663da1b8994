"""Writing notes beside the text, and looking after those that stand in the margin list."""

from __future__ import annotations

from textual import on

from chinai_tui.domain.annotation import AnchorState, Annotation, AnnotationKind
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.panes import Face
from chinai_tui.ui.screens.main.passage_actions import PassageActions
from chinai_tui.ui.screens.main.wording import issue_name
from chinai_tui.ui.screens.writing import ONE_AT_A_TIME
from chinai_tui.ui.widgets.margin_list import MarginList, MarginRow

PLACE_HOW = "select the new passage with v, then P places the note there"
DRAFT_HOW = "a draft: a opens it, and ^G there throws it away"
NOTHING_LOST = "no note of this issue waits for a place"


class NoteActions(PassageActions):
    """Notes are written in a pane of this screen, the passage lit beside it."""

    _pane_before = Pane.READER
    """The pane that was in use when one began to write."""
    _placing: Annotation | None = None
    """The note that is to be placed again."""

    # Writing

    async def action_note(self) -> None:
        """Write a note on the passage, or on the name under the cursor of the sidebar."""
        await self._write_note(outside=False)

    async def action_note_outside(self) -> None:
        """Write it in the user's own editor."""
        await self._write_note(outside=True)

    async def _write_note(self, *, outside: bool) -> None:
        if self.note_pane is not None:
            self.use_pane(Pane.SIDEBAR)
            self.say(ONE_AT_A_TIME)
            return
        name = self.names.current if self.face is Face.NAMES else None
        if self.in_sidebar and name is not None:
            self._pane_before = self.pane
            entity = name.entity
            await self.write(self.writing_on_entity(entity.id, entity.name), outside=outside)
            return
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        there = self._note_on(start, end)
        if there is not None:
            await self._edit(there, outside=outside)
            return
        place = Place(opened.issue.id, opened.role, start, end)
        writing = self.writing_on([place], saved=self.in_hand[1].end_selection)
        self._light(start, end)
        await self.write(writing, outside=outside)

    def _note_on(self, start: int, end: int) -> Annotation | None:
        """The latest note on these very words."""
        found = [
            each.annotation
            for each in self.placed_at(start, end)
            if each.annotation.kind is AnnotationKind.NOTE
            and (each.placement.start, each.placement.end) == (start, end)
        ]
        return max(found, key=lambda each: each.created, default=None)

    async def action_issue_note(self) -> None:
        """Write a note on the issue itself."""
        if self.opened is not None:
            self._pane_before = self.pane
            name = issue_name(self.opened.issue, self.opened.publication)
            await self.write(self.writing_on_issue(self.opened.issue.id, name))

    async def _edit(self, note: Annotation, *, outside: bool = False) -> None:
        """Change the words of a note, its passage lit."""
        placed = self.opened.annotations if self.opened else ()
        place = next((each.placement for each in placed if each.annotation.id == note.id), None)
        if place is not None and place.state is not AnchorState.ORPHAN:
            self._light(place.start, place.end)
        else:
            self._pane_before = self.pane
        quote = note.anchor.exact if note.anchor and self.lit is None else ""
        await self.write(self.writing_of(note, quote), outside=outside)

    def _light(self, start: int, end: int) -> None:
        """Light the passage one writes on, and keep it on screen; in the second text it is."""
        self._pane_before = self.pane
        if self.in_hand[1] is not self.reader:
            return
        self.lit = (start, end)
        self.refresh_marks()
        if self.reader.selection is None:
            self.reader.go_to(start, end)
        self.call_after_refresh(self.reader.show_current)

    def after_writing(self) -> None:
        """Be where one was."""
        self.lit = None
        self.refresh_marks()
        self.turn_sidebar(self.face)
        self.use_pane(self._pane_before)

    # The margin list

    @on(MarginList.Highlighted)
    def _show_annotation(self, event: MarginList.Highlighted) -> None:
        """Bring the passage on screen beside the list."""
        if self.arrangement is not None and self.arrangement.reader:
            self._show_row(event.row)

    @on(MarginList.Opened)
    async def _open_annotation(self, event: MarginList.Opened) -> None:
        if event.row.is_draft:
            await self.action_edit_here()
        elif event.row.is_orphan or event.row.placement is None:
            self.action_place_here()
        else:
            self.use_pane(Pane.READER)
            self._show_row(event.row)

    def _show_row(self, row: MarginRow) -> None:
        place = row.placement
        if place is not None and not row.is_orphan:
            self.leave_trace()
            self.reader.go_to(place.start, place.end)

    async def action_edit_here(self) -> None:
        """Edit the note or draft under the cursor; what has no words becomes a note on its own."""
        row = self.margin.current
        if row is None:
            self.say("nothing is marked here")
        elif row.is_draft and (row.is_orphan or row.placement is None):
            self._pane_before = self.pane
            await self.write(self.writing_on_lost(row.annotation))
        elif row.annotation.kind is AnnotationKind.NOTE and not row.is_draft:
            await self._edit(row.annotation)
        elif row.placement is not None and not row.is_orphan and self.opened is not None:
            place = Place(
                self.opened.issue.id, self.opened.role, row.placement.start, row.placement.end
            )
            self._light(place.start, place.end)
            await self.write(self.writing_on([place]))

    def action_delete_here(self) -> None:
        """Delete what is under the cursor."""
        row = self.margin.current
        if row is not None and row.is_draft:
            self.say(DRAFT_HOW)
        elif row is not None:
            self.delete([row.annotation])

    def action_place_here(self) -> None:
        """Confirm the place of what is under the cursor, or begin to place it again."""
        row = self.margin.current
        if row is not None and row.is_draft:
            self.say(DRAFT_HOW)
        elif row is None or row.state in (None, AnchorState.EXACT, AnchorState.MOVED):
            self.say("this one stands where it belongs")
        elif row.state is AnchorState.UNSURE:
            note = row.annotation
            self.in_background(
                lambda: self.workspace.notes.confirm(note.id),
                lambda _: self.say(f"the place of the {note.kind} is confirmed"),
            )
        else:
            self.take_in_hand(row.annotation)

    def take_in_hand(self, note: Annotation) -> None:
        """Go to the text to choose another passage for a note."""
        self._placing = note
        self.use_pane(Pane.READER)
        self.say(PLACE_HOW)

    def action_place(self) -> None:
        """Put the note that waits for a place on the passage."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        note = self._waiting()
        if note is None:
            return
        self._placing = None
        self.reader.end_selection()
        place = self.workspace.notes.place_again
        self.in_background(
            lambda: place(note.id, opened.role, start, end),
            lambda _: self.say(f"the {note.kind} stands here now; U takes that back"),
        )

    def _waiting(self) -> Annotation | None:
        """The note to be placed: the one that was chosen, else the only one that waits."""
        if self.opened is None:
            return None
        placed = self.opened.annotations
        states = (AnchorState.ORPHAN, AnchorState.UNSURE)
        waiting = [each.annotation for each in placed if each.placement.state in states]
        chosen = self.margin.current if self.face is Face.NOTES else None
        for wanted in (self._placing, chosen.annotation if chosen else None):
            if wanted is not None and wanted.id in (each.id for each in waiting):
                return wanted
        if len(waiting) != 1:
            self.say(
                "choose in the list of notes (e) which one is meant" if waiting else NOTHING_LOST
            )
            return None
        return waiting[0]
