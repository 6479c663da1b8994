from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.entities.catalogue import load, problems
from chinai_tui.entities.tables import SIZE_LIMIT
from chinai_tui.errors import CatalogueError

LOTUS = """
[[entity]]
id = "lotus"
kind = "company"
name = "Lotus AI"
"""


def write(folder: Path, *sources: str | bytes) -> list[Path]:
    files = []
    for number, source in enumerate(sources):
        path = folder / f"{number}.toml"
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        files.append(path)
    return files


def fault(folder: Path, *sources: str | bytes) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        load(write(folder, *sources))
    return caught.value


def test_every_field_is_read(tmp_path: Path) -> None:
    source = """
        [[entity]]
        id = "pond"
        kind = "place"
        name = "Pond"

        [[entity]]
        id = "lotus"
        kind = "company"
        name = "Lotus AI"
        han = "莲花智能"
        hant = "蓮花智能"
        pinyin = "Liánhuā Zhìnéng"
        aliases = ["莲花", { text = "LA", case = true, needs = ["lake"], search_only = true }]
        parent = "pond"
        city = "pond"
        homepage = "https://lotus.example/"
        note = "A firm."
        case = true
        needs = ["water"]
        checked = "https://lotus.example/name"

        [[claim]]
        subject = "lotus"
        relation = "located in"
        object = "pond"
        value = "49 %"
        text = "Lotus lies in the pond."
        said_by = "Lotus"
        as_of = "2018"
        until = "2019-06"
        status = "own claim"
        issue = "chinai-900"
        passage = "Ponds"
    """
    catalogue = load(write(tmp_path, source))
    assert list(catalogue.entities) == ["pond", "lotus"]
    assert catalogue.entities["lotus"] == Entity(
        id="lotus",
        kind=EntityKind.COMPANY,
        name="Lotus AI",
        han="莲花智能",
        hant="蓮花智能",
        pinyin="Liánhuā Zhìnéng",
        aliases=(
            Alias("莲花"),
            Alias("LA", case=True, needs=("lake",), search_only=True),
        ),
        parent="pond",
        city="pond",
        homepage="https://lotus.example/",
        note="A firm.",
        case=True,
        needs=("water",),
        checked="https://lotus.example/name",
    )
    assert catalogue.claims == (
        Claim(
            subject="lotus",
            relation="located in",
            object="pond",
            value="49 %",
            text="Lotus lies in the pond.",
            said_by="Lotus",
            as_of="2018",
            until="2019-06",
            status=ClaimStatus.OWN,
            issue="chinai-900",
            passage="Ponds",
        ),
    )


def test_claims_may_speak_of_entities_of_other_files(tmp_path: Path) -> None:
    claim = '[[claim]]\nsubject = "lotus"\nrelation = "raised"\nvalue = "1 RMB"\n'
    catalogue = load(write(tmp_path, claim, LOTUS))
    assert [claim.value for claim in catalogue.claims] == ["1 RMB"]


def test_no_files_are_an_empty_catalogue() -> None:
    assert (dict(load([]).entities), load([]).claims) == ({}, ())


