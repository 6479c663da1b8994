"""The text of a block with its links, code, footnote references and emphasis as Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from chinai_tui.domain.document import Span, SpanKind
from chinai_tui.export import escape
from chinai_tui.text.sanitise import safe_url

_EMPHASIS = {SpanKind.STRONG: "**", SpanKind.EMPHASIS: "*"}
_LABEL = re.compile(r"[^\w-]")


def render(text: str, spans: Iterable[Span], notes: Collection[str] = ()) -> str:
    """A block's text as Markdown of one paragraph; its line ends become hard ones.

    Args:
        text: the text of the block.
        spans: its spans, as offsets into that text. A link whose address is not safe is only
            text, and so is a reference to a footnote that is not in `notes`.
        notes: the labels of the footnotes there are.
    """
    chars = escape.characters(text)
    _break_lines(text, chars)
    atoms = _apart(
        span
        for span in spans
        if span.kind not in _EMPHASIS
        and text[span.start : span.end].strip()
        and _is_usable(span, notes)
    )
    before, after = [""] * len(text), [""] * len(text)
    for span in atoms:
        _set_atom(span, text, chars, before, after)
    for span in _emphasised(text, spans, atoms):
        mark = _EMPHASIS[span.kind]
        before[span.start] += mark
        after[span.end - 1] = mark + after[span.end - 1]
    return "".join(map("".join, zip(before, chars, after, strict=True))).strip(" ")


def label(marker: str) -> str:
    """The marker of a footnote as the label of one in Markdown."""
    return _LABEL.sub("", marker)


def destination(url: str) -> str:
    """A safe address as the destination of a link."""
    url = escape.entities(url)
    return f"<{url}>" if "(" in url or ")" in url else url


def code(text: str) -> str:
    """Inline code: between more backticks than stand in it, and as one line."""
    text = text.replace("\n", " ")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _is_usable(span: Span, notes: Collection[str]) -> bool:
    match span.kind:
        case SpanKind.LINK:
            return bool(safe_url(span.target))
        case SpanKind.FOOTNOTE:
            return label(span.target) in notes
        case _:
            return True


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that overlap one before; code beside code is one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        last = result[-1] if result else None
        if last and last.kind is span.kind is SpanKind.CODE and last.end == span.start:
            result[-1] = replace(last, end=span.end)
        elif last is None or span.start >= last.end:
            result.append(span)
    return result


def _break_lines(text: str, chars: list[str]) -> None:
    for at, char in enumerate(text):
        if char == "\n":
            inside = text[:at].strip() and text[at:].strip()
            chars[at] = "\\\n" if inside else ""


def _set_atom(span: Span, text: str, chars: list[str], before: list[str], after: list[str]) -> None:
    """Write a link, a footnote reference or code over its characters."""
    start, end = span.start, span.end
    if span.kind is SpanKind.LINK:
        before[start], after[end - 1] = "[", f"]({destination(safe_url(span.target))})"
    else:
        is_code = span.kind is SpanKind.CODE
        words = code(text[start:end]) if is_code else f"[^{label(span.target)}]"
        chars[start:end] = [words, *[""] * (end - start - 1)]
    if span.kind is not SpanKind.CODE and chars[max(0, start - 1) : start] == ["!"]:
        chars[start - 1] = r"\!"
    if span.kind is SpanKind.FOOTNOTE and text[end : end + 1] in ("(", "[", ":"):
        chars[end] = f"\\{text[end]}"


def _emphasised(text: str, spans: Iterable[Span], atoms: list[Span]) -> list[Span]:
    """The emphasis that CommonMark can say, cut to begin and end with a letter or digit.

    Marks beside punctuation do not count as such next to a letter, as in `**“x”**y`; marks beside
    each other or across a link are read otherwise than they are meant.
    """
    cut = (_cut(text, span) for span in spans if span.kind in _EMPHASIS)
    result: list[Span] = []
    for span in _apart(span for span in cut if span is not None):
        if result and span.start <= result[-1].end:
            continue
        if all(_agree(span, atom) for atom in atoms):
            result.append(span)
    return result


def _cut(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(span.kind, start, end) if start < end else None


def _agree(span: Span, atom: Span) -> bool:
    """Whether emphasis is apart from a link or code, well around it, or inside a link."""
    apart = span.end <= atom.start or span.start >= atom.end
    around = span.start < atom.start and atom.end < span.end
    inside = atom.kind is SpanKind.LINK and atom.start <= span.start and span.end <= atom.end
    return apart or around or inside
