"""Messages between processes: bytes with their length in front, through a pipe."""

from __future__ import annotations

from typing import IO

_LENGTH = 4
"""Bytes that tell how long a message is."""


def send(stream: IO[bytes], data: bytes) -> None:
    """Say something at once; raises OSError where nobody listens."""
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """What was sent; raises EOFError where it breaks off."""
    size = int.from_bytes(_exactly(stream, _LENGTH), "big")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the process has ended")
    return data
