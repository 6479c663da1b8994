from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind
from chinai_tui.domain.link import LinkKind
from chinai_tui.errors import InputError
from chinai_tui.ingest import archives, epub
from chinai_tui.text.links import links_of

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"><metadata>
<dc:title>On Cranes</dc:title><dc:creator>A Writer</dc:creator><dc:creator>A Helper</dc:creator>
<dc:date>2021-03-04T10:00:00Z</dc:date><dc:language>en</dc:language>
<dc:identifier>urn:uuid:1</dc:identifier>
<dc:identifier>https://letter.example/p/on-cranes?utm_source=x</dc:identifier>
</metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="pic" href="a.png" media-type="image/png"/>
</manifest><spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/>
<itemref idref="two" linear="no"/><itemref idref="pic"/><itemref idref="nowhere"/></spine>
<guide><reference type="cover" href="cover.xhtml"/></guide></package>"""
NAV = """<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
<li><a href="text/one.xhtml">The First</a></li>
<li><a href="text/two%20.xhtml#start">The <i>Second</i></a></li></ol></nav>
<nav epub:type="landmarks"><a href="text/one.xhtml">Start</a></nav></body></html>"""
HEAD = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>'
ONE = f"{HEAD}<h1>The First</h1><p>Words <a id='x'/>of it.</p><script/><p>More.</p></body></html>"
TWO = f"{HEAD}<p>Its words<br/>and <![CDATA[<these>]]>.</p><div/></body></html>"
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OPS/book.opf": PACKAGE,
    "OPS/nav.xhtml": NAV,
    "OPS/cover.xhtml": f"{HEAD}<p>Cover</p></body></html>",
    "OPS/text/one.xhtml": ONE,
    "OPS/text/two .xhtml": TWO,
}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, how)
    return file.getvalue()


def refused(files: Mapping[str, str | bytes]) -> str:
    with pytest.raises(InputError) as caught:
        epub.read(packed(files))
    return caught.value.reason


def test_a_book() -> None:
    reading = ingest.read(packed(BOOK), "cranes")
    found = reading.metadata
    assert (reading.format, found.title, found.date) == ("epub", "On Cranes", "2021-03-04")
    assert (found.authors, found.url) == (
        ("A Writer", "A Helper"),
        "https://letter.example/p/on-cranes",
    )
    rows = [
        (block.kind.value, block.level, reading.document.text_of(number))
        for number, block in enumerate(reading.document.blocks)
    ]
    assert rows == [
        ("heading", 0, "On Cranes"),
        ("heading", 1, "The First"),
        ("paragraph", 0, "Words of it."),
        ("paragraph", 0, "More."),
        ("heading", 1, "The Second"),
        ("paragraph", 0, "Its words"),
        ("paragraph", 0, "and <these>."),
    ]


def test_the_older_form() -> None:
    ncx = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://a.example/ncx.dtd">
<ncx><navMap><navPoint><navLabel><text>First of all</text></navLabel>
<content src="text/one.xhtml"/></navPoint></navMap></ncx>"""
    package = PACKAGE.replace(
        'nav.xhtml" media-type="application/xhtml+xml" properties="nav"',
        'toc.ncx" media-type="application/x-dtbncx+xml"',
    )
    one = ONE.replace("<h1>The First</h1>", "<p>FIRST OF ALL</p>")
    book = {**BOOK, "OPS/book.opf": package, "OPS/toc.ncx": ncx, "OPS/text/one.xhtml": one}
    assert [piece.text for piece in epub.read(packed(book)).pieces[:2]] == [
        "First of all",
        "Words of it.",
    ]


def test_pages_that_say_that_they_are_apart() -> None:
    page = '<html><body class="x" epub:type="frontmatter cover"><p>Cover</p></body></html>'
    draft = epub.read(packed({**BOOK, "OPS/text/one.xhtml": page}))
    assert draft.pieces[0].text == "The Second"


def test_known_by_its_name_where_its_type_does_not_come_first() -> None:
    book = {name: data for name, data in BOOK.items() if name != "mimetype"}
    assert ingest.read(packed(book), "Cranes.EPUB").format == "epub"
    with pytest.raises(InputError, match="zip archive"):
        ingest.read(packed(book), "cranes.zip")


def test_a_missing_page_is_named_and_the_rest_is_read() -> None:
    book = {name: data for name, data in BOOK.items() if not name.endswith("one.xhtml")}
    draft = epub.read(packed(book))
    assert [piece.text for piece in draft.pieces][:2] == [
        "missing: OPS/text/one.xhtml",
        "The Second",
    ]


