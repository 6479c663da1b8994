from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.annotate.original import original_of
from chinai_tui.domain.document import Document, DocumentRole, Span, SpanKind
from chinai_tui.domain.issue import Original
from tests.annotate.building import LABEL, H, P, document

TITLED = (P, "FULL TRANSLATION: The Quiet Dock", LABEL)
CONTEXT = (P, "This piece by Lin Example for dockweekly (Dock Weekly) follows one crane.")
DOCK = Original(("Lin Example",), "The Quiet Dock", outlet="dockweekly (Dock Weekly)")


def linked(source: Document, *links: tuple[str, str]) -> Document:
    """The document with links on some words in it."""
    blocks = list(source.blocks)
    for words, url in links:
        start = source.text.index(words)
        number = source.block_at(start)
        span = Span(SpanKind.LINK, start, start + len(words), url)
        blocks[number] = replace(blocks[number], spans=(*blocks[number].spans, span))
    return Document(source.text, tuple(blocks))


def test_an_issue_with_one_translation() -> None:
    source = document(
        (P, "Feature Translation: The quiet dock", LABEL),
        (P, "Context:", LABEL),
        CONTEXT,
        TITLED,
    )
    assert original_of(source) == replace(DOCK, title="The quiet dock")


@pytest.mark.parametrize(
    ("given", "title", "title_han"),
    [
        ("The Quiet Dock (安静的码头)", "The Quiet Dock", "安静的码头"),
        ("The Quiet Dock [安静的码头]", "The Quiet Dock", "安静的码头"),
        ("The Quiet Dock (part 2)", "The Quiet Dock (part 2)", ""),
        ("安静的码头", "", "安静的码头"),
    ],
)
def test_titles(given: str, title: str, title_han: str) -> None:
    found = original_of(document((P, f"Full Translation: {given}", LABEL)))
    assert (found.title, found.title_han) == (title, title_han)


@pytest.mark.parametrize(
    ("text", "authors", "outlet"),
    [
        ("It was written by Lin Example and Ma Example for Dock Weekly last year.",
         ("Lin Example", "Ma Example"), "Dock Weekly"),
        ("Written by Lin Example for the Dock Weekly.", ("Lin Example",), "Dock Weekly"),
        ("Another report, by Lin Example for Dock Weekly, says less.", (), ""),
        ("This piece by a clerk for Dock Weekly says less.", (), ""),
    ],
)  # fmt: skip
def test_who_wrote_it(text: str, authors: tuple[str, ...], outlet: str) -> None:
    found = original_of(document(TITLED, (P, text)))
    assert (found.authors, found.outlet) == (authors, outlet)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Translated by Bo Guest.", "Bo Guest"),
        ("Thanks to Bo Guest for contributing this week’s feature translation.", "Bo Guest"),
        ("Thanks to Bo Guest for contributing this week’s crane.", ""),
        ("Translated by Bo Guest. The notes were translated by Ann Dee.", ""),
        ("Translated by QuayWorks Inc.", ""),
    ],
)
def test_who_translated_it(text: str, name: str) -> None:
    assert original_of(document(TITLED, CONTEXT, (P, text))) == replace(DOCK, translator=name)


def test_where_it_stands() -> None:
    source = document(TITLED, CONTEXT, (P, "Here is the original in Chinese, and a map."))
    one = "https://dock.example/1"
    assert original_of(linked(source, ("original in Chinese", one))).url == one
    assert original_of(linked(source, ("Dock Weekly", one))).url == one
    assert original_of(linked(source, ("a map", one))).url == ""
    assert original_of(linked(source, ("original", "javascript:alert(1)"))).url == ""
    two = linked(source, ("original", one), ("dockweekly", "https://dock.example/2"))
    assert original_of(two).url == ""


@pytest.mark.parametrize(
    "source",
    [
        document(CONTEXT),
        document((P, "Full Translation: The Loud Dock", LABEL), TITLED, CONTEXT),
        document((P, "FULL TRANSLATIONS: 1) The Quiet Dock; 2) The Loud Dock", LABEL), CONTEXT),
        document((P, "The first translation is about a crane."), TITLED, CONTEXT),
        document(TITLED, CONTEXT, (P, "This one by Ma Example for the Crane Post is shorter.")),
    ],
    ids=["no translation", "two titles", "two in a line", "said to be two", "two authors"],
)
def test_without_one_translation_there_is_no_original(source: Document) -> None:
    assert original_of(source) == Original()


def test_articles_that_other_sections_name_are_not_the_original() -> None:
    source = document(
        TITLED, (H, "Links"), (P, "This piece by Ma Example for Post Weekly is good.")
    )
    assert original_of(source) == Original(title="The Quiet Dock")


def test_a_translation_of_its_own_names_its_original_in_its_first_lines() -> None:
    source = document(
        (P, "Original title: 安静的码头"),
        (P, "Author: Lin Example, Ma Example"),
        (P, "来源：码头周刊"),
        (P, "Translator: Bo Guest"),
        *((P, f"Crane {number} stands.") for number in range(8)),
        (P, "Author: somebody else"),
    )
    told = Original(
        ("Lin Example", "Ma Example"),
        title_han="安静的码头",
        outlet="码头周刊",
        translator="Bo Guest",
    )
    assert original_of(source, DocumentRole.TRANSLATION) == told
    assert original_of(source) == original_of(source, DocumentRole.DIGEST) == Original()
