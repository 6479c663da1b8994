"""The forms in which notes leave: each says how the parts of a page are set, nothing more."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chinai_tui.export.profiles.form import Profile

PROFILES: Mapping[str, str] = {
    "markdown": "CommonMark: links and HTML anchors, each note with its whole citation",
    "obsidian": "a vault: callouts, wiki-links, block ids, footnotes",
    "pandoc": "Markdown for pandoc, with the keys of references.bib",
    "logseq": "an outline: a block for each passage, properties, references",
    "html": "web pages that need nothing else",
}
"""The names of the profiles and what they are; each is `PROFILE` of the module of its name."""


def load(name: str) -> Profile:
    """The profile of that name, one of `PROFILES`."""
    found: Profile = importlib.import_module(f"{__name__}.{name}").PROFILE
    return found
