"""Citations in every style: as they should be, and read again by programs that others wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import bibtexparser
import msgspec
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.issue import Issue, Original
from chinai_tui.export import biblatex
from chinai_tui.export.reference import Reference
from chinai_tui.export.styles import STYLES
from chinai_tui.text.sanitise import clean_line
from tests.export.cases import CASES, HARD, ORIGINAL, TRANSLATION
from tests.export.samples import CHINAI, ISSUE

GOLDEN = Path(__file__).parent / "golden"
TEXTS = st.text(max_size=120) | st.text(st.sampled_from(HARD + "\n\r\u2028\x1b-"), max_size=60)


class CslName(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A name as the schema of CSL-JSON has it."""

    family: str = ""
    given: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""


class CslDate(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A date as the schema has it: one or two of one to three parts."""

    date_parts: list[list[int]]


class CslItem(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Those fields of an item in the schema that a newsletter can have."""

    id: str
    type: Literal["post-weblog"]
    title: str
    author: list[CslName] = []
    translator: list[CslName] = []
    original_author: list[CslName] = []
    original_title: str = ""
    original_publisher: str = ""
    container_title: str = ""
    issued: CslDate | None = None
    accessed: CslDate | None = None
    url: str = msgspec.field(name="URL", default="")
    language: str = ""
    note: str = ""


def write(style: str, *references: Reference) -> str:
    return STYLES[style].render(references)


@cache
def latex_reader() -> LatexNodes2Text:
    """Reads LaTeX, with three macros of its kernel that the library has no or another sign for."""
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    context = get_default_latex_context_db()
    context.add_context_category(
        "signs", prepend=True, macros=[MacroTextSpec(name, sign) for name, sign in signs.items()]
    )
    return LatexNodes2Text(latex_context=context)


def read_bibtex(text: str) -> list[dict[str, Any]]:
    """The entries, decoded; the authors as a list."""
    decoder = latex_reader()
    reading = [SeparateCoAuthors(), LatexDecodingMiddleware(decoder=decoder)]
    library = bibtexparser.parse_string(text, append_middleware=reading)
    assert not library.failed_blocks
    entries = []
    for entry in library.entries:
        fields = {each.key: each.value for each in entry.fields}
        for role in ("author", "translator"):
            fields[role] = [decoder.latex_to_text(name) for name in fields.get(role, [])]
        entries.append({"key": entry.key, **fields})
    return entries


def read_csl(text: str) -> list[CslItem]:
    return msgspec.json.decode(text, type=list[CslItem])


def read_ris(text: str) -> list[dict[str, Any]]:
    return rispy.loads(text)


def words(text: str) -> str:
    """Text as a reader sees it, whatever the spaces between its words."""
    return " ".join(text.split())


def hard(text: str) -> Reference:
    """A reference with a text in each field that comes from outside."""
    original = Original((text,), text, text, text, text, text)
    voice = Voice(VoiceKind.TRANSLATION)
    issue = replace(ISSUE, title=text, authors=(text,), number=None, url=text, date=text)
    return Reference(issue, replace(CHINAI, title=text), "akey", voice, original)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_as_it_should_be(style: str) -> None:
    golden = GOLDEN / (STYLES[style].file or f"{style}.txt")
    assert write(style, *CASES.values()) + "\n" == golden.read_text("utf-8")


def test_the_setting_is_a_style() -> None:
    assert Settings().citation_style in STYLES


def test_bibtex_is_read_by_another_program() -> None:
    entries = {entry["key"]: entry for entry in read_bibtex(write("bibtex", *CASES.values()))}
    assert list(entries) == [case.key for case in CASES.values()]
    for case in CASES.values():
        assert words(entries[case.key]["title"]) == case.title
        assert entries[case.key].get("url", "") == case.url
    assert entries["several"]["author"][2] == "Third, Cy T."
    assert entries["particles"]["author"][0] == "von der Lippe, Otto"
    assert entries["particles"]["author"][2] == "Muster, Jr., Max"
    assert entries["corporate"]["author"] == ["Institute for Cranes and Ships", "ModelWorks, Inc."]
    assert entries["hard"]["author"] == ["Q & A, {Ltd}", "R_x #1"]
    assert entries["hard"]["organization"] == f"Notes {HARD}"
    assert "number" not in entries["dated"]
    assert entries["translation"]["translator"] == ["van Second, Bo"]
    assert entries["translation"]["origtitle"] == "虚构标题"
    assert entries["translation"]["origpublisher"] == ORIGINAL.outlet
    assert entries["translation"]["note"] == "Translated from Lin Example and 示例作者"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{a} and {b}", r"\{a\} and \{b\}"),
        ("{a", r"\textbraceleft{}a"),
        ("}a{", r"\textbraceright{}a\textbraceleft{}"),
        ("{a{b}", r"\{a\textbraceleft{}b\}"),
    ],
)
def test_braces_of_bibtex_are_short_where_they_are_even(text: str, written: str) -> None:
    assert biblatex.escape(text) == written


