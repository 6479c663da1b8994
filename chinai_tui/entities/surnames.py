"""People by their surname, in texts that have named them in full before."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from chinai_tui.entities.standing import Standing, standing
from chinai_tui.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chinai_tui.domain.entity import Entity

_SUFFIXES = frozenset(("ii", "iii", "iv", "jr", "jr.", "sr", "sr."))


def surname_of(entity: Entity) -> str:
    """The surname in a person's name, folded; nothing where the name is one word.

    A Chinese name has it first, a Western one last. Which it is tells the pinyin, where there is
    any: that of `Kai-Fu Lee` does not begin with Kai-Fu. Otherwise the characters do.
    """
    words = [word.strip(",") for word in entity.name.split()]
    while words and fold(words[-1]) in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return ""
    spoken = fold(entity.pinyin).split()
    chinese = spoken[0] == fold(words[0]) if spoken else bool(entity.han)
    return fold(words[0] if chinese else words[-1])


def follow_ups(
    text: str,
    folded: str,
    named: Mapping[int, str],
    taken: Sequence[tuple[int, int]],
    surnames: Mapping[str, str],
) -> Iterator[tuple[int, int, str]]:
    """Where a surname stands for somebody: start, end and person, in order.

    `named` says where whom the text names in full, `taken` which ranges are names already, in
    order; `surnames` has everybody's, folded. A surname counts after the full name, standing
    alone, as long as it can only be that person: until somebody else has been named with it,
    known (`named`) or unknown (a longer name that is nobody's).
    """
    bearers: dict[str, set[str]] = {surnames[person]: set() for person in named.values()}
    starts, ends = [start for start, _ in taken], [end for _, end in taken]
    edges = frozenset(starts), frozenset(ends)
    shared: set[str] = set()
    waiting = sorted(named.items(), reverse=True)
    for start, end in _words(folded, bearers):
        surname = folded[start:end]
        while waiting and waiting[-1][0] <= start:
            person = waiting.pop()[1]
            bearers[surnames[person]].add(person)
        before = bisect_right(starts, start) - 1
        if (before >= 0 and ends[before] > start) or not _is_name(text[start:end]):
            continue
        how = standing(text, start, end, *edges)
        persons = bearers[surname]
        if how is Standing.JOINED:
            shared.add(surname)
        elif how is Standing.ALONE and len(persons) == 1 and surname not in shared:
            yield start, end, next(iter(persons))


def _is_name(word: str) -> bool:
    """Whether a word has the capitals of a name: `Xu`, not `xu` and not `XU`."""
    return word[0].isupper() and not word.isupper()


def _words(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where these stand as words, from the left, longer before shorter, without overlaps."""
    found = []
    for word in wanted:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                found.append((at, -end))
            at = text.find(word, at + 1)
    reached = 0
    for start, minus_end in sorted(found):
        if start >= reached:
            reached = -minus_end
            yield start, reached
