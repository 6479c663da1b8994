"""Catching up: what is unread on one page."""

from __future__ import annotations

import threading

import pytest

from chinai_tui.errors import StoreError
from chinai_tui.ui.messages import Visit
from chinai_tui.ui.screens.catch_up import CatchUpScreen
from chinai_tui.ui.screens.catch_up.rows import IssueHead, TranslationRow
from chinai_tui.workspace import ImportOptions
from tests.ui.screens.over import over, ready, until

LETTER = """# Letters [/b] of a kind

Key Takeaways:

- Zhipu has a point to make.

## Full Translation: On models

[the whole text](https://docs.google.com/document/d/made-up)

## Elsewhere

Moore Threads is named further down.
"""


@pytest.fixture
def stocked(workspace, tmp_path):
    """The library with a text of one's own, and somebody one follows."""
    file = tmp_path / "letter.md"
    file.write_text(LETTER, "utf-8")
    workspace.transfer.import_paths([file], ImportOptions(date="2030-01-02"))
    workspace.news.follow("moore-threads", True)
    return workspace


SIZES = [(160, 45), (80, 24), (60, 20)]


@pytest.mark.parametrize("size", SIZES)
async def test_unread_issues_are_told_in_short(reader, stocked, shows, size) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        count = len(stocked.library.rows("is:unread").rows)
        assert shows(reader, f"Catch up {count} unread")
        assert shows(reader, "● Letters [/b] of a kind")
        assert shows(reader, "Zhipu has a point to make.")
        assert shows(reader, "↗ full translation docs.google.com")
        assert shows(reader, "first named here")
        assert shows(reader, "Moore Threads is named further down.")


@pytest.mark.parametrize(("downs", "begins"), [(0, "Letters"), (1, "Zhipu")])
async def test_enter_opens_the_issue_or_the_passage(reader, stocked, downs, begins) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        answers = await over(pilot, CatchUpScreen(stocked))
        await pilot.press(*["down"] * downs, "enter")
        (visit,) = answers
        assert isinstance(visit, Visit)
        text = stocked.library.document(visit.place.issue).text
        assert text[visit.place.start :].startswith(begins)


