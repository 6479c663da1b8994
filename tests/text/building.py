"""Makes documents with links and footnotes for the tests of what is found in them."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, Span, SpanKind

_MARK = re.compile(r"\[\^(?P<note>\w+)\]|\[(?P<words>[^]]+)\]\((?P<url>[^)]*)\)")
_HEADS = re.compile(r"(?P<heading># )|(?P<label>: )|\^(?P<note>\w+) ")


def document(*rows: str) -> Document:
    """A block for each row: words with `[a link](https://…)` and `[^1]`, a reference to a footnote.

    `# ` in front makes a heading, `: ` a label, `^1 ` the footnote with that marker.
    """
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for row in rows:
        kind, role, marker = BlockKind.PARAGRAPH, BlockRole.BODY, ""
        if head := _HEADS.match(row):
            row = row[head.end() :]
            if head["note"]:
                kind, marker = BlockKind.FOOTNOTE, head["note"]
            elif head["heading"]:
                kind = BlockKind.HEADING
            else:
                role = BlockRole.LABEL
        text, spans = _marked(row, start)
        blocks.append(Block(kind, role, 0, marker, start, start + len(text), tuple(spans)))
        texts.append(text)
        start += len(text) + 1
    return Document("\n".join(texts), tuple(blocks))


def _marked(row: str, start: int) -> tuple[str, list[Span]]:
    text, done, spans = "", 0, []
    for match in _MARK.finditer(row):
        text += row[done : match.start()]
        words = match["words"] or f"[{match['note']}]"
        kind = SpanKind.LINK if match["words"] else SpanKind.FOOTNOTE
        first = start + len(text)
        spans.append(Span(kind, first, first + len(words), match["url"] or match["note"]))
        text += words
        done = match.end()
    return text + row[done:], spans


_PIECES = (
    "issue |issues|ChinAI| Newsletter |#11|＃9| #|154|, | and |–|12|  |商汤|.|[^1]|[^2]"
    "|[see #3](https://a.example/3)|[#4](https://b.example)"
).split("|")
rows = st.tuples(
    st.sampled_from(["", "", "# ", ": ", "^1 ", "^2 "]),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12),
).map(lambda row: row[0] + "".join(row[1]))
documents = st.lists(rows, max_size=8).map(lambda found: document(*found))
"""Documents full of numbers, links and footnotes, that fit together or do not."""
