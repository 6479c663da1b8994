from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.paths import bundled_library, default_paths


def test_one_folder_holds_everything_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINAI_HOME", str(tmp_path))
    paths = default_paths()
    for path in (paths.data, paths.index, paths.settings, paths.entities):
        assert tmp_path in path.parents
    assert not list(tmp_path.iterdir())


def test_otherwise_the_folders_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHINAI_HOME", raising=False)
    paths = default_paths()
    assert len({paths.data, paths.config, paths.cache}) == 3
    assert all("chinai" in str(path) for path in (paths.data, paths.config, paths.cache))


def test_the_bundled_library_is_there() -> None:
    assert (bundled_library() / "publications.toml").is_file()
