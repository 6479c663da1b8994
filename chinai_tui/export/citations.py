"""Citations in the note style of the Chicago Manual, naming whose words are quoted.

A newsletter is cited by the manual's pattern for a web page or blog: author, title in quotation
marks, publication, date, address. A title inside a citation has single quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, count, product
from string import ascii_lowercase

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.issue import UNFILED, Issue, Original, Publication
from chinai_tui.text.sanitise import clean, clean_line, safe_url
from chinai_tui.text.slug import slug

_PAIR = re.compile(r'"([^"]*)"')
_SINGLE = str.maketrans("“”", "‘’")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
UNKNOWN_AUTHOR = "Original author unconfirmed"
_KEY_WORDS = 3
"""Words of the title in the key of an issue without a number."""


class PieceKind(StrEnum):
    """How a piece of a citation is set."""

    PLAIN = ""
    PUBLICATION = "publication"
    """In italics, where there are any."""
    URL = "url"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a citation that is set in one way."""

    text: str
    kind: PieceKind = PieceKind.PLAIN


def cite(
    issue: Issue,
    publication: Publication,
    voice: Voice | None = None,
    *,
    original: Original | None = None,
    short: bool = False,
) -> str:
    """The citation of a passage as plain text, ending in a full stop.

    Args:
        issue: where the passage stands; without a date or an address none is given.
        publication: that of the issue.
        voice: whose words the passage is; none means those of the issue's author. A digest is
            cited as this program's words on the issue.
        original: the text that the issue is known to translate; see `translated_from`.
        short: only speaker, author and title, as for a second note.
    """
    found = pieces(issue, publication, voice, original=original, short=short)
    return "".join(piece.text for piece in found)


def pieces(
    issue: Issue,
    publication: Publication,
    voice: Voice | None = None,
    *,
    original: Original | None = None,
    short: bool = False,
) -> list[Piece]:
    """The same as pieces, for a format with italics and links."""
    names = [clean_line(name) for name in issue.authors or publication.authors]
    authors = listed(names)
    if voice is not None and voice.kind is VoiceKind.TRANSLATION:
        before, after = _translated(translated_from(voice, original), names, short=short), ""
    else:
        before, after = credit(voice, names, headline(issue, publication, short=True))
        before += f"{authors}, " if authors else ""
    title = _inner(headline(issue, publication, short=short)) or issue.id
    details = [] if short else _details(issue, publication)
    if not details:
        stop = "" if title.endswith(("?", "!", ".", "…")) else "."
        return [Piece(f"{before}“{title}”{after}." if after else f"{before}“{title}{stop}”")]
    result = [Piece(f"{before}“{title},” ")]
    for detail in details:
        result += [detail, Piece(", ")]
    return [*result[:-1], Piece(f"{after}.")]


def headline(issue: Issue, publication: Publication, *, short: bool = False) -> str:
    """How an issue is named: `ChinAI #94: Its Title`, short `ChinAI #94`; else by its title."""
    title = clean_line(issue.title)
    if issue.number is None:
        return title
    number = f"{clean_line(publication.label or publication.title)} #{issue.number}".strip()
    return number if short or not title else f"{number}: {title}"


def citekey(issue: Issue, publication: Publication) -> str:
    """A key for bibliographies: surname, year, publication and number, as in `ding2031chinai900`.

    What is unknown is left out; an issue without a number has the first words of its title. It
    has only ASCII letters and digits. Two issues may have the same, and a date that comes to be
    known changes it: what is handed out is to be kept, and told apart by `free_key`.
    """
    authors = issue.authors or publication.authors
    surname = slug(authors[0].split()[-1]) if authors and authors[0].split() else ""
    year = issue.date[:4] if re.match(r"\d{4}(?!\d)", issue.date) else ""
    name = publication.id if publication.id != UNFILED else ""
    number = str(issue.number) if issue.number is not None else ""
    words = number or "".join(slug(issue.title).split("-")[:_KEY_WORDS])
    return "".join((surname, year, name, words)).replace("-", "") or issue.id.replace("-", "")


def free_key(key: str, taken: Container[str]) -> str:
    """The key itself, or with the first letter behind it, `a` to `z`, `aa`…, that nobody has."""
    letters = map("".join, chain.from_iterable(product(ascii_lowercase, repeat=n) for n in count()))
    return next(each for each in (key + ending for ending in letters) if each not in taken)


