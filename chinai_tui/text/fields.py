"""The fields of the query language: which there are, and how their values are read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from chinai_tui.domain.annotation import Color
from chinai_tui.domain.entity import EntityKind
from chinai_tui.text.fold import fold

FIELDS: Mapping[str, str] = {
    "company": "names a company, under any of its names; `group/NAME` means any of its members",
    "person": "names a person",
    "agency": "names a government agency or other public body",
    "place": "names a place",
    "group": "names a group",
    "university": "names a university",
    "product": "names a product",
    "entity": "names somebody or something of any kind",
    "kind": "names anything of a kind: company, person, agency, …",
    "mentions": "names what the query asks for (or else anything) so often: 3, >3, <=3 or 3..9",
    "near": "has these words in one paragraph with at most ten others between them",
    "issue": "has the number 94, one of 90..120, or one >300",
    "date": "appeared in 2019, in 2019-06, on 2019-06-03, or within 2018..2019-06",
    "after": "appeared on the first day of 2019, 2019-06 or 2019-06-03, or later",
    "before": "appeared before the first day of 2019, 2019-06 or 2019-06-03",
    "year": "appeared in 2019, or in one of 2018..2020",
    "words": "is so long: >2000, <500 or 500..2000 words",
    "in": "where words are looked for: title, notes, links, text, digest, translation, original,"
    " or all of it",
    "is": "is unread, read, started or bookmarked, or has a note, highlight or bookmark, or one"
    " whose passage is gone (orphan) or whose place is to be checked (flagged)",
    "has": "has a note, highlight, bookmark, digest, text, full translation or original",
    "tag": "has a note with this tag, or one below it: tag:ai finds #ai/chips",
    "color": "has a highlight of this colour: yellow, green, blue, red or purple",
    "by": "has a note or mark made by this person",
    "noted": 'has a note or mark made in 2026-11, on 2026-11-03, or within "last 7 days"',
    "pub": "appeared in this publication",
    "sort": "stands in this order: date, relevance or number; notes also by place",
}
"""The fields by name, each with what an issue that fits does."""

ENTITY_FIELDS = frozenset({"entity", *EntityKind})
"""The fields whose values are names, to be resolved into `Named`."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(EntityKind),
    "in": ("title", "notes", "links", "text", "digest", "translation", "original", "all"),
    "is": (
        *("unread", "read", "started", "bookmarked"),
        *("note", "highlight", "bookmark", "orphan", "flagged"),
    ),
    "color": tuple(Color),
    "has": ("note", "highlight", "bookmark", "digest", "text", "translation", "original"),
    "sort": ("date", "relevance", "number", "place"),
}
"""The values that a field may have, where they are few."""

_SYNONYMS: Mapping[str, str] = {
    "number": "issue:",
    "no": "issue:",
    "since": "after:",
    "from": "after:",
    "until": "before:",
    "to": "before:",
    "newsletter": "pub:",
    "source": "pub:",
    "colour": "color:",
    "org": "agency:",
}
"""What fields are called elsewhere, and here."""
_OFFERED = 2
"""Fields that are offered in place of one that there is not."""

MOST_NEAR = 10
"""Words that `near:` takes: more of them is a phrase, and what it costs grows with them."""

GROUP = "group/"
"""Before the name of a group whose members are meant, in a field that names entities."""

DAY_RANGES = frozenset({"date", "noted"})
"""The fields whose values are days or ranges of days."""

Range = tuple[int | None, int | None]
"""Both ends included; none where it is open."""

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_RANGE = re.compile(r"#?([0-9]{1,9})?(?:(\.\.)#?([0-9]{1,9})?)?")
_BOUND = re.compile(r"([<>])(=?)#?([0-9]{1,9})")
_LATELY = re.compile(r"last\s+([0-9]{1,5})\s+(days?|weeks?|months?|years?)")


def first_day(value: str) -> str:
    """The first day of `2019`, `2019-06` or `2019-06-03` as YYYY-MM-DD; empty if it is no date."""
    match = _DAY.fullmatch(fold(value))
    if not match:
        return ""
    try:
        return date(*(int(part or 1) for part in match.groups())).isoformat()
    except ValueError:
        return ""


