"""What `chinai cite` prints, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import bibtexparser
import pytest
from citeproc.source.json import CiteProcJSON

from chinai_tui.export.styles import STYLES

Run = Callable[..., Any]


def test_an_issue_is_cited_in_the_style_that_is_set(run: Run) -> None:
    shown = run("cite", "94")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Jeffrey Ding, “ChinAI #94: ")
    run("config", "citation_style", "apa")
    assert run("cite", "94").out.startswith("Ding, J. (")


@pytest.mark.parametrize("style", STYLES)
def test_every_style(run: Run, style: str) -> None:
    shown = run("cite", "94", "--style", style)
    assert shown.code == 0
    assert "94" in shown.out
    assert run("cite", "94", "--style", style).out == shown.out


def test_forms_that_programs_read(run: Run) -> None:
    (entry,) = bibtexparser.parse_string(run("cite", "94", "--style", "bibtex").out).entries
    items = CiteProcJSON(json.loads(run("cite", "94", "--style", "csl").out))
    assert list(items) == [entry.key]
    assert f"ID  - {entry.key}\n" in run("cite", "94", "--style", "ris").out


def test_a_translation(run: Run) -> None:
    shown = run("cite", "94", "--translation")
    assert shown.out.startswith("Original author unconfirmed, trans. Jeffrey Ding, in “ChinAI #94")
    assert shown.err == "chinai-94: its text does not tell what it translates\n"


def test_json(run: Run) -> None:
    told = run("cite", "94", "--style", "apa", "--json").json
    assert (told["format"], told["issue"], told["style"]) == ("chinai/citation", "chinai-94", "apa")
    assert told["citation"].startswith("Ding, J. (")


def test_what_is_not_there_and_what_is_not_a_style(run: Run) -> None:
    none = run("cite", "9999")
    assert (none.code, none.out) == (1, "")
    assert run("cite", "94", "--style", "telepathy").code == 2
    assert run("cite").code == 2
    assert run("config", "citation_style", "telepathy").code == 3
