from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from typing import IO

import pytest

from chinai_tui.errors import InputError
from chinai_tui.ingest import messages, reader, workers
from chinai_tui.ingest.reading import Reading, Skipped, Source, Subscriptions
from chinai_tui.ingest.workers import Workers

WORDS = b"A made-up title\n\nA made-up paragraph of some words.\n"


def source(name: str, data: bytes = WORDS) -> Source:
    return Source(f"folder/{name}", name, data)


def told(taken: Iterable[tuple[workers.Found, object]]) -> list[str]:
    """What came of each source in a few words."""
    lines = []
    for found, outcome in taken:
        match outcome:
            case Reading():
                lines.append(f"{found.place}: {outcome.format}")
            case InputError() | Skipped():
                lines.append(f"{outcome.place}! {outcome.reason}")
            case _:
                lines.append(f"{found.place}: {outcome}")
    return lines


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Processes that do what the names of sources say, from the first source on."""
    monkeypatch.setattr(workers, "MODULE", "tests.ingest.hostile_worker")
    monkeypatch.setattr(workers, "_READ_HERE", 0)
    with Workers(2) as opened:
        yield opened


def test_answers_come_in_the_order_of_the_questions(hostile: Workers) -> None:
    names = [f"{number}.txt" for number in range(40)]
    found = [source(name, WORDS * (40 - number)) for number, name in enumerate(names)]
    taken = list(hostile.take_all(found))
    assert [each.name for each, _ in taken if isinstance(each, Source)] == names
    for each, outcome in taken:
        assert isinstance(each, Source)
        assert outcome == reader.take(each)


def test_what_takes_too_long_is_stopped_and_the_rest_goes_on(
    hostile: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SECONDS", 0.2)
    (reason,) = told(hostile.take_all([source("hang")]))
    assert reason.startswith("folder/hang! took longer than 0.2 s to read and was stopped; save")
    monkeypatch.setattr(workers, "SECONDS", 60.0)
    assert told(hostile.take_all([source("a.txt"), source("b.txt")])) == [
        "folder/a.txt: plain",
        "folder/b.txt: plain",
    ]


def test_each_question_has_all_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.ingest.hostile_worker")
    monkeypatch.setattr(workers, "_READ_HERE", 0)
    monkeypatch.setattr(workers, "SECONDS", 1.0)
    with Workers(1) as opened:
        first, second = told(opened.take_all([source("a.txt"), source("hang")]))
    assert first == "folder/a.txt: plain"
    assert second.startswith("folder/hang! took longer than 1 s to read and was stopped")


def test_what_ends_its_process_is_named_and_the_rest_goes_on(hostile: Workers) -> None:
    names = ("a.txt", "die", "b.txt", "crash", "c.txt")
    assert told(hostile.take_all(map(source, names))) == [
        "folder/a.txt: plain",
        "folder/die! ended the process that read it (code 7); save it as plain text",
        "folder/b.txt: plain",
        "folder/crash! ended the process that read it (code -9); save it as plain text",
        "folder/c.txt: plain",
    ]


def test_a_process_is_refused_more_memory_than_it_may_take(hostile: Workers) -> None:
    pytest.importorskip("resource")
    ((_, outcome),) = hostile.take_all([source("eat", b"\x00")])
    assert isinstance(outcome, InputError)
    assert outcome.reason == "is empty"


def test_neither_prints_nor_half_characters_get_between_the_answers(hostile: Workers) -> None:
    lines = told(hostile.take_all(map(source, ("print", "half", "a.txt"))))
    assert lines[0] == "folder/print: plain"
    assert lines[1].startswith("folder/half! cannot be handed on (UnicodeEncodeError")
    assert lines[2] == "folder/a.txt: plain"


def test_several_texts_come_one_by_one_and_not_within_each_other(hostile: Workers) -> None:
    assert told(hostile.take_all([source("a.txt"), source("both"), source("b.txt")])) == [
        "folder/a.txt: plain",
        "folder/both, one: plain",
        "folder/both, both! holds texts within one of several; split it",
        "folder/b.txt: plain",
    ]


def test_what_is_no_source_or_known_is_handed_on() -> None:
    skipped, error = Skipped("a", "is a draft"), InputError("b", "is empty")
    with Workers(2) as opened:
        taken = opened.take_all([skipped, error, source("c")], lambda each: f"{each.name} is known")
        assert told(taken) == ["a! is a draft", "b! is empty", "folder/c: c is known"]


def test_a_few_small_texts_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.no_such_module")
    with Workers(1) as opened:
        few = [source(f"{number}.txt") for number in range(workers._READ_HERE)]
        assert told(opened.take_all(few)) == [f"{each.place}: plain" for each in few]
        (reason,) = told(opened.take_all([source("more.txt")]))
        assert reason.startswith("folder/more.txt! was not read, since no process")


def test_a_large_text_is_read_in_a_process_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.no_such_module")
    monkeypatch.setattr(workers, "_SMALL", 10)
    with Workers(1) as opened:
        (reason,) = told(opened.take_all([source("a.txt")]))
    assert "no process" in reason


def test_without_processes_all_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.no_such_module")
    monkeypatch.setattr(workers, "_READ_HERE", 0)
    with Workers(0) as opened:
        assert told(opened.take_all([source("a.txt")])) == ["folder/a.txt: plain"]


def test_only_so_many_sources_are_taken_ahead(
    hostile: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_BYTES_AHEAD", 3 * len(WORDS))
    asked = []

    def found() -> Iterator[Source]:
        for number in range(9):
            asked.append(number)
            yield source(f"{number}.txt")

    for number, _ in enumerate(hostile.take_all(found())):
        assert len(asked) <= number + 3


def test_breaking_off_ends_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODULE", "tests.ingest.hostile_worker")
    monkeypatch.setattr(workers, "_READ_HERE", 0)
    with Workers(1) as opened:
        taken = opened.take_all([source("a.txt"), source("hang"), source("b.txt")])
        next(iter(taken))
    assert not [each for each in threading.enumerate() if "chinai-workers" in each.name]


def test_an_answer_is_whatever_a_source_can_be() -> None:
    for taken in (Subscriptions(()), InputError("folder/x", "is empty")):
        answer = workers._Answer.of(taken).as_taken(source("x"))
        assert repr(answer) == repr(taken)


def test_a_process_that_ended_while_it_was_idle_is_not_held_against_a_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_READ_HERE", 0)
    with Workers(1) as opened:
        assert told(opened.take_all([source("a.txt")])) == ["folder/a.txt: plain"]
        running = opened._processes[0]._running
        assert running is not None
        running.kill()
        running.wait()
        assert told(opened.take_all([source("b.txt"), source("c.txt")])) == [
            "folder/b.txt: plain",
            "folder/c.txt: plain",
        ]


def test_a_process_that_cannot_be_written_to_is_ended() -> None:
    process = workers._Process()
    running = process._start()
    running.kill()
    running.wait()
    assert running.stdin is not None
    running.stdin.write(b"more than is heard")
    process.end()
    assert process._code == running.returncode


def test_half_characters_in_a_name_end_no_process(hostile: Workers) -> None:
    (line,) = told(hostile.take_all([source("\ud800.txt")]))
    assert line.endswith("cannot be handed on (UnicodeEncodeError)")


def test_a_process_that_starts_while_all_is_stopped_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process = workers._Process()
    receive = messages.receive

    def _stopped_meanwhile(stream: IO[bytes]) -> bytes:
        process._stopped.set()
        return receive(stream)

    monkeypatch.setattr(workers, "receive", _stopped_meanwhile)
    running = process._start()
    try:
        assert running.wait(10) != 0
    finally:
        process.end()


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="the system has no sessions")
def test_a_process_is_of_the_session_of_the_program_but_not_reached_by_ctrl_c() -> None:
    process = workers._Process()
    running = process._start()
    try:
        assert os.getsid(running.pid) == os.getsid(0)
        assert os.getpgid(running.pid) != os.getpgid(0)
    finally:
        process.end()
