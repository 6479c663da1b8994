from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import SpanKind
from chinai_tui.ingest import originals, reader
from chinai_tui.ingest.originals import scrubbed
from chinai_tui.ingest.tracking import is_personal
from tests.ingest import mails

AIM = "https://news.example/kettles?id=3"
SEALED = mails.redirect(AIM)
COOKIE = "c00kie77c00kie"
WORDS = "<p>Every kettle in the province was counted twice, and each of them 铜壶的铜.</p>"


def page(body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>Kettles</title>{head}</head>"
        f"<body>{WORDS}{body}</body></html>"
    )


@pytest.mark.parametrize(
    "text",
    [
        page("<p>A token of thanks, at https://a.example/x?y=1&user=2, and e-mail: none.</p>"),
        page('<a href="https://letter.substack.com/p/x?s=w">x</a>', "<script>a = 1</script>"),
        "# Kettles\n\nSee [here](https://a.example/?uid=1).\n",
    ],
)
def test_most_texts_are_not_looked_at_twice(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "scrub_page", lambda *_: pytest.fail("it was looked at"))
    assert ingest.read(text.encode(), "a.html").kept == b""


@pytest.mark.parametrize(
    "sign",
    [
        "/x?token=7",
        "/x#access_token=7",
        "/x?n=1;token=7",
        "/x?jwt=7",
        "/x?a=%3Ftoken%3D7",
        "/x?a=%253Ftoken%253D7",
        "/x?a=%2526jwt%253D7",
        "/x?a=eyJhbGciOiJ9",
        "/redirect/0123/x",
        "/redirect/0123abcd-1111-2222-3333-444455556666",
        "https://eotrx.substackcdn.com/open",
        "https://substack.com/app-link/post",
        "https://substack.com/signed/7",
        "https://substack.com/action/7",
        "https://a.safelinks.protection.outlook.com/?url=x",
    ],
)
def test_whatever_is_personal_is_looked_at(sign: str) -> None:
    link = sign if sign.startswith("https:") else f"https://a.example{sign}"
    assert is_personal(link)
    for encoding in ("utf-8", "utf-16"):
        assert originals._may_tell(page(f'<a href="{link}">x</a>').encode(encoding))


@pytest.mark.parametrize(
    "body",
    [
        '<p data-attrs="{&quot;email&quot;:&quot;%s&quot;,&quot;n&quot;:1}">x</p>',
        '<p data-attrs=\'{"email":"%s","n":1}\'>x</p>',
        '<form><input type=hidden name=email value="%s"></form>',
        "<form><input value=%s name='e-mail'/></form>",
    ],
)
def test_the_address_of_a_subscriber_stands_in_no_tag(body: str) -> None:
    data = page(f'{body % "jane@home.example"}<p><a href="mailto:a@b.example">Of jane@x</a></p>')
    reading = ingest.read(data.encode(), "a.html")
    assert b"jane@home.example" not in reading.kept
    assert b'<a href="mailto:a@b.example">Of jane@x</a>' in reading.kept
    assert ingest.read(reading.kept, "a.html").document == reading.document


def test_where_a_page_was_saved_from_stays() -> None:
    saved = f"<!-- saved from url=(0034)https://a.example/kettles?token={COOKIE} -->"
    reading = ingest.read((saved + page(f"<p>{SEALED}</p>")).encode(), "a.html")
    assert reading.metadata.url == "https://a.example/kettles"
    assert COOKIE.encode() not in reading.kept
    assert SEALED.encode() not in reading.kept
    assert ingest.read(reading.kept, "a.html").metadata == reading.metadata


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_stays(encoding: str) -> None:
    text = page(f'<p><a href="{SEALED}">This 铜壶</a> and {mails.blind()} too.</p>').encode(
        encoding
    )
    reading = ingest.read(text, "a.html")
    assert mails.JWT not in reading.kept.decode(encoding)
    assert "铜壶的铜" in reading.kept.decode(encoding)
    again = ingest.read(reading.kept, "a.html")
    assert (again.document, again.metadata, again.kept) == (reading.document, reading.metadata, b"")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_of_a_text_utf_8_is_kept(encoding: str) -> None:
    text = f"铜壶的故事\n\n铜壶在省里被数了两次，见{SEALED}，也见 {mails.blind()} 的报告。\n"
    reading = ingest.read(text.encode(encoding), "a.txt")
    assert reading.kept.decode() == text.replace(SEALED, AIM).replace(
        mails.blind(), "https://substack.com/…"
    )


