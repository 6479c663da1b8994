"""The generated part of an exported file, between two comments, and what is written around it."""

from __future__ import annotations

import re

from chinai_tui.errors import BrokenMarkersError
from chinai_tui.export.front_matter import Head

BEGIN = "<!-- chinai-tui:begin v1 -->"
END = "<!-- chinai-tui:end -->"
_BEGIN = re.compile(r"(?m)^(?:- )?<!-- chinai-tui:begin v\d+ --> *$")
_END = re.compile(r"(?m)^(?:- )?<!-- chinai-tui:end --> *$")
_SAID = re.compile(r"(?m)^(?:(?:- )?#|\t?- \*\*Tags:\*\*) (.*)$")
"""The heading of the page, and the tags of a note."""
_NOT_SAID = re.compile(r"[\\#\[\]]")
_MARK = re.compile(
    r'(?m)^(?:<a id="|<section id="|\^)(h-[a-z0-9-]+)'
    r"|^ +(?:note-)?id:: ([0-9a-f]{8}-[0-9a-f-]{27})$"
)
_PROFILES = {"<a": "markdown", "<s": "html", "^h": "obsidian", "  ": "logseq"}
"""How the marks of notes begin in each profile; pandoc has those of Markdown."""
_PANDOC = re.compile(r"(?m)^bibliography:")

_FIELDS = frozenset(
    {"title", "aliases", "type", "id", "publication", "issue", "author", "published", "url"}
    | {"accessed", "citekey", "original_title", "original_author", "original_outlet", "translator"}
    | {"entities", "kind", "han", "entity", "tags", "highlights", "source_revision"}
    | {"notes", "bibliography"}
)
"""Names of the fields that some export writes at the head of a file."""


def normal(text: str) -> str:
    """The text of a file as other systems may have saved it, with the line ends of exports."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def merge(existing: str, generated: str, head: Head) -> str:
    """The generated file with what a reader wrote around the generated part of the existing one.

    Raises:
        BrokenMarkersError: the existing file has not just one beginning and one end of a
            generated part, so that replacing it could lose what somebody wrote.
    """
    if existing == generated:
        return generated
    existing = normal(existing)
    if not existing.strip():
        return generated
    old_head, old_body = head.split(existing)
    new_head, new_body = head.split(generated)
    before, after = _around(old_body)
    before_old = before
    start, end = _BEGIN.search(new_body), _END.search(new_body)
    if start is None or end is None:
        raise ValueError("the new text has no generated part")
    part = new_body[start.start() : end.end()]
    if not old_head and not before.startswith("\n"):
        before = new_body[: start.start()] + before
    said = _said(old_body[len(before_old) : len(old_body) - len(after)])
    return head.merge(old_head, new_head, _FIELDS, said) + before + part + after


def _said(part: str) -> str:
    """What a generated part has of the tags and other names at the head, as plain text."""
    return _NOT_SAID.sub("", "\n".join(match[1] for match in _SAID.finditer(part)))


def fields_of(existing: str, head: Head) -> dict[str, str] | None:
    """The fields at the head of a file that an export wrote or may; None for any other file."""
    if not existing.strip():
        return {}
    top, body = head.split(normal(existing))
    try:
        _around(body)
    except BrokenMarkersError:
        return None
    return head.read(top)


def marks_of(existing: str, head: Head) -> tuple[str, ...]:
    """The ids of the notes in the generated part of a file, as its profile writes them."""
    try:
        before, after = _around(body := head.split(normal(existing))[1])
    except BrokenMarkersError:
        return ()
    part = body[len(before) : len(body) - len(after)]
    return tuple(match[1] or match[2] for match in _MARK.finditer(part))


def profile_of(existing: str) -> str:
    """The profile of a file with notes, by its marks; empty where it is no export or has none."""
    existing = normal(existing)
    try:
        before, _ = _around(existing)
    except BrokenMarkersError:
        return ""
    mark = _MARK.search(existing, len(before))
    found = _PROFILES[mark[0][:2]] if mark else ""
    return "pandoc" if found == "markdown" and _PANDOC.search(before) else found


def _around(body: str) -> tuple[str, str]:
    starts, ends = list(_BEGIN.finditer(body)), list(_END.finditer(body))
    if len(starts) != 1 or len(ends) != 1 or ends[0].start() < starts[0].end():
        raise BrokenMarkersError(
            f"the lines “{BEGIN}” and “{END}” are not there once each, in this order; "
            "mend or move the file"
        )
    return body[: starts[0].start()], body[ends[0].end() :]
