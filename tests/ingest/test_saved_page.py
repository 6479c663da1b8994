"""Pages that somebody saved as one file, with the pictures in it."""

from __future__ import annotations

import plistlib
from collections.abc import Callable

import pytest

from chinai_tui import ingest
from chinai_tui.errors import InputError
from chinai_tui.ingest import reader
from chinai_tui.ingest.detect import detect_bytes
from chinai_tui.ingest.saved_page import without_pictures

URL = "https://pond.example/p/lamps"
PAGE = (
    "<!doctype html><html><head><title>Pond Lamps</title></head><body><article>"
    "<p>A made-up paragraph on lamps (池边的灯).</p></article></body></html>"
)
PICTURE = f"data:image/png;base64,{'iVBORw0KGgo' * 40}="


def mhtml(page: bytes, saved_by: str = "From: <Saved by Blink>", charset: str = "utf-8") -> bytes:
    head = (
        f"{saved_by}\r\nSnapshot-Content-Location: {URL}\r\nSubject: Another title\r\n"
        "Date: Mon, 20 Apr 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n'
        f"----b--\r\nContent-Type: text/html; charset={charset}\r\n"
        f"Content-Transfer-Encoding: 8bit\r\nContent-Location: {URL}\r\n\r\n"
    )
    picture = "\r\n----b--\r\nContent-Type: image/png\r\n\r\n" + "iVBORw0KGgo" * 40
    return head.encode() + page + f"{picture}\r\n----b----\r\n".encode()


def webarchive(form: plistlib.PlistFormat, **main: object) -> bytes:
    told = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": URL,
    }
    archive = {"WebMainResource": {**told, **main}, "WebSubresources": [{"WebResourceURL": "x"}]}
    return plistlib.dumps(archive, fmt=form)


FILES = {
    "a.mhtml": mhtml(PAGE.encode()),
    "b.mht": mhtml(PAGE.encode("gb18030"), charset="gb2312"),
    "c.webarchive": webarchive(plistlib.FMT_BINARY),
    "d.webarchive": webarchive(plistlib.FMT_XML),
    "e.webarchive": webarchive(
        plistlib.FMT_BINARY,
        WebResourceData=PAGE.encode("gb18030"),
        WebResourceTextEncodingName="gb2312",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_saved_page_is_a_page(name: str) -> None:
    read = ingest.read(FILES[name], name)
    assert (read.format, read.metadata.title, read.metadata.url) == ("html", "Pond Lamps", URL)
    assert (read.metadata.date, read.metadata.authors) == ("", ())
    assert "lamps (池边的灯)" in read.document.text
    assert read.kept == PAGE.encode()
    again = ingest.read(read.kept, name)
    assert again.document == read.document
    assert again.format == "html"


def test_what_a_mail_looks_like_is_a_mail() -> None:
    data = mhtml(PAGE.encode(), "From: A Writer <writer@pond.example>")
    data = data.replace(b"Snapshot-Content-Location", b"X-Location")
    form = detect_bytes(data, "a.eml")
    assert form is not None
    assert form.name == "mail"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.webarchive", b"bplist00 and no more", "is a damaged Safari web archive"),
        ("a.webarchive", webarchive(plistlib.FMT_XML)[:-40], "is a damaged Safari web archive"),
        (
            "a.webarchive",
            webarchive(plistlib.FMT_BINARY, WebResourceMIMEType="image/png"),
            "is a Safari web archive of no page",
        ),
        ("a.mhtml", mhtml(b""), "is a saved page without the page"),
    ],
)
def test_a_file_without_its_page(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as refusal:
        ingest.read(data, name)
    assert refusal.value.reason.startswith(reason)


@pytest.mark.parametrize("value", [[], {}, {"WebMainResource": "WebMainResource"}])
def test_a_property_list_without_a_page(value: object) -> None:
    with pytest.raises(InputError):
        ingest.read(plistlib.dumps(value, fmt=plistlib.FMT_BINARY), "a.webarchive")


def test_pictures_are_not_words() -> None:
    page = f'<img src="{PICTURE}" alt="a lamp"><style>p{{background:url({PICTURE})}}</style>'
    bare = without_pictures(page.encode()).decode()
    assert bare == '<img src="data:," alt="a lamp"><style>p{background:url(data:,)}</style>'
    assert without_pictures(b"data:text/plain;base64,aGk=") == b"data:text/plain;base64,aGk="


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda size: monkeypatch.setattr(reader, "SIZE_LIMIT", size)


def test_a_page_is_as_large_as_it_is_without_pictures(limit: Callable[[int], None]) -> None:
    limit(600)
    page = PAGE.replace("</p>", f'</p><img src="{PICTURE}" alt="A lamp">')
    assert len(page) > 600
    read = ingest.read(page.encode(), "a.html")
    assert "A lamp" in read.document.text
    assert b"base64" not in read.kept
    assert ingest.read(read.kept, "a.html").document == read.document
    limit(100)
    with pytest.raises(InputError, match="is too large"):
        ingest.read(page.encode(), "a.html")
