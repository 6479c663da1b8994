"""A thousand edits: what becomes of the passages marked before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from chinai_tui.domain.document import Document
from chinai_tui.ingest import read
from tests.annotate.edits import EDITS
from tests.annotate.trials import Outcome, Verdict, documents, run, trials

EDITS_MADE = 1_000


def check(texts: Sequence[Document]) -> None:
    """Passages that survived are found, none is moved wrongly without a word."""
    outcome = run(texts, EDITS_MADE)
    assert sum(outcome.verdicts.values()) == EDITS_MADE
    assert not outcome.verdicts[Verdict.WRONG], _told(outcome)
    assert outcome.missed <= 0.01, _told(outcome)
    # To flag every passage would be no way to be right.
    assert outcome.silent / outcome.survived >= 0.7


def _told(outcome: Outcome) -> str:
    return "\n".join(
        f"{trial.verdict(found)}: {trial.edits} {trial.passage} → {trial.left[:1]}, {found}"
        for trial, found in outcome.failures
    )


def test_made_up_texts() -> None:
    check(documents())


def test_the_real_texts(corpus: Path) -> None:
    files = sorted(corpus.glob("*.txt"))
    check([read(file.read_bytes(), file.name).document for file in files])


def test_the_trials_are_what_they_are_said_to_be() -> None:
    made = list(trials(documents(), 300, seed=1))
    assert {edit for trial in made for edit in trial.edits} == set(EDITS)
    lengths = sorted(len(trial.anchor.exact) for trial in made)
    assert lengths[15] <= 4
    assert lengths[-15] >= 600
    assert 0.85 < sum(trial.survived for trial in made) / len(made) < 1
    again = trials(documents(), 300, seed=1)
    assert [trial.new.revision for trial in made] == [trial.new.revision for trial in again]


@pytest.mark.parametrize("document", documents(), ids=["English", "mixed", "Chinese"])
def test_the_texts_are_of_the_size_of_an_issue(document: Document) -> None:
    assert 14_000 < len(document.text) < 20_000
