"""The box that mends what is marked: what it offers, the form, the lines to be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document, DocumentRole
from chinai_tui.domain.entity import Entity, EntityKind, Mention
from chinai_tui.domain.gloss import Edge, Gloss, Suggestion
from chinai_tui.domain.mending import Correction, Extent
from chinai_tui.errors import NotFoundError
from chinai_tui.ui.screens.mend import MendScreen
from chinai_tui.ui.screens.mend.form import OptionField
from chinai_tui.ui.screens.mend.screen import OfferList
from chinai_tui.ui.screens.mend.standing import stands_alone
from chinai_tui.ui.screens.mend.subject import (
    Context,
    Subject,
    is_name,
    mention_in,
    named,
    subject_of_suggestion,
    trimmed,
)
from chinai_tui.ui.widgets.line_input import LineInput
from tests.ui.screens.over import over, ready, until, write

FILE = Path("/somewhere/of/the/user/entities.toml")
LEON = Entity("leon", EntityKind.COMPANY, "Leon Technology", "立昂技术")
MENTION = Mention("leon", 4, 8, "Leon")
MARKED = Subject(
    "Leon",
    "chinai-94",
    DocumentRole.TEXT,
    MENTION,
    LEON,
    "Leon",
    context=Context("As Leon said [/b] once", 3, 7),
)
UNKNOWN = Subject("Acme Robotics", "chinai-94", DocumentRole.TEXT, name="Acme Robotics", han="顶峰")
SIZES = [(160, 45), (120, 40), (80, 24), (60, 20), (40, 12)]


class Proposals:
    """Stands for the facet that makes the lines; keeps what it was asked."""

    def __init__(self, problem: str = "") -> None:
        self.asked: list[tuple[object, ...]] = []
        self.problem = problem

    def _made(self, *asked: object) -> Correction:
        self.asked.append(asked)
        lines = '\n[[entity]]\nid = "made-up"\nname = "[/b] of the test"\n'
        return Correction("a correction", lines, self.problem)

    def new_entity(self, name, kind, han="", *, case=False, issue_id="") -> Correction:
        return self._made("new", name, kind, han, case, issue_id)

    def alias(self, entity_id, text, *, case=False) -> Correction:
        if entity_id == "gone":
            raise NotFoundError("gone: the catalogue has no such entity")
        return self._made("alias", entity_id, text)

    def not_this(self, mention, issue_id, role, extent) -> Correction:
        return self._made("not", mention, issue_id, role, extent)


@pytest.fixture
def proposals(workspace, monkeypatch) -> Proposals:
    made = Proposals()
    monkeypatch.setattr(workspace, "mending", made, raising=False)
    return made


def box(reader, subject: Subject) -> MendScreen:
    return MendScreen(reader.screen.workspace, subject, FILE, "U")


def offered(app) -> list[str]:
    return [choice.text for choice in app.screen.query_one(OfferList).choices]


# What is offered


@pytest.mark.parametrize("size", SIZES)
async def test_a_mention_can_be_denied_here_in_the_issue_and_anywhere(
    reader, proposals, shows, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, box(reader, MARKED))
        assert shows(reader, "“Leon”, taken for Leon Technology 立昂")
        assert shows(reader, "As Leon said [/b] once")
        assert shows(reader, "▌ 1 not Leon Technology here")
        assert shows(reader, "2 not Leon Technology in this issue")
        assert shows(reader, "3 not Leon Technology anywhere")
        assert len(offered(reader)) == 3
        assert proposals.asked == []


async def test_words_that_are_no_name_may_become_one(reader, proposals, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        assert offered(reader) == ["a new entity …", "another name of …"]
        assert shows(reader, "“Acme Robotics”")
        assert not shows(reader, "taken for")


async def test_words_that_differ_from_the_mention_in_them_have_every_offer() -> None:
    wider = Subject("Leon Cloud", "chinai-94", DocumentRole.TEXT, MENTION, LEON)
    texts = [choice.text for choice in wider.offers()]
    assert texts[:2] == ["a new entity …", "another name of …"]
    assert texts[2] == "not Leon Technology here"
    assert [choice.key for choice in wider.offers()] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("keys", "extent"),
    [
        (["1"], Extent.HERE),
        (["2"], Extent.ISSUE),
        (["3"], Extent.EVERYWHERE),
        (["j", "enter"], Extent.ISSUE),
        (["G", "l"], Extent.EVERYWHERE),
    ],
)
async def test_an_offer_is_chosen_by_number_or_with_the_cursor(
    reader, proposals, keys, extent
) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, MARKED))
        await pilot.press(*keys)
        await ready(pilot)
        assert proposals.asked == [("not", MENTION, "chinai-94", DocumentRole.TEXT, extent)]


async def test_a_click_on_an_offer_chooses_it(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, MARKED))
        await pilot.click(OfferList, offset=(10, 2))
        await ready(pilot)
        assert [asked[-1] for asked in proposals.asked] == [Extent.EVERYWHERE]


async def test_a_digit_without_an_offer_does_nothing(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, MARKED))
        await pilot.press("4", "9", "0")
        assert proposals.asked == []
        assert answers == []


# The lines


@pytest.mark.parametrize("size", SIZES[:4])
async def test_the_very_lines_and_the_file_are_shown_and_enter_answers_with_them(
    reader, proposals, shows, lines, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        answers = await over(pilot, box(reader, MARKED))
        await pilot.press("2")
        await ready(pilot)
        for text in ("[[entity]]", 'id = "made-up"', 'name = "[/b] of the test"', str(FILE)):
            assert any(text in line for line in lines(reader))
        assert shows(reader, "Enter writes this; U in the text takes it back")
        assert shows(reader, "Enter write")
        assert answers == []
        await pilot.press("enter")
        assert [answer.title for answer in answers] == ["a correction"]


async def test_what_cannot_be_written_says_why_and_enter_does_nothing(
    reader, proposals, shows
) -> None:
    proposals.problem = "the name belongs to somebody else"
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, MARKED))
        await pilot.press("1")
        await ready(pilot)
        assert shows(reader, "the name belongs to somebody else")
        assert not shows(reader, "Enter write")
        await pilot.press("enter")
        assert answers == []
        await pilot.press("escape", "escape")
        assert answers == [None]


async def test_a_line_longer_than_the_box_is_wrapped_and_whole(
    reader, proposals, shows, monkeypatch
) -> None:
    long = Correction("long", f'before = "{"word " * 40}end"\n')
    monkeypatch.setattr(proposals, "not_this", lambda *_: long)
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, box(reader, MARKED))
        await pilot.press("1")
        await ready(pilot)
        assert shows(reader, long.lines.strip())


async def test_a_correction_that_does_not_fit_can_be_scrolled(
    reader, proposals, shows, monkeypatch
) -> None:
    many = Correction("many", "".join(f'key{number} = ""\n' for number in range(40)))
    monkeypatch.setattr(proposals, "not_this", lambda *_: many)
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, MARKED))
        await pilot.press("1")
        await ready(pilot)
        assert shows(reader, 'key0 = ""')
        assert shows(reader, "Enter writes this")
        await pilot.press(*["space"] * 8)
        await until(pilot, lambda: shows(reader, f"in {FILE}"))
        assert not shows(reader, 'key0 = ""')


# Another name


async def test_another_name_is_found_by_typing_and_confirmed(reader, proposals, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, box(reader, UNKNOWN))
        await pilot.press("2")
        await write(pilot, "sensetme")
        await pilot.press("enter")
        await ready(pilot)
        assert proposals.asked == [("alias", "sensetime", "Acme Robotics")]
        assert shows(reader, "[[entity]]")
        await pilot.press("enter")
        assert len(answers) == 1


async def test_how_often_the_words_stand_is_told_before_they_are_written(
    reader, proposals, shows
) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        text = reader.screen.workspace.library.document("chinai-94").text
        for words, told in (
            (UNKNOWN.words, "stands nowhere in the library"),
            ("SenseTime", "stands once here, in"),
        ):
            role = reader.screen.workspace.library.issue("chinai-94").main_role
            subject = Subject(words, "chinai-94", role)
            await over(pilot, box(reader, subject))
            await pilot.press("2")
            await write(pilot, "megvii")
            await pilot.press("enter")
            await ready(pilot)
            assert text.count("SenseTime") == 1
            assert shows(reader, f"“{words}” {told}")
            assert shows(reader, "Enter writes this")
            await pilot.press("escape", "escape")


@pytest.mark.parametrize(
    ("text", "words", "alone"),
    [("an Ant here", "Ant", True), ("an Antler", "Ant", False), ("在蚂蚁集团", "蚂蚁", True)],
)
def test_words_within_longer_ones_do_not_count(text: str, words: str, alone: bool) -> None:
    start = text.index(words)
    assert stands_alone(text, start, start + len(words)) is alone


async def test_typing_into_the_form_replaces_the_name(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1")
        await pilot.pause()
        await write(pilot, "Brook")
        assert reader.screen.query_one("#name", LineInput).value == "Brook"


async def test_issues_are_not_offered_where_a_name_is_wanted(reader, proposals) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("2")
        await write(pilot, "94")
        rows = reader.screen.query_one("JumpList").hits
        assert all(hasattr(row, "entity") for row in rows)


async def test_escape_leads_from_the_names_to_the_offers(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, UNKNOWN))
        await pilot.press("2", "escape")
        await ready(pilot)
        assert isinstance(reader.focused, OfferList)
        await pilot.press("escape")
        assert answers == [None]
        assert proposals.asked == []


async def test_an_entity_that_is_gone_is_told_in_the_box(
    reader, workspace, proposals, shows, monkeypatch
) -> None:
    alias = proposals.alias
    monkeypatch.setattr(proposals, "alias", lambda _, text: alias("gone", text))
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("2", "enter")
        await ready(pilot)
        assert shows(reader, "the catalogue has no such entity")


# A new entity


def fields(app) -> tuple[str, str, str, str]:
    screen = app.screen
    return (
        screen.query_one("#name", LineInput).value,
        screen.query_one("#kind", OptionField).value,
        screen.query_one("#han", LineInput).value,
        screen.query_one("#case", OptionField).value,
    )


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_begins_with_what_the_text_gives(reader, proposals, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1")
        assert fields(reader) == ("Acme Robotics", "company", "顶峰", "any")
        assert shows(reader, "Name Acme Robotics")
        assert shows(reader, "‹ company ›")
        assert shows(reader, "Chinese 顶峰")


async def test_every_field_is_filled_from_the_keyboard(reader, proposals, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1", "end")
        await write(pilot, " Two")
        await pilot.press("tab", "right", "right", "left", "tab")
        await write(pilot, "x")
        await pilot.press("tab", "space", "enter")
        await ready(pilot)
        assert proposals.asked == [
            ("new", "Acme Robotics Two", EntityKind.AGENCY, "顶峰x", True, "chinai-94")
        ]
        await pilot.press("enter")
        assert len(answers) == 1


async def test_without_a_name_there_is_nothing_to_write(reader, proposals, shows) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1", "ctrl+u", "space", "enter")
        await ready(pilot)
        assert shows(reader, "an entity needs a name")
        assert proposals.asked == []


async def test_a_kind_is_chosen_by_its_letter_the_next_one_by_the_same(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1", "down")
        kinds = []
        for key in ("p", "p", "p", "p", "u", "z", "c"):
            await pilot.press(key)
            kinds.append(fields(reader)[1])
        assert kinds == [
            "person",
            "place",
            "product",
            "person",
            "university",
            "university",
            "company",
        ]


async def test_a_click_changes_a_value(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1")
        await pilot.click("#case")
        assert fields(reader)[3] == "only with these capitals"


async def test_escape_leads_from_the_lines_to_the_form_as_it_was(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, UNKNOWN))
        await pilot.press("1", "end")
        await write(pilot, "!")
        await pilot.press("down", "right", "enter")
        await ready(pilot)
        await pilot.press("escape")
        assert fields(reader) == ("Acme Robotics!", "agency", "顶峰", "any")
        assert reader.focused is reader.screen.query_one("#name")
        await pilot.press("escape")
        assert isinstance(reader.focused, OfferList)
        await pilot.press("q")
        assert answers == [None]


async def test_a_suggestion_goes_straight_to_the_form(reader, proposals) -> None:
    suggestion = Suggestion("Acme", "顶峰", 3, ("chinai-94",), DocumentRole.TEXT, 0, 4)
    async with reader.run_test(size=(80, 24)) as pilot:
        answers = await over(pilot, box(reader, subject_of_suggestion(suggestion)))
        assert fields(reader) == ("Acme", "company", "顶峰", "any")
        await pilot.press("escape")
        assert answers == [None]


async def test_keys_typed_in_one_go_reach_the_form(reader, proposals) -> None:
    async with reader.run_test(size=(80, 24)) as pilot:
        await over(pilot, box(reader, UNKNOWN))
        for key in ("1", "end", "A", "b", "enter"):
            reader.simulate_key(key)
        await ready(pilot)
        await ready(pilot)
        assert [asked[1] for asked in proposals.asked] == ["Acme RoboticsAb"]
        await pilot.press("escape")
        assert fields(reader)[0] == "Acme RoboticsAb"


# Pure


def gloss(start: int, end: int, han: str, english: str = "") -> Gloss:
    return Gloss(start, end, start, han, english, Edge.NAME)


@pytest.mark.parametrize(
    ("words", "start", "glosses", "wanted"),
    [
        ("Acme", 10, [gloss(10, 19, "顶峰", "Acme")], ("Acme", "顶峰")),
        ("Acme", 10, [gloss(15, 19, "顶峰")], ("Acme", "顶峰")),
        ("Acme (顶峰)", 10, [gloss(10, 19, "顶峰", "Acme")], ("Acme", "顶峰")),
        ("ACME", 90, [gloss(10, 19, "顶峰", "Acme")], ("ACME", "顶峰")),
        ("顶峰", 16, [gloss(10, 19, "顶峰", "Acme")], ("Acme", "顶峰")),
        ("顶峰", 16, [], ("顶峰", "顶峰")),
        ("Acme", 40, [gloss(10, 19, "高峰", "Peak")], ("Acme", "")),
        ("Acme", 10, [], ("Acme", "")),
    ],
)
def test_the_chinese_of_a_name_comes_from_a_gloss_of_it(words, start, glosses, wanted) -> None:
    assert named(words, start, start + len(words), glosses) == wanted


def test_of_the_mentions_a_range_touches_the_current_name_comes_first() -> None:
    mentions = [Mention("a", 0, 3, "aaa"), Mention("b", 5, 8, "bbb"), Mention("a", 20, 23, "aaa")]
    assert mention_in(mentions, 0, 10, "b") == mentions[1]
    assert mention_in(mentions, 0, 10, "c") == mentions[0]
    assert mention_in(mentions, 3, 5, "a") is None
    assert mention_in(mentions, 21, 22, "a") == mentions[2]


@settings(max_examples=100, deadline=None)
@given(st.text(" ab\n", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_trimmed_range_has_no_space_at_its_ends(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = trimmed(text, start, end)
    words = text[first:last]
    assert words == text[start:end].strip()
    assert not words or start <= first < last <= end


def test_a_name_is_some_words_of_one_block() -> None:
    text = "One thing.\nAnother" + " thing" * 40
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", start, end)
        for start, end in ((0, 10), (11, len(text)))
    )
    document = Document(text, blocks)
    assert is_name(document, 0, 3)
    assert not is_name(document, 0, 15)
    assert not is_name(document, 9, 10)
    assert not is_name(document, 3, 3)
    assert not is_name(document, 11, len(text))
