from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.annotate.anchors import CONTEXT, best_start, make, place
from chinai_tui.domain.annotation import Anchor, AnchorState, Placement
from chinai_tui.domain.document import BlockKind, Document, DocumentRole
from tests.annotate.building import H, P, document, paragraphs

LINES = [
    "Harbour Robotics opened a laboratory in Dalian with forty engineers.",
    "Its founder, Lin Example, had left a university post two years before.",
    "The first product was an arm that sorts letters (信件) by their stamps.",
    "Post offices in three provinces bought it, then returned most of the arms.",
    "A second model followed, slower and far more careful with paper.",
]
TEXT = "\n".join(LINES)
PASSAGE = "an arm that sorts letters (信件) by their stamps"
START = TEXT.index(PASSAGE)
END = START + len(PASSAGE)
OTHER = "Weather reports for the coast were unremarkable that year. "


def anchor(text: str = TEXT, start: int = START, end: int = END) -> Anchor:
    return make(paragraphs(text), DocumentRole.TEXT, start, end)


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def placed(changed: str, of: Anchor | None = None) -> tuple[Placement, str]:
    placement = place(of or anchor(), paragraphs(changed))
    return placement, changed[placement.start : placement.end]


def test_an_anchor_keeps_its_passage_and_its_surroundings() -> None:
    made = anchor()
    assert made.exact == PASSAGE
    assert made.prefix == TEXT[START - CONTEXT : START]
    assert made.suffix == TEXT[END : END + CONTEXT]
    assert (made.block, made.role, made.start, made.end) == (2, DocumentRole.TEXT, START, END)


def test_an_empty_range_is_the_whole_block() -> None:
    assert anchor(start=START, end=START).exact == LINES[2]
    assert anchor(start=0, end=0).prefix == ""
    assert anchor(start=len(TEXT), end=len(TEXT)).exact == LINES[4]


def test_a_rule_gives_its_place_to_the_next_words() -> None:
    rows = ((P, "Above."), (BlockKind.RULE, ""), (P, "Below."), (BlockKind.RULE, ""))
    text = document(*rows)
    rule = text.blocks[1].start
    assert make(text, DocumentRole.TEXT, rule, rule).exact == "Below."
    last = text.blocks[3].start
    assert make(text, DocumentRole.TEXT, last, last).exact == "Below."


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, len(TEXT) + 1)])
def test_a_range_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no range"):
        anchor(start=start, end=end)


def test_the_same_revision() -> None:
    assert place(anchor(), paragraphs(TEXT)) == Placement(AnchorState.EXACT, START, END, 1.0)


def test_an_anchor_that_lies_about_its_place_is_found_by_its_words() -> None:
    made = anchor()
    lying = Anchor(made.role, made.revision, 3, 9, 0, made.exact, made.prefix, made.suffix)
    placement, words = placed(TEXT, lying)
    assert placement.state is AnchorState.MOVED
    assert words == PASSAGE


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(range(len(LINES) + 1)),
    st.lists(st.sampled_from(OTHER.split()), min_size=3, max_size=60),
)
def test_lines_added_elsewhere(at: int, words: list[str]) -> None:
    lines = [*LINES[:at], " ".join(words), *LINES[at:]]
    placement, found = placed("\n".join(lines))
    assert found == PASSAGE
    # One line further its surroundings are what they were.
    beside = at in (2, 3)
    assert placement.state is AnchorState.MOVED or (beside and placement.score > 0.7)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(PASSAGE) - 3), st.integers(0, 2), st.text("xyz ", max_size=3))
def test_small_edits_inside(at: int, less: int, more: str) -> None:
    changed = PASSAGE[:at] + more + PASSAGE[at + less :]
    placement, found = placed(TEXT.replace(PASSAGE, changed))
    assert placement.state in (AnchorState.EXACT, AnchorState.MOVED)
    assert abs(placement.start - START) <= 3
    assert abs(len(found) - len(changed)) <= 3


@pytest.mark.parametrize("of", [LINES[1], LINES[2], PASSAGE])
def test_a_paragraph_moved_to_the_end(of: str) -> None:
    line = next(line for line in LINES if of in line)
    changed = "\n".join([*(each for each in LINES if each != line), line])
    placement, found = placed(changed, anchor(TEXT, *span(of)))
    assert found == of
    assert placement.state in (AnchorState.MOVED, AnchorState.UNSURE)


