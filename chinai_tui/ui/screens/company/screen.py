"""What one does on the page of an entity: where its rows lead, and verbs on them."""

from __future__ import annotations

from textual import events, on

from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.screens.company.page import CompanyPage
from chinai_tui.ui.screens.company.reading import claim_place
from chinai_tui.ui.widgets.fact_rows import ClaimRow, CountRow, EntityRow, FoldRow
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredRow, ListRow, NoteRow


class CompanyScreen(CompanyPage):
    """Names, claims, mentions and notes on the left, every passage on the right."""

    # Moving

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        focused = self.focused
        if isinstance(focused, PassageList):
            self.told(focused.current)
        self.show_keys_here()

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

        await compare_with(self, self.entity_id, self.pass_on)

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        match event.row:
            case DeferredRow() as row if self.passages is not None:
                among = tuple(map(self.passages.place, self.shown))
                self.dismiss(Visit(self.passages.place(row), among))
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
        self.unfolded = True
        shown = self.right if self.is_narrow else self.left
        fold = shown.cursor
        self.rearrange()
        shown.move_to(fold)

    def _go_to_issue(self, issue: str) -> None:
        if (known := self.passages) is None:
            return
        row = next((row for row in self.shown if known.issue(row) == issue), None)
        if row is not None:
            self.right.focus()
            self.right.go_to(row.id)

    def action_next_new(self) -> None:
        """Go to the next passage that came in since the last visit; after the last, the first."""
        fresh = frozenset(self.passages.fresh if self.passages else ())
        numbers = [n for n, row in enumerate(self.right.rows) if row.id in fresh]
        if not numbers:
            self.say("no passage here is new since the last visit")
            return
        self.right.focus()
        self.right.move_to(next((n for n in numbers if n > self.right.cursor), numbers[0]))

    def action_follow(self) -> None:
        """Follow the entity, or no longer."""
        self.follow_entity(self.entity_id, self.read_facts)

    # Verbs

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Act on passages; on facts, a note is on the entity itself."""
        claims = [row for row in rows if isinstance(row, ClaimRow)]
        has_passage = any(isinstance(row, DeferredRow) for row in rows)
        if verb == "note" and not has_passage:
            await self._note_entity()
        elif verb == "copy" and claims and not has_passage:
            self.copied("\n".join(map(_claim_text, claims)), len(claims), "claim")
        else:
            await super().act(verb, rows)

    async def _note_entity(self) -> None:
        if self.facts is not None:
            name = self.facts.summary.entity.name
            await self.write(self.writing_on_entity(self.entity_id, name))

    def action_export(self) -> None:
        """Write all that is told here as Markdown, and say where it is."""
        self.in_background(
            lambda: self.workspace.transfer.export_dossier(self.entity_id, self.folder),
            lambda report: self.exported(report, "dossier"),
        )


def _claim_text(row: ClaimRow) -> str:
    """A claim with how sure it is and who says it, for the clipboard."""
    said = ", ".join(filter(None, (row.status.value, row.when, row.claim.said_by)))
    return f"{row.text} ({said})"
