from __future__ import annotations

from time import perf_counter

import pytest

from chinai_tui.ingest.detect import detect, detect_bytes, not_a_text, not_by_name


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!DOCTYPE html><p>x", "a.txt", "html"),
        ("<?xml version='1.0'?>\n<html><p>x</p></html>", "a.xml", "html"),
        ("<!-- saved --><html>x", "a", "html"),
        ("<p>body of a post</p>", "a.txt", "html"),
        ("words <b>one</b> <i>two</i> <a href=x>three</a>", "a.txt", "html"),
        ("a line that names the tag </p> of HTML", "a.txt", "plain"),
        ("only words", "a.html", "plain"),
        ("---\ntitle: x\n---\n<p>y</p>", "a.txt", "markdown"),
        ("# One\n\nSee [it](https://a.example)", "a.txt", "markdown"),
        ("words", "A.MD", "markdown"),
        ("<p>one</p> in Markdown", "a.md", "markdown"),
        ("<!doctype html><p>x</p>", "a.md", "html"),
        ("• one\n- two\n1. three", "a.txt", "plain"),
        ("---\nno end of it", "a.txt", "plain"),
        ("[Translation] **not", "a.txt", "plain"),
    ],
)
def test_the_content_decides_before_the_name(text: str, name: str, expected: str) -> None:
    assert detect(text, name).name == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": [1]}', "is JSON data"),
        ("[" * 5_000, "is JSON that is nested too deeply"),
        ("[Translation] words", ""),
        ("<?xml version='1.0'?><rss><channel/></rss>", "is XML data"),
        ("<?xml version='1.0'?><html><p>x</p></html>", ""),
        ("words", ""),
    ],
)
def test_data_is_no_text(text: str, reason: str) -> None:
    assert not_a_text(text).startswith(reason)
    assert bool(not_a_text(text)) == bool(reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<rss version='2.0'><channel/></rss>", "feed"),
        ("\n<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><!-- by us --><rss>", "feed"),
        ("<!DOCTYPE rss PUBLIC 'a' [<!ENTITY b 'c'>]><rss>", "feed"),
        ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", "feed"),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "feed"),
        ("<?xml version='1.0'?><!-- by us --><opml version='2.0'>", "opml"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "json-feed"),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "json-feed"),
        ('{"items": [{"content_text": "x"}]}', "json-feed"),
        ('{"id": 1, "audience": "everyone", "post_date": "2026"}', "post"),
        ('[{"canonical_url": "https://a.example", "post_date": "2026"}]', "post"),
        ('{"posts": [{"canonical_url": "x", "body_html": "<p>"}]}', "post"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_formats_of_bytes_in_any_encoding(text: str, expected: str, encoding: str) -> None:
    form = detect_bytes(text.encode(encoding), "a.txt")
    assert form is not None
    assert form.name == expected


@pytest.mark.parametrize(
    "text",
    [
        "<?xml version='1.0'?><svg/>",
        "<?xml version='1.0'?><urlset><url/></urlset>",
        "<!DOCTYPE html><p>about <rss> and <feed></p>",
        "words on <rss version='2.0'>",
        '{"a": 1}',
        '{"items": [1], "version": 2}',
        '{"audience": "everyone"}',
        '{"total": 1, "rows": [{"uri": "https://a.example", "text": "x", "target": []}]}',
        '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}\n{"type": "x"}',
        "[Translation] words",
        "<!--" * 5_000,
    ],
)
def test_what_is_no_format_of_bytes(text: str) -> None:
    assert detect_bytes(text.encode(), "a.txt") is None


def test_front_matter_that_is_not_closed_takes_no_time() -> None:
    start = perf_counter()
    assert detect("---\r\n" + "words of a line\r\n" * 1000, "a.txt").name == "plain"
    assert perf_counter() - start < 2
    assert detect("---\r\ntitle: x\r\n---\r\nwords\r\n", "a.txt").name == "markdown"


@pytest.mark.parametrize("page", ["<title>a</title><div><div>", "<p>words", "<!-- x --><p>a</p>"])
def test_a_page_by_its_name_needs_no_closing_tag(page: str) -> None:
    assert detect(page, "a.html").name == "html"


def test_a_text_about_tags_is_no_page() -> None:
    assert detect("a < b and <p>", "a.html").name == "plain"
    assert detect("<p>words", "a.txt").name == "plain"


@pytest.mark.parametrize("name", ["a.css", "a.min.js", "a.csv", "a.json", "a.svg"])
def test_what_is_no_text_by_its_name(name: str) -> None:
    reason = f"no text of a newsletter by its name, such as .{name.rpartition('.')[2]}"
    assert not_by_name("some **words** and\n> more", name) == reason
    assert not_by_name("<!doctype html><p>words</p>", name) == ""
    assert not_by_name("---\ntitle: A\n---\nwords", name) == ""


@pytest.mark.parametrize(
    "name", ["a", "a.TXT", "a.text", "a.md", "No. 94", "a.94", "A letter. One"]
)
def test_what_may_be_a_text_by_its_name(name: str) -> None:
    assert not_by_name("words", name) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": 1, "title": "x", "body_html": "<p>cut', "is damaged JSON in line 1, column 38"),
        ('[{"id": 1,\n "title": ]', "is damaged JSON in line 2, column 11"),
        ("[" * 100_000, "is JSON that is nested too deeply"),
        ('{"a":' * 100_000, "is JSON that is nested too deeply"),
        ('{"a": 1}\n\nis what one writes.', ""),
        ("[A link](https://pond.example) and words", ""),
        ("{{ a }} is a template", ""),
    ],
)
def test_damaged_json_is_no_text(text: str, reason: str) -> None:
    found = not_a_text(text)
    assert found.startswith(reason)
    assert bool(found) == bool(reason)
