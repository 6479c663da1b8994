from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind, Mention
from chinai_tui.domain.rows import TimelinePoint
from chinai_tui.index import Index
from tests.index.building import DIGEST, TEXT, document, entry, filled, ids

NAMES = {"Leon": "leon", "Megvii": "megvii", "Wuhan": "wuhan", "旷视": "megvii"}

LEON = Entity(
    "leon",
    EntityKind.COMPANY,
    "Leon",
    han="立昂",
    pinyin="Lì'áng",
    aliases=(Alias("Leon Tech", case=True, needs=("safe",)), Alias("LT", search_only=True)),
)
WUHAN = Entity("wuhan", EntityKind.PLACE, "Wuhan")
CLAIMS = (
    Claim("leon", "located in", "wuhan", text="It is there.", status=ClaimStatus.OWN),
    Claim("megvii", "founded", value="2011"),
    Claim("megvii", "partner of", "leon"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return filled(
        tmp_path,
        entry("new", "Leon, Leon", "Megvii", names=NAMES, number=3, date="2020"),
        entry("old", "x", "Leon in Wuhan", "! Leon", names=NAMES, number=1, date="2018"),
        entry("undated", "Wuhan", "旷视", names=NAMES, number=2),
        entry("none", "x", digest=document("Leon Leon Leon"), names=NAMES),
        entry("digest", digest=document("Wuhan"), names=NAMES, publication="other"),
    )


def test_mentions_come_back_in_the_order_of_the_text(index: Index) -> None:
    assert index.mentions("old", TEXT) == (
        Mention("leon", 2, 6, "Leon"),
        Mention("wuhan", 10, 15, "Wuhan"),
        Mention("leon", 16, 20, "Leon"),
    )
    assert len(index.mentions("none", DIGEST)) == 3
    assert index.mentions("none", TEXT) == index.mentions("nobody", TEXT) == ()


def test_counts_leave_boilerplate_out(index: Index) -> None:
    assert index.entity_counts("old", TEXT) == [("leon", 1, 2), ("wuhan", 1, 10)]
    assert index.entity_counts("new", TEXT) == [("leon", 2, 0), ("megvii", 1, 11)]
    assert index.entity_counts("nobody", TEXT) == []


def test_totals_and_timelines_know_main_documents_only(index: Index) -> None:
    assert index.totals() == {"leon": (3, 2), "megvii": (2, 2), "wuhan": (3, 3)}
    assert index.timeline("leon") == (
        TimelinePoint("old", 1, "2018", 1),
        TimelinePoint("new", 3, "2020", 2),
    )
    assert [point.issue for point in index.timeline("wuhan")] == ["old", "undated", "digest"]
    assert index.timeline("nobody") == ()


def test_who_is_named_together_and_how_much_more_than_by_chance(index: Index) -> None:
    assert index.together("leon") == [
        ("megvii", 1, pytest.approx(5 * 1 / (2 * 2))),
        ("wuhan", 1, pytest.approx(5 * 1 / (2 * 3))),
    ]
    assert index.together("nobody") == []
    assert index.shared("leon", ["megvii", "wuhan"], 8) == {"megvii": ("new",), "wuhan": ("old",)}
    assert index.shared("wuhan", ["leon", "nobody"], 8) == {"leon": ("old",), "nobody": ()}
    assert index.beside("wuhan") == {"leon": 1, "megvii": 1}
    assert index.total("leon") == (3, 2)
    assert index.total("nobody") == (0, 0)


def test_passages_of_an_entity_by_date_and_place(index: Index) -> None:
    assert index.placed("leon") == [
        ("old", TEXT, 1, 2, 6),
        ("new", TEXT, 0, 0, 4),
        ("new", TEXT, 0, 6, 10),
    ]
    assert [issue for issue, *_ in index.placed("megvii")] == ["undated", "new"]
    assert index.placed("leon", 2) == index.placed("leon")[:2]
    assert index.placed("nobody") == []


def test_without_a_place_in_time_issues_come_last_by_number(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        entry("far-94", "Leon", names=NAMES, number=94, publication="far"),
        entry("far-29", "Leon", names=NAMES, number=29, publication="far"),
        entry("near", "Leon", names=NAMES, number=2),
        entry("old", "Leon", names=NAMES, number=1, date="2018-04-29"),
        entry("new", "Leon", names=NAMES, date="2020"),
    )
    order = ["old", "near", "new", "far-29", "far-94"]
    points = index.timeline("leon")
    assert [point.issue for point in points] == order
    assert [point.near for point in points] == ["", "2018-04-29", "", "", ""]
    assert [point.has_place for point in points] == [True, True, True, False, False]
    placed = index.placed("leon")
    assert [issue for issue, *_ in placed] == order
    assert [index.placed("leon", limit) for limit in (1, 4)] == [placed[:1], placed[:4]]
    assert index.first_named("old") == index.first_named("far-29") == []


def test_what_replaces_an_issue_replaces_its_mentions(index: Index) -> None:
    index.put_issues([entry("new", "Wuhan", names=NAMES, number=3, date="2020")])
    index.remove_issues(["old"])
    assert index.totals() == {"megvii": (1, 1), "wuhan": (3, 3)}
    assert [mention.entity for mention in index.mentions("new", TEXT)] == ["wuhan"]
    assert index.mentions("old", TEXT) == ()


def test_a_catalogue_comes_back_as_it_was(index: Index) -> None:
    index.put_catalogue("k1", [LEON, WUHAN], CLAIMS)
    assert index.catalogue_key() == "k1"
    assert index.entities() == {"leon": LEON, "wuhan": WUHAN}
    assert index.entities() is index.entities()
    assert index.entity("leon") == LEON
    assert index.entity("nobody") is None
    assert index.claims_of("leon") == (CLAIMS[0], CLAIMS[2])
    assert index.claims_of("wuhan") == (CLAIMS[0],)
    index.put_catalogue("k2", [WUHAN], ())
    assert index.entities() == {"wuhan": WUHAN}
    assert index.claims_of("leon") == ()


def test_kind_asks_the_catalogue(index: Index) -> None:
    assert ids(index, "kind:place") == []
    index.put_catalogue("k1", [LEON, WUHAN], ())
    assert ids(index, "kind:place") == ["undated", "old", "digest"]
    assert ids(index, "kind:company -kind:place") == ["new"]
