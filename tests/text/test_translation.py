from __future__ import annotations

import pytest

from chinai_tui.text.translation import full_translation
from tests.text.building import document

SHARED = "https://docs.google.com/document/d/1a2b/edit"
OTHER = "https://a.example/original"


def target(*rows: str) -> str:
    span = full_translation(document(*rows))
    return span.target if span else ""


@pytest.mark.parametrize(
    "label",
    [
        ": FULL TRANSLATION",
        "# Full translations",
        ": Read the full translation",
        ": READ full translation",
    ],
)
def test_the_shared_document_in_the_label(label: str) -> None:
    assert target(f"[early]({SHARED}9)", f"{label}: [A made-up title]({SHARED})") == SHARED


def test_the_shared_document_may_stand_further_on() -> None:
    rows = (": Full Translation: about chips", f"see [it]({OTHER})", f"and [that]({SHARED})")
    assert target(*rows) == SHARED
    assert target(*rows[:2], "[d](https://drive.google.com/file/d/1)").endswith("/d/1")


def test_else_the_first_link_in_or_behind_a_label() -> None:
    assert target(f": Full translation: [title]({OTHER})", f"[b]({OTHER}/b)") == OTHER
    assert target("# Full translation", f"[b]({OTHER}/b)", f"[c]({OTHER}/c)") == f"{OTHER}/b"
    assert target("# Full translation", "x", ": Full translation", f"[c]({OTHER})") == OTHER
    assert target("# Full translation", "nothing here", f"[c]({OTHER})") == ""


def test_without_a_label_or_a_link_there_is_none() -> None:
    assert target(f"A full translation is [here]({SHARED})") == ""
    assert target(f"Full translation in a paragraph: [here]({SHARED})") == ""
    assert target(f"[early]({SHARED})", ": Full translation: later") == ""
    assert target() == ""
