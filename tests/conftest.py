"""What tests share: a home of their own, the library in it, and made-up texts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from chinai_tui.config import Settings
from chinai_tui.paths import Paths, default_paths
from chinai_tui.workspace import Workspace

# The same examples each time; HYPOTHESIS=explore looks for others.
settings.register_profile("fixed", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS", "fixed"))

TEXT = """ChinAI #94: A text that arrives

Greetings from a world where texts arrive…

Key Takeaways:

  • The laboratory of SenseTime (商汤) opened a second site in Wuhan, per its own account.

  • Megvii and Leon Technology were asked and did not answer.

Context: what a made-up paragraph says about facial recognition and chips.
"""
"""A made-up text of the issue that a shipped digest is about."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder; no test touches the user's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CHINAI_HOME", str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


@pytest.fixture
def paths(home: Path) -> Paths:
    return default_paths()


@pytest.fixture
def workspace(paths: Paths) -> Iterator[Workspace]:
    """The library as it is when it is opened for the first time."""
    opened = Workspace.open(paths, Settings())
    yield opened
    opened.close()


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    file = tmp_path / "94.txt"
    file.write_text(TEXT, "utf-8")
    return file


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the real texts."""
    folder = os.environ.get("CHINAI_CORPUS")
    if not folder:
        pytest.skip("CHINAI_CORPUS names no folder of real texts")
    return Path(folder)
