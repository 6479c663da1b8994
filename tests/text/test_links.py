from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import Document
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.text.links import Destination, links_of, shown_address
from chinai_tui.text.references import references
from tests.text.building import document, documents

ONE, TWO = "https://a.example/one", "https://b.example/two"
HAVE = Destination("ChinAI #11: A made-up title", "chinai-11")


def links(doc: Document, pages: dict[str, Destination] | None = None) -> list[Link]:
    """The links, where the library has every odd issue and no even one."""
    named = {
        each: HAVE if each.number % 2 else Destination(f"no #{each.number}")
        for each in references(doc, ["ChinAI"])
    }
    return list(links_of(doc, pages or {}, named))


def test_links_come_in_the_order_of_the_text_with_a_number_for_each_target() -> None:
    doc = document(
        f"[one]({ONE}), [two]({TWO}) and issues #11, #12",
        f"[one again]({ONE}) and [the page]({TWO}), ChinAI #12, ChinAI #14",
    )
    found = links(doc)
    assert [(doc.text[link.start : link.end], link.kind.value, link.number) for link in found] == [
        ("one", "web", 1),
        ("two", "web", 2),
        ("issues #11", "issue", 3),
        ("#12", "missing", 4),
        ("one again", "web", 1),
        ("the page", "web", 2),
        ("ChinAI #12", "missing", 4),
        ("ChinAI #14", "missing", 5),
    ]
    assert found[0] == Link(0, 3, LinkKind.WEB, ONE, "a.example/one", 1)
    assert (found[2].target, found[2].shown) == (HAVE.issue, HAVE.shown)
    assert (found[3].target, found[3].shown) == ("", "no #12")


def test_an_address_of_an_issue_leads_to_it() -> None:
    doc = document(f"[one]({ONE}) is issue #11")
    assert [(link.kind.value, link.target, link.number) for link in links(doc, {ONE: HAVE})] == [
        ("issue", "chinai-11", 1),
        ("issue", "chinai-11", 1),
    ]


def test_footnotes_are_linked_both_ways() -> None:
    doc = document("Chips[^1] and more chips[^1].", f"^1 See [here]({ONE}).")
    there, again, back, web = links(doc)
    note = doc.blocks[1].start
    assert there == Link(5, 8, LinkKind.FOOTNOTE, "", "footnote 1", 0, note)
    assert (again.kind, again.place) == (LinkKind.FOOTNOTE, note)
    assert (back.kind, back.place, doc.text[back.start : back.end]) == (LinkKind.RETURN, 5, "See")
    assert (web.kind, web.number) == (LinkKind.WEB, 1)


@pytest.mark.parametrize(
    "rows",
    [
        ("A reference[^1] without a footnote.",),
        ("^1 A footnote nobody refers to.",),
        ("Which one[^1]?", "^1 This.", "^1 That."),
        ("Neither[^1].", "^2 Another."),
    ],
)
def test_footnotes_that_are_not_sure_are_no_links(rows: tuple[str, ...]) -> None:
    assert links(document(*rows)) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://[x", "https://a%2f.example", "x"])
def test_an_address_that_may_not_be_opened_is_no_link(url: str) -> None:
    assert shown_address(url, 80) == ""
    assert [link.target for link in links(document(f"[words]({url}) [one]({ONE})"))] == [ONE]


@given(documents, st.booleans())
@settings(max_examples=150, deadline=None)
def test_links_are_in_order_in_their_blocks_and_numbered_without_a_gap(
    doc: Document, known: bool
) -> None:
    found = links(doc, {"https://a.example/3": HAVE} if known else {})
    assert [link.start for link in found] == sorted(link.start for link in found)
    targets: dict[tuple[str, str], int] = {}
    for link in found:
        block = doc.blocks[doc.block_at(link.start)]
        assert block.start <= link.start < link.end <= block.end
        assert link.shown
        if link.kind in (LinkKind.FOOTNOTE, LinkKind.RETURN):
            assert link.number == 0
            assert 0 <= link.place < len(doc.text)
        else:
            target = link.kind.value, link.target or link.shown
            assert link.number == targets.setdefault(target, len(targets) + 1)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.a.example/", "a.example"),
        ("HTTP://A.Example:80/X/", "a.example/X"),
        ("https://a.example:8080/x", "a.example:8080/x"),
        ("https://docs.example/d/1a/edit?usp=sharing#heading=h.1", "docs.example/d/1a/edit"),
        ("https://a.example/x?UTM_source=q&b=1&fbclid=z&ref=w", "a.example/x?b=1"),
        ("https://a.example/?s=chips", "a.example/?s=chips"),
        ("https://l.substack.com/p/x?r=1&s=w&isFreemail=true&post_id=7", "l.substack.com/p/x"),
        ("https://own.example/p/x?r=1&triedRedirect=true", "own.example/p/x"),
        ("https://a.example/#/route", "a.example/#/route"),
        ("https://a.example/x#:~:text=chips", "a.example/x"),
        ("https://good.example@evil.example/x", "evil.example/x"),
        ("https://good.example%2F@evil.example", "evil.example"),
        ("https://bücher.example/ä", "xn--bcher-kva.example/ä"),
        ("https://аррӏе.com/", "xn--80ak6aa92e.com"),
        ("https://faß.example", "xn--fa-hia.example"),
        ("https://ｅｖｉｌ．example/x", "evil.example/x"),
        ("https://[::1]/x", "[::1]/x"),
        ("https://www.com", "www.com"),
        ("mailto:a@b.example", "a@b.example"),
    ],
)
def test_what_is_told_of_an_address(url: str, shown: str) -> None:
    assert shown_address(url, 80) == shown


def test_a_long_address_keeps_its_host_and_a_long_host_its_end() -> None:
    assert shown_address("https://a.example/one/two/three", 20) == "a.example/one/two/t…"
    assert shown_address("https://good.example.evil.example/x", 15) == "…e.evil.example"
    assert shown_address("https://evil.example/x", 12) == "…vil.example"
    assert shown_address("https://evil.example", 12) == "evil.example"


HOSTS = st.from_regex(r"[a-z]{1,6}(\.[a-z0-9]{1,8}){1,3}", fullmatch=True)
TAILS = st.text(alphabet="/?#&=@:.ab1%商\x1b\u202e\u0301 ", max_size=30)


@given(HOSTS, st.sampled_from(["", "u@", "good.example@", "u:p@x@"]), TAILS, st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_what_is_told_is_short_clean_and_begins_with_the_real_host(
    host: str, user: str, tail: str, limit: int
) -> None:
    url = f"https://{user}{host}/{tail}"
    shown = shown_address(url, limit)
    assert len(shown) <= limit
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") for char in shown)
    if shown:
        real = (urlsplit(url).hostname or "").removeprefix("www.")
        assert real == host.removeprefix("www.")
        assert shown.startswith(real) or (
            limit <= len(real) and real.endswith(shown.removeprefix("…"))
        )


@given(st.text(max_size=40), st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_any_string_may_be_asked_for(url: str, limit: int) -> None:
    assert len(shown_address(url, limit)) <= limit
    assert len(shown_address("https://" + url, limit)) <= limit
