"""What came in: unread issues in short, names met for the first time, and who one follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chinai_tui.domain.document import BlockRole, DocumentRole
from chinai_tui.domain.query import And, Field, Or, Passage, Query
from chinai_tui.errors import StoreError
from chinai_tui.text.translation import full_translation
from chinai_tui.workspace.core import timestamp
from chinai_tui.workspace.entities import passage_of
from chinai_tui.workspace.records import NewsCount, NewsItem

if TYPE_CHECKING:
    from chinai_tui.domain.document import Document
    from chinai_tui.domain.rows import IssueRow
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.library import Library

_SEEN, _FOLLOWED = "caught-up", "follow:"
"""Session values: when one last caught up; before the id of an entity that one follows."""
MOST = 100
"""Issues that are told at a time, the newest."""
_HELD = Or(tuple(Field("has", role) for role in DocumentRole))
"""Issues of which there is a text; without one there is nothing to catch up with."""
_UNREAD, _ALL = Query("is:unread", And((Field("is", "unread"), _HELD))), Query("", _HELD)
LEAD = 3
"""Paragraphs that stand for an issue that gives no takeaways."""


class News:
    """Catching up."""

    def __init__(self, core: Core, library: Library) -> None:
        self._core = core
        self._library = library

    # When one was last here

    def last_time(self) -> str:
        """When one last caught up, ISO 8601 in UTC; empty if one never did."""
        return self._library.session().get(_SEEN, "")

    def moment(self) -> str:
        """This moment, for `caught_up`: to be taken before one reads what is unread."""
        return timestamp()

    def caught_up(self, moment: str) -> None:
        """Note that one knows of all that had come in at a moment."""
        self._library.save_session(**{_SEEN: moment})

    # Whom one follows

    def followed(self) -> tuple[str, ...]:
        """The ids of the entities that one follows, those longest followed first."""
        session = self._library.session()
        since = {key: value for key, value in session.items() if key.startswith(_FOLLOWED)}
        known = self._core.index.entities()
        ids = (key[len(_FOLLOWED) :] for key in sorted(since, key=lambda key: (since[key], key)))
        return tuple(each for each in ids if each in known and since[_FOLLOWED + each])

    def follow(self, entity_id: str, following: bool) -> None:
        """Follow an entity, or no longer."""
        self._library.save_session(**{_FOLLOWED + entity_id: timestamp() if following else ""})

    # What there is

    def unread(self, since: str = "") -> list[NewsItem]:
        """The unread issues, the newest first; with a moment, those that came in after it."""
        return [*self.items(self._library.rows("is:unread").rows, since)]

    def count(self, since: str = "") -> NewsCount:
        """How many issues are unread, those that came in before the moment apart; how many read.

        Issues whose text is not here yet do not count.
        """
        unread, fresh = self._core.index.count(_UNREAD, since)
        total, _ = self._core.index.count(_ALL, "")
        return NewsCount(fresh, unread - fresh, total - unread)

    def items(self, rows: Iterable[IssueRow], since: str = "") -> Iterable[NewsItem]:
        """These issues as news, those that came in after a moment; at most `MOST`."""
        followed = self.followed()
        told = 0
        for row in rows:
            if told == MOST:
                return
            issue = self._core.issue(row.id)
            if issue.documents and (not since or issue.added > since):
                told += 1
                yield self._item(row, followed)

    def _item(self, row: IssueRow, followed: tuple[str, ...]) -> NewsItem:
        entities = self._core.index.entities()
        named = tuple(
            entities[each] for each in self._core.index.first_named(row.id) if each in entities
        )
        try:
            document = self._document(row)
        except StoreError as error:
            # A text that cannot be read hides no news of the others.
            if str(error) not in self._core.problems:
                self._core.problems.append(str(error))
            return NewsItem(row, (), "", named, (), is_readable=False)
        counted = [
            number
            for number, block in enumerate(document.blocks)
            if block.is_counted and not block.is_heading
        ]
        roles = (BlockRole.TITLE, BlockRole.SUBTITLE)
        takeaways = [n for n in counted if document.blocks[n].role is BlockRole.TAKEAWAY]
        lead = takeaways or [n for n in counted if document.blocks[n].role not in roles][:LEAD]
        link = full_translation(document)
        return NewsItem(
            row=row,
            points=tuple(passage_of(document, row.id, row.role, block) for block in lead),
            translation=link.target if link else "",
            first_named=named,
            followed=tuple(self._followed(row, document, followed)),
        )

    def _document(self, row: IssueRow) -> Document:
        reference = self._core.issue(row.id).documents.get(row.role)
        if reference is None:
            raise StoreError(f"{row.id}: there is no {row.role} of it; import the issue again")
        # Not by way of the documents at hand, which so many would push out.
        return self._core.documents.get(row.id, row.role, reference.revision)

    def _followed(
        self, row: IssueRow, document: Document, followed: tuple[str, ...]
    ) -> Iterable[tuple[str, Passage]]:
        """Each block that names somebody one follows, once."""
        blocks: dict[int, list[tuple[str, int, int]]] = {}
        if followed:
            for mention in self._core.index.mentions(row.id, row.role):
                if mention.entity in followed:
                    block = document.block_at(mention.start)
                    named = (mention.entity, mention.start, mention.end)
                    blocks.setdefault(block, []).append(named)
        for block, found in blocks.items():
            hits = tuple((start, end) for _, start, end in found)
            yield found[0][0], passage_of(document, row.id, row.role, block, hits)
