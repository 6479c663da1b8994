"""The page on which one catches up with what is unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from chinai_tui.domain.entity import Entity
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui import browser, clipboard
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.messages import LeftPage, Visit, WorkspaceChanged
from chinai_tui.ui.screens.catch_up.rows import IssueHead, TranslationRow, rows, told
from chinai_tui.ui.screens.passage_screen import PassageScreen, Standing
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, PassageRow, TextRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import NewsCount, NewsItem, Workspace

NOTHING_NEW = "Nothing that is unread came in since. C shows all that is unread."
NOTHING = "Everything is read."


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to catch up with."""

    moment: str
    """When it was read."""
    items: Sequence[NewsItem]
    count: NewsCount

    @property
    def is_all(self) -> bool:
        """Whether no issue was left out for being one too many."""
        return len(self.items) >= self.count.unread


@dataclass(frozen=True, slots=True)
class Before:
    """A page that one left."""

    since: str
    is_whole: bool
    found: Found | None
    known: str
    marked: frozenset[str]
    standing: Standing


class CatchUpScreen(PassageScreen):
    """Unread issues with their takeaways; dismissed with the place that was chosen."""

    DEFAULT_CSS = "CatchUpScreen PassageList { height: 1fr; background: $ground; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.NEWS)]
    KEYS = (
        "passages.down",
        "passages.open",
        "news.mark_all",
        "news.all",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "help",
    )

    def __init__(self, workspace: Workspace, before: Before | None = None) -> None:
        """Hold the library; what is unread is read when the page is mounted.

        A page one has left is opened again as it was, with what one has read since.
        """
        super().__init__(workspace)
        self._since = before.since if before else workspace.news.last_time()
        self._is_whole = before.is_whole if before else not self._since
        """Whether all unread issues are shown, not only those that came in lately."""
        self._found = before.found if before else None
        self._known = before.known if before else ""
        """The moment up to which all that came in has been shown; empty if some was left out."""
        self._arrived = 0
        """Issues that came in since the page was read."""
        self._has_failed = False
        """Whether reading ended in an error."""
        self._standing = before.standing if before else Standing()
        self._names: dict[str, Entity] = {}
        self._marked: set[str] = set(before.marked) if before else set()
        """The issues that were marked read here."""
        self._read: set[str] = set(self._marked)
        """The issues that are read meanwhile, here or elsewhere."""

    def compose(self) -> ComposeResult:
        """One list."""
        yield PassageList()
        yield StatusBar()
        yield KeyFooter(self.keymap)

    @property
    def page(self) -> PassageList:
        """The list of all."""
        return self.query_one(PassageList)

    def on_mount(self) -> None:
        """Read what is unread, or of what was unread what no longer is."""
        self.page.focus()
        self._names = {each: self.workspace.entities.get(each) for each in self._followed()}
        if self._found is None:
            self._reread()
        else:
            self._show()
            self._standing.take(self.page)
            self._find_read()
            self._find_arrived()

    def left_page(self) -> LeftPage:
        """The page as it stands."""
        workspace = self.workspace
        before = Before(
            self._since,
            self._is_whole,
            self._found,
            self._known,
            frozenset(self._marked),
            Standing.of(self.page),
        )
        return LeftPage("catching up", lambda: CatchUpScreen(workspace, before))

    def _followed(self) -> tuple[str, ...]:
        return self.workspace.news.followed()

    def _reread(self) -> None:
        since = "" if self._is_whole else self._since
        news = self.workspace.news
        self._found, self._arrived, self._has_failed = None, 0, False
        self._show()
        self.in_background(
            lambda: Found(news.moment(), news.unread(since), news.count(since)),
            self._take,
            group="news",
            exclusive=True,
            failed=self._fail,
        )

    def _take(self, found: Found) -> None:
        self._found = found
        if found.is_all:
            self._known = found.moment
        self._read = set(self._marked)
        self._show()

    def _fail(self) -> None:
        self._has_failed = True
        self._show()

    @on(WorkspaceChanged)
    def _follow_library(self, event: WorkspaceChanged) -> None:
        if event.issues:
            self._find_read()
        if event.library:
            self._find_arrived()

    def _find_arrived(self) -> None:
        """Find out what came in since the page was read; that is told, and nothing moves."""
        if (found := self._found) is not None:
            self.in_background(
                lambda: self.workspace.news.count(found.moment).unread,
                partial(self._take_arrived, found),
                group="arrived",
                exclusive=True,
            )

    def _take_arrived(self, found: Found, count: int) -> None:
        if found is self._found and count != self._arrived:
            self._arrived = count
            self._set_title()

    def _find_read(self) -> None:
        """Find out what of the page is read by now; its rows stay where they are."""
        shown = {item.row.id for item in self._items}

        def read() -> set[str]:
            """Runs in a thread."""
            return {row.id for row in self.workspace.library.rows().rows if row.read} & shown

        self.in_background(read, self._take_read, group="read", exclusive=True)

    def _take_read(self, read: set[str]) -> None:
        if read != self._read:
            self._read = read
            self._show()

    @property
    def _items(self) -> Sequence[NewsItem]:
        return self._found.items if self._found is not None else ()

    def _set_title(self) -> None:
        self.page.set_title(AIR, *self._title(), RULE)

    def _show(self) -> None:
        self._set_title()
        if self._found is None:
            self.page.set_rows([])
        elif self._items:
            self.page.set_rows(rows(self._items, self._names, self._read))
        else:
            self.page.set_rows([TextRow(NOTHING if self._is_whole else NOTHING_NEW, gap=1)])
            self.told(None)

    def _title(self) -> Iterator[tuple[Part, ...]]:
        title = Part(" Catch up", "strong", bold=True)
        if self._found is None:
            failed = Part("  could not be read; C tries again", "state")
            yield title, failed if self._has_failed else Part("  reading …", "faint")
            return
        since = "" if self._is_whole else self._since[:10]
        shown, hidden = told(len(self._items), self._found.count, since)
        done = f", {len(self._read):,} of them read by now" if self._read else ""
        them = "it" if self._arrived == 1 else "them"
        news = f"  {self._arrived:,} came in meanwhile, C shows {them}" if self._arrived else ""
        yield title, Part(news, "state"), Part(f"  {shown}{done}", "dim")
        if hidden:
            yield (Part(f" {hidden}", "faint"),)

    def told(self, row: ListRow | None) -> None:
        """Tell which issue one is at, and whose words the passage is."""
        status = Status(library="catch up")
        if isinstance(row, PassageRow):
            status = Status(library="catch up", voice=self.page.detail(row).voice)
        self.status.show(status)

    def refresh_notes(self) -> None:
        """Show the marks anew."""
        self.forget_details()

    # Going

    @on(PassageList.Opened)
    def _open(self, event: PassageList.Opened) -> None:
        match event.row:
            case IssueHead(place=place) | PassageRow(place=place):
                self.dismiss(Visit(place))
            case TranslationRow(url=url):
                self.in_background(
                    lambda: browser.open_url(url), partial(self._opened, url), group="browser"
                )

    def _opened(self, url: str, done: bool) -> None:
        """Say where the link is; without a browser it is copied, to be opened elsewhere."""
        if not done:
            clipboard.copy(self, url)
        self.say(f"{'opened' if done else 'no browser here; copied'}: {clean_line(url)}")

    def action_back_out(self) -> None:
        """Go back; next time only what came in since it was read is told."""
        if self._known:
            self.in_background(partial(self.workspace.news.caught_up, self._known))
        super().action_back_out()

    # Verbs

    def action_show_all(self) -> None:
        """Show all that is unread, or only what came in since one was last here.

        Where something came in meanwhile, or nothing could be read, the same is read anew.
        """
        if self._arrived or self._has_failed:
            self._reread()
            return
        if not self._since:
            self.say("this is all that is unread")
            return
        self._is_whole = not self._is_whole
        self._reread()

    def action_mark_all_read(self) -> None:
        """Mark the issues shown as read."""
        ids = [item.row.id for item in self._items if item.row.id not in self._read]
        if not ids:
            self.say("nothing here is unread")
            return
        self._marked |= set(ids)
        self._read |= set(ids)
        self._show()
        count = "1 issue" if len(ids) == 1 else f"{len(ids)} issues"
        self.in_background(
            lambda: self.workspace.library.mark_read(ids, True),
            lambda _: self.say(f"{count} marked read; u takes it back"),
        )

    def action_undo(self) -> None:
        """Mark as unread again what was marked here, or undo the last change to notes."""
        if not self._marked:
            super().action_undo()
            return
        ids, self._marked = [*self._marked], set()
        self._read -= set(ids)
        self._show()
        self.in_background(
            lambda: self.workspace.library.mark_read(ids, False),
            lambda _: self.say("unread again"),
        )
