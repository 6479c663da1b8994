"""A box for a query: what it may go on with, and what of it is not understood, stand below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from chinai_tui.domain.query import Problem
from chinai_tui.text.completion import Completion
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.theme import Pens
from chinai_tui.ui.widgets.flow import Part, Row, pieces
from chinai_tui.ui.widgets.line_input import LineInput
from chinai_tui.ui.widgets.lines_pane import LinesPane

NOTHING = Completion(0, 0, ())


class ProblemHighlighter(Highlighter):
    """Underlines the problems of the query that was answered last, while it stands there."""

    def __init__(self) -> None:
        """Begin with nothing to underline."""
        self.source = ""
        self.problems: Sequence[Problem] = ()
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        """Underline the problems of this text."""
        if text.plain == self.source:
            for problem in self.problems:
                text.stylize(self.style, problem.start, max(problem.end, problem.start + 1))


class QueryInput(LineInput):
    """A line in which the tab key takes what is offered, if anything is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False)]

    completion = NOTHING
    """What is offered."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The tab key goes on to the next pane where nothing is offered."""
        if action == "complete":
            return bool(self.completion.choices)
        return super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Take the first thing that is offered."""
        start, end, choices = (
            self.completion.start,
            self.completion.end,
            self.completion.choices,
        )
        rest = self.value[end:]
        is_whole = not choices[0].text.endswith(":")
        gap = " " if is_whole and not rest.startswith(" ") else ""
        self.value = f"{self.value[:start]}{choices[0].text}{gap}{rest}"
        self.cursor_position = start + len(choices[0].text) + is_whole


class QueryBox(Vertical):
    """The line to type in, with two lines below it."""

    DEFAULT_CSS = """
    QueryBox { height: auto; }
    QueryBox Horizontal { height: 1; margin: 1 1 0 0; }
    QueryBox Horizontal Static { width: 3; color: $accent; text-style: bold; }
    QueryBox QueryInput { width: 1fr; background: $ground; padding: 0; }
    QueryBox LinesPane { height: 1; padding: 0 2; background: $ground; }
    QueryBox #problems { display: none; height: auto; max-height: 3; padding: 0 3; color: $state; }
    QueryBox.-short Horizontal { margin: 0; }
    """

    line = query_one(QueryInput)

    @dataclass
    class Typed(Message):
        """Another query stands in the box; the cursor is at an offset of it."""

        query: str
        at: int

    def __init__(self, query: str = "", *, placeholder: str = "") -> None:
        """Begin with a query."""
        super().__init__()
        self._query = query
        self._placeholder = placeholder
        self._highlighter = ProblemHighlighter()
        self._lead = ""

    def compose(self) -> ComposeResult:
        """The prompt and the line, what is offered, what is wrong."""
        with Horizontal():
            yield Static(" › ", markup=False)
            yield QueryInput(
                self._query, placeholder=self._placeholder, highlighter=self._highlighter
            )
        yield LinesPane(self._draw_offer, ground="ground")
        yield Static("", markup=False, id="problems")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value, self.line.cursor_position))

    def set_query(self, query: str) -> None:
        """Put another query into the box, the cursor behind it."""
        self.line.value = query
        self.line.cursor_position = len(query)

    def offer(self, completion: Completion, lead: str = "") -> None:
        """Show what the query may go on with; `lead` is said before it."""
        if (completion, lead) != (self.line.completion, self._lead):
            self.line.completion, self._lead = completion, lead
            self.query_one(LinesPane).show(self._draw_offer)

    def _draw_offer(self, width: int, pens: Pens) -> list[Row]:  # noqa: ARG002
        choices = self.line.completion.choices
        if not choices:
            return []
        parts = [Part("Tab ", "accent", bold=True), Part(self._lead, "dim")]
        for number, choice in enumerate(choices):
            parts.append(Part(" · " if number else "", "faint"))
            parts.append(Part(choice.text, "faint" if number else "strong"))
            if choice.told and not number:
                parts.append(Part(f" {choice.told}", "dim"))
        return [Row(pieces(parts, pens))]

    def show_problems(self, source: str, problems: Sequence[Problem]) -> None:
        """Underline what is not understood of a query, and say why below it."""
        self._highlighter.source, self._highlighter.problems = source, problems
        self.line.refresh()
        ordered = sorted(problems, key=lambda problem: problem.start)
        reasons = "\n".join(dict.fromkeys(clean_line(each.reason) for each in ordered))
        told = self.query_one("#problems", Static)
        told.update(reasons)
        told.display = bool(reasons)
