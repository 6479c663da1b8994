"""Made-up issues, notes and a document, for tests of exports."""

from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.annotation import (
    Anchor,
    AnchorState,
    Annotation,
    AnnotationKind,
    Placement,
    Voice,
    VoiceKind,
)
from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    DocumentRole,
    Span,
    SpanKind,
)
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.issue import DateSource, DocumentRef, Issue, Original, Publication
from chinai_tui.export.model import ExportNote, Source

GOLDEN = Path(__file__).parent.parent / "fixtures" / "export"

CHINAI = Publication(
    id="chinai",
    title="ChinAI Newsletter",
    authors=("Jeffrey Ding",),
    label="ChinAI",
    sharing="Excerpts may be shared if the translation is cited.",
)
BLOG = Publication(id="quay-notes", title="Quay Notes", authors=("Ann Editor", "Bo Second"))
ISSUE = Issue(
    id="chinai-900",
    publication="chinai",
    title='A Made-Up "Crane" Issue [虚构]',
    number=900,
    subtitle="Plus: nothing *at all*",
    authors=("Jeffrey Ding",),
    date="2031-01-06",
    date_source=DateSource.USER,
    url="https://chinai.substack.com/p/example-slug",
    documents={DocumentRole.TEXT: DocumentRef("4be1c0d2" * 8, accessed="2031-01-10")},
)
POST = Issue(id="quay-notes-why-cranes", publication="quay-notes", title="Why Do Cranes Wait?")
LIN = Voice(VoiceKind.TRANSLATION, "Lin Example", "Example Weekly [示例周刊]")
OWN = Voice(VoiceKind.COMMENTARY, "Jeffrey Ding")
MODELWORKS = Entity(
    id="modelworks", kind=EntityKind.COMPANY, name="ModelWorks", han="模工智能", pinyin="Mógōng"
)


SOURCE = Source(
    ISSUE,
    CHINAI,
    "ding2031chinai900",
    Original(("Lin Example",), title_han="虚构标题", outlet="Example Weekly [示例周刊]"),
)
POSTED = Source(POST, BLOG, "editorwhydocranes")


def anchor(exact: str, start: int) -> Anchor:
    return Anchor(DocumentRole.TEXT, "4be1c0d2" * 8, start, start + len(exact), 3, exact)


def at(start: int, end: int, state: AnchorState = AnchorState.EXACT, score: float = 1) -> Placement:
    return Placement(state, start, end, score)


NOTE = ExportNote(
    Annotation(
        id="7f3a2c910b5d4e66",
        kind=AnnotationKind.NOTE,
        issue="chinai-900",
        anchor=anchor("We measured the cluster for a week\n1. and found *half* of it idle.", 400),
        text="Compare with the claim of [[ModelWorks|the firm]] in #880:\n\n"
        "- who counted?\n- where?\n\n```\nopen fence",
        tags=("compute", "utilisation"),
        voice=LIN,
    ),
    block="h-7f3a2c91",
    links={"ModelWorks": MODELWORKS},
    placement=at(420, 486),
    section="Key Takeaways: [all]",
    paragraph=14,
    source=SOURCE,
    accessed="2031-01-10",
    mentions=(MODELWORKS,),
)
MOVED = ExportNote(
    Annotation(
        id="b20d66e4aa00aa00",
        kind=AnnotationKind.HIGHLIGHT,
        issue="chinai-900",
        anchor=anchor("The second report is shorter & better.", 900),
        voice=OWN,
        color="green",
    ),
    block="h-b20d66e4",
    placement=at(930, 968, AnchorState.UNSURE, 0.784),
    paragraph=31,
    source=SOURCE,
    accessed="2031-01-10",
)
LOST = ExportNote(
    Annotation(
        id="0c0ffee00c0ffee0",
        kind=AnnotationKind.NOTE,
        issue="chinai-900",
        anchor=anchor("A sentence that was taken out.", 100),
        text="Why was it taken out?",
        tags=("edits",),
        voice=Voice(VoiceKind.UNCONFIRMED),
    ),
    block="h-0c0ffee0",
    by="Bo Second",
    placement=at(0, 0, AnchorState.ORPHAN, 0.3),
    source=SOURCE,
    accessed="2031-01-10",
)
MARK = ExportNote(
    Annotation(
        id="11aa22bb33cc44dd",
        kind=AnnotationKind.BOOKMARK,
        issue="chinai-900",
        anchor=anchor("Context", 60),
        name="k",
    ),
    block="h-11aa22bb",
    placement=at(60, 67),
    section="Context",
    paragraph=2,
    source=SOURCE,
    accessed="2031-01-10",
)
ON_POST = ExportNote(
    Annotation(
        id="99887766aabbccdd",
        kind=AnnotationKind.NOTE,
        issue="quay-notes-why-cranes",
        anchor=anchor("# Cranes wait because ships do.", 10),
        text="Neat.",
        voice=Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times"),
    ),
    block="h-99887766",
    placement=at(10, 41),
    paragraph=1,
    source=POSTED,
    mentions=(MODELWORKS,),
)
ON_ENTITY = ExportNote(
    Annotation(
        id="e0e1e2e3e4e5e6e7",
        kind=AnnotationKind.NOTE,
        entity="modelworks",
        text="Ask about the second fund.",
        tags=("todo",),
    ),
    block="h-e0e1e2e3",
    entity=MODELWORKS,
)
NOTES = (LOST, MOVED, NOTE, MARK)

