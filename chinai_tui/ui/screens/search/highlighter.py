"""Shows in the query box what is not understood."""

from __future__ import annotations

from collections.abc import Sequence

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text

from chinai_tui.domain.query import Problem


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