def test_the_post_of_a_page_is_all_that_is_kept_of_a_script() -> None:
    preloads = {
        "post": {"id": 7, "body_html": f"<p>Of {COOKIE[:3]}</p><a href='{SEALED}'>x</a></script>"},
        "user": {"email": "jane@home.example"},
    }
    script = f"<script>window._preloads = JSON.parse({json.dumps(json.dumps(preloads))})</script>"
    data = page("", script.replace("</script>\\", "<\\/script>\\")).encode()
    kept = scrubbed(data, "html")
    assert b"jane" not in kept
    assert b"eyJ" not in kept
    assert AIM.encode() in kept
    linked = '<script type="application/ld+json">{"datePublished": "2031-01-02"}</script>'
    data = page("", f"{linked}<script>send('{mails.JWT}')</script>").encode()
    assert scrubbed(data, "html") == page("", f"{linked}<script></script>").encode()


def test_strings_of_json_by_their_names_and_by_their_links() -> None:
    told = {"title": SEALED, "of": {"user_email": "a@b.example", "emails": 3}, "n": [COOKIE, 1]}
    kept = json.loads(scrubbed(json.dumps(told).encode(), "post"))
    assert kept == {"title": AIM, "of": {"user_email": "", "emails": 3}, "n": [COOKIE, 1]}


def test_a_book_is_packed_again_with_its_pages_alone_changed() -> None:
    books = []
    for link in (SEALED, AIM):
        packed = BytesIO()
        with ZipFile(packed, "w") as archive:
            archive.writestr("mimetype", "application/epub+zip")
            archive.writestr("b.png", b"\x89PNG" * 99, ZIP_DEFLATED)
            archive.writestr("a.xhtml", page(f'<a href="{link}">x</a>'), ZIP_DEFLATED)
        books.append(packed.getvalue())
    sealed, plain = books
    assert scrubbed(plain, "epub") == plain
    kept = scrubbed(sealed, "epub")
    assert scrubbed(kept, "epub") == kept
    with ZipFile(BytesIO(kept)) as after, ZipFile(BytesIO(plain)) as before:
        assert [each.filename for each in after.infolist()] == before.namelist()
        assert after.infolist()[0].compress_type == ZIP_STORED
        assert all(after.read(name) == before.read(name) for name in before.namelist())


@pytest.mark.parametrize("fault", [ValueError(), MemoryError()])
def test_what_would_read_otherwise_is_kept_as_it_came(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = page(f"<p>{SEALED}</p>").encode()
    assert ingest.read(data, "a.html").kept
    monkeypatch.setattr(reader, "scrubbed", lambda data, _form: data.replace(b"twice", b"once"))
    assert mails.JWT.encode() not in ingest.read(data, "a.html").kept
    monkeypatch.setattr(reader, "relinked", lambda data, _form: data)
    assert ingest.read(data, "a.html").kept == b""

    def fail(_data: bytes, _form: str) -> bytes:
        raise fault

    monkeypatch.setattr(reader, "scrubbed", fail)
    assert ingest.read(data, "a.html").kept == b""


def test_what_takes_long_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LONGEST", 20)
    assert ingest.read(page(f"<p>{SEALED}</p>").encode(), "a.html").kept == b""


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_what_is_marked_moves_with_the_words(name: str) -> None:
    text = f"Of {mails.blind()} first, then ({SEALED}), and https://b.example/x of all of them."
    source = page(f"<p>{text} <b>Bold</b></p>") if name == "a.html" else f"Kettles\n\n{text}\n"
    document = ingest.read(source.encode(), name).document
    links = {
        document.text[span.start : span.end]: span.target
        for block in document.blocks
        for span in block.spans
    }
    assert f"Of https://substack.com/… first, then ({AIM}), and" in document.text
    if name == "a.html":
        assert links == {"Bold": ""}
    else:
        assert links == {AIM: AIM, "https://b.example/x": "https://b.example/x"}


def test_a_title_is_no_place_for_a_token() -> None:
    reading = ingest.read(f"# On {SEALED} once more\n\n{'Words. ' * 9}\n".encode(), "a.md")
    assert reading.metadata.title == f"On {AIM} once more"
    assert SpanKind.LINK not in {span.kind for span in reading.document.blocks[0].spans}
