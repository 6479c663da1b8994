from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

import chinai_tui
from chinai_tui.ingest.turns import LONGEST_REST, LONGEST_WAIT, SPACING, Turns

ROOT = Path(chinai_tui.__path__[0]).parent
NOW = 1_600_000_000.0

TAKING = """
import sys
from pathlib import Path
from chinai_tui.ingest.turns import Turns

turns = Turns(Path(sys.argv[1]))
for _ in range(10):
    print(turns.take("a.example", 1_600_000_000.0))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "asked.json"


def test_each_waits_for_those_before_it(file: Path) -> None:
    first, second = Turns(file), Turns(file)
    assert [first.take("a.example", NOW), second.take("a.example", NOW)] == [0, SPACING]
    assert first.take("b.example", NOW) == 0
    assert first.take("a.example", NOW + 1) == 2 * SPACING - 1
    assert second.take("a.example", NOW + 100) == 0


def test_no_two_programs_or_threads_have_the_same_turn(file: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", TAKING, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    turns = Turns(file)
    with ThreadPoolExecutor(4) as threads:
        taken = [*threads.map(lambda _: turns.take("b.example", NOW), range(20))]
    told = [float(line) for each in programs for line in each.communicate()[0].split()]
    for waits in (taken, told):
        assert all(b - a == SPACING for a, b in pairwise(sorted(waits)))
    assert len(set(taken)) == 20


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"{",
        b"[1]",
        b'{"taken": 7, "resting": null}',
        b'{"taken": {"a.example": "soon"}, "resting": {"a.example": [1]}}',
        b"\xff",
        b"[" * 9999,
        b'{"taken": {"a.example": 1' + b"0" * 400 + b"}}",
    ],
)
def test_a_file_that_is_not_what_was_written_is_as_none(file: Path, held: bytes) -> None:
    file.write_bytes(held)
    assert Turns(file).take("a.example", NOW) == 0
    assert json.loads(file.read_bytes()) == {"taken": {"a.example": NOW}, "resting": {}}


def test_a_clock_that_was_set_back_holds_nobody_up(file: Path) -> None:
    Turns(file).take("a.example", NOW + 100_000)
    assert Turns(file).take("a.example", NOW) == SPACING


def test_turns_go_on_behind_the_longest_wait(file: Path) -> None:
    turns = Turns(file)
    turns.leave_alone("a.example", NOW, LONGEST_WAIT)
    waits = [turns.take("a.example", NOW) for _ in range(3)]
    assert waits == [LONGEST_WAIT, LONGEST_WAIT + SPACING, LONGEST_WAIT + SPACING]


def test_a_file_that_cannot_be_written_keeps_no_program_from_its_own_turns(file: Path) -> None:
    turns = Turns(file)
    turns.take("a.example", NOW)
    old = file.read_bytes()
    waits = []
    for _ in range(3):
        file.write_bytes(old)
        waits.append(turns.take("a.example", NOW))
    assert waits == [SPACING, 2 * SPACING, 3 * SPACING]


def test_hosts_are_forgotten(file: Path) -> None:
    turns = Turns(file)
    turns.take("a.example", NOW)
    turns.take("b.example", NOW + 100)
    assert json.loads(file.read_bytes())["taken"] == {"b.example": NOW + 100}


def test_a_host_that_wants_to_be_left_alone_is_by_all(file: Path) -> None:
    first, second = Turns(file), Turns(file)
    first.leave_alone("a.example", NOW, 100)
    assert second.take("a.example", NOW + 1) == 99
    assert second.take("b.example", NOW + 1) == 0
    assert Turns(file).take("a.example", NOW + 1) == 99 + SPACING
    assert Turns(file).take("a.example", NOW + 1000) == 0


def test_no_turn_is_taken_that_nobody_waits_for(file: Path) -> None:
    turns = Turns(file)
    turns.leave_alone("a.example", NOW, 600)
    turns.leave_alone("a.example", NOW, 10)
    assert [turns.take("a.example", NOW) for _ in range(2)] == [600, 600]
    assert turns.take("a.example", NOW + 600 - LONGEST_WAIT) == LONGEST_WAIT


def test_a_host_is_left_alone_for_an_hour_at_most(file: Path) -> None:
    Turns(file).leave_alone("a.example", NOW, 1e9)
    assert Turns(file).take("a.example", NOW + 1) == LONGEST_REST - 1
    assert Turns(file).take("a.example", NOW - 100) == 0


def test_without_a_place_to_write_one_keeps_to_ones_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    turns = Turns(tmp_path / "file" / "asked.json")
    assert [turns.take("a.example", NOW) for _ in range(2)] == [0, SPACING]
