from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from chinai_tui import config
from chinai_tui.config import Settings
from chinai_tui.domain.annotation import AnchorState, Annotation
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import ChinaiError, DamagedError, NewerError, StoreError
from chinai_tui.paths import Paths
from chinai_tui.store import archive, backups, files
from chinai_tui.store.store import Store
from chinai_tui.workspace import RestoreReport, Workspace
from chinai_tui.workspace.own_entities import OwnEntities
from tests.workspace.arriving import bring, note, page

TEXT, DIGEST = DocumentRole.TEXT, DocumentRole.DIGEST
ENTITIES = '[[entity]]\nid = "acme-ai"\nkind = "company"\nname = "Acme AI"\n'

Library = tuple[Workspace, Paths]

PAPER = "Words of a paper that is nowhere else. " * 16
"""As many as tell a text without its title."""


@contextmanager
def library(root: Path) -> Iterator[Library]:
    """The library below a folder."""
    paths = Paths(root / "data", root / "config", root / "cache")
    workspace = Workspace.open(paths, Settings())
    try:
        yield workspace, paths
    finally:
        workspace.close()


@pytest.fixture
def old(tmp_path: Path, text_file: Path) -> Iterator[Library]:
    """A library with something of everything."""
    folder = tmp_path / "old" / "config"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('theme = "light"\n', "utf-8")
    (folder / "entities.toml").write_text(ENTITIES, "utf-8")
    with library(tmp_path / "old") as (workspace, paths):
        workspace.transfer.import_paths([text_file])
        notes = workspace.notes
        first = notes.note("chinai-94", TEXT, 10, 30, "first #a")
        second = notes.note("chinai-94", TEXT, 40, 60, "second #a")
        notes.highlight("chinai-94", DIGEST, 0, 12, "blue")
        notes.entity_note("acme-ai", "on Acme")
        notes.delete([notes.note("chinai-94", TEXT, 0, 5, "gone").id])
        workspace.memos.move("a", [second.id], -1)
        notes.edit(first.id, "first, changed #a")
        workspace.library.mark_read(["chinai-94"], True)
        workspace.library.save_position("chinai-94", TEXT, 50)
        workspace.saved.save("company:sensetime", "SenseTime")
        yield workspace, paths


def told(workspace: Workspace, paths: Paths) -> dict[str, Any]:
    """All that a library has to tell."""
    store = Store(paths.data)
    opened = {row.id: workspace.library.open(row.id) for row in workspace.library.rows().rows}
    return {
        "records": [dict(each.all()) for each in (
            store.issues, store.annotations, store.undo, store.deleted, store.memos,
            store.reading, store.session, store.publications,
        )],
        "rows": workspace.library.rows().rows,
        "opened": opened,
        "texts": {
            (issue, role): workspace.library.document(issue, role)
            for issue, each in opened.items()
            for role in each.roles
        },
        "originals": {
            ref.original: store.originals.get(ref.original)
            for each in opened.values()
            for ref in each.issue.documents.values()
        },
        "found": workspace.search.parse("company:acme-ai"),
        "noted": [each.id for each in workspace.notes.find("tag:a sort:place").annotations],
        "memo": workspace.memos.ordered("a"),
        "saved": workspace.saved.all(),
        "acme": workspace.entities.get("acme-ai"),
        "settings": config.load(paths.settings),
    }  # fmt: skip


def change_of(id_: str, library: Library, **fields: Any) -> Annotation:
    """Change a note behind the library's back, as at another time."""
    store = Store(library[1].data)
    with store.annotations_file.transaction() as tx:
        note = store.annotations.get(id_)
        assert note is not None
        tx.put(store.annotations, replace(note, **fields))
    library[0].poll()
    return replace(note, **fields)


