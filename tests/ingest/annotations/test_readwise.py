from __future__ import annotations

from chinai_tui.domain.annotation import AnnotationKind
from chinai_tui.errors import InputError
from chinai_tui.ingest.annotations import Told
from chinai_tui.ingest.annotations.readwise import read

HEAD = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
)
ROW = '"words, of a text","ChinAI #94: A title",Jeffrey Ding,,,yellow,"a, b",order,3,2026-01-02,x\n'


def told(text: str) -> Told:
    (found,) = read(text)
    assert isinstance(found, Told)
    return found


def test_a_highlight_is_read() -> None:
    found = told(HEAD + ROW)
    annotation, issue = found.annotation, found.issue
    assert found.place == "line 2"
    assert annotation.kind is AnnotationKind.HIGHLIGHT
    assert annotation.anchor is not None
    assert annotation.anchor.exact == "words, of a text"
    assert (annotation.color, annotation.created) == ("yellow", "2026-01-02")
    assert issue is not None
    assert (issue.title, issue.number, issue.authors) == ("A title", 94, ("Jeffrey Ding",))


def test_the_order_of_the_columns_and_what_is_lacking_do_not_matter() -> None:
    found = told("\ufeffnote,BOOK TITLE, Highlight \r\nmine,A title,words\r\n").annotation
    assert (found.kind, found.text) == (AnnotationKind.NOTE, "mine")
    assert told("Book Title,Highlight,Color\nA title,words,pink").annotation.color == "red"
    assert told("Book Title,Highlight,Note\nA title\n").annotation.anchor is None


def test_the_same_highlight_has_the_same_id_whatever_is_noted_on_it() -> None:
    first = told(HEAD + ROW).annotation
    assert told(HEAD + ROW.replace(",,,yellow", ",,new,blue")).annotation.id == first.id
    assert told(HEAD + ROW.replace("2026", "2025")).annotation.id != first.id


def test_a_row_that_says_nothing_of_its_text_is_named() -> None:
    first, second = read(HEAD + "words\n\n" + ROW)
    assert isinstance(first, InputError)
    assert first.place == "line 2"
    assert isinstance(second, Told)


def test_a_highlight_may_be_long_have_lines_and_a_nul() -> None:
    words = "a line\nof it\0 " * 20_000
    found = told(f'{HEAD}"{words}",A title')
    assert found.annotation.anchor is not None
    assert found.annotation.anchor.exact.startswith("a line of it a line")
