from __future__ import annotations

from chinai_tui.text.layout import Options
from tests.text.layouts import make, page


def test_bullets_numbers_and_nested_items_hang() -> None:
    source = make(
        ("item", "first of them all, and long enough", "•"),
        ("item", "one level down, where the text goes on", "-", 1),
        ("item", "back", "*"),
    )
    assert page(source, 24, Options(measure=24)) == [
        "• first of them all, and",
        "  long enough",
        "",
        "  ◦ one level down,",
        "    where the text goes",
        "    on",
        "",
        "• back",
    ]


def test_numbers_of_a_list_are_flush_right_and_short_items_stand_tight() -> None:
    source = make(("item", "nine", "9."), ("item", "ten", "10."), ("paragraph", "after"))
    assert page(source, 40) == [" 9. nine", "10. ten", "", "after"]


def test_quotes_carry_a_bar_through_the_gap() -> None:
    source = make(("paragraph", "before"), ("quote", "one two three four five"), ("quote", "six"))
    assert page(source, 20) == ["before", "", "│ one two three four", "│ five", "│", "│ six"]


def test_headings_rules_images_and_table_rows() -> None:
    source = make(
        ("heading", "Title", "", 0, "title"),
        ("heading", "Below it", "", 0, "subtitle"),
        ("row", "Name | City"),
        ("row", "依图 | Shanghai"),
        ("rule", ""),
        ("image", "a market hall seen from above"),
        ("paragraph", "Photo: nobody", "", 0, "caption"),
        ("image", ""),
    )
    assert page(source, 24) == [
        "Title",
        "Below it",
        "",
        "Name │ City",
        "依图 │ Shanghai",
        "",
        "─" * 24,
        "",
        "[image: a market hall",
        "        seen from above]",
        "Photo: nobody",
        "",
        "[image]",
    ]


def test_code_is_not_wrapped() -> None:
    source = make(("code", "if a:\n    return " + "b" * 40))
    assert page(source, 20) == ["  if a:", "      return " + "b" * 40]


def test_footnotes_hang_by_their_number() -> None:
    assert page(make(("footnote", "where it is said at length", "3")), 20) == [
        "3 where it is said",
        "  at length",
    ]


def test_chinese_marks_stay_off_the_wrong_ends_of_lines() -> None:
    text = "记者问：“他们（在上海）写了《标准》、《办法》吗？”她说：「还没有，明年再看。」（笑）"
    source = make(("paragraph", text))
    assert page(source, 20) == [
        "记者问：“他们（在上",
        "海）写了《标准》、",
        "《办法》吗？”她说：",
        "「还没有，明年再",
        "看。」（笑）",
    ]
    assert page(source, 24) == [
        "记者问：“他们（在上海）",
        "写了《标准》、《办法》",
        "吗？”她说：「还没有，明",
        "年再看。」（笑）",
    ]


def test_latin_words_in_chinese_stay_whole() -> None:
    text = (
        "由SenseTime商汤和Face++旷视共同起草的GB/T 41867-2022标准（2022年发布）采用了ISO/IEC定义。"
    )
    assert page(make(("paragraph", text)), 24) == [
        "由SenseTime商汤和Face++",
        "旷视共同起草的GB/T",
        "41867-2022标准（2022年发",
        "布）采用了ISO/IEC定义。",
    ]


def test_emoji_flags_marks_and_full_width_letters_count_as_drawn() -> None:
    text = "👩‍👩‍👧 met 👍🏽 at 🇨🇳🇪🇺 for ❤️ and cafe\u0301，ＡＢＣ全角 end"
    assert page(make(("paragraph", text)), 14) == [
        "👩‍👩‍👧 met 👍🏽 at",
        "🇨🇳🇪🇺 for ❤️",
        "and cafe\u0301，ＡＢ",
        "Ｃ全角 end",
    ]


def test_lists_in_lists_and_a_second_paragraph_of_an_item() -> None:
    source = make(
        ("item", "The first point of the list is long enough to need two lines", "1."),
        ("item", "a point below it, which is long as well", "•", 1),
        ("item", "and one below that one, deeper still", "-", 2),
        ("item", "a second paragraph of it", "", 2),
        ("item", "back at the top", "10."),
    )
    assert page(source, 32, Options(measure=32)) == [
        " 1. The first point of the list",
        "    is long enough to need two",
        "    lines",
        "",
        "    ◦ a point below it, which is",
        "      long as well",
        "",
        "      ▪ and one below that one,",
        "        deeper still",
        "",
        "        a second paragraph of it",
        "10. back at the top",
    ]


def test_items_without_any_marker_get_bullets() -> None:
    assert page(make(("item", "one"), ("item", "two")), 20) == ["• one", "• two"]
    assert page(make(("footnote", "one")), 20) == ["* one"]


