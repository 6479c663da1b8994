"""Nothing by which a subscriber is known gets into a library, whatever form a text comes in."""

from __future__ import annotations

import gzip
import io
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from chinai_tui.domain.document import DocumentRole, SpanKind
from chinai_tui.ingest import reader
from chinai_tui.paths import Paths
from chinai_tui.workspace import ExportTarget, ImportReport, Workspace
from tests.ingest import mails

AIM = "https://news.example/kettles?id=3&page=2"
SEALED = mails.redirect(AIM)
BLIND = mails.blind(7)
ADDRESS = "jane.reader@home.example"
COOKIE = "c00kie77c00kie77"
MARK = "mark8mark8mark"
SECRETS = (
    SEALED.split("/")[-1].split(".")[0][:60],
    mails.JWT,
    mails.BLIND,
    ADDRESS,
    b64encode(ADDRESS.encode()).decode()[:-3],
    COOKIE,
    MARK,
)
"""What is planted, and found nowhere; signs that nothing else has."""
OWN = f"https://aletter.substack.com/p/one?r={MARK}&showWelcomeOnShare=true"
LINKS = (
    SEALED,
    BLIND,
    OWN,
    f"https://a.example/api/audio?token={COOKIE}&n=1",
    f"HTTPS://SUBSTACK.COM/app-link/post?publication_id=2&post_id=3&token={mails.JWT}&r={MARK}",
    f"https://www.google.com/url?q={quote(SEALED, safe='')}",
    f"https://eur1.safelinks.protection.outlook.com/?url={quote(OWN, safe='')}&data={ADDRESS}",
    f"https://a.example/go?next={quote(f'https://b.example/?token={COOKIE}', safe='')}",
    mails.redirect(mails.redirect(f"{AIM}&token={COOKIE}")),
    f"https://a.example/p/two?x=1&jwt={COOKIE}",
)
"""Each knows its subscriber."""


def _anchors(name: str) -> str:
    """Links as pages have them, seen and unseen, in several ways to write them."""
    parts = [f"<p>The kettles of {name}, each of them counted.</p>"]
    for number, link in enumerate(LINKS):
        text = escape(link)
        parts += [
            f'<p>Kettle {number} is <a href="{text}">linked</a>.</p>',
            f"<p>Kettle {number} stands <a href='{text}'>{text}</a> in words.</p>",
            f"<p>见{text}，铜壶在此，又见（{text}）。</p>",
            f"<p>“{text}” and &quot;{text}&quot; it says of kettle {number}.</p>",
        ]
    coded = escape(SEALED).replace("/", "&#x2F;").replace(":", "&#58;")
    parts.append(f'<p><a href="{coded}">coded</a> and {coded} end.</p>')
    parts.append(f"<p>Naked substack.com/redirect/2/{SEALED.split('/')[-1]} end.</p>")
    return "".join(parts)


def _page() -> str:
    preloads = {
        "user": {"id": 4711, "email": ADDRESS, "token": COOKIE},
        "post": {"id": 167, "title": "Page Kettles", "body_html": f'<a href="{escape(OWN)}">x</a>'},
    }
    return (
        "<!doctype html><html><head><title>Page Kettles</title>"
        f'<link rel="canonical" href="https://own.example/p/page-kettles?r={MARK}">'
        f"<script>track('{ADDRESS}', '{mails.JWT}')</script></head><body>"
        f"<!-- kept for {ADDRESS} in {COOKIE} --><article class='body markup'>"
        f"<h1>Page Kettles</h1>{_anchors('a page')}"
        f'<div data-visitor="{mails.JWT}">Every page kettle was counted.</div></article>'
        f"<script>window._preloads = JSON.parse({json.dumps(json.dumps(preloads))})</script>"
        "</body></html>"
    )