def test_what_cannot_be_read() -> None:
    assert "damaged EPUB" in _reason(b"PK\x03\x04" + b"x" * 100)
    assert "damaged EPUB" in _reason(packed(BOOK)[:-30])
    assert refused({"mimetype": "x"}) == "lacks META-INF/container.xml, which belongs to an EPUB"
    assert "names no package" in refused({"META-INF/container.xml": "<container/>"})
    assert "lacks OPS/book.opf" in refused({"META-INF/container.xml": CONTAINER})
    wrong = CONTAINER.replace("OPS/book.opf", "../../etc/passwd")
    assert "lacks ../../etc/passwd" in refused({**BOOK, "META-INF/container.xml": wrong})
    assert "damaged XML in line 1" in refused({**BOOK, "OPS/book.opf": "<package>"})
    assert "lists no pages" in refused({**BOOK, "OPS/book.opf": "<package/>"})


def _reason(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        epub.read(data)
    return caught.value.reason


def test_encrypted_pages() -> None:
    locked = """<encryption><enc:EncryptedData><enc:CipherData>
<enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""
    fonts = {**BOOK, "META-INF/encryption.xml": locked.format("OPS/font.otf")}
    assert epub.read(packed(fonts)).pieces
    pages = {**BOOK, "META-INF/encryption.xml": locked.format("OPS/text/one.xhtml")}
    assert "is encrypted" in refused(pages)


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("name", ["META-INF/container.xml", "OPS/book.opf", "OPS/text/one.xhtml"])
def test_entities(name: str) -> None:
    data = BOOK[name].replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{ENTITY}', 1)
    assert "declares entities" in refused({**BOOK, name: data})


def test_a_table_of_contents_that_is_damaged_or_declares_entities() -> None:
    for nav in ("<html", ENTITY + NAV, ""):
        draft = epub.read(packed({**BOOK, "OPS/nav.xhtml": nav}))
        assert [piece.text for piece in draft.pieces][:2] == ["The First", "Words of it."]


def test_what_unpacks_to_more_than_a_text_has(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = {**BOOK, "OPS/text/one.xhtml": " " * 5_000_000}
    assert "unpacks to far more" in refused(bomb)
    monkeypatch.setattr(epub, "_TOTAL_LIMIT", 1_500)
    assert "unpacks to more than" in refused(BOOK)
    monkeypatch.setattr(archives, "MEMBERS", 3)
    assert "members, at most 3" in refused(BOOK)
    monkeypatch.setattr(archives, "MEMBERS", 100)
    monkeypatch.setattr(epub, "_PAGES", 1)
    assert "has 2 pages, at most 1" in refused(BOOK)


def test_a_page_in_another_encoding() -> None:
    page = ONE.replace('"1.0"?', '"1.0" encoding="utf-16"?').replace("More", "更多")
    draft = epub.read(packed({**BOOK, "OPS/text/one.xhtml": page.encode("utf-16")}))
    assert "更多." in [piece.text for piece in draft.pieces]


def test_footnotes() -> None:
    page = (
        f"{HEAD}<p>Cranes<a epub:type='noteref' href='one.xhtml#n1'>*</a> wait.</p>"
        "<aside epub:type='footnote' id='n1'><p>Most of them.</p></aside></body></html>"
    )
    draft = epub.read(packed({**BOOK, "OPS/text/one.xhtml": page}))
    assert [(piece.kind.value, piece.marker, piece.text) for piece in draft.pieces[1:3]] == [
        ("paragraph", "", "Cranes[*] wait."),
        ("footnote", "*", "Most of them."),
    ]


def test_the_notes_of_two_chapters_are_told_apart_and_do_not_double_their_number() -> None:
    note = "<p>{0} wait<a epub:type='noteref' href='#n1'>1</a>.</p>" + (
        "<aside epub:type='footnote' id='n1'><p><b>1.</b> Most <i>of</i> {0}.</p></aside>"
    )
    pages = {
        "OPS/text/one.xhtml": f"{HEAD}{note.format('Cranes')}</body></html>",
        "OPS/text/two .xhtml": f"{HEAD}{note.format('Ships')}</body></html>",
    }
    document = ingest.read(packed({**BOOK, **pages}), "a.epub").document
    notes = [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]
    assert [(note.marker, document.text[note.start : note.end]) for note in notes] == [
        ("1", "Most of Cranes."),
        ("2.1", "Most of Ships."),
    ]
    targets = [link.place for link in links_of(document, {}, {}) if link.kind is LinkKind.FOOTNOTE]
    assert targets == [note.start for note in notes]
    assert [document.text[span.start : span.end] for span in notes[1].spans] == ["of"]
    assert "Ships wait[2.1]." in document.text
