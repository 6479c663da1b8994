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


def test_a_subject_is_no_place_for_them_either() -> None:
    subject = "reader@home.example, see https://a.example/x?token=7a7a once more"
    data = mails.mail({"Subject": subject, "To": "reader@home.example"})
    assert letters(data)[0].subject == ", see https://a.example/x once more"


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


BANNERS = {
    "gmail": (
        "<div>---------- Forwarded message ---------<br>From: <strong>A Writer</strong> <span>&lt;"
        "<a href='mailto:aletter@substack.com'>aletter@substack.com</a>&gt;</span><br>Date: Mon, "
        "Jul 7, 2025<br>Subject: Kettles<br>To: Some Role &lt;<a href='mailto:some.role@x.example'>"
        "some.role@x.example</a>&gt;, Other &lt;o@x.example&gt;<br></div><p>Kettles for Other.</p>"
    ),
    "apple": (
        "<blockquote><div>Begin forwarded message:</div><br><div><b>From: </b>A Writer &lt;"
        "aletter@substack.com&gt;<br></div><div><b>To: </b>Some Role &lt;some.role@x.example&gt;"
        "</div></blockquote><p>Kettles</p>"
    ),
    "outlook": (
        "<div><b>From:</b> A Writer &lt;aletter@substack.com&gt;<br><b>Sent:</b> Monday<br><b>To:"
        "</b> some.role@x.example<br><b>Subject:</b> Kettles</div><p>Kettles</p>"
    ),
    "text": (
        "> Begin forwarded message:\n> \n> From: A Writer <aletter@substack.com>\n"
        '> To: "Some Role" <some.role@x.example>,\n>  o@x.example\n> \n> Kettles\n'
    ),
}


@pytest.mark.parametrize("name", BANNERS)
@pytest.mark.parametrize("subject", ["Fwd: Kettles", "Kettles", "Re: Kettles"])
def test_who_got_the_mail_that_was_handed_on(name: str, subject: str) -> None:
    kind = "plain" if name == "text" else "html"
    head = f"From: A Friend <f@y.example>\nSubject: {subject}\nContent-Type: text/{kind}"
    found = letter(head, BANNERS[name].encode())
    assert not {
        each for each in ("role", "o@x", "friend") if each in written(found).decode().lower()
    }
    assert "aletter@substack.com" in found.body
    assert "Kettles" in found.body
    assert letters(written(found)) == [found]


def test_who_got_a_mail_that_was_handed_on_twice() -> None:
    text = (
        "Forwarded message:\nFrom: A Friend <g@y.example>\nTo: f@y.example\n\n"
        + "A word on kettles.\n\n" * 20
        + "Forwarded message:\nFrom: A Letter <aletter@substack.com>\nTo: g@y.example\n\nKettles\n"
    )
    head = "From: A Friend <f@y.example>\nSubject: Fwd: Kettles\nTo: h@y.example"
    assert "f@y" not in letter(head, text.encode()).body


def test_a_house_is_known_by_its_address() -> None:
    found = letter("From: A Letter <aletter@substack.com>\nSubject: Re: Kettles")
    assert (found.list_id, found.address) == ("<aletter.substack.com>", "aletter@substack.com")
    assert not found.is_reply
    assert letter("From: Substack <no-reply@substack.com>\nSubject: x").list_id == ""


def test_a_page_that_shows_nothing_gives_way_to_the_text() -> None:
    page = "<html><head><title>x</title><style>p {}</style></head><body><p>&nbsp;</p></body></html>"
    assert letters(mails.mail(page=page, text="words"))[0].body.strip() == "words"
    picture = "<p><img src='https://a.example/k.png'></p>"
    assert letters(mails.mail(page=picture, text="words"))[0].is_html


@pytest.mark.parametrize(
    "kind",
    [
        "application/octet-stream",
        'application/octet-stream; name="k.eml"',
        'text/x-mail; name="k.eml"',
        "message/rfc822",
    ],
)
def test_a_mail_attached_as_a_file(kind: str) -> None:
    inner = b64encode(mails.mail(page=mails.substack_page())).decode()
    parts = (
        f"--A\n\nSee.\n--A\nContent-Type: {kind}\nContent-Disposition: attachment\n"
        f"Content-Transfer-Encoding: base64\n\n{inner}\n--A--\n"
    )
    head = (
        "From: A Friend <f@y.example>\nSubject: Fwd: x\nContent-Type: multipart/mixed; boundary=A"
    )
    assert letter(head, parts.encode()).post.url == mails.POST


