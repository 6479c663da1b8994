"""What the README says of the query language is what is read."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chinai_tui.domain.query import And, Field, Node, Not, Or, Phrase, Query, Word
from chinai_tui.text.explain import explain
from chinai_tui.text.query import parse
from tests.readme import README

SECTION = README.read_text("utf-8").partition("\n## Searching\n")[2].partition("\n## ")[0]
GRAMMAR = re.search(r"```\n(query .*?)```", SECTION, re.DOTALL)
DAY = date(2019, 6, 3)


def examples() -> list[str]:
    """The queries in the first column of the first table, and those within sentences."""
    table = SECTION.partition("|---|---|\n")[2].partition("\n\n")[0]
    shown = [each for row in table.splitlines() for each in quoted(row.split(" | ")[0])]
    prose = re.sub(r"(?m)^\|.*$|```[^`]*```", "", SECTION)
    return shown + [each for each in quoted(prose) if re.match(r'\w+:[\w">]', each)]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def read(source: str) -> Query:
    return parse(source, DAY)


@pytest.mark.parametrize("source", examples())
def test_each_example_is_read_without_a_problem(source: str) -> None:
    query = read(source)
    assert query.problems == ()
    assert not query.is_empty
    assert explain(query, {})


def test_there_are_examples_of_everything() -> None:
    told = " ".join(examples())
    for piece in (
        "after:",
        "in:all",
        '"',
        "near:",
        " -",
        "NOT",
        "OR",
        "(",
        "*",
        "company:",
        "mentions:",
        "last",
        "..",
    ):
        assert piece in told


a, b, c = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("rule", "source", "root"),
    [
        ('{ "OR" either }', "a OR b OR c", Or((a, b, c))),
        ("{ part }", "a b c", And((a, b, c))),
        ("{ part }", "a b OR c", Or((And((a, b)), c))),
        ('"-"', "-a", Not(a)),
        ('"NOT"', "NOT a", Not(a)),
        ("word", "a", a),
        ('word"*"', "a*", Word("a", prefix=True)),
        ("""'"' phrase '"'""", '"a b"', Phrase("a b")),
        ('field ":" value', "company:a", Field("company", "a")),
        ('field ":" value', 'company:"a b"', Field("company", "a b")),
        ('"(" query ")"', "(a OR b) c", And((Or((a, b)), c))),
        ('"last" number ( "days"', "last 3 days", Field("after", "2019-05-31")),
        ('"weeks"', "last 1 week", Field("after", "2019-05-27")),
        ('"months"', "last 2 months", Field("after", "2019-04-03")),
        ('"years"', "last 1 year", Field("after", "2018-06-03")),
    ],
)
def test_each_rule_of_the_grammar_is_that_of_the_reader(rule: str, source: str, root: Node) -> None:
    assert GRAMMAR
    assert rule in GRAMMAR[1]
    assert (read(source).root, read(source).problems) == (root, ())
