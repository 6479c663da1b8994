"""Entries of a reference list as the seventh edition of the APA's Publication Manual has them.

A newsletter follows the pattern of a blog post. What the manual sets in italics is plain here. The
speaker of a passage by somebody else stands before the entry, as nothing in the manual does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chinai_tui.domain.issue import Original
from chinai_tui.export.citations import MONTHS, UNKNOWN_AUTHOR, credit, headline
from chinai_tui.export.people import Name
from chinai_tui.export.reference import Reference, full_title, names

_NAMED = 20
"""Authors that are all named; of more, the first 19 and the last are."""


def render(references: Iterable[Reference]) -> str:
    """The entries in their order, a line each."""
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    if reference.is_translation and reference.original is not None:
        return _translation(reference, reference.original)
    short = headline(reference.issue, reference.publication, short=True)
    before, after = credit(reference.voice, list(reference.authors), short)
    authors = _authors(names(reference.authors))
    title = _stopped(reference.title)
    head = (authors, f"({_date(reference)}).", title)
    if not authors:
        head = (title, f"({_date(reference)}).", "")
    entry = " ".join(filter(None, (*head, *_where(reference))))
    return f"{before}{entry}{after}"


def _translation(reference: Reference, original: Original) -> str:
    """The translated text as a part of the issue."""
    title = full_title(original) or "[Untitled passage]"
    by = _in_text(names(reference.translators))
    outlet = original.outlet if original.authors else ""
    translator = f"({by}, Trans.)" if by else "(Trans.)"
    inside = _in_text(names(reference.authors))
    parts = (
        _authors(names(original.authors)) or _stopped(original.outlet or UNKNOWN_AUTHOR),
        f"({_date(reference)}).",
        _stopped(f"{title} {translator}"),
        _stopped(outlet) if outlet else "",
        f"In {inside}, {_stopped(reference.title)}"
        if inside
        else f"In {_stopped(reference.title)}",
    )
    return " ".join(filter(None, (*parts, *_where(reference))))


def _where(reference: Reference) -> tuple[str, str]:
    return (_stopped(reference.container) if reference.container else "", reference.url)


def _date(reference: Reference) -> str:
    """`2031, January 6`, `2031, January`, `2031`, or that there is none."""
    if not reference.date:
        return "n.d."
    year, *rest = reference.date
    month = f", {MONTHS[int(rest[0]) - 1]}" if rest else ""
    return f"{year}{month}{f' {int(rest[1])}' if len(rest) > 1 else ''}"


def _authors(found: Sequence[Name]) -> str:
    """Surnames first, the last after an ampersand, ending in a full stop."""
    if not found:
        return ""
    shown = [_inverted(name) for name in found]
    if len(shown) > _NAMED:
        return _stopped(f"{', '.join(shown[: _NAMED - 1])}, . . . {shown[-1]}")
    if len(shown) == 1:
        return _stopped(shown[0])
    return _stopped(f"{', '.join(shown[:-1])}, & {shown[-1]}")


def _inverted(name: Name) -> str:
    if name.is_whole:
        return name.family
    return ", ".join(filter(None, (name.surname, name.initials, name.suffix)))


def _in_text(found: Sequence[Name]) -> str:
    """Initials first, as inside an entry."""
    shown = [" ".join(filter(None, (each.initials, each.surname, each.suffix))) for each in found]
    if len(shown) > 2:
        return f"{', '.join(shown[:-1])}, & {shown[-1]}"
    return " & ".join(shown)


def _stopped(text: str) -> str:
    """Text with a full stop, unless something else ends it."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
