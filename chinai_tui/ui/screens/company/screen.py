"""The screen on which all is told that the library has of an entity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from chinai_tui.domain.query import Passage
from chinai_tui.errors import ChinaiError
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.company import facts, passages
from chinai_tui.ui.screens.company.reading import claim_place, read_facts
from chinai_tui.ui.screens.filtering import FilteringScreen
from chinai_tui.ui.screens.passage_screen import shared
from chinai_tui.ui.widgets.fact_rows import ClaimRow, CountRow, EntityRow, FoldRow
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import HeadingRow, ListRow, NoteRow, PassageRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import ExportTarget, Workspace

TWO_COLUMNS = 100
"""Columns from which facts and passages stand side by side."""


class CompanyScreen(FilteringScreen):
    """Names, claims, mentions and notes on the left, every passage on the right."""

    DEFAULT_CSS = """
    CompanyScreen #body { height: 1fr; }
    CompanyScreen #facts { width: 41%; max-width: 72; height: 1fr; background: $pane; }
    CompanyScreen #passages { width: 1fr; height: 1fr; background: $ground; }
    CompanyScreen.-narrow #facts { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*shared("jump")]
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
        self._passages: list[PassageRow] | None = None
        """All passages, before they are filtered; none while they are read."""
        self._shown: list[PassageRow] = []
        """The passages that the filter leaves."""
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
        self._read_facts()
        self.in_background(
            lambda: self.workspace.entities.passages(self._entity_id),
            self._show_passages,
            group="passages",
        )

    def _read_facts(self) -> None:
        try:
            self._facts = read_facts(self.workspace, self._entity_id)
        except ChinaiError as error:
            self.say(clean_line(str(error)), warning=True)
        self._arrange()

    def _show_passages(self, found: Sequence[Passage]) -> None:
        if self._facts is not None:
            entity = self._facts.summary.entity
            self._passages = passages.rows(found, self._facts.issues, entity)
            self._arrange()

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
        told = facts.rows(self._facts, unfolded=self._unfolded)
        words = fold(self.filter_text).split()
        shown = self._shown = [row for row in self._passages or () if passages.fits(row, words)]
        if self.is_narrow:
            self.right.set_title()
            self.right.set_rows([*told, HeadingRow(self._title()), *shown])
        else:
            self.left.set_title(AIR)
            self.left.set_rows(told)
            self.right.set_title(AIR, self._title(), RULE)
            self.right.set_rows(shown)

    def _title(self) -> tuple[Part, ...]:
        title = Part("Passages", "strong", bold=True)
        if self._passages is None:
            return (title, Part("  reading …", "faint"))
        if not self.filter_text:
            count = f"  {len(self._passages)} by date" if self._passages else "  none yet"
            return (title, Part(count, "dim"), Part("   / filter", "faint"))
        count = f"  {len(self._shown)} of {len(self._passages)}"
        return (title, Part(count, "ink"), Part(f" with “{self.filter_text}”", "dim"))

    def told(self, row: ListRow | None) -> None:
        """Tell which passage one is at and whose words it is, or who makes the claim."""
        if self._facts is None:
            return
        entity = self._facts.summary.entity
        section = voice = ""
        if isinstance(row, PassageRow):
            section = f"passage {self._number(row) + 1} of {len(self._shown)}"
            voice = self.right.detail(row).voice
        elif isinstance(row, ClaimRow):
            section, voice = "claim", row.claim.said_by
        self.status.show(Status(f"{entity.kind.value} ›", entity.name, section, voice))

    def _number(self, row: PassageRow) -> int:
        return next((n for n, each in enumerate(self._shown) if each is row), 0)

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
        among_facts = not isinstance(self.right.current, PassageRow)
        wanted = (
            row.id
            for row in self.right.rows
            if row.id and isinstance(row, PassageRow) is among_facts
        )
        self.right.go_to(next(wanted, ""))

    def action_previous_pane(self) -> None:
        """The same: there are two."""
        self.action_next_pane()

    async def action_jump(self) -> None:
        """Jump to another entity; its page comes over this one."""
        from chinai_tui.ui.screens.jump import JumpScreen

        async def go(entity_id: str | None) -> None:
            if entity_id:
                await self.open_entity(entity_id)

        await self.app.push_screen(JumpScreen(self.workspace), go)

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        match event.row:
            case PassageRow() as row:
                among = tuple(each.place for each in self._shown)
                self.dismiss(Visit(row.place, among))
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
        self._arrange()
        (self.right if self.is_narrow else self.left).go_to(f"claim {facts.CLAIMS}")

    def _go_to_issue(self, issue: str) -> None:
        row = next((row for row in self._shown if row.place.issue == issue), None)
        if row is not None:
            self.right.focus()
            self.right.go_to(row.id)

    # Filtering

    @property
    def filtered(self) -> PassageList:
        """The passages are filtered, not the facts."""
        return self.right

    def refilter(self) -> None:
        """Show what the filter leaves, the cursor on the first passage."""
        self._arrange()
        first = next(iter(self._shown), None)
        if self.filter_text and first is not None:
            self.right.go_to(first.id)

    # Verbs

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Act on passages; on facts, a note is on the entity itself."""
        notes = [row for row in rows if isinstance(row, NoteRow)]
        claims = [row for row in rows if isinstance(row, ClaimRow)]
        has_passage = any(isinstance(row, PassageRow) for row in rows)
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
        """Write the notes on the entity, and on passages that name it, as Markdown."""
        target = ExportTarget(entity=self._entity_id)
        self.in_background(
            lambda: self.workspace.transfer.export(target, self.folder), self.exported
        )


def _claim_text(row: ClaimRow) -> str:
    """A claim with how sure it is and who says it, for the clipboard."""
    said = ", ".join(filter(None, (row.status.value, row.when, row.claim.said_by)))
    return f"{row.text} ({said})"
