from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.domain.issue import DateSource

Rows = Callable[..., list[tuple[str, str, int, str, str]]]
LINK = '<a href="https://a.example/{0}">{0}</a>'


def notes(title: str, html: str, audio: str = "https://cdn.example/1.mp3") -> ingest.Reading:
    item = {
        "id": "https://voices.example/e/1",
        "title": title,
        "content_html": html,
        "date_published": "2026-04-09T00:00:00Z",
        "attachments": [{"url": audio, "mime_type": "audio/mpeg"}],
    }
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()
    reading = ingest.take(ingest.Source("a.json", "a.json", data))
    assert isinstance(reading, ingest.Reading)
    return reading


ISSUE = "https://chinai.substack.com/p/on-chips"
NARRATION = (
    "<p>Links that the letter gives.</p><p>---</p>"
    "<p><strong>First published:</strong><br/>April 6th, 2026</p>"
    f'<p><strong>Source:</strong><br/><a href="{ISSUE}?utm_source=voice&amp;utm_medium=feed">'
    "the letter</a></p><p>---</p>"
)


def test_a_narration_is_notes_on_its_issue() -> None:
    reading = notes("“ChinAI #901: On Chips” by A Writer", NARRATION)
    metadata = reading.metadata
    assert (metadata.publication, metadata.number, metadata.title) == ("chinai", 901, "On Chips")
    assert metadata.authors == ("A Writer",)
    assert (metadata.date, metadata.date_source) == ("2026-04-06", DateSource.FEED)
    assert metadata.url == ISSUE
    assert metadata.audio == "https://cdn.example/1.mp3"
    assert (reading.format, reading.truncated) == ("notes", True)
    assert ingest.keys(metadata, reading.document)[:2] == (f"url:{ISSUE}", "number:chinai/901")


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("ChinAI #901: On Chips", NARRATION),
        ("“On Chips” by A Writer", "<p>A letter on chips.</p>"),
        ("“On Chips” by A Writer", "<p>Source: a letter on chips.</p>"),
    ],
)
def test_other_notes_are_of_their_own_episode(title: str, html: str) -> None:
    reading = notes(title, html)
    assert reading.metadata.url == "https://voices.example/e/1"
    assert reading.metadata.date == "2026-04-09"
    assert (reading.format, reading.truncated) == ("json-feed", False)


def test_what_a_narration_says_in_one_line() -> None:
    html = f"<p>First published: 6 April 2026</p><p>Source: {LINK.format('x')}</p>"
    metadata = notes('"On Chips" by A Writer', html).metadata
    assert (metadata.title, metadata.date) == ("On Chips", "2026-04-06")
    assert metadata.url == "https://a.example/x"


def test_notes_are_read_again_as_notes() -> None:
    html = f"<p>Source: {LINK.format('x')}</p>"
    item = {"title": "“On Chips” by A Writer", "content_html": html}
    data = json.dumps({"items": [item]}).encode()
    again = ingest.take(ingest.Source("a", "a", data, format="notes"))
    assert isinstance(again, ingest.Reading)
    assert again.format == "notes"


def items(*names: str) -> str:
    return "<ul>" + "".join(f"<li>{LINK.format(name)}</li>" for name in names) + "</ul>"


def shape(rows: Rows, html: str) -> list[tuple[str, str, int]]:
    """The blocks under the first one: role or kind, text, level."""
    page = f"<html><h1>An Episode</h1>{html}"
    return [(role or kind, text, level) for kind, role, level, _, text in rows(page, "a.html")]


GROUPED = [
    ("label", "ModelWorks", 0),
    ("item", "Site", 0),
    ("item", "Story", 0),
    ("label", "ChipWorks", 0),
    ("item", "Map", 0),
]


