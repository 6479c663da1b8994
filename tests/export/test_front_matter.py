from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.export.front_matter import PROPERTIES, YAML, PageHead, day, write

OWN = {"title", "tags", "url"}
GENERATED = write({"title": "New: one", "tags": ["a", "b: c"], "notes": 3})


def test_fields_are_flat_yaml() -> None:
    text = write(
        {
            "title": 'A "quoted" #title',
            "issue": 94,
            "published": day("2031-01-06"),
            "year": day("2031"),
            "odd": day("2031-02-31"),
            "author": ("Ann", "Bo: C"),
            "url": "",
            "accessed": None,
            "tags": (),
        }
    )
    assert yaml.safe_load(text.strip("-\n")) == {
        "title": 'A "quoted" #title',
        "issue": 94,
        "published": date(2031, 1, 6),
        "year": "2031",
        "odd": "2031-02-31",
        "author": ["Ann", "Bo: C"],
    }


def test_split() -> None:
    assert YAML.split("---\na: 1\n---\nbody\n---\n") == ("---\na: 1\n---\n", "body\n---\n")
    assert YAML.split("---\na: 1\n...\nbody") == ("---\na: 1\n...\n", "body")
    assert YAML.split("---\nnever ends") == ("", "---\nnever ends")
    assert YAML.split("no front\n---\n") == ("", "no front\n---\n")


def test_what_others_wrote_stays_letter_by_letter() -> None:
    existing = (
        "---\n# mine\nstatus:   draft # really\ntitle: Old\nlinks:\n  - one\n\n  - two\n"
        'url: "https://example.org"\n"odd key": [1,\n 2]\n---\n'
    )
    assert YAML.merge(existing, GENERATED, OWN) == (
        '---\n# mine\nstatus:   draft # really\ntitle: "New: one"\nlinks:\n  - one\n\n  - two\n'
        '"odd key": [1,\n 2]\ntags: ["a", "b: c"]\nnotes: 3\n---\n'
    )


def test_merging_twice_changes_nothing() -> None:
    once = YAML.merge("---\nmine: 1\ntags: [x]\n---\n", GENERATED, OWN)
    assert YAML.merge(once, GENERATED, OWN) == once
    assert YAML.merge("", GENERATED, OWN) == GENERATED
    assert YAML.merge(GENERATED, GENERATED, OWN) == GENERATED


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("ab:-# \t\"'[", max_size=12), max_size=8))
def test_any_lines_of_others_are_kept(lines: list[str]) -> None:
    existing = "".join(("---\n", *(f"x{line}\n" for line in lines), "---\n"))
    merged = YAML.merge(existing, GENERATED, OWN)
    for line in lines:
        assert f"x{line}\n" in merged
    assert YAML.merge(merged, GENERATED, OWN) == merged


def test_what_is_one_value_is_read_back() -> None:
    fields = {
        "title": 'A "quoted" #title: 商汤',
        "id": "chinai-94",
        "issue": 94,
        "tags": ("a", "b"),
    }
    for head in (YAML, PROPERTIES, PageHead("")):
        top, rest = head.split(head.write(fields) + "body\n")
        assert rest == "body\n"
        read = head.read(top)
        assert (read["title"], read["id"]) == (fields["title"], "chinai-94")


def test_an_editor_may_take_the_quotation_marks_away() -> None:
    read = YAML.read("---\ntitle: A title\nid: 'it''s'\nother: \"bro\\ken\n---\n")
    assert (read["title"], read["id"]) == ("A title", "it's")


def test_properties_of_others_stay() -> None:
    generated = PROPERTIES.write({"title": "New", "tags": ("a", "b")})
    merged = PROPERTIES.merge("mine:: 1\nheadline:: Old\nurl:: x\n\n", generated, {"title", "url"})
    assert merged == "mine:: 1\nheadline:: New\ntags:: a, b\n\n"
    assert PROPERTIES.merge(merged, generated, {"title", "url"}) == merged
