"""Finds glosses: Chinese terms beside their English, as a text gives them.

What is Chinese is plain to see; where the English before it begins is not. A quotation, a link,
emphasis, a name of the catalogue or a run of capitals tells it; where none does, the term stands
alone with the words before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, SpanKind, is_han
from chinai_tui.domain.entity import Mention
from chinai_tui.domain.gloss import Edge, Gloss
from chinai_tui.entities.capitals import name_before
from chinai_tui.text.pinyin import spells, tone_marks

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TERM = re.compile(
    f"(?:(?<![A-Za-z0-9])[A-Za-z0-9]{{1,8}})?[{_HAN}]+"
    f"(?:(?:[，,、·：；…—]{{1,2}}[A-Za-z0-9]{{0,8}}|[A-Za-z0-9]{{1,8}})[{_HAN}]+)*"
    "(?:[0-9]{1,4}(?![0-9]))?"
)
_INSIDE = "[^()\\[\\]（）【】]"
_OPEN_BEFORE = re.compile(f"[(\\[（【]({_INSIDE}*)$")
_CLOSED_AFTER = re.compile(f"({_INSIDE}{{0,120}})[)\\]）】]")
_BRACKET_AFTER = re.compile(f" ?[(\\[（【]({_INSIDE}{{1,120}})[)\\]）】]")
_DASHED = re.compile(r"\s*[–—:=-]\s+([^,.;:!?()\[\]\n]{2,120})")
_LABEL = re.compile(r"(?:in )?(?:chinese|mandarin|pinyin)\s*:?", re.IGNORECASE)
_REMARK = re.compile(
    r"(?:see|cf|link|via|pdf|original|above|below|left|right|i\.e|e\.g|https?|www)\b"
)
_ADDRESS = re.compile(r"https?://\S+")
_LATIN = re.compile("[A-Za-z]")
_QUOTES = " “”‘’\"'「」『』"
_PAIRS = {"”": "“", "’": "‘", '"': '"'}
_FUNCTION_WORDS = re.compile(
    "a|an|and|are|as|at|be|by|for|from|has|have|in|is|it|its|of|on|or|that|the|their|this|to|"
    "was|were|which|who|with"
)
_LOOK_BACK = 120
_LONGEST_QUOTATION = 300
_LONGEST_SPAN = 80
_LEAD = 60
_WORDS_OF_A_TERM = 5
_CHINESE_TEXT = 20
"""Han characters from which on a block with fewer Latin letters is a Chinese text."""


class _English(NamedTuple):
    start: int
    end: int
    edge: Edge


def glosses(document: Document, known: Iterable[Mention] = ()) -> list[Gloss]:
    """The glosses of a document, in order; Chinese texts and uncounted blocks have none.

    `known` are the mentions of the document: a name of the catalogue tells where English begins.
    """
    if document.text.isascii():
        return []
    return list(_Glosses(document, known).found())


class _Glosses:
    """A document, with what tells where English begins."""

    def __init__(self, document: Document, known: Iterable[Mention]) -> None:
        self.text = document.text
        self.blocks = document.blocks
        self.known = {mention.end: mention.start for mention in known}
        self.spans = {
            span.end: (span.start, Edge.LINK if span.kind is SpanKind.LINK else Edge.EMPHASIS)
            for block in document.blocks
            for span in block.spans
            if span.kind in (SpanKind.LINK, SpanKind.EMPHASIS, SpanKind.STRONG)
            and span.end - span.start <= _LONGEST_SPAN
        }

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that stand without a capital."""
        return frozenset(re.findall(r"\b[a-z]+\b", self.text))

    def found(self) -> Iterator[Gloss]:
        """The glosses, in order."""
        addresses = (match.span() for match in _ADDRESS.finditer(self.text))
        address = next(addresses, None)
        for block in self.blocks:
            if not block.is_counted or block.kind is BlockKind.CODE or self._is_chinese(block):
                continue
            for term in _TERM.finditer(self.text, block.start, block.end):
                while address is not None and address[1] <= term.start():
                    address = next(addresses, None)
                if address is None or address[0] >= term.end():
                    gloss = self._gloss(block, term.start(), term.end())
                    if gloss is not None:
                        yield gloss

    def _is_chinese(self, block: Block) -> bool:
        text = self.text[block.start : block.end]
        if text.isascii():
            return True
        han = sum(map(is_han, text))
        return not han or (han > _CHINESE_TEXT and han > len(_LATIN.findall(text)))

    def _gloss(self, block: Block, start: int, end: int) -> Gloss | None:
        before = self.text[max(block.start, start - _LOOK_BACK) : start]
        opened = _OPEN_BEFORE.search(before)
        closed = _CLOSED_AFTER.match(self.text, end, block.end)
        if opened and closed:
            bracket = start - len(before) + opened.start()
            return self._in_brackets(block, start, end, (bracket, closed.end()))
        behind = _BRACKET_AFTER.match(self.text, end, block.end)
        if behind and (gloss := self._before_brackets(block, start, end, behind)):
            return gloss
        stop = self._unspaced(block, start)
        quotation = self._quotation(block, stop) if start - stop <= 1 else None
        return self._made(block, (start, end), (start, end), quotation) if quotation else None

    # English (Han)

    def _in_brackets(
        self, block: Block, start: int, end: int, bracket: tuple[int, int]
    ) -> Gloss | None:
        """`English (中文)`, perhaps with pinyin or a remark in the brackets."""
        count = _syllables(self.text[start:end])
        first = self.text[bracket[0] + 1 : start].strip(f"{_QUOTES},;")
        rest = self.text[end : bracket[1] - 1].strip(f"{_QUOTES},;:-–—")
        pinyin = _pinyin(first, count) or _pinyin(re.split("[,;]", rest)[0], count)
        english = None
        if not first or _LABEL.fullmatch(first) or pinyin:
            english = self._english(block, bracket)
        return self._made(block, (start, end), bracket, english, pinyin, bracket[0])

    def _english(self, block: Block, bracket: tuple[int, int]) -> _English | None:
        """The words that a bracket glosses, where something tells their left edge."""
        end = self._unspaced(block, bracket[0])
        if end <= block.start:
            return None
        found = self._quotation(block, end) or self._whole_quotation(block, end, bracket[1])
        found = found or self._span(end, end) or self._span(bracket[1], end)
        if found is None and end in self.known:
            found = _English(self.known[end], end, Edge.KNOWN)
        if found is None and not (block.is_heading or block.role is BlockRole.TITLE):
            name = name_before(self.text, block.start, end, self.known, self.common)
            found = None if name is None else _English(name, end, Edge.NAME)
        if found is None or not _is_english(self.text[found.start : found.end]):
            return None
        return found if found.start >= block.start else None

    def _unspaced(self, block: Block, at: int) -> int:
        """The place after the last word before `at`."""
        while at > block.start and self.text[at - 1] == " ":
            at -= 1
        return at

    def _quotation(self, block: Block, end: int) -> _English | None:
        """The quotation whose closing mark stands right before `end`."""
        mark = self.text[end - 1] if end > block.start else ""
        if mark not in _PAIRS:
            return None
        start = self._opening(block, end - 1, _PAIRS[mark], mark)
        if start is None or not _is_english(self.text[start + 1 : end - 1]):
            return None
        last = end - 1
        while last > start + 1 and self.text[last - 1] in ",.;: ":
            last -= 1
        return _English(start + 1, last, Edge.QUOTED)

    def _opening(self, block: Block, end: int, opening: str, closing: str) -> int | None:
        """Where the mark stands that opens the quotation which ends at `end`."""
        low = max(block.start, end - _LONGEST_QUOTATION)
        at = self.text.rfind(opening, low, end)
        if at < 0 or at + 1 >= end:
            return None
        if opening == closing:
            is_free = at == block.start or self.text[at - 1] in " ([—–"
            return at if is_free and self.text[at + 1] != " " else None
        return None if self.text.find(closing, at, end) >= 0 else at

    def _whole_quotation(self, block: Block, end: int, after: int) -> _English | None:
        """The words before a bracket that with it are all of a quotation, and plainly one term."""
        mark = self.text[after] if after < block.end else ""
        if mark not in _PAIRS:
            return None
        start = self._opening(block, end, _PAIRS[mark], mark)
        if start is None:
            return None
        words = self.text[start + 1 : end].lower().split()
        if len(words) > _WORDS_OF_A_TERM or any(map(_FUNCTION_WORDS.fullmatch, words)):
            return None
        return _English(start + 1, end, Edge.QUOTED)

    def _span(self, span_end: int, end: int) -> _English | None:
        """The link or emphasis that ends at `span_end`, up to `end`."""
        start, edge = self.spans.get(span_end, (end, Edge.NONE))
        return _English(start, end, edge) if start < end else None

    # Han (English)

    def _before_brackets(
        self, block: Block, start: int, end: int, behind: re.Match[str]
    ) -> Gloss | None:
        """`中文 (English)` or `中文 (pinyin) – English`; none where the brackets say neither."""
        inside = behind[1].strip(_QUOTES)
        head, _, tail = inside.partition(",")
        count = _syllables(self.text[start:end])
        pinyin = _pinyin(inside, count) or _pinyin(head, count)
        whole = (start, behind.end())
        at = behind.start(1) + behind[1].find(inside)
        english: _English | None = _English(at, at + len(inside), Edge.BRACKET)
        if pinyin:
            meaning = tail.strip(_QUOTES) if _pinyin(head, count) else ""
            if _is_english(meaning):
                at = behind.start(1) + behind[1].rfind(meaning)
                english = _English(at, at + len(meaning), Edge.BRACKET)
            else:
                english = self._dashed(block, behind.end())
            english = english or self._quotation(block, self._unspaced(block, start))
        elif not _is_english(inside) or _REMARK.match(inside):
            return None
        return self._made(block, (start, end), whole, english, pinyin)

    def _dashed(self, block: Block, at: int) -> _English | None:
        """What a dash says of a term, up to the next stop."""
        match = _DASHED.match(self.text, at, block.end)
        if match is None or not _is_english(match[1]):
            return None
        return _English(match.start(1), match.start(1) + len(match[1].rstrip()), Edge.DASH)

    # Both

    def _made(
        self,
        block: Block,
        term: tuple[int, int],
        whole: tuple[int, int],
        english: _English | None,
        pinyin: str = "",
        lead_end: int | None = None,
    ) -> Gloss:
        edge = english.edge if english else Edge.NONE
        start, end = (min(whole[0], english.start), max(whole[1], english.end)) if english else term
        return Gloss(
            start=start,
            end=end,
            han_start=term[0],
            han=self.text[slice(*term)],
            english=self.text[english.start : english.end] if english else "",
            edge=edge,
            pinyin=pinyin,
            lead=self._lead(block, term[0] if lead_end is None else lead_end),
        )

    def _lead(self, block: Block, end: int) -> str:
        """The last words before a place, whole ones."""
        low = max(block.start, end - _LEAD)
        if low > block.start and self.text[low - 1] != " ":
            space = self.text.find(" ", low, end)
            low = space + 1 if space >= 0 else low
        return self.text[low:end].strip()


def _syllables(term: str) -> int:
    return sum(map(is_han, term))


def _pinyin(text: str, count: int) -> str:
    """The text as pinyin of that many characters; nothing where it is something else."""
    text = text.strip(_QUOTES)
    if label := _LABEL.match(text):
        text = text[label.end() :].strip(_QUOTES)
    if not text or any(map(is_han, text)):
        return ""
    numbered = tone_marks(text)
    if numbered:
        return " ".join(numbered) if len(numbered) == count else ""
    # Without tones a capital makes it somebody's name rather than a reading.
    is_plain = text.islower() or not text.isascii()
    return text if is_plain and spells(text, count) else ""


def _is_english(text: str) -> bool:
    return bool(_LATIN.search(text)) and not any(map(is_han, text))
