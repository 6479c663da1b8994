"""The parts of the README that are made from the code.

python -m tests.readme        writes them
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def key_table() -> str:
    """Every command on a key, by where it can be given."""
    from chinai_tui.ui.commands import COMMANDS, Scope
    from chinai_tui.ui.keymap import labels_of

    lines = []
    for scope in Scope:
        lines += [f"| {scope.value} | |", "|---|---|"]
        for command in COMMANDS:
            if command.scope is scope and command.keys:
                keys = " ".join(map(_code, labels_of(command, {})))
                lines.append(f"| {keys} | {command.help} |")
        lines.append("")
    return "\n".join(lines).strip()


def _code(label: str) -> str:
    """A key as code; one that is a backquote itself stands between two of them."""
    return f"`` {label} ``" if "`" in label else f"`{label}`"


def command_table() -> str:
    """Every command of the command line."""
    from chinai_tui.cli import COMMANDS

    rows = [("chinai", "Open the reader."), *((f"chinai {n}", d) for n, d in COMMANDS.items())]
    lines = [f"| `{name}` | {does} |" for name, does in rows]
    return "\n".join(["| command | does |", "|---|---|", *lines])


def field_table() -> str:
    """Every field of the query language."""
    from chinai_tui.text.fields import FIELDS

    lines = [f"| `{name}:` | {meaning} |" for name, meaning in FIELDS.items()]
    return "\n".join(["| field | an issue that |", "|---|---|", *lines])


def parts() -> Mapping[str, str]:
    """The parts by the name of their markers."""
    return {"keys": key_table(), "commands": command_table(), "fields": field_table()}


def written(text: str) -> str:
    """A README with its made parts as they should be."""
    for name, part in parts().items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, count = pattern.subn(lambda m, p=part: f"{m[1]}{p}\n{m[2]}", text)
        if count != 1:
            raise ValueError(f"README: the markers of {name} are not there once")
    return text


def main() -> None:
    """Write the parts into the README."""
    README.write_text(written(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
