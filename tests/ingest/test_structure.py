from __future__ import annotations

from chinai_tui.domain.document import BlockKind, BlockRole, DocumentRole
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.structure import recognise

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
