from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.export.people import Name, parse
from chinai_tui.text.sanitise import clean_line


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jeffrey Ding", Name("Ding", "Jeffrey")),
        ("Ann B. Example", Name("Example", "Ann B.")),
        ("Example, Ann", Name("Example", "Ann")),
        ("Otto von der Lippe", Name("Lippe", "Otto", "von der")),
        ("María de la Cruz", Name("Cruz", "María", "de la")),
        ("Émile d'Île-Verte", Name("d'Île-Verte", "Émile")),
        ("bell hooks", Name("hooks", "bell")),
        ("Max Muster Jr.", Name("Muster", "Max", suffix="Jr.")),
        ("Max Muster, III", Name("Muster", "Max", suffix="III")),
    ],
)
def test_a_name_is_taken_apart(text: str, name: Name) -> None:
    assert parse(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Example",
        "示例作者",
        "Анна Иванова",
        "Lin Zhongxiang",
        "Ouyang Wei",
        "Institute for Cranes",
        "ModelWorks, Inc.",
        "Q & A",
        "Team Seven",
        "Ann and Bo",
        "Ann Example [示例]",
        "",
    ],
)
def test_a_name_whose_parts_nobody_can_tell_stays_whole(text: str) -> None:
    assert parse(text) == Name(text)


def test_initials() -> None:
    assert parse("Jean-Luc J.R. Example").initials == "J.-L. J. R."
    assert parse("bell hooks").initials == "b."
    assert parse("示例作者").initials == ""


@given(st.text(max_size=40))
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    name = parse(text)
    parts = (name.family, name.given, name.particle, name.suffix)
    assert sorted("".join(parts).replace(" ", "")) == sorted(
        clean_line(text).replace(" ", "").replace(",", "" if not name.is_whole else ",")
    )
