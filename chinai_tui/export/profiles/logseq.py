"""An outline for Logseq: each line a block, and below a passage what is said about it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import cast

from chinai_tui.export import escape
from chinai_tui.export.front_matter import PROPERTIES, Head
from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.markers import BEGIN, END
from chinai_tui.export.model import Value
from chinai_tui.export.profiles.form import Entry, Linked
from chinai_tui.export.profiles.markdown import Markdown
from chinai_tui.text.sanitise import clean_line

_NOT_NAME = re.compile(r"[\[\]#|]")
_IDS = uuid.UUID("6f0e0c53-7d2c-4a5e-9c0e-3f6f3a1f7b52")
"""The namespace of the ids of blocks, which Logseq wants to be UUIDs."""


class Logseq(Markdown):
    """See `Profile`; a link leads to a page whether there is a file of it or not."""

    head: Head = PROPERTIES
    # Properties, references, macros, highlights, formulas and tags.
    more = re.compile(r":(?=:)|(?<=:):|\((?=\()|\{(?=\{)|\^|=(?==)|(?<==)=|\$|#(?=\S)")

    def value(self, name: str, value: Value) -> Flat:
        """As plain Markdown has them, with the further names of a page."""
        return cast(Flat, value) if name == "aliases" else super().value(name, value)

    def reference(self, linked: Linked, words: str) -> str:
        """See `Profile`."""
        name = _page(linked.name)
        return f"[[{name}]]" if words == name else f"[{self.text(words)}]([[{name}]])"

    def tags(self, tags: Sequence[str]) -> str:
        """As links, since a tag is a page here."""
        return " ".join(f"#[[{_page(each)}]]" for each in tags)

    def entry(self, entry: Entry) -> list[str]:
        """A block with its id, and a block below it for each thing that is said."""
        words = escape.quoted_lines(entry.words, self.more)
        title = self.strong(entry.title) if entry.title else ""
        quote = [f"> {each}" for each in words]
        lines = [*filter(None, [title]), *quote] or ["**Note**"]
        block = [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
        # No two blocks may have the same id, but any number the same property.
        name = "note-id" if entry.is_copy else "id"
        block.append(f"  {name}:: {self.mark(entry.block, entry.anchor_id)}")
        return ["\n".join([*block, *(_child(*item) for item in entry.items)])]

    def mark(self, block: str, annotation_id: str) -> str:  # noqa: ARG002
        """See `Profile`."""
        return str(uuid.uuid5(_IDS, annotation_id))

    def heading(self, words: str, level: int) -> str:
        """See `Profile`."""
        return f"- {super().heading(words, level)}"

    def paragraph(self, content: str) -> str:
        """See `Profile`."""
        return f"- {content}"

    def body(self, parts: Sequence[str]) -> str:
        """The blocks, the two markers too, which would else be made blocks by Logseq."""
        return "\n".join((f"- {BEGIN}", *parts, f"- {END}", ""))


def _page(name: str) -> str:
    """The name of a page, without what would end a link to it."""
    return " ".join(_NOT_NAME.sub(" ", clean_line(name)).split())


def _child(label: str, content: str) -> str:
    """A block below another; its further lines are its own, or blocks below it where they are."""
    first, *rest = content.split("\n") if content else [""]
    head = f"\t- **{label}:** {first}" if content else f"\t- **{label}**"
    return "\n".join([head, *(f"\t  {line}".rstrip() for line in rest)])


PROFILE = Logseq()