def _post() -> str:
    return json.dumps(
        {
            "id": 168,
            "title": "Post Kettles",
            "slug": "post-kettles",
            "post_date": "2025-07-08T10:00:00Z",
            "audience": "everyone",
            "canonical_url": f"https://aletter.substack.com/p/post-kettles?r={MARK}",
            "body_html": _anchors("a post"),
            "subscriber": {"email": ADDRESS, "token": COOKIE},
        }
    )


def _rss() -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A Letter</title>'
        f"<link>https://aletter.example</link><item><title>Rss Kettles</title>"
        f"<link>https://aletter.example/p/rss-kettles?r={MARK}</link><guid>{escape(SEALED)}</guid>"
        f"<description>A count</description><content:encoded><![CDATA[{_anchors('rss')}]]>"
        "</content:encoded></item></channel></rss>"
    )


def _atom() -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A Letter</title>'
        f'<entry><title>Atom Kettles</title><link href="https://aletter.example/p/atom?r={MARK}"/>'
        f'<id>tag:a</id><content type="html">{escape(_anchors("atom"))}</content></entry></feed>'
    )


def _json_feed() -> str:
    item = {
        "id": BLIND,
        "url": f"https://aletter.example/p/json-kettles?r={MARK}",
        "title": "Json Kettles",
        "content_html": _anchors("a feed"),
        "summary": f"Once more at {OWN} and on.",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [item]}
    return json.dumps(feed, indent=1).replace("/", "\\/")


def _markdown() -> str:
    head = f"---\nurl: {OWN.replace('one', 'markdown')}\n---\n\n# Markdown Kettles\n\nKettle words."
    items = (f"- A [kettle]({link}), <{link}>, or {link}. 又见{link}，铜壶。" for link in LINKS)
    return "\n\n".join((head, f"**Read** {SEALED} *now*.", *items))


def _plain() -> str:
    words = "\n\n".join(
        f"Kettle at {link}. Then ({link}) and more words 见{link}。" for link in LINKS
    )
    return f"Plain Kettles\n\nA paragraph that is long enough to be one of the text.\n\n{words}\n"


def _epub() -> bytes:
    body = _anchors("a book").replace("&quot;", '"')
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>E</title>'
        f"</head><body><h1>Epub Kettles</h1><!-- {COOKIE} -->{body}</body></html>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata><title>Epub Kettles</title>'
        f"<source>{escape(OWN.replace('one', 'epub'))}</source></metadata><manifest>"
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="o.opf"/></rootfiles></container>'
    )
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("o.opf", package, ZIP_DEFLATED)
        archive.writestr("a.xhtml", page, ZIP_DEFLATED)
    return packed.getvalue()


def _mail(number: int, text: str = "", page: str = "") -> bytes:
    heads = {
        "Subject": f"Mailed Kettles {number}",
        "To": f"Jane Reader <{ADDRESS}>",
        "List-Post": f"<https://aletter.substack.com/p/mailed-{number}?r={MARK}>",
        "In-Reply-To": f"<post-{300 + number}@substack.com>",
    }
    return mails.mail(heads, page=page, text=text, without=("References", "X-Mailgun-Variables"))


def _mail_page() -> bytes:
    wrapped = escape(SEALED).replace("com/", "com/<wbr>").replace("/2/", "/2/<wbr>")
    body = (
        f"{_anchors('a mail')}<!-- {ADDRESS} -->"
        f"<!--[if mso]><a href='{escape(OWN)}'>x</a><![endif]-->"
        f"<p>Broken {wrapped} end of it.</p><p>https://a.example/forum?sid={COOKIE}&amp;t=1</p>"
        f"<p><a href='https://a.example/x;jsessionid={COOKIE}?sid={COOKIE}'>session</a></p>"
    )
    return _mail(2, page=mails.substack_page(body))


TEXTS: dict[str, Callable[[], str | bytes]] = {
    "mail.eml": lambda: _mail(1, text=_plain()),
    "page.eml": _mail_page,
    "page.html": _page,
    "post.json": _post,
    "rss.xml": _rss,
    "atom.xml": _atom,
    "feed.json": _json_feed,
    "kettles.md": _markdown,
    "plain.txt": _plain,
    "book.epub": _epub,
}
"""One text in each form."""


