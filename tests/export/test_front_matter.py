from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.export.front_matter import day, merge, split, write

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
    assert split("---\na: 1\n---\nbody\n---\n") == ("---\na: 1\n---\n", "body\n---\n")
    assert split("---\na: 1\n...\nbody") == ("---\na: 1\n...\n", "body")
    assert split("---\nnever ends") == ("", "---\nnever ends")
    assert split("no front\n---\n") == ("", "no front\n---\n")


def test_what_others_wrote_stays_letter_by_letter() -> None:
    existing = (
        "---\n# mine\nstatus:   draft # really\ntitle: Old\nlinks:\n  - one\n\n  - two\n"
        'url: "https://example.org"\n"odd key": [1,\n 2]\n---\n'
    )
    assert merge(existing, GENERATED, OWN) == (
        '---\n# mine\nstatus:   draft # really\ntitle: "New: one"\nlinks:\n  - one\n\n  - two\n'
        '"odd key": [1,\n 2]\ntags: ["a", "b: c"]\nnotes: 3\n---\n'
    )


def test_merging_twice_changes_nothing() -> None:
    once = merge("---\nmine: 1\ntags: [x]\n---\n", GENERATED, OWN)
    assert merge(once, GENERATED, OWN) == once
    assert merge("", GENERATED, OWN) == GENERATED
    assert merge(GENERATED, GENERATED, OWN) == GENERATED


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("ab:-# \t\"'[", max_size=12), max_size=8))
def test_any_lines_of_others_are_kept(lines: list[str]) -> None:
    existing = "".join(("---\n", *(f"x{line}\n" for line in lines), "---\n"))
    merged = merge(existing, GENERATED, OWN)
    for line in lines:
        assert f"x{line}\n" in merged
    assert merge(merged, GENERATED, OWN) == merged
