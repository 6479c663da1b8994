"""The user's file beside the shipped ones: what it changes, adds, switches off and excludes."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from chinai_tui.domain.entity import Alias, Exclusion
from chinai_tui.entities.catalogue import Catalogue, fault_of, ids_in, load, problem_of, problems
from chinai_tui.errors import CatalogueError
from chinai_tui.paths import bundled_library

SHIPPED = """
checked = "2026-01-31"

[[entity]]
id = "lotus"
kind = "company"
name = "Lotus AI"
han = "莲花智能"
pinyin = "Liánhuā Zhìnéng"
aliases = ["Lotus"]
note = "A firm."

[[entity]]
id = "pond"
kind = "group"
name = "Pond"

[[entity]]
id = "frog"
kind = "person"
name = "Frog"
parent = "pond"

[[claim]]
subject = "lotus"
relation = "member of"
object = "pond"

[[claim]]
subject = "frog"
relation = "heads"
object = "lotus"
"""


@pytest.fixture
def shipped(tmp_path: Path) -> list[Path]:
    file = tmp_path / "shipped.toml"
    file.write_text(SHIPPED, "utf-8")
    return [file]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "entities.toml"


def with_own(shipped: list[Path], own: Path, source: str) -> Catalogue:
    own.write_text(source, "utf-8")
    return load(shipped, own)


def fault(shipped: list[Path], own: Path, source: str) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        with_own(shipped, own, source)
    assert str(caught.value) in problems(shipped, own)
    return caught.value


def test_only_the_keys_given_replace_the_shipped_ones(shipped: list[Path], own: Path) -> None:
    before = load(shipped).entities["lotus"]
    found = with_own(shipped, own, '[[entity]]\nid = "lotus"\nnote = "Mine."\naliases = ["LA"]')
    lotus = found.entities["lotus"]
    assert (lotus.note, lotus.aliases) == ("Mine.", (Alias("LA"),))
    assert (lotus.kind, lotus.name, lotus.han, lotus.pinyin) == (
        before.kind,
        before.name,
        before.han,
        before.pinyin,
    )


def test_a_new_id_needs_kind_and_name(shipped: list[Path], own: Path) -> None:
    error = fault(shipped, own, '[[entity]]\nid = "lily"\nnote = "New."')
    assert (error.file, error.line, error.key) == (str(own), 2, "entity lily")
    assert "required field `kind`" in error.reason


def test_the_fault_of_a_changed_entity_is_told_of_the_file_that_changes_it(
    shipped: list[Path], own: Path
) -> None:
    error = fault(shipped, own, '# mine\n[[entity]]\nid = "lotus"\npinyin = "Lián"')
    assert (error.file, error.line, error.key) == (str(own), 3, "entity lotus.pinyin")


def test_an_id_twice_in_the_own_file_is_a_fault(shipped: list[Path], own: Path) -> None:
    error = fault(shipped, own, '[[entity]]\nid = "lotus"\n[[entity]]\nid = "lotus"')
    assert (error.line, error.key) == (4, "entity lotus.id")


def test_one_switched_off_is_gone_with_its_claims_and_missed_by_nobody(
    shipped: list[Path], own: Path
) -> None:
    source = '[[entity]]\nid = "pond"\noff = true\n[[alias]]\nentity = "pond"\ntext = "Pool"\n'
    source += '[[not]]\nentity = "pond"\ntext = "pond"\n'
    found = with_own(shipped, own, source)
    assert list(found.entities) == ["lotus", "frog"]
    assert found.entities["frog"].parent == ""
    assert [claim.relation for claim in found.claims] == ["heads"]
    assert found.exclusions == ()


def test_its_names_are_free_for_another(shipped: list[Path], own: Path) -> None:
    source = '[[entity]]\nid = "pond"\noff = true\n'
    source += '[[entity]]\nid = "pool"\nkind = "place"\nname = "Pond"\n'
    assert "pool" in with_own(shipped, own, source).entities


@pytest.mark.parametrize(
    ("source", "line", "key", "reason"),
    [
        ('[[entity]]\nid = "lily"\noff = true', 2, "entity lily.off", "no entity lily"),
        ('[[entity]]\nid = "pond"\noff = 1', 2, "entity pond.off", "`bool`"),
        ('[[entity]]\nid = "pond"\noff = true\nof = 1', 2, "entity pond", "`of`"),
        ('[[alias]]\nentity = "lily"\ntext = "L"', 2, "alias lily.entity", "no entity lily"),
        ('[[alias]]\ntext = "L"', 1, "alias 1", "required field `entity`"),
        ('[[alias]]\nentity = "lotus"\ntext = ""', 2, "alias lotus.text", "empty"),
        ('[[alias]]\nentity = "lotus"\ntext = "莲"', 2, "alias lotus.text", "one Chinese"),
        ('[[alias]]\nentity = "lotus"\ntext = "L"\nneeds = [""]', 2, "alias lotus.needs", "empty"),
        ('[[alias]]\nentity = "lotus"\ntext = "L"\nname = "M"', 2, "alias lotus", "`name`"),
        ('[[alias]]\nentity = "lotus"\ntext = "Frog"', 2, "alias lotus.text", "name of frog"),
        ('[[not]]\nentity = "lily"\ntext = "L"', 2, "not lily.entity", "no entity lily"),
        ('[[not]]\nentity = "lotus"\ntext = "-"', 2, "not lotus.text", "no letter"),
        ('[[not]]\nentity = "lotus"\ntext = "L"\nissue = "#9"', 2, "not lotus.issue", "not the id"),
        ('[[not]]\nentity = "lotus"\ntext = "L"\nwhere = "x"', 2, "not lotus", "`where`"),
        ("[not]\nentity = 'lotus'", 1, "not", "[[not]]"),
        ('# x\nchecked = "2026"', 2, "checked", "YYYY-MM-DD"),
        ('checked = "2026-02-30"', 1, "checked", "YYYY-MM-DD"),
        ("checked = 2026-02-03", 1, "checked", "quotation marks"),
        ("chequed = '2026-02-03'", 1, "chequed", "unknown key"),
        (
            '[[claim]]\nsubject = "lotus"\nrelation = "r"\ntext = "T"\nas_of = "May"',
            2,
            "claim lotus.as_of",
            "not a date",
        ),
    ],
)
def test_a_fault_of_the_own_file(
    shipped: list[Path], own: Path, source: str, line: int, key: str, reason: str
) -> None:
    error = fault(shipped, own, source)
    assert (error.file, error.line, error.key) == (str(own), line, key)
    assert reason in error.reason


def test_a_name_of_two_is_the_fault_of_the_own_file_whichever_comes_first(
    shipped: list[Path], own: Path
) -> None:
    error = fault(shipped, own, '[[entity]]\nid = "lotus"\naliases = ["Frog"]')
    assert (error.file, error.key) == (str(own), "entity lotus.aliases[0]")


def test_names_and_exclusions_from_outside_of_an_entity(shipped: list[Path], own: Path) -> None:
    source = """
        [[alias]]
        entity = "lotus"
        text = "LA"
        case = true
        needs = ["water"]

        [[alias]]
        entity = "lotus"
        text = "Flower"
        search_only = true

        [[not]]
        entity = "lotus"
        text = "lotus"
        issue = "chinai-9"
        before = "the white"
        after = "flower"

        [[not]]
        entity = "frog"
        text = "frog"
    """
    found = with_own(shipped, own, source)
    assert found.entities["lotus"].aliases == (
        Alias("Lotus"),
        Alias("LA", case=True, needs=("water",)),
        Alias("Flower", search_only=True),
    )
    assert found.exclusions == (
        Exclusion("lotus", "lotus", "chinai-9", "the white", "flower"),
        Exclusion("frog", "frog"),
    )


def test_the_latest_day_of_all_files_is_the_one_checked(shipped: list[Path], own: Path) -> None:
    assert load(shipped).checked == "2026-01-31"
    assert with_own(shipped, own, "checked = '2026-02-01'").checked == "2026-02-01"
    assert with_own(shipped, own, "checked = '2025-02-01'").checked == "2026-01-31"
    assert load([]).checked == ""


def test_bytes_can_be_checked_before_they_are_written(shipped: list[Path], own: Path) -> None:
    assert fault_of(b'[[alias]]\nentity = "lotus"\ntext = "LA"\n', shipped, own) is None
    error = fault_of(b'[[alias]]\nentity = "lotus"\ntext = "Pond"\n', shipped, own)
    assert error is not None
    assert (error.file, error.line) == (str(own), 2)
    assert not own.exists()


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        ('[[alias]]\nentity = "lotus"\ntext = "LA"\n', ""),
        ('[[alias]]\nentity = "lotus"\ntext = "FROG"\n', "name of frog"),
        ('[[alias]]\nentity = "lily"\ntext = "L"\n', "no entity lily"),
        ('[[entity]]\nid = "l"\nkind = "place"\nname = "lotus ai"\n', "name of lotus"),
        ('[[not]]\nentity = "lotus"\ntext = "Lotus"\n', ""),
        ("[[not]]\n[", "Invalid"),
    ],
)
def test_an_addition_is_checked_without_reading_files(
    shipped: list[Path], addition: str, reason: str
) -> None:
    told = problem_of(addition, load(shipped).entities)
    assert reason in told if reason else told == ""


def test_the_ids_in_a_file_with_other_faults(own: Path) -> None:
    assert ids_in(own) == set()
    own.write_text('[[entity]]\nid = "a"\noff = true\n[[entity]]\nid = "b"\nhue = 1\n', "utf-8")
    assert ids_in(own) == {"a", "b"}
    own.write_text("[[", "utf-8")
    assert ids_in(own) == set()


def test_the_examples_of_the_page_on_entities_are_sound(tmp_path: Path) -> None:
    page = (bundled_library() / "entities" / "README.md").read_text("utf-8")
    shown, _, own_shown = page.partition("## Your own file")
    examples = re.compile(r"(?:^(?: {4}.*)?\n)+", re.MULTILINE)
    tables = [dedent(each) for each in examples.findall(shown) if each.strip()]
    # The day stands above the first table of a file; who else is spoken of is in another one.
    tables.sort(key=lambda each: "checked = " not in each.strip().partition("\n")[0])
    spoken_of = "".join(
        f'[[entity]]\nid = "{each}"\nkind = "group"\nname = "{each}"\n'
        for each in ("pond", "entity-list")
    )
    (tmp_path / "shipped.toml").write_text("".join((*tables, spoken_of)), "utf-8")
    own = tmp_path / "own.toml"
    own.write_text("".join(map(dedent, examples.findall(own_shown))), "utf-8")
    found = load([tmp_path / "shipped.toml"], own)
    assert list(found.entities) == ["lotus", "entity-list"]
    assert (found.entities["lotus"].city, found.checked) == ("wuhan", "2026-11-22")
    assert [each.relation for each in found.claims] == ["raised", "entity list"]
    assert len(found.exclusions) == 1
