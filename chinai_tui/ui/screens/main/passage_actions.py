"""What is done to the selection or the current paragraph: mark, note, copy, say whose words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from chinai_tui.domain.annotation import Annotation, Voice
from chinai_tui.domain.document import DocumentRole
from chinai_tui.ui import clipboard
from chinai_tui.ui.screens.main.links import NOTHING_OPEN, LinkActions
from chinai_tui.ui.screens.main.wording import quoted, voice_name
from chinai_tui.workspace import OpenedIssue


class PassageActions(LinkActions):
    """Verbs on a passage; each says what it did when it is on disk."""

    def passage(self) -> tuple[OpenedIssue, int, int] | None:
        """The selection, or else the current paragraph, of the open document."""
        if self.opened is None or not self.opened.document.blocks:
            self.say(NOTHING_OPEN)
            return None
        start, end = self.reader.selection or self.reader.passage
        return (self.opened, start, end)

    def _write(
        self,
        write: Callable[[str, DocumentRole, int, int], Annotation | None],
        said: str,
        otherwise: str = "",
    ) -> None:
        """Run a write on the passage, then say what was done; `otherwise` if nothing was made."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        self.reader.end_selection()

        def job() -> Annotation | None:
            return write(opened.issue.id, opened.role, start, end)

        self.in_background(job, lambda made: self.say(said if made else otherwise))

    def action_bookmark(self) -> None:
        """Bookmark the passage, or take the bookmark away."""
        self._write(self.workspace.notes.bookmark, "bookmarked", "bookmark taken away")

    def action_highlight(self) -> None:
        """Highlight the passage."""
        self._write(self.workspace.notes.highlight, "highlighted")

    async def action_note(self) -> None:
        """Write a note on the passage."""
        target = self.passage()
        if target is None:
            return
        from chinai_tui.ui.screens.note_editor import NoteEditor

        opened, start, end = target
        note = self.workspace.notes.note

        def save(text: str) -> None:
            note(opened.issue.id, opened.role, start, end, text)

        def saved(text: str | None) -> None:
            """Say that it is on disk."""
            if text is not None:
                self.reader.end_selection()
                self.say("noted")

        await self.ask(NoteEditor(opened.document.text[start:end], save=save), saved)

    # Copying

    def action_copy(self) -> None:
        """Copy the passage with its citation."""
        target = self.passage()
        if target is not None:
            opened, start, end = target
            clipboard.copy(self.app, self.workspace.notes.cite_passage(opened, start, end))
            self.reader.end_selection()
            self.say(f"copied {quoted(opened.document.text[start:end])} with its citation")

    # Whose words

    async def action_voice(self) -> None:
        """Say whose words the marked passage is."""
        target = self.passage()
        if target is None:
            return
        _, start, end = target
        marked = self.annotations_at(start, end)
        voice = self.voice(start, end)
        if not marked or voice is None:
            proposed = f"these are taken for {voice_name(voice)}" if voice else ""
            self.say(f"{proposed}; mark or note the passage to say otherwise")
            return
        from chinai_tui.ui.screens.voice import VoiceScreen

        def save(chosen: Voice | None) -> None:
            """Save the voice that was chosen."""
            if chosen is not None:
                self.in_background(
                    partial(self._set_voice, marked, chosen),
                    lambda _: self.say(f"whose words: {voice_name(chosen)}"),
                )

        await self.ask(VoiceScreen(voice), save)

    def _set_voice(self, marked: Sequence[Annotation], voice: Voice) -> None:
        for annotation in marked:
            self.workspace.notes.set_voice(annotation.id, voice)