def test_csl_holds_to_its_schema() -> None:
    items = {item.id: item for item in read_csl(write("csl", *CASES.values()))}
    assert list(items) == [case.key for case in CASES.values()]
    for case in CASES.values():
        assert items[case.key].title == case.title
    assert items["dated"].issued == CslDate([[2031, 1, 6]])
    assert items["dated"].accessed == CslDate([[2031, 1, 10]])
    assert items["month"].issued == CslDate([[2031, 1]])
    assert items["undated"].issued is None
    assert items["chinesetitle"].language == "zh"
    assert items["particles"].author == [
        CslName("Lippe", "Otto", "von der"),
        CslName("d'Île", "Émile"),
        CslName("Muster", "Max", suffix="Jr."),
    ]
    assert items["chinese"].author[0] == CslName(literal="示例作者")
    translated = items["translation"]
    assert translated.original_author == [CslName("Example", "Lin"), CslName(literal="示例作者")]
    assert translated.original_title == "虚构标题"
    assert translated.original_publisher == ORIGINAL.outlet
    assert translated.translator == [CslName("Second", "Bo", "van")]


def test_ris_is_read_by_another_program() -> None:
    records = {record["id"]: record for record in read_ris(write("ris", *CASES.values()))}
    assert list(records) == [case.key for case in CASES.values()]
    for case in CASES.values():
        assert records[case.key]["type_of_reference"] == "BLOG"
        assert records[case.key]["title"] == case.title
    assert records["several"]["authors"][3] == "Fourth, Jean-Luc"
    assert records["translation"]["subsidiary_authors"] == ["van Second, Bo"]
    assert records["month"]["date"] == "2031/01//"


@given(TEXTS)
def test_bibtex_gives_back_any_text(text: str) -> None:
    reference = hard(text)
    (entry,) = read_bibtex(write("bibtex", reference))
    assert entry["key"] == "akey"
    assert words(entry["title"]) == words(reference.title)
    assert words(entry.get("organization", "")) == words(reference.container)
    assert words(entry.get("origpublisher", "")) == words(clean_line(text))


@given(TEXTS)
def test_csl_gives_back_any_text(text: str) -> None:
    reference = hard(text)
    (item,) = read_csl(write("csl", reference))
    assert item.title == reference.title
    assert item.container_title == reference.container
    assert (item.original_title, item.original_publisher) == (clean_line(text), clean_line(text))


@given(TEXTS)
def test_no_line_of_ris_is_broken(text: str) -> None:
    reference = hard(text)
    written = write("ris", reference)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in written.splitlines())
    (record,) = read_ris(written)
    assert words(record["title"]) == words(reference.title)


@given(TEXTS)
def test_prose_is_a_clean_line(text: str) -> None:
    for style in ("chicago", "apa"):
        assert len(write(style, hard(text), hard(text)).splitlines()) == 2
        assert "\x1b" not in write(style, hard(text))


def test_apa_names_up_to_twenty_authors() -> None:
    def cited(count: int) -> str:
        names = tuple(f"Ann {chr(65 + n)}ndt" for n in range(count))
        return write("apa", replace(CASES["dated"], issue=replace(ISSUE, authors=names)))

    assert "Sndt, A., & Tndt, A. (2031" in cited(20)
    assert "Sndt, A., . . . Undt, A. (2031" in cited(21)


def test_a_side_file_is_the_same_each_time() -> None:
    for style in STYLES:
        assert write(style, *CASES.values()) == write(style, *CASES.values())


def test_what_is_not_known_is_not_said() -> None:
    bare = replace(CASES["undated"], publication=replace(CHINAI, title="", authors=()))
    bare = replace(bare, issue=replace(ISSUE, date="≈ 2031", url="javascript:x", documents={}))
    for style in STYLES:
        assert "2031" not in write(style, bare)
        assert "javascript" not in write(style, bare)


def test_a_translation_is_credited_in_every_style() -> None:
    for style in STYLES:
        shown = write(style, CASES["translation"])
        for part in ("Example", "示例作者", "虚构标题", "示例周刊", "Second"):
            assert part in shown, style


def test_words_of_others_are_never_the_author_s() -> None:
    guest = replace(CASES["dated"], voice=Voice(VoiceKind.GUEST, "Mark Guest"))
    for style in STYLES:
        assert "Guest" in write(style, guest)
    own = replace(CASES["dated"], voice=Voice(VoiceKind.COMMENTARY, "Jeffrey Ding"))
    for style in STYLES:
        assert write(style, own) == write(style, CASES["dated"])


def test_csl_is_an_array_even_of_one() -> None:
    assert isinstance(json.loads(write("csl", CASES["dated"])), list)
    assert json.loads(write("csl")) == []


def test_a_translation_without_a_known_original_says_so() -> None:
    shown = write("apa", replace(CASES["dated"], voice=TRANSLATION))
    assert shown.startswith("Original author unconfirmed. (2031, January 6).")


@pytest.mark.parametrize(
    ("title", "language"),
    [("Why Cranes Wait", "en"), ("商汤 in court", "en"), ("一篇文章 AI", "zh"), ("Über Kräne", "")],
)
def test_a_language_is_told_only_by_the_script(title: str, language: str) -> None:
    assert replace(CASES["dated"], issue=Issue("x", "chinai", title)).language == language
