from __future__ import annotations

import pytest

from chinai_tui.domain.document import Span, SpanKind
from chinai_tui.export.inline import render
from tests.export.reading import PARSER, blocks

LINK, CODE, NOTE = SpanKind.LINK, SpanKind.CODE, SpanKind.FOOTNOTE
STRONG, EM = SpanKind.STRONG, SpanKind.EMPHASIS
URL = "https://example.org/a"


def written(text: str, *parts: tuple[SpanKind, str] | tuple[SpanKind, str, str]) -> str:
    """The text with spans over the first occurrence of each part."""
    spans = []
    for kind, part, *target in parts:
        start = text.index(part)
        spans.append(Span(kind, start, start + len(part), *target))
    return render(text, spans, {"1"})


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (written("a [b] c", (LINK, "a [b]", URL)), rf"[a \[b\]]({URL}) c"),
        (written("see it", (LINK, "it", "javascript:alert(1)")), "see it"),
        (written("see it", (LINK, "it", "https://e.org/a_(b)")), "see [it](<https://e.org/a_(b)>)"),
        (written("Wow!here", (LINK, "here", URL)), rf"Wow\![here]({URL})"),
        (written("so[1](now)", (NOTE, "[1]", "1")), r"so[^1]\(now)"),
        (written("so[2]", (NOTE, "[2]", "2")), r"so\[2\]"),
        (written("run a`b*", (CODE, "a`b*")), "run ``a`b*``"),
        (written("ab", (CODE, "a"), (CODE, "b")), "`ab`"),
        (written("run `x", (CODE, "`x")), "run `` `x ``"),
        (written("a bold word", (STRONG, "bold")), "a **bold** word"),
        (written("“重点”内容", (STRONG, "“重点”")), "“**重点**”内容"),
        (written("all bold", (STRONG, "all bold"), (EM, "bold")), "**all bold**"),
        (written("one two", (STRONG, "one"), (EM, " two")), "**one** *two*"),
        (written("onetwo", (STRONG, "one"), (EM, "two")), "**one**two"),
        (written("see me", (LINK, "see me", URL), (STRONG, "me")), f"[see **me**]({URL})"),
        (written("so see me now", (STRONG, "so see me now"), (LINK, "see me", URL)),
         f"**so [see me]({URL}) now**"),
        (written("so see me", (STRONG, "so see me"), (LINK, "see me", URL)), f"so [see me]({URL})"),
        (render("one\n- two\n", ()), "one\\\n\\- two"),
        (render("  led in ", ()), "led in"),
    ],
)  # fmt: skip
def test_marks(markdown: str, expected: str) -> None:
    assert markdown == expected


def test_marks_mean_what_they_say() -> None:
    text = "“重点”内容 and the study of words*"
    markdown = written(text, (STRONG, "“重点”"), (LINK, "the study", URL), (EM, "words*"))
    assert blocks(markdown) == [text]
    (inline,) = (token for token in PARSER.parse(markdown) if token.type == "inline")
    kinds = [token.type for token in inline.children or () if token.nesting == 1]
    assert kinds == ["strong_open", "link_open", "em_open"]
