"""The screen on which all is told that the library has of an entity."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Horizontal

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui import jobs
from chinai_tui.ui.messages import Place, Visit, WorkspaceChanged
from chinai_tui.ui.screens.company import facts
from chinai_tui.ui.screens.company.passages import Chapter, Passages, listed, place_told, title
from chinai_tui.ui.screens.company.reading import (
    claim_place,
    read_facts,
    read_first_passages,
    read_passages,
)
from chinai_tui.ui.screens.filtering import FilteringScreen
from chinai_tui.ui.screens.passage_screen import shared
from chinai_tui.ui.widgets.fact_rows import ClaimRow, CountRow, EntityRow, FoldRow
from chinai_tui.ui.widgets.find_bar import FindBar
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredRow, HeadingRow, ListRow, NoteRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace
from chinai_tui.workspace.core import timestamp
from chinai_tui.workspace.entities import VISITED

TWO_COLUMNS = 100
"""Columns from which facts and passages stand side by side."""
READ_AT_ONCE = 200
"""Passages that are read for the filter at a time."""


class CompanyScreen(FilteringScreen):
    """Names, claims, mentions and notes on the left, every passage on the right."""

    DEFAULT_CSS = """
    CompanyScreen #body { height: 1fr; }
    CompanyScreen #facts { width: 41%; max-width: 72; height: 1fr; background: $pane; }
    CompanyScreen #passages { width: 1fr; height: 1fr; background: $ground; }
    CompanyScreen.-narrow #facts { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*shared("jump", "compare")]
    placeholder = "words in the passages"
    KEYS = (
        "passages.down",
        "passages.open",
        "passages.filter",
        "next_pane",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "passages.mark_row",
        "passages.export",
        "jump",
        "help",
    )

    def __init__(self, workspace: Workspace, entity_id: str) -> None:
        """Take the id of the entity."""
        super().__init__(workspace)
        self._entity_id = entity_id
        self._facts: facts.Facts | None = None
        self._passages: Passages | None = None
        """All passages; none until it is known where they are."""
        self._chapters: list[Chapter] = []
        """The passages that the filter leaves."""
        self._seen = ""
        """When what is shown was read, once it is shown."""
        self._told: list[ListRow] = []
        """The rows of the facts."""
        self._unfolded = False
        """Whether all claims are shown."""

    def compose(self) -> ComposeResult:
        """Two lists; where it is narrow, the second holds everything."""
        with Horizontal(id="body"):
            yield PassageList("pane", id="facts")
            yield PassageList("ground", id="passages")
        yield StatusBar()
        yield KeyFooter(self.keymap)

    @property
    def left(self) -> PassageList:
        """The list of facts."""
        return self.query_one("#facts", PassageList)

    @property
    def right(self) -> PassageList:
        """The list of passages, or of everything."""
        return self.query_one("#passages", PassageList)

    @property
    def is_narrow(self) -> bool:
        """Whether everything stands in one list."""
        return self.size.width < TWO_COLUMNS

    # Reading

    def on_mount(self) -> None:
        """Tell what is known at once; the passages follow."""
        self.set_focus(self.right, scroll_visible=False)
        self._read()

    def _read(self) -> None:
        """Show the facts and the first passages; look for all others once these are painted."""
        now = timestamp()
        self._read_facts()
        if self._facts is None:
            return
        self._seen = now
        if self._passages is None:
            first = read_first_passages(self.workspace, self._facts)
            self._show_passages(first)
            if first.is_complete:
                return
        self.call_after_refresh(self._read_all)

    def _read_all(self) -> None:
        if (found := self._facts) is not None:
            self.in_background(
                lambda: read_passages(self.workspace, found),
                self._show_passages,
                group="passages",
                exclusive=True,
            )

    def _show_passages(self, passages: Passages) -> None:
        self._passages = passages
        self._arrange_passages()
        if self.query(FindBar):
            self._read_on()

    def _read_facts(self) -> None:
        try:
            self._facts = read_facts(self.workspace, self._entity_id)
        except ChinaiError as error:
            self.say(clean_line(str(error)), warning=True)
        self._arrange()

    @on(WorkspaceChanged)
    def _follow_library(self, event: WorkspaceChanged) -> None:
        if event.library:
            self._read()

    def refresh_notes(self) -> None:
        """Show notes and marks anew."""
        self._read_facts()
        self.forget_details()

    # Showing

    def on_resize(self) -> None:
        """Put the facts beside the passages, or above them."""
        self.set_class(self.is_narrow, "-narrow")
        if self.is_narrow and self.left.has_focus:
            self.right.focus()
        self._arrange()

    def _arrange(self) -> None:
        if self._facts is None:
            return
        self._told = facts.rows(self._facts, unfolded=self._unfolded)
        if not self.is_narrow:
            self.left.set_title(AIR)
            self.left.set_rows(self._told)
        self._arrange_passages()

    def _arrange_passages(self) -> None:
        self._chapters = self._passages.fitting(self.filter_text) if self._passages else []
        shown = listed(self._chapters)
        over = title(self._passages, self._chapters, self.filter_text)
        if self.is_narrow:
            self.right.set_title()
            self.right.set_rows([*self._told, HeadingRow(over), *shown])
        else:
            self.right.set_title(AIR, over, RULE)
            self.right.set_rows(shown)

    def told(self, row: ListRow | None) -> None:
        """Tell which passage one is at and whose words it is, or who makes the claim."""
        if self._facts is None:
            return
        entity = self._facts.summary.entity
        section = voice = ""
        if isinstance(row, DeferredRow):
            section = place_told(row, self._chapters)
            voice = self.right.detail(row).voice
        elif isinstance(row, ClaimRow):
            section, voice = "claim", row.claim.said_by
        self.status.show(Status(f"{entity.kind.value} ›", entity.name, section, voice))

    @property
    def _shown(self) -> list[DeferredRow]:
        """The passages that the filter leaves, in the order of the list."""
        return [row for chapter in self._chapters for row in chapter.rows]

    # Moving

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        focused = self.focused
        if isinstance(focused, PassageList):
            self.told(focused.current)

    def action_next_pane(self) -> None:
        """Go from the facts to the passages, or back."""
        if not self.is_narrow:
            (self.right if self.left.has_focus else self.left).focus()
            return
        among_facts = not isinstance(self.right.current, DeferredRow)
        wanted = (
            row.id
            for row in self.right.rows
            if row.id and isinstance(row, DeferredRow) is among_facts
        )
        self.right.go_to(next(wanted, ""))

    def action_previous_pane(self) -> None:
        """The same: there are two."""
        self.action_next_pane()

    async def action_jump(self) -> None:
        """Jump to another entity, whose page comes over this one, or to an issue."""
        from chinai_tui.ui.screens.jump import JumpScreen, remember

        async def go(entity_id: str | None) -> None:
            """Show the page of the entity that was chosen."""
            if entity_id:
                self.in_background(lambda: remember(self.workspace, entity_id))
                await self.open_entity(entity_id)

        def read(issue_id: str) -> None:
            """Leave the page for an issue."""
            issue = self.workspace.library.issue(issue_id)
            self.dismiss(Visit(Place(issue_id, issue.main_role, 0, 0)))

        await self.app.push_screen(JumpScreen(self.workspace, read), go)

    async def action_compare(self) -> None:
        """Compare the entity with the marked ones, or else with those one is asked for."""
        from chinai_tui.ui.screens.compare.asking import compare_with

        await compare_with(self, self._entity_id, self._pass_on)

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        match event.row:
            case DeferredRow() as row if self._passages is not None:
                among = tuple(map(self._passages.place, self._shown))
                self.dismiss(Visit(self._passages.place(row), among))
            case ClaimRow(claim=claim):
                place = claim_place(self.workspace, claim)
                if place is None:
                    self.say(f"not in the library: {claim.said_by}", warning=True)
                else:
                    self.dismiss(Visit(place))
            case EntityRow(entity=entity):
                await self.open_entity(entity.id)
            case CountRow(issue=issue):
                self._go_to_issue(issue)
            case FoldRow():
                self._unfold()
            case NoteRow(id=note):
                await self.edit_note(note)

    def _unfold(self) -> None:
        """Show all claims, the cursor on the first that was not shown."""
        self._unfolded = True
        shown = self.right if self.is_narrow else self.left
        fold = shown.cursor
        self._arrange()
        shown.move_to(fold)

    def _go_to_issue(self, issue: str) -> None:
        if (known := self._passages) is None:
            return
        row = next((row for row in self._shown if known.issue(row) == issue), None)
        if row is not None:
            self.right.focus()
            self.right.go_to(row.id)

    def action_next_new(self) -> None:
        """Go to the next passage that came in since the last visit; after the last, the first."""
        fresh = frozenset(self._passages.fresh if self._passages else ())
        numbers = [n for n, row in enumerate(self.right.rows) if row.id in fresh]
        if not numbers:
            self.say("no passage here is new since the last visit")
            return
        self.right.focus()
        self.right.move_to(next((n for n in numbers if n > self.right.cursor), numbers[0]))

    # Filtering

    @property
    def filtered(self) -> PassageList:
        """The passages are filtered, not the facts."""
        return self.right

    async def action_filter(self) -> None:
        """Open the box, and read what it looks in."""
        await super().action_filter()
        self._read_on()

    def _read_on(self) -> None:
        """Read the texts for the filter, some at a time, so that keys are answered in between."""
        known = self._passages
        if known is None or not (rows := known.unread(READ_AT_ONCE)):
            return

        def done(texts: dict[str, str]) -> None:
            """Show what these add, and go on."""
            known.know(texts)
            if self.filter_text:
                self._arrange_passages()
            self._read_on()

        self.in_background(lambda: known.texts(rows), done, group="texts", exclusive=True)

    def refilter(self) -> None:
        """Show what the filter leaves, the cursor on the first passage."""
        self._arrange_passages()
        first = next((row for chapter in self._chapters for row in chapter.rows), None)
        if self.filter_text and first is not None:
            self.right.go_to(first.id)

    # Leaving

    def dismiss(self, result: Visit | None = None) -> AwaitComplete:
        """Leave the page; what comes in from here on is new at the next visit."""
        if self._seen:
            value = {f"{VISITED}{self._entity_id}": self._seen}
            # On the screen below, since this one takes its jobs with it.
            jobs.start(
                self.app.screen_stack[-2],
                lambda: self.workspace.library.save_session(**value),
                group=jobs.WRITE,
            )
        return super().dismiss(result)

    # Verbs

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Act on passages; on facts, a note is on the entity itself."""
        notes = [row for row in rows if isinstance(row, NoteRow)]
        claims = [row for row in rows if isinstance(row, ClaimRow)]
        has_passage = any(isinstance(row, DeferredRow) for row in rows)
        if verb == "note" and not has_passage:
            await self._note_entity()
        elif verb == "delete" and notes:
            self.delete_notes([row.id for row in notes])
        elif verb == "edit" and notes:
            await self.edit_note(notes[0].id)
        elif verb == "copy" and claims and not has_passage:
            self.copied("\n".join(map(_claim_text, claims)), len(claims), "claim")
        else:
            await super().act(verb, rows)

    async def _note_entity(self) -> None:
        if self._facts is None:
            return
        from chinai_tui.ui.screens.note_editor import NoteEditor

        name = self._facts.summary.entity.name

        def save(text: str) -> None:
            self.workspace.notes.entity_note(self._entity_id, text)

        def done(text: str | None) -> None:
            if text is not None:
                self.say(f"noted on {name}")

        await self.app.push_screen(NoteEditor("", title=f"Note on {name}", save=save), done)

    def action_export(self) -> None:
        """Write all that is told here as Markdown, and say where it is."""
        self.in_background(
            lambda: self.workspace.transfer.export_dossier(self._entity_id, self.folder),
            lambda file: self.say(f"dossier in {file}"),
        )


def _claim_text(row: ClaimRow) -> str:
    """A claim with how sure it is and who says it, for the clipboard."""
    said = ", ".join(filter(None, (row.status.value, row.when, row.claim.said_by)))
    return f"{row.text} ({said})"
