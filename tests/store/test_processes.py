from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import chinai_tui
from chinai_tui.store.store import Store

ROOT = Path(chinai_tui.__path__[0]).parent

COUNT = """
import sys
from pathlib import Path
from chinai_tui.store.records import SessionValue
from chinai_tui.store.store import Store

store = Store(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    with store.reading_file.transaction() as tx:
        count = tx.get(store.session, "count")
        number = int(count.value) + 1 if count else 1
        tx.put(store.session, SessionValue("count", str(number)))
        tx.put(store.session, SessionValue(f"{sys.argv[3]}-{number}", "x" * 2000))
    print(number, flush=True)
"""


def start(folder: Path, rounds: int, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COUNT, str(folder), str(rounds), name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_lose_nothing(folder: Path) -> None:
    programs = [start(folder, 100, name) for name in ("one", "two")]
    seen = [int(line) for program in programs for line in program.communicate()[0].split()]
    assert [program.returncode for program in programs] == [0, 0]
    assert sorted(seen) == list(range(1, 201))
    session = Store(folder).session.all()
    assert session["count"].value == "200"
    assert len(session) == 201


@pytest.mark.parametrize("acknowledged", [1, 3, 8, 21])
def test_what_was_acknowledged_outlives_a_kill(folder: Path, acknowledged: int) -> None:
    program = start(folder, 100_000, "n")
    assert program.stdout
    last = 0
    for _ in range(acknowledged):
        last = int(program.stdout.readline())
    program.kill()
    rest = program.communicate()[0].split()
    last = int(rest[-1]) if rest else last
    store = Store(folder)
    session = store.session.all()
    count = int(session["count"].value)
    assert last <= count <= last + 1
    assert all(f"n-{number}" in session for number in range(1, count + 1))
    assert store.problems == []
    again = start(folder, 1, "n")  # the lock is free, and what was left behind is in nobody's way
    assert int(again.communicate()[0]) == count + 1
    assert not list(folder.glob(".*.tmp"))
