from __future__ import annotations

from collections.abc import Callable

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, DocumentRole

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]


def test_blocks(rows: Rows) -> None:
    source = """# The Title

## Section

Words that are
wrapped.\\
Next line.

- one
  - inner
- two

  more of two

3. three
4. four

> quoted
> > deeper
>
> - listed

```python
def f():
    return  1
```

***

| A | B |
|---|---|
| 1 | **2** |

![A chart](https://a.example/c.png)
"""
    assert rows(source, "a.md") == [
        ("heading", "", 2, "", "Section"),
        ("paragraph", "", 0, "", "Words that are wrapped."),
        ("paragraph", "", 0, "", "Next line."),
        ("item", "", 0, "•", "one"),
        ("item", "", 1, "•", "inner"),
        ("item", "", 0, "•", "two"),
        ("item", "", 0, "", "more of two"),
        ("item", "", 0, "3.", "three"),
        ("item", "", 0, "4.", "four"),
        ("quote", "", 0, "", "quoted"),
        ("quote", "", 1, "", "deeper"),
        ("quote", "", 0, "•", "listed"),
        ("code", "", 0, "python", "def f():\n    return  1"),
        ("rule", "", 0, "", ""),
        ("row", "", 1, "", "A | B"),
        ("row", "", 0, "", "1 | 2"),
        ("image", "", 0, "", "A chart"),
    ]


def test_marks_and_links(read: Read, spans: Spans) -> None:
    source = (
        "# T\n\nA **bold** and *soft* `code` [link](https://a.example/?utm_source=x), "
        "[bad](javascript:alert), **“重点”**内容 and a note[^1].\n\n[^1]: The note *itself*."
    )
    reading = read(source, "a.md")
    assert spans(reading.document) == [
        ("strong", "bold", ""),
        ("emphasis", "soft", ""),
        ("code", "code", ""),
        ("link", "link", "https://a.example/"),
        ("strong", "“重点”", ""),
        ("footnote", "[1]", "1"),
        ("emphasis", "itself", ""),
    ]
    last = reading.document.blocks[-1]
    assert (last.kind.value, last.marker) == ("footnote", "1")
    assert reading.document.text.endswith("note[1].\nThe note itself.")


def test_front_matter_and_the_title_in_the_body(read: Read) -> None:
    source = (
        "---\ntitle: On Chips\nrole: digest\nnumber: 94\n---\n# ChinAI #94: On Chips\n\nWords.\n"
    )
    reading = read(source, "94.md")
    assert reading.metadata.role is DocumentRole.DIGEST
    assert reading.document.text == "On Chips\nWords."


def test_the_first_heading_is_the_title(read: Read) -> None:
    reading = read("# ChinAI #94: On Chips\n\nWords.\n", "94.md")
    assert (reading.metadata.title, reading.metadata.number) == ("On Chips", 94)
    assert reading.document.text == "On Chips\nWords."


def test_html_in_markdown_is_read_not_shown(rows: Rows) -> None:
    source = (
        "# T\n\nA <b>bold</b> word<br>here.\n\n<div>In a <i>box</i></div>\n\n<script>x</script>\n"
    )
    assert [row[4] for row in rows(source, "a.md")] == ["A bold word", "here.", "In a box"]


def test_what_is_nested_too_deeply_is_read_as_plain_text(read: Read) -> None:
    reading = read("> " * 500 + "deep", "a.md")
    assert reading.document.text.endswith("> deep")
    reading = read("---\ntitle: T\n---\n" + "[" * 30_000, "a.md")
    assert reading.metadata.title == "T"
    assert len(reading.document.text) > 30_000


def test_notes_line_below_line_with_one_word_and_with_more_blocks(read: Read, spans: Spans) -> None:
    source = (
        "# T\n\nSo[^1] it[^b] is[^long].\n\n[^1]: First *note*.\n[^b]: https://b.example/\n\n"
        "[^long]: Second.\n\n    More\n    of it.\n\nA [link].\n\n[link]: https://l.example/\n"
    )
    reading = read(source, "a.md")
    found = [
        (block.marker, reading.document.text_of(number))
        for number, block in enumerate(reading.document.blocks)
        if block.kind is BlockKind.FOOTNOTE
    ]
    assert found == [
        ("1", "First note."),
        ("b", "https://b.example/"),
        ("long", "Second."),
        ("", "More of it."),
    ]
    assert [target for kind, _, target in spans(reading.document) if kind == "footnote"] == [
        "1",
        "b",
        "long",
    ]
    assert spans(reading.document)[-1] == ("link", "link", "https://l.example/")


def test_cells(rows: Rows) -> None:
    source = "# T\n\n| | A |\n|---|---|\n| x \\| y | |\n| only |\n"
    assert [row[2:] for row in rows(source, "a.md")] == [
        (1, "", "– | A"),
        (0, "", "x|y | –"),
        (0, "", "only | –"),
    ]


