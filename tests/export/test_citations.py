from __future__ import annotations

from dataclasses import replace

import pytest

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.issue import UNFILED, Issue, Original, Publication
from chinai_tui.export.citations import (
    cite,
    citekey,
    free_key,
    headline,
    quote_with_citation,
    spoken_date,
    translated_from,
)
from tests.export.cases import ORIGINAL, TRANSLATION
from tests.export.samples import BLOG, CHINAI, ISSUE, LIN, OWN, POST

FULL = (
    "“ChinAI #900: A Made-Up ‘Crane’ Issue [虚构],” ChinAI Newsletter, January 6, 2031, "
    "https://chinai.substack.com/p/example-slug"
)


@pytest.mark.parametrize(
    ("voice", "expected"),
    [
        (None, f"Jeffrey Ding, {FULL}."),
        (OWN, f"Jeffrey Ding, {FULL}."),
        (LIN, f"Lin Example, Example Weekly [示例周刊], trans. Jeffrey Ding, in {FULL}."),
        (
            Voice(VoiceKind.TRANSLATION),
            f"Original author unconfirmed, trans. Jeffrey Ding, in {FULL}.",
        ),
        (Voice(VoiceKind.GUEST, "Mark Cohen"), f"Mark Cohen, in Jeffrey Ding, {FULL}."),
        (
            Voice(VoiceKind.QUOTED, "Cy Scholar", "Journal of Small Harbours"),
            f"Cy Scholar, Journal of Small Harbours, quoted in Jeffrey Ding, {FULL}.",
        ),
        (
            Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times"),
            f"Dee Quill, The Quayside Times, reposted in Jeffrey Ding, {FULL}.",
        ),
        (
            Voice(VoiceKind.UNCONFIRMED),
            f"Speaker unconfirmed, in Jeffrey Ding, {FULL}.",
        ),
        (
            Voice(VoiceKind.DIGEST),
            f"“ChinAI #900” (digest in chinai’s words of Jeffrey Ding, {FULL}).",
        ),
        (Voice(VoiceKind.COMMENTARY, "Bo Guest"), f"Bo Guest, in Jeffrey Ding, {FULL}."),
    ],
)
def test_a_citation_names_whose_words_they_are(voice: Voice | None, expected: str) -> None:
    assert cite(ISSUE, CHINAI, voice) == expected


def test_a_translation_names_author_title_outlet_and_translator() -> None:
    assert cite(ISSUE, CHINAI, TRANSLATION, original=ORIGINAL) == (
        "Lin Example and 示例作者, “A Made-Up Title” [虚构标题], Example Weekly [示例周刊], "
        f"trans. Bo van Second, in Jeffrey Ding, {FULL}."
    )
    by_the_author = Original(("Lin Example",), title_han="虚构标题", outlet="Example Weekly")
    assert cite(ISSUE, CHINAI, TRANSLATION, original=by_the_author, short=True) == (
        "Lin Example, Example Weekly, trans. Jeffrey Ding, in “ChinAI #900.”"
    )
    assert cite(ISSUE, CHINAI, TRANSLATION, original=by_the_author) == (
        f"Lin Example, “虚构标题,” Example Weekly, trans. Jeffrey Ding, in {FULL}."
    )
    assert cite(ISSUE, CHINAI, OWN, original=ORIGINAL) == f"Jeffrey Ding, {FULL}."


@pytest.mark.parametrize(
    ("speaker", "outlet", "found"),
    [
        ("", "", ORIGINAL),
        ("Lin Example", "", ORIGINAL),
        ("Lin Example and 示例作者", "Example Weekly [示例周刊]", ORIGINAL),
        ("", "Example Weekly [示例周刊]", ORIGINAL),
        ("Dee Quill", "", Original(("Dee Quill",))),
        ("Lin Example", "Another Weekly", Original(("Lin Example",), outlet="Another Weekly")),
        ("", "Another Weekly", Original(outlet="Another Weekly")),
    ],
)
def test_the_known_original_holds_unless_the_voice_names_another(
    speaker: str, outlet: str, found: Original
) -> None:
    voice = Voice(VoiceKind.TRANSLATION, speaker, outlet)
    assert translated_from(voice, ORIGINAL) == found


