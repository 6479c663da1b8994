"""Names of exported files: ASCII, at most 100 bytes, valid on Linux, macOS and Windows.

They hold what identifies an issue or entity, so that two never share a file and a corrected date
does not move it.
"""

from __future__ import annotations

import re
import unicodedata

from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import UNFILED, Issue, Publication
from chinai_tui.text.slug import slug

LIMIT = 100
"""Bytes of the longest name."""
ALL_NOTES = "chinai-notes.md"
"""The file for the notes on everything."""

_OTHER = re.compile(r"[^A-Za-z0-9]+")


def file_name(issue: Issue, publication: Publication) -> str:
    """The file of an issue: `ChinAI-94--its-title.md`, or by id, `The-Low-Down--its-id.md`.

    The two dashes keep it from being a name that Windows reserves, such as `con.md`.
    """
    label = _ascii(publication.label or publication.title) or publication.id
    if publication.id == UNFILED:
        label = "Unfiled"
    if issue.number is not None:
        label, words = f"{label[:24]}-{issue.number}", slug(issue.title)
    else:
        words = issue.id.removeprefix(f"{publication.id}-")
    return f"{label[: max(1, LIMIT - len(words) - 5)]}--{words}".rstrip("-") + ".md"


def entity_file_name(entity: Entity) -> str:
    """The file of an entity: `company-sensetime.md`."""
    return f"{entity.kind}-{entity.id}"[: LIMIT - 3].rstrip("-") + ".md"


def dossier_file_name(entity: Entity) -> str:
    """The file of all that is known of an entity: `company-sensetime.dossier.md`."""
    ending = ".dossier.md"
    return entity_file_name(entity).removesuffix(".md")[: LIMIT - len(ending)] + ending


def _ascii(text: str) -> str:
    """The ASCII letters and digits of a label, joined by single dashes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _OTHER.sub("-", plain.replace("'", "").replace("’", "")).strip("-")
