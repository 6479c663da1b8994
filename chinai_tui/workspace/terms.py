"""The terms that texts give in Chinese, and names that the catalogue lacks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chinai_tui.text.fold import fold
from chinai_tui.workspace.core import OPENED_AT_HAND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chinai_tui.domain.document import DocumentRole
    from chinai_tui.domain.gloss import Gloss, Suggestion
    from chinai_tui.entities.suggestions import KnownNames, MarkedText
    from chinai_tui.workspace.core import Core


class Terms:
    """Chinese beside its English, in an issue and in the library."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._found = lru_cache(maxsize=OPENED_AT_HAND)(self._find)
        self._suggested = lru_cache(maxsize=OPENED_AT_HAND)(self._suggest)
        self._known_names = lru_cache(maxsize=1)(self._read_names)

    def in_issue(self, issue_id: str, role: DocumentRole) -> list[Gloss]:
        """The terms of a document, each where it stands first, in the order of the text.

        What a later place or the catalogue tells of a term is told of it too: its English, and
        its pinyin, which of names that the catalogue knows is the catalogue's.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        return list(self._found(issue_id, role, self._core.index.generation()))

    def _find(self, issue_id: str, role: DocumentRole, _generation: int) -> tuple[Gloss, ...]:
        """The same, as of a generation of the index."""
        from chinai_tui.domain.gloss import Edge
        from chinai_tui.entities.glosses import glosses

        index = self._core.index
        mentions = index.mentions(issue_id, role)
        terms: dict[str, Gloss] = {}
        for gloss in glosses(self._core.document(issue_id, role), mentions):
            key = fold(gloss.han)
            first = terms.setdefault(key, gloss)
            terms[key] = _completed(first, gloss)
        at_han = {mention.start: mention for mention in mentions}
        entities = index.entities()
        for key, gloss in terms.items():
            mention = at_han.get(gloss.han_start)
            entity = entities.get(mention.entity) if mention else None
            if mention and entity and len(mention.words) == len(gloss.han):
                named = replace(gloss, pinyin=entity.pinyin or gloss.pinyin)
                if not named.english:
                    named = replace(named, english=entity.name, edge=Edge.KNOWN)
                terms[key] = named
        return tuple(terms.values())

    def suggestions(self) -> list[Suggestion]:
        """The names that the catalogue lacks, from every issue of the library, oldest first.

        Raises:
            StoreError: A document cannot be read.
        """
        from chinai_tui.entities.suggestions import suggestions

        return suggestions(self._texts(), self._known_names(self._core.index.catalogue_key()))

    def suggestions_in(self, issue_id: str, role: DocumentRole) -> list[Suggestion]:
        """The names of one document that the catalogue lacks, in the same order.

        Takes about a millisecond for two thousand characters.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        return list(self._suggested(issue_id, role, self._core.index.generation()))

    def _suggest(
        self, issue_id: str, role: DocumentRole, _generation: int
    ) -> tuple[Suggestion, ...]:
        """The same, as of a generation of the index."""
        from chinai_tui.entities.suggestions import MarkedText, suggestions

        document = self._core.document(issue_id, role)
        text = MarkedText(issue_id, role, document, self._core.index.mentions(issue_id, role))
        return tuple(suggestions([text], self._known_names(self._core.index.catalogue_key())))

    def _read_names(self, _key: str) -> KnownNames:
        """The names of the catalogue that goes by a key."""
        from chinai_tui.entities.suggestions import KnownNames

        return KnownNames.of(self._core.index.entities().values())

    def _texts(self) -> Iterator[MarkedText]:
        """The main document of each issue, as it is opened, with its mentions."""
        from chinai_tui.entities.suggestions import MarkedText
        from chinai_tui.text.query import parse

        core = self._core
        for row in reversed(core.index.rows(parse("")).rows):
            reference = core.issue(row.id).documents.get(row.role)
            if reference is not None:
                # Not by way of the documents at hand, which a whole library would push out.
                document = core.documents.get(row.id, row.role, reference.revision)
                mentions = core.index.mentions(row.id, row.role)
                yield MarkedText(row.id, row.role, document, mentions)


def _completed(first: Gloss, later: Gloss) -> Gloss:
    """A term with what a later place tells of it and the first does not."""
    if not first.english and later.english:
        first = replace(first, english=later.english, edge=later.edge)
    return replace(first, pinyin=first.pinyin or later.pinyin)