def test_other_quotation_marks_another_script_and_joined_paragraphs() -> None:
    text = "He said “the 商湯 office—or what is left—will close.”\nNobody answered. " + OTHER
    start, end = text.index("the 商湯"), text.index("Nobody") + 6
    changed = OTHER + text.translate(str.maketrans("“”—湯\n", '""-汤 '))
    placement, found = placed(changed, anchor(text, start, end))
    assert placement.state is AnchorState.MOVED
    assert found == 'the 商汤 office-or what is left-will close." Nobody'


def test_of_two_equal_places_the_nearer_is_offered() -> None:
    twice = f"{TEXT}\n{OTHER}\n{TEXT}"
    second = anchor(twice, twice.rindex(PASSAGE), twice.rindex(PASSAGE) + len(PASSAGE))
    placement, found = placed(f"{OTHER}\n{twice}", second)
    assert found == PASSAGE
    assert placement.state is AnchorState.UNSURE
    assert placement.start > len(TEXT)


def test_surroundings_tell_twins_apart() -> None:
    text = f"{LINES[0]} See the annex.\n{LINES[1]}\n{LINES[3]} See the annex.\n{LINES[4]}"
    at = text.rindex("See the annex.")
    placement, found = placed(f"{OTHER}\n{text}", anchor(text, at, at + 14))
    assert found == "See the annex."
    assert placement.state is AnchorState.MOVED
    assert placement.start == len(OTHER) + 1 + at


def test_a_reworded_passage_is_not_given_to_its_twin() -> None:
    text = f"{TEXT}\n{OTHER * 3}\n{PASSAGE}."
    changed = text.replace(PASSAGE, PASSAGE.replace("sorts", "orders"), 1)
    placement, found = placed(f"{OTHER}\n{changed}", anchor(text))
    assert "orders" in found
    assert placement.state is not AnchorState.ORPHAN


def test_a_twin_in_the_same_surroundings_is_not_taken_silently() -> None:
    text = f"{TEXT}\n{OTHER}\n{TEXT}"
    reworded = PASSAGE.replace("sorts", "puts in order").replace("stamps", "colour")
    changed = text.replace(PASSAGE, reworded, 1)
    placement, _ = placed(changed, anchor(text))
    assert placement.state is AnchorState.UNSURE


def test_a_copy_put_where_it_was_is_not_taken_silently() -> None:
    copied = TEXT.replace(LINES[2], f"{LINES[2]}\n{OTHER}\n{OTHER}\n{LINES[2]}")
    placement, found = placed(copied)
    assert found == PASSAGE
    assert placement.state is AnchorState.UNSURE


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([0, 1]),
    st.lists(st.sampled_from(OTHER.split()), max_size=12),
    st.lists(st.sampled_from(OTHER.split()), max_size=12),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_of_a_doubled_paragraph_neither_is_taken_for_the_other(
    which: int, before: list[str], after: list[str], less_before: int, less_after: int
) -> None:
    around = "Long before, the towns along the bay had"
    paragraph = f"{LINES[1]} {LINES[2]} {LINES[3]}"
    twice = f"{LINES[0]}\n{paragraph}\n{OTHER * 2}\n{paragraph}\n{LINES[4]}\n{around}"
    starts = [twice.index(PASSAGE), twice.rindex(PASSAGE)]
    start, end = starts[which], starts[which] + len(PASSAGE)
    head = twice[: start - less_before] + " ".join(before)
    tail = " ".join(after) + twice[end + less_after :]
    placement, found = placed(head + PASSAGE + tail, anchor(twice, start, end))
    assert found == PASSAGE
    assert placement.start == len(head) or placement.state is AnchorState.UNSURE


def test_one_of_two_copies_that_was_reworded_on_all_sides() -> None:
    text = f"{TEXT}\n{OTHER * 3}\n{TEXT}"
    changed = text.replace("an arm that sorts letters", "some arms which order cards", 1)
    changed = changed.replace("was an", "was, an", 1).replace("Post offices", "Offices", 1)
    placement, _ = placed(f"{OTHER}\n{changed}", anchor(text))
    assert placement.state is AnchorState.UNSURE


def test_of_places_about_as_good_the_nearest_is_offered() -> None:
    text = f"{TEXT}\n{OTHER * 3}\n{TEXT}"
    changed = text.replace(PASSAGE, PASSAGE.replace("sorts", "sorted"), 1)
    placement, found = placed(changed, anchor(text))
    assert (placement.state, placement.start) == (AnchorState.UNSURE, START)
    assert "sorted" in found


