"""A box over the text that mends what is marked in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from chinai_tui.domain.mending import Correction, Extent
from chinai_tui.ui import jobs
from chinai_tui.ui.messages import Say
from chinai_tui.ui.screens.jump import JumpScreen
from chinai_tui.ui.screens.mend import form
from chinai_tui.ui.screens.mend.correction import CorrectionPane
from chinai_tui.ui.screens.mend.form import EntityForm
from chinai_tui.ui.screens.mend.standing import Standing, standing
from chinai_tui.ui.screens.mend.subject import Addition, Subject
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import HIT, Lit, Row, flow
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.lines_pane import LinesPane
from chinai_tui.ui.widgets.menu_list import MenuList
from chinai_tui.ui.widgets.strips import wrapped
from chinai_tui.workspace import Workspace

OFFERS, FORM, LINES = "offers", "form", "lines"
"""The levels of the box, by the ids of what is shown on them."""
KEYS = (("digits", "choose"), ("j k", "move"), ("Enter", "choose"), ("q", "back"))
TITLE_LINES, CONTEXT_LINES = 2, 3


class OfferList(MenuList):
    """What can be done; one click chooses."""

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; a click on the cursor's row chooses it."""
        row = self.row_at(event.y)
        if row is not None:
            self.move_to(row)


