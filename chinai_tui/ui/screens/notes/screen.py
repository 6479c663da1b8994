"""The browser of what one has marked and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from chinai_tui.domain.annotation import AnchorState, Annotation, Color
from chinai_tui.errors import ChinaiError
from chinai_tui.text.fields import quoted
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.rendering.highlights import INKS, SIGNS
from chinai_tui.ui.screens.notes.asking import ChoosingScreen, Retagging, RetagScreen
from chinai_tui.ui.screens.notes.listing import NotesListing
from chinai_tui.ui.screens.notes.reading import Listed, View
from chinai_tui.ui.screens.passage_screen import Standing
from chinai_tui.ui.widgets.choice_list import Choice
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredNote, ListRow, note_row
from chinai_tui.workspace import ExportBy, ExportTarget, Workspace

NO_COLOR = "none"
AMONG = 200
"""Notes before and after one that one goes to, for stepping on from there."""
SHOWN = View()
RESTORE = "notes.restore"
IN_BIN = "it is in the bin; R brings it back"


class NotesScreen(NotesListing):
    """All annotations, the bookmarks alone, or what was deleted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(each for each in bindings(Scope.NOTES) if each.action.startswith("screen."))
    ]
    KEYS = (
        "passages.down",
        "passages.open",
        "passages.filter",
        "passages.edit",
        "passages.delete",
        "passages.undo",
        "passages.mark_row",
        "notes.retag",
        "passages.export",
        "help",
        "notes.order",
        "notes.tags",
        "notes.bin",
        "passages.copy",
        "notes.recolor",
    )
    MEMO_KEYS = ("passages.down", "notes.move_down", *KEYS[1:])
    BIN_KEYS = (
        "passages.down",
        RESTORE,
        "passages.filter",
        "passages.mark_row",
        "notes.bin",
        "help",
    )

    def __init__(
        self,
        workspace: Workspace,
        view: View = SHOWN,
        standing: Standing | None = None,
        *,
        is_wanted: bool | None = None,
    ) -> None:
        """List what a view asks for.

        `standing` and `is_wanted`, whether notes are shown in full, tell how a list was left that
        is opened again.
        """
        super().__init__(workspace, view, standing, is_wanted)
        self._before_bin = SHOWN

    def show_keys_here(self) -> None:
        """Show the keys that do something with what is listed."""
        if self.is_typing:
            return
        if self.view.listed is Listed.BIN:
            self.show_keys(self.BIN_KEYS, {"notes.bin": "notes"})
        else:
            self.show_keys(self.MEMO_KEYS if self.reading and self.reading.memo else self.KEYS)

    # What is listed

    def action_order(self) -> None:
        """List the latest first, or by issue and place; a memo stands in its own order."""
        if self.view.listed is Listed.BIN:
            self.say("the bin stands by the day of deletion")
        else:
            self.look_at(replace(self.view, by_place=not self.view.by_place))

    def action_bin(self) -> None:
        """Show what was deleted, or again what was listed before, its filter too."""
        if self.view.listed is Listed.BIN:
            wanted = self._before_bin
        else:
            self._before_bin = replace(self.view, text=self.filter_text)
            wanted = View(Listed.BIN)
        self.filter_text = wanted.text
        self.look_at(wanted)

    async def action_list_tags(self) -> None:
        """Choose the memo of a tag."""
        tags = self.workspace.memos.tags()
        if not tags:
            self.say("no tags yet: t gives the note one")
            return
        choices = [Choice(tag, f"#{tag}", f"{count:,}", role="link") for tag, count in tags]

        def chosen(tag: str | None) -> None:
            """Show its passages in their order."""
            if tag is not None:
                self.filter_text = f"tag:{quoted(tag)}"
                self.look_at(View(Listed.NOTES, self.filter_text))

        await self.app.push_screen(ChoosingScreen("Memo", choices), chosen)

    # Going to a passage

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        row = note_row(event.row)
        if row is None:
            return
        if self.view.listed is Listed.BIN:
            self.say(IN_BIN)
            return
        if row.place is not None:
            self.dismiss(Visit(row.place, self._places()))
            return
        entity = self.workspace.notes.get(row.id).entity
        if entity:
            await self.open_entity(entity)
        else:
            self.say(row.warning, warning=True)

    def _places(self) -> tuple[Place, ...]:
        """The places of the notes around the cursor that have one, in their order."""
        near = range(self.list.cursor - AMONG, self.list.cursor + AMONG)
        rows = [self.list.rows[at] for at in near if 0 <= at < len(self.list.rows)]
        return tuple(row.place for each in rows if (row := note_row(each)) and row.place)

    # Verbs

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Act on the annotations themselves, or on the passages they are on."""
        ids = [row.id for row in rows if isinstance(row, DeferredNote)]
        if not ids:
            return
        if verb == "restore":
            self._restore(ids)
        elif self.view.listed is Listed.BIN:
            self.say(IN_BIN)
        elif verb in ("up", "down"):
            self._move(ids, 1 if verb == "down" else -1)
        elif verb == "retag":
            await self._retag(ids)
        elif verb == "recolor":
            await self._recolor(ids)
        elif verb == "place":
            self._settle(ids)
        elif verb == "elsewhere":
            self._place_again(ids[0])
        else:
            await super().act(verb, rows)

    def _restore(self, ids: Sequence[str]) -> None:
        if self.view.listed is not Listed.BIN:
            self.say("D shows what was deleted; R brings it back from there")
            return
        many = "" if len(ids) == 1 else f"{len(ids):,} "
        self._change(lambda: self.workspace.notes.restore(ids), f"{many}brought back")

    def _move(self, ids: Sequence[str], by: int) -> None:
        memo = self.reading.memo if self.reading else ""
        if memo:
            self.in_background(lambda: self.workspace.memos.move(memo, ids, by))
        else:
            self.say("rows move in a memo: T lists them, or filter by tag:… alone")

    async def _retag(self, ids: Sequence[str]) -> None:
        notes = self.workspace.notes
        own = dict.fromkeys(tag for note in notes.some(ids) for tag in note.tags)

        def answered(asked: Retagging | None) -> None:
            """Do it with all of them at once."""
            if asked is not None:
                said = asked.told if len(ids) == 1 else f"{len(ids):,} notes: {asked.told}"
                self._change(lambda: notes.retag(ids, asked.add, asked.remove), said)

        box = RetagScreen(len(ids), tuple(own), self.workspace.memos.tags())
        await self.app.push_screen(box, answered)

    async def _recolor(self, ids: Sequence[str]) -> None:
        notes = self.workspace.notes
        present = {note.color for note in notes.some(ids)}
        choices = [Choice(each, each, key=SIGNS[each], role=INKS[each]) for each in Color]
        choices.append(Choice(NO_COLOR, "no colour"))

        def change(color: str) -> None:
            """The next highlight has the same colour."""
            notes.recolor(ids, color)
            if color:
                self.keep_color(Color(color))

        def answered(color: str | None) -> None:
            """Give all of them that colour."""
            if color is not None:
                wanted = "" if color == NO_COLOR else color
                many = "" if len(ids) == 1 else f"{len(ids):,} notes: "
                self._change(lambda: change(wanted), f"{many}{wanted or 'no colour'}")

        current = present.pop() if len(present) == 1 else ""
        await self.app.push_screen(ChoosingScreen("Colour", choices, current), answered)

    def _change(self, job: Callable[[], object], said: str) -> None:
        """Change annotations behind, take the marks away and say what was done."""

        def done(_: object) -> None:
            """Say it once it is on disk."""
            self.say(f"{said}; u undoes it")
            self.unmark()

        self.in_background(job, done)

    # Places

    def _settle(self, ids: Sequence[str]) -> None:
        """Take the places that are in doubt as right; place one again whose words are lost."""
        notes = self.workspace.notes
        lost = [note.id for note in notes.some(ids) if self._is(note, AnchorState.ORPHAN)]
        if lost and len(ids) == 1:
            self._place_again(lost[0])
            return

        def job() -> int:
            """How many there were to confirm."""
            flagged = [note.id for note in notes.some(ids) if self._is(note, AnchorState.UNSURE)]
            if flagged:
                notes.confirm_all(flagged)
            return len(flagged)

        def done(count: int) -> None:
            """Say how many there were."""
            places = "place" if count == 1 else f"{count:,} places"
            self.say(f"{places} confirmed; u undoes it" if count else "no place here is in doubt")
            self.unmark()

        self.in_background(job, done)

    def _is(self, note: Annotation, state: AnchorState) -> bool:
        placement = self.workspace.notes.placement(note)
        return placement is not None and placement.state is state

    def _place_again(self, annotation_id: str) -> None:
        """Go to the issue with the annotation in hand, near where its passage was."""
        note = self.workspace.notes.get(annotation_id)
        if note.anchor is None:
            self.say("it is not on a passage")
            return
        try:
            issue = self.workspace.library.issue(note.issue)
            role = note.anchor.role if note.anchor.role in issue.documents else issue.main_role
            length = len(self.workspace.library.document(issue.id, role).text)
        except ChinaiError:
            self.say("its issue is not in the library", warning=True)
            return
        if not any(self._is(note, each) for each in (AnchorState.ORPHAN, AnchorState.UNSURE)):
            self.say("this one stands where it belongs")
            return
        start, end = min(note.anchor.start, length), min(note.anchor.end, length)
        self.dismiss(Visit(Place(issue.id, role, start, end), placing=annotation_id))

    # Files

    def action_export(self) -> None:
        """Write the files of all notes, or of those that are listed; a memo is one file."""
        if self.view.listed is Listed.BIN:
            self.say(IN_BIN)
            return
        if self.reading and self.reading.query.problems:
            # More would leave than is meant.
            self.say("nothing is written, since the filter cannot be read", warning=True)
            return
        memo = self.reading.memo if self.reading else ""
        is_part = self.view.listed is Listed.BOOKMARKS or bool(self.view.text)
        chosen = frozenset(row.id for row in self.list.rows) if is_part else None
        target = ExportTarget(chosen=chosen)
        if memo:
            target = replace(target, tag=memo, name=memo, by=ExportBy.ONE)
        self.in_background(
            lambda: self.workspace.transfer.export(target, self.folder), self.exported
        )