def test_a_picture_that_leads_elsewhere_has_that_below_it(
    read: Read, rows: Rows, spans: Spans
) -> None:
    source = (
        "# T\n\nSee [![A talk](https://a.example/c.png)](https://b.example/talk?utm_source=x) it."
        "\n\n[\n![Large](https://a.example/s.png)\n](https://a.example/large.png)\n\n"
        "[![](https://a.example/d.png)\nwords](https://b.example/words)\n\n"
        "[![Same](https://a.example/d)](https://a.example/d)\n"
    )
    assert [row[:1] + row[4:] for row in rows(source, "a.md")] == [
        ("paragraph", "See it."),
        ("image", "A talk"),
        ("embed", "b.example"),
        ("image", "Large"),
        ("image", "image"),
        ("paragraph", "words"),
        ("image", "Same"),
    ]
    assert [span[-1] for span in spans(read(source, "a.md").document)] == [
        "https://a.example/c.png",
        "https://b.example/talk",
        "https://a.example/s.png",
        "https://a.example/d.png",
        "https://b.example/words",
        "https://a.example/d",
    ]


def test_wiki_links_keep_their_words_and_embedded_notes_leave_a_block(
    read: Read, rows: Rows, spans: Spans
) -> None:
    source = (
        "# T\n\nSee [[Page|the words]], [[Other Page]], [[Page#Part]] and [[#Here]]."
        " ![[crane.png|300]] ![[dock.jpg|A dock]] ![[Note]]\n\n"
        "| A |\n|---|\n| [[X\\|y]] |\n\n`[[code]]`\n"
    )
    assert [row[:1] + row[4:] for row in rows(source, "a.md")] == [
        ("paragraph", "See the words, Other Page, Page > Part and Here."),
        ("image", "crane.png"),
        ("image", "A dock"),
        ("embed", "Note"),
        ("row", "A"),
        ("row", "y"),
        ("paragraph", "[[code]]"),
    ]
    assert [kind for kind, *_ in spans(read(source, "a.md").document)] == ["code"]


def test_callouts(rows: Rows) -> None:
    source = (
        "# T\n\n> [!note] Take *care*\n> The crane\n> is old.\n\n> [!warning]-\n> Folded.\n\n"
        "[!note] no callout\n"
    )
    assert [row[:1] + row[4:] for row in rows(source, "a.md")] == [
        ("quote", "Take care"),
        ("quote", "The crane is old."),
        ("quote", "Warning"),
        ("quote", "Folded."),
        ("paragraph", "[!note] no callout"),
    ]


def test_tasks_and_highlights(rows: Rows) -> None:
    source = (
        "# T\n\n- [ ] to do\n- [x] done\n\n  [x] no box\n\nA ==marked word== but a == b == c.\n"
    )
    assert [row[:1] + row[4:] for row in rows(source, "a.md")] == [
        ("item", "☐ to do"),
        ("item", "☑ done"),
        ("item", "[x] no box"),
        ("paragraph", "A marked word but a == b == c."),
    ]


def test_tags_in_a_line(read: Read, spans: Spans, rows: Rows) -> None:
    source = (
        "# T\n\nA <a href='https://a.example/?a=1&amp;b=2'>link <b>in bold</b></a>,"
        " <i>never closed\n\n"
        "Then </b> <sup>1</sup> <img src=https://a.example/p.png alt=Plot> <a>none</a> <x>y</x>\n"
    )
    assert spans(read(source, "a.md").document) == [
        ("strong", "in bold", ""),
        ("link", "link in bold", "https://a.example/?a=1&b=2"),
        ("emphasis", "never closed", ""),
        ("link", "Plot", "https://a.example/p.png"),
    ]
    assert rows(source, "a.md")[1][4] == "Then 1 none y"


def test_addresses_are_links_but_not_twice(read: Read, spans: Spans) -> None:
    source = "# T\n\nhttps://a.example/1 <https://a.example/2> `https://a.example/3`\n"
    assert [each[::2] for each in spans(read(source, "a.md").document)] == [
        ("link", "https://a.example/2"),
        ("code", ""),
        ("link", "https://a.example/1"),
    ]


def test_front_matter_in_toml(read: Read) -> None:
    source = '+++\ntitle = "On Chips"\ndate = 2020-05-18T10:00:00Z\n+++\n\nWords *of* it.\n'
    for name in ("94.md", "94.txt"):
        reading = read(source, name)
        assert (reading.metadata.title, reading.metadata.date) == ("On Chips", "2020-05-18")
        assert reading.document.text == "On Chips\nWords of it."
    for broken in ("+++\ntitle = \n+++\n\nWords.\n", "+++\nWords.\n"):
        assert "+++" in read(broken, "a.md").document.text
