from __future__ import annotations

from pathlib import Path

from tests.readme import README, written


def test_the_readme_says_what_the_code_does() -> None:
    text = README.read_text("utf-8")
    assert text == written(text), "python -m tests.readme writes the parts that are made"


def test_its_picture_is_there() -> None:
    assert (Path(README).parent / ".readme" / "reader.svg").is_file()
