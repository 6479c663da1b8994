from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.document import (
    Block,
    BlockKind,
    BlockRole,
    Document,
    DocumentRole,
    Span,
    SpanKind,
)
from chinai_tui.errors import DamagedError, NewerError, StoreError
from chinai_tui.store.documents import FORM, DocumentStore
from chinai_tui.store.envelope import Form

numbers = st.integers(0, 10**6)
spans = st.builds(Span, start=numbers, end=numbers)
blocks = st.builds(
    Block, level=numbers, start=numbers, end=numbers, spans=st.lists(spans, max_size=2).map(tuple)
)
documents = st.builds(Document, blocks=st.lists(blocks, max_size=4).map(tuple))
TEXT = DocumentRole.TEXT
ErrorOf = Callable[[Callable[[], object]], StoreError | None]


def short(text: str) -> Document:
    link = Span(SpanKind.LINK, 0, 1, "https://example.org")
    return Document(
        text, (Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, len(text), (link,)),)
    )


@pytest.fixture
def kept(folder: Path) -> DocumentStore:
    return DocumentStore(folder)


def only_file(folder: Path) -> Path:
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    return path


@given(documents, st.sampled_from(DocumentRole))
@settings(max_examples=40, deadline=None)
def test_a_document_comes_back_as_it_was(document: Document, role: DocumentRole) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = DocumentStore(Path(name))
        revision = store.put("some-issue", role, document)
        assert store.get("some-issue", role, revision) == document


def test_a_document_lies_under_issue_role_and_revision(kept: DocumentStore, folder: Path) -> None:
    document = short("商汤 in a text")
    assert kept.put("chinai-94", TEXT, document) == document.revision
    path = folder / "chinai-94" / f"text-{document.revision}.json"
    assert only_file(folder) == path
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_many_are_written_at_once_and_in_order(kept: DocumentStore) -> None:
    many = [(f"issue-{n}", TEXT, short(f"text {n}")) for n in range(150)]
    revisions = kept.put_many(many)
    for (issue, role, document), revision in zip(many, revisions, strict=True):
        assert kept.get(issue, role, revision) == document


def test_another_reading_of_the_same_text_takes_its_place(kept: DocumentStore) -> None:
    first = short("one text")
    second = Document("one text", (Block(BlockKind.QUOTE, BlockRole.BODY, 1, "", 0, 8),))
    revision = kept.put("a", TEXT, first)
    assert kept.put("a", TEXT, second) == revision
    assert kept.get("a", TEXT, revision) == second