def test_the_users_own_entities_replace_and_add(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(LOTUS.replace("Lotus AI", "Lotus") + LOTUS.replace("otus", "ily"))
    catalogue = load(write(tmp_path, LOTUS), own)
    names = {id_: entity.name for id_, entity in catalogue.entities.items()}
    assert names == {"lotus": "Lotus", "lily": "Lily AI"}


def test_the_users_own_file_may_be_missing(tmp_path: Path) -> None:
    assert list(load(write(tmp_path, LOTUS), tmp_path / "own.toml").entities) == ["lotus"]


def test_strings_are_cleaned(tmp_path: Path) -> None:
    source = LOTUS.replace("Lotus AI", "Lo\\u001b[31mtus \\n \\u202eAI")
    assert load(write(tmp_path, source)).entities["lotus"].name == "Lotus AI"


ENTITY_FAULTS = [
    # the line added to an entity whose id is in line 3, the key, words of the reason
    ("colour = 'red'", "entity lotus", "unknown field `colour`"),
    ("han = 5", "entity lotus.han", "Expected `str`, got `int`"),
    ("note = 2018-05-01", "entity lotus.note", "Expected `str`"),
    ("aliases = 'Lo'", "entity lotus.aliases", "Expected `array`"),
    ("aliases = ['L', 3]", "entity lotus.aliases[1]", "got `int`"),
    ("aliases = ['Lo', '']", "entity lotus.aliases[1]", "empty"),
    ("aliases = ['++']", "entity lotus.aliases[0]", "no letter"),
    ("aliases = ['莲']", "entity lotus.aliases[0]", "one Chinese character"),
    ("aliases = [{ case = true }]", "entity lotus.aliases[0]", "required field `text`"),
    ("aliases = [{ text = 'Lo', case = 1 }]", "entity lotus.aliases[0].case", "`bool`"),
    ("aliases = [{ text = 'Lo', cases = true }]", "entity lotus.aliases[0]", "`cases`"),
    ("aliases = [{ text = 'Lo', needs = [''] }]", "entity lotus.aliases[0].needs", "empty"),
    ("needs = ['a', ' ']", "entity lotus.needs", "empty"),
    ("han = 'Lotus'", "entity lotus.han", "no Chinese character"),
    ("hant = '蓮'", "entity lotus.hant", "one Chinese character"),
    ("homepage = 'javascript:alert(1)'", "entity lotus.homepage", "not a link"),
    ("checked = 'Wikipedia'", "entity lotus.checked", "neither the address"),
    ("checked = 'mailto:a@b.example'", "entity lotus.checked", "neither the address"),
    ("checked = 'https://a b'", "entity lotus.checked", "neither the address"),
    ("pinyin = 'Liánhuā'", "entity lotus.pinyin", "of no name"),
    ("han = '莲花'\npinyin = 'Lián'", "entity lotus.pinyin", "1 syllables for 2 characters"),
    ("han = '西安'\npinyin = 'Xīān'", "entity lotus.pinyin", "mind the apostrophes"),
    ("parent = 'pond'", "entity lotus.parent", "there is no entity pond"),
    ("parent = 'lotus'", "entity lotus.parent", "circle"),
]


@pytest.mark.parametrize(("line", "key", "reason"), ENTITY_FAULTS)
def test_a_fault_in_an_entity_names_file_line_and_key(
    tmp_path: Path, line: str, key: str, reason: str
) -> None:
    error = fault(tmp_path, LOTUS + line)
    assert (error.file, error.line, error.key) == (str(tmp_path / "0.toml"), 3, key)
    assert reason in error.reason


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('kind = "company"', 'kind = "firm"', "entity lotus.kind", "firm"),
        ('kind = "company"', "", "entity lotus", "required field `kind`"),
        ('name = "Lotus AI"', "", "entity lotus", "required field `name`"),
        ('name = "Lotus AI"', 'name = " "', "entity lotus.name", "empty"),
        ('id = "lotus"', 'id = "Lotus!"', "entity Lotus!.id", "small letters"),
        ('id = "lotus"', "id = 7", "entity 1.id", "got `int`"),
    ],
)
def test_a_fault_in_a_required_key(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    error = fault(tmp_path, LOTUS.replace(old, new))
    assert (error.line, error.key) == (3, key)
    assert reason in error.reason


def test_an_entity_without_id_is_told_by_its_header_and_number(tmp_path: Path) -> None:
    error = fault(tmp_path, LOTUS + '[[entity]]\nkind = "place"\nname = "Pond"')
    assert (error.line, error.key) == (6, "entity 2")
    assert "`id`" in error.reason


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    error = fault(tmp_path, LOTUS, "# more\n" + LOTUS)
    assert (error.file, error.line) == (str(tmp_path / "1.toml"), 4)
    assert f"{tmp_path / '0.toml'}:3" in error.reason


@pytest.mark.parametrize(
    ("addition", "key"),
    [
        ("aliases = ['lotus-ai']", ""),
        ("aliases = ['Lily', 'LOTUS AI']", "entity lily.aliases[1]"),
        ("aliases = [{ text = 'LOTUS AI', case = true }]", "entity lily.aliases[0]"),
        ("aliases = [{ text = 'LOTUS AI', search_only = true }]", ""),
        ("aliases = ['蓮花']", "entity lily.aliases[0]"),
    ],
)
def test_a_name_of_two_entities(tmp_path: Path, addition: str, key: str) -> None:
    files = LOTUS + "han = '莲花'", LOTUS.replace("otus", "ily") + addition
    if not key:
        assert len(load(write(tmp_path, *files)).entities) == 2
        return
    error = fault(tmp_path, *files)
    assert (Path(error.file).name, error.line, error.key) == ("1.toml", 3, key)
    assert "lotus" in error.reason


def test_names_that_insist_on_different_capitals_may_be_of_two(tmp_path: Path) -> None:
    upper = LOTUS.replace("Lotus AI", "LOTUS") + "case = true"
    lower = LOTUS.replace("lotus", "flower").replace("Lotus AI", "Lotus") + "case = true"
    assert len(load(write(tmp_path, upper, lower)).entities) == 2


def test_parents_in_a_circle(tmp_path: Path) -> None:
    files = [
        LOTUS.replace("lotus", name).replace("Lotus", name) + f"parent = '{parent}'"
        for name, parent in (("a", "b"), ("b", "c"), ("c", "b"))
    ]
    error = fault(tmp_path, *files)
    assert error.key.endswith(".parent")
    assert "circle" in error.reason


CLAIM = '[[claim]]\nsubject = "lotus"\nrelation = "raised"\ntext = "Much."\n'


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('"lotus"', '"lily"', "claim lily.subject", "there is no entity lily"),
        ('"lotus"', '""', "claim 1.subject", "missing"),
        ('text = "Much."', 'object = "lily"', "claim lotus.object", "there is no entity lily"),
        ('text = "Much."', "", "claim lotus.object", "needs"),
        ('text = "Much."', 'text = "M"\nstatus = "sure"', "claim lotus.status", "sure"),
        ('text = "Much."', 'text = "M"\nsource = "x"', "claim lotus", "`source`"),
        ('text = "Much."', 'text = "M"\nissue = "#94"', "claim lotus.issue", "not the id"),
        ('relation = "raised"', "", "claim lotus", "`relation`"),
        ('relation = "raised"', 'relation = ""', "claim lotus.relation", "missing"),
    ],
)
def test_a_fault_in_a_claim(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    error = fault(tmp_path, LOTUS + CLAIM.replace(old, new))
    assert (error.line, error.key) == (7, key)
    assert reason in error.reason


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        (b"a = 1\nb = = 2\n", 2, "Invalid value"),
        (b"\xff", 1, "UTF-8"),
        (b"# fine\n# \xe4", 2, "UTF-8"),
        (b"a = " + b"[" * 50_000, 1, "nested too deeply"),
        (b"# x\n" + b".".join([b"a"] * 20_000) + b" = 1", 2, "dots"),
        (b"a = " + b"9" * 5_000, 1, "limit"),
        (b"entities = 1", 1, "unknown key"),
        (b"[entity]\nid = 'lotus'", 1, "[[entity]]"),
        (b"claim = 5", 1, "[[claim]]"),
        (b"entity = [5]", 1, "object"),
        (b"#" * (SIZE_LIMIT + 1), 1, "larger"),
        (b"id = 'cut", 1, "expected"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, source: bytes, line: int, reason: str) -> None:
    began = time.process_time()
    error = fault(tmp_path, source)
    assert error.line == line
    assert reason.lower() in error.reason.lower()
    assert time.process_time() - began < 2


@pytest.mark.parametrize("depth", [50, 300, 900])
def test_a_list_nested_as_deep_as_the_parser_allows_is_a_fault(tmp_path: Path, depth: int) -> None:
    error = fault(tmp_path, LOTUS + "aliases = " + "[" * depth + "]" * depth)
    assert error.key in ("entity lotus.aliases[0]", "file")


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load([tmp_path / name])
    assert caught.value.reason == "not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(CatalogueError):
        load([tmp_path / "pipe.toml"])


def test_a_byte_order_mark_and_other_line_ends_are_fine(tmp_path: Path) -> None:
    source = b"\xef\xbb\xbf" + LOTUS.replace("\n", "\r\n").encode()
    assert list(load(write(tmp_path, source)).entities) == ["lotus"]


LINES = st.sampled_from(
    [
        "[[entity]]",
        "[[claim]]",
        "[[alias]]",
        "[[not]]",
        'entity = "a"',
        'text = "T"',
        "off = true",
        'checked = "2026-01-31"',
        "[entity]",
        "[[entity.aliases]]",
        'id = "a"',
        'id = "b"',
        "id = ''",
        'kind = "person"',
        "kind = 1",
        'name = "A"',
        'name = "B"',
        "aliases = ['C', {text = 'D'}]",
        "aliases = [[]]",
        'subject = "a"',
        'relation = "heads"',
        'object = "b"',
        "parent = 'b'",
        "'' = '[[entity]]'",
        "note = '''",
        "'''",
        "\x00",
    ]
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LINES, max_size=12))
def test_any_file_is_a_catalogue_or_a_catalogue_error(tmp_path: Path, lines: list[str]) -> None:
    files = write(tmp_path, "\n".join(lines))
    error = None
    try:
        catalogue = load(files)
    except CatalogueError as caught:
        error = caught
    if error is None:
        assert all(id_ == entity.id for id_, entity in catalogue.entities.items())
    else:
        assert 1 <= error.line <= len(lines) + 1
        assert str(error).startswith(f"{files[0]}:{error.line}: ")