def test_a_file_that_is_no_mail_is_left() -> None:
    parts = (
        "--A\n\nSee.\n--A\nContent-Type: application/octet-stream\n"
        "Content-Transfer-Encoding: base64\n\nAAECAw==\n--A--\n"
    )
    assert letter("Content-Type: multipart/mixed; boundary=A", parts.encode()).body == "See."


@pytest.mark.parametrize(
    "line", ["to: " + "<>" * 30 + "x", "to:" + "<b>" * 30_000, "to: " + " " * 100_000 + "x"]
)
def test_a_line_that_begins_as_that_of_readers_takes_no_time(line: str) -> None:
    head = "From: A Writer <a@b.example>\nContent-Type: text/html"
    quoted = f"<p>From: Ann</p><p>Date: x</p><p>Subject: s</p><p>To: Bob</p><p>{line}</p>"
    assert "Bob" not in letter(head, quoted.encode()).body


def _mixed(*parts: str) -> bytes:
    return ("".join(f"--A\nContent-Type: {part}\n" for part in parts) + "--A--\n").encode()


MIXED = "Content-Type: multipart/mixed; boundary=A"


def test_a_note_beside_a_page_is_read_in_its_place() -> None:
    found = letter(
        MIXED, _mixed("text/plain\n\nA note & more\n", "text/html\n\n<h1>Kettles</h1>\n")
    )
    assert found.is_html
    assert found.body.splitlines() == ["<p>A note &amp; more</p>", "", "<h1>Kettles</h1>"]
    after = letter(MIXED, _mixed("text/html\n\n<p>Kettles</p>\n", "text/plain\n\nA foot\n"))
    assert after.body.split() == ["<p>Kettles</p>", "<p>A", "foot</p>"]


def test_an_attached_page_does_not_take_the_place_of_the_text() -> None:
    attached = "text/html\nContent-Disposition: attachment\n\n<p>attached</p>\n"
    found = letter(MIXED, _mixed(attached, "text/plain\n\nA note\n", "text/plain\n\nMore\n"))
    assert (found.is_html, found.body.split()) == (False, ["A", "note", "More"])


def test_an_empty_page_does_not_make_a_page_of_the_text_before_it() -> None:
    found = letter(MIXED, _mixed("text/plain\n\nA note\n", "text/html\n\n<p>&nbsp;</p>\n"))
    assert (found.is_html, found.body.strip()) == (False, "A note")


def test_a_memo_in_a_text_keeps_whom_it_is_to() -> None:
    text = "It reads as follows.\n\nFrom: Beijing\nTo: Shanghai\n\nThen it goes on."
    assert letter("From: A Writer <a@b.example>", text.encode()).body == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Use an empty list[] here [ ].", "Use an empty list[] here [ ]."),
        (f"More [ {mails.blind()} ] of it", "More of it"),
        ("By me [r@x.example], [a/b]", "By me, [a/b]"),
        ("[" + " " * 100_000 + "x", "[" + " " * 100_000 + "x"),
    ],
)
def test_brackets_go_with_what_they_held(text: str, left: str) -> None:
    head = "From: A Writer <a@b.example>\nTo: r@x.example"
    assert letter(head, text.encode()).body == left


@pytest.mark.parametrize(
    ("told", "lines", "joined"),
    [
        ("", "铜壶被 \n数了 \ntwice", "铜壶被数了 twice"),
        ("; delsp=yes", "铜壶 twi \nce", "铜壶 twice"),
        ("", "-- \nA Writer", "-- \nA Writer"),
        ("", "a \n" * 100_000 + "b", "a " * 100_000 + "b"),
    ],
)
def test_flowed_lines(told: str, lines: str, joined: str) -> None:
    head = f"Content-Type: text/plain; charset=utf-8; format=flowed{told}"
    assert letter(head, lines.encode()).body == joined