def test_footnotes_have_paragraphs_and_addresses() -> None:
    source = make(
        ("footnote", "The first of them, with as much to say as it takes", "1"),
        ("footnote", "and a second paragraph"),
        ("footnote", "See https://example.org/reports/2020/a-very-long-name/index.html", "10"),
    )
    assert page(source, 30, Options(measure=30)) == [
        " 1 The first of them, with as",
        "   much to say as it takes",
        "",
        "   and a second paragraph",
        "",
        "10 See",
        "   https://example.org/",
        "   reports/2020/a-very-long-",
        "   name/index.html",
    ]


def test_a_long_address_is_cut_where_it_has_parts() -> None:
    text = (
        "A report: https://example.org/reports/2020/summary-of-all-findings?lang=en&page=2, in full"
    )
    assert page(make(("item", text, "•")), 30) == [
        "• A report:",
        "  https://example.org/reports/",
        "  2020/summary-of-all-",
        "  findings?lang=en&page=2, in",
        "  full",
    ]


def test_quotes_in_quotes_and_pull_quotes() -> None:
    source = make(
        ("paragraph", "She said:"),
        ("quote", "the outer words, long enough for two lines"),
        ("quote", "an inner quote of hers, which is long too", "", 1),
        ("quote", "the outer again"),
        ("pullquote", "A line to hang on the wall of the office"),
        ("pullquote", "twice"),
        ("paragraph", "end"),
    )
    assert page(source, 26) == [
        "She said:",
        "",
        "│ the outer words, long",
        "│ enough for two lines",
        "│",
        "│ │ an inner quote of",
        "│ │ hers, which is long",
        "│ │ too",
        "│",
        "│ the outer again",
        "",
        "▎ A line to hang on the",
        "▎ wall of the office",
        "▎",
        "▎ twice",
        "",
        "end",
    ]


def test_lists_in_quotes_have_bars_and_bullets() -> None:
    source = make(
        ("quote", "9 things:"),
        ("quote", "nine", "9."),
        ("quote", "ten is longer than nine", "10."),
        ("quote", "and so on"),
        ("quote", "deep", "-", 1),
    )
    assert page(source, 22) == [
        "│ 9 things:",
        "│",
        "│  9. nine",
        "│ 10. ten is longer",
        "│     than nine",
        "│",
        "│ and so on",
        "│",
        "│ │ • deep",
    ]


def test_previews_hang_by_their_numbers() -> None:
    source = make(
        ("heading", "Around the Horn", "", 2),
        ("heading", "A title that is longer than one line of this", "9)", 3),
        ("paragraph", "Summary: what the piece says, in two lines", "", 0, "summary"),
        ("paragraph", "Source: the Gazette", "", 0, "source"),
        ("heading", "Another title", "10)", 3),
        ("image", "a chart"),
        ("paragraph", "Summary: short", "", 0, "summary"),
        ("item", "Source: the Post", "•", 0, "source"),
        ("paragraph", "Thank you"),
    )
    assert page(source, 30) == [
        "Around the Horn",
        "",
        " 9) A title that is longer",
        "    than one line of this",
        "    Summary: what the piece",
        "    says, in two lines",
        "    Source: the Gazette",
        "",
        "10) Another title",
        "",
        "[image: a chart]",
        "",
        "    Summary: short",
        "    • Source: the Post",
        "",
        "Thank you",
    ]


def test_details_below_a_heading_without_a_number_stand_at_the_margin() -> None:
    source = make(
        ("heading", "A title", "", 3),
        ("paragraph", "Summary: short", "", 0, "summary"),
        ("paragraph", "Source: the Post", "", 0, "source"),
    )
    assert page(source, 30) == ["A title", "Summary: short", "Source: the Post"]


def test_reading_links_hang_by_their_first_words() -> None:
    source = make(
        ("paragraph", "ChinAI Links", "", 0, "label"),
        ("paragraph", "Must-read: a paper on the labs and what they want", "", 0, "reading"),
        ("paragraph", "Should-read: another", "", 0, "reading"),
        ("item", "Could-read: a third one, listed with a bullet", "•", 0, "reading"),
    )
    assert page(source, 28, Options(measure=28)) == [
        "ChinAI Links",
        "",
        "Must-read: a paper on the",
        "  labs and what they want",
        "",
        "Should-read: another",
        "",
        "• Could-read: a third one,",
        "  listed with a bullet",
    ]


def test_takeaways_have_a_bullet_of_their_own() -> None:
    source = make(
        ("paragraph", "Key Takeaways", "", 0, "label"),
        ("item", "The first, over its line", "•", 0, "takeaway"),
        ("item", "a detail", "•", 1, "takeaway"),
        ("item", "The second", "-", 0, "takeaway"),
        ("item", "The third", "3.", 0, "takeaway"),
    )
    assert page(source, 24) == [
        "Key Takeaways",
        "",
        " ◆ The first, over its",
        "   line",
        "   ◦ a detail",
        " ◆ The second",
        "3. The third",
    ]
