"""Entities, their names, what is claimed about them, and where they are mentioned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """What an entity is; the order is that of the sidebar."""

    COMPANY = "company"
    AGENCY = "agency"
    UNIVERSITY = "university"
    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of an entity."""

    text: str
    case: bool = False
    """Whether only this spelling counts, capitals included."""
    needs: tuple[str, ...] = ()
    """Marked only where one of these words, or another name of the entity, is in the document."""
    search_only: bool = False
    """A name for the jump box that never marks text, such as an initialism too short to trust."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, person, agency, university, group, place or product."""

    id: str
    kind: EntityKind
    name: str
    han: str = ""
    """The name in simplified characters."""
    hant: str = ""
    """The name in traditional characters, where it differs."""
    pinyin: str = ""
    """With tone marks, checked by hand."""
    aliases: tuple[Alias, ...] = ()
    parent: str = ""
    city: str = ""
    homepage: str = ""
    note: str = ""
    case: bool = False
    """Whether `name` counts only in this spelling."""
    needs: tuple[str, ...] = ()
    """The context rule of `name`; see `Alias.needs`."""
    checked: str = ""
    """Where the Chinese name was checked: a public page, or the id of an issue that has it."""


MEMBER = "member of"
"""The relation of a claim that puts an entity into a group."""
LISTED = "listed on"
"""The relation of a claim that names a stock exchange."""
ENTITY_LIST = "entity list"
"""The relation of a claim that tells of an entry in the US Entity List."""


class ClaimStatus(StrEnum):
    """How sure a claim is."""

    STATED = "stated"
    OWN = "own claim"
    """What an organisation says of itself."""
    RUMOUR = "rumour"
    INFERENCE = "inference"


@dataclass(frozen=True, slots=True)
class Claim:
    """A dated statement about an entity: who says it, of when, how sure, and where."""

    subject: str
    """The id of the entity it is about."""
    relation: str
    """`invested in`, `joint venture`, `member of`, `founded`, `raised`, `listing`, …"""
    object: str = ""
    """The id of the other entity, where there is one."""
    value: str = ""
    """A figure or a few words: `49 %`, `1.8 bn RMB`."""
    text: str = ""
    """The claim as one sentence in our words."""
    said_by: str = ""
    as_of: str = ""
    until: str = ""
    status: ClaimStatus = ClaimStatus.STATED
    issue: str = ""
    """The id of the issue that says it."""
    passage: str = ""
    """The heading it stands under within the issue, or its beginning."""
    words: str = ""
    """A few words of the passage, as they stand in the text, by which its paragraph is found."""
    url: str = ""
    """The public page it rests on, where no issue says it."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Words that do not mean an entity: everywhere, in one issue, or at one place of it."""

    entity: str
    text: str
    """The words, as a text has them."""
    issue: str = ""
    """The id of the issue; everywhere if empty."""
    before: str = ""
    """What stands right before the words at the place that is meant."""
    after: str = ""
    """What stands right after them; with both empty the whole issue is meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a document."""

    entity: str
    start: int
    end: int
    words: str
    """The words of the text, as they stand there."""
