"""Finding in the open issue as one types, and walking the mentions of a name."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on

from chinai_tui.domain.document import Document
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.history import Spot
from chinai_tui.ui.screens.main.hits import Hits, Range, needles, next_range
from chinai_tui.ui.screens.main.note_actions import NoteActions
from chinai_tui.ui.screens.main.wording import body_start
from chinai_tui.ui.widgets.term_list import TermList


class Finding(NoteActions):
    """Hits stay lit until one backs out of them or opens another issue."""

    find_origin: Spot | None = None
    """Where one was when the box was opened; `None` while it is not."""
    _last_needle = ""
    """What one looked for last, in any issue."""

    # The box at the bottom, which the filter of the list uses too

    @property
    def has_bar(self) -> bool:
        """Whether the box is open."""
        return bool(self.query("FindBar"))

    async def open_bar(self, text: str, placeholder: str) -> None:
        """Open the box with a text to begin with; it has the keys when this returns."""
        # Imported when it is first used: Textual's input is of no use to the first paint.
        from chinai_tui.ui.widgets.find_bar import FindBar

        bar = FindBar("/", text, placeholder)
        await self.mount(bar, before=self.status)
        self.watch(bar.box, "value", self.typed, init=False)
        self.set_focus(bar.box, scroll_visible=False)
        self.keys.show_hints([("Enter", "keep"), ("Esc", "undo"), ("↑ ↓", "step")])

    def typed(self, text: str) -> None:
        """Take what stands in the box."""
        raise NotImplementedError

    def close_bar(self) -> None:
        """Take the box away."""
        self.query("FindBar").remove()

    # Hits

    async def action_find(self) -> None:
        """Open the box at the bottom."""
        if self.opened is None or self.has_bar:
            return
        self.reader.point_nowhere()
        self.find_origin = self.spot()
        self.finding = True
        text = self.opened.document.text
        self.in_background(lambda: self.workspace.search.prepare_find(text), group="ahead")
        await self.open_bar("", "find in this issue")

    def find(self, needle: str) -> None:
        """Light the hits of a needle and go to the first from where one was."""
        if self.opened is None or self.find_origin is None:
            return
        self.status.unsay()
        self.hits = self._hits(needle.strip()).from_offset(self.find_origin.top)
        if self.hits.current:
            self.refresh_marks()
            self.reader.go_to(*self.hits.current)
        else:
            self._return_to_origin()
        self.refresh_status()

    def _hits(self, needle: str) -> Hits:
        return Hits(needle, self._found(self.opened.document, [needle]) if self.opened else ())

    def _found(self, document: Document, words: Iterable[str]) -> tuple[Range, ...]:
        """The hits of any of the words below the title, which stands in the header."""
        begin = body_start(document)
        hits = {hit for word in words for hit in self.workspace.search.find(document.text, word)}
        return tuple(sorted(hit for hit in hits if hit[0] >= begin))

    def visit_place(self, visit: Visit) -> None:
        """Show a passage, with what was searched for lit in it."""
        super().visit_place(visit)
        if self.opened is None or not visit.query:
            return
        start, end = self.reader.passage
        words = needles(self.workspace.search.parse(visit.query).root)
        # The engine knows hits of this passage that are not the words as typed: names, stems.
        found = tuple(sorted({*self._found(self.opened.document, words), *visit.place.hits}))
        inside = [n for n, (first, _) in enumerate(found) if start <= first < end]
        self.hits = Hits(visit.query, found, inside[0] if inside else 0) if found else Hits()
        self.refresh_marks()

    def end_find(self, *, accept: bool) -> None:
        """Close the box; without hits, or with Escape, one is back where one was."""
        self.close_bar()
        self.finding = False
        self._last_needle = self.hits.needle or self._last_needle
        if accept and not self.hits.needle and self._last_needle:
            self.find(self._last_needle)
        told = self.hits.told()
        if accept and self.hits.ranges and self.find_origin is not None:
            self.history.leave(self.find_origin)
        else:
            self.hits = Hits()
            self._return_to_origin()
            if accept and told:
                self.say(told)
        self.find_origin = None
        self.refresh_marks()
        self.refresh_status()
        self.use_pane(Pane.READER)

    def _return_to_origin(self) -> None:
        if self.find_origin is not None:
            self.return_to(self.find_origin)

    def clear_hits(self) -> bool:
        """Put the light of the hits and of the mention walked to out; False if there was none."""
        if not self.hits.needle and self.walked is None:
            return False
        self.hits = Hits()
        self.walked = None
        self.refresh_marks()
        self.refresh_status()
        return True

    def action_next_hit(self) -> None:
        """Go to the next hit in this issue."""
        self.step_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self.step_hit(-1)

    def step_hit(self, step: int) -> None:
        """Go to the next or previous hit, around at the ends; from what is on screen."""
        if not self.hits.needle and self._last_needle:
            self.hits = self._hits(self._last_needle)
        if not self.hits.ranges:
            self.say(self.hits.told() or "nothing was searched for here; / finds in this issue")
            self.hits = Hits()
            return
        if self.hits.current is not None and self.reader.shows(self.hits.current[0]):
            self.hits = self.hits.step(step)
        else:
            top = self.reader.top_offset
            self.hits = self.hits.at_number(next_range(self.hits.ranges, (top, top), step))
        self.refresh_marks()
        if self.hits.current:
            self.reader.go_to(*self.hits.current)
        self.refresh_status()

    # Terms and mentions

    @on(TermList.Opened)
    def _show_term(self, event: TermList.Opened) -> None:
        """Go to the place where a term stands."""
        self.leave_trace()
        self.use_pane(Pane.READER)
        self.reader.go_to(event.row.start, event.row.end)

    def action_next_mention(self) -> None:
        """Go to the next mention of the current name."""
        self._walk(1)

    def action_previous_mention(self) -> None:
        """Go to the mention before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        if self.opened is None:
            return
        shown = self.names.current
        named = {mention.entity for mention in self.opened.mentions}
        if shown is not None and self.entity not in named:
            self.entity = shown.entity.id
        begin = body_start(self.opened.document)
        ranges = [
            (mention.start, mention.end)
            for mention in self.opened.mentions
            if mention.entity == self.entity and mention.start >= begin
        ]
        if not ranges:
            self.say("no name of this issue is current; choose one in the sidebar")
            return
        at = next_range(ranges, self._walked_to(), step)
        if self.walked is None or self.walked not in ranges:
            self.leave_trace()
        self.walked = ranges[at]
        self.choose_entity(self.entity)
        self.reader.go_to(*ranges[at], middle=True)
        current = self.names.current
        name = current.entity.name if current else self.entity
        count = sum(mention.entity == self.entity for mention in self.opened.mentions)
        above = f", {count - len(ranges)} in the title" if count > len(ranges) else ""
        self.say(f"{name} {at + 1} of {len(ranges)}{above}")

    def _walked_to(self) -> tuple[int, int]:
        """The mention one walked to, while its paragraph is current; else the paragraph's edge."""
        start, end = self.reader.passage
        if self.walked is not None and start <= self.walked[0] < end:
            return self.walked
        return (start, start)
