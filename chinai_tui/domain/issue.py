"""An issue of a newsletter, and the publication it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from chinai_tui.domain.document import DocumentRole

ISSUE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""The form of an id; an id is given once and never changes."""

DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
"""The form of a date: a day, or as much of it as is known."""


class DateSource(StrEnum):
    """Who says when an issue appeared."""

    NONE = ""
    TEXT = "text"
    FEED = "feed"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Publication:
    """A newsletter or blog."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    home: str = ""
    feed: str = ""
    sharing: str = ""
    """What the publication asks of those who share its texts, in our words."""
    label: str = ""
    """How an issue is named with its number: `ChinAI` gives `ChinAI #94`."""
    hosts: tuple[str, ...] = ()
    """Hosts on which its texts stand beside that of `home`."""


UNFILED = "unfiled"
"""The publication of a text that does not say where it comes from."""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Bytes in which a text of an issue came in."""

    original: str
    """Their SHA-256."""
    format: str = ""
    name: str = ""
    """The name of the file or the address, without folders."""
    accessed: str = ""
    """The day they came in, YYYY-MM-DD."""
    came: str = ""
    """SHA-256 of the bytes that came in, where others are kept in their place."""


@dataclass(frozen=True, slots=True)
class PastRevision:
    """A text that a later one has replaced; it stays readable."""

    revision: str
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """Where the document of one role is, and what it was read from."""

    revision: str
    original: str = ""
    """SHA-256 of the bytes it was read from."""
    format: str = ""
    """The reader that read them: `plain`, `markdown`, `html`, `mail`, `feed`, …"""
    name: str = ""
    """The name of the file it came from, without folders."""
    accessed: str = ""
    """The day it came in, YYYY-MM-DD."""
    truncated: bool = False
    """Whether it is known to be but the beginning of the text, as before a paywall."""
    earlier: tuple[PastRevision, ...] = ()
    """The texts it has replaced, the last one first."""
    came: str = ""
    """SHA-256 of the bytes that came in, where others are kept in their place."""


@dataclass(frozen=True, slots=True)
class Teller:
    """The text that says something of an issue, by how much its word counts."""

    format: str = ""
    truncated: bool = False


Told: TypeAlias = str | int | tuple[str, ...] | None
"""What is said in a field of a record."""


@dataclass(frozen=True, slots=True)
class Original:
    """The text that an issue translates, as far as the issue tells; empty where it does not."""

    authors: tuple[str, ...] = ()
    title: str = ""
    """As translated."""
    title_han: str = ""
    """In Chinese."""
    outlet: str = ""
    translator: str = ""
    """Who translated it, where it is not the author of the issue."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One post: what is known about it, and its documents by role."""

    id: str
    publication: str
    title: str
    number: int | None = None
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    """YYYY-MM-DD, or as much of it as is known; empty when nobody says."""
    date_source: DateSource = DateSource.NONE
    url: str = ""
    keys: tuple[str, ...] = ()
    """What tells that two texts are one issue: `post:…`, `url:…`, `number:chinai/94`, `hash:…`."""
    documents: dict[DocumentRole, DocumentRef] = field(default_factory=dict)
    added: str = ""
    """When the issue came into the library, ISO 8601 in UTC."""
    audio: str = ""
    """The address of a recording of it."""
    sources: tuple[SourceRef, ...] = ()
    """What else texts of it came in as, beside what its documents were read from."""
    former: tuple[str, ...] = ()
    """Ids of records that turned out to be of this issue; they still lead here."""
    said_by: dict[str, Teller] = field(default_factory=dict)
    """Of the fields that the best text does not tell, which text did."""
    overruled: dict[str, Told] = field(default_factory=dict)
    """What the texts say in the fields that the user has corrected."""

    @property
    def main_role(self) -> DocumentRole:
        """The document that opens: the text itself, else the digest, else what there is."""
        return next((role for role in DocumentRole if role in self.documents), DocumentRole.TEXT)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says about the issue it is; empty where it says nothing."""

    title: str = ""
    subtitle: str = ""
    publication: str = ""
    number: int | None = None
    authors: tuple[str, ...] = ()
    date: str = ""
    date_source: DateSource = DateSource.NONE
    url: str = ""
    post_id: str = ""
    role: DocumentRole = DocumentRole.TEXT
    id: str = ""
    """The id the text asks for, as a digest does."""
    keys: tuple[str, ...] = ()
    """Further keys the text gives itself, as a digest does for the issue it is about."""
    audio: str = ""
    """The address of a recording."""
    host: str = ""
    """Where it is from, if it has no address of its own, as a mail of a list."""


def issue_name(issue: Issue, publication: Publication) -> str:
    """How an issue is called in a few words: `ChinAI #94`, or its title where it has no number."""
    if issue.number is None:
        return issue.title
    return f"{publication.label or publication.title} #{issue.number}"
