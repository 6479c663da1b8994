"""What the record of an issue says, of all that its texts and the user say of it.

Of each field it is the word of the best text that has one, whatever the order in which they come
in, and the user's before any other. What others say is kept as far as it may be needed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import partial

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import (
    UNFILED,
    DateSource,
    DocumentRef,
    Issue,
    Metadata,
    PastRevision,
    SourceRef,
    Teller,
    Told,
)
from chinai_tui.workspace.identity import address_keys, in_order

_QUALITY = ("digest", "notes", "plain", "markdown", "epub", "mail", "html", "json-feed", "post")
"""The formats by how much of an issue they keep, the poorest first.

A poorer text does not replace a better one, nor one that is cut off a whole one.
"""
_EARLIER = 20
"""Texts that a document remembers to have replaced."""
DESCRIBING = (DocumentRole.TEXT, DocumentRole.DIGEST)
"""The documents whose metadata is that of the issue; the others are other people's texts."""

CORRECTABLE = ("title", "subtitle", "authors", "date", "url", "number", "publication")
"""The fields that the user may correct."""
_FIELDS = (*CORRECTABLE, "audio")
_UNTOLD = ("", (), None, UNFILED)
"""What stands in a record where nobody says anything."""

_EMPTY = {"title": "", "publication": UNFILED}
"""What stands there of the fields that have no default."""

_DIGEST = Teller("digest", truncated=True)
_NOBODY = Teller("", truncated=True)
"""Who tells what no text does, such as a title that is made of first words."""


def merge(
    existing: Issue,
    metadata: Metadata,
    reference: DocumentRef,
    keys: Iterable[str],
    named: str,
    *,
    chosen: bool = False,
    spoken_of: bool = False,
) -> Issue:
    """The record after a text of the issue has come in.

    The best text tells; another one fills in what better ones leave out, a digest what every text
    does. What the user has said goes before all. `named` is the name of an issue that has no
    title. A text that is not the best there is remains among the sources, unless the user has
    `chosen` it for the document. One that came before and was left there stays there, and of what
    it tells no word goes before one that is as good, unless the user has `spoken_of` it alone.
    """
    before = as_told(existing)
    role = metadata.role
    documents, sources = _with_text(before, role, reference, chosen=chosen)
    after = replace(
        before, documents=documents, sources=sources, keys=in_order({*before.keys, *keys})
    )
    if role in DESCRIBING or not before.title:
        teller = _DIGEST if role is DocumentRole.DIGEST else _teller(reference)
        tellers = dict.fromkeys(_FIELDS, teller)
        is_best = documents[role].revision == reference.revision
        is_named = before.said_by.get("title") == _NOBODY and is_best
        if not metadata.title and (is_named or not before.title):
            metadata = replace(metadata, title=named)
            tellers["title"] = _NOBODY
        is_left = not _is_of_same_bytes(reference, documents[role])
        holds = spoken_of or not (is_left and _is_source(before, reference))
        after = _described(before, after, metadata, tellers.__getitem__, last_holds=holds)
    return corrected(after, corrections(existing))


def joined(own: Issue, other: Issue) -> Issue:
    """The record of an issue with what another one knows of it beside.

    Of two words or texts that are equally good the own stays, of texts the later one; what the
    user has said goes before all else.
    """
    mine, theirs = as_told(own), as_told(other)
    documents = dict(mine.documents)
    after = replace(mine, sources=_ordered((*mine.sources, *theirs.sources)))
    for role, reference in theirs.documents.items():
        present = documents.get(role)
        if present is None:
            documents[role] = reference
        elif _supersedes(reference, present):
            documents[role] = _after(reference, present)
            after = replace(after, sources=with_source(after, present))
        else:
            documents[role] = _before(reference, present)
            if reference.original != present.original:
                after = replace(after, sources=with_source(after, reference))
    after = replace(
        after,
        keys=in_order({*mine.keys, *theirs.keys}),
        documents=documents,
        added=min(filter(None, (own.added, other.added)), default=""),
    )
    after = _described(mine, after, theirs, partial(_teller_of, theirs), last_holds=False)
    return corrected(after, corrections(other) | corrections(own))


