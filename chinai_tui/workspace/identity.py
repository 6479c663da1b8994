"""Decides whether two texts are one issue."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import combinations, islice

from chinai_tui.domain.document import Document
from chinai_tui.domain.issue import (
    ISSUE_ID,
    UNFILED,
    DateSource,
    Issue,
    Metadata,
)
from chinai_tui.text.fold import fold
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.slug import free, slug
from chinai_tui.text.urls import canonical, host_of, post_of
from chinai_tui.workspace.core import former_ids
from chinai_tui.workspace.records import ImportOptions

_WEIGHT = ("post", "url", "number", "hash")
TITLE_LIMIT = 500
"""Characters of the longest title that a user gives."""
_NUMBERED = re.compile(r"(.+)/([0-9]{1,9})")
"""What a number key says: a publication and a number."""
_TELLING_LETTERS = 400
"""Letters and digits from which on two texts of the same words are not so by chance."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a text or a record says of itself that may show it to be of another issue."""

    publications: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    posts: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    """Folded."""

    def contradict(self, other: Claims) -> bool:
        """Whether two cannot be of one issue, whatever else they have in common.

        They are of different publications, or have different post ids. Where no post id is common,
        they are also different if they are of one publication and their numbers differ, or if
        their addresses differ that are on one host, unless number and title are the same.
        """
        if _differ(self.publications, other.publications) or _differ(self.posts, other.posts):
            return True
        if self.posts & other.posts:
            return False
        if self.publications & other.publications and _differ(self.numbers, other.numbers):
            return True
        if self.numbers & other.numbers and self.titles & other.titles:
            return False
        hosts = {host_of(each) for each in self.urls} & {host_of(each) for each in other.urls}
        return bool(hosts) and not self.urls & other.urls


def claims_of(told: Metadata | Issue, keys: Iterable[str]) -> Claims:
    """What a text, or a record, with these keys claims to be.

    Of a record that is what its texts say and what the user says, and the numbers of records that
    are part of it: each may be met again.
    """
    overruled = told.overruled if isinstance(told, Issue) else {}
    by_kind: dict[str, set[str]] = {}
    for key in keys:
        kind, _, value = key.partition(":")
        by_kind.setdefault(kind, set()).add(value)
    numbered = by_kind.get("number", ()) if isinstance(told, Issue) else ()
    known = [each for each in map(_NUMBERED.fullmatch, numbered) if each]
    publications = {told.publication, overruled.get("publication"), *(each[1] for each in known)}
    numbers = {told.number, overruled.get("number"), *(int(each[2]) for each in known)}
    titles = {told.title, overruled.get("title")} - {"", None}
    return Claims(
        frozenset(map(str, publications - {"", UNFILED, None})),
        frozenset(each for each in numbers if isinstance(each, int)),
        frozenset(by_kind.get("post", ())),
        frozenset(by_kind.get("url", ())),
        frozenset(fold(str(each)).strip() for each in titles),
    )


def _differ(one: frozenset[object], other: frozenset[object]) -> bool:
    """Whether both are known and nothing is in both."""
    return bool(one and other) and not one & other


def told_hash(title: str, document: Document, hashed: str) -> str:
    """The hash by which a text is known: of its words, of a short one with its title.

    A line such as one for paying readers stands as the body of many issues.
    """
    body = document.text[document.blocks[0].end :] if document.blocks else document.text
    letters = filter(str.isalnum, body)
    if next(islice(letters, _TELLING_LETTERS - 1, None), ""):
        return hashed
    return sha256(f"{fold(title)}\n{hashed}".encode()).hexdigest()[:32]


def new_id(metadata: Metadata, document: Document, taken: Container[str]) -> str:
    """A fresh id: the text's own, publication and number, or words of the title."""
    words = metadata.title or document.text_of(0)
    return _free_id(metadata, words, document.revision[:12], taken)


def _free_id(told: Metadata | Issue, title: str, otherwise: str, taken: Container[str]) -> str:
    if ISSUE_ID.fullmatch(told.id) and told.id not in taken:
        return told.id
    publication = told.publication or UNFILED
    if publication == UNFILED:
        return free(slug(title, 48) or slug(otherwise, 72), taken)
    if told.number is not None:
        return free(slug(f"{publication}-{told.number}", 72), taken)
    words = slug(title, 48) or otherwise
    # A title that begins with the publication's name does not say it twice.
    words = words.removeprefix(f"{publication}-")
    return free(slug(f"{publication}-{words}", 72), taken)


