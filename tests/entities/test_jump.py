from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.domain.rows import IssueRow
from chinai_tui.entities.catalogue import load
from chinai_tui.entities.jump import Jump, Titles, is_number
from chinai_tui.paths import bundled_library

QUERIES = Path(__file__).parents[1] / "fixtures" / "jump" / "queries.tsv"

ENTITIES = [
    Entity(
        "lotus",
        EntityKind.COMPANY,
        "Lotus AI",
        han="莲花智能",
        hant="蓮花智能",
        pinyin="Liánhuā Zhìnéng",
        aliases=(
            Alias("莲花"),
            Alias("莲能"),
            Alias("Lotus++"),
            Alias("Old Pond Labs", search_only=True),
        ),
    ),
    Entity("lily", EntityKind.COMPANY, "Lily"),
    Entity("lilac", EntityKind.COMPANY, "Lilac"),
    Entity("bank", EntityKind.COMPANY, "National River Bank", aliases=(Alias("NRB"),)),
    Entity("river", EntityKind.PLACE, "River"),
]
JUMP = Jump(ENTITIES)


@pytest.mark.parametrize(
    ("query", "entity", "name"),
    [
        ("lotus ai", "lotus", "Lotus AI"),
        ("lotus++", "lotus", "Lotus++"),
        ("莲花", "lotus", "莲花"),
        ("蓮花", "lotus", "莲花"),
        ("莲花智", "lotus", "莲花智能"),
        ("智能", "lotus", "莲花智能"),
        ("lian hua", "lotus", "莲花"),
        ("lian hua zhi", "lotus", "Liánhuā Zhìnéng"),
        ("lianneng", "lotus", "莲能"),
        ("ln", "lotus", "莲能"),
        ("lhzn", "lotus", "Liánhuā Zhìnéng"),
        ("lianuha", "lotus", "莲花"),
        ("old pond", "lotus", "Old Pond Labs"),
        ("nrb", "bank", "NRB"),
        ("river", "river", "River"),
    ],
)
def test_the_best_entity_comes_with_the_name_that_fits(query: str, entity: str, name: str) -> None:
    assert JUMP.rank(query, {}, 5)[0] == (entity, name)


def test_each_entity_comes_once_and_the_better_fit_first() -> None:
    assert JUMP.rank("river", {"bank": 99}, 9) == [
        ("river", "River"),
        ("bank", "National River Bank"),
    ]


def test_ties_go_by_weight_then_by_name() -> None:
    assert [id_ for id_, _ in JUMP.rank("li", {}, 9)] == ["lilac", "lily", "lotus"]
    assert JUMP.rank("li", {"lily": 2, "lilac": 1}, 9)[0] == ("lily", "Lily")


def test_of_equally_heavy_ones_the_later_comes_first() -> None:
    asked: list[str] = []

    def recency(entity_id: str) -> int:
        asked.append(entity_id)
        return {"lily": 7, "lotus": 3}.get(entity_id, 0)

    weights = {"lotus": 4, "lily": 4, "lilac": 5}
    found = [id_ for id_, _ in JUMP.rank("l", weights, 9, recency)]
    assert found == ["lilac", "lily", "lotus"]
    assert "lilac" not in asked
    assert [id_ for id_, _ in JUMP.rank("l", {}, 9, recency)] == ["lotus", "lilac", "lily"]


def test_of_unknown_weight_those_of_more_names_come_first() -> None:
    assert [id_ for id_, _ in JUMP.rank("l", {}, 9)] == ["lotus", "lilac", "lily"]
    assert [id_ for id_, _ in JUMP.rank("l", {"lily": 1}, 9)] == ["lily", "lotus", "lilac"]


def test_the_table_may_be_made_before_it_is_asked() -> None:
    jump = Jump(ENTITIES)
    jump.prepare()
    assert jump.rank("lotus", {}, 5) == JUMP.rank("lotus", {}, 5)


def test_pinyin_that_does_not_fit_the_characters_gives_no_readings() -> None:
    crooked = Entity(
        "crooked", EntityKind.COMPANY, "Crooked", han="弯路", pinyin="Wān", aliases=(Alias("弯"),)
    )
    assert Jump([crooked]).rank("wan", {}, 9) == [("crooked", "Wān")]
    assert Jump([crooked]).rank("lu", {}, 9) == []


