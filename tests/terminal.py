"""Runs a program in a real pseudo-terminal and looks at its screen, as a person would.

POSIX only. The screen is that of pyte; keys are sent as a terminal sends them.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

import pyte

_ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;22c", b"\x1b[0c": b"\x1b[?62;22c"}
"""What a program asks a terminal at its start, and what one answers."""

_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[a-zA-Z~]|\x1b\[[?0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)",
    re.DOTALL,
)
_MODE = re.compile(rb"\x1b\[\?[0-9;]*[hl]")


class Terminal:
    """A program and the screen it draws."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (120, 40),
        timeout: float = 30.0,
    ) -> None:
        """Start the command; `size` is columns and rows, `timeout` seconds for any wait."""
        columns, rows = size
        self.timeout = timeout
        self.raw = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = self.last_output = time.perf_counter()
        self._fd, own = os.openpty()
        # The size is there before the program is, which may ask for it at once.
        fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.pid = os.fork()
        if self.pid == 0:
            os.environ |= {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "COLUMNS": str(columns),
                "LINES": str(rows),
                **(env or {}),
            }
            try:
                os.close(self._fd)
                os.login_tty(own)
                os.execvp(command[0], command)
            finally:
                os._exit(127)
        os.close(own)
        self.ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        # pyte's own `display` fails on the second half of a wide character that is drawn over.
        rows, columns = range(self.screen.lines), range(self.screen.columns)
        return "\n".join("".join(self.screen.buffer[y][x].data for x in columns) for y in rows)

    def _read(self, seconds: float) -> bytes:
        """What is drawn within some seconds, not yet on the screen."""
        if self.ended or not select.select([self._fd], [], [], max(0.0, seconds))[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return b""
        self.last_output = time.perf_counter()
        self.raw += data
        for question, answer in _ANSWERS.items():
            if question in data:
                os.write(self._fd, answer)
        for mode in re.findall(rb"\x1b\[\?(\d+)\$p", data):
            os.write(self._fd, b"\x1b[?" + mode + b";0$y")
        return data

    def _draw(self, data: bytes) -> None:
        self._stream.feed(_NOT_FOR_PYTE.sub(lambda m: m[0] if _MODE.fullmatch(m[0]) else b"", data))

    def _pump(self, seconds: float) -> bool:
        """Take in what is drawn within some seconds; whether anything was."""
        data = self._read(seconds)
        self._draw(data)
        return bool(data)

    def wait(self, pattern: str) -> float:
        """Wait until the screen shows a pattern; the time of the drawing that showed it.

        Raises:
            AssertionError: It does not show it in time; the message holds the screen.
        """
        return self._until(lambda: re.search(pattern, self.text, re.MULTILINE), pattern)

    def wait_gone(self, pattern: str) -> float:
        """Wait until the screen no longer shows a pattern.

        Raises:
            AssertionError: It goes on showing it.
        """
        return self._until(
            lambda: not re.search(pattern, self.text, re.MULTILINE), f"gone: {pattern}"
        )

    def _until(self, condition, what: str) -> float:  # type: ignore[no-untyped-def]
        deadline = time.perf_counter() + self.timeout
        while not condition():
            if self.ended or time.perf_counter() > deadline:
                reason = "the program ended" if self.ended else f"not within {self.timeout} s"
                raise AssertionError(f"{what}: {reason}\n{self.text}")
            self._pump(0.05)
        return self.last_output

    def settle(self, quiet: float = 0.3) -> float:
        """Wait until nothing is drawn for some seconds; the time of the last drawing.

        The screen is brought up to date afterwards, since that takes longer than drawing does
        and would be taken for slowness of the program.

        Raises:
            AssertionError: It goes on drawing.
        """
        deadline = time.perf_counter() + self.timeout
        drawn = bytearray()
        while not self.raw or time.perf_counter() - self.last_output < quiet:
            if time.perf_counter() > deadline:
                raise AssertionError(f"still drawing after {self.timeout} s\n{self.text}")
            drawn += self._read(quiet - (time.perf_counter() - self.last_output))
            if self.ended:
                break
        self._draw(bytes(drawn))
        return self.last_output

    def answer(self, keys: str, quiet: float = 0.15) -> float:
        """Seconds from typing keys to the last thing drawn because of them."""
        self.settle(quiet)
        sent = self.send(keys)
        self.last_output = sent
        return self.settle(quiet) - sent

    def send(self, keys: str) -> float:
        """Type keys; the time at which they were sent."""
        self._pump(0)
        sent = time.perf_counter()
        os.write(self._fd, keys.encode("utf-8"))
        return sent

    def wait_end(self) -> int:
        """Wait for the program to end; its exit code.

        Raises:
            AssertionError: It goes on.
        """
        self._until(lambda: self.ended, "end")
        _, status, usage = os.wait4(self.pid, 0)
        self.pid = 0
        self.peak_kib = usage.ru_maxrss
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the program, by force if it does not go."""
        if self.pid:
            deadline = time.perf_counter() + 3
            os.kill(self.pid, signal.SIGTERM)
            while True:
                pid, _, usage = os.wait4(self.pid, os.WNOHANG)
                if pid:
                    break
                if time.perf_counter() > deadline:
                    os.kill(self.pid, signal.SIGKILL)
                    deadline = float("inf")
                if not self._pump(0.02):
                    time.sleep(0.01)
            self.peak_kib = usage.ru_maxrss
            self.pid = 0
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
