from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.query import And, Field, Node, Not, Or, Phrase, Word
from chinai_tui.text.fields import (
    ENTITY_FIELDS,
    FIELDS,
    MOST_NEAR,
    VALUES,
    day_range,
    first_day,
    number_range,
)
from chinai_tui.text.query import DEEPEST, MOST_PARTS, parse

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("", And(())),
        ("  \n ", And(())),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a or b", And((A, Word("or"), B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("--a", A),
        ("b -(a OR c)", And((B, Not(Or((A, C)))))),
        ('-"a b"', Not(Phrase("a b"))),
        ('a"b"c', And((A, Phrase("b"), C))),
        ("well-known", Word("well-known")),
        ("chip*", Word("chip", prefix=True)),
        ("-chip*", Not(Word("chip", prefix=True))),
        ("Face++ 01.AI", And((Word("Face++"), Word("01.AI")))),
        ("a #94", And((A, Field("issue", "94")))),
        ("-＃94", Not(Field("issue", "94"))),
        ('"#94" 94 #94a', And((Phrase("#94"), Word("94"), Word("#94a")))),
        ("company:sensetime", Field("company", "sensetime")),
        ("Company:SenseTime", Field("company", "SenseTime")),
        ('company:"leon technology" a', And((Field("company", "leon technology"), A))),
        ("-is:read", Not(Field("is", "read"))),
        ("issue:90..120", Field("issue", "90..120")),
        ("12:30", Word("12:30")),
        ("中国：人工智能", Word("中国：人工智能")),
        ("“风箱里的老鼠，两边受气”", Phrase("风箱里的老鼠，两边受气")),
        ("company：“商汤”", Field("company", "商汤")),
        ("－a （b OR c） 芯＊", And((Not(A), Or((B, C)), Word("芯", prefix=True)))),
        ("()", And(())),
        ("a () b", And((A, B))),
    ],
)
def test_a_query_is_read_as_it_is_meant(source: str, root: Node) -> None:
    query = parse(source)
    assert query.root == root
    assert query.problems == ()
    assert query.source == source
    assert query.is_empty == (root == And(()))


@pytest.mark.parametrize(
    ("source", "root", "faulty", "reason"),
    [
        ("a foo:bar b", And((A, Word("foo:bar"), B)), "foo:bar", "no field foo"),
        ('a Foo:"b c"', And((A, Word('Foo:"b c"'))), 'Foo:"b c"', "no field foo"),
        ("-title:b", Not(Word("title:b")), "title:b", "did you mean in:title?"),
        ("number:1", Word("number:1"), "number:1", "did you mean issue:?"),
        ("publication:x", Word("publication:x"), "publication:x", "mean pub:?"),
        ("compnay:x", Word("compnay:x"), "compnay:x", "mean company:?"),
        ("unread:1", Word("unread:1"), "unread:1", "mean is:unread?"),
        ('a "b c', And((A, Phrase("b c"))), '"b c', "not closed"),
        ("a “b c", And((A, Phrase("b c"))), "“b c", "not closed"),
        ("(a b", And((A, B)), "(", "not closed"),
        ("a) b", And((A, B)), ")", "not opened"),
        ("a OR", A, "OR", "two things"),
        ("OR a", A, "OR", "two things"),
        ("in:title OR a", A, "OR", "two things"),
        ("a OR (in:title in:notes)", A, "OR", "two things"),
        ("a NOT", A, "NOT", "nothing follows"),
        ("a - b", And((A, B)), "-", "no letters"),
        ("a *", A, "*", "no letters"),
        ('a "…"', A, '"…"', "no letters"),
        ("after:nonsense a", A, "after:nonsense", "2019-06-03"),
        ("before:2019-02-30 a", A, "before:2019-02-30", "2019-06-03"),
        ("year:x", And(()), "year:x", "2018..2020"),
        ("issue:abc a", A, "issue:abc", "90..120"),
        ("is:foo a", A, "is:foo", "unread, read, started, bookmarked"),
        ("has:", And(()), "has:", "note, highlight"),
        ("kind:robot", And(()), "kind:robot", "company, agency"),
        ("a company: b", And((A, B)), "company:", "takes a name"),
        ('company:"" a', A, 'company:""', "takes a name"),
        ("a -in:title", A, "in:title", "cannot be negated"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_holds(
    source: str, root: Node, faulty: str, reason: str
) -> None:
    query = parse(source)
    assert query.root == root
    (problem,) = query.problems
    assert source[problem.start : problem.end] == faulty
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("12:30", Word("12:30")),
        ("https://x.org/p a", And((Word("https://x.org/p"), A))),
        ("Re: a", And((Word("Re:"), A))),
        ("AI：发展", Word("AI：发展")),
        ('"title: b"', Phrase("title: b")),
    ],
)
def test_words_with_a_colon_are_words(source: str, root: Node) -> None:
    query = parse(source)
    assert query.problems == ()
    assert query.root == root


@pytest.mark.parametrize(
    ("source", "is_one"),
    [("foo:bar", True), ("year:x", True), ("is:", True), ("a OR", False), ("(a", False)],
)
def test_a_condition_that_cannot_be_put_is_told_apart(source: str, is_one: bool) -> None:
    assert [each.is_condition for each in parse(source).problems] == [is_one]


def test_a_long_query_is_read_in_part() -> None:
    query = parse("a " * (MOST_PARTS + 30))
    assert query.root == And((A,) * MOST_PARTS)
    (problem,) = query.problems
    assert (problem.start, problem.end) == (2 * MOST_PARTS, len(query.source))


def test_parentheses_too_deep_are_passed_over() -> None:
    depth = DEEPEST + 3000
    query = parse("(" * depth + "a OR b" + ")" * depth + " c")
    assert query.root == And((Or((A, B)), C))
    (problem,) = query.problems
    assert (problem.start, problem.end) == (DEEPEST, DEEPEST + 1)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019", "2019-01-01"),
        ("2019-06", "2019-06-01"),
        ("2019-6-3", "2019-06-03"),
        ("２０１９－０６", "2019-06-01"),
        ("2020-02-29", "2020-02-29"),
        ("2019-02-29", ""),
        ("2019-13", ""),
        ("0000", ""),
        ("19", ""),
        ("2019-06-03x", ""),
        ("", ""),
    ],
)
def test_a_date_known_in_part_means_its_first_day(value: str, day: str) -> None:
    assert first_day(value) == day


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("94", (94, 94)),
        ("#94", (94, 94)),
        ("90..120", (90, 120)),
        ("120..#90", (90, 120)),
        ("90..", (90, None)),
        ("..120", (None, 120)),
        ("..", None),
        ("", None),
        ("9,4", None),
        ("90...120", None),
        ("1" * 30, None),
        (">3", (4, None)),
        (">=3", (3, None)),
        ("<3", (None, 2)),
        ("<=#3", (None, 3)),
        ("＞３", (4, None)),
        ("=3", None),
        ("<>3", None),
    ],
)
def test_ranges(value: str, ends: tuple[int | None, int | None] | None) -> None:
    assert number_range(value) == ends


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2019-06-03", ("2019-06-03", "2019-06-03")),
        ("2018..2019-06", ("2018-01-01", "2019-06-30")),
        ("2019-06..2018", ("2018-01-01", "2019-06-30")),
        ("2018..", ("2018-01-01", "")),
        ("..2018", ("", "2018-12-31")),
        ("..", None),
        ("2018..x", None),
        ("", None),
    ],
)
def test_a_date_is_a_range_of_days(value: str, days: tuple[str, str] | None) -> None:
    assert day_range(value) == days


