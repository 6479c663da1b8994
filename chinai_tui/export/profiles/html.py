"""Web pages that need nothing else, with nothing in them that acts or loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape
from typing import TYPE_CHECKING

from chinai_tui.export.front_matter import Head, PageHead
from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.markers import BEGIN, END
from chinai_tui.export.model import Value
from chinai_tui.export.profiles.form import Entry, Linked
from chinai_tui.export.profiles.markdown import PROFILE as MARKDOWN
from chinai_tui.export.profiles.markdown import with_links
from chinai_tui.text.sanitise import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_STYLE = """\
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 serif; }
blockquote { margin: 1rem 0 .5rem; padding-left: 1rem; border-left: .2rem solid; }
section > p:first-child { font-weight: bold; margin-bottom: 0; }
"""
_LONGEST = 20_000
"""Characters of the longest note that is read as Markdown; one that is longer is shown as it is."""


class Html:
    """See `Profile`."""

    ending = ".html"
    head: Head = PageHead(_STYLE)
    links_all = False
    fields: Mapping[str, Flat] = {}

    def value(self, name: str, value: Value) -> Flat:
        """See `Profile`."""
        return MARKDOWN.value(name, value)

    def text(self, words: str) -> str:
        """See `Profile`."""
        return _line(words)

    def strong(self, words: str) -> str:
        """See `Profile`."""
        return f"<strong>{self.text(words)}</strong>"

    def emphasis(self, words: str) -> str:
        """See `Profile`."""
        return f"<em>{self.text(words)}</em>"

    def link(self, url: str, words: str = "") -> str:
        """See `Profile`."""
        return f'<a href="{escape(url)}">{self.text(words or url)}</a>'

    def reference(self, linked: Linked, words: str) -> str:
        """See `Profile`."""
        address = f"{linked.page}{self.ending}" if linked.page else linked.url
        return self.link(address, words) if address else self.text(words)

    def tags(self, tags: Sequence[str]) -> str:
        """See `Profile`."""
        return self.text(", ".join(tags))

    def note(self, text: str, links: Mapping[str, Linked]) -> str:
        """The Markdown as HTML; what is HTML in it is shown as text, and pictures are links."""
        if len(text) > _LONGEST:
            return f"<pre>{escape(clean(text))}</pre>"
        linked = with_links(clean(text).strip(), links, self._linked)
        rendered: str = self._parser.render(linked)
        return rendered.strip()

    def _linked(self, linked: Linked, words: str) -> str:
        address = f"{linked.page}{self.ending}" if linked.page else linked.url
        return MARKDOWN.link(address, words) if address else MARKDOWN.text(words)

    @cached_property
    def _parser(self) -> MarkdownIt:
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark", {"html": False}).disable("image")

    def heading(self, words: str, level: int) -> str:
        """See `Profile`."""
        return f"<h{level}>{self.text(words)}</h{level}>"

    def paragraph(self, content: str) -> str:
        """See `Profile`."""
        return f"<p>{content}</p>"

    def entry(self, entry: Entry) -> list[str]:
        """A section with the passage as a block quote and a list."""
        lines = [f'<section id="{entry.block}">']
        if entry.title:
            lines.append(self.paragraph(self.text(entry.title)))
        words = [
            self.paragraph(self.text(each))
            for each in clean(entry.words).split("\n")
            if each.strip()
        ]
        if words:
            lines += ["<blockquote>", *words, "</blockquote>"]
        if entry.items:
            lines += ["<ul>", *(_item(*item) for item in entry.items), "</ul>"]
        return ["\n".join([*lines, "</section>"])]

    def mark(self, block: str, annotation_id: str) -> str:  # noqa: ARG002
        """See `Profile`."""
        return block

    def cite(self, short: str, full: str, key: str) -> str:  # noqa: ARG002
        """The whole citation."""
        return full

    def footnotes(self, cited: Mapping[str, str]) -> list[str]:  # noqa: ARG002
        """None."""
        return []

    def body(self, parts: Sequence[str]) -> str:
        """See `Profile`."""
        return "\n".join((BEGIN, *parts, END, "</body>", "</html>", ""))


@lru_cache(maxsize=2048)  # most come often: labels, names, tags, colours, days
def _line(words: str) -> str:
    return escape(" ".join(clean(words).split()))


def _item(label: str, content: str) -> str:
    name = f"<strong>{_line(label)}{':' if content else ''}</strong>"
    return f"<li>{name} {content}</li>" if content else f"<li>{name}</li>"


PROFILE = Html()
