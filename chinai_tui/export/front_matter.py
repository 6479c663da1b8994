"""What stands at the head of an exported file: flat, and mended without touching what others added.

Markdown has YAML between lines of dashes, Logseq lines of `name:: value`, a web page its head.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chinai_tui.export.escape import yaml_string
from chinai_tui.text.sanitise import clean_line

Value = str | int | date | Sequence[str] | None

_KEY = re.compile(r"(?:([\w][\w -]*)|\"([^\"]+)\"|'([^']+)'):(?:\s|$)")
_PROPERTY = re.compile(r"([\w-]+):: ?")
_META = re.compile(r'(?m)^<meta name="chinai:([\w-]+)" content="([^"]*)">$')
_BODY = "<body>\n"
_LISTS = ("tags", "aliases", "alias")
"""Fields to which others add what they like."""
_TAGS_OF_ALL = ("chinai", "notes")
_LONGEST = 10_000
"""Characters of a value that is read back."""


class Head(Protocol):
    """How a kind of file has fields at its head."""

    def write(self, fields: Mapping[str, Value]) -> str:
        """The head; fields that are empty are left out."""

    def split(self, text: str) -> tuple[str, str]:
        """The head of a file and the rest; none where its end is missing."""

    def merge(self, existing: str, generated: str, own: Collection[str], said: str = "") -> str:
        """The existing head with the generated fields brought up to date.

        Fields keep the place they have; those of others, comments among them, are kept letter by
        letter. Of the names in `own` those that are generated no more are dropped.
        """

    def read(self, head: str) -> dict[str, str]:
        """Those fields of a head that are one value, as text."""


def day(written: str) -> str | date:
    """A whole date as a date of YAML, a part of one as it is written."""
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else written
    except ValueError:
        return written


def present(fields: Mapping[str, Value]) -> dict[str, str | int | date | Sequence[str]]:
    """The fields that are not empty."""
    return {
        key: value for key, value in fields.items() if value is not None and value not in ("", ())
    }


def write(fields: Mapping[str, Value]) -> str:
    """Front matter in YAML with its two lines of dashes."""
    lines = [f"{key}: {_scalar(value)}" for key, value in present(fields).items()]
    return "\n".join(("---", *lines, "---", ""))


class Yaml:
    """YAML between two lines of dashes, every text in double quotation marks."""

    def write(self, fields: Mapping[str, Value]) -> str:
        """See `Head`."""
        return write(fields)

    def split(self, text: str) -> tuple[str, str]:
        """See `Head`."""
        if not text.startswith("---\n"):
            return "", text
        end = re.compile(r"(?m)^(?:---|\.\.\.) *(?:\n|\Z)").search(text, 4)
        return ("", text) if end is None else (text[: end.end()], text[end.end() :])

    def merge(self, existing: str, generated: str, own: Collection[str], said: str = "") -> str:
        """See `Head`."""
        if not existing:
            return generated
        old, new = (
            _entries(head.splitlines(keepends=True)[1:-1], _KEY) for head in (existing, generated)
        )
        return "".join(("---\n", *_merged(old, new, own, said, _YAML_LIST), "---\n"))

    def read(self, head: str) -> dict[str, str]:
        """See `Head`; quotation marks may be gone, since editors take them away."""
        entries = _entries(head.splitlines(keepends=True)[1:-1], _KEY)
        return {key: _plain(lines.partition(":")[2]) for key, lines in entries if key}


_RENAMED = {"title": "headline", "id": "chinai-id", "aliases": "alias"}
"""Names that mean something else to Logseq, as the name of the page or the id of a block does."""


class Properties:
    """Lines of `name:: value` up to the first that is none, as Logseq has them."""

    def write(self, fields: Mapping[str, Value]) -> str:
        """See `Head`."""
        lines = [
            f"{_RENAMED.get(key, key)}:: {_property(value)}"
            for key, value in present(fields).items()
        ]
        return "\n".join((*lines, "", ""))

    def split(self, text: str) -> tuple[str, str]:
        """See `Head`."""
        lines = text.splitlines(keepends=True)
        count = next((n for n, line in enumerate(lines) if not _PROPERTY.match(line)), len(lines))
        if count and lines[count : count + 1] == ["\n"]:
            count += 1
        return "".join(lines[:count]), "".join(lines[count:])

    def merge(self, existing: str, generated: str, own: Collection[str], said: str = "") -> str:
        """See `Head`."""
        old, new = (
            _entries(head.strip().splitlines(), _PROPERTY) for head in (existing, generated)
        )
        own = {_RENAMED.get(each, each) for each in own}
        return "\n".join((*_merged(old, new, own, said, _PROPERTY_LIST), "", ""))

    def read(self, head: str) -> dict[str, str]:
        """See `Head`."""
        back = {new: old for old, new in _RENAMED.items()}
        entries = _entries(head.strip().splitlines(), _PROPERTY)
        return {back.get(key, key): line.partition("::")[2].strip() for key, line in entries}


@dataclass(frozen=True, slots=True)
class PageHead:
    """The beginning of a web page, up to its body; all of it is ours."""

    style: str
    """The style sheet."""

    def write(self, fields: Mapping[str, Value]) -> str:
        """See `Head`."""
        told = present(fields)
        metas = [
            f'<meta name="chinai:{key}" content="{html.escape(_joined(value))}">'
            for key, value in told.items()
        ]
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        lines = (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width">',
            *metas,
            f"<title>{html.escape(_joined(told.get('title', '')))}</title>",
            f"<style>\n{self.style}</style>",
            "</head>",
        )
        return "\n".join((*lines, _BODY))

    def split(self, text: str) -> tuple[str, str]:
        """See `Head`."""
        head, body, rest = text.partition(_BODY)
        return (head + body, rest) if body else ("", text)

    def merge(self, existing: str, generated: str, own: Collection[str], said: str = "") -> str:  # noqa: ARG002
        """The generated one, since browsers show nothing of it."""
        return generated

    def read(self, head: str) -> dict[str, str]:
        """See `Head`."""
        return {name: html.unescape(value) for name, value in _META.findall(head)}


@dataclass(frozen=True, slots=True)
class _ListForm:
    """How a kind of head has a field of several values."""

    read: Callable[[str], list[str]]
    """The values in the lines of a field."""
    write: Callable[[str, list[str]], str]
    """The lines of a field of that name with these values."""


def _merged(
    old: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    own: Collection[str],
    said: str,
    form: _ListForm,
) -> list[str]:
    fresh = dict(new)
    result = []
    for key, lines in old:
        generated = fresh.pop(key, "")
        if key in _LISTS and lines != generated:
            result.append(_joined_list(key, lines, generated, said, form))
        elif generated or key not in own:
            result.append(generated or lines)
    return [*filter(None, result), *fresh.values()]


def _joined_list(name: str, old: str, generated: str, said: str, form: _ListForm) -> str:
    """The lines of a generated list, with what others put in the one that is there."""
    new, before = form.read(generated), form.read(old)
    words = {each: rf"(?<![\w/-]){re.escape(each)}(?![\w/-])" for each in before}
    known = {*new, *_TAGS_OF_ALL}
    kept = [each for each in before if each not in known and not re.search(words[each], said)]
    if not kept:
        return generated
    return old if before == [*new, *kept] else form.write(name, [*new, *kept])


def _yaml_values(lines: str) -> list[str]:
    """The values of a field of YAML; one that cannot be read has none."""
    import yaml

    try:
        found = next(iter((yaml.safe_load(lines) or {"": None}).values()))
    except (yaml.YAMLError, AttributeError, ValueError):
        return []
    if isinstance(found, list):
        return [str(each) for each in found if isinstance(each, str | int | date)]
    return [] if found is None else _parts(str(found))


def _parts(written: str) -> list[str]:
    return [each.strip() for each in written.split(",") if each.strip()]


def _entries(lines: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Key and lines of each field; lines before the first have an empty key."""
    entries: list[tuple[str, str]] = []
    for line in lines:
        match = pattern.match(line)
        if match or not entries:
            key = next(filter(None, match.groups())) if match else ""
            entries.append((key, line))
        else:
            key, before = entries[-1]
            entries[-1] = (key, before + line)
    return entries


