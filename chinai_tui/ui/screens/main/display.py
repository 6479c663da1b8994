"""What is told of the open document: marks in the text, header, names, status line."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import Annotation, Voice
from chinai_tui.domain.rows import EntityCount, EntitySummary
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import Paths
from chinai_tui.ui.rendering.marks import Mark
from chinai_tui.ui.screens.main.hits import Hits
from chinai_tui.ui.screens.main.marks import marks_of
from chinai_tui.ui.screens.main.panes import Panes
from chinai_tui.ui.screens.main.wording import heading, section, short_name, voice_name
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.status_bar import Status
from chinai_tui.workspace import OpenedIssue, Workspace


class Display(Panes):
    """What is told of the open document is told at once: all of it is drawn together."""

    _counts: Sequence[EntityCount] = ()
    """Who is named in the open document."""
    _told: tuple[OpenedIssue, int] | None = None
    """The document and the paragraph that the status line tells of."""
    _summaries: dict[str, EntitySummary]
    """What was told of entities since the library last changed."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing told."""
        super().__init__(workspace, paths, settings)
        self._summaries = {}

    def forget_summaries(self) -> None:
        """Have what is told of entities looked up again."""
        self._summaries.clear()

    def show_opened(self, opened: OpenedIssue, top: int, current: int | None = None) -> None:
        """Draw a document from the offset `top`, the paragraph at `current` the current one."""
        self.opened = opened
        self.hits = Hits()
        self._counts = self.workspace.entities.in_issue(opened.issue.id, opened.role)
        self.reader.show(opened.document, self.marks(), top, current)
        self.header.show(heading(opened, self.issues.row(opened.issue.id)))
        self.header.set_progress(self.progress)
        self.names.set_entities(self._counts, self.entity)
        self.show_summary()
        self.refresh_status()

    def marks(self) -> tuple[Mark, ...]:
        """Names, annotations and hits of the open document."""
        if self.opened is None:
            return ()
        kinds = {count.entity.id: count.entity.kind for count in self._counts}
        return marks_of(self.opened, kinds, self.entity, self.hits)

    def refresh_marks(self) -> None:
        """Draw the marks anew, without moving the text."""
        self.reader.set_marks(self.marks())

    def refresh_opened(self) -> None:
        """Bring the open document up to date with the workspace, where it is."""
        old = self.opened
        if old is None:
            return
        try:
            opened = self.workspace.library.open(old.issue.id, old.role)
        except ChinaiError as error:
            self.say(str(error), warning=True)
            return
        if opened.document.revision != old.document.revision:
            self.show_opened(opened, opened.offset)
        else:
            self.opened = opened
            self.refresh_marks()
            self.refresh_status()

    # Names

    def show_summary(self) -> None:
        """Show what is known of the name under the cursor."""
        count = self.names.current
        self.names.set_summary(self._summary(count.entity.id) if count else None)

    def _summary(self, entity_id: str) -> EntitySummary | None:
        if entity_id not in self._summaries:
            try:
                self._summaries[entity_id] = self.workspace.entities.summary(entity_id)
            except ChinaiError:
                return None
        return self._summaries[entity_id]

    @on(EntitySidebar.Highlighted)
    def _choose_name(self, event: EntitySidebar.Highlighted) -> None:
        self.entity = event.entity
        self.refresh_marks()
        self.show_summary()

    @on(DocumentView.MentionActivated)
    def _choose_mention(self, event: DocumentView.MentionActivated) -> None:
        self.choose_entity(event.entity)

    def choose_entity(self, entity_id: str) -> None:
        """Make an entity the current one, whose mentions stand out and can be walked."""
        self.entity = entity_id
        self.names.go_to(entity_id)
        self.refresh_marks()
        self.show_summary()

    # Where one is

    @on(DocumentView.Moved)
    def _follow_text(self) -> None:
        self.header.set_progress(self.progress)
        told = self._told
        if told is None or told[0] is not self.opened or told[1] != self.reader.current:
            self.refresh_status()

    @property
    def progress(self) -> int:
        """How far one has come in the text, in percent."""
        return round(100 * self.reader.progress)

    def annotations_at(self, start: int, end: int) -> list[Annotation]:
        """The annotations on a stretch of the open document."""
        if self.opened is None:
            return []
        return [
            placed.annotation
            for placed in self.opened.annotations
            if placed.placement.start < end and start < placed.placement.end
        ]

    def voice(self, start: int, end: int) -> Voice | None:
        """Whose words a stretch is: as somebody said, else as the rules propose."""
        if self.opened is None:
            return None
        said = (each.voice for each in self.annotations_at(start, end))
        return next(filter(None, said), None) or self.workspace.notes.voice(self.opened, start)

    def refresh_status(self) -> None:
        """Tell anew where one is."""
        total = self.issues.listing.total
        library = f"{total} issue" if total == 1 else f"{total} issues"
        opened = self.opened
        if opened is None:
            self.status.show(Status(library=library))
            return
        self._told = (opened, self.reader.current)
        voice = self.voice(*self.reader.passage)
        self.status.show(
            Status(
                library=library,
                issue=short_name(opened.issue),
                section=section(opened.document, self.reader.current),
                voice=voice_name(voice) if voice else "",
                find=self.hits.told(),
            )
        )
