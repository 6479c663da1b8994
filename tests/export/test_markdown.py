from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.errors import ChinaiError
from chinai_tui.export.markdown import (
    BEGIN,
    END,
    BrokenMarkersError,
    merge,
    render,
    render_all,
    render_entity,
)
from chinai_tui.export.model import ExportNote
from chinai_tui.text.sanitise import clean
from tests.export.reading import blocks, words
from tests.export.samples import (
    CHINAI,
    GOLDEN,
    ISSUE,
    MARK,
    MODELWORKS,
    MOVED,
    NOTE,
    NOTES,
    ON_ENTITY,
    ON_POST,
    anchor,
    at,
)


def golden(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


def noted(text: str, quote: str = "A passage.") -> ExportNote:
    """A note with these words on a passage with those."""
    changed = replace(NOTE.annotation, text=text, anchor=anchor(quote, 5))
    return replace(NOTE, annotation=changed, placement=at(5, 5 + len(quote)))


def test_the_notes_of_an_issue() -> None:
    assert render(ISSUE, CHINAI, NOTES) == golden("issue.md")


def test_the_notes_on_an_entity() -> None:
    assert render_entity(MODELWORKS, (ON_POST, NOTE, ON_ENTITY)) == golden("entity.md")


def test_all_notes() -> None:
    assert render_all((*NOTES, ON_ENTITY, ON_POST)) == golden("all.md")


def test_the_order_of_the_notes_does_not_matter() -> None:
    assert render(ISSUE, CHINAI, NOTES[::-1]) == golden("issue.md")
    assert render_all((ON_POST, ON_ENTITY, *NOTES[::-1])) == golden("all.md")


def test_the_front_matter_is_yaml() -> None:
    fields = yaml.safe_load(golden("issue.md").split("---\n")[1])
    assert fields["title"] == 'ChinAI #900: A Made-Up "Crane" Issue [虚构]'
    assert (fields["issue"], fields["citekey"]) == (900, "ding2031chinai900")


def test_an_issue_without_date_and_notes() -> None:
    text = render(replace(ISSUE, date="", url="", documents={}), CHINAI, ())
    assert "published" not in text
    assert "accessed" not in text
    assert "notes: 0" in text
    assert "2031" not in text


def test_a_passage_is_never_its_newsletters_for_want_of_a_voice() -> None:
    unvoiced = replace(MOVED, annotation=replace(MOVED.annotation, voice=None))
    text = render(ISSUE, CHINAI, [unvoiced])
    assert "- **Voice:** speaker unconfirmed" in text
    assert "Cite:** Speaker unconfirmed, in Jeffrey Ding" in text


def test_a_digest_is_not_cited_as_the_newsletter() -> None:
    text = render(ISSUE, CHINAI, [replace(NOTE, voice=Voice(VoiceKind.DIGEST))])
    assert "Cite:** “ChinAI #900” (digest in chinai’s words of Jeffrey Ding" in text


def test_a_citation_that_is_given_is_printed() -> None:
    text = render(ISSUE, CHINAI, [replace(NOTE, citation="Lin, *Works*.")])
    assert r"- **Cite:** Lin, \*Works\*." in text


@settings(max_examples=60, deadline=None)
@given(
    st.text("ab <!-#>`~\n\\[]_*:", max_size=60) | st.just(f"a\n{END}\nb\n{BEGIN}"),
    st.text("ab <!-#>`~\n\\[]_*:.1)|商", min_size=1, max_size=60),
)
def test_no_words_break_the_file(text: str, quote: str) -> None:
    markdown = render(ISSUE, CHINAI, [noted(text, quote), MARK])
    seen = blocks(markdown.partition("---\n\n")[2])
    for line in filter(None, map(words, clean(quote).split("\n"))):
        assert line in seen
    assert "Context" in seen
    assert any(block.startswith("Place: Context, ¶2") for block in seen)
    assert merge(markdown, markdown) == markdown


def test_exporting_again_changes_nothing() -> None:
    text = golden("issue.md")
    assert merge(text, text) == text
    assert merge("", text) == text
    assert merge(" \n", text) == text


def test_what_stands_around_the_generated_part_is_kept() -> None:
    front, rest = golden("issue.md").split("---\n\n")
    mine = f"{front}status: read\n---\n\nMy summary.\n\n{rest}\nMy end."
    assert merge(mine, golden("issue.md")) == mine
    fewer = merge(mine, render(ISSUE, CHINAI, [MARK]))
    assert "\n\nMy summary.\n\n" in fewer
    assert fewer.endswith(f"{END}\n\nMy end.")
    assert "status: read\n" in fewer
    assert "notes: 1\n" in fewer
    assert "edits" not in fewer
    again = merge(fewer, golden("issue.md"))
    assert sorted(again.split("\n")) == sorted(mine.split("\n"))


def test_a_front_matter_that_was_deleted_comes_back() -> None:
    part = golden("issue.md").split("---\n\n")[1]
    once = merge(part, golden("issue.md"))
    assert once == golden("issue.md")
    assert merge(f"Mine.\n{part}", golden("issue.md")).endswith(f"---\n\nMine.\n{part}")


def test_a_file_that_was_saved_on_windows() -> None:
    theirs = "\ufeff" + golden("issue.md").replace("\n", "\r\n")
    assert merge(theirs, golden("issue.md")) == golden("issue.md")


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
    with pytest.raises(BrokenMarkersError, match="mend or move") as caught:
        merge(broken, golden("issue.md"))
    assert isinstance(caught.value, ChinaiError)
