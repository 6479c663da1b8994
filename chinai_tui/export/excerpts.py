"""Tells where so much is quoted that it is hardly an excerpt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chinai_tui.domain.document import DocumentRole, count_words
from chinai_tui.domain.issue import issue_name
from chinai_tui.export.model import ExportNote, Source

QUOTED_AT_MOST = 300
"""Words quoted from one issue above which one is warned: more is hardly an excerpt."""


def too_long(notes: Iterable[ExportNote]) -> Iterator[str]:
    """Of which issues so much is quoted that it is hardly an excerpt; a passage counts once."""
    quoted: dict[str, tuple[Source, set[str]]] = {}
    for note in notes:
        anchor = note.annotation.anchor
        if note.source and anchor and anchor.role is not DocumentRole.DIGEST:
            _, passages = quoted.setdefault(note.source.issue.id, (note.source, set()))
            passages.add(anchor.exact)
    for source, passages in quoted.values():
        words = sum(map(count_words, passages))
        if words > QUOTED_AT_MOST:
            name = issue_name(source.issue, source.publication)
            yield f"{name}: {words} words are quoted; ask its author before you share so many"