ROWS: list[tuple[BlockKind, BlockRole, int, str, str]] = [
    (BlockKind.HEADING, BlockRole.TITLE, 0, "", 'A Made-Up "Crane" Issue [虚构]'),
    (BlockKind.PARAGRAPH, BlockRole.SUBTITLE, 0, "", "Plus: nothing *at all*"),
    (BlockKind.PARAGRAPH, BlockRole.LABEL, 0, "", "Key Takeaways:"),
    (BlockKind.ITEM, BlockRole.TAKEAWAY, 0, "•", "Cranes wait; see the study for more."),
    (BlockKind.ITEM, BlockRole.TAKEAWAY, 1, "1.", "First of two"),
    (BlockKind.ITEM, BlockRole.TAKEAWAY, 1, "3.", "Third, as the text has it"),
    (BlockKind.ITEM, BlockRole.TAKEAWAY, 0, "•", "- not a list in a list"),
    (BlockKind.HEADING, BlockRole.BODY, 2, "", "Costs in C#"),
    (BlockKind.QUOTE, BlockRole.BODY, 0, "", "The dock is silent.[1]"),
    (BlockKind.QUOTE, BlockRole.BODY, 1, "", "> so they say"),
    (BlockKind.CODE, BlockRole.BODY, 0, "python", "cost = 3\n\nprint(f'{cost}```')"),
    (BlockKind.RULE, BlockRole.BODY, 0, "", ""),
    (BlockKind.ROW, BlockRole.BODY, 0, "", "Port | Cranes"),
    (BlockKind.ROW, BlockRole.BODY, 0, "", "Dalian | 12 | * guessed"),
    (BlockKind.IMAGE, BlockRole.CAPTION, 0, "", "A crane at dawn"),
    (
        BlockKind.PARAGRAPH,
        BlockRole.BODY,
        0,
        "",
        "“重点”内容 in bold, and 2019. Then <b>nothing</b>!",
    ),
    (BlockKind.FOOTNOTE, BlockRole.BODY, 0, "1", "Personal communication."),
    (BlockKind.FOOTNOTE, BlockRole.BODY, 0, "2", "Nobody points here."),
]
MARKED = {
    "the study": (SpanKind.LINK, "https://example.org/cranes_(2019)?a=1&copy;=2"),
    "[1]": (SpanKind.FOOTNOTE, "1"),
    "A crane at dawn": (SpanKind.LINK, "https://example.org/dawn.png"),
    "“重点”": (SpanKind.STRONG, ""),
    "nothing *at all*": (SpanKind.EMPHASIS, ""),
}


def document() -> Document:
    """A document with a block of each kind."""
    text = "\n".join(row[4] for row in ROWS)
    blocks = []
    start = 0
    for kind, role, level, marker, words in ROWS:
        spans = tuple(
            Span(span, start + words.index(part), start + words.index(part) + len(part), target)
            for part, (span, target) in MARKED.items()
            if part in words
        )
        blocks.append(Block(kind, role, level, marker, start, start + len(words), spans))
        start += len(words) + 1
    return Document(text, tuple(blocks))
