"""What a search looks for where nothing fits as asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from chinai_tui.domain.document import is_han
from chinai_tui.index.plan import All, Most, Near, Plan, Term, leaves
from chinai_tui.text import tokens

FUNCTION_WORDS = frozenset(
    """
    a about all also an and any are as at be been being but by can could did do does for from had
    has have he her his how i if in into is it its me my no not of on or our out she so some than
    that the their them then there these they this those to up us was we were what when where
    which who whom whose why will with would you your 的 了 在 和 与 及 是 也 就 都 而 之 吗 呢 吧
    """.split()  # noqa: SIM905 - a list of a hundred words is read more easily so
)
"""Words that say little of what a text is about."""

STEPS = 6
"""Searches with fewer and fewer of the words, down to the one with just over half of them."""


def telling(plan: Plan) -> Plan:
    """The plan without its function words; nothing may be left to look for."""
    parts = plan.parts if isinstance(plan, All) else (plan,)
    little = {part for part in parts if isinstance(part, Term) and _says_little(part)}
    return All(tuple(part for part in parts if part not in little)) if little else plan


def wider(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Weaker and weaker forms of a plan, each with a sentence that says what fits it.

    Function words go first; then words need not stand side by side; then most of them, more than
    half, suffice. Entities, what is excluded and what holds for the issue are never given up.
    """
    kept = telling(plan)
    if not any(leaves(kept)):
        return
    if kept != plan:
        left = set(leaves(kept))
        dropped = [leaf for leaf in leaves(plan) if leaf not in left]
        words = ", ".join(f"“{leaf.shown}”" for leaf in dropped if isinstance(leaf, Term))
        yield f"These fit without {words}.", kept
    parts = kept.parts if isinstance(kept, All) else (kept,)
    sought = [part for part in parts if any(isinstance(leaf, Term | Near) for leaf in leaves(part))]
    fixed = [part for part in parts if part not in sought]
    apart = _apart(sought)
    if apart != sought:
        yield "These have the words, but not side by side.", All((*apart, *fixed))
    yield from (
        (f"These have {least} of the {len(apart)} words.", All((Most(least, tuple(apart)), *fixed)))
        for least in _fewer(len(apart))
    )


def _fewer(words: int) -> list[int]:
    """Numbers of words that suffice, more than half of all; of a long query not every one.

    Each is a search, and those that find nothing take the longest.
    """
    least = words // 2 + 1
    if least >= words:
        return []
    step = max(1, ceil((words - least) / STEPS))
    return [*range(words - 1, least, -step), least]


def _says_little(term: Term) -> bool:
    return not term.prefix and set(tokens.words(term.shown)) <= FUNCTION_WORDS


def _apart(parts: Sequence[Plan]) -> list[Plan]:
    """Phrases as their words: Latin words by themselves, Chinese characters by twos."""
    result: dict[Plan, None] = {}
    for part in parts:
        if isinstance(part, Near):
            result |= dict.fromkeys(part.parts)
        elif isinstance(part, Term) and len(part.tokens) > 1 and not part.prefix:
            result |= dict.fromkeys(_pieces(part))
        else:
            result[part] = None
    return list(result)


def _pieces(term: Term) -> Iterator[Term]:
    pairs = list(zip(tokens.words(term.shown), term.tokens, strict=True))
    for at, (word, token) in enumerate(pairs):
        following = pairs[at + 1][0] if at + 1 < len(pairs) else " "
        if is_han(word[0]) and is_han(following[0]):
            yield replace(term, shown=word + following, tokens=(token, following))
        elif word not in FUNCTION_WORDS and not (
            at and is_han(word[0]) and is_han(pairs[at - 1][0][0])
        ):
            yield replace(term, shown=word, tokens=(token,))
