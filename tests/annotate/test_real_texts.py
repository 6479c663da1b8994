"""The voices of the real texts, by a few words of each passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.annotate.voices import voice_at
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.ingest import read

DING = Voice(VoiceKind.COMMENTARY, "Jeffrey Ding")
COHEN = Voice(VoiceKind.GUEST, "Mark Cohen")
WU = Voice(VoiceKind.TRANSLATION, "Wu Xin", "jiqizhixin (Synced)")
HORWITZ = Voice(VoiceKind.REPOST, "Josh Horwitz", "Quartz")
UNCONFIRMED = Voice(VoiceKind.UNCONFIRMED)


@pytest.mark.parametrize(
    ("name", "words", "voice"),
    [
        ("000", "deeply personal read", UNCONFIRMED),
        ("000", "the Tsinghua clan culture", DING),
        ("001", "We discussed the", DING),
        ("001", "a member of the national team unlike", UNCONFIRMED),
        ("001", "There are rumors that", WU),
        ("001", "With the advent of", UNCONFIRMED),
        ("001", "I got a lot of good feedback", DING),
        ("001", "Excellent article on", COHEN),
        ("001", "AI issues, but this has", COHEN),
        ("001", "I argue that digital", Voice(
            VoiceKind.QUOTED, "Xu Xu", "American Journal of Political Science"
        )),
        ("001", "GovAI is launching", DING),
        ("002", "This process lacks a very", UNCONFIRMED),
        ("002", "I used the same method", DING),
        ("002", "without being charged", UNCONFIRMED),
        ("003", "Probably Filmed You", UNCONFIRMED),
        ("004", "This fostered both", Voice(VoiceKind.COMMENTARY, "Jonathan Low")),
        ("004", "If a person goes shopping", HORWITZ),
        ("004", "I think, in the public", Voice(VoiceKind.QUOTED, "Ding", "Quartz")),
        ("004", "a slight advantage in", Voice(VoiceKind.QUOTED, "Xu", "Quartz")),
        ("004", "means nobody can do", UNCONFIRMED),
        ("004", "That may be a harder", HORWITZ),
    ],
)  # fmt: skip
def test_whose_words(corpus: Path, name: str, words: str, voice: Voice) -> None:
    (file,) = corpus.glob(f"{name}_*")
    reading = read(file.read_bytes(), file.name)
    text = reading.document.text
    found = voice_at(
        reading.document, DocumentRole.TEXT, text.index(words), reading.metadata.authors
    )
    assert found == voice
