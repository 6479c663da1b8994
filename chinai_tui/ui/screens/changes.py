"""What has changed in a text since its last revision: the paragraphs that are others now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.difference import BlockChange, Side, by_place
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.commands import BY_ID
from chinai_tui.ui.dates import spelled
from chinai_tui.ui.keymap import labels_of
from chinai_tui.ui.rendering.marks import ADDED, REMOVED, Mark
from chinai_tui.ui.screens.main.wording import issue_name
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.reader_header import Heading, ReaderHeader
from chinai_tui.ui.widgets.reader_text import ReaderText
from chinai_tui.workspace import Difference, OpenedIssue

_SIGNS = {Side.BOTH: ("", "", ""), Side.OLD: ("[-", "-]", REMOVED), Side.NEW: ("{+", "+}", ADDED)}
"""What stands around words of one side, and how they are marked."""
_KEYS = (
    ("reader.down", "reader.up", "move"),
    ("reader.next_heading", "reader.previous_heading", "next change"),
    ("close", "", "back"),
)


class ChangesScreen(Screen[None]):
    """Each paragraph that changed, with what was taken away and what was added in it."""

    DEFAULT_CSS = """
    ChangesScreen ReaderHeader { height: 3; }
    ChangesScreen KeyFooter { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back_out", show=False)]

    def __init__(
        self, changed: Difference, opened: OpenedIssue, keymap: Mapping[str, str], measure: int
    ) -> None:
        """Take what changed in an issue, the user's keys, and the cells of the longest line."""
        super().__init__()
        self._changed = changed
        self._issue = issue_name(opened.issue, opened.publication)
        self._keymap = keymap
        self._measure = measure

    def compose(self) -> ComposeResult:
        """A head, the paragraphs, the keys."""
        yield ReaderHeader()
        yield ReaderText(measure=self._measure)
        yield KeyFooter(self._keymap)

    def on_mount(self) -> None:
        """Show the changes."""
        header, text = self.query_one(ReaderHeader), self.query_one(ReaderText)
        header.measure = self._measure
        header.show(self._heading())
        text.show(*set_out(self._changed))
        self.set_focus(text, scroll_visible=False)
        self.query_one(KeyFooter).show_hints([self._hint(*keys) for keys in _KEYS])
        self.watch(text, "position", lambda: header.set_progress(round(100 * text.progress)))

    def _hint(self, command: str, pair: str, meaning: str) -> tuple[str, str]:
        found = [labels_of(BY_ID[each], self._keymap)[:1] for each in (command, pair) if each]
        return " ".join(label for labels in found for label in labels), meaning

    def _heading(self) -> Heading:
        changed = self._changed
        count = len(changed.changes)
        number = "1 paragraph" if count == 1 else f"{count} paragraphs"
        days = [spelled(each.accessed) or "?" for each in (changed.past, changed.present)]
        title = f"What changed: {clean_line(changed.issue.title)}"
        facts = (number, " → ".join(dict.fromkeys(days)), changed.role.value)
        return Heading(title, "", (self._issue, *facts))

    def action_back_out(self) -> None:
        """Back to the text."""
        self.dismiss(None)


def set_out(changed: Difference) -> tuple[Document, list[Mark]]:
    """The changes as a text to be read, below their places, and the marks of what is in it.

    Words of one side stand in `[-…-]` and `{+…+}`.
    """
    blocks: list[Block] = []
    texts: list[str] = []
    marks: list[Mark] = []
    at = 0
    for here, changes in by_place(changed.changes, changed.old, changed.new):
        blocks.append(Block(BlockKind.HEADING, BlockRole.LABEL, 1, "", at, at + len(here)))
        texts.append(here)
        at += len(here) + 1
        for change in changes:
            words, found = _words(change, at)
            marks += found
            blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", at, at + len(words)))
            texts.append(words)
            at += len(words) + 1
    if not texts:
        texts = ["The same words, set in other paragraphs."]
        blocks = [Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, len(texts[0]))]
    return Document("\n".join(texts), tuple(blocks)), marks


def _words(change: BlockChange, at: int) -> tuple[str, list[Mark]]:
    """The words of a change as they are set from an offset on, and their marks."""
    text, marks = "", []
    for words in change.words:
        before, after, kind = _SIGNS[words.side]
        start = at + len(text)
        text += before + words.text.replace("\n", " ") + after
        if kind:
            marks.append(Mark(start, at + len(text), kind))
    return text, marks
