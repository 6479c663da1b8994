"""The page of an entity: what is told of it, every passage that names it, and their filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Horizontal

from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.messages import LeftPage, Visit, WorkspaceChanged
from chinai_tui.ui.screens.company import facts
from chinai_tui.ui.screens.company.passages import Chapter, Passages, listed, place_told, title
from chinai_tui.ui.screens.company.reading import read_facts, read_first_passages, read_passages
from chinai_tui.ui.screens.filtering import FilteringScreen
from chinai_tui.ui.screens.passage_screen import Standing, shared
from chinai_tui.ui.widgets.fact_rows import ClaimRow
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import DeferredRow, HeadingRow, ListRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import Workspace
from chinai_tui.workspace.core import timestamp
from chinai_tui.workspace.entities import VISITED

TWO_COLUMNS = 100
"""Columns from which facts and passages stand side by side."""
READ_AT_ONCE = 200
"""Passages that are read for the filter at a time."""


@dataclass(frozen=True, slots=True)
class PageView:
    """How a page was left: filter, cursors and pane."""

    filter_text: str
    facts: Standing
    passages: Standing
    in_facts: bool
    """Whether the facts were in use."""
    unfolded: bool
    """Whether all claims were shown."""


class CompanyPage(FilteringScreen):
    """Names, claims, mentions and notes on the left, every passage on the right."""

    DEFAULT_CSS = """
    CompanyPage #body { height: 1fr; }
    CompanyPage #facts { width: 41%; max-width: 72; height: 1fr; background: $pane; }
    CompanyPage #passages { width: 1fr; height: 1fr; background: $ground; }
    CompanyPage.-narrow #facts { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*shared("jump", "compare", "follow")]
    placeholder = "words in the passages"
    KEYS = (
        "passages.down",
        "passages.open",
        "passages.filter",
        "next_pane",
        "passages.copy",
        "passages.note",
        "passages.bookmark",
        "compare",
        "follow",
        "passages.mark_row",
        "passages.export",
        "jump",
        "help",
    )
    FACT_KEYS: ClassVar[Sequence[str]] = (
        "passages.down",
        "passages.open",
        "passages.note",
        "passages.copy",
        "next_pane",
        "compare",
        "passages.mark_row",
        "passages.export",
        "follow",
        "help",
    )
    """The same where one is among the facts."""

    WORDS: ClassVar[Mapping[str, str]] = {"compare": "compare"}
    FACT_WORDS: ClassVar[Mapping[str, str]] = {
        **WORDS,
        "passages.open": "open",
        "passages.note": "note on it",
        "passages.copy": "copy claim",
        "passages.mark_row": "mark names",
    }

    def __init__(self, workspace: Workspace, entity_id: str, view: PageView | None = None) -> None:
        """Take the id of the entity, and how the page was left where it is opened again."""
        super().__init__(workspace)
        self.entity_id = entity_id
        self._before = view
        """How the page is to stand once its rows are known."""
        self.facts: facts.Facts | None = None
        self.passages: Passages | None = None
        """All passages; none until it is known where they are."""
        self.chapters: list[Chapter] = []
        """The passages that the filter leaves."""
        self._seen = ""
        """When what is shown was read, once it is shown."""
        self._told: list[ListRow] = []
        """The rows of the facts."""
        self.unfolded = view is not None and view.unfolded
        """Whether all claims are shown."""
        self.filter_text = view.filter_text if view else ""

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
        self.read_facts()
        if self.facts is None:
            return
        self._seen = now
        if self.passages is None:
            first = read_first_passages(self.workspace, self.facts)
            self._show_passages(first)
            if first.is_complete:
                return
        self.call_after_refresh(self._read_all)

    def _read_all(self) -> None:
        if (found := self.facts) is not None:
            self.in_background(
                lambda: read_passages(self.workspace, found),
                self._show_passages,
                group="passages",
                exclusive=True,
            )

    def _show_passages(self, passages: Passages) -> None:
        if self.passages is not None:
            passages.know_again(self.passages)
        self.passages = passages
        self._arrange_passages()
        if self.filter_text or self.is_typing:
            self._read_on()

    def read_facts(self) -> None:
        """Read what is told of the entity, and show it."""
        try:
            self.facts = read_facts(self.workspace, self.entity_id)
        except ChinaiError as error:
            self.say(clean_line(str(error)), warning=True)
        self.rearrange()

    @on(WorkspaceChanged)
    def _follow_library(self, event: WorkspaceChanged) -> None:
        if event.library:
            self._read()

    def refresh_notes(self) -> None:
        """Show notes and marks anew."""
        self.read_facts()
        self.forget_details()

    # Showing

    def on_resize(self) -> None:
        """Put the facts beside the passages, or above them."""
        self.set_class(self.is_narrow, "-narrow")
        if self.is_narrow and self.left.has_focus:
            self.right.focus()
        self.rearrange()

    def rearrange(self) -> None:
        """Show facts and passages as they are known, in the lists there is room for."""
        if self.facts is None:
            return
        self._told = facts.rows(self.facts, unfolded=self.unfolded)
        if not self.is_narrow:
            self.left.set_title(AIR)
            self.left.set_rows(self._told)
        self._arrange_passages()

    def _arrange_passages(self) -> None:
        self.chapters = self.passages.fitting(self.filter_text) if self.passages else []
        shown = listed(self.chapters)
        over = title(self.passages, self.chapters, self.filter_text)
        if self.is_narrow:
            self.right.set_title()
            self.right.set_rows([*self._told, HeadingRow(over), *shown])
        else:
            self.right.set_title(AIR, over, RULE)
            self.right.set_rows(shown)
        self._stand_as_before()

    def _stand_as_before(self) -> None:
        """On a page that is opened again, put the cursors where they were; once."""
        before = self._before
        if before is None or not self.right.size.height:
            return
        if not self.is_narrow and before.in_facts and not self.left.has_focus:
            self.left.focus()
        at_facts = self.is_narrow or before.facts.take(self.left)
        if before.passages.take(self.right) and at_facts:
            self._before = None

    def told(self, row: ListRow | None) -> None:
        """Tell which passage one is at and whose words it is, or who makes the claim."""
        if self.facts is None:
            return
        entity = self.facts.summary.entity
        section = voice = ""
        if isinstance(row, DeferredRow):
            section = place_told(row, self.chapters)
            voice = self.right.detail(row).voice
        elif isinstance(row, ClaimRow):
            section, voice = "claim", row.claim.said_by
        self.status.show(Status(f"{entity.kind.value} ›", entity.name, section, voice))
        self.show_keys_here()

    @property
    def is_in_facts(self) -> bool:
        """Whether verbs act on the facts."""
        if self.is_narrow:
            return not isinstance(self.right.current, DeferredRow)
        return self.left.has_focus

    def show_keys_here(self) -> None:
        """Show the keys for the facts or for the passages; with the box open, those of the box."""
        if self.is_typing:
            return
        if self.is_in_facts:
            self.show_keys(self.FACT_KEYS, self.FACT_WORDS)
        else:
            self.show_keys(self.KEYS, self.WORDS)

    @property
    def shown(self) -> list[DeferredRow]:
        """The passages that the filter leaves, in the order of the list."""
        return [row for chapter in self.chapters for row in chapter.rows]

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
        known = self.passages
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
        first = next((row for chapter in self.chapters for row in chapter.rows), None)
        if self.filter_text and first is not None:
            self.right.go_to(first.id)

    # Leaving

    def left_page(self) -> LeftPage | None:
        """The page as it stands."""
        if self.facts is None:
            return None
        view = PageView(
            filter_text=self.filter_text,
            facts=Standing.of(self.left),
            passages=Standing.of(self.right),
            in_facts=self.left.has_focus,
            unfolded=self.unfolded,
        )
        workspace, entity, page = self.workspace, self.entity_id, type(self)
        name = clean_line(self.facts.summary.entity.name)
        return LeftPage(name, lambda: page(workspace, entity, view))

    def dismiss(self, result: Visit | None = None) -> AwaitComplete:
        """Leave the page; what comes in from here on is new at the next visit."""
        if self._seen:
            value = {f"{VISITED}{self.entity_id}": self._seen}
            self.in_background(lambda: self.workspace.library.save_session(**value))
        return super().dismiss(result)
