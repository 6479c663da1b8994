"""Mending what is marked in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.domain.entity import Entity, Mention
from chinai_tui.domain.mending import Correction
from chinai_tui.errors import ChinaiError
from chinai_tui.ui.commands import BY_ID
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.screens.main.fetching import Fetching
from chinai_tui.ui.screens.main.links import NOTHING_OPEN
from chinai_tui.ui.screens.main.panes import Face
from chinai_tui.workspace import OpenedIssue

if TYPE_CHECKING:
    from chinai_tui.ui.screens.mend.subject import Subject

NO_NAME = "select the words of one name, then mend it"
HOW = "select words with v, or walk to a name with . and mend it there"


class MendActions(Fetching):
    """Asks what to mend and has it written; the library is marked anew behind the reader."""

    async def action_mend(self) -> None:
        """Mend what is marked: the selection, else the mention one is at."""
        subject = self._subject()
        if subject is None:
            return
        from chinai_tui.ui.screens.mend import MendScreen

        file = self.paths.entities
        await self.ask(MendScreen(self.workspace, subject, file, self._undo_key), self._mend)

    @property
    def _undo_key(self) -> str:
        return " ".join(labels_of(BY_ID["undo"], self.keymap)[:1])

    def _subject(self) -> Subject | None:
        """What is to be mended; None if nothing is, which is said."""
        from chinai_tui.ui.screens.mend.subject import subject_of_suggestion

        in_sidebar = self.in_sidebar
        suggestion = self.names.suggestion if in_sidebar and self.face is Face.NAMES else None
        if suggestion is not None:
            return subject_of_suggestion(suggestion)
        if self.opened is None:
            self.say(NOTHING_OPEN)
            return None
        term = self.terms.current if in_sidebar and self.face is Face.TERMS else None
        if term is not None:
            return self._selected(self.opened, term.han_start, term.han_start + len(term.han))
        opened, view = self.in_hand
        if opened is not None and view.selection is not None:
            return self._selected(opened, *view.selection)
        mention = self._mention_here(self.opened)
        if mention is None:
            self.say(HOW)
            return None
        return self._told_of(self.opened, mention.start, mention.end, mention)

    def _selected(self, opened: OpenedIssue, start: int, end: int) -> Subject | None:
        """The words that are selected, with the mention in them."""
        from chinai_tui.ui.screens.mend.subject import is_name, mention_in, trimmed

        start, end = trimmed(opened.document.text, start, end)
        if not is_name(opened.document, start, end):
            self.say(NO_NAME)
            return None
        mention = mention_in(opened.mentions, start, end, self.entity)
        return self._told_of(opened, start, end, mention)

    def _told_of(
        self, opened: OpenedIssue, start: int, end: int, mention: Mention | None
    ) -> Subject:
        """The words of a range with what library and text tell of them."""
        from chinai_tui.ui.screens.mend.subject import subject_of

        entity: Entity | None = None
        if mention is not None:
            try:
                entity = self.workspace.entities.get(mention.entity)
            except ChinaiError:
                mention = None  # the catalogue has lost it since the text was marked
        terms = self.workspace.terms.in_issue(opened.issue.id, opened.role)
        return subject_of(opened, start, end, terms, mention, entity)

    def _mention_here(self, opened: OpenedIssue) -> Mention | None:
        """The mention one walked to, else the current name's first in the paragraph, else any."""
        from chinai_tui.ui.screens.mend.subject import mention_in

        here = self.reader.passage
        mentions = opened.mentions
        if self.walked is not None and here[0] <= self.walked[0] < here[1]:
            walked = mention_in(mentions, *self.walked, self.entity)
            if walked is not None:
                return walked
        return mention_in(mentions, *here, self.entity)

    def _mend(self, correction: Correction | None) -> None:
        """Have a correction written, and say so when it is."""
        if correction is None:
            return
        self.in_hand[1].end_selection()
        issue = self.opened.issue.id if self.opened else ""
        said = f"{correction.title}; {self._undo_key} takes it back"

        def done(_: None) -> None:
            """The text is marked anew by then; the rest of the library follows."""
            self.say(said)
            self.stop_upkeep()
            self.keep_up()

        self.in_background(lambda: self.workspace.mending.apply(correction, issue), done)

    def refresh_opened(self) -> None:
        """Bring the open document up to date; a mention one walked to may be none any more."""
        super().refresh_opened()
        mentions = self.opened.mentions if self.opened else ()
        if self.walked and self.walked not in ((each.start, each.end) for each in mentions):
            self.walked = None
            self.refresh_marks()
