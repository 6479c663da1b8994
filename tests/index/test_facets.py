from __future__ import annotations

from pathlib import Path

from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.query import Facets
from chinai_tui.text.query import parse
from tests.index.building import entry, filled

NAMES = {"Megvii": "megvii", "Leon": "leon"}


def test_the_issues_that_fit_are_counted_by_year_company_and_publication(tmp_path: Path) -> None:
    index = filled(
        tmp_path,
        entry("a", "chips Megvii Megvii", names=NAMES, date="2019-01-02"),
        entry("b", "chips Megvii Leon", names=NAMES, date="2018"),
        entry("c", "chips", names=NAMES, date=""),
        entry("d", "Leon", names=NAMES, date="2018"),
    )
    kinds = {"megvii": EntityKind.COMPANY, "leon": EntityKind.PERSON}
    index.put_catalogue("k", [Entity(each, kind, each) for each, kind in kinds.items()], [])
    found = index.facets(parse("chips"))
    outlet = index.outlets()[0]
    index.close()
    assert found == Facets(
        issues=3,
        years=(("", 1), ("2018", 1), ("2019", 1)),
        companies=(("megvii", 2),),
        outlets=((*outlet, 3),),
    )
