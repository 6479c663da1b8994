from __future__ import annotations

import pytest

from chinai_tui.ingest.senders import hosts_of, wanted
from tests.ingest import mails


def test_the_hosts_of_a_mail() -> None:
    head = (
        b"Received: from relay.example\r\nFROM: A Writer\r\n <news@Mail.Letter.example>\r\n"
        b"list-id: A Letter <aletter.substack.com>\r\nList-Post: <https://www.letter.example/p/x>\r\n"
        b"List-Archive: <https://archive.example/>\r\n\r\nFrom: b@body.example\r\n"
    )
    assert hosts_of(head) == {
        "mail.letter.example", "aletter.substack.com", "letter.example", "archive.example",
    }  # fmt: skip


def test_a_house_sends_under_the_names_of_its_newsletters() -> None:
    assert hosts_of(b"From: aletter@substack.com\n\n") == {"substack.com", "aletter.substack.com"}
    assert "aletter.beehiiv.com" in hosts_of(b"From: aletter@mail.beehiiv.com\n\n")


@pytest.mark.parametrize(
    ("hosts", "is_wanted"),
    [
        (["aletter.substack.com"], True),
        (["WWW.aletter.substack.com"], True),
        (["other.substack.com"], False),
        (["substack.com"], False),
        ([], False),
    ],
)
def test_what_is_followed(hosts: list[str], is_wanted: bool) -> None:
    assert wanted(mails.mail(), hosts) is is_wanted


def test_a_mail_from_below_the_host() -> None:
    data = b"From: x@news.letter.example\n\nwords"
    assert wanted(data, {"letter.example"})
    assert not wanted(data, {"etter.example", "example.letter", "bletter.example"})


@pytest.mark.parametrize(
    ("subject", "is_wanted"),
    [
        ("ChinAI Newsletter #5: Kettles", True),
        ("=?utf-8?q?ChinAI_=235=3A_Kettles?=", True),
        ("Re: ChinAI #5: Kettles", False),
        ("Kettles", False),
    ],
)
def test_an_issue_sent_from_elsewhere(subject: str, is_wanted: bool) -> None:
    head = f"From: a@uni.example\nSubject: {subject}\n"
    data = f"{head}List-ID: A list\n\t<1a.list-id.mcsv.net>\n\nwords".encode()
    assert wanted(data, ["chinai.substack.com"]) is is_wanted
    # A friend may write of an issue under its very name.
    assert not wanted(f"{head}\nwords".encode(), ["chinai.substack.com"])
    assert not wanted(data, ["aletter.substack.com"])


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"words", b"From:", b"From: \xff\xfe@\xff\n", b":" * 99]
)
def test_what_is_no_head(data: bytes) -> None:
    assert hosts_of(data) == frozenset()
    assert not wanted(data, ["a.example"])


BANNER = (
    "See.\n\n---------- Forwarded message ---------\nFrom: A Writer{}\nDate: Mon, Jul 7, 2025\n"
    "Subject: Kettles\nTo: <r@home.example>\n\n{}Kettles were counted.\n"
)
FRIEND = {"From": "A Friend <f@home.example>", "Subject": "Fwd: Kettles"}
ON_THE_WEB = f"View this post on the web at {mails.POST}\n\n"


@pytest.mark.parametrize(
    ("text", "is_wanted"),
    [
        (BANNER.format(" <aletter@substack.com>", ""), True),
        (BANNER.format(" <a@home.example>", ON_THE_WEB), False),
        (BANNER.format("", ON_THE_WEB), True),
        (BANNER.format("", ""), False),
        (ON_THE_WEB + "You may like this.", False),
        ("> " + BANNER.format(" <aletter@substack.com>", "").replace("\n", "\n> "), True),
    ],
)  # fmt: skip
def test_a_mail_that_was_handed_on_is_whose_its_banner_says(text: str, is_wanted: bool) -> None:
    data = mails.mail(FRIEND, text=text, without=mails.NO_LIST + mails.NO_NUMBER)
    assert wanted(data, ["aletter.substack.com"]) is is_wanted
    assert not wanted(data, ["other.substack.com"])
    answer = data.replace(b"Fwd: ", b"Re: ")
    assert not wanted(answer, ["aletter.substack.com"])


@pytest.mark.parametrize(
    ("inner", "is_wanted"),
    [
        ({}, True),
        ({"From": "A Friend <g@home.example>"}, False),
    ],
)
def test_a_mail_that_is_attached(inner: dict[str, str], is_wanted: bool) -> None:
    without = mails.NO_LIST if inner else ()
    attached = mails.mail(inner, page=mails.substack_page(), without=without)
    head = (
        "From: A Friend <f@home.example>\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nSee"
    )
    parts = f"\n--B\nContent-Type: message/rfc822\n\n{attached.decode()}\n--B--\n"
    assert wanted((head + parts).encode(), ["aletter.substack.com"]) is is_wanted