def test_words_put_in_between_it_and_what_followed() -> None:
    """It is told from a longer passage: the end is not that of its own words."""
    start, end = span("\n".join(LINES[1:4]))
    more = " Three of them still stand in a cellar, under a sheet."
    placement, _ = placed(TEXT[:end] + more + TEXT[end:], anchor(TEXT, start, end))
    assert placement.state is AnchorState.UNSURE or placement.end == end


def test_a_long_passage_with_words_put_in_after_its_first_line() -> None:
    start, end = span("\n".join(LINES[1:]))
    cut = TEXT.index(LINES[2])
    more = "Nobody in the town had heard of either of them before that winter.\n"
    placement, _ = placed(TEXT[:cut] + more + TEXT[cut:], anchor(TEXT, start, end))
    assert (placement.start, placement.end) == (start, end + len(more))
    assert placement.state is not AnchorState.ORPHAN


def test_an_edit_right_beside_it_is_to_be_checked() -> None:
    words = "sorts letters"
    changed = TEXT.replace(words, f"does something else entirely and then {words}")
    placement, found = placed(changed, anchor(TEXT, *span(words)))
    assert found == words
    assert placement.state is AnchorState.UNSURE


@pytest.mark.parametrize("beside", [LINES[1], LINES[3]])
def test_a_long_passage_is_moved_though_one_paragraph_beside_it_was_rewritten(beside: str) -> None:
    placement, found = placed(TEXT.replace(beside, OTHER), anchor(TEXT, *span(LINES[2])))
    assert (placement.state, found) == (AnchorState.MOVED, LINES[2])


def test_a_long_passage_that_stands_twice_is_to_be_checked_beside_a_rewritten_paragraph() -> None:
    changed = f"{TEXT.replace(LINES[1], OTHER)}\n{LINES[2]}"
    placement, found = placed(changed, anchor(TEXT, *span(LINES[2])))
    assert (placement.state, found) == (AnchorState.UNSURE, LINES[2])


def test_words_that_are_gone() -> None:
    placement, _ = placed("\n".join((*LINES[:2], OTHER, *LINES[3:])))
    assert placement.state is AnchorState.ORPHAN
    assert (placement.start, placement.end) == (0, 0)
    assert placement.score < 0.6


@settings(max_examples=40, deadline=None)
@given(st.text("qwxzj \n", min_size=0, max_size=200))
def test_nothing_is_found_in_another_text(text: str) -> None:
    placement, _ = placed(text)
    assert placement.state is AnchorState.ORPHAN


def test_a_long_passage_in_other_surroundings_is_to_be_checked() -> None:
    placement, found = placed(f"{OTHER}{LINES[2]} {OTHER}", anchor(TEXT, *span(LINES[2])))
    assert found == LINES[2]
    assert placement.state is AnchorState.UNSURE


@settings(max_examples=150, deadline=None)
@given(
    st.text("ab 商\n", max_size=60),
    st.text("ab 商\n", max_size=40),
    st.text("ab 商\n", max_size=40),
    st.text("ab 商\n", max_size=200),
    st.integers(0, 300),
)
def test_no_anchor_is_lost(exact: str, prefix: str, suffix: str, text: str, start: int) -> None:
    """Whatever another program says of a passage, there is an answer within the text."""
    foreign = Anchor(DocumentRole.TEXT, "", start, start + len(exact), 0, exact, prefix, suffix)
    placement, _ = placed(text, foreign)
    assert 0 <= placement.start <= placement.end <= len(text)
    assert (placement.state is AnchorState.ORPHAN) == (placement.end == 0)


def test_an_anchor_without_words_is_an_orphan() -> None:
    empty = make(Document("", ()), DocumentRole.TEXT, 0, 0)
    assert place(empty, document((H, "Some"), (P, "Text"))).state is AnchorState.ORPHAN


def test_a_place_one_has_read_to_is_where_it_fits_best() -> None:
    rows = [f"Paragraph {number} on the weather at the harbour." for number in range(30)]
    before = paragraphs("\n".join(rows))
    after = paragraphs("\n".join(["A word before all others, added by the author.", *rows]))
    at = before.text.index("Paragraph 20")
    reached = make(before, DocumentRole.TEXT, at, at + 40)
    assert place(reached, after).state is AnchorState.UNSURE
    assert after.text[best_start(reached, after) :].startswith("Paragraph 20")
