"""What is installed from a wheel has everything with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which a wheel built from this checkout is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*PIP, *build], check=True)
    (wheel,) = folder.glob("chinai_tui-*.whl")
    site = folder / "site"
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    return site


def run(installed: Path, tmp_path: Path, *arguments: str) -> dict[str, object]:
    env = {**os.environ, "PYTHONPATH": str(installed), "CHINAI_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "chinai_tui", *arguments, "--json"]
    shown = subprocess.run(
        command, env=env, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(shown.stdout)
    return found


def test_the_library_comes_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    folders = run(installed, tmp_path, "config")["folders"]
    assert isinstance(folders, dict)
    assert Path(folders["library"]) == installed / "chinai_tui" / "_library"
    assert run(installed, tmp_path, "list")["total"] == 5
    assert run(installed, tmp_path, "company", "sensetime")["mentions"]


def test_the_wheel_is_typed_and_holds_no_tests(installed: Path) -> None:
    assert (installed / "chinai_tui" / "py.typed").is_file()
    assert (installed / "chinai_tui" / "ui" / "chinai.tcss").is_file()
    assert not (installed / "tests").exists()
