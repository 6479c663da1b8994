"""The styles in which an issue is cited."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chinai_tui.export.reference import Reference


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write references."""

    module: str
    """The module beside this one whose `render` writes them; imported when it is used."""
    file: str = ""
    """The side file of an export that holds all references; none for a style that is prose."""

    @property
    def is_prose(self) -> bool:
        """Whether it is read by people; a bibliography's own form is read by programs, by key."""
        return not self.file

    def render(self, references: Sequence[Reference]) -> str:
        """The references in their order, cleaned, without a line end after the last."""
        text: str = importlib.import_module(f"chinai_tui.export.{self.module}").render(references)
        return text


STYLES: Mapping[str, Style] = {
    "chicago": Style("chicago"),
    "apa": Style("apa"),
    "bibtex": Style("biblatex", "references.bib"),
    "csl": Style("csl", "references.json"),
    "ris": Style("ris", "references.ris"),
}
