"""What stands beside an answer: counts that narrow the query. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.query import Facets
from chinai_tui.ui.widgets.facet_list import Facet

YEARS = 12
"""Years that are told, the latest ones."""
OUTLETS = 8


def rows(found: Facets, names: Mapping[str, Entity]) -> list[Facet]:
    """Years in order, companies and publications by the number of issues.

    `names` gives the companies by their ids.
    """
    years = [
        Facet(year or "undated", count, f"year:{year}" if year else "", drawn=True)
        for year, count in found.years[-YEARS:]
    ]
    companies = [
        Facet(names[each].name, count, f"company:{each}", "company")
        for each, count in found.companies
        if each in names
    ]
    outlets = [
        Facet(title, count, f"pub:{outlet}") for outlet, title, count in found.outlets[:OUTLETS]
    ]
    tables = (("year", years), ("company", companies), ("publication", outlets))
    told: list[Facet] = []
    for heading, table in tables:
        if table:
            told += [Facet(""), Facet(heading), *table]
    return told[1:]
