"""The YAML or TOML in front of a Markdown text: what the text says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import ISSUE_ID, DateSource, Metadata
from chinai_tui.ingest.dates import read_stamp
from chinai_tui.ingest.links import clean_url
from chinai_tui.text.sanitise import clean_line
from chinai_tui.text.slug import slug

_OPEN = re.compile(r"(?:---|\+\+\+)[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_CLOSE_TOML = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
_LIMIT = 32_768
"""Characters of the longest front matter."""
_PLAIN_VALUE = re.compile(r"^((?:sub)?title):[ \t]+([^\s\"'|>\[{&*!#].*)$", re.MULTILINE)
_LINE = re.compile(r"^([\w-]{1,40}):(.*)$", re.MULTILINE)
_KEY = re.compile(r"(?:post|url|number|hash):\S{1,300}")
_MANY = 50
_DATES = ("date", "published", "date_published", "pubdate")
_AUTHORS = ("authors", "author", "byline")
_PLACES = ("url", "canonical_url", "source", "link", "original")
"""How clippers call these fields; the day on which a text was clipped is none of them."""
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")


def split(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields of the front matter and the body; no fields where there is no front matter."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    opening = _OPEN.match(text)
    if not opening:
        return {}, text
    is_toml = text.startswith("+")
    close, read = (_CLOSE_TOML, _toml) if is_toml else (_CLOSE, _fields)
    closing = close.search(text, opening.end(), opening.end() + _LIMIT)
    fields = read(text[opening.end() : closing.start()]) if closing else None
    if closing is None or fields is None:
        return {}, text
    return {str(name).lower(): value for name, value in fields.items()}, text[closing.end() :]


def is_beginning(fields: Mapping[str, Any]) -> bool:
    """Whether they say that the text is but its beginning, as our own exports do."""
    return _string(fields.get("extent")).lower() == "beginning"


def metadata(fields: Mapping[str, Any]) -> Metadata:
    """The metadata in these fields; what is not of the expected form is passed over."""
    role = _string(fields.get("role")).lower()
    date = next(filter(None, (read_stamp(fields.get(name)) for name in _DATES)), "")
    number = re.fullmatch(r"[0-9]{1,6}", str(fields.get("number")))
    # In digests, an id is that of the issue; notes of other programs have ids of all kinds.
    name = _string(fields.get("id")) if role == DocumentRole.DIGEST else ""
    return Metadata(
        title=_string(fields.get("title")),
        subtitle=_string(fields.get("subtitle")),
        publication=slug(_string(fields.get("publication"))),
        number=int(number[0]) if number else None,
        authors=tuple(_WIKI.sub(r"\1", name) for name in _strings(_first(fields, _AUTHORS))),
        date=date,
        date_source=DateSource.TEXT if date else DateSource.NONE,
        url=next(filter(None, (_page(fields.get(name)) for name in _PLACES)), ""),
        post_id=re.sub(r"[^\w.-]", "", _string(fields.get("post_id")))[:64],
        role=DocumentRole(role) if role in set(DocumentRole) else DocumentRole.TEXT,
        id=name if ISSUE_ID.fullmatch(name) else "",
        keys=tuple(key for key in _strings(fields.get("keys")) if _KEY.fullmatch(key)),
    )


def _fields(source: str) -> Mapping[str, Any] | None:
    """The mapping; None if it is something else, and read line by line if it is no YAML.

    Titles such as `ChinAI #94: Words` are quoted first: to YAML ` #` begins a comment and `: `
    a mapping.
    """
    import yaml

    quoted = _PLAIN_VALUE.sub(lambda match: f"{match[1]}: {json.dumps(match[2].strip())}", source)
    try:
        fields = yaml.safe_load(quoted)
    except (yaml.YAMLError, ValueError, RecursionError):
        fields = {key: value.strip().strip("\"'") for key, value in _LINE.findall(source)}
        return fields or None
    return fields if isinstance(fields, dict) else None


def _toml(source: str) -> Mapping[str, Any] | None:
    """The fields of TOML; None if it is none."""
    import tomllib

    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return None


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> object:
    """The first of these fields that there is."""
    return next((fields[name] for name in names if fields.get(name)), None)


def _page(value: object) -> str:
    """The address of a page; empty where a source is told in words."""
    url = _string(value)
    return clean_url(url) if url.startswith(("http://", "https://")) else ""


def _string(value: object) -> str:
    """A string in one clean line; numbers as digits, anything else as nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return clean_line(value) if isinstance(value, str) else ""


def _strings(value: object) -> tuple[str, ...]:
    """A list of strings, or one string as such a list."""
    values = value[:_MANY] if isinstance(value, list) else [value]
    return tuple(text for each in values if (text := _string(each)))
