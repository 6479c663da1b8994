from __future__ import annotations

import pytest

from chinai_tui.entities.standing import Standing, standing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we saw Roe there", Standing.ALONE),
        ("Roe left", Standing.ALONE),
        ("In Roe’s view", Standing.ALONE),
        ("told Dr. Roe", Standing.ALONE),
        ("as Chief Executive Roe said", Standing.ALONE),
        ("the CEO Roe", Standing.ALONE),
        ("at the Co. Roe", Standing.ALONE),
        ("on Monday Roe said", Standing.ALONE),
        ("their Roe IPO", Standing.ALONE),
        ("Roe, Jane", Standing.ALONE),
        ("met Jane Roe", Standing.JOINED),
        ("met J. Roe", Standing.JOINED),
        ("the Roe Foundation", Standing.JOINED),
        ("a Roe-Doe paper", Standing.UNSURE),
        ("a non-Roe paper", Standing.UNSURE),
        ("Yes. Jane Roe", Standing.JOINED),
        ("Yes. Citing Roe", Standing.UNSURE),
        ("Jane Roe", Standing.JOINED),
        ("Surprisingly Roe left", Standing.UNSURE),
        ("The Great Court Hears Roe Again Today", Standing.UNSURE),
    ],
)
def test_standing(text: str, expected: Standing) -> None:
    at = text.index("Roe")
    assert standing(text, at, at + 3, (), ()) is expected


def test_known_names_beside_it_do_not_join() -> None:
    text = "x Acme Roe Corp"
    assert standing(text, 7, 10, (), ()) is Standing.JOINED
    assert standing(text, 7, 10, {11}, {6}) is Standing.ALONE


def test_the_line_before_does_not_join() -> None:
    text = "by Jane\nRoe left"
    assert standing(text, 8, 11, (), ()) is Standing.ALONE
