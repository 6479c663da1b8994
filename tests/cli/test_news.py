from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.paths import Paths
from tests.cli.conftest import Run


def test_what_came_in_is_told_with_its_takeaways(run: Run, text_file: Path) -> None:
    run("import", str(text_file))
    out = run("news").out
    assert "#94" in out
    assert "  - The laboratory of SenseTime" in out
    data = run("news", "--json").json
    told = next(each for each in data["issues"] if each["number"] == 94)
    assert len(told["points"]) == 2
    assert run("news", "--since", "3w").code == 0


@pytest.mark.parametrize("since", ["2999", "2999-01-02"])
def test_nothing_new_is_said(run: Run, since: str) -> None:
    outcome = run("news", "--since", since)
    assert (outcome.code, outcome.out) == (1, "")
    assert "nothing new since 2999-01-" in outcome.err


def test_a_span_that_cannot_be_read_is_wrong_use(run: Run) -> None:
    outcome = run("news", "--since", "lately")
    assert outcome.code == 2
    assert "a span such as 3w" in outcome.err


def test_what_is_hidden_is_said(run: Run) -> None:
    count = len(run("list", "is:unread", "--json").json["issues"])
    err = run("news", "--since", "2999").err
    assert f"{count} older unread ones hidden; --since reaches further back" in err
    assert "hidden" not in run("news", "--all").err


def test_a_text_that_cannot_be_read_is_named_and_the_others_are_told(
    run: Run, text_file: Path, paths: Paths
) -> None:
    run("import", str(text_file))
    (file,) = (paths.data / "documents" / "chinai-94").glob("text-*")
    file.write_bytes(b"no text")
    outcome = run("news")
    assert "its text cannot be read" in outcome.out
    assert "#29" in outcome.out
    assert outcome.code == 0
    assert "chinai-94" in outcome.err
