from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import chinai_tui
from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import StoreError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Changed, ImportOptions, Progress, Workspace, importing, upkeep


def test_the_first_library_is_the_shipped_digests(workspace: Workspace) -> None:
    rows = workspace.library.rows().rows
    assert {"chinai-94", "chinai-29", "chinai-23"} <= {row.id for row in rows}
    assert {row.role for row in rows} == {DocumentRole.DIGEST}
    assert not workspace.care.problems()


def test_a_text_joins_the_issue_of_its_digest(workspace: Workspace, text_file: Path) -> None:
    before = workspace.library.rows().total
    workspace.library.mark_read(["chinai-94"], True)
    report = workspace.transfer.import_paths([text_file])
    assert (report.added, report.updated) == ((), ("chinai-94",))
    opened = workspace.library.open("chinai-94")
    assert opened.role is DocumentRole.TEXT
    assert opened.roles == (DocumentRole.TEXT, DocumentRole.DIGEST)
    assert opened.issue.title == "A text that arrives"
    assert not opened.read
    assert workspace.library.rows().total == before
    digest = workspace.library.open("chinai-94", DocumentRole.DIGEST)
    assert digest.document.text != opened.document.text


def test_a_note_on_the_digest_stays_on_it(workspace: Workspace, text_file: Path) -> None:
    note = workspace.notes.note("chinai-94", DocumentRole.DIGEST, 0, 10, "mine")
    workspace.transfer.import_paths([text_file])
    digest = workspace.library.open("chinai-94", DocumentRole.DIGEST)
    assert [each.annotation for each in digest.annotations] == [note]
    assert not workspace.library.open("chinai-94").annotations


def test_a_second_import_changes_nothing(workspace: Workspace, text_file: Path) -> None:
    workspace.transfer.import_paths([text_file])
    issue = workspace.library.issue("chinai-94")
    report = workspace.transfer.import_paths([text_file])
    assert report.unchanged == ("chinai-94",)
    assert (report.added, report.updated) == ((), ())
    assert workspace.library.issue("chinai-94") == issue


@pytest.mark.parametrize("options", [ImportOptions(), ImportOptions(title="Another title")])
def test_a_damaged_text_is_mended_by_importing_it_again(
    workspace: Workspace, paths: Paths, text_file: Path, options: ImportOptions
) -> None:
    words = "in:text issue:94 laboratory"
    workspace.transfer.import_paths([text_file])
    workspace.library.mark_read(["chinai-94"], True)
    assert workspace.library.rows(words).rows
    (stored,) = (paths.data / "documents" / "chinai-94").glob("text-*")
    stored.write_text("damaged", "utf-8")
    workspace.close()
    paths.index.unlink()
    again = Workspace.open(paths, Settings())
    try:
        assert not again.library.rows(words).rows
        assert again.transfer.import_paths([text_file], options).updated == ("chinai-94",)
        assert not again.care.check().wrong[len(again.care.problems()) :]
        assert again.library.open("chinai-94").read
        assert [row.id for row in again.library.rows(words).rows] == ["chinai-94"]
    finally:
        again.close()


def test_what_cannot_be_read_is_named_and_the_rest_comes_in(
    workspace: Workspace, tmp_path: Path, text_file: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "good.txt").write_text("A made-up title\n\nA made-up paragraph of some words.\n")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    report = workspace.transfer.import_paths([folder, tmp_path / "missing.txt", nothing, text_file])
    assert len(report.added) == 1
    assert report.updated == ("chinai-94",)
    named = {Path(each.place).name for each in report.failures}
    assert named == {"empty.txt", "picture.txt", "missing.txt", "nothing"}
    assert all(each.reason for each in report.failures)


