"""The files in which Apple Mail keeps a mail each: its length, the mail, what the program notes."""

from __future__ import annotations

import re

LENGTH = r"[0-9]{1,9}[ \t]*\r?\n"
"""The first line: how many bytes the mail has."""
_LENGTH = re.compile(LENGTH.encode())


def mail_of(data: bytes) -> bytes:
    """The mail in such a file; the bytes themselves where they are none."""
    match = _LENGTH.match(data)
    return data[match.end() : match.end() + int(match[0])] if match else data