def translated_from(voice: Voice | None, known: Original | None) -> Original:
    """What a passage was translated from, cleaned; empty where nobody says.

    Args:
        voice: whose words the passage is; none for the issue as a whole.
        known: what the issue is known to translate. It holds unless the voice names another
            author or outlet, since an issue may translate from several texts.
    """
    known = _cleaned(known or Original())
    speaker, outlet = (clean_line(voice.speaker), clean_line(voice.outlet)) if voice else ("", "")
    authors = (*known.authors, *filter(None, [" and ".join(known.authors)]))
    agreed = [speaker in authors] if speaker and authors else []
    agreed += [outlet == known.outlet] if outlet and known.outlet else []
    if (agreed and all(agreed)) or not (speaker or outlet):
        own = (speaker,) if speaker else ()
        return replace(known, authors=known.authors or own, outlet=known.outlet or outlet)
    return Original(authors=(speaker,) if speaker else (), outlet=outlet)


def _cleaned(original: Original) -> Original:
    return Original(
        authors=tuple(filter(None, map(clean_line, original.authors))),
        title=clean_line(original.title),
        title_han=clean_line(original.title_han),
        outlet=clean_line(original.outlet),
        translator=clean_line(original.translator),
        url=safe_url(original.url),
    )


def quote(text: str) -> str:
    """A passage in quotation marks, those inside it made single."""
    return f"“{_inner(clean(text).strip())}”"


def quote_with_citation(text: str, citation: str) -> str:
    """A passage in quotation marks and its citation below."""
    return f"{quote(text)}\n— {clean_line(citation, 2000)}"


def spoken_date(written: str) -> str:
    """A date as citations have it: `May 18, 2020`, `May 2020`, `2020`; empty if it is none."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", written)
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    if day:
        return f"{MONTHS[first.month - 1]} {first.day}, {year}"
    return f"{MONTHS[first.month - 1]} {year}" if month else year


def credit(voice: Voice | None, authors: list[str], name: str) -> tuple[str, str]:
    """What stands before and after the citation of an issue, by whose words are quoted.

    Args:
        voice: whose they are; a translation is cited by its original instead.
        authors: the names of the authors of the issue.
        name: how the issue is called in a few words.
    """
    if voice is None:
        return "", ""
    speaker, outlet = clean_line(voice.speaker), clean_line(voice.outlet)
    source = ", ".join(filter(None, (speaker, outlet)))
    match voice.kind:
        case VoiceKind.COMMENTARY:
            is_author = speaker in ("", *authors, " and ".join(authors))
            return ("" if is_author else f"{speaker}, in "), ""
        case VoiceKind.TRANSLATION:
            return "", ""
        case VoiceKind.GUEST:
            return f"{source or 'Guest'}, in ", ""
        case VoiceKind.QUOTED:
            return f"{source or 'Unnamed source'}, quoted in ", ""
        case VoiceKind.REPOST:
            return f"{source or 'Unnamed source'}, reposted in ", ""
        case VoiceKind.DIGEST:
            return f"“{_inner(name)}” (digest in chinai’s words of ", ")"
        case VoiceKind.UNCONFIRMED:
            return "Speaker unconfirmed, in ", ""


def _translated(original: Original, authors: list[str], *, short: bool) -> str:
    """What stands before the title of the issue that has the translation."""
    author = listed(original.authors) or ("" if original.outlet else UNKNOWN_AUTHOR)
    title = _inner(original.title or original.title_han)
    han = original.title_han if original.title else ""
    named = f"“{title}” [{han}], " if han else f"“{title},” "
    issue_of = listed(authors)
    translator = original.translator or issue_of
    rest = (original.outlet, f"trans. {translator}" if translator else "")
    return "".join(
        (
            f"{author}, " if author else "",
            named if title and not short else "",
            *(f"{part}, " for part in rest if part),
            f"in {issue_of}, " if issue_of and translator != issue_of else "in ",
        )
    )


def _details(issue: Issue, publication: Publication) -> list[Piece]:
    """Publication, date and address, as far as they are known."""
    name = clean_line(publication.title) if publication.id != UNFILED else ""
    found = (
        Piece(name, PieceKind.PUBLICATION),
        Piece(spoken_date(issue.date)),
        Piece(safe_url(issue.url), PieceKind.URL),
    )
    return [piece for piece in found if piece.text]


def listed(names: Sequence[str]) -> str:
    """Names one after the other, more than three as the first and others."""
    if len(names) > 3:
        return f"{names[0]} et al."
    if len(names) == 3:
        return f"{names[0]}, {names[1]}, and {names[2]}"
    return " and ".join(names)


def _inner(text: str) -> str:
    """Text that is to stand in double quotation marks: its own become single ones."""
    return _PAIR.sub(r"‘\1’", text).translate(_SINGLE)
