from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.export import escape
from chinai_tui.text.sanitise import clean
from tests.export.reading import PARSER, blocks, kinds, words

MARKUP = st.text("ab1 *_`~[]()<>#!|\\&;:.-+=\"'“商\n\t", max_size=60)
ANY = MARKUP | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_a_line_comes_out_as_it_went_in(text: str) -> None:
    expected = words(clean(text))
    assert blocks(escape.line(text)) == ([expected] if expected else [])


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_a_heading_comes_out_as_it_went_in(text: str) -> None:
    markdown = f"# {escape.heading(text)}"
    assert kinds(markdown)[:1] == ["heading"]
    expected = words(clean(text))
    assert blocks(markdown) == ([expected] if expected else [])


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_a_quotation_comes_out_as_it_went_in(text: str) -> None:
    markdown = escape.quote(text)
    expected = [words(line) for line in clean(text).split("\n")]
    assert blocks(markdown) == [line for line in expected if line]
    assert set(kinds(markdown)) <= {"blockquote", "paragraph", "inline"}


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("AT&T & R&D", "AT&T & R&D"),
        ("a &amp; b", r"a \&amp; b"),
        ("snake_case and _this_", r"snake_case and \_this\_"),
        ("2018. A year", r"2018\. A year"),
        ("in 2018. A year", "in 2018. A year"),
        ("ChinAI #94", "ChinAI #94"),
        ("#94", r"\#94"),
        ("C#", "C#"),
    ],
)
def test_no_more_is_escaped_than_must_be(text: str, escaped: str) -> None:
    assert escape.line(text) == escaped


def test_a_note_stays_markdown_but_has_no_comments() -> None:
    text = "\n# Mine\n\n- *so*  \n<!-- chinai-tui:end -->\x1b[31m\n\n"
    assert escape.note(text) == "# Mine\n\n- *so*\n\\<!-- chinai-tui:end -->"


@pytest.mark.parametrize(
    "text",
    [
        "Say `<b>` and ``a ` <i>``",
        "So:\n\n```html\n<b>x</b>\n**“a”**商\n```\nend",
        "- in a list\n\n  ~~~\n  <!-- x -->\n  ~~~",
        "- ```\n  <b>\n  **“a”**商\n  ```",
        "```a``` is <https://example.org>",
    ],
)
def test_code_stays_to_the_letter(text: str) -> None:
    assert escape.note(text) == text


@pytest.mark.parametrize(
    ("text", "closing"),
    [("```\nx", "```"), ("- a\n\n  ````py\n  ```\n  x", "  ````"), ("- ~~~\n  x", "  ~~~")],
)
def test_a_fence_is_closed_where_it_was_opened(text: str, closing: str) -> None:
    assert escape.note(text) == f"{text}\n{closing}"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["`", "```", "<b>", "<!-- ", "\n", "\n\n", "- ", "a", "  ", "\\"])))
def test_no_note_has_html(parts: list[str]) -> None:
    tokens = PARSER.parse(escape.note("".join(parts)))
    found = [each.type for token in tokens for each in (token, *(token.children or ()))]
    assert {"html_block", "html_inline"}.isdisjoint(found)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_yaml_strings(text: str) -> None:
    assert yaml.safe_load(f"key: {escape.yaml_string(text)}") == {
        "key": " ".join(clean(text).split())
    }
