from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.paths import Paths
from chinai_tui.workspace import ImportOptions, NewsCount, Workspace, news

FIRST = """# A first letter

Key Takeaways:

- Zhipu said something about models.

- A second point.

## Full Translation: On models

[the whole text](https://docs.google.com/document/d/made-up)
"""
SECOND = """# A second letter

Opening words about Zhipu and Moore Threads.

Second paragraph.

Third paragraph.

Fourth paragraph.
"""


@pytest.fixture
def stocked(workspace: Workspace, tmp_path: Path) -> Workspace:
    for name, date, text in (("a", "2021-01-01", FIRST), ("b", "2021-02-01", SECOND)):
        file = tmp_path / f"{name}.md"
        file.write_text(text, "utf-8")
        workspace.transfer.import_paths([file], ImportOptions(date=date))
    return workspace


def test_an_issue_is_told_by_its_takeaways_and_its_translation(stocked: Workspace) -> None:
    second, first = stocked.news.unread()[:2]
    assert first.row.title == "A first letter"
    assert [point.text for point in first.points] == [
        "Zhipu said something about models.",
        "A second point.",
    ]
    assert first.translation == "https://docs.google.com/document/d/made-up"
    assert second.translation == ""
    assert [point.text for point in second.points] == [
        "Opening words about Zhipu and Moore Threads.",
        "Second paragraph.",
        "Third paragraph.",
    ]


def test_names_are_new_in_the_issue_that_names_them_first(stocked: Workspace) -> None:
    second, first = stocked.news.unread()[:2]
    assert [each.id for each in first.first_named] == ["zhipu"]
    assert [each.id for each in second.first_named] == ["moore-threads"]


def test_passages_on_whom_one_follows_are_told(stocked: Workspace) -> None:
    assert stocked.news.unread()[0].followed == ()
    stocked.news.follow("zhipu", True)
    stocked.news.follow("moore-threads", True)
    stocked.news.follow("no-one", True)
    assert stocked.news.followed() == ("moore-threads", "zhipu")
    second, first = stocked.news.unread()[:2]
    assert [(each, passage.block) for each, passage in first.followed] == [("zhipu", 2)]
    ((entity, passage),) = second.followed
    assert entity == "zhipu"
    words = [SECOND.split("\n\n")[1]]
    document = stocked.library.document(second.row.id)
    assert [document.text[start:end] for start, end in passage.hits] == ["Zhipu", "Moore Threads"]
    assert passage.text == words[0]
    stocked.news.follow("zhipu", False)
    assert stocked.news.followed() == ("moore-threads",)


def test_only_what_came_in_since_is_told(
    stocked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stocked.news.last_time() == ""
    moment = max(stocked.library.issue(each.row.id).added for each in stocked.news.unread())
    assert stocked.news.unread(moment) == []
    monkeypatch.setattr(news, "timestamp", lambda: "2001-01-01T00:00:00Z")
    stocked.news.caught_up(stocked.news.moment())
    assert stocked.news.last_time() == "2001-01-01T00:00:00Z"
    assert len(stocked.news.unread(stocked.news.last_time())) == len(stocked.news.unread())
    stocked.library.mark_read([stocked.news.unread()[0].row.id], True)
    assert stocked.news.unread()[0].row.title == "A first letter"


def test_what_there_is_to_catch_up_with_is_counted(stocked: Workspace) -> None:
    rows = stocked.library.rows().rows
    assert stocked.news.count() == NewsCount(unread=len(rows), older=0, read=0)
    stocked.library.mark_read([rows[0].id], True)
    assert stocked.news.count() == NewsCount(unread=len(rows) - 1, older=0, read=1)
    assert stocked.news.count("9999") == NewsCount(unread=0, older=len(rows) - 1, read=1)


def test_a_text_that_cannot_be_read_hides_no_news_of_others(
    stocked: Workspace, paths: Paths
) -> None:
    whole = stocked.news.unread()
    lost = whole[0].row
    (file,) = (paths.data / "documents" / lost.id).iterdir()
    file.write_bytes(b"no text")
    found = stocked.news.unread()
    assert [each.row.id for each in found] == [each.row.id for each in whole]
    assert [each.is_readable for each in found] == [False, *[True] * (len(whole) - 1)]
    assert (found[0].points, found[0].first_named) == ((), whole[0].first_named)
    assert found[1:] == whole[1:]
    stocked.news.unread()
    assert len([each for each in stocked.care.problems() if lost.id in each]) == 1
