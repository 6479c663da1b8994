"""Whose words the real texts are, against what a reader says of each block and quotation.

The files in `fixtures/voices` hold none of the words. `text` begins the name of the file; a row
of `blocks` has the block's number, the start of the SHA-256 of its text, and whose it is; one of
`quotes` has the block, the range in it, the start of the hash, and whose it is: a key of
`voices`, with kind, speaker and outlet, or `nobody` where the text does not tell. `original`
is what an issue says of the text that it translates, its title again as a hash.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chinai_tui.annotate.original import original_of
from chinai_tui.annotate.voices import voice_of
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import Document, DocumentRole
from chinai_tui.domain.issue import Original
from chinai_tui.ingest import read

FILES = sorted((Path(__file__).parents[1] / "fixtures" / "voices").glob("*.toml"))
NOBODY = Voice(VoiceKind.UNCONFIRMED)


@dataclass(frozen=True)
class Passage:
    """A block or a quotation, whose it is, and whose the rules say it is."""

    block: int
    start: int
    end: int
    truth: Voice
    proposed: Voice

    @property
    def is_wrong(self) -> bool:
        """Whether the proposal names another kind, or a speaker or outlet that it is not."""
        found, truth = self.proposed, self.truth
        if found.kind is VoiceKind.UNCONFIRMED:
            return False
        names_it = set(found.speaker.split()) <= set(truth.speaker.split())
        is_other = found.kind is not truth.kind or found.outlet not in ("", truth.outlet)
        return is_other or not names_it

    @property
    def is_right(self) -> bool:
        """Whether it is not wrong, and names somebody where there is a name."""
        found = self.proposed
        is_told = found.kind is not VoiceKind.UNCONFIRMED
        return is_told and not self.is_wrong and bool(found.speaker) == bool(self.truth.speaker)


class Gold:
    """A real text with its file of answers."""

    def __init__(self, file: Path, corpus: Path) -> None:
        self.answers: dict[str, Any] = tomllib.loads(file.read_text())
        (text,) = corpus.glob(f"{self.answers['text']}_*")
        reading = read(text.read_bytes(), text.name)
        self.document: Document = reading.document
        self.authors = reading.metadata.authors

    def blocks(self) -> Iterator[Passage]:
        for number, digest, key in self.answers["blocks"]:
            block = self.document.blocks[number]
            yield self._passage(number, block.start, block.end, digest, key)

    def quotes(self) -> Iterator[Passage]:
        for number, start, end, digest, key in self.answers["quotes"]:
            base = self.document.blocks[number].start
            yield self._passage(number, base + start, base + end, digest, key)

    def voice(self, start: int, end: int) -> Voice:
        return voice_of(self.document, DocumentRole.TEXT, start, end, self.authors)

    def _passage(self, number: int, start: int, end: int, digest: str, key: str) -> Passage:
        assert short_hash(self.document.text[start:end]) == digest, (number, "has other words")
        kind, speaker, outlet = self.answers["voices"].get(key, (NOBODY.kind, "", ""))
        truth = Voice(VoiceKind(kind), speaker, outlet)
        return Passage(number, start, end, truth, self.voice(start, end))


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


def test_no_voice_is_wrong(file: Path, corpus: Path) -> None:
    gold = Gold(file, corpus)
    blocks = list(gold.blocks())
    assert len(blocks) == len(gold.document.blocks)
    wrong = [each for each in (*blocks, *gold.quotes()) if each.is_wrong]
    assert not wrong


def test_no_place_in_a_text_has_a_wrong_voice(file: Path, corpus: Path) -> None:
    gold = Gold(file, corpus)
    quotes = list(gold.quotes())
    edges = {at for each in quotes for at in (each.start, each.start + 1, each.end - 1, each.end)}
    for passage in gold.blocks():
        steps = range(passage.start, passage.end, 20)
        for at in sorted(edges.intersection(range(passage.start, passage.end)).union(steps)):
            within = [each for each in quotes if each.start <= at < each.end]
            truth = within[0].truth if within else passage.truth
            found = Passage(passage.block, at, at, truth, gold.voice(at, at))
            assert not found.is_wrong, found


def test_most_voices_are_right(corpus: Path) -> None:
    golds = [Gold(file, corpus) for file in FILES]
    for name, least in (("blocks", 0.85), ("quotes", 0.3)):
        passages = [
            each for gold in golds for each in getattr(gold, name)() if each.truth != NOBODY
        ]
        right = sum(each.is_right for each in passages)
        print(f"{name}: {right} of {len(passages)} right, the others unconfirmed")
        assert right / len(passages) >= least


def test_what_an_issue_says_of_its_original(file: Path, corpus: Path) -> None:
    gold = Gold(file, corpus)
    found = original_of(gold.document)
    if (told := gold.answers.get("original")) is None:
        assert found == Original()
        return
    assert (list(found.authors), found.outlet) == (told["authors"], told["outlet"])
    assert short_hash(found.title) == told["title"]
    assert (found.translator, found.url) == ("", "")
