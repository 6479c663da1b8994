"""Where words do not mean the entity whose name they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from chinai_tui.domain.entity import Exclusion
from chinai_tui.entities.spelling import NO_JOINERS, key

_Key: TypeAlias = "tuple[str, str]"
"""An entity and a name, folded."""
_BETWEEN_HAN = re.compile("(?<=[\u2e80-\U0010ffff]) (?=[\u2e80-\U0010ffff])")
_ROOM = 4
"""Characters of a text that are looked at for each of its surroundings, which may have lost
spaces; and so many more."""


@dataclass(frozen=True, slots=True)
class Barred:
    """What does not count in one document."""

    names: frozenset[_Key]
    places: dict[_Key, list[tuple[str, str]]]
    """What stands before and after the name where it does not count."""

    def bars(self, entity: str, text: str, folded: str, start: int, end: int) -> bool:
        """Whether what stands in a range of a text does not mean the entity."""
        name = entity, folded[start:end]
        return name in self.names or any(
            _ends(text, start, before) and _begins(text, end, after)
            for before, after in self.places.get(name, ())
        )


class Exclusions:
    """All exclusions, by the issue that they are for."""

    def __init__(self, exclusions: Iterable[Exclusion]) -> None:
        self._all: dict[str, list[tuple[_Key, str, str]]] = {}
        self._everywhere: set[_Key] = set()
        for each in exclusions:
            name = each.entity, key(each.text)
            if each.issue or each.before or each.after:
                around = _compared(each.before), _compared(each.after)
                self._all.setdefault(each.issue, []).append((name, *around))
            else:
                self._everywhere.add(name)

    def everywhere(self, entity: str, folded: str) -> bool:
        """Whether a name never means an entity."""
        return (entity, folded) in self._everywhere

    def of(self, issue: str) -> Barred | None:
        """What does not count in a document of an issue; None if everything does."""
        found = [*self._all.get("", ()), *(self._all.get(issue, ()) if issue else ())]
        if not (found or self._everywhere):
            return None
        names = {name for name, before, after in found if not (before or after)}
        places: dict[_Key, list[tuple[str, str]]] = {}
        for name, before, after in found:
            if before or after:
                places.setdefault(name, []).append((before, after))
        return Barred(frozenset(names | self._everywhere), places)


def unbroken(line: str) -> str:
    """A line without spaces between Chinese characters, where its text may have been broken."""
    return _BETWEEN_HAN.sub("", line)


def _ends(text: str, end: int, words: str) -> bool:
    start = max(0, end - _ROOM * (len(words) + 1))
    return not words or _squeezed(text[start:end]).endswith(words)


def _begins(text: str, start: int, words: str) -> bool:
    return not words or _squeezed(text[start : start + _ROOM * (len(words) + 1)]).startswith(words)


def _compared(words: str) -> str:
    """Surroundings as they were given, in the form of a text that is searched."""
    return _squeezed(words.translate(NO_JOINERS))


def _squeezed(text: str) -> str:
    """As surroundings are compared: runs of space as one, none at the ends."""
    return unbroken(" ".join(text.split()))
