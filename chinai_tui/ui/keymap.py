"""The user's own keys: read from the settings, checked against the table of commands.

Where a user's key clashes with another command of the same place, the user's wins and the
clash is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from textual.keys import key_to_character

from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui.commands import COMMANDS, Command, Scope

_NAMES: Mapping[str, str] = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_SYMBOLS: Mapping[str, str] = {
    "/": "slash",
    "\\": "backslash",
    "?": "question_mark",
    ":": "colon",
    "'": "apostrophe",
    ".": "full_stop",
    ",": "comma",
    ">": "greater_than_sign",
    "<": "less_than_sign",
    "+": "plus",
    "-": "minus",
    "@": "at",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "$": "dollar_sign",
}
_CHARACTERS = {name: symbol for symbol, name in _SYMBOLS.items()}
_DIGITS = frozenset("0123456789")
_TOGETHER = (
    (Scope.MAIN, Scope.LIST),
    (Scope.MAIN, Scope.READER),
    (Scope.MAIN, Scope.SIDEBAR),
)
"""Scopes that hold at the same time; selecting and the lists of passages take keys over."""


def key_label(key: str) -> str:
    """A key as it is written on the keyboard: `slash` is `/`, `ctrl+o` is `^O`."""
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith("ctrl+"):
        return f"^{key_label(key[5:]).upper()}"
    if key.startswith("shift+"):
        return f"⇧{key_label(key[6:])}"
    if key.startswith("alt+"):
        return f"Alt+{key_label(key[4:])}"
    return _CHARACTERS.get(key) or key_to_character(key) or key.capitalize()


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command in Textual's names, after the user's own."""
    keys = keymap.get(command.id, command.keys)
    return tuple(_SYMBOLS.get(key, key) for key in keys.split(",") if key)


def labels_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command as they are written on the keyboard; all the digits as one."""
    keys = keys_of(command, keymap)
    if _DIGITS.issubset(keys):
        keys = ("0–9", *(key for key in keys if key not in _DIGITS))
    return tuple(key_label(key) for key in keys)


def checked(keys: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A keymap of every command, if any is changed, and what is wrong with it, a line each.

    Textual drops the other commands of a key when one of them is rebound; with every command
    in the map nothing is dropped.
    """
    if not keys:
        return {}, []
    known = {command.id: command for command in COMMANDS}
    problems = [f"[keys] {clean_line(name)}: no such command" for name in keys if name not in known]
    own = {name: _normal(key) for name, key in keys.items() if name in known}
    problems += [f"[keys] {name}: no key given" for name, key in own.items() if not key]
    own = {name: key for name, key in own.items() if key}
    keymap = {command.id: own.get(command.id, command.keys) for command in COMMANDS}
    problems += list(_yield_clashes(keymap, own))
    return {name: key for name, key in keymap.items() if key}, problems


def _normal(keys: str) -> str:
    """What a user writes (`^O`, `Ctrl+O`, `?`, `,`) in Textual's names."""
    parts = [keys] if keys == "," else [part.strip() for part in keys.split(",")]
    return ",".join(_normal_key(part) for part in parts if part)


def _normal_key(key: str) -> str:
    if len(key) == 2 and key.startswith("^"):
        return f"ctrl+{key[1].lower()}"
    modifier, plus, rest = key.rpartition("+")
    if plus and rest:
        return f"{modifier.lower()}+{rest.lower()}"
    return _SYMBOLS.get(key, key if len(key) == 1 else key.lower())


def _yield_clashes(keymap: dict[str, str], own: Mapping[str, str]) -> Iterator[str]:
    """Tell of each clash, and take the key from the command that is not the user's choice."""
    for first, second in combinations(COMMANDS, 2):
        both = (first.scope, second.scope)
        if both[0] is not both[1] and both not in _TOGETHER:
            continue
        if first.id not in own and second.id not in own:
            continue
        shared = set(keys_of(first, keymap)) & set(keys_of(second, keymap))
        if not shared:
            continue
        loser = first if second.id in own else second
        winner = second if loser is first else first
        keymap[loser.id] = ",".join(k for k in keys_of(loser, keymap) if k not in shared)
        names = " ".join(sorted(key_label(key) for key in shared))
        yield f"[keys] {names} is {winner.id}, no longer {loser.id}"
