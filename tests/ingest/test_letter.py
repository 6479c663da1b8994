from __future__ import annotations

from base64 import b64encode
from quopri import encodestring

import pytest

from chinai_tui.ingest.letter import Letter, letters, written
from tests.ingest import mails

HAN = "铜壶的数量被统计了两次，这是一个问题。"


def letter(head: str | bytes, body: bytes = b"words") -> Letter:
    head = head.encode() if isinstance(head, str) else head
    (found,) = letters(head + b"\n\n" + body)
    return found


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("=?utf-8?B?" + b64encode("铜壶 #3".encode()).decode() + "?=", "铜壶 #3"),
        ("=?gb2312?B?" + b64encode("镕铜壶".encode("gb18030")).decode() + "?=", "镕铜壶"),
        ("=?UTF-8?Q?Kettles=3A_a?=\n =?UTF-8?Q?_count?=", "Kettles: a count"),
        (
            "=?utf-8?b?" + b64encode("铜".encode()[:2]).decode() + "?= =?utf-8?b?"
            + b64encode("铜".encode()[2:] + "壶".encode()).decode() + "?=", "铜壶",
        ),
        ("A =?no-such?Q?kettle?= here", "A kettle here"),
        ("A =?utf-8?B?!!!?= kettle", "A kettle"),
        ("Kettles\n in two lines", "Kettles in two lines"),
        ("Two\x1b[2J kettles", "Two kettles"),
    ],
)  # fmt: skip
def test_subjects(value: str, subject: str) -> None:
    found = letter(f"Subject: {value}")
    assert found.subject == subject
    assert letters(written(found)) == [found]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_subject_in_bytes_as_they_are(encoding: str) -> None:
    assert letter(b"Subject: " + HAN.encode(encoding)).subject == HAN


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb18030", "gb18030"),
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("utf-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "gb18030"),
        ("no-such", "utf-8"),
        ("unicode_escape", "utf-8"),
        ("", "gb18030"),
        ("hz-gb-2312", "hz"),
        ("big5", "big5"),
    ],
)
@pytest.mark.parametrize("transfer", ["8bit", "base64", "quoted-printable"])
def test_bodies(declared: str, encoding: str, transfer: str) -> None:
    words = "銅壺被數了兩次" if encoding == "big5" else HAN
    body = words.encode(encoding)
    if transfer == "base64":
        body = b64encode(body)
    elif transfer == "quoted-printable":
        body = encodestring(body)
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    found = letter(f"Content-Type: {kind}\nContent-Transfer-Encoding: {transfer}", body)
    assert found.body.strip() == words


def test_a_damaged_body_is_read_as_far_as_it_goes() -> None:
    found = letter(
        "Content-Type: text/plain; charset=utf-8", b"kettles \xff\xfe\x80 and \xe9\xa6 more"
    )
    assert found.body.startswith("kettles ")
    assert found.body.endswith(" more")


def test_parts_within_parts() -> None:
    parts = (
        "Content-Type: multipart/mixed; boundary=A\n\n--A\n"
        "Content-Type: multipart/related; boundary=B\n\n--B\n"
        "Content-Type: multipart/alternative; boundary=C\n\n--C\n"
        "Content-Type: text/plain\n\nplain\n--C\nContent-Type: text/html\n\n<p>page</p>\n--C--\n"
        "--B\nContent-Type: image/png\n\nx\n--B--\n"
        "--A\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>attached</p>\n"
        "--A\nContent-Type: text/html\n\n<p>second</p>\n--A--\n"
    )
    (found,) = letters(parts.encode())
    assert (found.is_html, found.body.split()) == (True, ["<p>page</p>", "<p>second</p>"])


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed; boundary=gone", "nonsense"])
def test_a_mail_that_is_not_in_the_parts_it_says(kind: str) -> None:
    assert letter(f"Content-Type: {kind}", b"kettles").body.strip() == "kettles"


def test_a_page_that_says_it_is_a_text() -> None:
    assert letter("Content-Type: text/plain", b"<!DOCTYPE html><p>x").is_html


def test_an_empty_page_gives_way_to_the_text() -> None:
    data = mails.mail(page=" ", text="words")
    assert letters(data)[0].body.strip() == "words"


def test_nothing_of_who_got_it() -> None:
    page = "<p>Sent to Reader-4711@example.org, from aletter@substack.com</p>"
    (found,) = letters(mails.mail(page=page))
    assert found.body.strip() == "<p>Sent to , from aletter@substack.com</p>"
    assert found.address == "aletter@substack.com"
    kept = written(found)
    assert b"4711" not in kept
    assert b"Message-Id" not in kept


@pytest.mark.parametrize(
    "written_as",
    [
        "reader-4711@example.org",
        "https://a.example/p?who=reader-4711%40example.org",
        "reader%2D4711%2540example%2eorg",
        "reader-4711&#64;example.org",
        "reader&#45;4711&#x40;example&#x2e;org",
        "bounce+reader-4711=example.org",
        "reader-4711@<wbr>example.org",
    ],
)
def test_however_the_address_of_who_got_it_is_written(written_as: str) -> None:
    (found,) = letters(mails.mail(page=f"<p>Words for {written_as}.</p>"))
    assert "4711" not in found.body


@pytest.mark.parametrize(
    ("greeting", "left"),
    [
        ("Hi Role Reader, here", "Hi , here"),
        ("Dear role,", "Dear ,"),
        ("Good morning, <b>Role</b>!", "Good morning, <b></b>!"),
        ("Hi Roles, hi you", "Hi Roles, hi you"),
        ("The Role Reader wrote", "The Role Reader wrote"),
    ],
)
def test_nobody_is_greeted_by_name(greeting: str, left: str) -> None:
    to = {"To": "Role Reader <reader-4711@example.org>"}
    (found,) = letters(mails.mail(to, page=f"<p>{greeting}</p>"))
    assert found.body.strip() == f"<p>{left}</p>"


@pytest.mark.parametrize(
    ("subject", "is_handed_on"),
    [("Fwd: x", True), ("转发：x", True), ("Re: Fw: x", True), ("Forward: x", False)],
)
def test_subjects_of_mails_that_are_handed_on(subject: str, is_handed_on: bool) -> None:
    head = f"Subject: {subject}\nFrom: A Reader <r@example.org>"
    assert letter(head).is_handed_on is is_handed_on
    assert (letter(head).sender == "") is is_handed_on
    assert not letter(head + "\nList-Id: <a.example>").is_handed_on


def test_mails_within_mails_end() -> None:
    data = b"Content-Type: text/plain\n\nwords"
    for _ in range(60):
        data = b"Content-Type: message/rfc822\n\n" + data
    assert len(letters(data)) == 1