def test_the_move_to_a_new_laptop_is_two_commands(old: Library, tmp_path: Path) -> None:
    backup = tmp_path / "a.zip"
    report = old[0].backup.write(backup)
    assert (report.issues, report.notes, report.problems) == (5, 4, ())
    assert report.texts == 6
    with library(tmp_path / "new") as new:
        came = new[0].backup.restore(backup)
        new[0].care.catch_up()
        assert (came.beside, came.copies, came.problems) == ((), (), ())
        assert len(came.notes_added) == 4
    with library(tmp_path / "new") as new:
        assert told(*new) == told(*old)
        assert new[0].care.check().wrong == old[0].care.check().wrong == ()
        assert new[0].notes.undo() == old[0].notes.undo() == "edit"
        assert told(*new)["memo"] == told(*old)["memo"]


def test_the_index_is_not_in_it_and_the_order_is_the_same_each_time(
    old: Library, tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        old[0].backup.write(tmp_path / name)
    names = [zipfile.ZipFile(tmp_path / name).namelist() for name in ("a.zip", "b.zip")]
    assert names[0] == names[1]
    assert not any("index" in name or "backups" in name or "lock" in name for name in names[0])


def test_a_file_that_is_there_is_replaced_only_if_that_is_said(
    old: Library, tmp_path: Path
) -> None:
    backup = tmp_path / "a.zip"
    backup.write_text("mine")
    with pytest.raises(StoreError, match="--force"):
        old[0].backup.write(backup)
    assert backup.read_text() == "mine"
    old[0].backup.write(backup, force=True)
    assert zipfile.is_zipfile(backup)


def test_a_text_that_is_lost_is_told_and_the_rest_is_kept(old: Library, tmp_path: Path) -> None:
    (lost,) = (old[1].data / "documents" / "chinai-94").glob("text-*")
    lost.unlink()
    (problem,) = old[0].backup.write(tmp_path / "a.zip").problems
    assert lost.name in problem
    with library(tmp_path / "new") as new:
        (told_again,) = new[0].backup.restore(tmp_path / "a.zip").problems
        assert "chinai-94" in told_again
        assert [*new[0].library.issue("chinai-94").documents] == [DIGEST]
        assert len(new[0].notes.all()) == 4


def test_a_second_time_changes_nothing(old: Library, tmp_path: Path) -> None:
    old[0].backup.write(tmp_path / "a.zip")
    before = {file.name: file.read_bytes() for file in old[1].data.glob("*.json")}
    report = old[0].backup.restore(tmp_path / "a.zip")
    assert report == RestoreReport()
    assert {file.name: file.read_bytes() for file in old[1].data.glob("*.json")} == before


@pytest.mark.parametrize("later", ["here", "there"])
def test_of_two_that_differ_both_are_kept(old: Library, tmp_path: Path, later: str) -> None:
    (note,) = old[0].notes.find("first").annotations
    times = {"here": "2090-01-01T00:00:00Z", "there": "2080-01-01T00:00:00Z"}
    if later == "there":
        times = {"here": times["there"], "there": times["here"]}
    change_of(note.id, old, text="there", updated=times["there"])
    old[0].backup.write(tmp_path / "a.zip")
    change_of(note.id, old, text="here", updated=times["here"])
    report = old[0].backup.restore(tmp_path / "a.zip")
    (copy,) = (old[0].notes.get(each) for each in report.copies)
    assert old[0].notes.get(note.id).text == later
    assert copy.text.startswith({"here": "there", "there": "here"}[later])
    assert note.id in copy.text
    assert copy.anchor == note.anchor
    again = old[0].backup.restore(tmp_path / "a.zip")
    assert again == RestoreReport()


def test_what_was_deleted_since_stays_in_the_bin_and_is_told(old: Library, tmp_path: Path) -> None:
    (note,) = old[0].notes.find("second").annotations
    old[0].backup.write(tmp_path / "a.zip")
    old[0].notes.delete([note.id])
    report = old[0].backup.restore(tmp_path / "a.zip")
    assert (report.notes_added, report.notes_deleted) == ((), (note.id,))
    assert old[0].notes.some([note.id]) == []
    old[0].notes.restore([note.id])
    assert old[0].notes.get(note.id) == note


def test_what_was_changed_there_since_it_was_deleted_here_comes_back(
    old: Library, tmp_path: Path
) -> None:
    (note,) = old[0].notes.find("second").annotations
    note = change_of(note.id, old, text="later", updated="2090-01-01T00:00:00Z")
    old[0].backup.write(tmp_path / "a.zip")
    old[0].notes.delete([note.id])
    report = old[0].backup.restore(tmp_path / "a.zip")
    assert (report.notes_added, report.notes_deleted) == ((note.id,), ())
    assert old[0].notes.get(note.id) == note
    assert note.id not in [each.annotation.id for each in old[0].notes.deleted()]


def test_citation_keys_of_both_are_kept(old: Library, tmp_path: Path) -> None:
    here, there = {"chinai-94": "ding2020"}, {"chinai-94": "x", "one": "ding2020", "two": "y"}
    old[0].library.save_session(citekeys=json.dumps(there))
    old[0].backup.write(tmp_path / "a.zip")
    old[0].library.save_session(citekeys=json.dumps(here))
    old[0].backup.restore(tmp_path / "a.zip")
    joined = {"chinai-94": "ding2020", "one": "ding2020a", "two": "y"}
    assert json.loads(old[0].library.session()["citekeys"]) == joined
    assert old[0].citing.keys(["chinai-94"]) == {"chinai-94": "ding2020"}
    assert old[0].backup.restore(tmp_path / "a.zip") == RestoreReport()
    assert json.loads(old[0].library.session()["citekeys"]) == joined


@pytest.mark.parametrize("lost", ["here", "there"])
def test_citation_keys_that_cannot_be_read_give_way(
    old: Library, tmp_path: Path, lost: str
) -> None:
    sound = '{"chinai-94":"ding2020"}'
    old[0].library.save_session(citekeys="[" if lost == "there" else sound)
    old[0].backup.write(tmp_path / "a.zip")
    old[0].library.save_session(citekeys="[" if lost == "here" else sound)
    old[0].backup.restore(tmp_path / "a.zip")
    assert old[0].library.session()["citekeys"] == sound


def test_read_is_read_and_the_later_place_holds(old: Library, tmp_path: Path) -> None:
    old[0].library.mark_read(["chinai-94"], False)
    old[0].backup.write(tmp_path / "a.zip")
    store = Store(old[1].data)
    with store.reading_file.transaction() as tx:
        state = store.reading.get("chinai-94")
        assert state is not None
        tx.put(store.reading, replace(state, read=True, anchor=None, seen="2000-01-01T00:00:00Z"))
    old[0].poll()
    old[0].backup.restore(tmp_path / "a.zip")
    opened = old[0].library.open("chinai-94")
    assert (opened.read, opened.offset) == (True, 50)


def test_an_issue_with_another_id_here_is_the_same_by_its_keys(
    old: Library, tmp_path: Path
) -> None:
    page = tmp_path / "p.txt"
    page.write_text(f"A Paper\n\n{PAPER}\n", "utf-8")
    (there,) = old[0].transfer.import_paths([page]).added
    note = old[0].notes.note(there, TEXT, 8, 13, "on it")
    old[0].backup.write(tmp_path / "a.zip")
    with library(tmp_path / "new") as (new, _):
        page.write_text(f"Another name\n\n{PAPER}\n", "utf-8")
        (here,) = new.transfer.import_paths([page]).added
        assert here != there
        new.backup.restore(tmp_path / "a.zip")
        assert new.notes.get(note.id).issue == here
        assert there not in [row.id for row in new.library.rows().rows]


def test_drafts_go_with_the_issues_they_are_on(old: Library, tmp_path: Path) -> None:
    page = tmp_path / "p.txt"
    page.write_text(f"A Paper\n\n{PAPER}\n", "utf-8")
    (there,) = old[0].transfer.import_paths([page]).added
    note = old[0].notes.note(there, TEXT, 8, 13, "on it")
    for key in (f"passage:{there}:text:9-14+2", f"issue:{there}", f"note:{note.id}", "entity:baai"):
        old[0].notes.keep_draft(key, f"begun as {key}")
    old[0].backup.write(tmp_path / "a.zip")
    with library(tmp_path / "new") as (new, _):
        page.write_text(f"Another name\n\n{PAPER}\n", "utf-8")
        (here,) = new.transfer.import_paths([page]).added
        new.backup.restore(tmp_path / "a.zip")
        (draft,) = (each for each in new.notes.drafts(here) if each.anchor)
        assert draft.id == f"passage:{here}:text:9-14+2"
        assert draft.text == f"begun as passage:{there}:text:9-14+2"
        assert new.notes.draft(f"issue:{here}") == f"begun as issue:{there}"
        assert new.notes.draft(f"issue:{there}") == ""
        assert new.notes.draft(f"note:{note.id}") == f"begun as note:{note.id}"
        assert new.notes.draft("entity:baai") == "begun as entity:baai"


@pytest.mark.parametrize("awaited", ["here", "there"])
def test_an_issue_without_a_text_meets_the_one_that_has_it(
    old: Library, tmp_path: Path, awaited: str
) -> None:
    page, notes = tmp_path / "p.txt", tmp_path / "r.csv"
    page.write_text(f"A Paper\n\n{PAPER}\n", "utf-8")
    notes.write_text("Highlight,Book Title\nthat is nowhere,A Paper\n", "utf-8")
    with library(tmp_path / "new") as (new, _):
        here, there = (notes, page) if awaited == "here" else (page, notes)
        old[0].transfer.import_paths([there])
        new.transfer.import_paths([here])
        old[0].backup.write(tmp_path / "a.zip")
        new.backup.restore(tmp_path / "a.zip")
        opened = new.library.open("a-paper")
        (placed,) = opened.annotations
        assert not opened.read
        assert placed.placement.state in (AnchorState.EXACT, AnchorState.UNSURE)
        text = opened.document.text[placed.placement.start : placed.placement.end]
        assert text == "that is nowhere"


def test_settings_of_ones_own_stay_and_the_others_lie_beside(old: Library, tmp_path: Path) -> None:
    old[0].backup.write(tmp_path / "a.zip")
    paths = old[1]
    paths.settings.write_text("measure = 60\n", "utf-8")
    paths.entities.write_text("", "utf-8")
    beside = old[0].backup.restore(tmp_path / "a.zip").beside
    assert [each.name for each in beside] == ["config.restored.toml", "entities.restored.toml"]
    assert paths.settings.read_text() == "measure = 60\n"
    assert (paths.config / "config.restored.toml").read_text() == 'theme = "light"\n'
    assert (paths.config / "entities.restored.toml").read_text() == ENTITIES


def test_replaced_the_library_is_what_it_was(old: Library, tmp_path: Path) -> None:
    old[0].backup.write(tmp_path / "a.zip")
    before = told(*old)
    page = tmp_path / "p.txt"
    page.write_text("A Paper\n\nWords of a paper.\n", "utf-8")
    old[0].transfer.import_paths([page])
    old[0].notes.entity_note("acme-ai", "new")
    old[0].saved.save("huawei")
    old[1].settings.write_text("measure = 60\n", "utf-8")
    after = told(*old)
    report = old[0].backup.restore(tmp_path / "a.zip", replace=True)
    assert told(*old) == before
    assert report.safety is not None
    old[0].backup.restore(report.safety, replace=True)
    old[0].care.catch_up()
    assert told(*old) == after


def test_nobody_writes_between_the_safety_copy_and_the_replacing(
    old: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old[0].backup.write(tmp_path / "a.zip")
    monkeypatch.setattr("chinai_tui.store.storage.LOCK_SECONDS", 0.01)
    monkeypatch.setattr("chinai_tui.workspace.own_entities.LOCK_SECONDS", 0.01)
    copy, refused = archive.copy, []

    def meanwhile(*args: Any) -> None:
        writes = [each.transaction for each in Store(old[1].data).files]
        for write in (*writes, OwnEntities(old[1].entities).changing):
            with pytest.raises(StoreError, match="another program is writing"), write():
                pass
            refused.append(write)
        copy(*args)

    monkeypatch.setattr(archive, "copy", meanwhile)
    old[0].backup.restore(tmp_path / "a.zip", replace=True)
    assert len(refused) == 4


def test_what_a_restore_that_was_cut_off_has_unpacked_is_removed(
    old: Library, tmp_path: Path
) -> None:
    old[0].backup.write(tmp_path / "a.zip")
    left, busy = (old[1].cache / f"restoring-{name}" for name in "ab")
    for folder in (left, busy):
        folder.mkdir(parents=True)
        (folder / "issues.json").write_text("x")
    os.utime(left, (0, 0))
    old[0].backup.restore(tmp_path / "a.zip")
    assert [*old[1].cache.glob("restoring-*")] == [busy]


def test_settings_that_a_backup_lacks_are_not_there_afterwards(
    old: Library, tmp_path: Path
) -> None:
    with library(tmp_path / "new") as new:
        new[0].backup.write(tmp_path / "a.zip")
    old[0].backup.restore(tmp_path / "a.zip", replace=True)
    assert not old[1].settings.exists()
    assert not old[1].entities.exists()
    assert old[0].notes.all() == []


def test_records_of_a_newer_version_are_refused(old: Library, tmp_path: Path) -> None:
    file = old[1].data / "reading.json"
    store = Store(old[1].data)
    form = store.reading_file._storage.form
    sealed = form.unseal(file.read_bytes())
    data = form.seal(sealed.payload, sealed.generation, schema=99)
    rewrite(old, tmp_path / "a.zip", {"reading.json": data})
    before = told(*old)
    for replaced in (False, True):
        with pytest.raises(NewerError, match="update this one"):
            old[0].backup.restore(tmp_path / "a.zip", replace=replaced)
    assert told(*old) == before


@pytest.mark.parametrize("data", [b"", b"null", b"{}", b'{"format":"chinai/issues"'])
def test_records_that_are_none_are_refused(old: Library, tmp_path: Path, data: bytes) -> None:
    rewrite(old, tmp_path / "a.zip", {"annotations.json": data})
    before = told(*old)
    for replaced in (False, True):
        with pytest.raises(DamagedError, match="cannot be read"):
            old[0].backup.restore(tmp_path / "a.zip", replace=replaced)
    assert told(*old) == before


def rewrite(library: Library, target: Path, changed: dict[str, bytes]) -> None:
    """A backup of a library with other bytes in some files, which its manifest vouches for."""
    library[0].backup.write(target)
    with zipfile.ZipFile(target) as packed:
        members = {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}
    archive.write(target, {**members, **changed}.items(), "")


class Failing:
    """Stands in for the `os` module: from a certain write on, nothing is written any more."""

    CALLS = frozenset(("write", "fsync", "replace", "link", "mkdir"))

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in self.CALLS:
            return real

        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if 0 < self.number <= self.count:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        return call


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Failing]:
    """Has every write to the disk fail from one of them on; 0 for none."""

    def install(number: int) -> Failing:
        system = Failing(number)
        for module in (files, backups):
            monkeypatch.setattr(module, "os", system)
        return system

    return install


@pytest.mark.parametrize("is_replaced", [False, True])
def test_cut_off_at_any_write_nothing_is_lost_and_it_can_be_begun_again(
    old: Library, tmp_path: Path, failing: Callable[[int], Failing], is_replaced: bool
) -> None:
    backup, root, number, ended = tmp_path / "a.zip", tmp_path / "new", 0, False
    old[0].backup.write(backup)
    theirs = {each.id for each in old[0].notes.all()}
    with library(tmp_path / "before") as (before, _):
        own = before.notes.note("chinai-94", DIGEST, 0, 12, "mine")
    while not ended:
        number += 1
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(tmp_path / "before", root)
        with library(root) as (new, paths):
            failing(number)
            with suppress(ChinaiError):
                new.backup.restore(backup, replace=is_replaced)
                ended = True
            failing(0)
        store = Store(paths.data)
        assert is_kept(own, store, paths) if is_replaced else own == store.annotations.get(own.id)
        assert store.problems == []
        if number % 8 == 1 or ended:
            with library(root) as (new, paths):
                assert is_replaced or new.care.check().wrong == ()
                new.backup.restore(backup, replace=is_replaced)
                kept = set() if is_replaced else {own.id}
                assert {each.id for each in new.notes.all()} == theirs | kept
                assert new.library.document("chinai-94", TEXT).text
    assert number > 20


def is_kept(note: Annotation, store: Store, paths: Paths) -> bool:
    """Whether a note is there, or in a backup that was made before it was replaced."""
    safe = (paths.data / "backups").glob("before-restore-*.zip")
    return store.annotations.get(note.id) == note or any(
        note.id.encode() in zipfile.ZipFile(each).read("annotations.json") for each in safe
    )


def test_another_program_that_is_writing_is_waited_for_and_told(
    old: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    (note,) = old[0].notes.find("second").annotations
    note = change_of(note.id, old, updated="2090-01-01T00:00:00Z")
    old[0].backup.write(tmp_path / "a.zip")
    old[0].notes.delete([note.id])
    monkeypatch.setattr("chinai_tui.store.storage.LOCK_SECONDS", 0.01)
    with library(old[1].data.parent) as (again, paths):
        with (
            FileLock(f"{paths.data / 'annotations.json'}.lock"),
            pytest.raises(StoreError, match="another program is writing"),
        ):
            again.backup.restore(tmp_path / "a.zip")
        again.backup.restore(tmp_path / "a.zip")
        assert again.notes.get(note.id) == note


def test_a_report_says_all_in_plain_values(old: Library, tmp_path: Path) -> None:
    report = old[0].backup.write(tmp_path / "a.zip")
    assert asdict(report)["file"] == tmp_path / "a.zip"


def revised(workspace: Workspace, folder: Path) -> str:
    """Bring in an issue whose text has been another, and has come in poorer, too; its id."""
    return bring(
        workspace,
        folder,
        a_html=page(words="The lamps were lit."),
        b_html=page(words="The lamps were put out."),
        c_md=note(words="Lamps."),
    )


@pytest.mark.parametrize("replaced", [False, True])
def test_earlier_texts_and_all_sources_come_back(tmp_path: Path, replaced: bool) -> None:
    file = tmp_path / "backup.zip"
    with library(tmp_path / "old") as (workspace, paths):
        issue = revised(workspace, tmp_path / "in")
        record = workspace.library.issue(issue)
        assert len(record.sources) == 2
        workspace.backup.write(file)
    with library(tmp_path / "new") as (workspace, paths):
        if not replaced:
            bring(workspace, tmp_path / "in", b_html=page(words="The lamps were put out."))
        workspace.backup.restore(file, replace=replaced)
        found = workspace.library.issue(issue)
        assert (found.documents, found.sources) == (record.documents, record.sources)
        assert "lit" in workspace.library.difference(issue).old.text
        store = Store(paths.data)
        assert all(store.originals.get(each.original) for each in found.sources)
        assert not workspace.care.check().wrong
        assert workspace.backup.restore(file).issues_updated == ()


def test_an_earlier_text_that_is_gone_is_nobodys_fault(tmp_path: Path) -> None:
    with library(tmp_path / "old") as (workspace, paths):
        issue = revised(workspace, tmp_path / "in")
        (past,) = workspace.library.issue(issue).documents[TEXT].earlier
        (paths.data / "documents" / issue / f"text-{past.revision}.json").unlink()
        report = workspace.backup.write(tmp_path / "backup.zip")
        assert report.problems == ()
        assert not workspace.care.check().wrong
        assert workspace.library.open(issue).document.text
    with library(tmp_path / "new") as (workspace, paths):
        assert not workspace.backup.restore(tmp_path / "backup.zip").problems
        assert workspace.library.open(issue).issue.documents[TEXT].earlier == (past,)
        assert not workspace.care.check().wrong
