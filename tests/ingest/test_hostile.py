"""The readers on the public suites of malformed input in the folder `CHINAI_HOSTILE` names."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chinai_tui import ingest
from chinai_tui.domain.document import Document
from chinai_tui.errors import InputError


@pytest.fixture(scope="module")
def hostile() -> Path:
    folder = os.environ.get("CHINAI_HOSTILE")
    if not folder:
        pytest.skip("CHINAI_HOSTILE names no folder of hostile input")
    return Path(folder)


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                yield Path(member.name).name, file.read()


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def sound(check: Callable[[Document], None], data: bytes, name: str) -> bool:
    """Whether the bytes were read; nothing but an `InputError` may come instead."""
    try:
        reading = ingest.read(data, name)
    except InputError:
        return False
    check(reading.document)
    return True


@pytest.mark.parametrize(
    "suite", ["commonmark", "feedparser", "json", "mail-parser", "toml", "xml-bombs"]
)
def test_files(hostile: Path, check: Callable[[Document], None], suite: str) -> None:
    read = [sound(check, data, name) for name, data in members(hostile / f"{suite}.tar.xz")]
    assert read
    assert any(read) or suite in ("xml-bombs",)


@pytest.mark.parametrize(
    ("suite", "form", "least"),
    [
        ("feedparser", "", 480),
        ("feedparser", "feed", 480),
        ("json", "json-feed", 0),
        ("json", "post", 0),
        ("xml-bombs", "feed", 0),
        ("xml-bombs", "opml", 0),
    ],
)
def test_files_that_may_hold_several_texts(
    hostile: Path, check: Callable[[Document], None], suite: str, form: str, least: int
) -> None:
    texts = 0
    reasons: set[str] = set()
    waiting = [
        ingest.Source(name, name, data, format=form)
        for name, data in members(hostile / f"{suite}.tar.xz")
    ]
    while waiting:
        try:
            found = ingest.take(waiting.pop())
        except InputError as error:
            reasons.add(error.reason)
            continue
        if isinstance(found, ingest.Several):
            waiting += found.sources
        elif isinstance(found, ingest.Reading):
            texts += 1
            check(found.document)
    assert texts >= least
    assert not [reason for reason in reasons if reason.startswith("cannot be read")]


def test_each_example_of_the_markdown_specification(
    hostile: Path, check: Callable[[Document], None]
) -> None:
    ((_, spec),) = members(hostile / "commonmark.tar.xz")
    examples = spec.decode().split("`" * 32)[1::2]
    assert len(examples) > 500
    for example in examples:
        source, _, html = example.replace("→", "\t").partition("\n.\n")
        sound(check, source.removeprefix(" example\n").encode(), "a.md")
        sound(check, html.encode(), "a.html")


@pytest.mark.parametrize("form", ["{}", "Title\n\n{}", "<p>{}</p>", "---\ntitle: {}\n---\nx\n\n{}"])
def test_naughty_strings(hostile: Path, check: Callable[[Document], None], form: str) -> None:
    ((_, data),) = members(hostile / "naughty-strings.tar.xz")
    for string in strings(json.loads(data)):
        source = form.replace("{}", string)
        sound(check, source.encode("utf-8", "surrogatepass"), "a.txt")


def test_tokens_of_html(hostile: Path, check: Callable[[Document], None]) -> None:
    count = 0
    for _, data in members(hostile / "html5lib-tokenizer.tar.xz"):
        try:
            tests = json.loads(data)["tests"]
        except (ValueError, KeyError):
            continue
        for test in tests[:300]:
            count += 1
            sound(check, f"<html><p>{test['input']}".encode("utf-8", "surrogatepass"), "a.html")
    assert count > 500
