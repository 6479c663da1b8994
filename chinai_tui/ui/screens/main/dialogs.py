"""The screens that come over the main one, and what becomes of their answers.

They are imported when they are first asked for: none is needed for the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on

from chinai_tui.domain.link import Link
from chinai_tui.ui.commands import BY_ID
from chinai_tui.ui.messages import LeftPage, OpenEntity, Place, Say, Visit, VisitPlace
from chinai_tui.ui.screens.main.links import NOTHING_OPEN
from chinai_tui.ui.screens.main.listing import ListActions
from chinai_tui.ui.screens.working_screen import shown_path
from chinai_tui.ui.widgets.entity_sidebar import EntitySidebar
from chinai_tui.workspace import Difference, ExportReport, ExportTarget

AHEAD_SECONDS = 0.3
"""Seconds after the start in which nothing is prepared that is not shown."""


class Dialogs(ListActions):
    """Asks, and acts on the answer; an answer of `None` means that one only backed out."""

    def on_mount(self) -> None:
        """Make ready what is to come up at once, when everything is shown."""
        self.set_timer(AHEAD_SECONDS, lambda: self.in_background(self._prepare, group="ahead"))

    def _prepare(self) -> None:
        import chinai_tui.ui.screens.jump
        import chinai_tui.ui.screens.notes  # noqa: F401

        self.workspace.entities.prepare_jump()

    async def action_jump(self) -> None:
        """Jump to an entity by any of its names, or to an issue by its number or title."""
        from chinai_tui.ui.screens.jump import JumpScreen

        await self.ask(JumpScreen(self.workspace, self.read), self._jumped)

    async def _jumped(self, entity_id: str | None) -> None:
        if entity_id:
            from chinai_tui.ui.screens.jump import remember

            await self.open_entity(entity_id)
            self.in_background(lambda: remember(self.workspace, entity_id))

    async def open_entity(self, entity_id: str) -> None:
        """Make an entity the current one and show its page."""
        from chinai_tui.ui.screens.company import CompanyScreen

        def left(answer: Visit | None) -> None:
            """Go where the page says; what was new on it has been seen."""
            self.see_news(entity_id)
            self.go_to_answer(answer)

        await self.ask(CompanyScreen(self.workspace, entity_id), left)
        # What lies below the page need not be drawn before it.
        self.choose_entity(entity_id)

    async def action_compare(self) -> None:
        """Compare the current entity with others, which are asked for one after the other."""
        from chinai_tui.ui.screens.compare.asking import compare_with

        current = self.names.current
        entity = current.entity.id if current else self.entity
        await compare_with(self, entity, self.go_to_answer)

    @on(EntitySidebar.Opened)
    async def _open_name(self, event: EntitySidebar.Opened) -> None:
        await self.open_entity(event.entity)

    @on(OpenEntity)
    async def _open_entity(self, event: OpenEntity) -> None:
        await self.open_entity(event.entity)

    async def action_search(self) -> None:
        """Search the library."""
        from chinai_tui.ui.screens.search import SearchScreen

        visit = self.visit
        query, place = (visit.query, visit.place) if visit else ("", None)
        await self.ask(SearchScreen(self.workspace, query, place), self.go_to_answer)

    async def return_to_results(self) -> bool:
        """From a passage of a search go back to the list of its answer.

        The cursor is on the passage one has come to. False where one is at none of a search, or
        looks for something else in the issue.
        """
        here, visit = self.spot(), self.visit
        if here is None or visit is None or not self.is_at_result:
            return False
        spot = self.history.back_to_page(here) if self.hits.needle in ("", visit.query) else None
        if spot is None:
            return False
        await self.go_back(spot)
        from chinai_tui.ui.screens.search import SearchScreen

        if isinstance(self.app.screen, SearchScreen) and not visit.left:
            self.app.screen.stand_at(visit.place)
        return True

    async def action_save_filter(self) -> None:
        """Keep the filter of the list under a name; a kept one gets another, or is forgotten."""
        from chinai_tui.ui.screens.search.keeping import keep

        if self.filter_text:
            await keep(self, self.filter_text, self.read_saved)
        else:
            self.say("filter the list first, or choose a saved search")

    async def action_catch_up(self) -> None:
        """Show what is unread on one page."""
        from chinai_tui.ui.screens.catch_up import CatchUpScreen

        await self.ask(CatchUpScreen(self.workspace), self.go_to_answer)

    async def action_notes(self) -> None:
        """List all notes and highlights."""
        await self._list_notes(bookmarks=False)

    async def action_bookmarks(self) -> None:
        """List the bookmarks."""
        await self._list_notes(bookmarks=True)

    async def _list_notes(self, *, bookmarks: bool) -> None:
        from chinai_tui.ui.screens.notes import Listed, NotesScreen, View

        view = View(Listed.BOOKMARKS if bookmarks else Listed.NOTES)
        await self.ask(NotesScreen(self.workspace, view), self.go_to_answer)

    def go_to_answer(self, answer: Visit | Place | None) -> None:
        """Go where a list of passages says."""
        if isinstance(answer, Place):
            answer = Visit(answer)
        if answer is not None:
            self.visit_place(answer)
            if answer.placing:
                self.take_in_hand(self.workspace.notes.get(answer.placing))

    async def reopen(self, pages: tuple[LeftPage, ...]) -> None:
        """Put pages one has left over the text again; a place chosen on them is visited."""
        from chinai_tui.ui.screens.passage_screen import PassageScreen

        answered: Callable[[Visit | None], None] = self.go_to_answer
        for page in pages:
            screen = page.reopen()
            if isinstance(screen, PassageScreen):
                screen.onward = self._go_onward
            await self.ask(screen, answered)
            if isinstance(screen, PassageScreen):
                answered = screen.pass_on

    async def _go_onward(self) -> None:
        """From a page one has come back to, go forward to the place one chose on it."""
        while self.app.screen is not self:
            await self.app.pop_screen()
        self.action_forward()

    @on(VisitPlace)
    def _visit_place(self, event: VisitPlace) -> None:
        self.visit_place(event.visit)

    async def action_outline(self) -> None:
        """List the headings of the issue."""
        if self.opened is None:
            return
        from chinai_tui.ui.screens.outline import KEYS as OUTLINE_KEYS
        from chinai_tui.ui.screens.outline import OutlineScreen

        document, here = self.opened.document, self.spot()
        if not document.headings():
            self.say("this text has no headings")
            return

        def show(block: int) -> None:
            """Show a heading beside the list."""
            self.reader.go_to(document.blocks[block].start, top=True)

        def go(block: int | None) -> None:
            """Stay at the heading that was chosen, or be where one was."""
            self.show_keys()
            if block is not None and here is not None:
                self.history.leave(here)
                show(block)
            elif here is not None:
                self.return_to(here)

        screen = OutlineScreen(document, self.reader.current, show)
        self.keys.show_hints(OUTLINE_KEYS)
        await self.ask(screen, go)

    async def action_links(self) -> None:
        """List the links of the text in hand."""
        opened, view = self.in_hand
        if opened is None:
            self.say(NOTHING_OPEN)
            return
        from chinai_tui.ui.screens.links import LinksScreen

        def go(link: Link | None) -> None:
            """Follow the link that was chosen."""
            if link is not None:
                self.follow(link)

        screen = LinksScreen(opened.document, view.links, view.passage[0], opened.issue.audio)
        await self.ask(screen, go)

    def action_changes(self) -> None:
        """Show what has changed in the text in hand since its last revision."""
        opened, view = self.in_hand
        if opened is None:
            self.say(NOTHING_OPEN)
            return
        if not opened.issue.documents[opened.role].earlier:
            self.say("this text is as it was when it came in")
            return
        find = partial(self.workspace.library.difference, opened.issue.id, opened.role)

        def show(changed: Difference) -> None:
            """Show what was found."""
            from chinai_tui.ui.screens.changes import ChangesScreen

            self.app.push_screen(ChangesScreen(changed, opened, self.keymap, view.measure))

        self.in_background(find, show, group="changes", exclusive=True)

    async def action_help(self) -> None:
        """Show every key."""
        from chinai_tui.ui.screens.command_list import HelpScreen

        await self.ask(HelpScreen(self.keymap), self.run_command)

    async def action_palette(self) -> None:
        """Find a command by its name."""
        from chinai_tui.ui.screens.command_list import PaletteScreen

        await self.ask(PaletteScreen(self.keymap), self.run_command)

    async def run_command(self, command_id: str | None) -> None:
        """Run a command of the table, if one was chosen."""
        if command_id:
            await self.run_action(BY_ID[command_id].action)

    @on(Say)
    def _say(self, event: Say) -> None:
        self.say(event.text, warning=event.warning)

    # Files

    def action_export(self) -> None:
        """Write the notes of this issue as Markdown."""
        if self.opened is None:
            return
        if not self.workspace.notes.of_issue(self.opened.issue.id):
            self.say("no notes on this issue to export")
            return
        target = ExportTarget(issue=self.opened.issue.id)
        self.in_background(
            lambda: self.workspace.transfer.export(target, self.folder), self._exported
        )

    def _exported(self, report: ExportReport) -> None:
        notes = "1 note" if report.notes == 1 else f"{report.notes} notes"
        self.say(f"{notes} in {shown_path(report.files[0])}")

    def action_save(self) -> None:
        """Write this issue as Markdown."""
        if self.opened is None:
            return
        issue_id = self.opened.issue.id
        self.in_background(
            lambda: self.workspace.transfer.save_issue(issue_id, self.folder),
            lambda file: self.say(f"saved as {shown_path(file)}"),
        )
