"""What a browser would show of a page stands in its document: each word, in the same order."""

from __future__ import annotations

import json
import os
import tarfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from chinai_tui import ingest
from chinai_tui.ingest import html, markdown
from chinai_tui.ingest.links import unsealed
from chinai_tui.text.normalise import normalise
from chinai_tui.text.sanitise import clean
from tests.ingest import mails

FIXTURES = Path(__file__).parent.parent / "fixtures" / "html"
UNSHOWN = (
    "head, title, script, style, template, noscript, noembed, noframes, canvas, object, iframe,"
    " video, audio, datalist, meter, progress, rp, annotation, annotation-xml, svg defs, svg title,"
    " dialog:not([open]), [hidden], [style*='display:none' i], [style*='display: none' i],"
    " [style*='visibility:hidden' i], [style*='visibility: hidden' i]"
)
"""What no browser with scripts shows: it is hidden, or stands in for what the browser can do."""
EXCEPTIONS = {
    ".subscription-widget-wrap, .subscription-widget-wrap-editor": "a form to subscribe",
    "p.button-wrapper, .captioned-button-wrap, .directMessage": "buttons of Substack",
    "button, select": "controls, without effect in a document",
    ".install-substack-app-embed, .sponsorship-campaign-embed, .embedded-publication-wrap,"
    " .community-chat": "advertisements, not by the author",
    ".paywall, .paywall-title": "the notice of a paywall, which the document is marked with",
    ".hide-text": "a remark to the author, which the page's own style hides",
    ".file-embed-button": "the button of a file, whose link its name has",
    "a.footnote-number": "the number of a footnote, which is the marker of its block",
    "[data-attrs*=full_text]": "the card drawn of a post elsewhere, whose own words are kept",
    "nav": "navigation",
    "article > header h1": "the title, which stands in front of the document",
    "body > header, body > footer, article > footer": "the head and foot of a site or an article",
}
"""What a page shows and a document leaves out, with the reason."""
SUITE = os.environ.get("CHINAI_HOSTILE", "")


def visible(page: str) -> list[str]:
    """The words that a page shows, in their order."""
    body = LexborHTMLParser(page).body
    if body is None:
        return []
    left_out = {node.mem_id for selector in (UNSHOWN, *EXCEPTIONS) for node in body.css(selector)}
    words: list[str] = []
    for node in body.traverse(include_text=True):
        if node.tag == "-text" and not _is_in(node, left_out):
            words += normalise(clean(node.text_content or "")).split()
    return words


def _is_in(node: LexborNode, left_out: set[int]) -> bool:
    """Whether a text is left out; in a drawing, only what is in its text elements is shown."""
    holder = node.parent
    in_text = in_drawing = False
    while holder is not None:
        if holder.mem_id in left_out:
            return True
        in_text = in_text or (not in_drawing and holder.tag in ("text", "foreignobject"))
        in_drawing = in_drawing or holder.tag == "svg"
        holder = holder.parent
    return in_drawing and not in_text


def lost(page: str) -> list[str]:
    """The visible words that the document of a page has not, or not in their place."""
    draft = html.read(page)
    return missing(visible(page), [draft.metadata.title, *(piece.text for piece in draft.pieces)])


def _lowered(text: str) -> str:
    """Text without raised and lowered figures."""
    return unicodedata.normalize("NFKC", text).replace("−", "-")


def missing(words: list[str], blocks: list[str]) -> list[str]:
    """The words that the blocks have not, or not in this order; a figure may be a raised one."""
    text = _lowered(normalise(clean("\n".join(blocks))))
    at = 0
    absent = []
    for word in words:
        figures = _lowered(word)
        found = max(text.find(figures, at), text.find(figures.replace("|", "¦"), at))
        if found < 0:
            absent.append(word)
        else:
            at = found + len(figures)
    return absent


def test_of_an_address_only_what_knows_its_subscriber_is_left_out() -> None:
    """The one exception that is no element: `/…`, or where it leads, stands in its place."""
    links = (mails.blind(), mails.redirect("https://news.example/a"), "https://a.example/?token=7")
    shown = "".join(
        f"<p>Seen at {link}, w{at} (and {link}) too</p>" for at, link in enumerate(links)
    )
    page = f"<!doctype html><title>Kettles</title>{shown}"
    document = ingest.read(page.encode(), "a.html").document
    assert missing([unsealed(word) for word in visible(page)], [document.text]) == []


