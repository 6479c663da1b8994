"""Whose words a passage is, and where words that somebody quotes stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Anchor, AnchorState, Voice
from chinai_tui.domain.document import DocumentRole
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.records import OpenedIssue

MOST_ALIKE = 5
"""Places that are offered at most for words that stand nowhere."""

Place = tuple[DocumentRole, int, int]
"""A passage of one issue: its document, and the offsets of the ends in it."""
Passage = tuple[str, DocumentRole, int, int]
"""A passage of any issue: the id of that before its place."""


class Quoting:
    """What can be asked of passages, annotated or not."""

    _core: Core

    def quoted_at(self, issue_id: str, quote: str, role: DocumentRole | None = None) -> list[Place]:
        """Every place where the words of a quotation stand, the main document's first.

        Case, accents, width and script do not count, nor the form of quotation marks and of white
        space. A quotation without words stands nowhere.

        Args:
            issue_id: The issue.
            quote: The words.
            role: The one document to look at; all of them if none.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: A document cannot be read.
        """
        from chinai_tui.text.find import find

        wanted = fold(quote.strip())
        return [
            (each, start, end)
            for each in self._roles(issue_id, role)
            for start, end in find(self._core.document(issue_id, each).text, wanted)
        ]

    def like_quote(
        self, issue_id: str, quote: str, role: DocumentRole | None = None
    ) -> list[Place]:
        """The places whose words are most like a quotation, best first; as `quoted_at`."""
        from chinai_tui.annotate.anchors import LIKELY
        from chinai_tui.annotate.candidates import candidates

        sought = Anchor(DocumentRole.TEXT, "", 0, 0, 0, " ".join(quote.split()))
        found = []
        for each in self._roles(issue_id, role):
            text = self._core.document(issue_id, each).text
            found += [(place.words, each, place) for place in candidates(sought, text)]
        found.sort(key=lambda each: -each[0])
        likely = [(role, place.start, place.end) for fit, role, place in found if fit >= LIKELY]
        return likely[:MOST_ALIKE]

    def _roles(self, issue_id: str, role: DocumentRole | None) -> Iterator[DocumentRole]:
        issue = self._core.issue(issue_id)
        yield role or issue.main_role
        if role is None:
            yield from (each for each in issue.documents if each is not issue.main_role)


def voice_at(opened: OpenedIssue, start: int, end: int) -> Voice:
    """Whose words a passage is: what somebody confirmed of all of it, else what rules can tell."""
    from chinai_tui.annotate.voices import voice_of

    for each in opened.annotations:
        voice, place = each.annotation.voice, each.placement
        if voice is None or not voice.confirmed or place.state is AnchorState.ORPHAN:
            continue
        if place.start <= start and end <= place.end:
            return voice
    return voice_of(opened.document, opened.role, start, end, opened.issue.authors)
