"""Mends what is recognised in texts, by additions to the user's entity file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.entity import Alias, Entity, EntityKind, Mention
from chinai_tui.domain.mending import Correction, Extent
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.text.fold import fold, simplify
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.slug import slug
from chinai_tui.workspace import steps
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.own_entities import OwnEntities

if TYPE_CHECKING:
    from chinai_tui.workspace.terms import Terms

Values = Mapping[str, str | bool]
"""What a table says, by key; what is empty or false is not written."""

TITLE = 80
"""Characters of the longest title; a name may be longer."""
SURROUNDINGS = 32
"""Characters before and after some words by which their place in an issue is known again."""


class Mending:
    """Corrections of the catalogue, each a few lines in the user's entity file."""

    def __init__(self, core: Core, indexing: Indexing, terms: Terms) -> None:
        self._core = core
        self._indexing = indexing
        self._terms = terms
        self._own = OwnEntities(core.paths.entities)

    # Proposing

    def new_entity(
        self, name: str, kind: EntityKind, han: str = "", *, case: bool = False, issue_id: str = ""
    ) -> Correction:
        """A new entity; `case` wants its name in these capitals.

        Of an issue that has the Chinese name, the id is kept as where it was checked, and the
        pinyin is the one that its text gives. What no text says is left out.
        """
        name, han = _named(name), _named(han)
        told = self._read_in(issue_id, han or name) if issue_id else {}
        base = slug(name) or slug(str(told.get("pinyin", ""))) or kind.value
        values: dict[str, str | bool] = {"id": self._new_id(base), "kind": kind.value}
        values |= {"name": name, "han": simplify(han)}
        values["hant"] = han if simplify(han) != han else ""
        if han:
            values |= told
        return self._correction(f"new {kind.value} {name}", "entity", values | {"case": case})

    def alias(self, entity_id: str, text: str, *, case: bool = False) -> Correction:
        """A further name of an entity.

        Raises:
            NotFoundError: There is no such entity.
        """
        entity = self._core.index.entity(entity_id)
        if entity is None:
            raise NotFoundError(f"{entity_id}: the catalogue has no such entity")
        text = _named(text)
        values: dict[str, str | bool] = {"entity": entity_id, "text": text, "case": case}
        problem = f"{entity.name} goes by “{text}” already" if _is_name(entity, text) else ""
        return self._correction(f"“{text}” is {entity.name}", "alias", values, problem)

    def not_this(
        self, mention: Mention, issue_id: str, role: DocumentRole, extent: Extent
    ) -> Correction:
        """That some words do not mean an entity.

        A place is told by what stands around it; where that is nothing at all in its block, the
        whole issue is meant.

        Raises:
            NotFoundError: There is no such issue or document.
            StoreError: The document cannot be read.
        """
        words = _named(mention.words)
        values: dict[str, str | bool] = {"entity": mention.entity, "text": words}
        if extent is not Extent.EVERYWHERE:
            values["issue"] = issue_id
        if extent is Extent.HERE:
            before, after = _surroundings(self._core.document(issue_id, role), mention)
            values |= {"before": before, "after": after}
            extent = extent if before or after else Extent.ISSUE
        known = self._core.index.entity(mention.entity)
        name = known.name if known else mention.entity
        return self._correction(f"“{words}” is not {name} {extent.value}", "not", values)

    def _correction(self, title: str, table: str, values: Values, problem: str = "") -> Correction:
        from chinai_tui.entities.catalogue import problem_of

        lines = _table(table, values)
        _, entities, exclusions = self._core.index.catalogue()
        problem = problem or problem_of(lines, entities, exclusions)
        return Correction(clean_line(title, TITLE), lines, problem)

    def _new_id(self, base: str) -> str:
        """An id like this that nobody has, an entity that is switched off included."""
        from chinai_tui.entities.catalogue import ids_in

        taken = self._core.index.entities().keys() | ids_in(self._core.paths.entities)
        made, number = base, 1
        while made in taken:
            number += 1
            made = f"{base}-{number}"
        return made

    def _read_in(self, issue_id: str, han: str) -> dict[str, str | bool]:
        """What the texts of an issue tell of a Chinese name: that it is there, and its pinyin."""
        wanted = fold(han)
        found: dict[str, str | bool] = {}
        for role in self._core.issue(issue_id).documents:
            if wanted in fold(self._core.document(issue_id, role).text):
                found["checked"] = issue_id
            for gloss in self._terms.in_issue(issue_id, role):
                if fold(gloss.han) == wanted and len(gloss.pinyin.split()) == len(han):
                    found.setdefault("pinyin", gloss.pinyin)
        return found

    # Writing

    def apply(self, correction: Correction, issue_id: str = "") -> None:
        """Write a correction; when this returns it is on disk, and the issue is marked anew.

        `notes.undo` takes it back. The rest of the library waits for `care.catch_up`.

        Raises:
            CatalogueError: The user's file has a fault, or would have one.
            StoreError: It cannot be written, or the correction says why it should not be.
        """
        if correction.problem:
            raise StoreError(f"{self._own.path} not changed: {correction.problem}")

        def _commit() -> None:
            store = self._core.store
            # What holds the entity file ends last, so that it is restored if nothing is saved.
            with ExitStack() as held, store.annotations_file.transaction() as tx:
                held.enter_context(self._own.changing())
                written = self._own.append(correction.lines)
                steps.remember(store, tx, correction.title, correction=written, issue=issue_id)
            try:
                self._indexing.take_correction(issue_id)
            except StoreError as error:
                # The lines are on disk: who is told that it failed would write them again.
                self._core.problems.append(f"{correction.title}: written, not yet marked; {error}")

        self._core.write(_commit)


def _named(words: str) -> str:
    """Words of a text as a name: in one line, Chinese without the space of a broken line."""
    from chinai_tui.entities.exclusions import unbroken

    return unbroken(clean_line(words))


def _is_name(entity: Entity, text: str) -> bool:
    """Whether a text that has these words means the entity already, whatever else it says."""
    names = (Alias(entity.name, entity.case, entity.needs), Alias(entity.han), Alias(entity.hant))
    return any(
        each.text == text or (not each.case and fold(each.text) == fold(text))
        for each in (*names, *entity.aliases)
        if not (each.needs or each.search_only)
    )


def _table(name: str, values: Values) -> str:
    """A table as TOML, with the values that say something."""
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if value]
    return "\n".join((f"[[{name}]]", *lines, ""))


def _value(value: str | bool) -> str:
    """A value as TOML: JSON writes strings so that TOML reads them, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _surroundings(document: Document, mention: Mention) -> tuple[str, str]:
    """What stands before and after a mention in its block.

    At the start or the end of a block, where one side alone would fit other places too, the words
    of the block beyond it are taken in; both are empty where the block says nothing else.
    """
    block = document.blocks[document.block_at(mention.start)]
    before, after = _beside(document.text, mention, block.start, block.end)
    if bool(before) is bool(after):
        return before, after
    return _beside(document.text, mention, 0, len(document.text))


def _beside(text: str, mention: Mention, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a mention within a range of the text."""
    before = text[max(start, mention.start - SURROUNDINGS) : mention.start]
    after = text[mention.end : min(end, mention.end + SURROUNDINGS)]
    return clean_line(before), clean_line(after)
