"""The voices of made-up texts in the shapes that newsletters take, and of their near relatives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.annotate.reading import UNCONFIRMED
from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockKind, BlockRole, Document, DocumentRole, Span, SpanKind
from tests.annotate.building import LABEL, PULL, TITLE, H, I, P, Q, document

AUTHORS = ("Ann Editor",)
OWN = Voice(VoiceKind.COMMENTARY, "Ann Editor")
BO = Voice(VoiceKind.GUEST, "Bo Guest")
TRANSLATION = Voice(VoiceKind.TRANSLATION)
LIN = Voice(VoiceKind.TRANSLATION, "Lin Example", "Dock Weekly")
FURNITURE, REPEAT = BlockRole.BOILERPLATE, BlockRole.REPEAT
RULE = (BlockKind.RULE, "* * *")
SAID = "“We had to rebuild the whole line before winter came to the valley,”"
MORE = "“Nobody had told the crew that the tide would turn at noon.”"


def quoted(name: str = "", outlet: str = "") -> Voice:
    return Voice(VoiceKind.QUOTED, name, outlet)


def of_block(source: Document, words: str) -> Voice:
    """The voice of the whole block in which some words stand."""
    block = source.blocks[source.block_at(source.text.index(words))]
    return voice_of(source, DocumentRole.TEXT, block.start, block.end, AUTHORS)


def of_words(source: Document, words: str) -> Voice:
    start = source.text.index(words)
    return voice_of(source, DocumentRole.TEXT, start, start + len(words), AUTHORS)


Rows = list[tuple[BlockKind, str] | tuple[BlockKind, str, BlockRole]]

GUEST_POST = "This week brings a guest post by Bo Guest, who ran a port."


@pytest.mark.parametrize(
    ("intro", "expected"),
    [
        (GUEST_POST, BO),
        ("Bo Guest, once of the port authority, shares her views:", BO),
        ("As Bo Example writes:", quoted("Bo Example")),
        ("Here is an excerpt in my translation:", TRANSLATION),
        ("Here is what a reader wrote:", UNCONFIRMED),
        ("This is how it begins:", UNCONFIRMED),
        ("Bo Guest shares her translation of what a foreman wrote:", UNCONFIRMED),
        ("A guest post by Bo Guest, in my translation:", UNCONFIRMED),
        ("A guest post by QuayWorks begins:", Voice(VoiceKind.GUEST)),
    ],
)
def test_what_rules_set_apart_has_the_voice_that_the_sentence_before_tells(
    intro: str, expected: Voice
) -> None:
    source = document(
        (P, "I have news of a quay."),
        (P, intro),
        RULE,
        (P, "The tide decides."),
        (H, "On cranes"),
        (P, "The cranes are the least of it."),
        RULE,
        (P, "So much for that."),
    )
    assert of_block(source, "I have news") == of_block(source, "So much") == OWN
    assert of_block(source, intro) == OWN
    assert of_block(source, "The tide") == of_block(source, "The cranes") == expected


def test_of_what_follows_without_an_end_nobody_is_the_speaker() -> None:
    source = document(
        (P, "Here is what a reader wrote:"),
        (P, "The tide decides."),
        (P, "I decide nothing."),
        (H, "Elsewhere"),
        (P, "The port is open again."),
    )
    assert of_block(source, "The tide") == of_block(source, "I decide") == UNCONFIRMED
    assert of_block(source, "The port is open") == OWN


@pytest.mark.parametrize("rule", [[], [RULE]])
def test_a_guest_post_whose_end_is_not_marked(rule: Rows) -> None:
    source = document(
        (P, GUEST_POST),
        *rule,
        (P, "The tide decides."),
        (P, "Key Takeaways:", LABEL),
        (P, "I decide nothing."),
        (P, "Tell me what you think.", FURNITURE),
    )
    for words in ("The tide", "I decide", "Tell me"):
        assert of_block(source, words) == UNCONFIRMED


def test_a_guest_post_that_the_subtitle_tells_of() -> None:
    source = document(
        (H, "The harbour", TITLE),
        (P, "A guest essay from Bo Guest", BlockRole.SUBTITLE),
        (P, "The tide decides."),
    )
    assert of_block(source, "The tide") == UNCONFIRMED


@pytest.mark.parametrize(
    ("intro", "expected"),
    [
        ("Bo Guest, a reader, shares her first thoughts on cranes:", BO),
        ("Thanks to Bo Guest for sharing her views:", BO),
        ("Thanks to Bo Guest for sharing this article:", UNCONFIRMED),
        ("Bo Guest shares her favourite poem:", UNCONFIRMED),
        ("Bo Guest shares her thoughts and a translation:", UNCONFIRMED),
        ("Dee Quill writes in The Quayside Times:", quoted("Dee Quill", "The Quayside Times")),
    ],
)
def test_quotes_below_a_sentence_that_names_somebody(intro: str, expected: Voice) -> None:
    source = document((P, intro), (Q, "The tide decides."), (H, "Next"), (P, "So much for that."))
    assert of_block(source, "The tide") == expected
    assert of_block(source, "So much") == OWN


def test_rules_without_an_announcement_only_part_sections() -> None:
    source = document((P, "One thing."), RULE, (P, "Another thing."), RULE, (P, "A third."))
    assert of_block(source, "Another") == of_block(source, "A third") == OWN


def test_a_list_that_a_colon_announces_is_the_authors_unless_somebody_claims_it() -> None:
    mine = document((P, "I see three reasons for that:"), (I, "The tide turned early."))
    theirs = document((P, "At the time, the port claimed:"), (I, "The tide turned early."))
    assert of_block(mine, "The tide") == OWN
    assert of_block(theirs, "The tide") == UNCONFIRMED


def labelled(url: str = "") -> Document:
    source = document(
        (P, "Context:", LABEL),
        (P, "I found this on a shelf."),
        (P, "FULL TRANSLATION: The Quiet Dock", LABEL),
        (P, "The dock is silent at noon."),
        (Q, "It wakes at one."),
        (P, "ChinAI Links (Four to Forward)", LABEL),
        (P, "A report on cranes that I liked."),
    )
    label = source.blocks[2]
    link = Span(SpanKind.LINK, label.start, label.end, url)
    spanned = replace(label, spans=(link,) if url else ())
    return Document(source.text, (*source.blocks[:2], spanned, *source.blocks[3:]))


@pytest.mark.parametrize(
    ("url", "below"),
    [
        ("", UNCONFIRMED),
        ("https://example.org/original", UNCONFIRMED),
        ("https://docs.google.com/document/d/1/edit", OWN),
    ],
)
def test_below_the_line_of_a_full_translation(url: str, below: Voice) -> None:
    source = labelled(url)
    assert of_block(source, "FULL TRANSLATION") == TRANSLATION
    assert of_block(source, "The dock is silent") == below
    assert of_block(source, "It wakes") == TRANSLATION
    assert of_block(source, "A report on") == OWN


def test_a_label_in_front_of_an_announcement_changes_nothing() -> None:
    source = document(
        (P, "Key Takeaways:", LABEL),
        (P, "A reader sums it up for us:"),
        (P, "The tide decides."),
    )
    assert of_block(source, "The tide") == UNCONFIRMED


@pytest.mark.parametrize(
    ("intro", "expected"),
    [
        ("Cy Scholar, a student of ports, in the Harbour Review. Abstract:",
         quoted("Cy Scholar", "Harbour Review")),
        ("A new paper counts them. From the abstract:", quoted()),
        ("A new paper counts them. In short:", UNCONFIRMED),
    ],
)  # fmt: skip
def test_an_abstract(intro: str, expected: Voice) -> None:
    for kind in (P, Q):
        assert of_block(document((P, intro), (kind, "We count cranes.")), "We count") == expected
    source = document((P, intro), (P, "We count cranes."), (P, "I was not convinced."))
    assert of_block(source, "I was not") == UNCONFIRMED


INTERVIEW: Rows = [
    (P, "Ann Editor: Why is the port so quiet?"),
    (P, "Lin Example: We wait for the tide."),
    (P, "And then we wait for the crew."),
    (P, "Ann Editor: And the cranes?"),
    (P, "Lin Example: They wait as well."),
    (P, "ChinAI Links", LABEL),
    (P, "A report on cranes that I liked."),
]


def test_an_interview() -> None:
    source = document((P, "My interview with a foreman."), *INTERVIEW)
    assert of_block(source, "Why is the port") == OWN
    assert of_block(source, "We wait for") == of_block(source, "They wait") == quoted("Lin Example")
    assert of_block(source, "And then we wait") == UNCONFIRMED
    assert of_block(source, "A report on") == OWN


@pytest.mark.parametrize(
    "rows",
    [
        INTERVIEW,
        [(P, "My interview with a foreman."), *INTERVIEW[:4]],
        [(P, "My interview."), (P, "Q: Why so quiet?"), (P, "A: We wait for the tide.")],
        [(P, "My interview."), (P, "AE: Why so quiet?"), (P, "LE: We wait for the tide.")],
        [(P, "Two ports."), (P, "Hong Kong: We wait for the tide.")],
    ],
    ids=["not called one", "one speaks once", "Q and A", "initials", "no interview"],
)
def test_turns_that_need_not_be_what_they_seem(rows: Rows) -> None:
    assert of_block(document(*rows), "We wait for the tide") == UNCONFIRMED


def test_an_interview_runs_on_below_its_headings() -> None:
    source = document(
        (P, "My interview."),
        (P, "Q: Why so quiet?"),
        (P, "A: We wait for the tide."),
        (H, "On cranes"),
        (P, "They wait."),
    )
    assert of_block(source, "They wait") == UNCONFIRMED


@pytest.mark.parametrize(
    ("banner", "expected"),
    [
        ("This post first appeared in The Quayside Times.",
         Voice(VoiceKind.REPOST, "", "The Quayside Times")),
        ("This article by Dee Quill was originally published in the Quayside Times.",
         Voice(VoiceKind.REPOST, "Dee Quill", "Quayside Times")),
    ],
)  # fmt: skip
def test_a_banner_of_a_repost(banner: str, expected: Voice) -> None:
    head = (H, "What the harbour knew", TITLE)
    source = document(head, (P, banner), (P, "The harbour master keeps two books."))
    assert of_block(source, "The harbour master") == expected
    late = document(
        head, (P, "The harbour master keeps two books."), (P, banner), (P, "What do I make of it?")
    )
    assert of_block(late, "The harbour master") == of_block(late, "What do I") == UNCONFIRMED


def test_a_repost_ends_at_a_label_of_the_newsletter() -> None:
    source = document(
        (P, "Dee Quill reports in The Quayside Times:"),
        (P, "The harbour master keeps two books."),
        (P, "ChinAI Links", LABEL),
        (P, "A report on cranes that I liked."),
    )
    assert of_block(source, "The harbour").kind is VoiceKind.REPOST
    assert of_block(source, "A report on") == OWN


def test_a_pull_quote_is_whose_the_words_are_in_the_text() -> None:
    source = document(
        (P, "Dee Quill reports in The Quayside Times:"),
        (PULL, "“We had to rebuild the whole line.”", REPEAT),
        (P, f"{SAID} says Eli Master."),
        (PULL, "“The line was never there.”", REPEAT),
    )
    assert of_block(source, "“We had to rebuild the whole line.”") == quoted(
        "Eli Master", "The Quayside Times"
    )
    assert of_block(source, "never there") == UNCONFIRMED


def test_a_pull_quote_whose_words_stand_twice_is_nobodys() -> None:
    source = document(
        (PULL, "“We had to rebuild the whole line.”", REPEAT),
        (P, f"{SAID} says Eli Master."),
        (P, f"{SAID} says Fay Pilot."),
    )
    assert of_block(source, "“We had to rebuild the whole line.”") == UNCONFIRMED


CHINESE = "码头在正午十分安静。“我们等待潮水，也等待船员，然后等待起重机，一直等到晚上才回家。”"


def test_chinese_paragraphs_in_an_english_text() -> None:
    source = document((P, "I found this on a shelf. " * 9), (P, CHINESE))
    assert of_block(source, "码头") == of_words(source, "我们等待潮水") == UNCONFIRMED
    assert of_block(document((P, f"{CHINESE}他走了。")), "码头") == OWN


def test_an_english_paragraph_with_a_chinese_gloss_is_the_authors() -> None:
    source = document((P, "The dock (码头) is silent."), (P, "I like it."))
    assert of_block(source, "The dock") == OWN


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(Q, "The tide decides. — Lin Example, a foreman")], quoted("Lin Example")),
        ([(Q, "The tide decides."), (Q, "— Lin Example")], quoted("Lin Example")),
        ([(Q, "The tide decides."), (P, "– Lin Example, in a letter")], quoted("Lin Example")),
        ([(P, "As Lin Example writes:"), (Q, "The tide decides."), (Q, "— Lin Example")],
         quoted("Lin Example")),
        ([(P, "As Eli Master writes:"), (Q, "The tide decides."), (Q, "— Lin Example")],
         UNCONFIRMED),
        ([(P, "He writes:"), (Q, "The tide decides.")], UNCONFIRMED),
        ([(Q, "The tide decides."), (P, "— and that is all of it.")], UNCONFIRMED),
        ([(P, "The tide decides."), (P, "— Lin Example")], OWN),
    ],
)  # fmt: skip
def test_a_signed_quote(rows: Rows, expected: Voice) -> None:
    assert of_block(document(*rows), "The tide decides") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SAID} says Lin Example. {MORE}", "Lin Example"),
        (f"{SAID} says Lin Example, {MORE}", "Lin Example"),
        (f"{SAID} says Lin Example. {MORE} he adds.", "Lin Example"),
        (f"{SAID} says Lin Example. {MORE} says Eli Master.", "Eli Master"),
        (f"{SAID} says Lin Example. {MORE} That was the answer of another.", ""),
        (f"{SAID} says Lin Example. Eli Master was there. {MORE}", ""),
        (f"Lin Example says, {SAID} and QuayWorks says, {MORE}", ""),
        (f"{SAID} he says. {MORE}", ""),
    ],
)
def test_several_speakers_in_a_paragraph(text: str, expected: str) -> None:
    found = of_words(document((P, text)), MORE)
    assert found == (quoted(expected) if expected else UNCONFIRMED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"In my piece for the Review: {SAID} and so on.", OWN),
        (f"(From my testimony before the U.S. Port Board: {SAID}).", OWN),
        (f"A reader answers my piece: {SAID} and so on.", UNCONFIRMED),
        (f"It is in my report. A reader: {SAID} and so on.", UNCONFIRMED),
        (f"From my report, where a reader says: {SAID} and so on.", UNCONFIRMED),
    ],
)
def test_quoting_oneself(text: str, expected: Voice) -> None:
    assert of_words(document((P, text)), SAID) == expected


def test_terms_and_titles_in_quotation_marks_are_nobodys_for_sure() -> None:
    source = document((P, "The port has “smart” cranes, as “The Quiet Dock” tells."))
    assert of_words(source, "“smart”") == of_words(source, "Quiet Dock") == UNCONFIRMED
    assert of_block(source, "The port") == OWN


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Then the port closed", OWN),
        ("the tide was", UNCONFIRMED),
        (" more", UNCONFIRMED),
        ("Then the port closed. The foreman “said that the tide was early. A day more.",
         OWN),
    ],
)  # fmt: skip
def test_a_quotation_that_does_not_end(words: str, expected: Voice) -> None:
    whole = "Then the port closed. The foreman “said that the tide was early. A day more."
    assert of_words(document((P, whole)), words) == expected


@pytest.mark.parametrize(
    "text", ["“The tide was early, and so were we.", "The tide was early.” And so were we."]
)
def test_a_paragraph_inside_a_longer_quotation(text: str) -> None:
    assert of_block(document((P, text)), "The tide") == UNCONFIRMED


def test_a_passage_that_cuts_a_quotation_is_nobodys() -> None:
    source = document((P, f"I asked why. {SAID} says Lin Example."))
    assert of_words(source, "I asked why. “We had to rebuild") == UNCONFIRMED
    assert of_words(source, f"I asked why. {SAID}") == OWN


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(P, "I write this on a quay.", FURNITURE)], OWN),
        ([(P, "Greetings from a quay.", FURNITURE)], OWN),
        ([(P, "Subscribe on a quay.", FURNITURE)], UNCONFIRMED),
        ([(P, "Sponsors:", LABEL), (P, "I buy ropes on a quay.", FURNITURE)], UNCONFIRMED),
        ([(P, "2 comments:", FURNITURE), (P, "I live on a quay.", FURNITURE)], UNCONFIRMED),
        ([(P, "Dee Quill reports in The Times:"), (P, "I work on a quay.", FURNITURE)],
         UNCONFIRMED),
    ],
)  # fmt: skip
def test_greetings_and_closing_lines(rows: Rows, expected: Voice) -> None:
    assert of_block(document(*rows), "on a quay" if len(rows) > 1 else "quay") == expected


def test_a_translation_of_its_own_has_the_voice_of_its_original() -> None:
    source = document((P, "Author: Lin Example"), (P, "Source: Dock Weekly"), (P, "The dock."))
    end = len(source.text)
    assert voice_of(source, DocumentRole.TRANSLATION, 0, end, AUTHORS) == LIN
