"""Plain Markdown, which every program reads: CommonMark with normal links and HTML anchors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from chinai_tui.domain.entity import Entity
from chinai_tui.export import escape, inline
from chinai_tui.export.front_matter import YAML, Head
from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.markers import BEGIN, END
from chinai_tui.export.model import Value
from chinai_tui.export.profiles.form import Entry, Linked
from chinai_tui.text import wiki
from chinai_tui.text.code import by_code


class Markdown:
    """See `Profile`; the other dialects change some of it."""

    ending = ".md"
    head: Head = YAML
    links_all = False
    fields: Mapping[str, Flat] = {}
    more: re.Pattern[str] | None = None
    """What this dialect reads as a mark beside CommonMark; see `escape.characters`."""

    def value(self, name: str, value: Value) -> Flat:
        """Entities by name; without the aliases, which only a vault knows."""
        if name == "aliases":
            return None
        if name == "entities":
            return tuple(each.name for each in cast(Sequence[Entity], value))
        return cast(Flat, value)

    def text(self, words: str) -> str:
        """See `Profile`."""
        return escape.line(words, self.more)

    def strong(self, words: str) -> str:
        """See `Profile`."""
        return f"**{self.text(words)}**"

    def emphasis(self, words: str) -> str:
        """See `Profile`."""
        return f"*{self.text(words)}*"

    def link(self, url: str, words: str = "") -> str:
        """See `Profile`."""
        return f"[{self.text(words)}]({inline.destination(url)})" if words else f"<{url}>"

    def reference(self, linked: Linked, words: str) -> str:
        """See `Profile`."""
        if linked.page:
            return f"[{self.text(words)}]({linked.page}{self.ending})"
        return self.link(linked.url, words) if linked.url else self.text(words)

    def tags(self, tags: Sequence[str]) -> str:
        """See `Profile`."""
        return self.text(", ".join(tags))

    def note(self, text: str, links: Mapping[str, Linked]) -> str:
        """See `Profile`."""
        return escape.note(with_links(text, links, self.reference))

    def heading(self, words: str, level: int) -> str:
        """See `Profile`."""
        return f"{'#' * level} {escape.heading(words, self.more)}"

    def paragraph(self, content: str) -> str:
        """See `Profile`."""
        return content

    def entry(self, entry: Entry) -> list[str]:
        """An anchor, the title in bold, the passage as a block quote and a list."""
        parts = [f'<a id="{entry.block}"></a>']
        if entry.title:
            parts.append(self.strong(entry.title))
        if entry.words.strip():
            parts.append(escape.quote(entry.words, self.more))
        return [*parts, *items(entry.items)]

    def mark(self, block: str, annotation_id: str) -> str:  # noqa: ARG002
        """See `Profile`."""
        return block

    def cite(self, short: str, full: str, key: str) -> str:  # noqa: ARG002
        """The whole citation, so that each note can be taken by itself."""
        return full

    def footnotes(self, cited: Mapping[str, str]) -> list[str]:  # noqa: ARG002
        """None."""
        return []

    def body(self, parts: Sequence[str]) -> str:
        """The parts with a blank line between them."""
        body = "\n\n".join(parts)
        return f"\n{BEGIN}\n{body}\n{END}\n"


def items(found: Sequence[tuple[str, str]]) -> list[str]:
    """A list of what is said, if anything is: `- **Label:** what`."""
    lines = [f"- {_item(label, content)}" for label, content in found]
    return ["\n".join(lines)] if lines else []


def _item(label: str, content: str) -> str:
    """What is said, in its list item, where a fence that is left open ends with the item."""
    if not content:
        return f"**{label}**"
    if "\n" not in content:
        return f"**{label}:** {content}"
    lines = (f"  {line}" if line else "" for line in content.split("\n"))
    return "\n".join((f"**{label}:**", "", *lines))


def with_links(
    text: str,
    links: Mapping[str, Linked],
    write: Callable[[Linked, str], str],
    other: Callable[[str], str] = str,
) -> str:
    """A note with its links written otherwise, and by `other` all but these and code.

    Links that lead nowhere stay, and so does code.
    """
    if "[[" not in text:
        return other(text)
    written = []
    for piece, is_code in by_code(text):
        at = 0
        for link in () if is_code else wiki.links(piece):
            if link.target in links:
                shown = piece[link.start : link.end].strip("[]").partition("|")[2].strip()
                reference = write(links[link.target], shown or link.target)
                written += [other(piece[at : link.start]), reference]
                at = link.end
        written.append(piece if is_code else other(piece[at:]))
    return "".join(written)


PROFILE = Markdown()
