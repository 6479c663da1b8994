from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


def test_lists(rows: Rows) -> None:
    source = page(
        "<ul><li><p>One</p><p>more</p><ol start=4><li>four<br>line<li value=9>nine<li>ten</ol></li>"
        "<li>Two</li></ul><ol start=9e99><li>one</ol><li>stray</li>"
    )
    assert [row[:1] + row[2:] for row in rows(source)] == [
        ("item", 0, "•", "One"),
        ("item", 0, "", "more"),
        ("item", 1, "4.", "four"),
        ("item", 1, "", "line"),
        ("item", 1, "9.", "nine"),
        ("item", 1, "10.", "ten"),
        ("item", 0, "•", "Two"),
        ("item", 0, "1.", "one"),
        ("paragraph", 0, "", "stray"),
    ]


def test_quotations_and_pull_quotes(rows: Rows) -> None:
    source = page(
        "<blockquote><p>Quoted</p><blockquote>Deeper</blockquote><ul><li>Listed</ul>"
        "<footer>— Someone</footer></blockquote><div class='pullquote'><p>Pulled out</p></div>"
    )
    assert [row[:1] + row[2:] for row in rows(source)] == [
        ("quote", 0, "", "Quoted"),
        ("quote", 1, "", "Deeper"),
        ("quote", 0, "•", "Listed"),
        ("quote", 0, "", "— Someone"),
        ("pullquote", 0, "", "Pulled out"),
    ]


def test_marks_and_links(read: Read, spans: Spans) -> None:
    source = page(
        "<p>A <strong>bold <em>and soft</em></strong> <a href='/p/2?utm_medium=x'>link</a>,"
        " <a href='jav&#x09;ascript:alert(1)'>bad</a> <code>code</code></p>"
        "<b>over<p>blocks</p></b>"
    )
    reading = read(
        source.replace("<title>", "<link rel=canonical href=https://a.example/p/1><title>")
    )
    assert spans(reading.document) == [
        ("emphasis", "and soft", ""),
        ("strong", "bold and soft", ""),
        ("link", "link", "https://a.example/p/2"),
        ("code", "code", ""),
        ("strong", "over", ""),
        ("strong", "blocks", ""),
    ]


def test_tables_of_data_and_tables_of_layout(rows: Rows) -> None:
    data = "<table><caption>C</caption><tr><th>A<th>B<tr><td>1<td><p>2</p><p>3</p></table>"
    layout = "<table><tr><td><h2>H</h2><p>One</p><td><ul><li>Two</ul></table>"
    single = "<table><tr><td>Only</td></tr></table>"
    nested = f"<table><tr><td>a<td>{data}</table>"
    assert [row[:1] + row[2:3] + row[4:] for row in rows(page(data + layout + single))] == [
        ("paragraph", 0, "C"),
        ("row", 1, "A | B"),
        ("row", 0, "1 | 2 3"),
        ("heading", 2, "H"),
        ("paragraph", 0, "One"),
        ("item", 0, "Two"),
        ("paragraph", 0, "Only"),
    ]
    assert ("row", "", 1, "", "A | B") in rows(page(nested))


def test_which_rows_are_heads_and_what_is_in_cells(rows: Rows) -> None:
    source = page(
        "<table><thead><tr><td>A<td>B</thead><tr><th>1 | 2<td></tr><tr><td><td><td></tr>"
        "<tr><td><br><td><img alt='An x' src='https://a.example/x'>y</tr></table>"
    )
    assert [row[:1] + row[2:3] + row[4:] for row in rows(source)] == [
        ("row", 1, "A | B"),
        ("row", 0, "1|2 | –"),
        ("row", 0, "– | y"),
        ("image", 0, "An x"),
    ]


def test_code_keeps_its_lines(rows: Rows) -> None:
    source = page("<pre><code class='language-c'>int a;<br>  <b>b</b>;\n<div>c;</div></code></pre>")
    assert rows(source) == [("code", "", 0, "c", "int a;\n  b;\n\nc;")]


def test_text_that_looks_like_markdown_stays_text(rows: Rows) -> None:
    source = page("<p># no heading</p><p>- no item</p><p>[x](y) `z`</p><p>1) none</p><p>---</p>")
    assert [row[:1] + row[4:] for row in rows(source)] == [
        ("paragraph", "# no heading"),
        ("paragraph", "- no item"),
        ("paragraph", "[x](y) `z`"),
        ("paragraph", "1) none"),
        ("paragraph", "---"),
    ]


def test_escape_sequences_behind_entities(read: Read) -> None:
    source = page("<h1>T</h1><p>a&#27;]52;c;x&#7;b&#x9d;c&#0;&#x202e;d [@click=app.quit]e</p>")
    text = read(source).document.text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[@click=app.quit]e" in text


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul><li", "b", "table><tr><td"])
def test_no_nesting_is_too_deep(read: Read, check: Callable[..., None], tag: str) -> None:
    document = read(page(f"<{tag}>" * 4_000 + "the depth")).document
    assert "the depth" in document.text
    check(document)


def test_ruby_and_quotation_marks(rows: Rows) -> None:
    source = page("<p><q>Hi</q> <ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby></p>")
    assert rows(source)[0][4] == "“Hi” 汉(hàn)"


def test_figures_above_and_below_the_line(rows: Rows) -> None:
    source = page(
        "<p>H<sub>2</sub>O, mc<sup>2</sup>, 10<sup>-6</sup>, x<sub>ab</sub>, the 4<sup>th</sup>,"
        " y<sup><b>2</b></sup></p>"
    )
    assert rows(source)[0][4] == "H₂O, mc², 10⁻⁶, xab, the 4th, y2"
    spaced = page("<p>H<sub>2 </sub>production</p>")
    assert rows(spaced)[0][4] == "H₂ production"
