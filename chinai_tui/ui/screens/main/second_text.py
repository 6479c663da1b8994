"""The full translation, or the Chinese source, beside the text; alone where there is no room."""

from __future__ import annotations

from chinai_tui.domain.document import BlockRole, Document, DocumentRole
from chinai_tui.errors import ChinaiError
from chinai_tui.text.counterpart import counterpart
from chinai_tui.text.translation import full_translation
from chinai_tui.ui import browser
from chinai_tui.ui.rendering.marks import Mark
from chinai_tui.ui.screens.main.arrangement import THREE_PANES, Pane
from chinai_tui.ui.screens.main.base import SecondText
from chinai_tui.ui.screens.main.history import Spot
from chinai_tui.ui.screens.main.links import NOTHING_OPEN, LinkActions
from chinai_tui.ui.screens.main.marks import marks_of
from chinai_tui.ui.screens.main.wording import NOTES, minutes, note, shown_links
from chinai_tui.ui.widgets.reader_header import Heading, ReaderHeader
from chinai_tui.ui.widgets.second_view import SecondView
from chinai_tui.workspace import OpenedIssue

SECONDS = (DocumentRole.TRANSLATION, DocumentRole.ORIGINAL)
"""The texts that stand beside another one, in the order in which they are opened."""
HINTS = {"next_pane": "goes there", "in_step": "lets it go"}
"""What is said when one has opened, by command."""
IMPORT = "chinai import FILE --translation-of {issue}"


