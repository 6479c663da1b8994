"""Markdown for pandoc: citations by key, with the bibliography that lies beside the files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.profiles.form import Linked
from chinai_tui.export.profiles.markdown import Markdown
from chinai_tui.text.code import by_code

_HANDLE = re.compile(r"(<[^<>\s]+>)|(?<![\w\\])@(?=[\w{])(?![^\[\]\n]*\])")
"""A link as such, or else an `@` outside brackets, with which pandoc cites too: `@somebody`."""


class Pandoc(Markdown):
    """See `Profile`."""

    fields: Mapping[str, Flat] = {"bibliography": "references.bib"}
    # Citations, formulas, raised words, attributes, smart punctuation, and the marks of lists that
    # other readers do not have: `(1)`, `a.`, `iv)`.
    more = re.compile(
        r"""["'@$^{}]|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|^\((?=\w{1,9}\))|(?<=^\w)[.)](?=\s|$)"""
        r"""|(?<=^\w\w)[.)](?=\s|$)|(?<=^\w\w\w)[.)](?=\s|$)|(?<=^\w\w\w\w)[.)](?=\s|$)"""
    )

    def note(self, text: str, links: Mapping[str, Linked]) -> str:
        """See `Profile`; only what stands in brackets is a citation, `[@key]`."""
        pieces = by_code(super().note(text, links))
        return "".join(
            piece if is_code else _HANDLE.sub(lambda found: found[1] or r"\@", piece)
            for piece, is_code in pieces
        )

    def cite(self, short: str, full: str, key: str) -> str:
        """In short, with the key."""
        return f"{short} [@{key}]" if key else full


PROFILE = Pandoc()
