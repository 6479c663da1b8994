"""What is done to the selection or the current paragraph: mark, note, copy, say whose words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import on

from chinai_tui.domain.annotation import Annotation, Voice
from chinai_tui.domain.document import DocumentRole, SpanKind
from chinai_tui.text.sanitise import clean, clean_line
from chinai_tui.ui import browser
from chinai_tui.ui.screens.main.navigation import Navigation
from chinai_tui.ui.screens.main.wording import voice_name
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.workspace import OpenedIssue

NOTHING_OPEN = "nothing is open"


class PassageActions(Navigation):
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
                self.say("noted")

        await self.ask(NoteEditor(opened.document.text[start:end], save=save), saved)

    # Copying and opening

    def action_copy(self) -> None:
        """Copy the passage with its citation."""
        target = self.passage()
        if target is not None:
            self.app.copy_to_clipboard(clean(self.workspace.notes.cite_passage(*target)))
            self.say("copied with citation")

    def action_copy_url(self) -> None:
        """Copy the address of the issue."""
        url = self._url()
        if url:
            self.app.copy_to_clipboard(url)
            self.say(f"copied {clean_line(url)}")

    def action_open_issue(self) -> None:
        """Open the issue in the browser."""
        url = self._url()
        if url:
            self.browse(url)

    def _url(self) -> str:
        if self.opened is None:
            self.say(NOTHING_OPEN)
            return ""
        url = browser.allowed(self.opened.issue.url)
        if not url:
            self.say("the address of this issue is not known")
        return url

    def action_open_link(self) -> None:
        """Open the first link of the current paragraph in the browser."""
        if self.opened is None or not self.opened.document.blocks:
            return
        spans = self.opened.document.blocks[self.reader.current].spans
        targets = (span.target for span in spans if span.kind is SpanKind.LINK)
        url = next(filter(None, map(browser.allowed, targets)), "")
        if url:
            self.browse(url)
        else:
            self.say("no link in this paragraph")

    @on(DocumentView.LinkActivated)
    def _follow(self, event: DocumentView.LinkActivated) -> None:
        self.follow(event.target)

    def follow(self, url: str) -> None:
        """Open a link in the browser; what is no web address is shown instead."""
        allowed = browser.allowed(url)
        if not allowed:
            self.say(f"not opened: {clean_line(url, 80)}", warning=True)
            return
        self.browse(allowed)

    def browse(self, url: str) -> None:
        """Hand an address to the browser, or to the clipboard where there is none."""

        def opened(done: bool) -> None:
            """Say what became of it."""
            if not done:
                self.app.copy_to_clipboard(url)
            self.say(f"opened {url}" if done else f"no browser here; copied {url}")

        self.in_background(lambda: browser.open_url(url), opened, group="browser")

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
