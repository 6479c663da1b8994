"""Plain text as lines: how far indented, between which gaps, with which marker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from chinai_tui.text.normalise import normalise

_BULLET = re.compile(r"[•◦▪‣·*–-] +(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)] +(?=\S)")
_RULE = re.compile(r"([-–—*_=~•·])(?: ?\1){2,}")
_NOTE = re.compile(r"\[[0-9]{1,3}\]:? ")
_ENDS_OPEN = re.compile(r"[^.!?:;…。！？：；”\"’')\]]$")
_SPACES = re.compile(" {2,}")
_WRAP = 100
"""Characters: a text with no longer line may have been wrapped by hand or by a mailer."""


class LineKind(Enum):
    """What a line is by its first characters."""

    TEXT = auto()
    ITEM = auto()
    RULE = auto()


@dataclass(slots=True)
class Line:
    """A line that is not blank, without its indentation and marker."""

    kind: LineKind
    text: str
    indent: int
    marker: str
    before: int
    """Blank lines in front of it, counting the edge of the text as one."""
    after: int = 1

    @property
    def is_alone(self) -> bool:
        """Whether it stands between blank lines."""
        return self.before > 0 and self.after > 0


def split_lines(text: str) -> list[Line]:
    """The lines of a text; those that were only wrapped are joined again."""
    lines: list[Line] = []
    gap = 1
    for raw in normalise(text.replace("\t", "    ")).split("\n"):
        bare = _SPACES.sub(" ", raw.strip())
        if not bare:
            gap += 1
            continue
        if lines:
            lines[-1].after = gap
        lines.append(_line(bare, len(raw) - len(raw.lstrip()), gap))
        gap = 0
    return _unwrap(lines) if _is_wrapped(lines) else lines


def _line(bare: str, indent: int, gap: int) -> Line:
    if _RULE.fullmatch(bare):
        return Line(LineKind.RULE, "", indent, "", gap)
    if match := _BULLET.match(bare):
        return Line(LineKind.ITEM, bare[match.end() :], indent, "•", gap)
    if match := _NUMBER.match(bare):
        return Line(LineKind.ITEM, bare[match.end() :], indent, match.group().strip(), gap)
    return Line(LineKind.TEXT, bare, indent, "", gap)


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines end where the width was used up rather than where a paragraph ends."""
    if len(lines) < 4 or max(len(line.text) for line in lines) > _WRAP:
        return False
    inner = [line for line in lines if not line.after and len(line.text) > _WRAP // 2]
    broken = sum(1 for line in inner if _ENDS_OPEN.search(line.text))
    return len(inner) >= 3 and 2 * broken > len(inner)


def _unwrap(lines: list[Line]) -> list[Line]:
    result: list[Line] = []
    parts: list[list[str]] = []
    for line in lines:
        goes_on = result and line.kind is LineKind.TEXT and not line.before and parts[-1]
        if goes_on and not (_NOTE.match(line.text) and _NOTE.match(parts[-1][0])):
            parts[-1].append(line.text)
            result[-1].after = line.after
        else:
            result.append(line)
            parts.append([line.text] if line.kind is not LineKind.RULE else [])
    for line, texts in zip(result, parts, strict=True):
        line.text = " ".join(texts)
    return result
