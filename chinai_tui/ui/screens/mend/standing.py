"""How often some words stand in the open text and in the library, before they become a name."""

from __future__ import annotations

from dataclasses import dataclass

from chinai_tui.domain.document import DocumentRole, is_han
from chinai_tui.text.fold import fold
from chinai_tui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """Where words stand, whatever their capitals."""

    words: str
    here: int
    """How often in the open text."""
    issues: int
    """In how many issues of the library, the open one included."""

    @property
    def told(self) -> str:
        """`“Acme” stands 3 times here, in 2 issues`."""
        words = f"“{self.words}”"
        if not self.here and not self.issues:
            return f"{words} stands nowhere in the library"
        times = "once" if self.here == 1 else f"{self.here} times" if self.here else "not"
        issues = "1 issue" if self.issues == 1 else f"{self.issues} issues"
        return f"{words} stands {times} here, in {issues}"


def standing(workspace: Workspace, words: str, issue_id: str, role: DocumentRole) -> Standing:
    """Counts words in a text and asks the index for the issues with them; for a thread.

    Raises:
        ChinaiError: If the text cannot be read.
    """
    text = workspace.library.document(issue_id, role).text
    found = workspace.search.find(text, words.lower())
    here = sum(stands_alone(text, start, end) for start, end in found)
    facets = workspace.search.facets('"{}"'.format(words.replace('"', " ")))
    return Standing(words, here, max(facets.issues if facets else 0, int(here > 0)))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a range is no part of a longer word; Chinese has no words to be part of."""
    before = start > 0 and _joins(text[start - 1], text[start])
    after = end < len(text) and _joins(text[end - 1], text[end])
    return not (before or after)


def _joins(left: str, right: str) -> bool:
    return all(fold(char).isalnum() and not is_han(char) for char in (left, right))