def last_day(value: str) -> str:
    """The last day of `2019`, `2019-06` or `2019-06-03` as YYYY-MM-DD; empty if it is no date."""
    first = first_day(value)
    if not first:
        return ""
    year, month, day = map(int, first.split("-"))
    parts = fold(value).count("-")
    if parts == 0:
        month = 12
    if parts < 2:
        day = monthrange(year, month)[1]
    return date(year, month, day).isoformat()


def day_range(value: str) -> tuple[str, str] | None:
    """The first and the last day of a date or of `2018..2019-06`; `None` if it is neither.

    An open end is empty.
    """
    low, dots, high = value.partition("..")
    if not dots:
        high = low
    first, last = first_day(low), last_day(high)
    if (low and not first) or (high and not last) or not (low or high):
        return None
    if first and last and last < first:
        first, last = first_day(high), last_day(low)
    return first, last


def number_range(value: str) -> Range | None:
    """The ends of `94`, `90..120`, `90..`, `..120`, `>90` or `<=120`; `None` if it is no range."""
    folded = fold(value)
    if bound := _BOUND.fullmatch(folded):
        number = int(bound[3])
        if bound[1] == ">":
            return (number if bound[2] else number + 1), None
        return None, (number if bound[2] else number - 1)
    match = _RANGE.fullmatch(folded)
    if not match or not (match[1] or match[3]):
        return None
    low = int(match[1]) if match[1] else None
    high = int(match[3]) if match[3] else None
    if not match[2]:
        return low, low
    return (high, low) if low is not None and high is not None and high < low else (low, high)


def lately(value: str, today: date) -> str:
    """The first day of `last 90 days` or `last 2 years` as YYYY-MM-DD; empty for anything else."""
    match = _LATELY.fullmatch(fold(value))
    return days_before(today, int(match[1]), match[2]) if match else ""


def days_before(today: date, count: int, unit: str) -> str:
    """The day so many days, weeks, months or years before one, as YYYY-MM-DD; from year 1 on."""
    unit = unit.removesuffix("s")
    if unit in ("day", "week"):
        ordinal = today.toordinal() - count * (7 if unit == "week" else 1)
        return date.fromordinal(max(1, ordinal)).isoformat()
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    if months < 12:
        return date.min.isoformat()
    year, month = divmod(months, 12)
    day = min(today.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day).isoformat()


def quoted(value: str) -> str:
    """A value as it is typed: in quotation marks if it would end too early without."""
    return f'"{value}"' if re.search(r"[\s()]", value) else value


def fault(name: str, value: str) -> str:
    """Why a field cannot have a value, naming what it can have; empty if it can."""
    if name in VALUES and fold(value) not in VALUES[name]:
        return f"takes one of {', '.join(VALUES[name])}"
    reads, taken = _READERS.get(name, (bool, "a name"))
    return "" if reads(value) else f"takes {taken}"


def unknown(name: str) -> str:
    """What is said of a name that no field has: which may be meant, or else which there are."""
    from chinai_tui.text.spelling import nearest

    like = (
        [_SYNONYMS[name]]
        if name in _SYNONYMS
        else [
            *(f"{field}:{name}" for field, values in VALUES.items() if name in values),
            *(f"{each}:" for each in FIELDS if len(each) > 2 and name.startswith(each)),
            *(f"{each}:" for each in nearest(name, list(FIELDS), lambda _: 0)),
        ]
    )
    told = f"there is no field {name}:"
    if like:
        meant = " or ".join(dict.fromkeys(like[:_OFFERED]))
        return f"{told}; did you mean {meant}? Quotation marks look for the words"
    return f"{told}, quotation marks look for the words; fields are {', '.join(FIELDS)}"


_READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "after": (first_day, "a date such as 2019, 2019-06 or 2019-06-03"),
    "before": (first_day, "a date such as 2019, 2019-06 or 2019-06-03"),
    **dict.fromkeys(DAY_RANGES, (day_range, 'a date or range: 2019-06, 2018..2019, "last 7 days"')),
    "issue": (number_range, "a number such as 94 or a range such as 90..120"),
    "year": (number_range, "a year such as 2019 or a range such as 2018..2020"),
    "mentions": (number_range, "a number such as 3, >3 or 3..9"),
    "words": (number_range, "a number such as >2000 or 500..2000"),
    "near": (
        lambda value: 1 < len(value.split()) <= MOST_NEAR,
        f'two words or more, at most {MOST_NEAR}, in quotation marks: near:"chips export"',
    ),
}
"""How the values of a field are read, and what to say of one that cannot be."""
