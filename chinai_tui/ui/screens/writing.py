"""Writing notes in a pane of the screen one is on: what every such screen shares.

`await self.write(self.writing_on([place]))` opens the pane with the draft there is. The screen
goes on working beside it; `after_writing` is called when the pane is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.screen import ScreenResultType
from textual.widget import Widget

from chinai_tui.domain.annotation import AnchorState, Annotation
from chinai_tui.errors import OutdatedError
from chinai_tui.ui.messages import Place
from chinai_tui.ui.screens.working_screen import WorkingScreen

if TYPE_CHECKING:
    from chinai_tui.ui.widgets.note_pane import NotePane
    from chinai_tui.ui.widgets.note_writing import Offer, Write, Writing

BESIDE = 120
"""Columns from which a note is written beside what it is about."""
MOST_NAMES = 5
ONE_AT_A_TIME = "one note at a time: ^S saves this one, Esc keeps it as a draft"
DRAFT_KEPT = "kept as a draft: it comes back when one writes here again"

CHANGED_ELSEWHERE = "changed elsewhere; ^S again replaces it"


class WritingScreen(WorkingScreen[ScreenResultType]):
    """A screen that has a pane for a note while one writes one."""

    _before_writing: Widget | None = None
    """What had the keys."""

    # What subclasses say

    def place_note(self, pane: NotePane) -> None:
        """Give the pane its place, also when the screen has another size."""
        beside = self.size.width >= BESIDE
        pane.set_class(beside, "-beside")
        pane.set_class(not beside, "-below")
        self.set_class(beside, "-writing-beside")

    def after_writing(self) -> None:
        """Called when the pane is gone: go on where one was."""
        if self._before_writing is not None and self._before_writing.is_attached:
            self.set_focus(self._before_writing, scroll_visible=False)
        self.show_keys_here()

    def show_keys_here(self) -> None:
        """Show the keys that do something where one is."""

    # The pane

    @property
    def note_pane(self) -> NotePane | None:
        """The pane, while there is one."""
        found = self.query("NotePane")
        return found.first() if found else None  # type: ignore[return-value]

    async def write(self, writing: Writing, *, outside: bool = False) -> None:
        """Open the pane; it has the keys when this returns.

        With `outside` the words are written in the user's own editor, and saved when that is
        closed. While another note is being written that one has the keys instead.
        """
        from chinai_tui.ui.widgets.note_pane import NotePane

        if self.note_pane is not None:
            self.note_pane.take_keys()
            self.say(ONE_AT_A_TIME)
            return
        self._before_writing = self.focused
        pane = NotePane(writing)
        self.place_note(pane)
        await self.mount(pane, before=self.status)
        pane.take_keys()
        if outside:
            pane.edit_outside(is_all=True)

    async def on_note_pane_closed(self, event: NotePane.Closed) -> None:
        """Take the pane away and say what became of the words."""
        from chinai_tui.ui.widgets.note_writing import Outcome

        await event.pane.remove()
        self.remove_class("-writing-beside")
        self.after_writing()
        said = {
            Outcome.SAVED: event.pane.writing.said,
            Outcome.DRAFT: DRAFT_KEPT,
            Outcome.THROWN: "thrown away",
        }
        if event.outcome in said:
            self.say(said[event.outcome])

    @on(events.DescendantFocus)
    def _follow_writing(self) -> None:
        """While one writes, the keys of the pane are told."""
        pane = self.note_pane
        if pane is None:
            return
        if self.focused is not None and pane in self.focused.ancestors:
            self.keys.show_hints(pane.keys)
        else:
            self.show_keys_here()

    def on_resize(self) -> None:
        """Place the pane anew."""
        if self.note_pane is not None:
            self.place_note(self.note_pane)

    # What is written

    def writing_on(
        self, places: Sequence[Place], quote: str = "", saved: Callable[[], None] = lambda: None
    ) -> Writing:
        """A note on passages, the same on each; `quote` where they are not on screen."""
        notes, first = self.workspace.notes, places[0]

        def save(text: str) -> None:
            """Write it on each, in one step."""
            notes.note_all([(each.issue, each.role, each.start, each.end) for each in places], text)

        several = f"+{len(places) - 1}" if len(places) > 1 else ""
        key = self._draft_key(first, several)
        count = f" on {len(places)} passages" if several else ""
        writing = self._writing(key, save, f"Note{count}", f"noted{count}")
        return replace(writing, quote=quote, saved=saved)

    def _draft_key(self, place: Place, several: str) -> str:
        """The key of the draft on a passage, wherever that was when one began to write.

        `several` ends the keys of drafts on further passages too.
        """
        notes, suffix = self.workspace.notes, several.removeprefix("+")
        for draft in notes.drafts(place.issue):
            now = notes.placement(draft)
            if (
                now is not None
                and (now.start, now.end) == (place.start, place.end)
                and now.state is not AnchorState.ORPHAN
                and draft.anchor is not None
                and draft.anchor.role is place.role
                and draft.id.partition("+")[2] == suffix
            ):
                return draft.id
        key = f"passage:{place.issue}:{place.role}:{place.start}-{place.end}"
        # The draft of a passage that was here before the text changed keeps its own key.
        while notes.draft(key + several):
            key += "~"
        return key + several

    def writing_on_lost(self, draft: Annotation) -> Writing:
        """A draft that has no place in the text: a note on the issue, quoting its lost passage."""
        words = draft.anchor.exact if draft.anchor else ""
        quoted = "".join(f"> {line}\n" for line in words.splitlines())
        lead = f"{quoted}\n" if quoted else ""
        writing = self._writing(
            draft.id,
            lambda text: self.workspace.notes.issue_note(draft.issue, f"{lead}{text}"),
            "Note on the issue",
            "noted on the issue",
        )
        return replace(writing, quote=words)

    def writing_of(self, note: Annotation, quote: str = "") -> Writing:
        """Other words for a note that there is, of those it has or had when the draft was begun."""
        notes, key = self.workspace.notes, f"note:{note.id}"
        begun = notes.draft_seen(key)
        seen = begun = note.text if begun is None else begun

        def save(text: str) -> None:
            """Replace the words that were shown; others only when one saves again."""
            nonlocal seen
            try:
                notes.edit(note.id, text, seen=seen)
            except OutdatedError as error:
                seen = notes.get(note.id).text
                raise OutdatedError(CHANGED_ELSEWHERE) from error

        writing = self._writing(key, save, "Edit note", "note changed")
        return replace(
            writing,
            keep=lambda text: notes.keep_draft(key, text, begun),
            text=note.text,
            quote=quote,
            is_outdated=begun != note.text,
        )

    def writing_on_issue(self, issue_id: str, name: str) -> Writing:
        """A note on an issue itself."""
        return self._writing(
            f"issue:{issue_id}",
            lambda text: self.workspace.notes.issue_note(issue_id, text),
            f"Note on {name}",
            f"noted on {name}",
        )

    def writing_on_entity(self, entity_id: str, name: str) -> Writing:
        """A note on an entity itself."""
        return self._writing(
            f"entity:{entity_id}",
            lambda text: self.workspace.notes.entity_note(entity_id, text),
            f"Note on {name}",
            f"noted on {name}",
        )

    def _writing(self, key: str, save: Write, title: str, said: str) -> Writing:
        from chinai_tui.ui.widgets.note_writing import Writing

        notes = self.workspace.notes
        return Writing(
            save,
            lambda text: notes.keep_draft(key, text),
            title=title,
            said=said,
            draft=notes.draft(key),
            tags=self._offer_tags(),
            names=self._offer_names,
        )

    def _offer_tags(self) -> Offer:
        """Tags that begin with some letters, those used most first."""
        tags = [tag for tag, _ in self.workspace.memos.tags()]

        def offer(typed: str) -> list[str]:
            """Not the very word that stands there."""
            begin = typed.casefold()
            return [each for each in tags if each.casefold().startswith(begin) and each != typed]

        return offer

    def _offer_names(self, typed: str) -> list[str]:
        hits = self.workspace.entities.jump(typed, MOST_NAMES) if typed.strip() else []
        return list(dict.fromkeys(hit.entity.name for hit in hits))
