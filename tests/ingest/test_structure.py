from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, BlockRole, Document, DocumentRole, SpanKind
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.structure import recognise

Read = Callable[..., ingest.Reading]

PROSE = "A paragraph of prose that comes to an end."
NUMBERED = Metadata(title="ChinAI #94: On Chips")


def pieces(*texts: str) -> list[Piece]:
    """Paragraphs; `# ` begins a heading, `- ` an item."""
    kinds = {"# ": BlockKind.HEADING, "- ": BlockKind.ITEM}
    return [
        Piece(kinds.get(text[:2], BlockKind.PARAGRAPH), text.removeprefix("# ").removeprefix("- "))
        for text in texts
    ]


def roles(metadata: Metadata, *texts: str) -> list[str]:
    return [piece.role.value for piece in recognise(metadata, pieces(*texts))[1]]


def test_a_numbered_title_names_outlet_and_number() -> None:
    metadata, _ = recognise(NUMBERED, pieces(PROSE))
    assert (metadata.publication, metadata.number) == ("chinai", 94)
    assert metadata.title == "On Chips"
    assert metadata.authors == ("Jeffrey Ding",)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://chinai.substack.com/p/on-chips", 94),
        ("https://open.substack.com/pub/chinai/p/on-chips", 94),
        ("https://us1.campaign-archive.com/?u=1&id=2", 94),
        ("https://blog.example/review", None),
        ("https://notchinai.substack.com/p/on-chips", None),
    ],
)
def test_what_stands_elsewhere_is_not_the_issue_it_is_named_after(
    url: str, number: int | None
) -> None:
    metadata, _ = recognise(replace(NUMBERED, url=url), pieces(PROSE))
    assert metadata.number == number
    assert metadata.publication == ("chinai" if number else "")


def test_what_the_text_says_of_itself_goes_first() -> None:
    given = Metadata(title="ChinAI #94: On Chips", number=95, authors=("A Guest",))
    metadata, _ = recognise(given, pieces(PROSE))
    assert (metadata.number, metadata.authors) == (95, ("A Guest",))


def test_the_address_names_the_outlet() -> None:
    given = Metadata(title="Coming soon", url="https://chinai.substack.com/p/coming-soon")
    metadata, _ = recognise(given, pieces(PROSE))
    assert (metadata.publication, metadata.number) == ("chinai", None)


def test_an_unknown_outlet_stays_empty() -> None:
    metadata, _ = recognise(Metadata(title="Words"), pieces(PROSE))
    assert metadata == Metadata(title="Words")


def test_greeting_and_closing_are_furniture() -> None:
    assert (
        roles(
            NUMBERED,
            "Welcome to the ChinAI Newsletter!",
            "Greetings from a world where tests are written…",
            PROSE,
            "…support us under some tipping model.",
            "# Section",
            *[PROSE] * 6,
            "# Thank you for reading and engaging.",
            "Anything that comes after it.",
        )
        == ["boilerplate"] * 2 + ["", "boilerplate"] + [""] * 7 + ["boilerplate"] * 2
    )


def test_the_same_words_in_the_middle_are_none() -> None:
    found = roles(NUMBERED, "# Section", PROSE, "These are Jeff Ding's words.", *[PROSE] * 9)
    assert "boilerplate" not in found


def test_footnotes_behind_the_closing_are_kept() -> None:
    given = [*pieces(*[PROSE] * 4, "Thank you for reading."), Piece(BlockKind.FOOTNOTE, "A note.")]
    _, found = recognise(NUMBERED, given)
    assert [piece.role for piece in found[-2:]] == [BlockRole.BOILERPLATE, BlockRole.BODY]


def test_furniture_is_no_heading() -> None:
    _, found = recognise(Metadata(), pieces("# Leave a comment", PROSE))
    assert (found[0].kind, found[0].role) == (BlockKind.PARAGRAPH, BlockRole.BOILERPLATE)


def test_a_digest_has_no_furniture() -> None:
    given = Metadata(title="ChinAI #94: On Chips", role=DocumentRole.DIGEST)
    assert roles(given, PROSE, "Thank you for reading.") == ["", ""]