# What the user says


def corrected(issue: Issue, values: Mapping[str, object]) -> Issue:
    """The record with values of the user's, by field; what the texts say there is kept apart."""
    if not values:
        return issue
    told = {name: getattr(issue, name) for name in values}
    after = replace(issue, **values, overruled={**told, **issue.overruled})  # type: ignore[arg-type]
    keys = {*issue.keys} - _numbered(issue) | _numbered(after)
    return replace(after, keys=in_order(keys | address_keys(after.url)))


def corrections(issue: Issue) -> dict[str, object]:
    """The values that the user has given, by field."""
    return {name: getattr(issue, name) for name in issue.overruled}


def as_told(issue: Issue) -> Issue:
    """The record as it is without the user's corrections."""
    if not issue.overruled:
        return issue
    told: dict[str, Told] = dict(issue.overruled)
    if "date_source" in told:
        told["date_source"] = DateSource(str(told["date_source"]))
    before = replace(issue, **told, overruled={})  # type: ignore[arg-type]
    return replace(before, keys=in_order({*issue.keys} - _numbered(issue) | _numbered(before)))


def without_others(issue: Issue) -> Issue:
    """The record with nothing but what the best text tells."""
    untold: dict[str, object] = {
        each.name: _EMPTY.get(each.name, each.default)
        for each in fields(Issue)
        if each.name in issue.said_by
    }
    if "date" in untold:
        untold["date_source"] = DateSource.NONE
    return replace(issue, **untold)  # type: ignore[arg-type]


def number_key(issue: Issue) -> str:
    """The key of an issue by its number; empty without one, or without a publication."""
    if issue.number is None or issue.publication in ("", UNFILED):
        return ""
    return f"number:{issue.publication}/{issue.number}"


def _numbered(issue: Issue) -> set[str]:
    """The same as a set of keys."""
    return {number_key(issue)} - {""}


# What the texts say


def _described(
    own: Issue,
    after: Issue,
    other: Metadata | Issue,
    tellers: Callable[[str], Teller],
    *,
    last_holds: bool,
) -> Issue:
    """The record `after`, with the better of the words that `own` and another have for each field.

    `tellers` says whose those of the other are; of two equally good ones, the other's hold if
    `last_holds`.
    """
    values: dict[str, object] = {}
    said_by: dict[str, Teller] = {}
    for name in _FIELDS:
        weights = _weight(own, name, _teller_of(own, name)), _weight(other, name, tellers(name))
        theirs = weights[1] > weights[0] or (last_holds and weights[0] == weights[1] > (0,))
        source = other if theirs else own
        if getattr(source, name) not in _UNTOLD:
            values[name] = getattr(source, name)
            said_by[name] = tellers(name) if theirs else _teller_of(own, name)
        if name == "date":
            values["date_source"] = source.date_source
    best = _best(after)
    others = {name: teller for name, teller in said_by.items() if teller != best}
    return replace(after, **values, said_by=others)  # type: ignore[arg-type]


def _weight(told: Metadata | Issue, name: str, teller: Teller) -> tuple[int, ...]:
    """How much it counts what is told in a field: not at all where nothing is."""
    if getattr(told, name) in _UNTOLD:
        return (0,)
    if name == "date" and told.date_source is DateSource.USER:
        return (2,)
    return (1, *_rank(teller))


def _teller_of(issue: Issue, name: str) -> Teller:
    return issue.said_by.get(name) or _best(issue)


def _best(issue: Issue) -> Teller:
    """The text that tells unless another is named."""
    if text := issue.documents.get(DocumentRole.TEXT):
        return _teller(text)
    return _DIGEST if DocumentRole.DIGEST in issue.documents else _NOBODY


def _teller(reference: DocumentRef) -> Teller:
    return Teller(reference.format, reference.truncated)


