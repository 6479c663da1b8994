from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.annotate.reading import UNCONFIRMED
from chinai_tui.annotate.rules import Sections
from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockKind, BlockRole, Document, DocumentRole
from tests.annotate.building import LABEL, PULL, TITLE, H, I, P, Q, document

AUTHORS = ("Ann Editor",)
OWN = Voice(VoiceKind.COMMENTARY, "Ann Editor")
LIN = Voice(VoiceKind.TRANSLATION, "Lin Example", "dockweekly (Dock Weekly)")
SAID = "“We had to rebuild the whole line before winter came to the valley,”"


def voice(source: Document, words: str, authors: tuple[str, ...] = AUTHORS) -> Voice:
    at = source.text.index(words)
    return voice_of(source, DocumentRole.TEXT, at, at, authors)


NEWSLETTER = document(
    (H, "Harbours and machines", TITLE),
    (P, "Greetings from a quay.", BlockRole.BOILERPLATE),
    (P, "Feature Translation: The Quiet Dock", LABEL),
    (P, "Context: This piece by Lin Example for dockweekly (Dock Weekly) follows one crane."),
    (P, "Key Takeaways:", LABEL),
    (I, "Cranes are bought by ports, not by ministries"),
    (I, f"Lin Example writes, {SAID} which is news. Later it adds “and nothing was the same "
        "after the first cold week of the year” without more."),
    (I, "A stray mark ends this one.” Whose words were they?"),
    (P, "FULL TRANSLATION: The quiet dock", LABEL),
    (P, "A word on how it was done."),
    (Q, "The dock is silent at noon."),
    (H, "Reflections: Bo Guest on cranes"),
    (P, "Many wrote in. This week Bo Guest, of a small college, offers her thoughts. "
        "Thanks to Bo for offering them (cut by me):"),
    (Q, "I disagree about the cranes."),
    (Q, f"As a foreman told me, {SAID} and he was right."),
    (P, "So much for that."),
    (H, "Links"),
    (P, "Must-read: A Paper On Cranes", BlockRole.READING),
    (P, "Cy Scholar, a student of ports, in the Journal of Small Harbours, counts them. "
        "From the abstract:"),
    (Q, "I count cranes in four harbours."),
    (P, "The second paper is shorter, and I liked it more."),
    (P, "Who is paying: Some thoughts"),
)  # fmt: skip


PREVIEWS = document(
    (H, "Around the Horn (3rd edition)"),
    (P, "I list some texts"),
    (H, "Who counts the cranes?"),
    (P, "Summary: Bo Example writes:", BlockRole.SUMMARY),
    (P, "Source: a harbour weekly", BlockRole.SOURCE),
    (P, "Some other line"),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Around the Horn", OWN),
        ("I list some", OWN),
        ("Who counts", UNCONFIRMED),
        ("Summary: Bo", OWN),
        ("Source: a", OWN),
        ("Some other", UNCONFIRMED),
    ],
)
def test_previews_are_the_newsletters(words: str, expected: Voice) -> None:
    assert voice(PREVIEWS, words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Harbours and machines", OWN),
        ("Greetings", OWN),
        ("Feature Translation", LIN),
        ("This piece by", OWN),
        ("Cranes are bought", OWN),
        ("which is news", OWN),
        ("We had to rebuild", LIN),
        ("nothing was the same", UNCONFIRMED),
        ("A stray mark", UNCONFIRMED),
        ("A word on how", UNCONFIRMED),
        ("silent at noon", LIN),
        ("Reflections: Bo", OWN),
        ("Many wrote in", OWN),
        ("I disagree", Voice(VoiceKind.GUEST, "Bo Guest")),
        ("and he was right", Voice(VoiceKind.GUEST, "Bo Guest")),
        ("So much for that", UNCONFIRMED),
        ("Links", UNCONFIRMED),
        ("A Paper On Cranes", UNCONFIRMED),
        ("Cy Scholar", OWN),
        ("I count cranes", Voice(VoiceKind.QUOTED, "Cy Scholar", "Journal of Small Harbours")),
        ("The second paper", OWN),
    ],
)
def test_a_newsletter(words: str, expected: Voice) -> None:
    assert voice(NEWSLETTER, words) == expected


def test_a_guests_paragraphs_need_not_be_marked_as_quotes() -> None:
    source = document(
        (H, "Reflections: Bo Guest"),
        (P, "Here is Bo, who has views:"),
        (P, "The cranes are the least of it."),
        (H, "Next"),
        (P, "Something else entirely."),
    )
    assert voice(source, "The cranes") == Voice(VoiceKind.GUEST, "Bo Guest")
    assert voice(source, "Something else") == OWN


def test_reflections_that_nobody_introduces() -> None:
    source = document((H, "Reflections: Bo Guest"), (P, "The cranes are the least of it."))
    assert voice(source, "The cranes") == UNCONFIRMED


def test_quotes_after_an_offer_without_a_heading() -> None:
    source = document(
        (P, "Next, Bo Guest, once of the port authority, shares her views:"),
        (Q, "The tide decides."),
        (P, "And the moon decides the tide."),
    )
    assert voice(source, "The tide decides") == Voice(VoiceKind.GUEST, "Bo Guest")
    assert voice(source, "And the moon") == UNCONFIRMED


