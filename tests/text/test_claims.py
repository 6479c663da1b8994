from __future__ import annotations

import pytest

from chinai_tui.domain.entity import Claim, Entity, EntityKind
from chinai_tui.text.claims import sentence, speaker

ENTITIES = {
    each: Entity(each, EntityKind.COMPANY, each.title()) for each in ("lamps", "fund", "quay")
}


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (Claim("lamps", "raised", text="The firm raised a sum."), "The firm raised a sum."),
        (Claim("lamps", "supplies", "quay", value="10 lamps"), "supplies Quay 10 lamps"),
        (Claim("lamps", "supplies", "nobody-known"), "supplies nobody-known"),
        (Claim("fund", "invested in", "lamps", text="It put money in."), "Fund: It put money in."),
        (Claim("fund", "invested in", "lamps", text="FUND put money in."), "FUND put money in."),
        (Claim("nobody-known", "sued", "lamps"), "sued Lamps"),
    ],
)
def test_a_claim_in_words(claim: Claim, told: str) -> None:
    assert sentence(claim, ENTITIES, "lamps") == told


@pytest.mark.parametrize(
    ("said_by", "who"),
    [
        ("Ann Quay for Port Times, reposted by The Pier", "Ann Quay for Port Times"),
        ("Ann Quay, in Cranes #9", "Ann Quay"),
        ("Bo Crane, Cranes #9", ""),
        ("Bo Crane, Cranes #9, from an article on lamps", ""),
        ("Show notes of The Pier", ""),
        ("its report", "its report"),
        ("", ""),
    ],
)
def test_whose_words_are_told_where_they_are_not_the_authors(said_by: str, who: str) -> None:
    assert speaker(Claim("lamps", "raised", said_by=said_by), "The Pier") == who
