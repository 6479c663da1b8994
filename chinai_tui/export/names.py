"""Names of exported files, without their endings, and of the blocks in them.

File names are ASCII, at most 100 bytes with an ending, and valid on Linux, macOS and Windows.
They hold what identifies an issue or entity, so that two never share a file and a corrected date
does not move it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from chinai_tui.domain.annotation import Annotation
from chinai_tui.domain.entity import Entity
from chinai_tui.domain.issue import UNFILED, Issue, Publication
from chinai_tui.text.slug import slug

LIMIT = 100
"""Bytes of the longest name, its ending included."""
_ENDING = len(".html")
ALL_NOTES = "chinai-notes"
"""The file for the notes on everything."""

_OTHER = re.compile(r"[^A-Za-z0-9]+")
_NOT_BLOCK = re.compile(r"[^a-z0-9]+")


def issue_name(issue: Issue, publication: Publication) -> str:
    """The file of an issue: `ChinAI-94--its-title`, or by id, `The-Low-Down--its-id`.

    The two dashes keep it from being a name that Windows reserves, such as `con`.
    """
    label = _ascii(publication.label or publication.title) or publication.id
    if publication.id == UNFILED:
        label = "Unfiled"
    if issue.number is not None:
        label, words = f"{label[:24]}-{issue.number}", slug(issue.title)
    else:
        words = issue.id.removeprefix(f"{publication.id}-")
    return f"{label[: max(1, LIMIT - len(words) - 2 - _ENDING)]}--{words}".rstrip("-")


def entity_name(entity: Entity) -> str:
    """The file of an entity: `company-sensetime`."""
    return f"{entity.kind}-{entity.id}"[: LIMIT - _ENDING].rstrip("-")


def entity_digest_name(entity: Entity) -> str:
    """The file of all notes that speak of an entity: `company-sensetime.notes`."""
    return _beside(entity, ".notes")


def dossier_name(entity: Entity) -> str:
    """The file of all that is known of an entity: `company-sensetime.dossier`."""
    return _beside(entity, ".dossier")


def _beside(entity: Entity, ending: str) -> str:
    return entity_name(entity)[: LIMIT - _ENDING - len(ending)] + ending


def tag_name(tag: str) -> str:
    """The file of a tag: `tag-leon`, or `tag-ai-1f0c7a2b` where its letters are not just these."""
    words = slug(tag)
    return f"tag-{words}" if words == tag else told_apart(f"tag-{words}".rstrip("-"), tag)


def notes_name(query: str = "") -> str:
    """The file for all notes, or for those that fit a query: `chinai-notes--tag-ipo-1f0c7a2b`."""
    if not query:
        return ALL_NOTES
    words = slug(query, LIMIT // 2)
    return told_apart(f"{ALL_NOTES}--{words}" if words else f"{ALL_NOTES}-", query)


def told_apart(name: str, id_: str) -> str:
    """A name with eight digits behind it, by what it stands for, where others may be the same."""
    digits = hashlib.sha256(id_.encode(errors="replace")).hexdigest()[:8]
    return f"{name[: LIMIT - _ENDING - 9]}-{digits}"


def block_ids(annotations: Iterable[Annotation]) -> dict[str, str]:
    """Ids of blocks, `h-` and eight letters or digits, by the ids of the annotations.

    Where two annotations begin alike, the later one has all of its id, so that the earlier one
    keeps what may be linked to.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for each in sorted(annotations, key=lambda each: (each.created, each.id)):
        whole = _NOT_BLOCK.sub("", each.id.lower())
        block = f"h-{whole[:8]}"
        if len(whole) < 8 or block in taken:
            block = told_apart(f"h-{whole}", each.id)
        taken.add(block)
        given[each.id] = block
    return given


def _ascii(text: str) -> str:
    """The ASCII letters and digits of a label, joined by single dashes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _OTHER.sub("-", plain.replace("'", "").replace("’", "")).strip("-")
