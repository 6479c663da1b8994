"""Dates as texts write them."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE | re.ASCII)
    for form in (
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+" + _MONTH + r",?\s+(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
    )
)
_STAMP = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)(?:[T ].*)?", re.ASCII | re.DOTALL)


def read_date(text: str) -> str:
    """The date if the text is one and nothing else, as YYYY-MM-DD; otherwise empty.

    Reads `Apr 29, 2018`, `29 April 2018`, `2018-04-29`, `2018/4/29` and `2018年4月29日`, with or
    without a day of the week.
    """
    if len(text) > 40:
        return ""
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            month = match["m"]
            number = int(month) if month.isdecimal() else _MONTHS[month[:3].lower()]
            return _iso(int(match["y"]), number, int(match["d"]))
    return ""


def read_stamp(value: object) -> str:
    """The day of a time stamp or date value, as YYYY-MM-DD or YYYY-MM; otherwise empty.

    It is the day in the zone that the stamp gives: that of the writer, wherever it is read.
    """
    if isinstance(value, date):  # a datetime is one too
        return _iso(value.year, value.month, value.day)
    if not isinstance(value, str):
        return ""
    match = _STAMP.fullmatch(value.strip())
    if not match:
        return read_date(value)
    parts = [int(part) for part in match[1].split("-")]
    return match[1] if _iso(parts[0], parts[1], parts[2] if len(parts) > 2 else 1) else ""


def moment(text: str) -> str:
    """A moment that is written as in mails (RFC 5322) or in ISO 8601, as RFC 3339 writes it.

    In the zone that it gives, or in UTC where it gives none; empty where it is no such moment.
    """
    from email.utils import parsedate_to_datetime  # as slow to import as all of this package

    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        stamp = found.isoformat(timespec="seconds").removesuffix("+00:00")
        stamp += "" if found.utcoffset() else "Z"
        return stamp if read_stamp(stamp) else ""
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2200 else ""
    except ValueError:
        return ""
