from __future__ import annotations

import pytest

from chinai_tui.annotate.attribution import outside, person, quotations, speaker


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Lin Example", "Lin Example"),
        ("ModelWorks CEO Lin Example", "Lin Example"),
        ("Dr. A. Example", "A. Example"),
        ("Kai-fu McDonald", "Kai-fu McDonald"),
        ("Miles O’Brien", "Miles O’Brien"),
        ("Émile Acemoğlu", "Émile Acemoğlu"),
        ("Ding", "Ding"),
        ("He", ""),
        ("Meanwhile Lin Example", "Lin Example"),
        ("Then He", ""),
        ("As", ""),
        ("ModelWorks", ""),
        ("CEO", ""),
        ("IHS", ""),
        ("The Ministry", ""),
        ("Lin’s", ""),
        ("One Two Three Four", ""),
    ],
)
def test_a_name_in_a_run_of_capitals(run: str, name: str) -> None:
    assert person(run) == name


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("no marks at all", []),
        ("one “two” three", ["“two”"]),
        ('one "two" and "three"', ['"two"', '"three"']),
        ('“outer with "inner" words”', ['“outer with "inner" words”']),
        ('mixed "as some editors do”', ['"as some editors do”']),
        ("他说「很好」。", ["「很好」"]),
        ("他说『很好』。", ["『很好』"]),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    found = quotations(text)
    assert found is not None
    assert [text[start:end] for start, end in found] == inside


@pytest.mark.parametrize(
    "text",
    ["the end is missing “here", "here the beginning” is", 'odd " one', "“one “two”", "a” b “c"],
)
def test_marks_that_do_not_come_in_pairs(text: str) -> None:
    assert quotations(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“{}” says Lin Example.", "Lin Example"),
        ("“{}” ModelWorks CEO Lin Example tells a paper.", "Lin Example"),
        ("“{}” writes Lin. Then more", "Lin"),
        ("In one place: Lin Example writes, “{}” and so on", "Lin Example"),
        ("According to Lin Example, “{}”", "Lin Example"),
        ("Lin Example said that “{}”", "Lin Example"),
        ("“{}” he adds.", ""),
        ("“{}” He says.", ""),
        ("Lin Example once met Ann, and “{}” was the answer", ""),
        ("She writes, “{}”", ""),
        ("“{}” is the title", ""),
        ("The founder Lin Example said, “{}”", "Lin Example"),
        ("ModelWorks founder Lin Example said: “{}”", "Lin Example"),
        ("A friend of Lin Example said, “{}”", ""),
        ("Ann Dee and Lin Example said, “{}”", ""),
        ("The man who beat Lin Example said, “{}”", ""),
        ("“{}” says Lin Example and Ann Dee.", ""),
        ("“{}” says Lin Example’s brother.", ""),
        ("“{}” says Lin Example, quoting a friend.", ""),
        ("“{}” told Lin Example.", ""),
        ("Lin Example said, “{}” says Ann Dee.", ""),
    ],
)
def test_who_is_named_beside_a_quotation(text: str, name: str) -> None:
    text = text.replace("{}", "words that somebody said,")
    ((start, end),) = quotations(text) or []
    assert speaker(text, start, end) == name


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("no marks at all", "no marks at all"),
        ("the end is missing “here", "the end is missing "),
        ('the end is missing "here', "the end is missing "),
        ("here the beginning” is", ""),
        ('here the beginning" is', ""),
        ("“all of it", ""),
    ],
)
def test_what_surely_stands_in_no_quotation(text: str, clear: str) -> None:
    assert text[: outside(text)] == clear