def row(number: int | None, title: str) -> IssueRow:
    return IssueRow(
        f"i-{number or title}", "pond", "Pond", number, title, "", "", 3, DocumentRole.TEXT
    )


ISSUES = [
    row(940, "The Lilac Files"),
    row(101, "Lilies and Lotus AI"),
    row(94, "A Pond, in 2020"),
    row(9, "莲花 of the Pond"),
    row(None, "Letters"),
]
TITLES = Titles(ISSUES)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("94", [94, 940]),
        ("#94", [94, 940]),
        ("# 94", [94, 940]),
        ("9", [9, 940, 94]),
        ("094", [94, 940]),
        ("2020", [94]),
        ("7", []),
        ("#", []),
        ("0", []),
        ("", []),
        ("lil", [940, 101]),
        ("LOTUS lil", [101]),
        ("蓮花", [9]),
        ("花莲", []),
        ("otus", []),
        ("p", []),
        ("letters", [None]),
    ],
)
def test_issues_are_found_by_number_and_by_words_of_the_title(
    query: str, numbers: list[int | None]
) -> None:
    assert [each.number for each in TITLES.find(query, 9)] == numbers


def test_at_most_so_many_issues_and_the_newest_of_them() -> None:
    assert TITLES.find("lil", 1) == ISSUES[:1]
    assert TITLES.find("9", 2) == [ISSUES[3], ISSUES[0]]
    assert TITLES.find("9", 0) == []
    assert TITLES.places["i-101"] == 1


@pytest.mark.parametrize(
    ("query", "number"), [("94", True), (" #94 ", True), ("94a", False), ("", False), ("#", False)]
)
def test_what_is_a_number(query: str, number: bool) -> None:
    assert is_number(query) is number


def test_a_blank_query_gives_the_heaviest() -> None:
    weights = {"river": 5, "lily": 7}
    assert JUMP.rank(" ", weights, 3) == [
        ("lily", "Lily"),
        ("river", "River"),
        ("lilac", "Lilac"),
    ]


def test_the_limit_holds_and_nothing_may_fit() -> None:
    assert len(JUMP.rank("l", {}, 2)) == 2
    assert JUMP.rank("l", {}, 0) == []
    assert JUMP.rank("zebra", {}, 5) == []
    assert JUMP.rank("!", {}, 5) == []
    assert Jump([]).rank("lotus", {}, 5) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12), st.dictionaries(st.sampled_from(["lotus", "lily"]), st.integers()))
def test_any_query_gives_entities_once_with_one_of_their_names(
    query: str, weights: dict[str, int]
) -> None:
    hits = JUMP.rank(query, weights, 9)
    assert len({id_ for id_, _ in hits}) == len(hits)
    entities = {entity.id: entity for entity in ENTITIES}
    for id_, name in hits:
        entity = entities[id_]
        aliases = [alias.text for alias in entity.aliases]
        assert name in [entity.name, entity.han, entity.hant, entity.pinyin, *aliases]


@pytest.fixture(scope="module")
def shipped() -> Jump:
    files = sorted((bundled_library() / "entities").glob("*.toml"))
    if not files:
        pytest.skip("the library is not there")
    return Jump(load(files).entities.values())


def asked() -> list[tuple[str, str]]:
    """What people type, and whom they mean by it."""
    rows = QUERIES.read_text("utf-8").splitlines()[1:]
    return [(query, entity) for query, entity, _ in (row.split("\t") for row in rows)]


def test_of_what_people_type_the_right_entity_is_first(shipped: Jump) -> None:
    queries = asked()
    assert len(queries) >= 200
    found = [[id_ for id_, _ in shipped.rank(query, {}, 3)] for query, _ in queries]
    answers = [(query, entity, ids) for (query, entity), ids in zip(queries, found, strict=True)]
    not_first = [answer for answer in answers if answer[2][:1] != [answer[1]]]
    not_among = [answer for answer in answers if answer[1] not in answer[2]]
    assert len(not_first) <= len(queries) * 0.05, not_first
    assert len(not_among) <= len(queries) * 0.01, not_among
