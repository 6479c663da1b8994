from __future__ import annotations

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DateSource
from chinai_tui.ingest.front_matter import metadata, split

DIGEST = """---
id: chinai-94
role: digest
title: "On Chips"
subtitle: Plus, more
publication: chinai
number: 94
authors: [Jeffrey Ding, A Guest]
date: 2020-05-18
url: https://letter.example/p/94?utm_source=x
keys: ["number:chinai/94", "hash:0123", "nonsense", 5]
---
The body.
"""


def test_the_fields_of_a_digest() -> None:
    fields, body = split(DIGEST)
    found = metadata(fields)
    assert body == "The body.\n"
    assert (found.id, found.role) == ("chinai-94", DocumentRole.DIGEST)
    assert (found.title, found.subtitle) == ("On Chips", "Plus, more")
    assert (found.publication, found.number) == ("chinai", 94)
    assert found.authors == ("Jeffrey Ding", "A Guest")
    assert (found.date, found.date_source) == ("2020-05-18", DateSource.TEXT)
    assert found.url == "https://letter.example/p/94"
    assert found.keys == ("number:chinai/94", "hash:0123")


@pytest.mark.parametrize("source", [DIGEST.replace("\n", "\r\n"), "\ufeff" + DIGEST])
def test_line_ends_and_byte_order_marks(source: str) -> None:
    assert metadata(split(source)[0]).number == 94


@pytest.mark.parametrize(
    "source",
    ["words\n---\nmore", "---\ntitle: x\nno end", "---\n- a\n- b\n---\nbody", "----\na: b\n---\n"],
)
def test_what_is_no_front_matter_is_text(source: str) -> None:
    assert split(source) == ({}, source)


def test_titles_with_hash_signs_and_colons_need_no_quotes() -> None:
    fields, _ = split("---\ntitle: ChinAI #94: On Chips: a look\n---\n")
    assert metadata(fields).title == "ChinAI #94: On Chips: a look"


def test_broken_yaml_is_read_line_by_line() -> None:
    fields, body = split("---\nauthor: Someone: 'the' best\nnumber: 7\nx: [\n---\nbody")
    found = metadata(fields)
    assert (found.authors, found.number, body) == (("Someone: 'the' best",), 7, "body")


@pytest.mark.parametrize(
    "yaml",
    [
        "title: !!python/object/apply:os.system ['id']",
        "number: 12:30:45",
        "number: true",
        "title: [a, b]",
        "date: NaN",
        "role: boss",
        "id: ../../etc",
        "url: javascript:alert(1)",
        "authors: {a: b}",
        "keys: number:x",
        "x: " + "[" * 300,
    ],
)
def test_what_is_not_of_the_form_is_passed_over(yaml: str) -> None:
    found = metadata(split(f"---\n{yaml}\n---\n")[0])
    assert found.url == found.id == found.date == ""
    assert found.authors == ()
    assert found.role is DocumentRole.TEXT
    assert "\n" not in found.title


def test_an_alias_bomb_is_not_unrolled() -> None:
    lines = ["a: &a [x, x]"]
    for before, after in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{after}: &{after} [{', '.join(['*' + before] * 9)}]")
    source = "---\n" + "\n".join(lines) + "\nauthors: *i\ntitle: it\n---\nbody"
    found = metadata(split(source)[0])
    assert (found.title, found.authors) == ("it", ())


def test_escape_sequences_are_gone() -> None:
    fields, _ = split('---\ntitle: "a\\e]52;c;x\\a b\\x9b2Jc"\n---\n')
    assert metadata(fields).title == "a bc"


@pytest.mark.parametrize(
    "source",
    [
        "title: On Chips\nsource: https://a.example/1\nauthor:\n  - '[[A Writer]]'\n"
        "published: 2020-05-18\ncreated: 2026-01-01\ntags:\n  - clippings\n",
        "Title: On Chips\nURL: https://a.example/1\nAuthor: A Writer\n"
        "Date: 2020-05-18\nTags: [a, b]\n",
        "title: On Chips\nlink: https://a.example/1\nbyline: A Writer\npubdate: 2020-05-18 10:00\n",
        "created: 2026-01-01T10:00:00 (UTC +00:00)\ntags: []\nsource: https://a.example/1\n"
        "author: '[[People/A Writer|A Writer]]'\ntitle: On Chips\ndate_published: May 18, 2020\n",
    ],
)
def test_fields_as_clippers_write_them(source: str) -> None:
    found = metadata(split(f"---\n{source}---\nWords.")[0])
    assert (found.title, found.url, found.authors, found.date) == (
        "On Chips",
        "https://a.example/1",
        ("A Writer",),
        "2020-05-18",
    )


def test_a_source_in_words_is_no_address() -> None:
    assert metadata({"source": "An old book"}).url == ""


def test_an_id_is_that_of_an_issue_only_in_a_digest() -> None:
    assert metadata({"id": "intro"}).id == ""
    assert metadata({"id": "intro", "role": "translation"}).id == ""
    assert metadata({"id": "intro", "role": "Digest"}).id == "intro"