def _rank(text: DocumentRef | Teller) -> tuple[bool, int]:
    """How good a text is beside others of its issue; more is better."""
    return not text.truncated, _QUALITY.index(text.format) if text.format in _QUALITY else -1


# The texts


def _with_text(
    issue: Issue, role: DocumentRole, new: DocumentRef, *, chosen: bool
) -> tuple[dict[DocumentRole, DocumentRef], tuple[SourceRef, ...]]:
    """The documents and sources of an issue after a text has come in."""
    present = issue.documents.get(role)
    if present is None:
        return {**issue.documents, role: new}, issue.sources
    if _is_of_same_bytes(new, present):
        # Maybe they are read better by now, or less of who sent for them is kept.
        if (new.original, new.revision, new.truncated) == (
            present.original,
            present.revision,
            present.truncated,
        ):
            return issue.documents, issue.sources
        came = present.came or new.came
        kept = replace(new, name=present.name, accessed=present.accessed, came=came)
        return {**issue.documents, role: _after(kept, present)}, issue.sources
    is_other = new.revision != present.revision
    is_as_good = chosen or (_rank(new) == _rank(present) and not _is_source(issue, new))
    if _rank(new) > _rank(present) or (is_other and is_as_good):
        sources = with_source(issue, present)
        return {**issue.documents, role: _after(new, present)}, sources
    return issue.documents, with_source(issue, new)


def originals(issue: Issue) -> set[str]:
    """The SHA-256 of all bytes that its texts were read from."""
    texts = (each.original for each in issue.documents.values())
    return {*texts, *(each.original for each in issue.sources)} - {""}


def _is_of_same_bytes(new: DocumentRef, present: DocumentRef | SourceRef) -> bool:
    """Whether a text was read from the bytes that another was, or from what was kept of them."""
    before = {present.original, present.came} - {""}
    return new.original == present.original != "" or new.came in before


def _is_source(issue: Issue, text: DocumentRef) -> bool:
    """Whether the bytes of a text have come before and are not, or no longer, a document's."""
    return any(_is_of_same_bytes(text, each) for each in issue.sources)


def _after(new: DocumentRef, present: DocumentRef) -> DocumentRef:
    """A text that replaces another, which stays readable."""
    if new.revision == present.revision:
        days = filter(None, (new.accessed, present.accessed))
        return replace(new, earlier=present.earlier, accessed=min(days, default=""))
    left = PastRevision(present.revision, present.accessed)
    past = dict.fromkeys((left, *new.earlier, *present.earlier))
    others = tuple(each for each in past if each.revision != new.revision)
    return replace(new, earlier=others[:_EARLIER])


def _before(other: DocumentRef, present: DocumentRef) -> DocumentRef:
    """A text that stays, with another one and those that it had replaced among the earlier."""
    past = (*present.earlier, PastRevision(other.revision, other.accessed), *other.earlier)
    first: dict[str, PastRevision] = {}
    for each in past:
        if each.revision != present.revision:
            first.setdefault(each.revision, each)
    return replace(present, earlier=tuple(first.values())[:_EARLIER])


def _supersedes(new: DocumentRef, present: DocumentRef) -> bool:
    """Whether another record's text is better, or later; of the same text, fetched before."""
    if new.revision == present.revision and _rank(new) == _rank(present):
        return "" < new.accessed < present.accessed
    return (_rank(new), new.accessed) > (_rank(present), present.accessed)


def with_source(issue: Issue, reference: DocumentRef) -> tuple[SourceRef, ...]:
    """The sources of an issue with that of a text that is not the best."""
    if not reference.original:
        return issue.sources
    source = SourceRef(
        reference.original, reference.format, reference.name, reference.accessed, reference.came
    )
    return _ordered((*issue.sources, source))


def _ordered(sources: Iterable[SourceRef]) -> tuple[SourceRef, ...]:
    """Each source once, in an order that does not tell when it came."""
    first: dict[str, SourceRef] = {}
    for each in sources:
        first.setdefault(each.original, each)
    return tuple(sorted(first.values(), key=lambda each: (each.format, each.original)))
