from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.previews import mark_previews

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]
ITEMS = [
    ("heading", "", 3, "1)", "Who counts the cranes?"),
    ("paragraph", "summary", 0, "", "Summary: A harbour tells how it counts."),
    ("paragraph", "source", 0, "", "Source: 码头 (Dock)"),
    ("heading", "", 3, "2)", "The quiet dock"),
    ("paragraph", "summary", 0, "", "Summary: It is quiet."),
    ("paragraph", "source", 0, "", "Source: 港口 (Port) — a weekly, made by:"),
]
HTML = """<h1>T</h1><h2>Around the Horn (3rd edition)</h2><ul><li>you choose</ul>
<h4>1) <a href="https://a.example/1">Who counts the cranes?</a></h4>
<p><strong>Summary:</strong> A harbour tells how it counts.</p><p>Source: 码头 (Dock)</p>
{second}<figure><img src="https://a.example/i.png" alt="A dock"></figure>
<p>Summary: It is quiet.</p><p>Source: 港口 (Port) — a weekly, made by:</p><ul><li>a house</ul>
<h3>Links</h3><ol><li>One</li></ol><p>Summary: of nothing.</p>"""


@pytest.mark.parametrize(
    "second",
    [
        "<h3>2) The quiet dock</h3>",
        "<p><strong>2) The quiet dock</strong></p>",
        "<p>2) <b>The quiet dock</b></p>",
        "<p>2) The quiet dock</p>",
    ],
)
def test_in_html(rows: Rows, second: str) -> None:
    image = ("image", "", 0, "", "A dock")
    assert rows(HTML.format(second=second), "a.html") == [
        ("heading", "", 2, "", "Around the Horn (3rd edition)"),
        ("item", "", 0, "•", "you choose"),
        *ITEMS[:4],
        image,
        *ITEMS[4:],
        ("item", "", 0, "•", "a house"),
        ("heading", "", 3, "", "Links"),
        ("item", "", 0, "1.", "One"),
        ("paragraph", "", 0, "", "Summary: of nothing."),
    ]


def test_the_link_of_a_title_and_bold_lead_ins(read: Read, spans: Spans) -> None:
    document = read(HTML.format(second="<p>2) The quiet dock</p>"), "a.html").document
    assert [span for span in spans(document) if span[0] != "link"] == [
        ("strong", "Summary:", ""),
        ("strong", "Source", ""),
        ("strong", "Summary", ""),
        ("strong", "Source", ""),
    ]
    assert spans(document)[0] == ("link", "Who counts the cranes?", "https://a.example/1")


def test_in_plain_text(rows: Rows) -> None:
    source = "\n\n".join(
        [
            "ChinAI #900: Around the Horn (3rd edition)",
            "How it works",
            "  • I list some texts\n  • you choose",
            "1) Who counts the cranes?",
            "Summary: A harbour tells how it counts.",
            "Source: 码头 (Dock)",
            "2) The quiet dock",
            "Summary: It is quiet.",
            "Source: 港口 (Port) — a weekly, made by:",
            "  • a house",
        ]
    )
    found = rows(source)
    assert found[3:9] == ITEMS
    assert found[9][:2] == ("item", "")
    assert [row[0] for row in found[:3]] == ["heading", "item", "item"]


@pytest.mark.parametrize("title", ["## 1) {}", "**1) {}**", "1) {}", "1\\) {}"])
def test_in_markdown(rows: Rows, title: str) -> None:
    source = f"""# T

## Around the Horn

{title.format("Who counts the cranes?")}

**Summary**: A harbour tells how it counts.

Source: 码头 (Dock)
"""
    assert rows(source, "a.md")[1:] == ITEMS[:3]


def test_in_a_list_with_blocks(rows: Rows) -> None:
    source = "# T\n\n## Around the Horn\n\n3. Title\n\n   Summary: It is.\n\n   Source: Dock\n"
    assert rows(source, "a.md")[1:] == [
        ("heading", "", 3, "3.", "Title"),
        ("paragraph", "summary", 0, "", "Summary: It is."),
        ("paragraph", "source", 0, "", "Source: Dock"),
    ]


def piece(kind: BlockKind, text: str, marker: str = "") -> Piece:
    return Piece(kind, text, marker=marker)


def roles(title: str, *texts: str) -> list[str]:
    """Paragraphs, with `#` in front headings, with `-` items that had a number."""
    kinds = {"# ": (BlockKind.HEADING, ""), "- ": (BlockKind.ITEM, "1.")}
    made = [
        piece(kind, text.removeprefix("# ").removeprefix("- "), marker)
        for text in texts
        for kind, marker in [kinds.get(text[:2], (BlockKind.PARAGRAPH, ""))]
    ]
    mark_previews(title, made)
    return [each.role.value or each.marker or each.kind.value for each in made]


def test_a_list_without_summaries_stays_one() -> None:
    assert roles("Around the Horn", "- One", "- Two", "Words") == ["1.", "1.", "paragraph"]


def test_another_section_or_issue_has_no_previews() -> None:
    texts = ("1) Title", "Summary: Words")
    assert roles("A title", *texts) == ["paragraph", "paragraph"]
    assert roles("A title", "# Around the Horn", *texts)[1:] == ["1)", "summary"]
    assert roles("A title", "# Around the Horn", "# Links", *texts)[2:] == ["paragraph"] * 2
    assert roles("Around the Horn", "# Links", *texts)[1:] == ["1)", "summary"]


def test_lead_ins_count_below_a_title_only() -> None:
    assert roles("Around the Horn", "Summary: Words", "Source: Words") == ["paragraph"] * 2


def test_a_number_alone_or_a_long_paragraph_is_no_title() -> None:
    assert roles("Around the Horn", "1)", "Summary: Words") == ["paragraph"] * 2
    assert roles("Around the Horn", "1) " + "Words " * 60, "Summary: Words") == ["paragraph"] * 2


def test_a_lead_in_on_a_line_of_its_own_leads_one_paragraph() -> None:
    assert roles("Around the Horn", "1) Title", "Summary:", "Words", "Words", "Sources:") == [
        "1)",
        "summary",
        "summary",
        "paragraph",
        "source",
    ]


def test_a_bullet_keeps_its_kind() -> None:
    made = [
        piece(BlockKind.HEADING, "1) Title"),
        piece(BlockKind.ITEM, "Summary: Words", "•"),
        piece(BlockKind.HEADING, "Source: Words"),
    ]
    mark_previews("Around the Horn", made)
    assert [(each.kind, each.role) for each in made[1:]] == [
        (BlockKind.ITEM, BlockRole.SUMMARY),
        (BlockKind.PARAGRAPH, BlockRole.SOURCE),
    ]
