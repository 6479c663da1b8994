"""The reader's text: what its keys and the mouse do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.binding import Binding
from textual.message import Message

from chinai_tui.domain.document import BlockKind, Document, SpanKind
from chinai_tui.text.layout import LineKind
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.rendering.marks import Mark
from chinai_tui.ui.rendering.painter import Look
from chinai_tui.ui.widgets import document_selection as motions
from chinai_tui.ui.widgets.document_pane import DocumentPane
from chinai_tui.ui.widgets.document_selection import Motion, Range


def _selecting() -> list[Binding]:
    """The keys while selecting; ending has its own action, lest Escape should begin one."""
    return [
        replace(binding, action="end_selection") if binding.action == "select" else binding
        for binding in bindings(Scope.SELECT)
    ]


class DocumentView(DocumentPane, inherit_bindings=False):
    """A document with motions, a selection, and links and names that can be followed."""

    BINDINGS = [*_selecting(), *bindings(Scope.READER)]  # noqa: RUF012
    """A key that has two does the first whose action is on; see `check_action`."""

    @dataclass
    class LinkActivated(Message):
        """A link was clicked or followed."""

        target: str

    @dataclass
    class MentionActivated(Message):
        """The name of an entity was clicked."""

        entity: str

    @dataclass
    class SelectionChanged(Message):
        """Another range is selected; an empty one when nothing is."""

        start: int
        end: int

    _anchor: int | None = None
    """The character at the fixed end of the selection; None while nothing is selected."""

    def _take(self, document: Document, marks: Iterable[Mark]) -> None:
        self.end_selection()
        super()._take(document, marks)
        self._moving = 0
        """The character at its other end."""
        self._pressed: int | None = None
        """The character on which the mouse button went down."""
        self._dragged = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The motions of a selection are there while one selects."""
        if action.startswith("extend_") or action == "end_selection":
            return self._anchor is not None
        return super().check_action(action, parameters)

    # Selecting

    @property
    def selection(self) -> Range | None:
        """The offsets of what is selected, the characters at both ends included."""
        if self._anchor is None:
            return None
        ends = [motions.character_at(self.lines, at) for at in (self._anchor, self._moving)]
        return min(start for start, _end in ends), max(end for _start, end in ends)

    def select(self, anchor: int, moving: int) -> None:
        """Select from one character to another; the second is the end that motions move."""
        self._anchor, self._moving = anchor, moving
        self._current = self.document.block_at(moving)
        self._show_rows(self.lines.place(moving).row)
        self._announce()
        self.post_message(self.SelectionChanged(*(self.selection or (0, 0))))

    def end_selection(self) -> None:
        """Select nothing."""
        if self._anchor is not None:
            self._anchor = None
            self.refresh()
            self.post_message(self.SelectionChanged(0, 0))

    def look(self) -> Look:
        """What is drawn besides the text and its marks: here with the selection."""
        look = super().look()
        if (selection := self.selection) is None:
            return look
        return replace(
            look, selection=selection, cursor=motions.character_at(self.lines, self._moving)
        )

    def action_select(self) -> None:
        """Begin a selection where the current paragraph begins on screen, or end it."""
        if self._anchor is not None:
            self.end_selection()
            return
        rows = self.lines.rows_of(self.current)
        lines = [self.lines.line(row) for row in rows if row >= self._row]
        start = next((line.start for line in lines if line.end > line.start), None)
        if start is not None:
            self.select(start, start)

    def action_end_selection(self) -> None:
        """Select nothing."""
        self.end_selection()

    def _extend(self, motion: Motion) -> None:
        if self._anchor is not None:
            self.select(self._anchor, motion(self.lines, self._moving))

    def action_extend_left(self) -> None:
        """Move the selection's end a character to the left."""
        self._extend(motions.left)

    def action_extend_right(self) -> None:
        """Move the selection's end a character to the right."""
        self._extend(motions.right)

    def action_extend_down(self) -> None:
        """Move the selection's end a line down."""
        self._extend(motions.down)

    def action_extend_up(self) -> None:
        """Move the selection's end a line up."""
        self._extend(motions.up)

    def action_extend_word(self) -> None:
        """Move the selection's end to the next word."""
        self._extend(motions.word)

    def action_extend_word_back(self) -> None:
        """Move the selection's end to the start of the word, or the word before."""
        self._extend(motions.word_back)

    def action_extend_word_end(self) -> None:
        """Move the selection's end to the end of the word, or the next word."""
        self._extend(motions.word_end)

    def action_extend_line_start(self) -> None:
        """Move the selection's end to the start of the line."""
        self._extend(motions.line_start)

    def action_extend_line_end(self) -> None:
        """Move the selection's end to the end of the line."""
        self._extend(motions.line_end)

    def action_extend_paragraph(self) -> None:
        """Move the selection's end to the end of the paragraph, or the next one."""
        self._extend(motions.paragraph)

    def action_extend_paragraph_back(self) -> None:
        """Move the selection's end to the start of the paragraph, or the one before."""
        self._extend(motions.paragraph_back)

    # Moving

    def _show_rows(self, first: int, last: int | None = None) -> None:
        """Scroll as little as is needed to see rows, of many at least the first."""
        last = first if last is None else last
        if first < self._row:
            self._scroll_to_row(first)
        elif last >= self._row + self._height:
            self._scroll_to_row(min(first, last - self._height + 1))

    def _make_current(self, block: int) -> None:
        self._current = block
        rows = self.lines.rows_of(block)
        self._show_rows(rows.start, rows.stop - 1)
        self._announce()

    def _step(self, numbers: Sequence[int], step: int) -> int | None:
        """The number next to the current one in that direction."""
        if step > 0:
            return next((n for n in numbers if n > self.current), None)
        return next((n for n in reversed(numbers) if n < self.current), None)

    def _step_paragraph(self, step: int) -> None:
        blocks = self.document.blocks
        stops = [n for n in self.lines.blocks() if blocks[n].kind is not BlockKind.RULE]
        if (block := self._step(stops, step)) is not None:
            self._make_current(block)
        else:
            self._scroll_to_row(self.lines.rows if step > 0 else 0)

    def _step_heading(self, step: int) -> None:
        headings = [n for n in self.document.headings() if self.lines.rows_of(n)]
        if (block := self._step(headings, step)) is not None:
            self._current = block
            self._scroll_to_row(max(0, self.lines.rows_of(block).start - 1))
            self._announce()

    def _turn(self, rows: int) -> None:
        """Scroll by a page; the first paragraph that begins there is the current one."""
        self._scroll_to_row(self._row + rows)
        self._current = self._natural()
        self._announce()

    def action_line_down(self) -> None:
        """Scroll a line down; at the end, go on from paragraph to paragraph."""
        if self.is_at_end:
            self._tell_end()
            self._step_paragraph(1)
        else:
            self._scroll_to_row(self._row + 1)

    def action_line_up(self) -> None:
        """Scroll a line up; at the top, go on from paragraph to paragraph."""
        if self._row:
            self._scroll_to_row(self._row - 1)
        else:
            self._step_paragraph(-1)

    def action_half_down(self) -> None:
        """Scroll half a page down."""
        self._scroll_to_row(self._row + max(1, self._height // 2))

    def action_half_up(self) -> None:
        """Scroll half a page up."""
        self._scroll_to_row(self._row - max(1, self._height // 2))

    def action_page_down(self) -> None:
        """Scroll a page down but for one line; at the end, tell that one went on."""
        if self.is_at_end:
            self.post_message(self.EndReached(again=True))
        else:
            self._turn(max(1, self._height - 1))

    def action_page_up(self) -> None:
        """Scroll a page up but for one line."""
        self._turn(-max(1, self._height - 1))

    def action_top(self) -> None:
        """Go to the beginning."""
        self._turn(-self.lines.rows)

    def action_bottom(self) -> None:
        """Go to the end."""
        self._scroll_to_row(self.lines.rows)
        if blocks := self.lines.blocks():
            self._make_current(blocks[-1])

    def action_next_paragraph(self) -> None:
        """Go to the next paragraph."""
        self._step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Go to the previous paragraph."""
        self._step_paragraph(-1)

    def action_next_heading(self) -> None:
        """Go to the next heading."""
        self._step_heading(1)

    def action_previous_heading(self) -> None:
        """Go to the previous heading."""
        self._step_heading(-1)

    # Following

    def action_activate(self) -> None:
        """Open the fold, follow the one link of the current paragraph, or fold it again."""
        if not self.document.blocks:
            return
        spans = self.document.blocks[self.current].spans
        targets = {span.target for span in spans if span.kind is SpanKind.LINK and span.target}
        if len(targets) == 1 and not self.is_folded:
            self.post_message(self.LinkActivated(targets.pop()))
        else:
            self.toggle_fold()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin; a selection ends."""
        if event.button == 1 and self.lines.rows:
            self.end_selection()
            self._pressed = self._offset_at(event)
            self._dragged = False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down; at the edges the text scrolls."""
        if self._pressed is None or event.button != 1:
            return
        if self._dragged or self._offset_at(event) != self._pressed:
            self.capture_mouse()
            self._dragged = True
            self.select(self._pressed, self._offset_at(event))

    def on_mouse_up(self) -> None:
        """End a drag; what is selected stays so."""
        self._pressed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Make the paragraph the current one; follow a link or a name, open a fold."""
        row = self._row + event.y
        if self._dragged or row >= self.lines.rows:
            return
        line = self.lines.line(row)
        self._current = line.block
        self._announce()
        if line.kind is LineKind.FOLD:
            self.toggle_fold()
            return
        column = event.x - self.column[0]
        offset = self.lines.offset(row, column)
        if offset >= line.end or self.lines.place(offset).column > column:
            return
        if target := self._target_at(offset):
            self.post_message(self.LinkActivated(target))
        elif entity := self._marks.mention_at(offset):
            self.post_message(self.MentionActivated(entity))

    def _offset_at(self, event: events.MouseEvent) -> int:
        """The character under the pointer, or the last one of the line."""
        row = min(max(0, self._row + event.y), self.lines.rows - 1)
        line = self.lines.line(row)
        offset = self.lines.offset(row, event.x - self.column[0])
        return max(line.start, min(offset, line.end - 1))

    def _target_at(self, offset: int) -> str:
        spans = self.document.blocks[self.document.block_at(offset)].spans
        links = (s for s in spans if s.kind is SpanKind.LINK and s.start <= offset < s.end)
        return next((span.target for span in links), "")
