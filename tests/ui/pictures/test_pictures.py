"""The reader's text looks as in the pictures beside this file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ui.pictures.scene import LOOKS, picture

FOLDER = Path(__file__).parent
LARGEST = 30_000
"""Bytes of a picture."""


@pytest.mark.parametrize("look", LOOKS)
async def test_the_text_looks_as_it_did(look: str, tmp_path: Path) -> None:
    kept = FOLDER / f"reader-{look}.svg"
    found = tmp_path / kept.name
    found.write_text(await picture(look), "utf-8")
    # The whole difference of two pictures would tell less than a look at both.
    same = found.read_text("utf-8") == kept.read_text("utf-8")
    assert same, f"{found} is not {kept}; if it should be: python -m tests.ui.pictures"


@pytest.mark.parametrize("look", LOOKS)
def test_pictures_are_small_and_ask_nobody_for_anything(look: str) -> None:
    kept = (FOLDER / f"reader-{look}.svg").read_text("utf-8")
    assert len(kept.encode("utf-8")) < LARGEST
    assert re.findall(r"\w+://[^\"]*", kept) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|@font-face|href", kept)
