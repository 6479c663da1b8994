"""A page for each thing that pages hold, and what is read of it (`tests/fixtures/html`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import SpanKind

FIXTURES = Path(__file__).parent.parent / "fixtures" / "html"


def read(name: str) -> ingest.Reading:
    return ingest.read((FIXTURES / f"{name}.html").read_bytes(), f"{name}.html")


def listing(reading: ingest.Reading) -> str:
    """The blocks under the title: kind and role, level, marker, text, where its links lead."""
    document = reading.document
    lines = []
    for number, block in enumerate(document.blocks[1:], 1):
        links = [f" <{span.target}>" for span in block.spans if span.kind is SpanKind.LINK]
        kind = f"{block.kind}.{block.role}".rstrip(".")
        text = document.text_of(number)
        lines.append(f"{kind} {block.level} {block.marker} ¶ {text}{''.join(links)}")
    return "\n".join(lines + ["(truncated)"] * reading.truncated) + "\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.html")))
def test_what_is_read_of_a_page(name: str) -> None:
    assert listing(read(name)) == (FIXTURES / f"{name}.txt").read_text("utf-8")


def test_what_a_page_carries_of_its_post() -> None:
    found = read("preloads").metadata
    assert (found.title, found.subtitle, found.date) == ("On Cranes", "Plus, ropes", "2021-03-04")
    assert (found.authors, found.post_id) == (("A Writer",), "4711")
    assert found.url == "https://letter.example/p/on-cranes"
    assert read("preloads-closed").metadata.post_id == "4712"


@pytest.mark.parametrize(
    "data", ["", "{", '"{"', "5", '"5"', '{"post": 5}', "[" * 100_000, '"' + "[" * 100_000 + '"']
)
def test_damaged_data_of_a_post(data: str) -> None:
    page = f"<title>T</title><p>Words.</p><p>More.</p><script>_preloads = {data}</script>"
    assert ingest.read(page.encode(), "a.html").document.text == "T\nWords.\nMore."