async def test_all_shown_are_marked_read_and_unread_again(reader, stocked, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        count = len(stocked.library.rows("is:unread").rows)
        await pilot.press("A")
        await ready(pilot)
        assert shows(reader, f"{count} issues marked read; u takes it back")
        assert stocked.library.rows("is:unread").rows == ()
        heads = [row for row in reader.screen.page.rows if isinstance(row, IssueHead)]
        assert len(heads) == count
        assert all(head.read for head in heads)
        await pilot.press("u")
        await ready(pilot)
        assert len(stocked.library.rows("is:unread").rows) == count


async def test_next_time_only_what_came_in_since_is_told(reader, stocked, shows) -> None:
    async with reader.run_test(size=(120, 40)) as pilot:
        count = len(stocked.library.rows("is:unread").rows)
        await over(pilot, CatchUpScreen(stocked))
        await pilot.press("C")
        assert shows(reader, "this is all that is unread")
        await pilot.press("q")
        await ready(pilot)
        await pilot.press("C")
        await ready(pilot)
        assert isinstance(reader.screen, CatchUpScreen)
        assert shows(reader, "0 unread that came in since")
        assert shows(reader, f"{count} older unread ones hidden")
        assert shows(reader, "C shows all that is unread")
        await pilot.press("C")
        await ready(pilot)
        assert shows(reader, "Letters [/b] of a kind")


async def test_the_translation_opens_in_the_browser_or_is_copied(
    reader, stocked, shows, monkeypatch
) -> None:
    asked = []
    monkeypatch.setattr("chinai_tui.ui.browser.open_url", lambda url: bool(asked.append(url)))
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        screen = reader.screen
        row = next(row for row in screen.page.rows if isinstance(row, TranslationRow))
        screen.page.go_to(row.id)
        await pilot.press("enter")
        await ready(pilot)
        assert asked == ["https://docs.google.com/document/d/made-up"]
        assert reader.clipboard == asked[0]
        assert shows(reader, "no browser here; copied")


async def test_what_the_page_hides_is_told(reader, stocked, shows, monkeypatch) -> None:
    first, *others = stocked.library.rows("is:unread").rows
    stocked.library.mark_read([first.id], True)
    monkeypatch.setattr("chinai_tui.workspace.news.MOST", 2)
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        assert shows(reader, f"the newest 2 of {len(others)} unread")
        assert shows(reader, "1 read one hidden")


async def test_what_is_read_elsewhere_stays_and_is_not_undone_here(reader, stocked, shows) -> None:
    first, second, *_ = stocked.library.rows("is:unread").rows
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        page = reader.screen.page
        current = page.current.id
        stocked.library.mark_read([first.id], True)
        await ready(pilot)
        assert page.current.id == current
        assert page.current.read
        assert shows(reader, "1 of them read by now")
        await pilot.press("A")
        await ready(pilot)
        await pilot.press("u")
        await ready(pilot)
        assert stocked.library.open(first.id).read
        assert not stocked.library.open(second.id).read


async def test_all_read_says_so(reader, stocked, shows) -> None:
    stocked.library.mark_read([row.id for row in stocked.library.rows().rows], True)
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        assert shows(reader, "0 unread")
        assert shows(reader, "Everything is read.")


@pytest.fixture
def clock(monkeypatch):
    """Moments that follow each other by a second, whatever the time is."""
    moments = (f"2040-01-01T00:00:{second:02}Z" for second in range(60))
    for module in ("news", "arrivals"):
        monkeypatch.setattr(f"chinai_tui.workspace.{module}.timestamp", lambda: next(moments))


def brought_in(workspace, folder, title: str) -> None:
    file = folder / f"{title}.md"
    file.write_text(f"# A letter from {title}\n\nIn {title} it rains.\n", "utf-8")
    workspace.transfer.import_paths([file], ImportOptions(date="2031-01-02"))


@pytest.mark.parametrize("size", SIZES)
async def test_what_comes_in_while_the_page_is_open_is_told_and_not_lost(
    reader, stocked, shows, tmp_path, clock, size
) -> None:
    async with reader.run_test(size=size) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        page = reader.screen.page
        before = page.rows, page.cursor, page.top, len(page.title)
        brought_in(stocked, tmp_path, "Lisbon")
        await ready(pilot)
        assert shows(reader, "1 came in meanwhile, C shows it")
        assert (page.rows, page.cursor, page.top, len(page.title)) == before
        await pilot.press("q")
        await ready(pilot)
        await pilot.press("C")
        await ready(pilot)
        assert shows(reader, "1 unread that came in since")
        assert shows(reader, "A letter from Lisbon")
        brought_in(stocked, tmp_path, "Porto")
        await ready(pilot)
        await pilot.press("C")
        await ready(pilot)
        assert shows(reader, "2 unread that came in since")
        assert not shows(reader, "meanwhile")
        await pilot.press("q")
        await ready(pilot)
        assert stocked.news.count(stocked.news.last_time()).unread == 0


async def test_a_page_that_leaves_some_out_does_not_count_as_caught_up(
    reader, stocked, shows, monkeypatch
) -> None:
    monkeypatch.setattr("chinai_tui.workspace.news.MOST", 2)
    async with reader.run_test(size=(120, 40)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        assert shows(reader, "the newest 2 of")
        await pilot.press("q")
        await ready(pilot)
        assert stocked.news.last_time() == ""


async def test_a_page_left_before_it_is_read_does_not_count_as_caught_up(
    reader, stocked, monkeypatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(stocked.news, "unread", lambda since: [go_on.wait(10)][1:])
    async with reader.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        reader.push_screen(CatchUpScreen(stocked))
        await pilot.press("q")
        go_on.set()
        await ready(pilot)
        assert stocked.news.last_time() == ""


async def test_a_text_that_cannot_be_read_says_so_in_its_place(
    reader, stocked, shows, paths
) -> None:
    (first,) = (row for row in stocked.library.rows().rows if row.title.startswith("Letters"))
    (file,) = (paths.data / "documents" / first.id).iterdir()
    file.write_bytes(b"no text")
    async with reader.run_test(size=(60, 20)) as pilot:
        await over(pilot, CatchUpScreen(stocked))
        assert shows(reader, "● Letters [/b] of a kind")
        assert shows(reader, "its text cannot be read")


async def test_a_page_that_cannot_be_read_says_so_and_is_read_again(
    reader, stocked, shows, monkeypatch
) -> None:
    def fails(since: str) -> None:
        raise StoreError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(stocked.news, "unread", fails)
        async with reader.run_test(size=(60, 20)) as pilot:
            await over(pilot, CatchUpScreen(stocked))
            await until(pilot, lambda: shows(reader, "could not be read; C tries again"))
            assert shows(reader, "the disk is gone")
            assert not shows(reader, "reading …")
            patched.undo()
            await pilot.press("C")
            await ready(pilot)
            assert shows(reader, "Letters [/b] of a kind")
