"""Finds what a newsletter says of the text that it translates, for citing the translation.

What the text leaves open stays empty: an issue with several translations has no one original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chinai_tui.annotate.attribution import RUN, WORD, person
from chinai_tui.domain.document import Document, DocumentRole, SpanKind, is_han
from chinai_tui.domain.issue import Original
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import safe_url
from chinai_tui.text.slug import slug

TRANSLATION_LABEL = re.compile(
    r"(?:read )?(?:the )?(?:this week[’']s )?(?:full|feature) translations?"
    r"\s*(?:\(.*?\)\s*)?(?:[:：]\s*(.*)|$)",
    re.IGNORECASE,
)
"""A line that names the translated text: `FULL TRANSLATION: Its Title`."""

_NAME = rf"{WORD}(?: {WORD}){{1,3}}"
_BY_FOR = re.compile(
    r"(?:\b[Tt]his (?:[\w’'-]+,? ){1,4}|\b[Ii]t (?:is|was) |(?:^|[.:] ))(?:(?:is|was) )?"
    rf"(?:[Ww]ritten |[Rr]eported )?[Bb]y (?P<authors>{_NAME}(?:(?:,|,? and) {_NAME})*)"
    rf" for (?:the )?(?P<outlet>(?:{RUN}|[\w.-]+(?= \())(?: \([\w .'’-]+\))?)",
    re.MULTILINE,
)
_BESIDE = re.compile(r"(?:(?:the )?context|(?:the )?essentials|key takeaways?)\b", re.IGNORECASE)
"""Labels below which the translated text is still spoken of."""
_SEVERAL = re.compile(
    r"\b(?:first|second|third|two|three|both|several) (?:\w+ )?translations?\b"
    r"|^(?:read )?(?:the )?(?:full|feature) translations\b",
    re.IGNORECASE,
)
_TRANSLATOR = re.compile(
    rf"\b[Tt]ranslat(?:ed by|ion by|or[:：]) ?({_NAME})"
    rf"|\b({_NAME}) for (?:contributing|translating|providing) (?:this|the)\b[^.]*translat"
)
_FIELD = re.compile(
    r"(?:(?:original )?title|原题|原標題|原标题)\s*[:：]\s*(?P<title>.+)"
    r"|(?:(?:original )?authors?|作者|文)\s*[:：]\s*(?P<authors>.+)"
    r"|(?:(?:original )?(?:source|outlet)|来源|來源|出处)\s*[:：]\s*(?P<outlet>.+)"
    r"|(?:translat(?:or|ed by)|译者|譯者|翻译)\s*[:：]\s*(?P<translator>.+)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(（【]([^\[\]()（）【】]*)[\])）】]\s*$")
_ORIGINAL_LINK = re.compile(r"\boriginal\b|原文", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[,、，;；&]|\band\b)\s*")
_HEAD = 8
"""Blocks at the start of a translation among which its author, title and source are given."""


def original_of(document: Document, role: DocumentRole = DocumentRole.TEXT) -> Original:
    """What a text says of the original that it translates.

    Args:
        document: an issue, or a translation kept as a text of its own.
        role: which of the two; other texts say nothing.

    Returns:
        The names as the text has them. All is empty where an issue translates several texts;
        the translator only where one is named, who need not be the newsletter's author.
    """
    if role is DocumentRole.TRANSLATION:
        return _of_translation(document)
    return _of_issue(document) if role is DocumentRole.TEXT else Original()


def _of_issue(document: Document) -> Original:
    texts = [document.text_of(number) for number in range(len(document.blocks))]
    labels = [match for text in texts if (match := TRANSLATION_LABEL.match(text))]
    titles = {fold(slug(each[1]) or each[1]): each[1] for each in reversed(labels) if each[1]}
    about = "\n".join(_about(document))
    by = {each.group("authors", "outlet") for each in _BY_FOR.finditer(about)}
    if not labels or len(titles) > 1 or len(by) > 1 or any(map(_SEVERAL.search, texts)):
        return Original()
    authors, outlet = by.pop() if by else ("", "")
    title, title_han = _title(next(iter(titles.values()), ""))
    named = {each[1] or each[2] for text in texts for each in _TRANSLATOR.finditer(text)}
    return Original(
        authors=_names(authors),
        title=title,
        title_han=title_han,
        outlet=outlet,
        translator=person(named.pop()) if len(named) == 1 else "",
        url=_address(document, outlet),
    )


def _about(document: Document) -> Iterator[str]:
    """The blocks that speak of the translated text: from its label to the next other heading."""
    speaks = False
    for number, block in enumerate(document.blocks):
        text = document.text_of(number)
        if TRANSLATION_LABEL.match(text):
            speaks = True
        elif block.is_heading and not _BESIDE.match(text):
            speaks = False
        if speaks:
            yield text


def _of_translation(document: Document) -> Original:
    found: dict[str, str] = {}
    for number in range(min(_HEAD, len(document.blocks))):
        for line in document.text_of(number).splitlines():
            if match := _FIELD.fullmatch(line.strip()):
                name = match.lastgroup or ""
                found.setdefault(name, match[name].strip())
    title, title_han = _title(found.get("title", ""))
    return Original(
        authors=_names(found.get("authors", "")),
        title=title,
        title_han=title_han,
        outlet=found.get("outlet", ""),
        translator=found.get("translator", ""),
        url=_address(document, found.get("outlet", "")),
    )


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name for name in _LISTED.split(listed) if name)


def _title(given: str) -> tuple[str, str]:
    """The title as translated and in Chinese, which may stand behind it in brackets."""
    match = _BRACKETED.search(given)
    if match and any(map(is_han, match[1])):
        return given[: match.start()].strip(), match[1].strip()
    return ("", given.strip()) if any(map(is_han, given)) else (given.strip(), "")


def _address(document: Document, outlet: str) -> str:
    """Where the one link on the outlet's name, or on the word `original`, leads."""
    found = set()
    for block in document.blocks:
        for span in block.spans:
            words = document.text[span.start : span.end]
            is_named = bool(outlet) and words in outlet and len(words) > 1
            if span.kind is SpanKind.LINK and (is_named or _ORIGINAL_LINK.search(words)):
                found.add(safe_url(span.target))
    return found.pop() if len(found) == 1 else ""