class MendScreen(ModalScreen[Correction | None]):
    """What to do about some words, a form where it needs one, the lines that will be written.

    Dismissed with the correction that is to be made; nothing is written here.
    """

    DEFAULT_CSS = """
    MendScreen > Vertical {
        width: 80;
        max-width: 100%;
        height: 18;
        max-height: 100%;
        margin: 2 0;
        padding: 1 0 0 0;
        background: $pane;
    }
    MendScreen.-short > Vertical { margin: 0; padding: 0; height: 100%; }
    MendScreen > Vertical > LinesPane { height: auto; margin: 0 0 1 0; }
    MendScreen ContentSwitcher { height: 1fr; background: $pane; }
    MendScreen MenuList { height: 1fr; background: $pane; }
    """

    # Boxes elsewhere are lit whether one is in them or not; here there are several.
    CSS = "MendScreen EntityForm LineInput:blur { background: $ground; }"

    BINDINGS = [Binding("escape", "back_out", show=False)]  # noqa: RUF012

    def __init__(self, workspace: Workspace, subject: Subject, file: Path, undo: str) -> None:
        """Take the words, the user's entity file, and the key that takes a correction back."""
        super().__init__()
        self._workspace = workspace
        self._subject = subject
        self._file = file
        self._undo = undo
        self._levels: list[str] = []

    def compose(self) -> ComposeResult:
        """The words, where they stand, one of the levels, the keys."""
        subject = self._subject
        first = FORM if subject.is_new else OFFERS
        text_width = max(cell_len(choice.text) for choice in subject.offers())
        with Vertical():
            yield LinesPane(self._draw_words)
            with ContentSwitcher(initial=first):
                yield OfferList(key_width=1, text_width=text_width, id=OFFERS)
                yield EntityForm(subject.name, subject.han, id=FORM)
                yield CorrectionPane(self._file, self._undo, id=LINES)
            yield KeyFooter({})

    def on_mount(self) -> None:
        """Begin with the offers, or with the form of a new entity."""
        self.query_one(OfferList).set_choices(self._subject.offers())
        self._enter(FORM if self._subject.is_new else OFFERS)

    def on_resize(self) -> None:
        """Take the whole screen where it is low."""
        self.set_class(self.size.height < 24, "-short")

    def _draw_words(self, width: int, pens: Pens) -> list[Row]:
        """The words, what they are taken for, and where they stand."""
        title = wrapped(self._subject.title, width, TITLE_LINES)
        context = self._subject.context
        lit = [Lit(context.start, context.end, HIT)]
        lines = flow(context.text, width, pens, role="dim", lit=lit, limit=CONTEXT_LINES)
        return [Row([(each, pens("strong", bold=True))]) for each in title] + [*map(Row, lines)]

    # Levels

    def _enter(self, level: str) -> None:
        """Go one level in."""
        self._levels.append(level)
        self._show(level)

    def _show(self, level: str) -> None:
        self.query_one(ContentSwitcher).current = level
        lines = self.query_one(CorrectionPane)
        fields: dict[str, tuple[Widget, Sequence[tuple[str, str]]]] = {
            OFFERS: (self.query_one(OfferList), KEYS),
            FORM: (self.query_one(EntityForm).first, form.KEYS),
            LINES: (lines.scroll, lines.keys),
        }
        field, keys = fields[level]
        self.query_one(KeyFooter).show_hints(keys)
        self.set_focus(field, scroll_visible=False)

    def action_back_out(self) -> None:
        """Back out by one level; at the first, with nothing."""
        self._levels.pop()
        if self._levels:
            self._show(self._levels[-1])
        else:
            self.dismiss(None)

    # What is chosen

    async def on_key(self, event: events.Key) -> None:
        """Choose an offer by its number."""
        offers = self.query_one(OfferList)
        if self.focused is not offers:
            return
        for row, choice in enumerate(offers.choices):
            if choice.key == event.character:
                event.stop()
                offers.move_to(row)
                await self._choose(choice.id)

    @on(OfferList.Chosen)
    async def _chosen(self, event: OfferList.Chosen) -> None:
        await self._choose(event.id)

    async def _choose(self, offer: str) -> None:
        if offer == Addition.ENTITY:
            self._enter(FORM)
        elif offer == Addition.ALIAS:
            await self.app.push_screen(JumpScreen(self._workspace), self._found)
        else:
            self._confirm(lambda: self._not_this(Extent(offer)))

    def _found(self, entity_id: str | None) -> None:
        """The words are another name of this entity."""
        if entity_id:
            words = self._subject.words
            self._confirm(lambda: self._workspace.mending.alias(entity_id, words), (words,))

    @on(EntityForm.Filled)
    def _filled(self, event: EntityForm.Filled) -> None:
        if not event.name:
            self._show_lines(Correction("", "", "an entity needs a name"))
            return
        self._confirm(
            lambda: self._workspace.mending.new_entity(
                event.name,
                event.kind,
                event.han,
                case=event.case,
                issue_id=self._subject.issue,
            ),
            tuple(dict.fromkeys(filter(None, (event.name, event.han)))),
        )

    def _not_this(self, extent: Extent) -> Correction:
        subject = self._subject
        if subject.mention is None:
            return Correction("", "", "nothing is marked in these words")
        not_this = self._workspace.mending.not_this
        return not_this(subject.mention, subject.issue, subject.role, extent)

    # What will be written

    def _confirm(self, make: Callable[[], Correction], words: Sequence[str] = ()) -> None:
        """Show the lines once they have been made and checked, unless one backs out meanwhile.

        How often the `words` stand in the library is told when it has been counted.
        """
        asked = list(self._levels)

        def show(correction: Correction) -> None:
            """Show them, in the screen's own time."""
            if self._levels == asked:
                self._show_lines(correction)
                self._count(words, correction)

        jobs.start(self, make, show, group="propose", exclusive=True)

    def _count(self, words: Sequence[str], correction: Correction) -> None:
        workspace, issue, role = self._workspace, self._subject.issue, self._subject.role
        pane = self.query_one(CorrectionPane)

        def tell(standings: Sequence[Standing]) -> None:
            """Tell it below the lines it is about."""
            if pane.correction is correction:
                pane.tell(standings)

        jobs.start(
            self,
            lambda: [standing(workspace, each, issue, role) for each in words],
            tell,
            group="count",
            exclusive=True,
        )

    @on(Say)
    def _tell_fault(self, event: Say) -> None:
        """Say why there are no lines, where they would be."""
        if LINES not in self._levels:
            self._show_lines(Correction("", "", event.text))

    def _show_lines(self, correction: Correction) -> None:
        self.query_one(CorrectionPane).show(correction)
        self._enter(LINES)

    @on(CorrectionPane.Confirmed)
    def _confirmed(self) -> None:
        self.dismiss(self.query_one(CorrectionPane).correction)
