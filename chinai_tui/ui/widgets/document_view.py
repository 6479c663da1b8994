"""The reader's text: selecting in it, and what the mouse does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from string import digits

from textual import events
from textual.binding import Binding
from textual.message import Message

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import Link, LinkKind, Tail
from chinai_tui.text.layout import Layout, Line, LineKind
from chinai_tui.ui.commands import Scope, bindings
from chinai_tui.ui.rendering.painter import Look
from chinai_tui.ui.widgets import document_selection as motions
from chinai_tui.ui.widgets.document_links import DocumentLinks
from chinai_tui.ui.widgets.document_selection import Motion, Range

NUMBER_COMMAND = "reader.number"
"""The command of the digits, each of which is bound by itself."""


class DocumentView(DocumentLinks, inherit_bindings=False):
    """A document with motions, a selection, and links and names that can be followed."""

    BINDINGS = [  # noqa: RUF012
        *bindings(Scope.SELECT),
        *bindings(Scope.LINK),
        *(binding for binding in bindings(Scope.READER) if binding.id != NUMBER_COMMAND),
        *(Binding(digit, f"digit('{digit}')", show=False) for digit in digits),
    ]
    """A key that has several does the first whose action is on; see `check_action`."""

    @dataclass
    class MentionActivated(Message):
        """The name of an entity was clicked."""

        entity: str

    @dataclass
    class LeadActivated(Message):
        """The line that stands for another text was clicked."""

    @dataclass
    class SelectionChanged(Message):
        """Another range is selected; an empty one when nothing is."""

        start: int
        end: int

    _anchor: int | None = None
    """The character at the fixed end of the selection; None while nothing is selected."""
    found: Callable[[], Range | None] = staticmethod(lambda: None)
    """Asked where a selection begins: what was found in the text and is current, if anything is."""
    _hovered: Link | None = None
    """The link under the pointer."""

    def _take(self, document: Document, links: Sequence[Link], lead: str, tail: Tail) -> None:
        self.end_selection()
        self._hover(None)
        super()._take(document, links, lead, tail)
        self._moving = 0
        """The character at its other end."""
        self._by_line = False
        """Whether whole lines are selected."""
        self._pressed: int | None = None
        """The character on which the mouse button went down."""
        self._dragged = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The motions of a selection are there while one selects, those of links at a link."""
        if action.startswith("extend_") or action == "end_selection":
            return self._anchor is not None
        if action in ("next_link", "previous_link", "end_pointing"):
            return self.is_pointing
        if action == "digit":
            # While one selects, 0 is a motion.
            return self._anchor is None
        return super().check_action(action, parameters)

    # Selecting

    @property
    def selection(self) -> Range | None:
        """The offsets of what is selected, the characters at both ends included."""
        if self._anchor is None:
            return None
        first, last = sorted((self._anchor, self._moving))
        if self._by_line:
            first, last = motions.line_start(self.lines, first), motions.line_end(self.lines, last)
        return (
            motions.character_at(self.lines, first)[0],
            motions.character_at(self.lines, last)[1],
        )

    def select(self, anchor: int, moving: int) -> None:
        """Select from one character to another; the second is the end that motions move."""
        self.point_nowhere()
        self._anchor, self._moving = anchor, moving
        self._current = self.document.block_at(moving)
        self._show_rows(self.lines.row_of(moving))
        self._announce()
        self.post_message(self.SelectionChanged(*(self.selection or (0, 0))))

    def end_selection(self) -> None:
        """Select nothing."""
        if self._anchor is not None:
            self._anchor = None
            self.refresh()
            self.post_message(self.SelectionChanged(0, 0))

    def action_hints(self) -> None:
        """Put letters behind the links on screen, and select nothing."""
        self.end_selection()
        super().action_hints()

    def go_to(
        self, offset: int, end: int | None = None, *, top: bool = False, middle: bool = False
    ) -> None:
        """Go to a place, as of `DocumentPane`; what was selected elsewhere is no longer."""
        self.end_selection()
        super().go_to(offset, end, top=top, middle=middle)

    def look(self) -> Look:
        """What is drawn besides the text and its marks: here with the selection."""
        look = super().look()
        if (selection := self.selection) is None:
            return look
        return replace(
            look, selection=selection, cursor=motions.character_at(self.lines, self._moving)
        )

    def action_select(self) -> None:
        """Begin a selection at what was found, else at the current paragraph; or end it."""
        self._begin(by_line=False)

    def action_select_lines(self) -> None:
        """Begin to select whole lines, or end it; what is selected already grows to its lines."""
        self._begin(by_line=True)

    def _begin(self, *, by_line: bool) -> None:
        if self._anchor is not None:
            if self._by_line is by_line:
                self.end_selection()
            else:
                self._by_line = by_line
                self.select(self._anchor, self._moving)
            return
        found = self.found()
        if found and self._is_here(found[0]):
            self._by_line = by_line
            self.select(found[0], found[0])
            return
        rows = self.lines.rows_of(self.current)
        lines = [self.lines.line(row) for row in rows if row >= self._row]
        start = next((line.start for line in lines if line.end > line.start), None)
        if start is not None:
            self._by_line = by_line
            self.select(start, start)

    def _is_here(self, offset: int) -> bool:
        """Whether a place is in the current paragraph, and not above the screen."""
        first, last = self.passage
        return first <= offset < last and self.lines.row_of(offset) >= self._row

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

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a drag may begin, which is in the text; a selection ends."""
        if event.button == 1 and self.lines.rows:
            self.end_selection()
            self.point_nowhere()
            self._pressed = None if self._is_in_tail(event) else self._offset_at(event)
            self._dragged = False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down, or tell what the link below leads to.

        At the edges the text scrolls.
        """
        if self._pressed is None or event.button != 1:
            self._hover(self._link_under(event))
        elif self._dragged or self._offset_at(event) != self._pressed:
            self.capture_mouse()
            self._dragged = True
            self._by_line = False
            self.select(self._pressed, self._offset_at(event))

    def on_mouse_up(self, event: events.MouseUp) -> None:  # noqa: ARG002
        """End a drag; what is selected stays so."""
        self._pressed = None
        self.release_mouse()

    def on_mouse_release(self) -> None:
        """End a drag that something else has taken the mouse from."""
        self._pressed = None

    def on_leave(self) -> None:
        """Tell no longer of a link."""
        self._hover(None)

    def _hover(self, link: Link | None) -> None:
        if link is not self._hovered:
            self._hovered = link
            self.post_message(self.Pointed(link or self.pointed))

    def on_click(self, event: events.Click) -> None:
        """Make the paragraph the current one; follow a link or a name, open a fold.

        The second click selects the word, the third the paragraph.
        """
        row = self._row + event.y
        if event.button != 1 or self._dragged or row >= self.lines.height:
            return
        if self._is_in_tail(event):
            if link := self._link_under(event):
                self.post_message(self.LinkActivated(link))
            return
        line = self.lines.line(row)
        self._current = line.block
        self._announce()
        if line.kind is LineKind.FOLD:
            self.toggle_fold()
        elif line.kind is LineKind.LEAD:
            self.post_message(self.LeadActivated())
        elif event.chain > 1 and line.end > line.start:
            self._select_around(self._offset_at(event), paragraph=event.chain > 2)
        elif link := self._link_under(event):
            self.post_message(self.LinkActivated(link))
        elif (offset := self._offset_under(event)) is not None and (
            entity := self._marks.mention_at(offset)
        ):
            self.post_message(self.MentionActivated(entity))

    def _select_around(self, offset: int, *, paragraph: bool) -> None:
        block = self.document.blocks[self.document.block_at(offset)]
        extent = (block.start, block.end) if paragraph else motions.word_at(self.lines, offset)
        self._by_line = False
        self.select(extent[0], self.lines.boundary(extent[1] - 1))

    def _line_under(self, event: events.MouseEvent) -> tuple[int, Line]:
        row = min(max(0, self._row + event.y), self.lines.rows - 1)
        return row, self.lines.line(row)

    def _offset_at(self, event: events.MouseEvent) -> int:
        """The character under the pointer, or the last one of the line."""
        row, line = self._line_under(event)
        offset = self.lines.offset(row, self._column_at(event, line))
        return max(line.start, min(offset, line.end - 1))

    def _offset_under(self, event: events.MouseEvent) -> int | None:
        """The character under the pointer; None beside the text."""
        if not 0 <= self._row + event.y < self.lines.rows:
            return None
        row, line = self._line_under(event)
        return _offset_under(self.lines, row, self._column_at(event, line))

    def _is_in_tail(self, event: events.MouseEvent) -> bool:
        """Whether the pointer is at what stands below the text."""
        return self.lines.rows <= self._row + event.y < self.lines.height

    def _column_at(self, event: events.MouseEvent, line: Line) -> int:
        column = event.x - self.column[0]
        return column + self._pan if self.is_panned(line) else column

    def _link_under(self, event: events.MouseEvent) -> Link | None:
        links = self.links
        offset = self._offset_under(event)
        tail, row = self.lines.tail, self._row + event.y - self.lines.tail_row
        if tail is not None and 0 <= row < tail.rows:
            links = self._tail.links
            offset = _offset_under(tail, row, event.x - self.column[0])
        if offset is None:
            return None
        found = (link for link in links if link.start <= offset < link.end)
        return min(found, key=lambda link: link.kind is LinkKind.RETURN, default=None)


def _offset_under(layout: Layout, row: int, column: int) -> int | None:
    """The character at a cell; None beside the text of the row."""
    offset = layout.offset(row, column)
    is_beside = offset >= layout.line(row).end or layout.place(offset).column > column
    return None if is_beside else offset
