from __future__ import annotations

import pytest

from chinai_tui.errors import BrokenMarkersError, ChinaiError
from chinai_tui.export import profiles
from chinai_tui.export.front_matter import YAML
from chinai_tui.export.markers import BEGIN, END, fields_of, merge
from chinai_tui.export.pages import issue_page
from chinai_tui.export.walk import Walker
from tests.export.samples import MARK, NOTES, SOURCE


def written(profile: str = "markdown", notes: tuple = NOTES) -> str:
    return Walker(profiles.load(profile)).render(issue_page(SOURCE, notes))


TEXT = written()
FEWER = written(notes=(MARK,))


def test_exporting_again_changes_nothing() -> None:
    for existing in (TEXT, "", " \n"):
        assert merge(existing, TEXT, YAML) == TEXT


@pytest.mark.parametrize("profile", profiles.PROFILES)
def test_what_stands_around_the_generated_part_is_kept(profile: str) -> None:
    head = profiles.load(profile).head
    text, fewer = written(profile), written(profile, (MARK,))
    begin = f"- {BEGIN}" if profile == "logseq" else BEGIN
    mine = text.replace(begin, f"My summary.\n\n{begin}") + "\nMy end.\n"
    once = merge(mine, fewer, head)
    assert "My summary.\n\n" in once
    assert once.endswith("\nMy end.\n")
    assert "h-7f3a2c91" not in once
    again = merge(once, text, head)
    # A field that went and came back stands at the end of the others.
    assert sorted(again.split("\n")) == sorted(mine.split("\n"))
    assert merge(again, text, head) == again


def test_fields_of_others_stay() -> None:
    front, rest = TEXT.split("---\n\n")
    once = merge(f"{front}status: read\n---\n\n{rest}", FEWER, YAML)
    assert "status: read\n" in once
    assert "highlights: 1\n" in once
    assert "edits" not in once


def test_a_front_matter_that_was_deleted_comes_back() -> None:
    part = TEXT.split("---\n\n")[1]
    assert merge(part, TEXT, YAML) == TEXT
    assert merge(f"Mine.\n{part}", TEXT, YAML).endswith(f"---\n\nMine.\n{part}")


def test_a_file_that_was_saved_on_windows() -> None:
    assert merge("\ufeff" + TEXT.replace("\n", "\r\n"), TEXT, YAML) == TEXT


@pytest.mark.parametrize(
    "broken",
    [
        "Something of my own.",
        f"{BEGIN}\nno end",
        f"{END}\n{BEGIN}\n",
        f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n",
        f"{BEGIN} and more\n{END}\n",
    ],
)
def test_a_file_whose_marks_are_broken_is_refused(broken: str) -> None:
    assert fields_of(broken, YAML) is None
    with pytest.raises(BrokenMarkersError, match="mend or move") as caught:
        merge(broken, TEXT, YAML)
    assert isinstance(caught.value, ChinaiError)


@pytest.mark.parametrize("profile", ["markdown", "obsidian", "logseq"])
def test_tags_and_aliases_of_others_stay(profile: str) -> None:
    form = profiles.load(profile)
    text, fewer = written(profile), written(profile, (MARK,))
    head, body = form.head.split(text)
    if profile == "logseq":
        mine = head.replace("tags:: ", "tags:: mine, ")
        mine = mine.rstrip() + "\nalias:: My name\n\n" if "alias::" not in mine else mine
    else:
        mine = head.replace("tags: [", "tags: [mine, ").replace(
            "aliases: [", 'aliases: ["My name", '
        )
        if "aliases:" not in mine:
            mine = mine.replace("---\n\n", "---\n").removesuffix("---\n")
            mine += "aliases:\n  - My name\n---\n"
    once = merge(mine + body, fewer, form.head)
    top = form.head.split(once)[0]
    assert "mine" in top
    assert "edits" not in top
    assert "My name" in top or profile == "logseq"
    assert merge(once, fewer, form.head) == once
    assert merge(once, text, form.head).count("mine") == 1
