"""The user's settings, `config.toml`.

The file is the user's: it is read with care, and a change writes one line and leaves the rest
as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chinai_tui.errors import ConfigError
from chinai_tui.export.styles import STYLES

SIZE_LIMIT = 1_000_000
"""Bytes of the largest settings file that is read."""
CITATION_STYLES = tuple(STYLES)
"""The names of the styles in which an issue can be cited."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, with its default."""

    theme: str = "dark"
    """`dark` or `light`."""
    measure: int = 88
    """The longest line of text, in cells."""
    link_numbers: str = "on"
    """`on` or `off`: whether the number of each link stands behind it."""
    read_at: str = "end"
    """`end` or `opening`: when an issue counts as read."""
    creator: str = ""
    """The name put to one's notes."""
    export_folder: str = "chinai-notes"
    """Where exports go, from the folder one is in."""
    citation_style: str = "chicago"
    """`chicago`, `apa`, `bibtex`, `csl` or `ris`: how passages are copied and issues cited."""
    allowed_hosts: str = ""
    """Hosts, with commas between them, that may be asked though their address is private."""
    proxy: str = ""
    """`http://HOST:PORT`, or `environment` for what `HTTPS_PROXY` and its like say; else none."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to key, as in `"jump" = "c"`."""


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("dark", "light"),
    "link_numbers": ("on", "off"),
    "read_at": ("end", "opening"),
    "citation_style": CITATION_STYLES,
}
_RANGES: Mapping[str, range] = {"measure": range(40, 161)}


def _is_proxy(value: str) -> bool:
    """Whether a host can be asked through what is set."""
    if value in ("", "environment"):
        return True
    if not re.fullmatch(r"http://[^\s/]+/?", value):
        return False
    try:
        address = urlsplit(value)
        return bool(address.hostname) and address.port != 0
    except ValueError:
        return False


_FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "proxy": (_is_proxy, "http://HOST:PORT, or environment"),
}
"""What tells whether a text is of a form, and how that is told."""


def settable() -> tuple[str, ...]:
    """The names of the settings that are one value."""
    return tuple(each.name for each in fields(Settings) if each.name != "keys")


def load(file: Path) -> Settings:
    """Read the settings; a file that is not there means the defaults.

    Raises:
        ConfigError: The file cannot be read, or a setting is unknown or has a wrong value.
    """
    if not file.exists():
        return Settings()
    import tomllib

    try:
        if file.stat().st_size > SIZE_LIMIT:
            raise ConfigError(f"{file}: larger than {SIZE_LIMIT:,} bytes; make it shorter")
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: {error}; mend it or move it away") from error
    known = {each.name for each in fields(Settings)}
    for name in data:
        if name not in known:
            raise ConfigError(f"{file}: {name}: no such setting; there are {', '.join(known)}")
    keys = data.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise ConfigError(f'{file}: keys: a table of command = "key" is expected')
    values = {name: _checked(file, name, value) for name, value in data.items() if name != "keys"}
    return Settings(**values, keys=keys)


def _checked(file: Path, name: str, value: object) -> Any:
    """The value, if it is one that the setting may have."""
    expected = type(getattr(Settings(), name))
    if type(value) is not expected:
        raise ConfigError(f"{file}: {name}: {value!r} is not {_described(name, expected)}")
    allowed: tuple[str, ...] | range | None = _CHOICES.get(name) or _RANGES.get(name)
    is_formed = name not in _FORMS or _FORMS[name][0](str(value))
    if (allowed is not None and value not in allowed) or not is_formed:
        raise ConfigError(f"{file}: {name}: {value!r} is not {_described(name, expected)}")
    return value


def _described(name: str, expected: type) -> str:
    if name in _CHOICES:
        return "one of " + ", ".join(_CHOICES[name])
    if name in _RANGES:
        return f"a number from {_RANGES[name].start} to {_RANGES[name].stop - 1}"
    if name in _FORMS:
        return _FORMS[name][1]
    return "text in quotation marks" if expected is str else "a number"


def save(file: Path, name: str, value: str) -> Settings:
    """Write one setting and read the file again; everything else in it stays as it is.

    Raises:
        ConfigError: No such setting, a wrong value, or a file that cannot be written.
    """
    if name not in settable():
        raise ConfigError(f"{name}: no such setting; there are {', '.join(settable())}")
    typed: object = value
    if isinstance(getattr(Settings(), name), int):
        typed = int(value) if re.fullmatch(r"\d{1,6}", value) else value
    _checked(file, name, typed)
    load(file)
    from chinai_tui.store.files import replace_many

    try:
        text = file.read_text("utf-8-sig") if file.exists() else ""
        text = _with_line(text, name, f"{name} = {_toml(typed)}")
        replace_many([(file, text.encode("utf-8"))])
    except OSError as error:
        raise ConfigError(f"{file}: not saved: {error.strerror}") from error
    return load(file)


def _toml(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _with_line(text: str, name: str, line: str) -> str:
    """The text with one top-level line set, before the first table."""
    head, table, tail = text.partition("\n[") if not text.startswith("[") else ("", "", text)
    pattern = re.compile(rf"^[ \t]*{name}[ \t]*=.*$", re.MULTILINE)
    if pattern.search(head):
        head = pattern.sub(lambda _: line, head, count=1)
    else:
        head = f"{head.rstrip()}\n{line}".lstrip()
    if not tail:
        return head.rstrip() + "\n"
    return f"{head}{table}{tail}" if table else f"{head}\n\n{tail}"