def test_takeaways_and_recommendations() -> None:
    assert roles(
        NUMBERED, "Key Takeaways:", "- one", "- two", "# Links", "- three", "Should-read: A thing"
    ) == ["label", "takeaway", "takeaway", "", "", "reading"]


def test_a_label_with_a_paragraph_behind_it_is_two_blocks() -> None:
    _, found = recognise(NUMBERED, pieces(f"Key Takeaway: {PROSE}", f"Context: {PROSE}"))
    assert [(piece.role.value, piece.text) for piece in found] == [
        ("label", "Key Takeaway:"),
        ("takeaway", PROSE),
        ("label", "Context:"),
        ("", PROSE),
    ]


def test_a_label_with_a_title_behind_it_is_one() -> None:
    assert roles(NUMBERED, "Full Translation: A Piece About Chips", PROSE) == ["label", ""]


def test_what_sponsors_say_is_furniture() -> None:
    assert roles(Metadata(), "Sponsors:", PROSE, PROSE, "# Notes", PROSE) == [
        "label",
        "boilerplate",
        "boilerplate",
        "",
        "",
    ]


def test_a_title_behind_a_label_may_be_a_question_but_no_takeaway_is_a_title() -> None:
    found = recognise(NUMBERED, pieces("Full Translation: Why do cranes wait?"))[1]
    assert [piece.text for piece in found] == ["Full Translation: Why do cranes wait?"]
    found = recognise(NUMBERED, pieces("Key Takeaways: Cranes wait for ships"))[1]
    assert [(piece.role.value, piece.text) for piece in found] == [
        ("label", "Key Takeaways:"),
        ("takeaway", "Cranes wait for ships"),
    ]


LABELS = [
    "Feature Translation",
    "Feature Translations (1/2)",
    "This Week's Feature Translation",
    "Context",
    "THE CONTEXT",
    "The Essentials",
    "Key Takeaways",
    "KEY TAKEAWAY",
    "Full Translation",
    "FULL TRANSLATIONS",
    "READ FULL TRANSLATION",
    "Read the full translation",
    "ChinAI Links (Four to Forward)",
    "This Week’s ChinAI Links",
    "Four to Forward",
    "Jeff Jots",
    "Around the Horn (3rd edition)",
]
FORMS = {
    "heading.html": "<h1>T</h1><p>{before}</p><h3>{label}</h3><p>{below}</p>",
    "bold.html": "<h1>T</h1><p>{before}</p><p><strong>{label}:</strong></p><p>{below}</p>",
    "lead-in.html": "<h1>T</h1><p>{before}</p><p><b>{label}:</b> {below}</p>",
    "lead-in-2.html": "<h1>T</h1><p>{before}</p><p><b>{label}</b>: {below}</p>",
    "heading.md": "# T\n\n{before}\n\n## {label}\n\n{below}\n",
    "bold.md": "# T\n\n{before}\n\n**{label}**\n\n{below}\n",
    "lead-in.md": "# T\n\n{before}\n\n**{label}:** {below}\n",
    "line.txt": "The Title of It All\n\n{before}\n\n{label}\n\n{below}\n",
    "colon.txt": "The Title of It All\n\n{before}\n\n{label}:\n\n{below}\n",
    "lead-in.txt": "The Title of It All\n\n{before}\n\n{label}: {below}\n",
}


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("name", FORMS)
def test_each_section_in_each_form(read: Read, name: str, label: str) -> None:
    below = "What stands below it comes to an end, too."
    source = FORMS[name].format(before=PROSE, label=label, below=below)
    document = read(source, name).document
    (section,) = document.headings()
    assert document.text_of(section).rstrip(":") == label
    assert document.text_of(section + 1) == below
    takes = "takeaway" in label.lower()
    assert document.blocks[section + 1].role is (BlockRole.TAKEAWAY if takes else BlockRole.BODY)


def test_a_bold_label_needs_no_colon_where_a_sentence_begins(read: Read) -> None:
    source = "<h1>T</h1><p><b>Key Takeaways</b> Cranes wait.</p><p><b>Context</b> is all.</p>"
    document = read(source, "a.html").document
    assert [document.text_of(n) for n in range(1, 4)] == [
        "Key Takeaways",
        "Cranes wait.",
        "Context is all.",
    ]
    assert document.headings() == [1]


