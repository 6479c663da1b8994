"""Annotations of Hypothes.is, as its search answers them (`rows`) or its client exports them.

https://h.readthedocs.io/en/latest/api-reference/ has the form of an annotation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from chinai_tui.domain.annotation import Anchor, Annotation, AnnotationKind
from chinai_tui.errors import InputError
from chinai_tui.ingest.annotations.cleaning import derived_id
from chinai_tui.ingest.annotations.told import Told, quoted, text_named


@dataclass(frozen=True, slots=True)
class _Selector:
    type: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Target:
    selector: list[_Selector] | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    title: list[str] | str | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    uri: str
    text: str | None = ""
    tags: list[str] = field(default_factory=list)
    user: str = ""
    created: str = ""
    updated: str = ""
    target: list[_Target] = field(default_factory=list)
    document: _Page | None = None


def read(text: str) -> Iterator[Told | InputError]:
    """The annotations of an export; one that cannot be read is named by its place in the list."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield InputError("", f"is broken JSON ({error}); export it again")
        return
    items = found.get("rows", found.get("annotations"))
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        place = f"annotation {number}"
        try:
            yield _told(place, msgspec.convert(item, _Item))
        except (ValueError, RecursionError) as error:
            yield InputError(place, f"is not as Hypothes.is writes it ({error})")


def _told(place: str, item: _Item) -> Told:
    title = item.document.title if item.document else None
    if isinstance(title, list):
        title = title[0] if title else ""
    anchor = _anchor(item.target)
    text = item.text or ""
    annotation = Annotation(
        id=derived_id("hypothesis", item.id),
        kind=AnnotationKind.NOTE if text or not anchor else AnnotationKind.HIGHLIGHT,
        anchor=anchor,
        text=text,
        tags=tuple(item.tags),
        creator=_name(item.user),
        created=item.created,
        updated=item.updated,
    )
    return Told(place, annotation, text_named(title or item.uri, item.uri))


def _anchor(targets: list[_Target]) -> Anchor | None:
    """The passage that the selectors tell; none for a note on the whole page."""
    selectors = {each.type: each for target in targets[:1] for each in (target.selector or ())}
    quote = selectors.get("TextQuoteSelector")
    if quote is None:
        return None
    place = selectors.get("TextPositionSelector", quote)
    return quoted(quote.exact, quote.prefix, quote.suffix, place.start, place.end)


def _name(user: str) -> str:
    """The name in `acct:name@hypothes.is`."""
    return user.removeprefix("acct:").removesuffix("@hypothes.is")