def test_what_is_there_already_is_not_written_again(kept: DocumentStore, folder: Path) -> None:
    kept.put("a", TEXT, short("one text"))
    before = only_file(folder).stat()
    kept.put("a", TEXT, short("one text"))
    after = only_file(folder).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_every_sort_of_damage_is_found_and_mended_by_a_new_import(
    kept: DocumentStore, folder: Path
) -> None:
    document = short("a text of some length")
    revision = kept.put("a", TEXT, document)
    path = only_file(folder)
    good = path.read_bytes()
    damaged = [
        b"",
        b"null",
        b"{}",
        good[:-1],
        good[: len(good) // 2],
        good.replace(b"some", b"same"),
    ]
    for data in damaged:
        path.write_bytes(data)
        with pytest.raises(DamagedError, match="import it again"):
            kept.get("a", TEXT, revision)
    kept.put("a", TEXT, document)
    assert kept.get("a", TEXT, revision) == document


def test_a_sound_file_of_another_text_is_damage(kept: DocumentStore, folder: Path) -> None:
    one, two = kept.put_many([("a", TEXT, short("one")), ("a", TEXT, short("two"))])
    (folder / "a" / f"text-{one}.json").replace(folder / "a" / f"text-{two}.json")
    with pytest.raises(DamagedError, match="another text"):
        kept.get("a", TEXT, two)
    with pytest.raises(DamagedError, match="missing"):
        kept.get("a", TEXT, one)


def test_a_folder_in_its_place_is_damage(kept: DocumentStore, folder: Path) -> None:
    revision = kept.put("a", TEXT, short("one"))
    path = only_file(folder)
    path.unlink()
    path.mkdir()
    with pytest.raises(DamagedError, match="not a file"):
        kept.get("a", TEXT, revision)


def test_sound_bytes_that_are_no_document_are_damage(kept: DocumentStore, folder: Path) -> None:
    revision = kept.put("a", TEXT, short("one"))
    for payload in (b"[]", b'{"text":"one"}', b'{"text":"one","blocks":[5]}', b"[" * 10000):
        only_file(folder).write_bytes(FORM.seal(payload, 0))
        with pytest.raises(DamagedError, match="document"):
            kept.get("a", TEXT, revision)


def test_a_newer_document_says_so(kept: DocumentStore, folder: Path) -> None:
    revision = kept.put("a", TEXT, short("one"))
    only_file(folder).write_bytes(Form(FORM.format, 2, FORM.field).seal(b"{}", 0))
    with pytest.raises(NewerError, match="newer version"):
        kept.get("a", TEXT, revision)


def test_an_older_document_is_migrated(folder: Path) -> None:
    def split(payload: dict[str, Any]) -> dict[str, Any]:
        return {**payload, "blocks": []}

    revision = DocumentStore(folder).put("a", TEXT, Document("words", ()))
    only_file(folder).write_bytes(FORM.seal(b'{"text":"words"}', 0))
    newer = DocumentStore(folder, Form(FORM.format, 2, FORM.field), {FORM.format: {1: split}})
    assert newer.get("a", TEXT, revision) == Document("words", ())


@pytest.mark.parametrize("issue", ["", "..", "a/b", "/a", "A", "-a", "a\n", "a" * 81, "a\x00"])
def test_an_id_that_is_none_never_becomes_a_path(
    kept: DocumentStore, folder: Path, issue: str
) -> None:
    with pytest.raises(StoreError, match="id of an issue"):
        kept.put(issue, TEXT, short("one"))
    with pytest.raises(StoreError, match="id of an issue"):
        kept.get(issue, TEXT, "0" * 64)
    assert not folder.exists()


@pytest.mark.parametrize("revision", ["", "../../x", "0" * 63, "g" * 64])
def test_a_revision_that_is_none_never_becomes_a_path(kept: DocumentStore, revision: str) -> None:
    with pytest.raises(StoreError, match="revision"):
        kept.get("a", TEXT, revision)


def test_half_a_surrogate_pair_is_refused(kept: DocumentStore, folder: Path) -> None:
    with pytest.raises(StoreError, match="not saved"):
        kept.put("a", TEXT, short("bad \ud800"))
    assert not folder.exists()


@pytest.mark.parametrize("forever", [False, True])
def test_whatever_call_fails_nothing_torn_is_left(
    tmp_path: Path,
    faulty: Callable[..., Any],
    error_of: ErrorOf,
    monkeypatch: pytest.MonkeyPatch,
    forever: bool,
) -> None:
    many = [(f"issue-{n}", TEXT, short(f"text {n}")) for n in range(3)]
    number, refused = 0, 0
    while True:
        number += 1
        kept = DocumentStore(tmp_path / f"{forever}-{number}")
        system = faulty(number, forever=forever)
        error = error_of(partial(kept.put_many, many))
        if error:
            assert "import it again" in str(error)
            refused += 1
        monkeypatch.undo()
        for issue, role, document in many:
            lost = error_of(partial(kept.get, issue, role, document.revision))
            assert lost is None or (error and "missing" in str(lost))
        if not system.failed:
            break
    assert refused > 20


def test_whether_a_document_is_whole_is_told_by_its_checksum(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    revision = store.put("one", TEXT, short("some words"))
    assert store.is_whole("one", TEXT, revision)
    assert not store.is_whole("one", DocumentRole.DIGEST, revision)
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(file.read_bytes().replace(b"}", b"]", 1))
    assert not store.is_whole("one", TEXT, revision)
    file.unlink()
    file.mkdir()
    assert not store.is_whole("one", TEXT, revision)
