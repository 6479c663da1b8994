from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.errors import ChinaiError, DamagedError, InputError, NewerError, StoreError
from chinai_tui.store import archive

DOCUMENT = f"documents/chinai-94/text-{'a' * 64}.json"
ORIGINAL = f"originals/{'b' * 64}.html.gz"
MEMBERS = [("annotations.json", b"notes"), ("config.toml", b""), (DOCUMENT, b"x" * 5000)]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    target = tmp_path / "a.zip"
    archive.write(target, [*MEMBERS, (ORIGINAL, b"packed")], "2026-01-02T03:04:05Z")
    return target


def forged(
    members: dict[str, bytes], manifest: dict[str, Any] | None = None, **kwargs: Any
) -> bytes:
    """A zip that says of itself what a backup does, unless something else is given."""
    told = {
        name: {"size": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in members.items()
    }
    says = {"format": "chinai/backup", "version": 1, "members": told, **(manifest or {})}
    held = BytesIO()
    with zipfile.ZipFile(held, "w", **kwargs) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
        packed.writestr("manifest.json", json.dumps(says))
    return held.getvalue()


def test_what_was_written_comes_out(backup: Path, tmp_path: Path) -> None:
    manifest = archive.unpack(backup, tmp_path / "out")
    assert [*manifest.members] == [name for name, _ in MEMBERS] + [ORIGINAL]
    for name, data in [*MEMBERS, (ORIGINAL, b"packed")]:
        assert (tmp_path / "out" / name).read_bytes() == data
    assert backup.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(backup).testzip() is None


def test_the_same_files_give_the_same_bytes(backup: Path, tmp_path: Path) -> None:
    again = tmp_path / "b.zip"
    archive.write(again, [*MEMBERS, (ORIGINAL, b"packed")], "2026-01-02T03:04:05Z")
    assert again.read_bytes() == backup.read_bytes()


def test_a_backup_that_fails_leaves_the_one_before(
    backup: Path,
    faulty: Callable[..., Any],
    error_of: Callable[[Callable[[], object]], StoreError | None],
    tmp_path: Path,
) -> None:
    before, names = backup.read_bytes(), sorted(tmp_path.iterdir())
    counting = faulty()
    archive.write(backup, MEMBERS, "")
    after = backup.read_bytes()
    written = counting.calls.index("replace")
    for number in range(1, len(counting.calls) + 1):
        backup.write_bytes(before)
        faulty(number)
        error = error_of(lambda: archive.write(backup, MEMBERS, ""))
        assert error is None or "not saved" in str(error)
        assert backup.read_bytes() == (before if error and number <= written + 1 else after)
    assert sorted(tmp_path.iterdir()) == names


def test_every_backup_that_is_cut_off_is_refused(backup: Path, tmp_path: Path) -> None:
    whole, cut = backup.read_bytes(), tmp_path / "cut.zip"
    for size in range(0, len(whole), 7):
        cut.write_bytes(whole[:size])
        with pytest.raises(ChinaiError):
            archive.unpack(cut, tmp_path / "out")


def test_every_changed_byte_is_noticed_or_changes_nothing(backup: Path, tmp_path: Path) -> None:
    whole, changed = backup.read_bytes(), tmp_path / "changed.zip"
    expected = archive.unpack(backup, tmp_path / "out").members
    for at in range(0, len(whole), 5):
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        with suppress(ChinaiError):
            assert archive.unpack(changed, tmp_path / "out").members == expected


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"no zip at all", DamagedError, "damaged zip or none"),
        (b"", DamagedError, "damaged zip or none"),
        (forged({}, {"format": "other"}), InputError, "no backup of chinai"),
        (forged({}, {"version": 2}), NewerError, "newer version"),
        (forged({}, {"version": "x"}), InputError, "no backup of chinai"),
        (forged({"../evil": b"x"}), DamagedError, "no file of a library"),
        (forged({"/etc/passwd": b"x"}), DamagedError, "no file of a library"),
        (forged({"documents/../../x/text-a.json": b"x"}), DamagedError, "no file of a library"),
        (forged({"index.sqlite3": b"x"}), DamagedError, "no file of a library"),
        (
            forged({"config.toml": b"x"}, {"members": {}}),
            DamagedError,
            "does not hold what it says",
        ),
        (
            forged({"config.toml": b"x"}, {"members": {"config.toml": {"size": 1, "sha256": "0"}}}),
            DamagedError,
            "not as it was written",
        ),
        (
            forged({"config.toml": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED),
            DamagedError,
            "a hundred times",
        ),
        (
            forged({"config.toml": b"x"}, compression=zipfile.ZIP_LZMA),
            DamagedError,
            "packed in another way",
        ),
    ],
)
def test_what_is_no_backup_is_refused_in_one_line(
    tmp_path: Path, data: bytes, error: type[ChinaiError], reason: str
) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(data)
    with pytest.raises(error, match=reason) as told:
        archive.unpack(file, tmp_path / "out")
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_zip_without_a_manifest_is_somebody_elses(tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "x")
    with pytest.raises(InputError, match="no backup of chinai"):
        archive.unpack(file, tmp_path / "out")


def test_a_member_may_not_be_larger_than_it_says(tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    told = {"size": 3, "sha256": sha256(b"abc").hexdigest()}
    file.write_bytes(forged({"config.toml": b"abcdef"}, {"members": {"config.toml": told}}))
    with pytest.raises(DamagedError, match="not as it was written"):
        archive.unpack(file, tmp_path / "out")


def test_what_is_there_to_the_byte_is_not_copied(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (there / "originals").mkdir(parents=True)
    (there / ORIGINAL).write_bytes(b"packed")
    archive.copy([ORIGINAL], there, here)
    before = (here / ORIGINAL).stat().st_ino
    archive.copy([ORIGINAL], there, here)
    assert (here / ORIGINAL).read_bytes() == b"packed"
    assert (here / ORIGINAL).stat().st_ino == before