def _plain(written: str) -> str:
    """A scalar of YAML as text, as far as one line has it."""
    written = written.strip()[:_LONGEST]
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:
            return written.strip('"')
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


def _scalar(value: str | int | date | Sequence[str]) -> str:
    if isinstance(value, str):
        return yaml_string(value)
    if isinstance(value, int | date):
        return str(value)
    return f"[{', '.join(map(yaml_string, value))}]"


def _joined(value: str | int | date | Sequence[str]) -> str:
    """A value as one line of text."""
    if isinstance(value, str | int | date):
        return clean_line(str(value), _LONGEST)
    return ", ".join(clean_line(each, _LONGEST) for each in value)


def _property(value: str | int | date | Sequence[str]) -> str:
    """A value of Logseq, in which commas stand between several."""
    if isinstance(value, str | int | date):
        return _joined(value)
    return ", ".join(clean_line(each, _LONGEST).replace(",", " ") for each in value)


_YAML_LIST = _ListForm(_yaml_values, lambda name, values: f"{name}: {_scalar(values)}\n")
_PROPERTY_LIST = _ListForm(
    lambda line: _parts(line.partition("::")[2]),
    lambda name, values: f"{name}:: {_property(values)}",
)
YAML = Yaml()
PROPERTIES = Properties()