@pytest.mark.parametrize(
    ("source", "since"),
    [
        ("last 90 days", "2019-03-05"),
        ("last 1 day", "2019-06-02"),
        ("LAST 2 weeks", "2019-05-20"),
        ("last 4 months", "2019-02-03"),
        ("last 1 year", "2018-06-03"),
        ("last 99999 years", "0001-01-01"),
        ("last 99999 days", "1745-08-19"),
    ],
)
def test_the_last_days_are_a_date(source: str, since: str) -> None:
    day = date(2019, 6, 3)
    assert parse(source, day).root == Field("after", since)
    assert parse(f"a {source} b", day).root == And((A, Field("after", since), B))
    assert parse(f"-{source}", day).root == Not(Field("after", since))


def test_the_last_days_stand_where_they_were_typed() -> None:
    (since,) = [part for part in parse("a last 2 days b").root.parts if isinstance(part, Field)]
    assert "a last 2 days b"[slice(*since.place)] == "last 2 days"


def test_other_last_things_are_words() -> None:
    for source in ("last days", "last 90 chips", "last 90", "last", "the last of 90 days"):
        assert parse(source).root == And(tuple(map(Word, source.split()))) or source == "last"
    assert parse('"last 90 days"').root == Phrase("last 90 days")
    assert parse("last 31 months", date(2019, 8, 31)).root == Field("after", "2017-01-31")
    assert parse("last 6 months", date(2019, 8, 31)).root == Field("after", "2019-02-28")


def test_the_order_of_the_answer_is_no_condition() -> None:
    query = parse("a sort:Date b")
    assert (query.root, query.sort) == (And((A, B)), "date")
    assert not query.problems
    (problem,) = parse("-sort:date a").problems
    assert "negated" in problem.reason
    assert parse("sort:size").sort == ""


def test_near_takes_several_words() -> None:
    assert parse('near:"a b"').root == Field("near", "a b")
    for words in ("a", "a " * (MOST_NEAR + 1)):
        (problem,) = parse(f'near:"{words}"').problems
        assert "two words or more, at most 10" in problem.reason
    assert not parse(f'near:"{"a " * MOST_NEAR}"').problems


def test_every_field_has_its_help_and_each_value_is_taken() -> None:
    assert set(VALUES) <= set(FIELDS)
    assert set(FIELDS) >= ENTITY_FIELDS
    assert all(FIELDS.values())
    for name, values in VALUES.items():
        for value in values:
            query = parse(f"{name}:{value.upper()}")
            if name == "sort":
                assert (query.root, query.sort) == (And(()), value)
            else:
                assert query.root == Field(name, value.upper())
            assert not query.problems


pieces = st.sampled_from(
    [
        "a",
        "商汤",
        " ",
        "(",
        ")",
        '"',
        "“",
        "”",
        "-",
        "－",
        "*",
        ":",
        "：",
        "OR",
        "NOT",
        "AND",
        "in:",
    ]
    + [f"{name}:" for name in FIELDS]
    + ["2019-06", "..", "94", "title", "http://x", "\0", "\ud800"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join)))
def test_any_string_can_be_read(source: str) -> None:
    query = parse(source)
    assert query.source == source
    places = [(problem.start, problem.end) for problem in query.problems]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(source) for start, end in places)
    assert all(problem.reason for problem in query.problems)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(["a", '"b c"', "-d", "company:x", "in:title", "chip*"]), max_size=6)
)
def test_parts_are_read_each_for_itself(parts: list[str]) -> None:
    root = parse(" ".join(parts)).root
    found = root.parts if isinstance(root, And) else (root,)
    assert found == tuple(parse(part).root for part in parts)
