"""The tags of a note: its words that start with `#`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chinai_tui.domain.annotation import PRIVATE, Annotation
from chinai_tui.text.fold import fold

_TAG = re.compile(r"(?<![\w#&/])#(\w[\w/-]*)")


def tags_of(text: str) -> tuple[str, ...]:
    """The words of a note that start with `#`, each once, without it.

    A number alone is none, since `#94` names an issue.
    """
    found = (_bare(match) for match in _TAG.finditer(text))
    return tuple(dict.fromkeys(tag for tag in found if not tag.isdecimal()))


def retagged(tags: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> tuple[str, ...]:
    """Tags with some more and without others, each once, whatever its case.

    A leading `#` does not count, nor does one that is blank.
    """
    gone = {key(tag) for tag in remove}
    found: dict[str, str] = {}
    for tag in (*tags, *map(plain, add)):
        if key(tag) and key(tag) not in gone:
            found.setdefault(key(tag), tag)
    return tuple(found.values())


def untagged(text: str, tags: Iterable[str]) -> str:
    """A note in which the words of these tags stand without their `#`, and so are none."""
    gone = {key(tag) for tag in tags}
    return _TAG.sub(lambda each: each[0][1:] if key(_bare(each)) in gone else each[0], text)


def plain(tag: str) -> str:
    """A tag as one word without `#`, as it may be typed in a note."""
    return "-".join(tag.strip().lstrip("#").split())


def key(tag: str) -> str:
    """What two tags have in common that are one."""
    return fold(plain(tag))


def is_within(tag: str, other: str) -> bool:
    """Whether a tag is another or one below it: `ai/chips` is within `ai`."""
    return f"{key(tag)}/".startswith(f"{key(other)}/")


def is_private(annotation: Annotation) -> bool:
    """Whether a tag, or a word of the note, says that it stays here: `private`, or one below it."""
    tags = (*annotation.tags, *tags_of(annotation.text))
    return any(is_within(tag, PRIVATE) for tag in tags)


def _bare(match: re.Match[str]) -> str:
    return match[1].rstrip("/-")
