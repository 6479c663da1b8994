from __future__ import annotations

import threading

from textual.app import App
from textual.screen import Screen

from chinai_tui.errors import StoreError
from chinai_tui.ui import jobs
from chinai_tui.ui.messages import Say


class Desk(Screen[None]):
    """A screen that keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Say] = []

    def on_say(self, message: Say) -> None:
        self.told.append(message)


class Office(App[None]):
    def get_default_screen(self) -> Desk:
        return Desk()


async def test_a_job_runs_in_a_thread_and_answers_on_the_screen() -> None:
    app = Office()
    async with app.run_test() as pilot:
        threads: list[int] = []
        answers: list[tuple[int, int]] = []

        def job() -> int:
            threads.append(threading.get_ident())
            return 7

        jobs.start(
            app.screen, job, lambda n: answers.append((n, threading.get_ident())), group="count"
        )
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert threads != [threading.get_ident()]
        assert answers == [(7, threading.get_ident())]


async def test_a_fault_is_told_in_one_clean_line() -> None:
    app = Office()
    async with app.run_test() as pilot:
        for error in (StoreError("not saved:\nno \x1b[1mspace"), ValueError("x")):

            def job(error: Exception = error) -> None:
                raise error

            jobs.start(app.screen, job, group="write")
            await app.workers.wait_for_complete()
            await pilot.pause()
        told = [(say.text, say.warning) for say in app.screen.told]
        assert told == [
            ("not done: not saved: no space", True),
            ("not done, a fault of chinai: ValueError: x", True),
        ]


async def test_of_exclusive_jobs_only_the_last_one_answers() -> None:
    app = Office()
    async with app.run_test() as pilot:
        go = threading.Event()
        answers: list[str] = []
        began = threading.Event()

        def slow() -> str:
            began.set()
            go.wait(5)
            return "first"

        jobs.start(app.screen, slow, answers.append, group="rows", exclusive=True)
        while not began.is_set():
            await pilot.pause(0.01)
        jobs.start(app.screen, lambda: "second", answers.append, group="rows", exclusive=True)
        go.set()
        while any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.01)
        await pilot.pause()
        assert answers == ["second"]


async def test_jobs_of_other_groups_do_not_disturb_each_other() -> None:
    app = Office()
    async with app.run_test() as pilot:
        answers: list[str] = []
        jobs.start(app.screen, lambda: "a", answers.append, group="a", exclusive=True)
        jobs.start(app.screen, lambda: "b", answers.append, group="b", exclusive=True)
        await app.workers.wait_for_complete()
        while len(answers) < 2:
            await pilot.pause(0.01)
        assert sorted(answers) == ["a", "b"]


async def test_a_write_is_waited_for_even_if_its_screen_is_left() -> None:
    app = Office()
    async with app.run_test() as pilot:
        may_write = threading.Event()
        screen = Desk()
        await app.push_screen(screen)
        jobs.start(screen, lambda: may_write.wait(5), group=jobs.WRITE)
        screen.dismiss()
        await pilot.pause()
        (writing,) = app.workers
        assert not writing.is_finished
        may_write.set()
        assert await writing.wait() is None


async def test_what_waits_for_the_result_of_a_job_hears_that_it_failed() -> None:
    app = Office()
    async with app.run_test() as pilot:
        answers: list[str] = []

        def job() -> None:
            raise StoreError("the disk is full")

        jobs.start(
            app.screen,
            job,
            lambda _: answers.append("done"),
            group="x",
            failed=lambda: answers.append("failed"),
        )
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert answers == ["failed"]
