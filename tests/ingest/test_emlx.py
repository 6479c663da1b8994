from __future__ import annotations

import pytest

from chinai_tui import ingest
from chinai_tui.ingest.detect import detect_bytes
from chinai_tui.ingest.emlx import mail_of
from chinai_tui.ingest.senders import wanted
from tests.ingest import mails

PLIST = b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict></dict></plist>\n'


def emlx(data: bytes, end: bytes = b"\n") -> bytes:
    return str(len(data)).encode() + b"       " + end + data + PLIST


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_mail_in_a_file_of_apple_mail(end: bytes) -> None:
    data = mails.mail()
    assert mail_of(emlx(data, end)) == data
    assert mail_of(data) == data


def test_it_is_read_as_the_mail_that_it_is() -> None:
    data = mails.mail(page=mails.substack_page())
    file = emlx(data)
    form = detect_bytes(file, "242.emlx")
    assert form is not None
    assert form.name == "mail"
    reading = ingest.take(ingest.Source("242.emlx", "242.emlx", file))
    assert reading == ingest.take(ingest.Source("a.eml", "a.eml", data))
    assert wanted(file, ["aletter.substack.com"])


def test_a_number_before_a_text_is_none() -> None:
    assert detect_bytes(b"242\nNote: words\nmore words\n", "a.txt") is None
