"""What the sidebar of the main screen is given: names, what is known of them, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.gloss import Suggestion
from chinai_tui.domain.rows import EntityCount, EntitySummary, IssueRow
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import Paths
from chinai_tui.ui.screens.main.marks import margin_rows
from chinai_tui.ui.screens.main.panes import Face, Panes
from chinai_tui.ui.widgets.entity_summary import Calendar
from chinai_tui.ui.widgets.margin_list import MarginRow
from chinai_tui.workspace import OpenedIssue, Workspace
from chinai_tui.workspace.entities import VISITED

NAMING = {"reader.select": "selects words in the text", "mend": "makes them one"}
"""What is told where no name is known, by command."""
MARKING = {"highlight": "highlights", "note": "writes a note", "bookmark": "bookmarks"}
"""What is told where nothing is marked, by command."""


class Sidebar(Panes):
    """What is found out for the sidebar is kept until the library changes."""

    counts: Sequence[EntityCount] = ()
    """Who is named in the open document."""
    _summaries: dict[str, EntitySummary]
    """What was told of entities since the library last changed."""
    _suggested: dict[tuple[str, DocumentRole], list[Suggestion]]
    """The names that the catalogue lacks, by document, as far as they were looked for since."""
    _calendar: tuple[Sequence[IssueRow], Calendar] = (), Calendar()
    """The time of the library, and the rows that it was taken from."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing known."""
        super().__init__(workspace, paths, settings)
        self._summaries = {}
        self._suggested = {}

    def forget_summaries(self) -> None:
        """Have what is told of entities and of other names looked up again."""
        self._summaries.clear()
        self._suggested = {}

    def tell_keys(self) -> None:
        """Hand down what the user's keys do, on a row and where there are none."""
        walk = " ".join(filter(None, map(self.key_of, ("next_mention", "previous_mention"))))
        page = self.told_keys({"sidebar.open": "page"})
        passage = self.told_keys({"sidebar.open": "passage"})
        self.names.hint = "   ".join([*page, *([f"{walk} walk"] if walk else [])])
        self.names.suggestion_hint = "   ".join([*passage, *self.told_keys({"mend": "add"})])
        self.terms.hint = "".join(passage)
        for face, does in ((self.names, NAMING), (self.margin, MARKING)):
            told = ", ".join(self.told_keys(does))
            face.remedy = f"{told}." if told else ""

    # Names

    def count_names(self, opened: OpenedIssue) -> None:
        """Look up who is named in a document."""
        self.counts = self.workspace.entities.in_issue(opened.issue.id, opened.role)

    def show_names(self, opened: OpenedIssue, current: str = "") -> None:
        """Show who is named in a document, the cursor on `current`, the current or the first."""
        visits = self.workspace.library.session()
        since = {each.entity.id: visits.get(f"{VISITED}{each.entity.id}") for each in self.counts}
        added = opened.issue.added
        suggestions = self._suggested.get((opened.issue.id, opened.role), ())
        self.names.set_entities(self.counts, current or self.entity, suggestions=suggestions)
        self.names.set_fresh({each for each, visit in since.items() if visit and visit < added})
        self.show_summary()

    def refresh_names(self, opened: OpenedIssue) -> None:
        """Show who is named in the open document, if marking has found others than before."""
        before = self.counts
        self.count_names(opened)
        if self.counts != before:
            current = self.names.current
            self.show_names(opened, current.entity.id if current else "")
        else:
            self.show_summary()
        self.show_suggestions()

    def action_follow(self) -> None:
        """Follow the name under the cursor, or no longer."""
        count = self.names.current
        if count is None:
            self.say("no name here to follow")
        else:
            self.follow_entity(count.entity.id)

    def action_sort_names(self) -> None:
        """Order the names by place in the text, or by count again."""
        if self.face is not Face.NAMES:
            self.say(f"{self.face} always stand in the order of the text")
            return
        self.names.set_by_place(not self.names.by_place)
        self.say("names by place in the text" if self.names.by_place else "names by count")

    # Names that the catalogue lacks

    def show_suggestions(self) -> None:
        """Show the names that the catalogue lacks; they are looked for behind, which takes long."""
        opened = self.opened
        if opened is None:
            return
        key = opened.issue.id, opened.role

        def show(suggestions: list[Suggestion]) -> None:
            """Show what was found, if the document is still the open one."""
            if self.opened is not None and (self.opened.issue.id, self.opened.role) == key:
                self.names.set_suggestions(suggestions)

        if key in self._suggested:
            show(self._suggested[key])
        else:
            look = partial(self.look_for_suggestions, *key)
            self.in_background(look, show, group="suggestions", exclusive=True)

    def look_for_suggestions(self, issue_id: str, role: DocumentRole) -> list[Suggestion]:
        """The names of a document that the catalogue lacks, kept until the library changes.

        Runs in a thread.
        """
        kept = self._suggested
        if (issue_id, role) not in kept:
            kept[issue_id, role] = self.workspace.terms.suggestions_in(issue_id, role)
        return kept[issue_id, role]

    # The name under the cursor

    def show_summary(self) -> None:
        """Show what is known of the name under the cursor."""
        count = self.names.current
        summary = self._summary(count.entity.id) if count else None
        self.names.set_summary(summary, self._library_time())

    def see_news(self, entity_id: str) -> None:
        """Tell nothing of an entity as new any more: one has been on its page."""
        summary = self._summary(entity_id)
        if summary is not None and summary.fresh:
            # That one was there may not be on disk yet.
            self._summaries[entity_id] = replace(summary, fresh=frozenset())
        self.names.set_fresh(self.names.fresh - {entity_id})
        self.show_summary()

    def _library_time(self) -> Calendar:
        """The time of the library, as of when the list last showed all of it."""
        listing = self.issues.listing
        if not listing.hidden and listing.rows is not self._calendar[0]:
            self._calendar = listing.rows, Calendar.of(listing.rows)
        return self._calendar[1]

    def _summary(self, entity_id: str) -> EntitySummary | None:
        if entity_id not in self._summaries:
            try:
                self._summaries[entity_id] = self.workspace.entities.summary(entity_id)
            except ChinaiError:
                return None
        return self._summaries[entity_id]

    # Terms

    def turn_sidebar(self, face: Face) -> None:
        """Have the sidebar show something else."""
        super().turn_sidebar(face)
        self.show_face()

    def show_face(self) -> None:
        """Show the terms of the open document, or its notes, where they are wanted."""
        if (opened := self.opened) is None:
            return
        if self.face is Face.TERMS:
            self.terms.set_terms(self.workspace.terms.in_issue(opened.issue.id, opened.role))
        elif self.face is Face.NOTES:
            notes = self.workspace.notes
            drafts = [
                MarginRow(each, notes.placement(each), is_draft=True)
                for each in notes.drafts(opened.issue.id)
                if each.anchor is None or each.anchor.role is opened.role
            ]
            on_issue = notes.of_issue(opened.issue.id)
            self.margin.set_notes(margin_rows(opened, on_issue, drafts))
