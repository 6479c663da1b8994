from __future__ import annotations

import pytest

from chinai_tui.ingest.html_guard import is_overgrown, strip_tags


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 60_000,
        "<div>" * 30_000 + "x" + "</div>" * 30_000,
        "".join(f"<b id={n}><p>" for n in range(3_000)),
        "<a " + " ".join(f"a{n}=1" for n in range(40_000)) + ">",
        '<a x=">" ' + " ".join(f"a{n}='>'" for n in range(40_000)) + ">",
    ],
)
def test_what_the_parser_would_choke_on(page: str) -> None:
    assert is_overgrown(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>words <b>bold</b> <a href=x>link</a></p>" * 5_000,
        "<p>one <li>two <td>three" * 10_000,
        "<div>" * 500 + "x" + "</div>" * 500,
        f'<img src="data:image/png;base64,{"ab/d" * 500_000}">',
        "words < words " * 10_000,
    ],
)
def test_ordinary_pages_pass(page: str) -> None:
    assert not is_overgrown(page)


def test_strip_tags_keeps_words_and_blocks() -> None:
    assert strip_tags("<p>a &amp; <b>b</b></p><p>c<br>d").split() == ["a", "&", "b", "c", "d"]
    assert "\n" in strip_tags("<p>a</p><p>b</p>").strip()