BLOCKS = (
    "p div section aside details summary h2 h3 blockquote ul ol li dl dt dd pre figure"
    " figcaption table caption thead tbody tr td th fieldset legend center address"
).split()
"""Without those that part a text from the site around it."""
INLINE = "a b strong em i code span sup sub mark q ruby u del small kbd font label".split()
EMPTY = ("<br>", "<hr>", "<img alt='' src='https://a.example/x.png'>", "<wbr>", "<!-- c -->")


@st.composite
def nests(draw: st.DrawFn) -> str:
    """Elements in one another, in whatever order, with a word of its own at each place."""
    moves = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=60))
    parts: list[str] = []
    opened: list[str] = []
    for number, (move, choice) in enumerate(moves):
        if move < 4:
            names = BLOCKS if move < 3 else INLINE
            opened.append(names[choice % len(names)])
            parts.append(f"<{opened[-1]}>")
        elif move < 6 and opened:
            parts.append(f"</{opened.pop()}>")
        elif move == 6:
            parts.append(EMPTY[choice % len(EMPTY)])
        else:
            parts.append(f"{' ' * (choice % 2)}w{number}{' ' * (choice % 3)}")
    return "".join(parts)


@given(nests())
def test_nests_of_elements(page: str) -> None:
    assert lost(page) == []


@given(nests(), st.sampled_from([".paywall-title", "[hidden]", "div[data-attrs]", "footnote"]))
def test_what_stands_beside_what_is_left_out(page: str, kind: str) -> None:
    beside = {
        ".paywall-title": "<h2 class=paywall-title>Pay</h2>",
        "[hidden]": "<p hidden>Not shown</p>",
        "div[data-attrs]": "<div class=poll-embed data-attrs='{}'></div>",
        "footnote": "<div class=footnote><a class=footnote-number>1</a><p>A note</p></div>",
    }[kind]
    assert lost(f"{page}{beside}{page}") == []


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.html")))
def test_pages(name: str) -> None:
    assert lost((FIXTURES / f"{name}.html").read_text("utf-8")) == []


def inputs(folder: Path) -> Iterator[str]:
    """The inputs of the suite of the tokenizer, as pages."""
    with tarfile.open(folder / "html5lib-tokenizer.tar.xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".test") else None
            if file is None:
                continue
            data = json.loads(file.read())
            for test in data.get("tests", data.get("xmlViolationTests", ())):
                page = test["input"]
                if test.get("doubleEscaped"):
                    page = json.loads(f'"{page}"')
                yield page.encode("utf-8", "replace").decode()


@pytest.mark.skipif(not SUITE, reason="CHINAI_HOSTILE names no folder of hostile input")
def test_each_input_of_the_tokenizer_suite_that_shows_words() -> None:
    shown = [page for page in inputs(Path(SUITE)) if visible(page)]
    assert len(shown) > 4_000
    assert [page for page in shown if lost(page)] == []


MEANT_OTHERWISE = {
    'a**"foo"**': "bold without a space around it, as Chinese is written",
    "**(**foo)": "the same",
    "[[[foo]]]\n\n[[[foo]]]: /url": "a wiki-link",
    '![[foo]]\n\n[[foo]]: /url "title"': "an embedded note",
    "foo <![CDATA[>&<]]>": "a section of XML, of which HTML shows the end",
}
"""Examples of CommonMark that are read in another sense than its own, and in which."""


@pytest.mark.skipif(not SUITE, reason="CHINAI_HOSTILE names no folder of hostile input")
def test_the_words_of_each_example_of_the_markdown_specification() -> None:
    with tarfile.open(Path(SUITE) / "commonmark.tar.xz") as tar:
        files = (tar.extractfile(member) for member in tar if member.isfile())
        (spec,) = (file.read().decode() for file in files if file is not None)
    found = set()
    for example in spec.split("`" * 32)[1::2]:
        source, _, page = example.replace("→", "\t").partition("\n.\n")
        source = source.removeprefix(" example\n")
        pieces = markdown.parse(source)
        assert pieces is not None
        if missing(visible(page), [piece.text for piece in pieces]):
            found.add(source)
    assert found == set(MEANT_OTHERWISE)