def test_the_user_can_say_what_a_text_does_not(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "bare.txt"
    file.write_text("just a paragraph of text that names nothing and goes on for a while.\n")
    options = ImportOptions("A title", "https://example.org/a", "2019-06", "low-down")
    (added,) = workspace.transfer.import_paths([file], options).added
    issue = workspace.library.issue(added)
    assert (issue.title, issue.url, issue.date) == ("A title", "https://example.org/a", "2019-06")
    assert issue.publication == "low-down"


def test_everything_is_there_after_opening_again(
    workspace: Workspace, paths: Paths, text_file: Path
) -> None:
    workspace.transfer.import_paths([text_file])
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        assert again.library.open("chinai-94").role is DocumentRole.TEXT
        assert again.library.rows("second site").rows[0].id == "chinai-94"
    finally:
        again.close()


def test_a_lost_index_costs_only_a_rebuild(
    workspace: Workspace, paths: Paths, text_file: Path
) -> None:
    workspace.transfer.import_paths([text_file])
    workspace.library.mark_read(["chinai-94"], True)
    workspace.library.save_session(issue="chinai-94")
    before = workspace.library.rows()
    workspace.close()
    for file in paths.cache.iterdir():
        file.unlink()
    again = Workspace.open(paths, Settings())
    try:
        assert again.library.rows() == before
        assert again.library.session() == {"issue": "chinai-94"}
        assert again.library.open("chinai-94").read
    finally:
        again.close()


def test_progress_is_told(workspace: Workspace, text_file: Path) -> None:
    told: list[Progress] = []
    workspace.transfer.import_paths([text_file], progress=told.append)
    assert [(each.done, each.issues) for each in told] == [(1, 0), (1, 1)]


def test_progress_is_told_of_each_text_where_that_takes_time(
    workspace: Workspace, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "TOLD_SECONDS", 0.0)
    told: list[Progress] = []
    workspace.transfer.import_paths([many], progress=told.append)
    assert [each.done for each in told] == [*range(1, 6), *range(5, 11), *range(10, 13), 12]
    assert [each.issues for each in told] == [0] * 5 + [5] * 6 + [10] * 3 + [12]
    assert {each.total for each in told} == {12}


def test_progress_is_not_told_of_each_text_where_that_is_fast(
    workspace: Workspace, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "monotonic", lambda: 1.0)
    told: list[Progress] = []
    workspace.transfer.import_paths([many], progress=told.append)
    assert [each.done for each in told] == [1, 5, 10, 12]


def test_what_a_killed_import_left_goes_with_the_next(
    workspace: Workspace, text_file: Path, paths: Paths
) -> None:
    workspace.transfer.import_paths([text_file])
    left = [
        folder / f".{name}.4711-4712.tmp"
        for folder, name in (
            (paths.data / "documents" / "chinai-94", "text.json"),
            (paths.data / "originals", "page.html.gz"),
        )
    ]
    for file in left:
        file.touch()
        os.utime(file, (0, 0))
    workspace.transfer.import_paths([text_file])
    assert not any(file.exists() for file in left)


KILLED = """
import sys
from pathlib import Path
import chinai_tui
from chinai_tui.config import Settings
from chinai_tui.paths import default_paths
from chinai_tui.store import files
from chinai_tui.workspace import Workspace

def wait(*_):
    print("written", flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    workspace = Workspace.open(default_paths(), Settings())
    files.os.replace = wait
    workspace.transfer.import_paths([Path(sys.argv[1])])
"""


@pytest.mark.parametrize("mending", ["import", "doctor"])
def test_what_is_killed_in_the_middle_is_in_nobodys_way(
    paths: Paths, text_file: Path, mending: str
) -> None:
    Workspace.open(paths, Settings()).close()
    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(text_file)],
        cwd=Path(chinai_tui.__path__[0]).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout
    assert program.stdout.readline() == "written\n"
    left = [*paths.data.rglob("*.tmp")]
    assert left
    workspace = Workspace.open(paths, Settings())
    # It may still put them in their places.
    assert workspace.care._core.store.left_over() == []
    program.kill()
    program.communicate()
    if mending == "import":
        assert workspace.transfer.import_paths([text_file]).updated == ("chinai-94",)
    else:
        assert workspace.care.check().removed == tuple(map(str, left))
    assert [*paths.data.rglob("*.tmp")] == []
    assert workspace.care.check().wrong == ()
    workspace.close()


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with more texts than are indexed at once, in several batches."""
    monkeypatch.setattr(importing, "INDEXED_AT_ONCE", 3)
    monkeypatch.setattr(importing, "BATCH", 5)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        text = f"Pond Letter #{number}: Lilies\n\nHuawei counted {number} lilies twice.\n"
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def test_many_texts_are_indexed_in_another_process(workspace: Workspace, many: Path) -> None:
    changes: list[Changed] = []
    workspace.subscribe(changes.append)
    report = workspace.transfer.import_paths([many])
    assert len(report.added) == 12
    assert not workspace.care.is_behind
    found = workspace.library.rows("lilies").rows
    assert {row.id for row in found} == set(report.added)
    assert all(workspace.library.open(row.id).mentions for row in found)
    assert all(row.minutes for row in found)
    assert changes[-1].issues >= set(report.added)


def test_enough_texts_are_indexed_while_more_come_in(
    workspace: Workspace, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    run = upkeep.run

    def spy(paths: Paths, parts: int, *rest: Any) -> list[str]:
        begun.append(parts)
        return run(paths, parts, *rest)

    monkeypatch.setattr(upkeep, "MANY", 5)
    monkeypatch.setattr(upkeep, "run", spy)
    assert len(workspace.transfer.import_paths([many]).added) == 12
    assert begun[0] == upkeep.most_parts()
    assert not workspace.care.is_behind
    assert len(workspace.library.rows("lilies").rows) == 12


def test_what_an_import_left_waiting_is_indexed_later(
    workspace: Workspace, many: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[str]:
        raise StoreError("the pond is dry")

    with monkeypatch.context() as context:
        context.setattr(upkeep, "run", fail)
        report = workspace.transfer.import_paths([many])
    assert len(report.added) == 12
    assert set(workspace.care.problems()) == {"the pond is dry"}
    assert workspace.care.is_behind
    assert report.added[0] in {row.id for row in workspace.library.rows().rows}
    workspace.care.catch_up()
    assert len(workspace.library.rows("lilies").rows) == 12


def test_an_import_that_is_broken_off_ends_what_runs_beside_it(
    workspace: Workspace, many: Path
) -> None:
    def stop(progress: Progress) -> None:
        if progress.issues:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.transfer.import_paths([many], progress=stop)
    assert not [each for each in threading.enumerate() if each.name == "chinai-alongside"]
    workspace.care.catch_up()
    assert len(workspace.library.rows("lilies").rows) == 5


def test_two_programs_see_each_other(workspace: Workspace, paths: Paths, text_file: Path) -> None:
    changes = []
    workspace.subscribe(changes.append)
    other = Workspace.open(paths, Settings())
    other.transfer.import_paths([text_file])
    other.notes.note("chinai-94", DocumentRole.TEXT, 0, 5, "from the other")
    other.close()
    workspace.poll()
    assert any("chinai-94" in change.issues for change in changes)
    assert workspace.library.open("chinai-94").role is DocumentRole.TEXT
    assert workspace.notes.all()[0].text == "from the other"


def test_another_program_comes_and_goes_while_threads_are_at_work(
    workspace: Workspace, paths: Paths, text_file: Path
) -> None:
    """A second connection of this process must not cost the first its locks on the index."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(workspace.library.rows).result()
        subprocess.run(
            [sys.executable, "-m", "chinai_tui", "import", str(text_file)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        # SQLite takes the log away with the last connection; this one is still there.
        assert paths.index.with_name(f"{paths.index.name}-wal").exists()
        workspace.poll()
        assert workspace.notes.bookmark("chinai-94", DocumentRole.TEXT, 0, 3) is not None
        assert pool.submit(workspace.library.rows, "is:bookmarked").result().rows[0].bookmarks == 1


@pytest.mark.parametrize(
    ("number", "publication"), [(23, "chinai"), (29, "chinai"), (94, "chinai")]
)
def test_the_real_texts_come_in(
    workspace: Workspace, corpus: Path, number: int, publication: str
) -> None:
    report = workspace.transfer.import_paths([corpus])
    assert len(report.updated) == 5
    assert (report.added, report.failures) == ((), ())
    issue = workspace.library.resolve(str(number))
    assert issue.publication == publication
    assert issue.main_role is DocumentRole.TEXT
    assert len(workspace.transfer.import_paths([corpus]).unchanged) == 5
