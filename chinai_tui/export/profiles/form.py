"""What a profile says: how each part of a page is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chinai_tui.export.front_matter import Head
from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.model import Value


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity or an issue that is linked to."""

    name: str
    """What it is called."""
    page: str = ""
    """The name of the file of its page, without the ending; none where it has no page."""
    url: str = ""
    """Its address, which is safe; none where it has no address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A note with the passage it is on."""

    block: str
    """The id that links lead to."""
    title: str
    """Where the passage stands and whose words it is, as plain text."""
    words: str
    """Those of the passage, as plain text; none where the note is on something else."""
    items: Sequence[tuple[str, str]]
    """What is said about it, by labels, set already."""
    anchor_id: str
    """The id of the annotation, for profiles with a form of their own for ids."""
    is_copy: bool = False
    """Whether it may stand on other pages beside this one, as below each of its tags."""


class Profile(Protocol):
    """How the parts of a page are set. All words come as they are; what is set comes out."""

    ending: str
    """That of the files, with its dot."""
    head: Head
    links_all: bool
    """Whether each entity is a link, so that each needs a page."""

    fields: Mapping[str, Flat]
    """What the head of each file has besides its own."""

    def value(self, name: str, value: Value) -> Flat:
        """A field at the head of the file; None leaves it out."""

    def text(self, words: str) -> str:
        """Words within a line."""

    def strong(self, words: str) -> str:
        """Words of ours that stand out."""

    def emphasis(self, words: str) -> str:
        """Words in italics."""

    def link(self, url: str, words: str = "") -> str:
        """A link to a safe address; without words, to be read."""

    def reference(self, linked: Linked, words: str) -> str:
        """Words that lead to the page of an entity or issue, or else to its address, if any."""

    def tags(self, tags: Sequence[str]) -> str:
        """Tags, one after the other."""

    def note(self, text: str, links: Mapping[str, Linked]) -> str:
        """The words of a note, which are Markdown, with its links by their targets."""

    def heading(self, words: str, level: int) -> str:
        """A heading."""

    def paragraph(self, content: str) -> str:
        """A paragraph of what is set already."""

    def entry(self, entry: Entry) -> list[str]:
        """A passage and what is said about it, as blocks."""

    def mark(self, block: str, annotation_id: str) -> str:
        """The id by which a note is found in a file."""

    def cite(self, short: str, full: str, key: str) -> str:
        """A citation, of which `short` and `full` are set already."""

    def footnotes(self, cited: Mapping[str, str]) -> list[str]:
        """What stands at the end for the sources that were cited: their full form, by key."""

    def body(self, parts: Sequence[str]) -> str:
        """What follows the head: the parts between the two markers."""
