"""Which files hold annotations, by their content."""

from __future__ import annotations

import csv
import re
from enum import StrEnum


class Form(StrEnum):
    """A form in which annotations come."""

    OWN = "W3C annotations"
    HYPOTHESIS = "Hypothes.is"
    READWISE = "Readwise"


_HEAD = 20_000
"""Characters at the beginning that are looked at."""
_OWN = re.compile(r'^[ \t]*\{.*"chinai:annotation"\s*:', re.MULTILINE)
_HYPOTHESIS = re.compile(r'\{[^{}\[\]]{0,2000}"(?:rows|annotations)"\s*:\s*\[')
_TOLD = ('"uri"', '"target"', '"selector"')
"""What an annotation of Hypothes.is says of itself, whatever else it says."""
_COLUMNS = {"highlight", "book title"}


def form_of(text: str, name: str) -> Form | None:
    """The form of a text that holds annotations, whole or broken; None where it holds none.

    `name` is the name of the file: where the first line of one for JSON Lines is broken, the
    others are looked at.
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("{") or name.lower().endswith(".jsonl"):
        # A long note pushes the name that tells the form far behind.
        line = head.partition("\n")[0]
        if (line.startswith('{"@context":') and "ns/anno.jsonld" in line) or _OWN.search(text):
            return Form.OWN
    if _HYPOTHESIS.match(head) and (
        any(each in head for each in _TOLD) or re.search(r"\[\s*\]", head)
    ):
        return Form.HYPOTHESIS
    return Form.READWISE if columns_of(head) >= _COLUMNS else None


def columns_of(text: str) -> set[str]:
    """The names in the first line of a text, if it is a table, in lower case."""
    line = text.partition("\n")[0]
    if "," not in line or len(line) >= _HEAD:
        return set()
    return {column.strip().lower() for column in next(csv.reader([line.rstrip("\r")]), ())}
