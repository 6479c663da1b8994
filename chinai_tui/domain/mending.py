"""Corrections of the catalogue that the user makes where a text is marked wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """How far it reaches that some words do not mean an entity."""

    HERE = "here"
    ISSUE = "in this issue"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Correction:
    """An addition to the user's entity file, ready to be written."""

    title: str
    """What it does, in a few words, for the status line and for undo."""
    lines: str
    """The tables that are appended, as TOML; ends with a line feed."""
    problem: str = ""
    """Why it cannot be written, in one line; empty if it can."""
