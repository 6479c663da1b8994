"""The tags of a note: its words that start with `#`."""

from __future__ import annotations

import re

_TAG = re.compile(r"(?<![\w#&/])#(\w[\w/-]*)")


def tags_of(text: str) -> tuple[str, ...]:
    """The words of a note that start with `#`, each once, without it.

    A number alone is none, since `#94` names an issue.
    """
    found = (match.group(1).rstrip("/-") for match in _TAG.finditer(text))
    return tuple(dict.fromkeys(tag for tag in found if not tag.isdecimal()))
