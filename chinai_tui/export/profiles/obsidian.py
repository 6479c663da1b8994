"""A vault of Obsidian: callouts, wiki-links, block ids, footnotes.

A link leads to a file by its name, since an alias is only offered while one types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from chinai_tui.domain.entity import Entity
from chinai_tui.export import escape, names
from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.model import Value
from chinai_tui.export.profiles.form import Entry, Linked
from chinai_tui.export.profiles.markdown import Markdown, items, with_links
from chinai_tui.text.code import by_code
from chinai_tui.text.sanitise import clean_line

_NOT_TAG = re.compile(r"[^\w/-]+")
_NOT_SHOWN = re.compile(r"[\[\]|]")
_UNEVEN = ("%%", "$$")
"""Marks that hide or swallow all that follows, where there is an odd number of them."""


class Obsidian(Markdown):
    """See `Profile`."""

    links_all = True
    # Comments, highlights, formulas, block ids and tags.
    more = re.compile(r"%(?=%)|(?<=%)%|=(?==)|(?<==)=|\$|\^|#(?=[^\s#]*[^\W\d])")

    def value(self, name: str, value: Value) -> Flat:
        """Entities as links, and tags as such may be written."""
        if name == "entities":
            return tuple(_wiki(names.entity_name(e), e.name) for e in cast(Sequence[Entity], value))
        if name == "tags":
            found = (_tag(each) for each in cast(Sequence[str], value))
            return tuple(dict.fromkeys(filter(None, found)))
        return cast(Flat, value) if name == "aliases" else super().value(name, value)

    def reference(self, linked: Linked, words: str) -> str:
        """See `Profile`."""
        return _wiki(linked.page, words) if linked.page else super().reference(linked, words)

    def tags(self, tags: Sequence[str]) -> str:
        """With their sign, but for those that cannot be tags here."""
        written = {each: _tag(each) for each in tags}
        return " ".join(f"#{tag}" if tag else self.text(each) for each, tag in written.items())

    def note(self, text: str, links: Mapping[str, Linked]) -> str:
        """See `Profile`; a link that leads nowhere is shown as it was written."""
        linked = with_links(text, links, self.reference, lambda rest: rest.replace("[[", r"\[\["))
        pieces = by_code(escape.note(linked))
        for mark in _UNEVEN:
            if sum(piece.count(mark) for piece, is_code in pieces if not is_code) % 2:
                shown = f"\\{mark[0]}\\{mark[1]}"
                pieces = [
                    (p if is_code else p.replace(mark, shown), is_code) for p, is_code in pieces
                ]
        return "".join(piece for piece, _ in pieces)

    def entry(self, entry: Entry) -> list[str]:
        """A callout with its id below; without a passage the id is that of the list."""
        listed = items(entry.items)
        mark = f"^{entry.block}"
        if not entry.words.strip():
            return [*listed, mark] if listed else []
        title = f"> [!quote] {self.text(entry.title)}".rstrip()
        lines = "\n>\n".join(f"> {each}" for each in escape.quoted_lines(entry.words, self.more))
        return [f"{title}\n{lines}", mark, *listed]

    def cite(self, short: str, full: str, key: str) -> str:
        """In short, with a footnote that has the rest."""
        return f"{short}[^{key}]" if key else full

    def footnotes(self, cited: Mapping[str, str]) -> list[str]:
        """See `Profile`."""
        lines = [f"[^{key}]: {full}" for key, full in cited.items() if key]
        return ["\n".join(lines)] if lines else []


@lru_cache(maxsize=4096)
def _wiki(page: str, words: str) -> str:
    """A link, in whose words no brackets and no bar can stand."""
    shown = " ".join(_NOT_SHOWN.sub(" ", clean_line(words)).split())
    return f"[[{page}|{shown}]]" if shown else f"[[{page}]]"


def _tag(tag: str) -> str:
    """A tag with only what one may have; nothing where that is no tag, as a number is none."""
    written = _NOT_TAG.sub("-", clean_line(tag)).strip("-/")
    return "" if re.fullmatch(r"[\d/-]*", written) else written


PROFILE = Obsidian()