@pytest.mark.parametrize(
    "below",
    [
        f"<ul><li>ModelWorks{items('Site', 'Story')}</li><li>ChipWorks{items('Map')}</li></ul>",
        f"<p>ModelWorks</p>{items('Site', 'Story')}<p><b>ChipWorks</b></p>{items('Map')}",
        f"ModelWorks<br>{LINK.format('Site')}<br>{LINK.format('Story')}<br>ChipWorks<br>"
        f"{LINK.format('Map')}",
    ],
)
@pytest.mark.parametrize("heading", ["<h2>Show Notes</h2>", "<p><b>Show Notes:</b></p>"])
def test_links_under_a_name_are_a_section(rows: Rows, heading: str, below: str) -> None:
    assert shape(rows, heading + below)[1:] == GROUPED


def test_links_before_the_first_name_and_links_within_links(rows: Rows) -> None:
    nested = f"<li>Story{items('Reply')}</li>"
    html = f"<h2>Links</h2><ul><li>First</li><li>ModelWorks<ul>{nested}</ul></li></ul>"
    assert shape(rows, html)[1:] == [
        ("item", "First", 0),
        ("label", "ModelWorks", 0),
        ("item", "Story", 0),
        ("item", "Reply", 1),
    ]


@pytest.mark.parametrize(
    "html",
    [
        f"<h2>Reading</h2><ul><li>ModelWorks{items('Site')}</li></ul>",
        f"<h2>Links</h2><ul><li>ModelWorks{items('Site')}</li><li>On all of them</li></ul>",
        f"<h2>Links</h2><p>ModelWorks</p>{items('Site')}<p>That is all.</p><p>And more.</p>",
        f"<h2>Links</h2><p>ModelWorks</p>{items('Site')}<p>That is all.</p><h2>End</h2><p>W.</p>",
        f"<p>ModelWorks</p>{items('Site')}",
        f"<p>ModelWorks</p><ul><li>Words</li></ul><p>ChipWorks</p>{items('Map')}",
        f"<p>ModelWorks</p>{items('Site')}<p>ChipWorks</p>{items('Map')}<p>One.</p><p>Two.</p>",
        f"<h2>Links</h2><p>These are on it:</p>{items('Site')}",
        f"<h2>Links</h2>{items('Site', 'Story')}",
    ],
)
def test_where_something_else_follows_the_list_stays_as_it_is(rows: Rows, html: str) -> None:
    assert "label" not in [role for role, *_ in shape(rows, html)]


def test_a_sentence_that_ends_the_notes_is_the_sites(rows: Rows) -> None:
    html = f"<h2>Links</h2><p>ModelWorks</p>{items('Site')}<p>Anything wrong? Tell us.</p>"
    assert shape(rows, html)[1:] == [
        ("label", "ModelWorks", 0),
        ("item", "Site", 0),
        ("boilerplate", "Anything wrong? Tell us.", 0),
    ]


def test_lists_that_nothing_announces(rows: Rows) -> None:
    lists = f"<p>ModelWorks</p>{items('Site', 'Story')}<p>ChipWorks</p>{items('Map')}"
    guest = "<ul><li>A Guest – <a href='https://a.example/g'>site</a></li></ul>"
    html = f"<p>We talk today.</p><p>Featuring:</p>{guest}{lists}"
    assert shape(rows, html)[3:] == GROUPED
    labelled = f"{html}<p><b>PortWorks:</b></p>{items('Quay')}"
    assert shape(rows, labelled)[3:7] == GROUPED[:4]


def test_plain_show_notes(rows: Rows) -> None:
    source = "The Title of It All\n\nShow Notes:\n\n\nFirst link\nSecond link\nWuhan\n\nIts page\n"
    source += "Its history\n\nHefei\n\nIts page\nIts map\n\nSponsors:\n\nWe sell things. Buy them."
    assert [(role or kind, text) for kind, role, *_, text in rows(source)][:-2] == [
        ("label", "Show Notes:"),
        ("item", "First link"),
        ("item", "Second link"),
        ("label", "Wuhan"),
        ("item", "Its page"),
        ("item", "Its history"),
        ("label", "Hefei"),
        ("item", "Its page"),
        ("item", "Its map"),
    ]