@pytest.mark.parametrize(
    ("han", "pinyin"),
    [
        ("西安", "Xī'ān"),
        ("小鸥", "Xiǎo'ōu"),
        ("菲律宾", "Fēilǜbīn"),
        ("芝麻", "Zhīma"),
        ("俄罗斯二", "Éluósī èr"),
        ("计划2025", "Jìhuà 2025"),
        ("AI四小龙", "AI Sì Xiǎolóng"),
    ],
)
def test_pinyin_that_fits_its_characters(tmp_path: Path, han: str, pinyin: str) -> None:
    files = write(tmp_path, LOTUS + f'han = "{han}"\npinyin = "{pinyin}"\n')
    assert problems(files) == []


@pytest.mark.parametrize("checked", ["chinai-94", "http://a.example/", "https://a.example/?b=c"])
def test_a_name_is_checked_at_a_page_or_in_an_issue(tmp_path: Path, checked: str) -> None:
    files = write(tmp_path, LOTUS + f'checked = "{checked}"\n')
    assert load(files).entities["lotus"].checked == checked


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    entity = '[[entity]]\nid = "{}"\nkind = "place"\nname = "{}"\n{}\n'.format
    files = write(
        tmp_path,
        entity("a", "A", "colour = 'red'") + entity("b", "B", "") + entity("b", "B two", ""),
        entity("c", "b", "parent = 'd'")
        + entity("d", "D", "parent = 'c'")
        + entity("e", "E", "parent = 'a'")
        + entity("f", "F", "parent = 'nobody'")
        + entity("g", "G", "parent = 'c'")
        + entity("h", "H", "han = '莲花'\npinyin = 'Lián'")
        + CLAIM,
        "oops",
    )
    told = [line.removeprefix(str(tmp_path) + os.sep) for line in problems(files)]
    keys = [line.split(": ")[:2] for line in told]
    assert keys == [
        ["0.toml:2", "entity a"],
        ["0.toml:12", "entity b.id"],
        ["1.toml:27", "entity h.pinyin"],
        ["2.toml:1", "file"],
        ["1.toml:2", "entity c.parent"],
        ["1.toml:7", "entity d.parent"],
        ["1.toml:17", "entity f.parent"],
        ["1.toml:2", "entity c.name"],
        ["1.toml:33", "claim lotus.subject"],
    ]
    assert "there are id, kind, name" in told[0]
    assert "take it from one of them" in told[7]


def test_a_sound_catalogue_has_no_problems(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(LOTUS.replace("Lotus AI", "Lotus"))
    files = write(tmp_path, LOTUS)
    assert problems(files, own) == []
    own.write_text(LOTUS + "han = 5")
    assert len(problems(files, own)) == 1
