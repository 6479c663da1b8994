from __future__ import annotations

import pytest

from chinai_tui.ingest.detect import detect, not_a_text


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
        ("[" * 5_000, ""),
        ("[Translation] words", ""),
        ("<?xml version='1.0'?><rss><channel/></rss>", "is XML data"),
        ("<?xml version='1.0'?><html><p>x</p></html>", ""),
        ("words", ""),
    ],
)
def test_data_is_no_text(text: str, reason: str) -> None:
    assert not_a_text(text).startswith(reason)
    assert bool(not_a_text(text)) == bool(reason)