def bold(document: Document) -> list[str]:
    """The words that are bold."""
    return [
        document.text[span.start : span.end]
        for block in document.blocks
        for span in block.spans
        if span.kind is SpanKind.STRONG
    ]


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("Must-read: A paper on cranes", "a.txt", ["Must-read"]),
        ("Should-read/listen: A paper on cranes", "a.txt", ["Should-read/listen"]),
        ("Could-attend : A talk", "a.txt", ["Could-attend"]),
        ("<p><b>Must-read: A paper</b></p>", "a.html", ["Must-read: A paper"]),
        ("<p><b>Must-</b>read: A paper</p>", "a.html", ["Must-", "Must-read"]),
        ("<h4>Must-read: A <b>paper</b></h4>", "a.html", ["paper", "Must-read"]),
        ("FULL TRANSLATION: Of a paper", "a.txt", ["FULL TRANSLATION"]),
        ("<p><b>Full Translation: Of a paper</b></p>", "a.html", ["Full Translation"]),
        ("<p><b>Key Takeaways:</b></p>", "a.html", []),
        ("Must read: it is long", "a.txt", []),
    ],
)
def test_lead_ins_are_bold(read: Read, source: str, name: str, expected: list[str]) -> None:
    front = "<h1>T</h1>" if name == "a.html" else "The Title of It All\n\n"
    document = read(f"{front}{source}\n\n{'' if front[0] == '<' else PROSE}", name).document
    assert bold(document) == expected


def test_paragraphs_are_takeaways_where_there_are_no_items() -> None:
    assert roles(NUMBERED, "# Key Takeaways", PROSE, PROSE[2:], "# Links", PROSE[4:]) == [
        "",
        "takeaway",
        "takeaway",
        "",
        "",
    ]
    assert roles(NUMBERED, "Key Takeaways:", "In short", "- one", "Must-read: A thing", PROSE) == [
        "label",
        "",
        "takeaway",
        "reading",
        "",
    ]
    assert roles(NUMBERED, "Key Takeaways:", PROSE, "Could-read: A thing", PROSE[2:]) == [
        "label",
        "takeaway",
        "reading",
        "",
    ]


def test_a_line_that_ends_the_greeting_is_part_of_it() -> None:
    greeting = "Greetings from a world where…"
    assert roles(NUMBERED, greeting, "nobody counts the boats", PROSE, "so it goes") == (
        ["boilerplate"] * 2 + [""] * 2
    )
    assert roles(NUMBERED, greeting, "A book of mine is out.", PROSE) == ["boilerplate", "", ""]


ERA_A = (
    "Welcome to the ChinAI Newsletter!",
    "These are Jeff Ding's weekly notes on what is written about machines.",
    "I'm a student at Oxford.",
)
ERA_C = (
    "Greetings from a world where…",
    "…and here is the archive of all past issues, under some tipping model.",
)
CLOSING = (
    "These are Jeff Ding's (sometimes) weekly notes on what is written about machines.",
    "Check out the archive of all past issues here and subscribe under a tipping model.",
    "Any suggestions or feedback? Write to me.",
)
BODY = tuple(f"{number}. {PROSE}" for number in range(12))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (ERA_A, ("Shout out to everyone who is commenting on this.",)),
        (ERA_C, CLOSING),
        (ERA_C, CLOSING[1:]),
        (ERA_C, CLOSING[2:]),
        (ERA_A, ()),
        ((), ()),
    ],
)
def test_captures_that_lost_every_heading(
    opening: tuple[str, ...], closing: tuple[str, ...]
) -> None:
    body = (
        *BODY,
        "Key Takeaways:",
        "One takeaway.",
        "FULL TRANSLATION: On Cranes",
        "Must-read: A paper",
        PROSE,
    )
    expected = [""] * len(BODY) + ["label", "takeaway", "label", "reading", ""]
    assert roles(NUMBERED, *opening, *body, *closing) == (
        ["boilerplate"] * len(opening) + expected + ["boilerplate"] * len(closing)
    )


@pytest.mark.parametrize("length", range(1, 9))
def test_the_early_introduction_does_not_close_a_text(length: int) -> None:
    body = [f"{number}. {PROSE}" for number in range(length)]
    assert roles(NUMBERED, *ERA_A, *body) == ["boilerplate"] * 3 + [""] * length
