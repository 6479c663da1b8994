from __future__ import annotations

from io import BytesIO

import pytest

from chinai_tui.ingest.messages import receive, send


@pytest.mark.parametrize("data", [b"", b"words", b"\x00" * 70_000])
def test_what_is_sent_is_received(data: bytes) -> None:
    pipe = BytesIO()
    send(pipe, data)
    send(pipe, b"next")
    pipe.seek(0)
    assert [receive(pipe), receive(pipe)] == [data, b"next"]


@pytest.mark.parametrize("sent", [b"", b"\x00\x00", b"\x00\x00\x00\x05word"])
def test_what_breaks_off_is_no_message(sent: bytes) -> None:
    with pytest.raises(EOFError):
        receive(BytesIO(sent))