REPOST = document(
    (H, "What the harbour knew", TITLE),
    (P, "A clever piece on harbours."),
    (P, "Dee Quill reports in The Quayside Times:"),
    (P, "The harbour master keeps two books."),
    (PULL, "“The second one is the true one.”"),
    (P, f"{SAID} says Eli Master. “One book was never enough for a place of this size,” he adds."),
    (P, "Old books rarely lie."),
    (P, "2 comments:", BlockRole.BOILERPLATE),
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A clever piece", OWN),
        ("Dee Quill reports", OWN),
        ("The harbour master", Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times")),
        ("The second one", UNCONFIRMED),
        ("We had to rebuild", Voice(VoiceKind.QUOTED, "Eli Master", "The Quayside Times")),
        ("One book was never", Voice(VoiceKind.QUOTED, "Eli Master", "The Quayside Times")),
        ("Old books", Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times")),
        ("2 comments", UNCONFIRMED),
    ],
)
def test_a_repost(words: str, expected: Voice) -> None:
    assert voice(REPOST, words) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [(Q, "Somebody’s words.")],
        [(PULL, "Somebody’s words.")],
        [(P, "Q: And what did the port do?")],
        [(P, "Lin Example: We waited for the tide, as one does.")],
        [(H, "Why Ports Win")],
        [(P, "A Title Without an End")],
        [(P, "Show Notes:", LABEL), (I, "The port that never sleeps.")],
        [(P, "Lin Example writes:"), (P, "The tide was late.")],
        [(BlockKind.CODE, "print('quay')")],
        [(BlockKind.FOOTNOTE, "As told to a reporter.")],
    ],
)
def test_never_the_author_for_want_of_a_better_name(rows: list[tuple[BlockKind, str]]) -> None:
    source = document(*rows)
    start = source.blocks[-1].start
    assert voice_of(source, DocumentRole.TEXT, start, start, AUTHORS) == UNCONFIRMED


def test_a_quote_that_is_introduced() -> None:
    source = document((P, "As Lin Example writes:"), (Q, "The tide was late."), (Q, "So were we."))
    assert voice(source, "The tide") == Voice(VoiceKind.QUOTED, "Lin Example")
    assert voice(source, "So were we") == Voice(VoiceKind.QUOTED, "Lin Example")


def test_items_are_as_the_sentence_that_announces_them() -> None:
    source = document((P, "I see three reasons for that:"), (I, "the tide"), (I, "the crew"))
    assert voice(source, "the crew") == OWN
    assert voice(document((P, "Elsewhere."), (I, "The Tide at Noon")), "The Tide") == UNCONFIRMED


def test_two_translations_have_no_common_source() -> None:
    source = document(
        (P, "Full Translation: The Quiet Dock", LABEL),
        (P, "Context: Written by Lin Example for Dock Weekly last year."),
        (P, "Full Translation: The Loud Dock", LABEL),
        (Q, "It never stops."),
    )
    assert voice(source, "It never stops") == Voice(VoiceKind.TRANSLATION)


def test_nobody_is_the_author_when_none_is_known() -> None:
    assert voice(NEWSLETTER, "The second paper", ()) == UNCONFIRMED


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (DocumentRole.DIGEST, VoiceKind.DIGEST),
        (DocumentRole.TRANSLATION, VoiceKind.TRANSLATION),
        (DocumentRole.ORIGINAL, VoiceKind.UNCONFIRMED),
    ],
)
def test_other_documents_speak_for_themselves(role: DocumentRole, kind: VoiceKind) -> None:
    assert voice_of(NEWSLETTER, role, 0, 0, AUTHORS).kind is kind


def test_a_passage_of_several_voices_is_nobodys() -> None:
    text = NEWSLETTER.text
    start, end = text.index("Many wrote in"), text.index("about the cranes")
    assert voice_of(NEWSLETTER, DocumentRole.TEXT, start, end, AUTHORS) == UNCONFIRMED


def test_a_paragraph_that_begins_with_a_quotation_is_its_authors() -> None:
    start = REPOST.text.index(SAID)
    end = REPOST.text.index("Old books") - 1
    repost = Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times")
    assert voice_of(REPOST, DocumentRole.TEXT, start, end, AUTHORS) == repost
    said = voice_of(REPOST, DocumentRole.TEXT, start, start + len(SAID), AUTHORS)
    assert said.speaker == "Eli Master"


def test_an_empty_document() -> None:
    assert voice_of(Document("", ()), DocumentRole.TEXT, 0, 0, AUTHORS) == UNCONFIRMED


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(BlockKind)),
            st.text('Aa b:“”".,\n说 Lin says reports in', max_size=60),
            st.sampled_from(list(BlockRole)),
        ),
        max_size=8,
    ),
    st.integers(0, 500),
)
def test_any_document_has_a_voice_everywhere(
    rows: list[tuple[BlockKind, str, BlockRole]], offset: int
) -> None:
    found = voice_of(document(*rows), DocumentRole.TEXT, offset, offset, AUTHORS)
    assert found.kind is not VoiceKind.DIGEST
    assert found.kind is not VoiceKind.COMMENTARY or found == OWN


@pytest.mark.parametrize("kind", [P, I, Q])
def test_the_voices_of_a_long_text_take_one_look_at_it(
    kind: BlockKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = document(*((kind, f"Crane {number} stands.") for number in range(200)))
    looks: list[int] = []
    read = Sections.text

    def text(self: Sections, number: int) -> str:
        looks.append(number)
        return read(self, number)

    monkeypatch.setattr(Sections, "text", text)
    for block in source.blocks:
        voice_of(source, DocumentRole.TEXT, block.start, block.end, AUTHORS)
    assert len(looks) < 20 * len(source.blocks)
