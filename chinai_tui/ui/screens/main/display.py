"""What is told of the open document: marks in the text, header, names, status line."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import AnchorState, Annotation, Voice, VoiceKind
from chinai_tui.domain.link import Tail
from chinai_tui.errors import ChinaiError
from chinai_tui.paths import Paths
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.rendering.highlights import NOTE
from chinai_tui.ui.rendering.marks import CHOSEN, LIT, WALKED, Mark
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.history import Spot
from chinai_tui.ui.screens.main.hits import Hits
from chinai_tui.ui.screens.main.marks import marks_of, marks_of_hits
from chinai_tui.ui.screens.main.sidebar import Sidebar
from chinai_tui.ui.screens.main.wording import (
    aside,
    heading,
    lead,
    link_told,
    minutes,
    paragraph,
    section,
    selected,
    short_name,
    shown_links,
    told_voice,
)
from chinai_tui.ui.since import tail_of
from chinai_tui.ui.widgets.document_view import DocumentView
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.ui.widgets.status_bar import Status
from chinai_tui.workspace import OpenedIssue, Workspace
from chinai_tui.workspace.quoting import voice_at
from chinai_tui.workspace.records import PlacedAnnotation

NOTE_LENGTH = 48
"""Characters of a note that are told of its paragraph."""


class Display(Sidebar):
    """What is told of the open document is told at once: all of it is drawn together."""

    finding = False
    """Whether one types what to find."""
    walked: tuple[int, int] | None = None
    """The mention one walked to last."""
    _is_opening = False
    """Whether all is told of a document that is about to be drawn."""
    lit: tuple[int, int] | None = None
    """The passage one writes a note on."""
    chosen: tuple[int, int] | None = None
    """The annotation that the next verb means."""
    pointed_at = ""
    """What the link leads to that is pointed at."""
    _under_way: dict[str, str]
    """What goes on in the background, by the name of the work."""
    _told: tuple[OpenedIssue, int] | None = None
    """The document and the paragraph that the status line tells of."""
    _marked: tuple[OpenedIssue, str, tuple[Mark, ...]] | None = None
    """The marks of a document, hits aside, while some entity is the current one."""

    def __init__(self, workspace: Workspace, paths: Paths, settings: Settings) -> None:
        """Begin with nothing going on."""
        super().__init__(workspace, paths, settings)
        self._under_way = {}

    def show_running(self, work: str, told: str) -> None:
        """Tell how far work in the background has come; nothing where it has ended."""
        if told != self._under_way.get(work, ""):
            self._under_way[work] = told
            self.refresh_status()

    def show_opened(self, opened: OpenedIssue, top: int, spot: Spot | None = None) -> None:
        """Draw a document from the offset `top`, or as it stood at a place."""
        self.opened = opened
        self.hits = Hits()
        self.walked = self.chosen = self.lit = None
        self.status.unsay()
        self.count_names(opened)
        self._is_opening = True
        self._draw(opened, top, spot)
        self._is_opening = False
        self.show_heading(opened)
        self.show_names(opened)
        self.show_face()
        self.refresh_status()
        self._tell_change(opened)

    def show_heading(self, opened: OpenedIssue) -> None:
        """Tell of a document above it, and how far one has come in it."""
        row = self.issues.row(opened.issue.id)
        self.header.show(heading(opened, row, self.besides(opened)))
        self._show_progress()

    def _tell_change(self, opened: OpenedIssue) -> None:
        """Say that a text is not the one that was read; once, if one is about to read it."""
        if not opened.changed:
            return
        self._say_changed(opened)
        if self.pane is Pane.READER:
            issue_id, role, offset = opened.issue.id, opened.role, opened.offset
            self.in_background(lambda: self.workspace.library.save_position(issue_id, role, offset))

    def _say_changed(self, opened: OpenedIssue) -> None:
        day = opened.issue.documents[opened.role].accessed
        self.say(f"text changed on {day}; :changes shows what")

    def _draw(self, opened: OpenedIssue, top: int, spot: Spot | None) -> None:
        self.pointed_at = ""
        self.reader.show(
            opened.document,
            self.marks(),
            spot.top if spot else top,
            spot.current if spot else None,
            above=spot.above if spot else 0,
            unfolded=spot.unfolded if spot else (),
            links=shown_links(opened),
            lead=self.lead(opened),
            tail=self.tail(opened),
            asides=self._asides(opened),
        )

    def lead(self, opened: OpenedIssue) -> str:
        """The line above the text."""
        return lead(opened, self.key_of("other_text"))

    def besides(self, opened: OpenedIssue) -> tuple[str, ...]:
        """What there is besides the text, each with its key: a recording stands in the links."""
        return (f"recording {self.key_of('links')}".rstrip(),) if opened.issue.audio else ()

    def tail(self, opened: OpenedIssue) -> Tail:
        """What stands below the text: where its rest is, what came since."""
        return tail_of(self.workspace.since.of(opened.issue.id), opened.rest)

    def return_to(self, spot: Spot) -> None:
        """Draw the open document as it stood at a place."""
        if self.opened is not None:
            self._draw(self.opened, spot.top, spot)

    def spot(self) -> Spot | None:
        """Where one is, exactly."""
        if self.opened is None:
            return None
        return Spot(
            self.opened.issue.id,
            self.opened.role,
            self.reader.top_offset,
            self.reader.passage[0],
            self.reader.rows_above,
            self.reader.unfolded,
        )

    def _asides(self, opened: OpenedIssue) -> dict[int, str]:
        """Whose words stand under each heading, where they are not the newsletter's own."""
        told = ((number, aside(voice)) for number, voice in opened.sections.items())
        return {number: words for number, words in told if words}

    def marks(self) -> tuple[Mark, ...]:
        """Names, annotations and hits of the open document."""
        if self.opened is None:
            return ()
        known = self._marked
        if known is None or known[0] is not self.opened or known[1] != self.entity:
            kinds = {count.entity.id: count.entity.kind for count in self.counts}
            found = marks_of(self.opened, kinds, self.entity)
            known = self._marked = (self.opened, self.entity, found)
        walked = (Mark(*self.walked, WALKED),) if self.walked else ()
        lit = (Mark(*self.lit, LIT),) if self.lit else ()
        chosen = (Mark(*self.chosen, CHOSEN),) if self.chosen else ()
        return (*lit, *known[2], *chosen, *walked, *marks_of_hits(self.hits))

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
        here = self.spot()
        if here is not None and opened.document.revision != old.document.revision:
            carried = partial(self.workspace.library.carried, old, opened)
            there = replace(
                here, top=carried(here.top), current=carried(here.current), unfolded=frozenset()
            )
            self.show_opened(opened, there.top, there)
            self._say_changed(opened)
            return
        self.opened = opened
        if opened.links != old.links:  # an issue that is referred to has come in
            self.reader.set_links(shown_links(opened))
        self.reader.set_tail(self.tail(opened))
        self.refresh_names(opened)
        self.show_face()
        self.refresh_marks()
        self.refresh_status()

    # The current name

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

    def follow_text(self) -> None:
        """Tell where one has come to in the text."""
        if self._is_opening:
            return
        self._show_progress()
        told = self._told
        if told is None or told[0] is not self.opened or told[1] != self.reader.current:
            self.refresh_status()

    def _show_progress(self) -> None:
        if self.opened is not None:
            progress = self.reader.progress
            self.header.set_progress(
                round(100 * progress), minutes((1 - progress) * self.opened.document.words)
            )

    @on(DocumentView.SelectionChanged)
    def _tell_selection(self) -> None:
        self.refresh_status()

    @on(DocumentView.Pointed)
    def _tell_link(self, event: DocumentView.Pointed) -> None:
        """Say what a link leads to before it is followed."""
        self.pointed_at = link_told(event.link, event.typed, hinting=event.hinting)
        self.refresh_status()

    def _told_at_right(self) -> str:
        """Hits while one looks for them, else the link pointed at, what is selected, the note."""
        if self.finding:
            return self.hits.told()
        opened, view = self.in_hand
        start, end = view.selection or (0, 0)
        if opened is not None and end > start:
            return selected(opened.document.text[start:end])
        return self.pointed_at or self.hits.told() or self._note()

    def _note(self) -> str:
        """How a note on the current paragraph begins."""
        notes = (each.text for each in self.annotations_at(*self.in_hand[1].passage) if each.text)
        return next((f"{NOTE} {clean_line(text, NOTE_LENGTH)}" for text in notes), "")

    def annotations_at(self, start: int, end: int) -> list[Annotation]:
        """The annotations on a stretch of the document in hand."""
        return [placed.annotation for placed in self.placed_at(start, end)]

    def placed_at(self, start: int, end: int) -> list[PlacedAnnotation]:
        """The same with their places."""
        opened, _ = self.in_hand
        if opened is None:
            return []
        return [
            placed
            for placed in opened.annotations
            if placed.placement.start < end
            and start < placed.placement.end
            and placed.placement.state is not AnchorState.ORPHAN
        ]

    def voice(self, start: int, end: int) -> Voice | None:
        """Whose words a stretch is: as somebody said, else as the rules propose."""
        opened, _ = self.in_hand
        if opened is None:
            return None
        said = [each.voice for each in self.annotations_at(start, end) if each.voice]
        said.sort(key=lambda each: not each.confirmed)
        return said[0] if said else voice_at(opened, start, end)

    def refresh_status(self) -> None:
        """Tell anew where one is."""
        total = self.issues.listing.total
        library = f"{total} issue" if total == 1 else f"{total} issues"
        running = " · ".join(filter(None, self._under_way.values()))
        opened, view = self.in_hand
        if opened is None:
            self.status.show(Status(library=library, running=running))
            return
        self._told = (opened, view.current)
        voice = self.voice(*view.passage)
        self.status.show(
            Status(
                library=library,
                issue=short_name(opened.issue),
                paragraph=paragraph(opened.document, view.current),
                section=section(opened.document, view.current),
                voice=told_voice(voice) if voice else "",
                unsure=voice is not None and voice.kind is VoiceKind.UNCONFIRMED,
                find=self._told_at_right(),
                running=running,
            )
        )
