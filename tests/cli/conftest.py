from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chinai_tui.cli import main

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")
"""What may not reach a terminal, or a pipe."""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(home: object, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `chinai` with arguments, as the shell would."""

    def call(*arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        shown = capsys.readouterr()
        code = left.value.code
        return Outcome(code if isinstance(code, int) else 0, shown.out, shown.err)

    return call