def test_what_the_voice_knows_is_added_to_the_original() -> None:
    voice = Voice(VoiceKind.TRANSLATION, "Lin Example", "Example Weekly")
    known = Original(("Lin Example",), title="A Made-Up Title")
    assert translated_from(voice, known) == replace(known, outlet="Example Weekly")
    assert translated_from(voice, None) == Original(("Lin Example",), outlet="Example Weekly")
    assert translated_from(None, None) == Original()


def test_short() -> None:
    guest = Voice(VoiceKind.GUEST, "Mark Cohen")
    assert cite(ISSUE, CHINAI, short=True) == "Jeffrey Ding, “ChinAI #900.”"
    assert cite(ISSUE, CHINAI, guest, short=True) == "Mark Cohen, in Jeffrey Ding, “ChinAI #900.”"
    assert cite(POST, BLOG, short=True) == "Ann Editor and Bo Second, “Why Do Cranes Wait?”"


def test_what_is_unknown_is_left_out() -> None:
    bare = Issue("x", UNFILED, "A Text")
    assert cite(replace(ISSUE, date="", url=""), CHINAI).endswith("[虚构],” ChinAI Newsletter.")
    assert cite(bare, Publication(UNFILED, "Unfiled")) == "“A Text.”"
    assert cite(replace(bare, title=""), Publication(UNFILED, "Unfiled")) == "“x.”"
    assert cite(POST, BLOG) == "Ann Editor and Bo Second, “Why Do Cranes Wait?,” Quay Notes."
    assert "≈" not in cite(replace(ISSUE, date="≈ 2031"), CHINAI)
    assert "javascript" not in cite(replace(ISSUE, url="javascript:alert(1)"), CHINAI)


def test_a_citation_is_one_clean_line() -> None:
    hostile = replace(ISSUE, title="A\x1b[31m red\n title\u202e")
    text = cite(hostile, CHINAI, Voice(VoiceKind.GUEST, "Bo\nGuest\x07"))
    assert text.isprintable()
    assert "Bo Guest, in" in text
    assert "A red title" in text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("A",), "A, “"),
        (("A", "B"), "A and B, “"),
        (("A", "B", "C"), "A, B, and C, “"),
        (("A", "B", "C", "D"), "A et al., “"),
    ],
)
def test_several_authors(names: tuple[str, ...], expected: str) -> None:
    assert cite(replace(ISSUE, authors=names), CHINAI).startswith(expected)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("2020-05-18", "May 18, 2020"),
        ("2020-05", "May 2020"),
        ("2020", "2020"),
        ("", ""),
        ("≈2020", ""),
        ("2020-13-01", ""),
        ("2020-02-30", ""),
    ],
)
def test_dates(written: str, spoken: str) -> None:
    assert spoken_date(written) == spoken


def test_keys() -> None:
    assert citekey(ISSUE, CHINAI) == "ding2031chinai900"
    assert citekey(replace(ISSUE, date="", number=94), CHINAI) == "dingchinai94"
    assert citekey(POST, BLOG) == "editorquaynoteswhydocranes"
    assert citekey(Issue("id-of-it", UNFILED, "题"), Publication(UNFILED, "")) == "idofit"
    odd = replace(ISSUE, authors=("Émile d'Île-Verte",))
    assert citekey(odd, CHINAI) == "dileverte2031chinai900"


def test_a_key_that_is_taken_gets_a_letter() -> None:
    taken = {"k", *(f"k{chr(97 + n)}" for n in range(26))}
    assert free_key("k", taken) == "kaa"
    assert free_key("k", ()) == "k"
    assert free_key("k", {"k"}) == "ka"


def test_headlines() -> None:
    assert headline(ISSUE, CHINAI) == 'ChinAI #900: A Made-Up "Crane" Issue [虚构]'
    assert headline(ISSUE, CHINAI, short=True) == "ChinAI #900"
    assert headline(replace(ISSUE, number=3), BLOG, short=True) == "Quay Notes #3"
    assert headline(POST, BLOG, short=True) == POST.title


def test_the_clipboard_has_the_passage_in_quotation_marks() -> None:
    text = 'He said “no” and "never".\nThen he left.\x1b[2J'
    assert quote_with_citation(text, "Ann, “T.”") == (
        "“He said ‘no’ and ‘never’.\nThen he left.”\n— Ann, “T.”"
    )
