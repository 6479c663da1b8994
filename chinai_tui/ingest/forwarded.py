"""The banner above a mail that somebody handed on, by which it tells whose mail it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chinai_tui.ingest.html_guard import strip_tags

_BANNER = re.compile(
    r"\W*(?:(?:begin )?forwarded message|original (?:message|e-?mail)"
    r"|(?:开始)?转发(?:的)?邮件(?:信息)?|原始邮件)[\W_]*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\W*(?:(?P<sender>from|发件人)|(?P<date>date|sent|日期|发送时间)|(?P<subject>subject|主题)"
    r"|(?P<to>to|cc|bcc|reply-to|收件人|抄送))[^\w:：]*+[:：]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_FIELDS = ("sender", "date", "subject", "to")
_HEAD = 16
"""Lines at the beginning among which a banner may be."""
_LONG = 300
"""Characters of a line that are looked at."""
_PAGE = 200_000
"""Characters of a page within which its first lines are."""
_UNSEEN = re.compile(
    r"<(style|script|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"(?:> ?)+")
_ADDRESS = re.compile(r"[^\s<>@:;,\"'()\[\]]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NO_NAME = re.compile(r"[\s<>\"'()\[\]]+|mailto:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarding:
    """The banner of a mail that somebody handed on: what it says of the mail within."""

    end: int
    """The number of lines up to its end, with what was written above it."""
    private: frozenset[int]
    """The lines that name who got the mail."""
    sender: str = ""
    date: str = ""
    subject: str = ""
    readers: str = ""
    """Those who got the mail, as its lines name them."""

    @property
    def address(self) -> str:
        """The address of the sender; empty where the banner has but a name."""
        match = _ADDRESS.search(self.sender)
        return match[0] if match else ""


def forwarding(lines: Sequence[str]) -> Forwarding | None:
    """The banner of a forwarded mail among the first lines of its text, if there is one."""
    lines = [line[:_LONG] for line in lines[: 3 * _HEAD]]
    for number, line in enumerate(lines[:_HEAD]):
        fields = _fields(lines, number + 1) if _BANNER.fullmatch(line) else None
        if fields is None and (match := _FIELD.fullmatch(line)) and match["sender"]:
            fields = _fields(lines, number)
            if not (fields.date and fields.subject):
                fields = None
        if fields is not None:
            return fields
    return None


def recipients(lines: Sequence[str]) -> tuple[set[str], set[str]]:
    """The addresses and the names of those who got the mails that are quoted in these lines.

    Wherever a head stands, as also where a mail was handed on twice. Of two fields alone, which a
    letter or memo that is quoted may have as well, an address or a banner tells that they are one.
    """
    addresses: set[str] = set()
    names: set[str] = set()
    senders: set[str] = set()
    for found in _heads(lines):
        senders |= {found.address}
        addresses |= set(_ADDRESS.findall(found.readers))
        parts = re.split(r"[,;]", _ADDRESS.sub(" ", found.readers))
        names |= {_NO_NAME.sub(" ", part).strip() for part in parts}
    return addresses - senders, {name for name in names if len(name) > 1}


def _is_head(found: Forwarding, above: str) -> bool:
    """Whether these fields under a line are the head of a mail, and no mere words."""
    if not (found.sender or found.date or found.subject):
        return False
    is_whole = bool(found.sender and found.date and found.subject)
    has_address = _ADDRESS.search(f"{found.sender} {found.readers}") is not None
    return is_whole or has_address or _BANNER.fullmatch(above) is not None


def _heads(lines: Sequence[str]) -> Iterator[Forwarding]:
    """The heads of mails in these lines."""
    end, above = 0, ""
    for number, line in enumerate(lines):
        if number >= end and _FIELD.fullmatch(line[:_LONG]):
            found = _fields([each[:_LONG] for each in lines[number : number + _HEAD]], 0)
            end = number + found.end
            if _is_head(found, above):
                yield found
        above = line[:_LONG] if line.strip() else above


def seen_lines(page: str) -> list[str]:
    """The first lines of a page as they are seen, without empty ones."""
    text = _SPACE.sub(" ", _UNSEEN.sub(" ", page[:_PAGE]))
    return [bare for line in strip_tags(text).splitlines() if (bare := line.strip())]


def unquoted(lines: Sequence[str]) -> list[str]:
    """The lines of a text, those of a mail that was handed on as a quotation without its marks."""
    start = next((at for at, line in enumerate(lines[:_HEAD]) if line.startswith(">")), None)
    if start is None:
        return list(lines)
    marks = _QUOTED.match(lines[start])
    depth = marks[0].count(">") if marks else 0
    mark = re.compile(rf"(?:> ?){{1,{depth}}}")
    bare = [*lines[:start], *(mark.sub("", line, count=1) for line in lines[start:])]
    return bare if forwarding(bare) else list(lines)


def _fields(lines: Sequence[str], at: int) -> Forwarding:
    """What stands in the lines of a banner from a line on."""
    found: dict[str, str] = {}
    private: set[int] = set()
    readers: list[str] = []
    end = at
    for number in range(at, len(lines)):
        line = lines[number]
        match = _FIELD.fullmatch(line)
        goes_on = number - 1 in private and lines[number - 1].rstrip().endswith((",", ";"))
        if match:
            name = next(name for name in _FIELDS if match[name])
            value = match["value"].strip()
            found.setdefault(name, value)
        elif goes_on and line.strip():
            name, value = "to", line.strip()
        elif line.strip():
            break
        else:
            continue
        end = number + 1
        if name == "to":
            private.add(number)
            readers.append(value)
    return Forwarding(
        end,
        frozenset(private),
        found.get("sender", ""),
        found.get("date", ""),
        found.get("subject", ""),
        ", ".join(filter(None, readers)),
    )