class SecondTextActions(LinkActions):
    """A second text, which goes along with the first one as one reads."""

    _left: dict[DocumentRole, Spot]
    """Where one stood in the texts that took each other's place, while one only turns them."""
    _came_to: Spot | None = None
    """Where one stood when the last of them had."""

    # Opening and closing

    async def action_translation(self) -> None:
        """Open the full translation or the source; again, the other one or none."""
        row = self.issues.current
        if self.pane is Pane.LIST and row is not None and not self.is_open(row.id):
            self.leave_trace()
            if not self.show_issue(row.id):
                return
        opened = self.opened
        if opened is None:
            self.say(NOTHING_OPEN)
            return
        others = self._others(opened)
        if not others:
            self._open_elsewhere(opened)
        elif self._has_room and others[0] in SECONDS:
            await self._turn(others)
        else:
            self._turn_to(others[0])

    @property
    def _has_room(self) -> bool:
        """Whether two texts can stand side by side."""
        return self.app.size.width >= THREE_PANES

    def _others(self, opened: OpenedIssue) -> list[DocumentRole]:
        """The texts that the key opens, in its order; those beside this one if there are any."""
        ring = [opened.roles[0], *(each for each in SECONDS if each in opened.roles[1:])]
        at = ring.index(opened.role) if opened.role in ring else 0
        others = ring[at + 1 :] + ring[:at]
        beside = [each for each in SECONDS if each in others]
        return beside if beside and self._has_room else others

    def besides(self, opened: OpenedIssue) -> tuple[str, ...]:
        """What there is besides the text, each with its key."""
        names = ", ".join(NOTES.get(each, "text") for each in self._others(opened))
        told = f"{names} {self.key_of('translation')}".rstrip()
        return (*((told,) if names else ()), *super().besides(opened))

    def _open_elsewhere(self, opened: OpenedIssue) -> None:
        """Open the link of the full translation in the browser, and say how to have it here."""
        how = IMPORT.format(issue=opened.issue.id)
        link = full_translation(opened.document)
        if link is None:
            self.say(f"this text links no full translation; {how} brings one")
        elif url := browser.allowed(link.target):
            self.browse(url, f"opened in the browser; {how} brings it here")
        else:
            self.follow_address(link.target)

    def _turn_to(self, role: DocumentRole) -> None:
        """Show another text of the issue in the place of this one, where one was or would be."""
        before, here = self.opened, self.spot()
        if before is None or here is None:
            return
        self.use_pane(Pane.READER)
        if here != self._came_to:
            self._left = {}
        self._left[here.role] = here
        block, row, spot = self.reader.current, self.reader.screen_row, self._left.get(role)
        self.leave_trace()
        if not self.show_issue(before.issue.id, role, spot=spot):
            return
        if spot is None and self.opened is not None:
            there = counterpart(before.document, block, self.opened.document)
            self.reader.stand_at(there, row)
        self._came_to = self.spot()

    async def _turn(self, others: list[DocumentRole]) -> None:
        shown = self.second.opened.role if self.second else None
        at = others.index(shown) + 1 if shown in others else 0
        if at == len(others):
            self.close_second()
        else:
            await self.open_second(others[at])

    async def open_second(self, role: DocumentRole) -> None:
        """Open another text of the open issue beside it, at the place that stands for this one."""
        if self.opened is None:
            return
        try:
            opened = self.workspace.library.open(self.opened.issue.id, role)
        except ChinaiError as error:
            self.say(str(error), warning=True)
            return
        self.zen = self.zen and self.second is not None
        if self.second is None:
            header = ReaderHeader()
            view = SecondView(skip_title=True, numbered=self.settings.link_numbers == "on")
            self.second = SecondText(opened, header, view)
            await self.mount(header, view, before=self.status)
            self.watch(view, "position", self._follow_second, init=False)
        self.second.opened = opened
        self.set_measure(self.reader.measure)
        self.use_pane(self.pane if self.pane is not Pane.LIST else Pane.READER)
        self._draw_second(opened)
        self._step_second()
        self.say(" · ".join(self.told_keys(self._hints(role))))

    def _hints(self, role: DocumentRole) -> dict[str, str]:
        """What keys do with a second text that has been opened, by command."""
        others = self._others(self.opened) if self.opened is not None else []
        later = others[others.index(role) + 1 :] if role in others else []
        following = NOTES[later[0]] if later else "closes it"
        return {**HINTS, "translation": following}

    def close_second(self) -> bool:
        """Close the second text; False where there is none."""
        second, self.second = self.second, None
        if second is None:
            return False
        second.header.remove()
        second.view.remove()
        self.say("")
        self.use_pane(Pane.READER if self.pane is Pane.SIDEBAR else self.pane)
        self.refresh_status()
        return True

    def arrange_panes(self) -> None:
        """Show the panes that fit; a second text goes where there is no room for two."""
        if self.second is not None and not self._has_room:
            self.close_second()
        super().arrange_panes()
        opened = self.opened
        # Where there is room for two, other texts are opened than where there is not.
        if opened is not None and self.header.heading.besides != self.besides(opened):
            self.show_heading(opened)

    def action_sidebar(self) -> None:
        """Show the sidebar, in the place of a second text."""
        if self.note_pane is None and self.close_second():
            self.names_wanted = True
            self.use_pane(Pane.SIDEBAR)
        else:
            super().action_sidebar()

    # What it shows

    def show_opened(self, opened: OpenedIssue, top: int, spot: Spot | None = None) -> None:
        """Draw a document; the second text of another issue is closed, or the same as this one."""
        second = self.second
        if second is not None and (
            second.opened.issue.id != opened.issue.id or second.opened.role is opened.role
        ):
            self.close_second()
        super().show_opened(opened, top, spot)
        self._step_second()

    def refresh_marks(self) -> None:
        """Draw the marks of both texts anew, without moving them."""
        super().refresh_marks()
        if self.second is not None:
            self.second.view.set_marks(self._marks_of_second(self.second.opened))

    def refresh_opened(self) -> None:
        """Bring both texts up to date with the workspace, where they are."""
        super().refresh_opened()
        second = self.second
        if second is None:
            return
        old = second.opened
        try:
            second.opened = self.workspace.library.open(old.issue.id, old.role)
        except ChinaiError as error:
            self.close_second()
            self.say(str(error), warning=True)
            return
        if second.opened.document.revision != old.document.revision:
            self._draw_second(second.opened)
            self._step_second()
        else:
            second.view.set_marks(self._marks_of_second(second.opened))
            self.refresh_status()

    def _draw_second(self, opened: OpenedIssue) -> None:
        second = self.second
        if second is not None:
            marks = self._marks_of_second(opened)
            second.view.show(opened.document, marks, links=shown_links(opened))
            second.header.show(self._second_heading(opened, in_step=second.in_step))

    def _marks_of_second(self, opened: OpenedIssue) -> tuple[Mark, ...]:
        counts = self.workspace.entities.in_issue(opened.issue.id, opened.role)
        return marks_of(opened, {each.entity.id: each.entity.kind for each in counts}, self.entity)

    def _second_heading(self, opened: OpenedIssue, *, in_step: bool) -> Heading:
        key = self.key_of("in_step")
        return Heading(
            title=_title(opened.document) or opened.issue.title,
            facts=(
                f"{minutes(opened.document.words)} min",
                f"in step ({key} lets go)" if in_step else f"let go ({key} in step)",
            ),
            note=note(opened),
        )

    def set_measure(self, measure: int) -> None:
        """Set the longest line of both texts, in cells."""
        super().set_measure(measure)
        if self.second is not None:
            self.second.view.measure = self.second.header.measure = measure
            self.second.header.refresh()

    # Going along

    def follow_text(self) -> None:
        """Tell where one has come to in the text; the second one goes there too."""
        super().follow_text()
        second = self.second
        if second is not None and second.beside != self.reader.current:
            self._step_second()

    def _step_second(self) -> None:
        """Bring what stands for the current paragraph beside it."""
        second = self.second
        if second is None or self.opened is None or not second.in_step:
            return
        second.beside = self.reader.current
        block = counterpart(self.opened.document, second.beside, second.opened.document)
        second.view.stand_at(block, self.reader.screen_row)

    def _follow_second(self) -> None:
        """Tell how far one is in the second text."""
        if self.second is not None:
            self.second.header.set_progress(round(100 * self.second.view.progress))
            if self.in_hand[1] is self.second.view:
                self.refresh_status()

    def action_in_step(self) -> None:
        """Let the second text go, or have it go along again."""
        second = self.second
        if second is None:
            self.say(f"no second text is open; {self.key_of('translation')} opens one")
            return
        second.in_step = not second.in_step
        second.header.show(self._second_heading(second.opened, in_step=second.in_step))
        self._step_second()
        self._follow_second()


def _title(document: Document) -> str:
    """What a document is called by itself."""
    blocks = enumerate(document.blocks)
    numbers = (number for number, each in blocks if each.role is BlockRole.TITLE)
    return next((document.text_of(number) for number in numbers), "")
