"""What the screens with lists of passages share: status line, keys, ways to and fro."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType

from chinai_tui.errors import ChinaiError
from chinai_tui.ui.commands import BY_ID, Scope, bindings
from chinai_tui.ui.keymap import checked, labels_of
from chinai_tui.ui.messages import LeftPage, Say, Visit, WorkspaceChanged
from chinai_tui.ui.rendering.highlights import sign_of
from chinai_tui.ui.screens.main.wording import voice_name
from chinai_tui.ui.screens.passage_verbs import PassageVerbs
from chinai_tui.ui.widgets.passage_list import PassageList
from chinai_tui.ui.widgets.passage_rows import (
    DeferredRow,
    Detail,
    ListRow,
    PassageRow,
    row_ids,
)
from chinai_tui.workspace import OpenedIssue, Workspace
from chinai_tui.workspace.quoting import voice_at

T = TypeVar("T")
BACK = "passages.back_out"
"""The command whose key stands last in the footer and is never cut."""
NO_WORDS: Mapping[str, str] = {}
TOLD_AT_ONCE = 24
"""Passages for which it is found out at a time whose words they are: more than a screen holds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one stood in a list: the row under the cursor, and the first one on screen."""

    row: str = ""
    top: int = 0

    @classmethod
    def of(cls, passages: PassageList) -> Standing:
        """Where one stands in a list now."""
        return cls(passages.current.id if passages.current else "", passages.top)

    def take(self, passages: PassageList) -> bool:
        """Stand there again; False while the list does not hold the row."""
        if not self.row:
            return True
        if self.row not in row_ids(passages.rows):
            return False
        passages.go_to(self.row)
        passages.top = self.top
        passages.redraw()
        passages.show_cursor()
        return True


def shared(*ids: str) -> list[Binding]:
    """The bindings of commands that hold everywhere, for a screen over the main one."""
    return [binding for binding in bindings(Scope.MAIN) if binding.id in ids]


class PassageScreen(PassageVerbs):
    """A screen with lists of passages; dismissed with the place that was chosen, if one was."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *shared("help", "redo", "next_pane", "previous_pane", "back", "forward"),
        *(binding for binding in bindings(Scope.PASSAGES) if binding.id == BACK),
    ]

    KEYS: ClassVar[Sequence[str]] = ()
    """The commands told in the footer, most useful first."""

    def __init__(self, workspace: Workspace) -> None:
        """Hold the library; the screen reads what it shows when it is mounted."""
        super().__init__(workspace)
        self.keymap, _ = checked(workspace.settings.keys)
        self._unsubscribe: Callable[[], None] = lambda: None
        self.onward: Callable[[], Awaitable[None]] | None = None
        """Where going forward leads, on a page one has come back to."""

    # What subclasses say

    def refresh_notes(self) -> None:
        """Called when annotations have changed."""

    def told(self, row: ListRow | None) -> None:
        """Called when the cursor has come to a row: tell in the status line where one is."""

    def left_page(self) -> LeftPage | None:
        """How the page is opened again as it is now; None if going back does not lead to it."""
        return None

    # What is the same everywhere

    def on_mount(self) -> None:
        """Show the keys and hear of changes."""
        self.show_keys_here()
        self._unsubscribe = self.workspace.subscribe(
            lambda changed: self._heard(changed.issues, changed.annotations, changed.library)
        )

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def _heard(self, issues: frozenset[str], annotations: bool, library: bool) -> None:
        """Runs in the thread of the writer: a message is all that may be sent from there."""
        self.post_message(WorkspaceChanged(issues, annotations, library))

    @on(WorkspaceChanged)
    def _follow_change(self, event: WorkspaceChanged) -> None:
        if event.annotations:
            self.refresh_notes()

    def show_keys_here(self) -> None:
        """Show the keys that do something where one is."""
        self.show_keys(self.KEYS)

    def show_keys(self, ids: Iterable[str], words: Mapping[str, str] = NO_WORDS) -> None:
        """Show the keys of these commands at the bottom, some told in other words."""
        hints = [self._hint(each, words.get(each, "")) for each in ids]
        self.keys.show_hints(hints, [self._hint(BACK)])

    def _hint(self, command_id: str, words: str = "") -> tuple[str, str]:
        command = BY_ID[command_id]
        labels = labels_of(command, self.keymap)[:1]
        if command.pair:
            labels += labels_of(BY_ID[command.pair], self.keymap)[:1]
        return " ".join(labels), words or command.hint or command.title

    @on(Say)
    def _say(self, event: Say) -> None:
        self.say(event.text, warning=event.warning)

    def action_back_out(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Go back to where the page was opened."""
        self.dismiss(None)

    async def action_forward(self) -> None:
        """Go forward to the place one came back from."""
        if self.onward is None:
            self.say("nothing to go forward to")
        else:
            await self.onward()

    def dismiss(self, result: Visit | None = None) -> AwaitComplete:
        """Leave the page; with a place to visit, so that going back leads here again."""
        page = self.left_page() if result is not None else None
        if result is not None and page is not None:
            result = replace(result, left=(page, *result.left))
        return super().dismiss(result)

    async def action_help(self) -> None:
        """Show every key."""
        from chinai_tui.ui.screens.command_list import HelpScreen

        await self.app.push_screen(HelpScreen(self.keymap))

    async def open_entity(self, entity_id: str) -> None:
        """Show the page of an entity; a place chosen there is chosen here."""
        from chinai_tui.ui.screens.company import CompanyScreen

        await self.app.push_screen(CompanyScreen(self.workspace, entity_id), self.pass_on)

    def pass_on(self, visit: Visit | None) -> None:
        """Answer with the place that was chosen on a page over this one."""
        if visit is not None:
            self.dismiss(visit)

    # Lists

    @on(PassageList.Highlighted)
    def _show_where(self, event: PassageList.Highlighted) -> None:
        self.told(event.passages.current)
        # The thread that finds them out would hold up the drawing of the row.
        self.call_after_refresh(self.find_details)

    @on(PassageList.MarksChanged)
    def _show_marked(self, event: PassageList.MarksChanged) -> None:
        rows = "1 row" if event.marked == 1 else f"{event.marked} rows"
        self.say(f"{rows} marked" if event.marked else "no row marked")

    @on(PassageList.Scrolled)
    def _show_scrolled(self) -> None:
        self.find_details()

    def find_details(self) -> None:
        """Find out for the passages on screen whose words they are and what marks they bear."""
        wanted = [
            row
            for passages in self.query(PassageList)
            for row in passages.nearby(TOLD_AT_ONCE)
            if isinstance(row, PassageRow | DeferredRow) and row.id not in passages.details
        ]
        if wanted:
            self.in_background(
                lambda: self._details(wanted), self._tell_details, group="details", exclusive=True
            )

    def _details(self, rows: Sequence[PassageRow | DeferredRow]) -> dict[str, Detail]:
        opened: dict[tuple[str, str], OpenedIssue] = {}
        found = {}
        for row in rows:
            place = row.read().place if isinstance(row, DeferredRow) else row.place
            key = (place.issue, place.role)
            if key not in opened:
                # What cannot be opened says so when one goes there; the others are told of.
                with suppress(ChinaiError):
                    opened[key] = self.workspace.library.open(place.issue, place.role)
            if (issue := opened.get(key)) is None:
                continue
            marks = [
                sign_of(each.annotation)
                for each in issue.annotations
                if each.placement.start < place.end and place.start < each.placement.end
            ]
            voice = voice_name(voice_at(issue, place.start, place.end))
            found[row.id] = Detail(voice, " ".join(dict.fromkeys(marks)))
        return found

    def _tell_details(self, details: dict[str, Detail]) -> None:
        for passages in self.query(PassageList):
            passages.set_details(details)
            if passages.has_focus and passages.current:
                self.told(passages.current)

    def forget_details(self) -> None:
        """Find out anew what is told of the passages on screen."""
        for passages in self.query(PassageList):
            passages.details.clear()
        self.find_details()
