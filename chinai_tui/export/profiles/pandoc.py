"""Markdown for pandoc: citations by key, with the bibliography that lies beside the files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chinai_tui.export.front_matter import Value as Flat
from chinai_tui.export.profiles.markdown import Markdown


class Pandoc(Markdown):
    """See `Profile`."""

    fields: Mapping[str, Flat] = {"bibliography": "references.bib"}
    # Citations, formulas, raised words, attributes, smart punctuation, and the marks of lists that
    # other readers do not have: `(1)`, `a.`, `iv)`.
    more = re.compile(
        r"""["'@$^{}]|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|^\((?=\w{1,9}\))|(?<=^\w)[.)](?=\s|$)"""
        r"""|(?<=^\w\w)[.)](?=\s|$)|(?<=^\w\w\w)[.)](?=\s|$)|(?<=^\w\w\w\w)[.)](?=\s|$)"""
    )

    def cite(self, short: str, full: str, key: str) -> str:
        """In short, with the key."""
        return f"{short} [@{key}]" if key else full


PROFILE = Pandoc()
