"""Records in RIS, which EndNote, Zotero and Mendeley read.

https://en.wikipedia.org/wiki/RIS_(file_format) lists the tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chinai_tui.domain.issue import Original
from chinai_tui.export.people import Name
from chinai_tui.export.reference import Reference, full_title, names


def render(references: Iterable[Reference]) -> str:
    """The records in their order, with a blank line between them."""
    return "\n\n".join(
        "\n".join(f"{tag}  - {value}" for tag, value in _lines(each)) for each in references
    )


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags with their values, which are one line each; what is not known is left out."""
    original = reference.original
    yield "TY", "BLOG"
    found = [
        ("ID", reference.key),
        *(("AU", _name(name)) for name in names(reference.authors)),
        *(("A4", _name(name)) for name in names(reference.translators)),
        ("TI", reference.title),
        ("T2", reference.container),
        ("M1", reference.number),
        ("PY", reference.date[0] if reference.date else ""),
        ("DA", _date(reference.date)),
        ("Y2", _date(reference.accessed)),
        ("UR", reference.url),
        ("LA", reference.language),
        ("OP", _published(original) if original else ""),
        ("N1", reference.note),
    ]
    yield from ((tag, value) for tag, value in found if value)
    yield "ER", ""


def _published(original: Original) -> str:
    """Who wrote the original, what it is called and where it appeared."""
    parts = (" and ".join(original.authors), full_title(original), original.outlet)
    return ", ".join(filter(None, parts))


def _name(name: Name) -> str:
    return ", ".join(filter(None, (name.surname, name.given, name.suffix)))


def _date(parts: tuple[str, ...]) -> str:
    """`2031/01/06/`: a part that is not known is empty, and so is the last, which is for words."""
    return "/".join([*parts, *[""] * (4 - len(parts))]) if parts else ""
