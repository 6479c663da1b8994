"""Which catalogue issues were marked with, and mentions written anew."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.domain.entity import Entity, EntityKind, Exclusion, Mention
from chinai_tui.index import Index, IssueEntry
from chinai_tui.index import entities as _entities
from tests.index.building import DIGEST, TEXT, document, entry, filled

LOTUS = Entity("lotus", EntityKind.COMPANY, "Lotus")
LILY = Entity("lily", EntityKind.COMPANY, "Lily")
ROWS = ("= On ponds", "Lotus met Lily. Lotus left.", "! Lotus is advertised")


def marked(key: str, *names: str, issue: str = "a") -> IssueEntry:
    made = entry(issue, *ROWS, names={name: name.lower() for name in names})
    return replace(made, catalogue=key)


def counts(index: Index) -> dict[str, tuple[int, int]]:
    return index.totals()


def test_issues_wait_until_they_are_marked_with_the_catalogue(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    assert not index.is_behind()
    index.put_catalogue("k1", [LOTUS], ())
    index.put_issues([marked("k1", "Lotus"), marked("k1", "Lotus", issue="b")])
    assert not index.is_behind()
    index.put_catalogue("k2", [LOTUS, LILY], ())
    assert index.is_behind()
    assert set(index.behind()) == {"a", "b"}
    index.put_mentions([marked("k2", "Lotus", "Lily")])
    assert index.behind() == ["b"]
    assert counts(index) == {"lotus": (4, 2), "lily": (1, 1)}
    index.put_mentions([marked("k2", "Lotus", "Lily", issue="b")])
    assert not index.is_behind()


def test_those_marked_with_an_earlier_catalogue_are_right_when_it_returns(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    index.put_catalogue("k1", [LOTUS], ())
    index.put_issues([marked("k1", "Lotus"), marked("k1", "Lotus", issue="b")])
    index.put_catalogue("k2", [LOTUS, LILY], ())
    index.put_mentions([marked("k2", "Lily")])
    index.put_catalogue("k1", [LOTUS], ())
    assert index.behind() == ["a"]


def test_who_is_no_longer_known_is_named_nowhere(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    index.put_catalogue("k1", [LOTUS, LILY], ())
    index.put_issues([marked("k1", "Lotus", "Lily"), marked("k1", "Lily", issue="b")])
    since = index.generation()
    index.put_catalogue("k2", [LILY], ())
    assert counts(index) == {"lily": (2, 2)}
    assert [each.entity for each in index.mentions("a", TEXT)] == ["lily"]
    assert index.touched(since) == {"a"}
    index.put_catalogue("k1", [LOTUS, LILY], ())
    assert index.behind() == ["a"]


def test_parts_have_no_issue_in_common_and_leave_none_out(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    index.put_issues(entry(f"i{number}", *ROWS, number=number) for number in range(7))
    index.put_catalogue("k1", [LOTUS], ())
    parts = [index.behind(part, 2) for part in range(2)]
    assert sorted(parts[0] + parts[1]) == [f"i{number}" for number in range(7)]
    assert len(index.behind(limit=3)) == 3
    assert index.behind(limit=1) == ["i6"]


def test_only_mentions_and_what_differs_of_them_are_written(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", *ROWS, names={"Lotus": "lotus"}))
    index.put_catalogue("k1", [LOTUS, LILY], ())
    since = index.generation()
    index.put_mentions([marked("k1", "Lotus")])
    assert index.touched(since) == frozenset()
    index.put_mentions([marked("k1", "Lily")])
    assert index.touched(since) == {"a"}
    assert index.mentions("a", TEXT) == (Mention("lily", 19, 23, "Lily"),)
    assert index.entity_counts("a", TEXT) == [("lily", 1, 19)]


def test_only_main_documents_are_counted(tmp_path: Path) -> None:
    digest = document("= D", "Lotus")
    made = entry("a", *ROWS, digest=digest, names={"Lotus": "lotus"})
    index = filled(tmp_path, made)
    assert counts(index) == {"lotus": (2, 1)}
    index.put_mentions([replace(made, mentions={DIGEST: made.mentions[DIGEST]})])
    assert counts(index) == {}
    assert len(index.mentions("a", DIGEST)) == 1


def test_an_issue_that_has_changed_or_gone_meanwhile_is_passed_over(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", *ROWS, names={"Lotus": "lotus"}))
    index.put_catalogue("k1", [LOTUS, LILY], ())
    other = entry("a", "= Other", "Lily", names={"Lily": "lily"})
    index.put_mentions([other, marked("k1", "Lily", issue="gone")])
    assert [each.entity for each in index.mentions("a", TEXT)] == ["lotus", "lotus", "lotus"]
    assert index.behind() == ["a"]


def test_a_catalogue_has_exclusions_and_a_day(tmp_path: Path) -> None:
    index = Index(tmp_path / "index.sqlite3")
    assert (index.catalogue()[2], index.checked()) == ((), "")
    exclusions = (Exclusion("lotus", "lotus", "a", "the", "flower"), Exclusion("lily", "lily"))
    index.put_catalogue("k1", [LOTUS], (), exclusions, "2026-01-31")
    assert (index.catalogue()[2], index.checked()) == (exclusions, "2026-01-31")
    index.put_catalogue("k2", [LOTUS], ())
    assert (index.catalogue()[2], index.checked()) == ((), "")


def test_key_entities_and_exclusions_are_of_one_catalogue(tmp_path: Path) -> None:
    index, other = Index(tmp_path / "index.sqlite3"), Index(tmp_path / "index.sqlite3")
    index.put_catalogue("k1", [LOTUS], (), (Exclusion("lotus", "lotus"),))
    read = _entities.entities

    def meanwhile(connection: sqlite3.Connection) -> dict[str, Entity]:
        other.put_catalogue("k2", [LOTUS, LILY], ())
        return read(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_entities, "entities", meanwhile)
        assert index.catalogue() == ("k1", {"lotus": LOTUS}, (Exclusion("lotus", "lotus"),))
        other.put_catalogue("k1", [LOTUS], ())
        assert set(index.entities()) == {"lotus"}
    assert set(index.entities()) == {"lotus", "lily"}
