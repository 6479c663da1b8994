from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.errors import DamagedError, StoreError
from chinai_tui.store.originals import OriginalStore


@pytest.fixture
def kept(folder: Path) -> OriginalStore:
    return OriginalStore(folder)


@given(st.binary(max_size=2000))
@settings(max_examples=40, deadline=None)
def test_bytes_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    kept = OriginalStore(tmp_path_factory.mktemp("originals"))
    assert kept.get(kept.put(data, "html")) == data


def test_a_file_is_named_by_what_it_holds_and_is_always_the_same(
    kept: OriginalStore, folder: Path, tmp_path: Path
) -> None:
    checksum = kept.put(b"<p>words</p>", "html")
    path = folder / f"{checksum}.html.gz"
    assert checksum == hashlib.sha256(b"<p>words</p>").hexdigest()
    assert gzip.decompress(path.read_bytes()) == b"<p>words</p>"
    assert path.stat().st_mode & 0o777 == 0o600
    OriginalStore(tmp_path / "other").put(b"<p>words</p>", "html")
    assert (tmp_path / "other" / path.name).read_bytes() == path.read_bytes()


def test_what_is_there_is_not_written_again(kept: OriginalStore, folder: Path) -> None:
    checksum = kept.put(b"words", "txt")
    before = (folder / f"{checksum}.txt.gz").stat().st_ino
    assert kept.put_many([(b"words", "txt"), (b"others", "txt")])[0] == checksum
    assert (folder / f"{checksum}.txt.gz").stat().st_ino == before
    assert len(list(folder.iterdir())) == 2


def test_damage_is_found_and_mended(kept: OriginalStore, folder: Path) -> None:
    checksum = kept.put(b"words " * 50, "txt")
    path = folder / f"{checksum}.txt.gz"
    good = path.read_bytes()
    for data in (b"", good[:-1], good[:12], b"words", gzip.compress(b"other words")):
        path.write_bytes(data)
        with pytest.raises(DamagedError, match=checksum):
            kept.get(checksum)
    kept.put(b"words " * 50, "txt")
    assert kept.get(checksum) == b"words " * 50


def test_a_good_copy_under_another_extension_counts(kept: OriginalStore, folder: Path) -> None:
    checksum = kept.put_many([(b"words", "md"), (b"words", "txt")])[0]
    (folder / f"{checksum}.md.gz").write_bytes(b"")
    assert kept.get(checksum) == b"words"


def test_what_was_never_put_is_missing(kept: OriginalStore) -> None:
    with pytest.raises(DamagedError, match="missing"):
        kept.get("0" * 64)


@pytest.mark.parametrize("extension", ["", "../x", "TXT", "a.b", "abcdefghi"])
def test_an_extension_that_is_none_never_becomes_a_path(
    kept: OriginalStore, folder: Path, extension: str
) -> None:
    with pytest.raises(StoreError, match="extension"):
        kept.put(b"words", extension)
    assert not folder.exists()


@pytest.mark.parametrize("checksum", ["", "*", "../" * 3, "0" * 63])
def test_a_checksum_that_is_none_never_becomes_a_path(kept: OriginalStore, checksum: str) -> None:
    with pytest.raises(StoreError, match="checksum"):
        kept.get(checksum)


def test_what_is_kept_is_known_by_its_names(kept: OriginalStore, folder: Path) -> None:
    assert kept.checksums() == set()
    checksums = {kept.put(b"one", "html"), kept.put(b"two", "md")}
    (folder / ".x.html.gz.12-34.tmp").touch()
    assert kept.checksums() == checksums
    assert all(kept.fault(each, paths) == "" for each, paths in kept.kept().items())


def test_what_is_discarded_is_gone_and_the_rest_stays(kept: OriginalStore) -> None:
    gone, stays = kept.put_many([(b"one", "html"), (b"two", "md")])
    kept.put(b"one", "txt")
    kept.discard([gone, "0" * 64])
    assert kept.checksums() == {stays}
