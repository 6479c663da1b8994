"""`chinai doctor`."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.paths import default_paths
from chinai_tui.workspace import bundled

Run = Callable[..., Any]


def test_a_sound_library_has_nothing_wrong(run: Run) -> None:
    outcome = run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("5 issues, 5 texts, 0 notes checked\nnothing is wrong\n")


def test_every_fault_is_named_with_its_file(run: Run) -> None:
    run("list")
    paths = default_paths()
    (damaged,) = (paths.data / "documents" / "chinai-29").glob(f"{DocumentRole.DIGEST}-*.json")
    damaged.write_bytes(damaged.read_bytes()[:-9])
    (missing,) = (paths.data / "documents" / "chinai-23").glob("*.json")
    missing.unlink()
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text('theme = "purple"\n', "utf-8")
    paths.entities.write_text('[[entity]]\nid = "x"\nkind = "ghost"\nname = "X"\n', "utf-8")
    outcome = run("doctor")
    assert outcome.code == 1
    for file in (damaged, missing, paths.settings, paths.entities):
        assert str(file) in outcome.out
    assert "it is missing" in outcome.out
    assert len(run("doctor", "--json").json["wrong"]) == 4
    assert missing.exists() is False


def test_what_is_no_fault_is_told_with_its_count(run: Run, text_file: Path) -> None:
    run("list")
    kept = default_paths().data / "originals"
    shipped = {*kept.iterdir()}
    run("import", str(text_file))
    (original,) = {*kept.iterdir()} - shipped
    original.unlink()
    outcome = run("doctor")
    assert outcome.code == 0
    assert "1 text without the original; all else works" in outcome.out
    assert outcome.out.endswith("nothing is wrong\n")
    told = run("doctor", "--json").json
    assert (told["unbacked"], told["wrong"]) == (1, [])


def test_what_a_killed_import_left_is_named_and_taken_away(run: Run) -> None:
    run("list")
    kept = default_paths().data / "originals"
    left = [kept / f".{number:02}.html.gz.4711-4712.tmp" for number in range(12)]
    for file in left:
        file.touch()
        os.utime(file, (0, 0))
    outcome = run("doctor")
    assert outcome.code == 0
    assert f"removed {left[0]}, left over from an import that was killed" in outcome.out
    assert "and 2 such files more" in outcome.out
    assert not any(file.exists() for file in left)
    left[0].touch()
    os.utime(left[0], (0, 0))
    told = run("doctor", "--json").json
    assert (told["removed"], told["left_over"], told["wrong"]) == ([str(left[0])], 0, [])


@pytest.fixture
def twice(run: Run, text_file: Path) -> list[Path]:
    """The file of a text that another one has replaced, and that of its present original."""
    run("import", str(text_file))
    paths = default_paths()
    (earlier,) = (paths.data / "documents" / "chinai-94").glob("text-*.json")
    before = {*(paths.data / "originals").iterdir()}
    text_file.write_text(text_file.read_text("utf-8") + "\nA line that came later.\n", "utf-8")
    run("import", str(text_file))
    (original,) = {*(paths.data / "originals").iterdir()} - before
    return [earlier, original]


def test_a_lost_text_that_was_replaced_is_named_with_the_way_back(
    run: Run, twice: list[Path], tmp_path: Path
) -> None:
    earlier, _ = twice
    run("backup", str(tmp_path / "all.zip"))
    earlier.unlink()
    outcome = run("doctor")
    assert (outcome.code, run("doctor", "--json").json["wrong"]) == (0, [])
    (line,) = [each for each in outcome.out.splitlines() if str(earlier) in each]
    assert "it is missing; `chinai restore` a backup that has it" in line
    assert "`chinai restore` a backup" in run("show", "94", "--diff").err
    run("restore", str(tmp_path / "all.zip"))
    assert run("doctor", "--json").json["gone"] == []
    assert run("show", "94", "--diff").code == 0
    earlier.write_bytes(earlier.read_bytes()[:-9])
    outcome = run("doctor")
    assert outcome.code == 1
    assert outcome.out.startswith(f"{earlier}: ")
    assert "`chinai restore` a backup that has it" in outcome.out


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[:-9], "it is cut off"),
        (lambda data: data[:40] + bytes(9) + data[49:], "it cannot be unpacked"),
        (lambda _: gzip.compress(b"other words"), "it holds other bytes"),
    ],
)
def test_a_damaged_original_is_named_with_the_ways_to_mend_it(
    run: Run,
    twice: list[Path],
    text_file: Path,
    tmp_path: Path,
    damage: Callable[[bytes], bytes],
    reason: str,
) -> None:
    _, original = twice
    run("backup", str(tmp_path / "all.zip"))
    whole = original.read_bytes()
    original.write_bytes(damage(whole))
    outcome = run("doctor")
    assert outcome.code == 1
    remedy = f"delete it and import {text_file.name} again, or `chinai restore` a backup"
    assert outcome.out.startswith(f"{original}: {reason}; {remedy}")
    run("restore", str(tmp_path / "all.zip"))
    assert original.read_bytes() == whole
    original.unlink()
    run("import", str(text_file))
    assert original.read_bytes() == whole
    assert run("doctor").code == 0


@pytest.mark.parametrize("command", ["doctor"])
def test_a_note_on_an_issue_that_is_gone_is_named(run: Run, command: str, workspace) -> None:
    note = workspace.notes.note("chinai-94", DocumentRole.DIGEST, 0, 9, "mine")
    store = workspace._core.store
    with store.issues_file.transaction() as tx:
        tx.delete(store.issues, "chinai-94")
    outcome = run(command)
    assert outcome.code == 1
    assert f"note {note.id}: it is on chinai-94" in outcome.out


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('[[alias]]\nentity = "nobody"\ntext = "N"\n', ":2: alias nobody.entity: "),
        ('[[alias]]\nentity = "huawei"\ntext = "SenseTime"\n', ":2: alias huawei.text: "),
        ('[[not]]\nentity = "nobody"\ntext = "N"\n', ":2: not nobody.entity: "),
        ('[[not]]\nentity = "huawei"\ntext = "N"\nwhen = 1\n', ":2: not huawei: "),
        ('[[entity]]\nid = "nobody"\noff = true\n', ":2: entity nobody.off: "),
        ('checked = "yesterday"\n', ":1: checked: "),
        ("names = 1\n", ":1: names: "),
    ],
)
def test_a_fault_of_the_users_own_entities_is_told_and_the_file_left_alone(
    run: Run, source: str, fault: str
) -> None:
    own = default_paths().entities
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(source, "utf-8")
    outcome = run("doctor")
    assert outcome.code == 1
    assert f"{own}{fault}" in outcome.out
    assert run("company", "huawei").code == 0
    assert own.read_text("utf-8") == source


def test_a_fault_of_the_shipped_catalogue_hides_nothing_else(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("list")
    (damaged,) = (default_paths().data / "documents" / "chinai-23").glob("*.json")
    damaged.unlink()
    shipped = tmp_path / "shipped.toml"
    shipped.write_text("colour = 1\nsmell = 2\n", "utf-8")
    monkeypatch.setattr(bundled, "catalogue_files", lambda: [shipped])
    outcome = run("doctor")
    assert outcome.code == 1
    for said in ("colour: unknown key", "smell: unknown key", str(damaged), "5 issues"):
        assert said in outcome.out


def test_a_link_to_nothing_is_a_fault(run: Run, tmp_path: Path) -> None:
    own = default_paths().entities
    own.parent.mkdir(parents=True, exist_ok=True)
    own.symlink_to(tmp_path / "nothing")
    outcome = run("doctor")
    assert outcome.code == 1
    assert f"{own}:1: file: not a file" in outcome.out
