"""The profiles: what each writes, and that words come out as they went in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from chinai_tui.export import profiles
from chinai_tui.export.markers import BEGIN, END, merge
from chinai_tui.export.model import ExportNote, Page
from chinai_tui.export.pages import digest, entity_digest, entity_page, issue_page, tag_page
from chinai_tui.export.walk import Walker
from chinai_tui.text.sanitise import clean
from tests.export.reading import blocks, words
from tests.export.samples import (
    GOLDEN,
    MARK,
    MODELWORKS,
    NOTE,
    NOTES,
    ON_ENTITY,
    ON_POST,
    SOURCE,
    anchor,
    at,
)

MARKDOWN = ["markdown", "obsidian", "pandoc"]
FILES = {("entity-note", "modelworks"): "company-modelworks"}
PAGES = {
    "issue": issue_page(SOURCE, NOTES),
    "entity": entity_digest(MODELWORKS, (ON_POST, NOTE, ON_ENTITY)),
    "all": digest((*NOTES, ON_ENTITY, ON_POST)),
}
HARD = (
    "# not a heading\n- no item\n1) none\n> none\n| a | b |\n|---|---|\n[[link]] [x](y) ^id %%c%% "
    "==hi== $x$ $$y$$ <b>b</b> &amp; https://example.org/a_b*c* **“重点”**内容 👩‍🔬 «“quoted”» "
    "'single' `code` ~~no~~ {{x}} ((y)) a:: b #tag @key -- ... \\ _u_ <!-- c -->\n+ no"
    "\n(1) no\na. no"
)
HOSTILE = st.text("ab1 *_`~[]()<>#!|\\&;:.-+=\"'%$^@{}“商\n\u200d👩", max_size=60)


def render(page: Page, profile: str) -> str:
    return Walker(profiles.load(profile), FILES).render(page)


def noted(text: str, quote: str = "A passage.") -> ExportNote:
    """A note with these words on a passage with those."""
    changed = replace(NOTE.annotation, text=text, anchor=anchor(quote, 5))
    return replace(NOTE, annotation=changed, placement=at(5, 5 + len(quote)))


def body(text: str) -> str:
    return text.partition(BEGIN)[2].partition(END)[0]


@pytest.mark.parametrize("profile", profiles.PROFILES)
@pytest.mark.parametrize("page", PAGES)
def test_pages(page: str, profile: str) -> None:
    ending = profiles.load(profile).ending
    golden = GOLDEN / f"{page}.{profile}{ending}"
    assert render(PAGES[page], profile) == golden.read_text("utf-8")


@pytest.mark.parametrize("profile", profiles.PROFILES)
def test_the_order_in_which_notes_were_made_does_not_matter(profile: str) -> None:
    assert render(issue_page(SOURCE, NOTES[::-1]), profile) == render(PAGES["issue"], profile)
    other = digest((ON_POST, ON_ENTITY, *NOTES[::-1]))
    assert render(other, profile) == render(PAGES["all"], profile)


def test_an_order_made_by_hand_is_kept() -> None:
    order = (ON_POST, NOTE, ON_ENTITY, MARK)
    for page in (tag_page("leon", order), digest(order, "tag:leon", ordered=True)):
        text = render(page, "markdown")
        places = [text.index(note.block) for note in order]
        assert places == sorted(places)


@pytest.mark.parametrize("profile", MARKDOWN)
@settings(max_examples=80, deadline=None)
@given(HOSTILE | st.text(max_size=60))
@example(HARD)
def test_quoted_words_come_out_unchanged(profile: str, quote: str) -> None:
    seen = blocks(body(render(issue_page(SOURCE, [noted("", quote), MARK]), profile)))
    lines = [line for line in map(words, clean(quote).split("\n")) if line]
    if profile == "obsidian":
        # A callout's title and first line are one paragraph for CommonMark.
        shown = "\n".join(seen)
        assert all(line in shown for line in lines)
    else:
        assert [line for line in lines if line not in seen] == []
    assert any("Context" in each for each in seen)


@settings(max_examples=80, deadline=None)
@given(HOSTILE | st.text(max_size=60))
@example(HARD)
def test_quoted_words_come_out_of_a_web_page(quote: str) -> None:
    text = render(issue_page(SOURCE, [noted(quote, quote)]), "html")
    tree = LexborHTMLParser(text)
    shown = [words(each.text()) for each in tree.css("section > blockquote p")]
    assert shown == [words(line) for line in clean(quote).split("\n") if words(line)]
    assert not tree.css("script, img, iframe, object, form")
    assert all(not name.startswith("on") for node in tree.css("*") for name in node.attributes)


@pytest.mark.parametrize("profile", profiles.PROFILES)
@settings(max_examples=50, deadline=None)
@given(HOSTILE | st.just(f"a\n{END}\nb\n{BEGIN}\n- {END}"), HOSTILE)
def test_no_words_break_the_markers(profile: str, text: str, quote: str) -> None:
    found = profiles.load(profile)
    written = render(issue_page(SOURCE, [noted(text, quote), MARK]), profile)
    assert merge(written, written, found.head) == written
    assert "h-11aa22bb" in written or profile == "logseq"


@pytest.mark.parametrize("profile", MARKDOWN)
def test_the_front_matter_is_flat_yaml(profile: str) -> None:
    for page in PAGES.values():
        fields = yaml.safe_load(render(page, profile).split("---\n")[1])
        assert fields["title"] == page.title
        assert fields["type"] == page.type
        assert all(not isinstance(value, dict) for value in fields.values())
    fields = yaml.safe_load(render(PAGES["issue"], profile).split("---\n")[1])
    assert (fields["issue"], fields["citekey"]) == (900, "ding2031chinai900")


def test_marks_that_would_hide_what_follows_are_text_in_obsidian() -> None:
    text = render(issue_page(SOURCE, [noted("50 %% of it, for $$ 5"), MARK]), "obsidian")
    assert r"50 \%\% of it, for \$\$ 5" in text
    assert "even %%so%%" in render(issue_page(SOURCE, [noted("even %%so%%")]), "obsidian")


def test_tags_are_such_as_the_program_reads() -> None:
    tagged = replace(
        NOTE, annotation=replace(NOTE.annotation, tags=("state aid", "2031", "AI/芯片"))
    )
    page = issue_page(SOURCE, [tagged])
    assert r"- **Tags:** #state-aid 2031 #AI/芯片" in render(page, "obsidian")
    assert "#[[state aid]] #[[2031]] #[[AI/芯片]]" in render(page, "logseq")
    fields = yaml.safe_load(render(page, "obsidian").split("---\n")[1])
    assert fields["tags"] == ["chinai", "notes", "AI/芯片", "state-aid"]


def test_each_bullet_of_logseq_is_a_block() -> None:
    text = body(render(issue_page(SOURCE, [*NOTES, noted(HARD, HARD)]), "logseq"))
    outside = [
        line for line in text.split("\n") if line and not re.match(r"\t?- |\t? {2}|\t$", line)
    ]
    assert outside == []
    assert len(re.findall(r"(?m)^  id:: [0-9a-f-]{36}$", text)) == len(NOTES) + 1


def test_pandoc_cites_by_key() -> None:
    text = render(PAGES["issue"], "pandoc")
    assert text.count("[@ding2031chinai900]") == len(NOTES)
    assert 'bibliography: "references.bib"' in text


def test_in_a_note_for_pandoc_only_brackets_cite() -> None:
    note = profiles.load("pandoc").note
    text = "@ann, a@b.org, <https://example.org/@d>, `@c` and [see @key; @two]"
    assert note(text, {}) == text.replace("@ann", r"\@ann")


def test_a_page_of_an_entity_knows_its_names() -> None:
    fields = yaml.safe_load(render(entity_page(MODELWORKS, []), "obsidian").split("---\n")[1])
    assert fields["aliases"] == ["ModelWorks", "模工智能"]


def test_a_vault_has_code_to_the_letter() -> None:
    note = profiles.load("obsidian").note
    assert note("`50 %%` and ``$$``", {}) == "`50 %%` and ``$$``"
    assert note("`a %%` is 50 %%", {}) == "`a %%` is 50 \\%\\%"


def test_a_heading_that_ends_in_a_colon_stands_before_the_paragraph_without_it() -> None:
    note = replace(NOTE, section="Context:")
    assert "Context, ¶" in render(issue_page(SOURCE, [note]), "markdown")