class Known:
    """The issues of a library, to find the one that somebody else tells of."""

    def __init__(self, issues: Mapping[str, Issue]) -> None:
        """Take all issues by id."""
        self.issues = dict(issues)
        self._keyed: dict[str, list[str]] = {}
        for issue in self.issues.values():
            self._enter(issue)
        self._awaited = {each.id for each in self.issues.values() if not each.documents}

    def _enter(self, issue: Issue) -> None:
        for key in issue.keys:
            ids = self._keyed.setdefault(key, [])
            if issue.id not in ids:
                ids.append(issue.id)

    @cached_property
    def _titled(self) -> dict[str, list[str]]:
        """The ids of the issues that bear each title."""
        found: dict[str, list[str]] = {}
        for issue in self.issues.values():
            found.setdefault(fold(issue.title), []).append(issue.id)
        return found

    @cached_property
    def formerly(self) -> dict[str, str]:
        """Where ids lead that records had which are others' part by now."""
        return former_ids(self.issues)

    def named(self, id_: str) -> str:
        """The id of the issue that goes by an id, or did; empty if there is none."""
        return id_ if id_ in self.issues else self.formerly.get(id_, "")

    def __contains__(self, id_: object) -> bool:
        """Whether an id is taken, so that no new issue may have it."""
        return id_ in self.issues or id_ in self.formerly

    def one(self, told: Metadata | Issue, keys: Iterable[str]) -> list[str]:
        """The ids of the records that a text with these keys shows to be of one issue, if any.

        The oldest comes first. Where some speak against others, it is only the one that the
        weightiest key belongs to.
        """
        fitting = [*self._fitting(told, keys)]
        if not fitting:
            return []
        first = fitting[0][0]
        found = sorted(
            {each for ids in fitting for each in ids},
            key=lambda each: (self.issues[each].added, each != first, each),
        )
        return found if self._are_one(found) else [first]

    def drop(self, id_: str) -> None:
        """Forget a record that another one stands for from now on; put that one after it."""
        self.issues.pop(id_)
        self.__dict__.pop("_titled", None)
        self.__dict__.pop("formerly", None)

    def keyed(self, told: Metadata | Issue, keys: Iterable[str]) -> str:
        """The id of the issue that a text with these keys belongs to, weightiest key first."""
        return next((ids[0] for ids in self._fitting(told, keys)), "")

    def _fitting(self, told: Metadata | Issue, keys: Iterable[str]) -> Iterator[list[str]]:
        """The ids of the records that each key stands for and nothing speaks against.

        The weightiest key is first, and of each the oldest record. A number of which there are
        several different posts says nothing.
        """
        keys = in_order(keys)
        claims = claims_of(told, keys)
        for key in keys:
            ids = [
                each
                for each in self._keyed.get(key, ())
                if each in self.issues and not claims.contradict(self._claims(each))
            ]
            ids.sort(key=lambda each: (self.issues[each].added, each))
            if ids and (not key.startswith("number:") or self._are_one(ids)):
                yield ids

    def _claims(self, id_: str) -> Claims:
        return claims_of(self.issues[id_], self.issues[id_].keys)

    def _are_one(self, ids: Iterable[str]) -> bool:
        """Whether nothing tells that these records are of different issues."""
        claims = map(self._claims, ids)
        return not any(one.contradict(other) for one, other in combinations(claims, 2))

    def meant(self, told: Issue) -> str:
        """The id of the issue that is meant: by its address, its keys, or its title.

        A title means an issue of the same publication, or of any where either is not known; one
        that several bear means none. An id means an issue only where nothing else is told.
        """
        at = (each for key in in_order(address_keys(told.url)) for each in self._keyed.get(key, ()))
        found = next((each for each in at if each in self.issues), "")
        if found := found or self.keyed(told, told.keys):
            return found
        if not (told.title or told.url or told.keys):
            return told.id if told.id in self.issues else ""
        return self.titled(told.title, told.publication, told.number)

    def same(self, other: Issue) -> str:
        """The id of the issue that another library has under its keys, or by id and title."""
        if found := self.keyed(other, other.keys):
            return found
        own = self.issues.get(other.id)
        if own is None or fold(own.title) != fold(other.title):
            return ""
        contrary = self._claims(own.id).contradict(claims_of(other, other.keys))
        return "" if contrary else own.id

    def titled(self, title: str, publication: str, number: int | None) -> str:
        """The id of the one issue that bears a title; publication and number may not be known."""
        named = [
            each
            for each in self._titled.get(fold(title), ())
            if title
            and len({self.issues[each].publication, publication} - {"", UNFILED}) < 2
            and len({self.issues[each].number, number} - {None}) < 2
        ]
        return named[0] if len(named) == 1 else ""

    def awaiting(self, metadata: Metadata) -> str:
        """The id of the one issue that has no text yet and bears the title of one."""
        if not self._awaited:
            return ""
        found = self.titled(metadata.title, metadata.publication, metadata.number)
        return found if found in self._awaited else ""

    def add(self, told: Issue, added: str) -> Issue:
        """Put an issue beside the others, under an id of its own; as it is from then on."""
        keys = {*told.keys, *address_keys(told.url)}
        title = told.title or told.url or told.id
        issue = replace(
            told,
            id=_free_id(told, title, "untitled", self),
            publication=told.publication or UNFILED,
            title=title,
            keys=in_order(keys),
            added=added,
        )
        self.put(issue)
        return issue

    def put(self, issue: Issue) -> None:
        """Add an issue, or put it in the place of the one with its id."""
        if issue.id not in self.issues and "_titled" in self.__dict__:
            self._titled.setdefault(fold(issue.title), []).append(issue.id)
        self.issues[issue.id] = issue
        self._enter(issue)


def address_keys(url: str) -> set[str]:
    """The keys that an address gives: itself and, where it has one, the id of its post."""
    told = {"url": canonical(url), "post": post_of(url)}
    return {f"{kind}:{value}" for kind, value in told.items() if value}


def with_options(metadata: Metadata, options: ImportOptions) -> Metadata:
    """The metadata with what the user says about the text."""
    if options.issue:
        metadata = _of_companion(metadata, options.issue)
    changes: dict[str, object] = {}
    if title := clean_line(options.title, TITLE_LIMIT):
        changes["title"] = title
    if options.url:
        changes["url"] = options.url
    if options.publication:
        changes["publication"] = options.publication
    if options.date:
        changes["date"], changes["date_source"] = options.date, DateSource.USER
    if options.role:
        changes["role"] = options.role
    return replace(metadata, **changes)  # type: ignore[arg-type]


def _of_companion(metadata: Metadata, issue_id: str) -> Metadata:
    """What counts of what is said in a text that goes with an issue: it says the rest of itself."""
    return Metadata(title=metadata.title, id=issue_id)


def in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys, the weightiest first."""
    return tuple(sorted(keys, key=lambda key: (_WEIGHT.index(key.partition(":")[0]), key)))
