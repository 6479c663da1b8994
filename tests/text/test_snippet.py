from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chinai_tui.text.snippet import snippet

LONG = "filler words " * 40 + "the chip maker in Wuhan" + " and more words" * 40


def test_a_short_passage_is_shown_whole() -> None:
    assert snippet("chips in Wuhan", [(9, 14)]).text == "chips in Wuhan"


def test_a_long_one_is_cut_between_words_around_the_hits() -> None:
    start = LONG.index("chip")
    found = snippet(LONG, [(start, start + 4)], limit=60)
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    (hit,) = found.hits
    assert found.text[slice(*hit)] == "chip"
    assert found.text[2:-2] in LONG
    assert f" {found.text[2:-2]} " in LONG


def test_the_stretch_with_the_most_hits_is_chosen() -> None:
    text = "a chip " + "x " * 200 + "one chip two chip three" + " y" * 200
    hits = [(i, i + 4) for i in range(len(text)) if text.startswith("chip", i)]
    assert len(snippet(text, hits, limit=60).hits) == 2


@given(
    st.text(alphabet="ab 商汤", max_size=300), st.lists(st.integers(0, 295)), st.integers(10, 80)
)
def test_hits_show_the_words_they_showed_in_the_passage(
    text: str, starts: list[int], limit: int
) -> None:
    hits = [(s, min(len(text), s + 3)) for s in sorted(starts) if s < len(text)]
    found = snippet(text, hits, limit)
    assert len(found.text) <= max(limit + 4, 0) or len(text) <= limit
    shown = {text[a:b] for a, b in hits}
    assert all(found.text[a:b] in shown for a, b in found.hits)