def _import(workspace: Workspace, texts: Path) -> ImportReport:
    """Import each by name, as mails are not taken that are come upon."""
    return workspace.transfer.import_paths(sorted(texts.iterdir()))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of them."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, make in TEXTS.items():
        made = make()
        (folder / name).write_bytes(made if isinstance(made, bytes) else made.encode())
    return folder


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """The files below a folder, unpacked, and the members of those that are archives."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            yield path, data
            if data.startswith(b"PK"):
                with ZipFile(io.BytesIO(data)) as archive:
                    yield from ((path / name, archive.read(name)) for name in archive.namelist())


def _leaks(folder: Path) -> list[tuple[str, str]]:
    """Each file with a secret in it, and the secret."""
    return [
        (str(path.relative_to(folder)), secret)
        for path, data in _files(folder)
        for secret in SECRETS
        if secret.lower().encode() in data.lower()
    ]


def _done(report: ImportReport) -> int:
    assert not report.failures
    return len(report.added) + len(report.updated)


def test_the_secrets_are_in_what_comes(texts: Path) -> None:
    assert {name.partition("/")[0] for name, _ in _leaks(texts)} == set(TEXTS)


def test_no_secret_gets_into_a_library_or_out_of_it(
    workspace: Workspace, paths: Paths, home: Path, texts: Path, tmp_path: Path
) -> None:
    report = _import(workspace, texts)
    assert _done(report) == len(TEXTS)
    assert _leaks(home) == []
    for issue in report.added:
        workspace.transfer.save_issue(issue, tmp_path / "saved")
        document = workspace.library.open(issue).document
        workspace.notes.highlight(issue, DocumentRole.TEXT, 0, len(document.text))
        targets = {span.target for each in document.blocks for span in each.spans}
        assert AIM in targets
        assert "…" not in "".join(targets)
        assert "page=2" in document.text
    workspace.transfer.export(ExportTarget(), tmp_path / "notes")
    assert _leaks(tmp_path / "saved") == []
    assert _leaks(tmp_path / "notes") == []
    assert _leaks(home) == []


def test_what_is_kept_is_known_when_it_comes_again_and_reads_the_same(
    workspace: Workspace, home: Path, texts: Path
) -> None:
    added = _import(workspace, texts).added
    again = _import(workspace, texts)
    assert (sorted(again.unchanged), again.added, again.updated) == (sorted(added), (), ())
    anew = workspace.transfer.import_again()
    assert (anew.added, anew.updated, anew.failures) == ((), (), ())
    assert {*anew.unchanged} >= {*added}
    assert _leaks(home) == []


def test_words_around_a_link_stay(workspace: Workspace, texts: Path) -> None:
    for issue in workspace.transfer.import_paths([texts / "page.html", texts / "plain.txt"]).added:
        document = workspace.library.open(issue).document
        assert "https://substack.com/…" in document.text
        assert "铜壶在此，又见（" in document.text or "more words 见" in document.text
        for block in document.blocks:
            for span in block.spans:
                if span.kind is SpanKind.LINK:
                    assert document.text[span.start : span.end].strip()


def test_reading_again_takes_secrets_out_of_what_was_kept_before(
    workspace: Workspace, home: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [texts / name for name in ("page.html", "post.json", "kettles.md", "plain.txt")]
    with monkeypatch.context() as before:
        before.setattr(reader, "scrubbed", lambda data, _form: data)
        added = workspace.transfer.import_paths(names).added
    assert len({name for name, _ in _leaks(home)}) == len(names)
    anew = workspace.transfer.import_again()
    assert (anew.added, anew.failures) == ((), ())
    assert _leaks(home) == []
    assert {*workspace.transfer.import_paths(names).unchanged} == {*added}
    again = workspace.transfer.import_again()
    assert (again.added, again.updated, again.failures) == ((), (), ())
