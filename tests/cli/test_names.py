from __future__ import annotations

import pytest

from chinai_tui.cli.names import counted


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 texts"), (1, "1 text"), (2, "2 texts"), (5000, "5,000 texts")]
)
def test_a_number_goes_with_its_noun(count: int, told: str) -> None:
    assert counted(count, "text") == told


def test_a_plural_without_an_s() -> None:
    assert counted(1, "entity", "entities") == "1 entity"
    assert counted(2, "entity", "entities") == "2 entities"
