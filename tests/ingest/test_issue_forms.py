"""Whole issues in the forms of each year: titles, numbers, sections, and captures without any."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockRole

Read = Callable[..., ingest.Reading]

PROSE = "A paragraph of prose that goes on for a while and comes to an end."
TITLES = (
    ("ChinAI Newsletter #7: On Cranes", 7, "On Cranes"),
    ("ChinAI Newsletter #3 -- On Cranes", 3, "On Cranes"),
    ("ChinAI #46: On Cranes (1/2)", 46, "On Cranes (1/2)"),
    ("ChinAI #94：On Cranes", 94, "On Cranes"),
    ("ChinAI # 95 : On Cranes", 95, "On Cranes"),
    ("ChinAI #95. On Cranes", 95, "On Cranes"),
    ("ChinAI #319 - On Cranes", 319, "On Cranes"),
    ("ChinAI #320 – On Cranes", 320, "On Cranes"),
    ("ChinAI #321—On Cranes", 321, "On Cranes"),
    ("ChinAI #322 On Cranes", 322, "On Cranes"),
    ("ChinAI #323 | On Cranes", 323, "On Cranes"),
    ("ChinAI #324 “Cranes” on cranes", 324, "“Cranes” on cranes"),
    ("ChinAI #325 仙鹤", 325, "仙鹤"),
    ("ChinAI #356: On Cranes [仙鹤]", 356, "On Cranes [仙鹤]"),
    ("chinai #1024: On Cranes", 1024, "On Cranes"),
)
FORMS = {
    "a.txt": "{title}\n\n{prose}\n\n{prose}\n",
    "a.md": "# {title}\n\n{prose}\n",
    "b.md": '---\ntitle: "{title}"\n---\n{prose}\n',
    "c.md": "---\ntitle: {title}\n---\n{prose}\n",
    "a.html": "<html><head><title>{title}</title></head><body><p>{prose}</p></body></html>",
    "b.html": "<h1>{title}</h1><p>{prose}</p>",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("title", "number", "rest"), TITLES)
def test_titles(read: Read, name: str, title: str, number: int, rest: str) -> None:
    found = read(FORMS[name].format(title=title, prose=PROSE), name).metadata
    assert (found.publication, found.number, found.title) == ("chinai", number, rest)


@pytest.mark.parametrize(
    "title", ["ChinAI: On Cranes", "ChinAI #: On Cranes", "ChinAI #12345: On", "MyChinAI #4: On"]
)
def test_titles_without_a_number(read: Read, title: str) -> None:
    found = read(FORMS["a.txt"].format(title=title, prose=PROSE)).metadata
    assert (found.number, found.title) == (None, title)


@pytest.mark.parametrize("slug", ["chinai-348-on-cranes", "coming-soon", "348", "on-cranes"])
def test_the_number_comes_from_the_title_never_from_the_address(read: Read, slug: str) -> None:
    link = f'<link rel="canonical" href="https://chinai.substack.com/p/{slug}">'
    for title, number in (("ChinAI #349: On Cranes", 349), ("On Cranes", None)):
        page = f"<html><head><title>{title}</title>{link}</head><body><p>{PROSE}</p></body></html>"
        found = read(page, "a.html").metadata
        assert (found.publication, found.number) == ("chinai", number)


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_several_translations_behind_one_label(read: Read, name: str) -> None:
    label = "FULL TRANSLATIONS: 1) How cranes see; 2) Why ropes break"
    text = FORMS[name].format(title="ChinAI #370: On Cranes", prose=PROSE)
    source = text + (f"\n{label}\n" if name == "a.txt" else f"<p>{label}</p>")
    document = read(source, name).document
    assert document.text_of(len(document.blocks) - 1) == label
    assert document.blocks[-1].role is BlockRole.LABEL


def test_a_capture_without_a_single_heading(read: Read) -> None:
    """One line a paragraph, no heading left, not even that of the end: what is said still tells."""
    body = [f"{PROSE[:-1]} in round {number}." for number in range(12)]
    source = "\n".join(
        [
            "ChinAI #296: On Cranes",
            "Greetings from a world where…",
            "…and here is the archive of all past issues, under some tipping model.",
            *body,
            "Context: cranes are rare in texts. They come in spring.",
            "Key Takeaways: Cranes wait for ships, which is a takeaway that ends.",
            "FULL TRANSLATION: How Cranes See",
            "Must-read: A paper on ropes",
            PROSE,
            "These are Jeff Ding's (sometimes) weekly notes on what is written about machines.",
            "Any suggestions or feedback? Write to me.",
        ]
    )
    reading = read(source)
    roles = [block.role.value for block in reading.document.blocks]
    assert (reading.metadata.number, reading.metadata.title) == (296, "On Cranes")
    assert roles == (
        ["title", "boilerplate", "boilerplate"]
        + [""] * len(body)
        + ["label", "", "label", "takeaway", "label", "reading", ""]
        + ["boilerplate"] * 2
    )
