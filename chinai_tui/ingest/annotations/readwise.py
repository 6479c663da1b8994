"""Highlights that Readwise has exported as a table, whatever the order of its columns.

https://docs.readwise.io/readwise/docs/exporting-highlights names them. What Readwise calls a
location belongs to its own copy of the text, and the tags of a document are not those of a
highlight: neither is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color
from chinai_tui.errors import InputError
from chinai_tui.ingest.annotations.cleaning import derived_id
from chinai_tui.ingest.annotations.told import Told, quoted, text_named

_COLORS = {**{each.value: each for each in Color}, "pink": Color.RED, "orange": Color.YELLOW}


def read(text: str) -> Iterator[Told | InputError]:
    """The highlights of a table; a row that cannot be read is named by its last line."""
    # A highlight may be longer than fields are allowed to be by default.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\0", ""), newline=""))
    columns: list[str] = []
    try:
        for row in rows:
            if not columns:
                columns = [name.strip().lower() for name in row]
            elif row:
                yield _told(f"line {rows.line_num}", dict(zip(columns, row, strict=False)))
    except csv.Error as error:
        yield InputError(f"line {rows.line_num}", f"is no row of a table ({error})")


def _told(place: str, row: Mapping[str, str]) -> Told | InputError:
    words, title = row.get("highlight", "").strip(), row.get("book title", "").strip()
    if not title:
        return InputError(place, "does not say from which text it is")
    note, author = row.get("note", "").strip(), row.get("book author", "").strip()
    time = row.get("highlighted at", "").strip()
    annotation = Annotation(
        id=derived_id("readwise", title, author, words, time),
        kind=AnnotationKind.NOTE if note else AnnotationKind.HIGHLIGHT,
        anchor=quoted(words) if words else None,
        text=note,
        color=_COLORS.get(row.get("color", "").strip().lower(), ""),
        tags=tuple(row.get("tags", "").split(",")),
        created=time,
    )
    return Told(place, annotation, text_named(title, authors=(author,) if author else ()))
