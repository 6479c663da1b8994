from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.errors import DamagedError, StoreError
from chinai_tui.index import Index, SearchInterrupted
from chinai_tui.index.database import Database
from chinai_tui.index.schema import VERSION
from chinai_tui.text.query import parse
from tests.index.building import document, entry, filled, ids


def test_nothing_is_created_before_the_first_write(tmp_path: Path) -> None:
    index = Index(tmp_path / "cache" / "index.sqlite3")
    assert index.fresh
    assert ids(index, "") == []
    assert index.get_meta("stamp") == ""
    assert index.entities() == {}
    assert not (tmp_path / "cache").exists()
    index.set_meta("stamp", "7")
    assert index.get_meta("stamp") == "7"
    assert index.fresh
    index.close()


def test_what_was_put_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    filled(tmp_path, entry("a", "chips")).close()
    index = Index(tmp_path / "cache" / "index.sqlite3")
    assert not index.fresh
    assert ids(index, "chip") == ["a"]
    assert stat.S_IMODE((tmp_path / "cache" / "index.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    index.close()


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1])
def test_a_file_of_another_version_is_made_anew(tmp_path: Path, version: int) -> None:
    filled(tmp_path, entry("a", "chips")).close()
    path = tmp_path / "cache" / "index.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    index = Index(path)
    assert index.fresh
    index.put_issues([entry("b", "chips")])
    assert ids(index, "chip") == ["b"]
    index.close()


@pytest.mark.parametrize(
    "content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "index.sqlite3"
    path.write_bytes(content)
    index = Index(path)
    assert index.fresh
    index.put_issues([entry("a", "chips")])
    assert ids(index, "chip") == ["a"]
    index.close()


def test_damage_that_shows_later_is_told_and_the_file_dropped(tmp_path: Path) -> None:
    entries = [entry(f"a-{n}", *(f"chips {n} {k}" for k in range(200))) for n in range(20)]
    filled(tmp_path, *entries).close()
    path = tmp_path / "cache" / "index.sqlite3"
    data = bytearray(path.read_bytes())
    texts = len(data) // 4  # behind the pages that are read as the file is opened
    data[-texts:] = b"\xff" * texts
    path.write_bytes(data)
    index = Index(path)
    with pytest.raises(DamagedError, match="made anew"):
        ids(index, "chip")
    assert index.fresh
    index.put_issues(entries)
    assert len(ids(index, "chip")) == 20
    index.close()


def test_a_file_that_is_deleted_or_made_anew_under_way_is_noticed(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"))
    assert ids(index, "") == ["a"]
    (tmp_path / "cache" / "index.sqlite3").unlink()
    assert index.fresh
    assert ids(index, "") == []
    other = filled(tmp_path, entry("b", "chips"))
    assert ids(index, "") == ["b"]
    assert ids(index, "chip") == ["b"]
    for left in (tmp_path / "cache").iterdir():
        left.unlink()
    index.put_issues([entry("c", "chips")])
    assert ids(index, "chip") == ids(other, "chip") == ["c"]
    index.close()
    other.close()


def test_a_place_where_no_file_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    index = Index(tmp_path / "cache" / "index.sqlite3")
    assert index.fresh
    with pytest.raises(StoreError, match=r"index\.sqlite3"):
        index.put_issues([entry("a", "chips")])


def test_a_full_disk_is_told_with_what_is_safe_and_the_way_out(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"))
    with index._database.writing() as (connection, _):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="saved is safe; make room on the disk") as caught:
        index.put_issues([entry(f"b{number}", "chips " * 2000) for number in range(20)])
    assert str(index._database.path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert ids(index, "chips") == ["a"]


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"))

    def entries():
        yield entry("b", "chips")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        index.put_issues(entries())
    assert ids(index, "chip") == ["a"]
    index.put_issues([entry("c", "chips")])
    assert ids(index, "chip") == ["a", "c"]
    index.close()


def test_two_programs_see_each_other(tmp_path: Path) -> None:
    one = filled(tmp_path, entry("a", "chips"))
    two = Index(tmp_path / "cache" / "index.sqlite3")
    assert ids(two, "") == ["a"]
    one.put_issues([entry("b", "chips")])
    assert ids(two, "chip") == ["a", "b"]
    two.remove_issues(["a"])
    assert ids(one, "") == ["b"]
    one.close()
    two.close()


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a-0", "chips"))
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(8):
                index.put_issues([entry(f"a-{number}-{n}", "chips")])
                assert f"a-{number}-{n}" in ids(index, "chip")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(ids(index, "chip")) == 33
    index.close()


def test_an_interrupted_search_says_so_and_the_next_one_answers(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"), entry("b", "chips"))
    text = document("chips")
    seen = []

    def give(issue: str, role: DocumentRole) -> Document:
        seen.append(issue)
        index.interrupt()
        return text

    with pytest.raises(SearchInterrupted):
        index.search(parse("chips"), give, 10)
    assert len(seen) == 1
    answer = index.search(parse("chips"), lambda issue, role: text, 10)
    assert len(answer.hits) == 2
    index.close()


def test_an_interruption_is_not_taken_for_a_missing_document(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("a", "chips"))

    def give(issue: str, role: DocumentRole) -> Document:
        raise SearchInterrupted("while the document was read")

    with pytest.raises(SearchInterrupted):
        index.search(parse("chips"), give, 10)
    index.close()


def test_a_query_that_runs_in_sqlite_is_interrupted(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite3")
    with database.writing():
        pass
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )

    def search() -> None:
        with database.searching() as running:
            running.connection.set_progress_handler(database.interrupt, 1000)
            running.connection.execute(endless)

    with pytest.raises(SearchInterrupted):
        search()
    with database.reading() as connection:
        connection.set_progress_handler(None, 0)
        assert connection.execute("SELECT 1").fetchone() == (1,)
    database.close()
