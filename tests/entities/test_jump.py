from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.entity import Alias, Entity, EntityKind
from chinai_tui.entities.catalogue import load
from chinai_tui.entities.jump import Jump
from chinai_tui.paths import bundled_library

ENTITIES = [
    Entity(
        "lotus",
        EntityKind.COMPANY,
        "Lotus AI",
        han="莲花智能",
        hant="蓮花智能",
        pinyin="Liánhuā Zhìnéng",
        aliases=(Alias("莲花"), Alias("Lotus++"), Alias("Old Pond Labs", search_only=True)),
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
        ("lian hua", "lotus", "Liánhuā Zhìnéng"),
        ("lhzn", "lotus", "Liánhuā Zhìnéng"),
        ("lianuha", "lotus", "Liánhuā Zhìnéng"),
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


@pytest.mark.parametrize(
    ("query", "entity"),
    [
        *[(query, "sensetime") for query in ("sensetme", "sensetime", "sentsime", "SenseTiem")],
        *[(query, "sensetime") for query in ("商汤", "商湯", "shangtang", "shang tang")],
        *[(query, "megvii") for query in ("face++", "megvii", "kuangshi", "旷视", "曠視", "megvi")],
        ("casic", "casic"),
        ("kdxf", "iflytek"),
        ("hkws", "hikvision"),
    ],
)
def test_in_the_shipped_catalogue(shipped: Jump, query: str, entity: str) -> None:
    assert [id_ for id_, _ in shipped.rank(query, {}, 5)][:1] == [entity]
