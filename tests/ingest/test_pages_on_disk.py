"""Pages as browsers and Google Docs save them: addresses, titles, lists, the files beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from chinai_tui import ingest
from chinai_tui.errors import InputError

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]

WRAPPED = (
    "https://www.google.com/url?q=https://n.example/a%3Fb%3D1&amp;sa=D&amp;source=editors&amp;usg=X"
)
DOC = (
    '<html><head><style>.c1{font-weight:700}</style></head><body class="c9 doc-content">'
    '<p class="c3 title" id="h.1"><span class="c1">On the Quay</span></p>'
    '<p class="c3 subtitle"><span>Told by a docker</span></p>'
    f'<p class="c5"><span>Words and </span><a href="{WRAPPED}">more</a>.</p>'
    '<ul class="c2 lst-kix_ab12-0 start"><li><span>One</span></li></ul>'
    '<ul class="c2 lst-kix_ab12-1 start"><li><span>Below one</span></li></ul>'
    '<ol class="c2 lst-kix_ab12-2 start" start="1"><li><span>Deepest</span></li></ol>'
    '<ul class="c2 lst-kix_ab12-0"><li><span>Two</span></li></ul>'
    '<p class="c5"><img src="images/image1.png" alt=""></p></body></html>'
)


def test_a_page_of_google_docs(read: Read, rows: Rows, spans: Spans) -> None:
    found = read(DOC)
    assert (found.metadata.title, found.metadata.subtitle) == ("On the Quay", "Told by a docker")
    assert [row[:1] + row[2:] for row in rows(DOC)] == [
        ("paragraph", 0, "", "Told by a docker"),
        ("paragraph", 0, "", "Words and more."),
        ("item", 0, "•", "One"),
        ("item", 1, "•", "Below one"),
        ("item", 2, "1.", "Deepest"),
        ("item", 0, "•", "Two"),
        ("image", 0, "", "image"),
    ]
    assert spans(found.document) == [("link", "more", "https://n.example/a?b=1")]


def test_a_search_is_no_redirect(read: Read, spans: Spans) -> None:
    page = "<p><a href='https://www.google.com/search?q=https://n.example'>a</a></p>"
    assert spans(read(page).document) == [
        ("link", "a", "https://www.google.com/search?q=https://n.example")
    ]


@pytest.mark.parametrize("zipped", [True, False])
def test_the_files_of_a_page_are_left_alone(tmp_path: Path, zipped: bool) -> None:
    files = {
        "Quay.html": DOC.encode(),
        "images/image1.png": b"\x89PNG\r\n\x1a\n\x00\x01",
        "images/style.css": b"p { color: red }",
        "images/notes.txt": b"Words of a note.\n\nMore of them.",
        "images/a.bin": b"\x00\x01\x02",
    }
    if zipped:
        place = tmp_path / "Quay.zip"
        with ZipFile(place, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    else:
        place = tmp_path / "Quay"
        for name, data in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
    found = [Path(each.place.rpartition(", ")[2]).name for each in ingest.walk([place])]
    assert sorted(found) == ["Quay.html", "a.bin", "notes.txt"]


def test_a_picture_without_a_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.\n\nMore.", "utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01")
    found = list(ingest.walk([tmp_path]))
    assert [isinstance(each, InputError) for each in found] == [False, True]


SAVED = "<!-- saved from url=(0029)https://l.example/p/lamps -->"
SINGLE = "<!--\n Page saved with SingleFile \n url: https://l.example/p/lamps \n saved date: x -->"


@pytest.mark.parametrize("comment", [SAVED, SINGLE])
def test_a_saved_page_tells_where_it_was(read: Read, spans: Spans, comment: str) -> None:
    page = (
        f"<!DOCTYPE html>\n{comment}\n<html><head><title>Lamps</title></head><body><p>Words"
        " <a href='/p/two'>two</a>.</p><p>More.</p><img src='./Lamps%20-%20L_files/p.png'>"
        "<img src='p_files/q.png'></body></html>"
    )
    found = read(page)
    assert found.metadata.url == "https://l.example/p/lamps"
    assert spans(found.document) == [("link", "two", "https://l.example/p/two")]
    canonical = page.replace("<title>", "<link rel=canonical href=https://l.example/p/own><title>")
    assert read(canonical).metadata.url == "https://l.example/p/own"


def test_a_word_of_a_text_is_not_its_address(read: Read) -> None:
    page = "<title>T</title><p>One.</p><p>saved from url=(0029)https://l.example/p/lamps</p>"
    assert read(page).metadata.url == ""


def test_the_title_of_the_post_outdoes_that_of_the_page(read: Read) -> None:
    page = (
        "<title>Lamps | A Letter On Everything</title><div class='body markup'><p>Words.</p></div>"
        '<script>window._preloads = {"post": {"title": "On Lamps", "body_html": "<p>W.</p>"}}'
        "</script>"
    )
    assert read(page).metadata.title == "On Lamps"
