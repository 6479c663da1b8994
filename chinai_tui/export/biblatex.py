"""Entries for BibLaTeX, of the type for pages online.

A title is kept as it is printed, by braces around all of it. Other scripts stand as they are, for
Biber with XeLaTeX or LuaLaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chinai_tui.domain.issue import Original
from chinai_tui.export.people import Name
from chinai_tui.export.reference import Reference, names

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Braces count as such even where a backslash stands before them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
_LIGATURE = re.compile(r"([-'<>,])(?=\1)")
"""Before a second one, with which TeX would set both as one other character, such as a dash."""
_BRACES = re.compile(r"\\textbraceleft\{\}(.*?)\\textbraceright\{\}")
"""A pair of braces, which counts as none: written the short way, the only one pandoc knows."""
_INDENT = "  "


def render(references: Iterable[Reference]) -> str:
    """The entries in their order, with a blank line between them."""
    return "\n\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    """An entry; as in CSL-JSON, the number stands in the title alone."""
    original = reference.original
    fields = {
        "author": _names(names(reference.authors)),
        "translator": _names(names(reference.translators)),
        "title": f"{{{escape(reference.title)}}}",
        "date": "-".join(reference.date),
        "organization": f"{{{escape(reference.container)}}}" if reference.container else "",
        "origtitle": escape(original.title_han or original.title) if original else "",
        "origpublisher": f"{{{escape(original.outlet)}}}" if original and original.outlet else "",
        "note": escape("; ".join(filter(None, (_from(original), reference.note)))),
        # Read letter by letter, so that nothing in it is escaped.
        "url": reference.url,
        "urldate": "-".join(reference.accessed),
    }
    lines = [f"{_INDENT}{name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{reference.key},\n{''.join(lines)}}}"


def _from(original: Original | None) -> str:
    """Who wrote the original, for which there is no field."""
    if original is None or not original.authors:
        return ""
    return f"Translated from {' and '.join(original.authors)}"


def _names(found: Sequence[Name]) -> str:
    return " and ".join(map(_name, found))


def _name(name: Name) -> str:
    """Family, suffix and given name; a whole one in braces, so that nothing takes it apart."""
    if name.is_whole:
        return f"{{{escape(name.family)}}}"
    parts = (name.surname, name.suffix, name.given)
    return ", ".join(escape(part) for part in parts if part)


def escape(text: str) -> str:
    """One line of text as LaTeX sets it letter by letter."""
    return _BRACES.sub(r"\\{\1\\}", _LIGATURE.sub(r"\1{}", text.translate(_ESCAPED)))
