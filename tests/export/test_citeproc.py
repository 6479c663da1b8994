"""CSL-JSON as a citation processor reads and sets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from citeproc import (
    SCHEMA_PATH,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from chinai_tui.export.styles import STYLES
from tests.export.cases import CASES, HARD

WRITTEN = STYLES["csl"].render(list(CASES.values()))
TITLE = '“ChinAI #900: A Made-Up "Crane" Issue [虚构]”'
WHERE = "https://chinai.substack.com/p/example-slug"


def in_schema(name: str) -> set[str]:
    """The words that a part of the schema of CSL allows."""
    part = Path(SCHEMA_PATH).with_name(name).read_text("utf-8")
    return set(re.findall(r'"([^"]+)"', part))


def reference(key: str) -> str:
    """How the processor sets an item in a list of references."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    found = CitationStylesBibliography(style, CiteProcJSON(json.loads(WRITTEN)), formatter.plain)
    found.register(Citation([CitationItem(key)]))
    (line,) = found.bibliography()
    return str(line)


def test_the_processor_takes_each_item_without_a_warning() -> None:
    assert set(CiteProcJSON(json.loads(WRITTEN))) == {case.key for case in CASES.values()}


def test_types_and_fields_are_those_of_the_schema() -> None:
    items = json.loads(WRITTEN)
    assert {item["type"] for item in items} <= in_schema("csl-types.rnc")
    assert set().union(*items) - {"id", "type"} <= in_schema("csl-variables.rnc")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "dated",
            f"Ding, J. (2031) {TITLE}, ChinAI Newsletter, 6 January. "
            f"Available at: {WHERE} (Accessed: January 10, 2031).",
        ),
        ("undated", f"Ding, J. (no date) {TITLE}, ChinAI Newsletter. Available at: {WHERE}."),
        ("unfiled", "“A Text” (no date) “A Text”."),
        (
            "corporate",
            "Institute for Cranes and Ships and ModelWorks, Inc. (no date) "
            "“Why Do Cranes Wait?”, Quay Notes.",
        ),
        (
            "particles",
            f"von der Lippe, O., d'Île, É. and Muster, M., Jr. (2031) {TITLE}, ChinAI Newsletter, "
            f"6 January. Available at: {WHERE} (Accessed: January 10, 2031).",
        ),
        (
            "translation",
            f"Ding, J. (2031) {TITLE}, ChinAI Newsletter. Translated by B. van Second, 6 January. "
            f"Available at: {WHERE} (Accessed: January 10, 2031).",
        ),
        (
            "hard",
            f"Q & A, {{Ltd}} and R_x #1 (2031) “{HARD}”, Notes {HARD}, 6 January. "
            f"Available at: {WHERE} (Accessed: January 10, 2031).",
        ),
    ],
)
def test_a_reference_comes_out_as_its_style_has_it(key: str, expected: str) -> None:
    assert reference(key) == expected
