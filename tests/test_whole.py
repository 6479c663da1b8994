"""The real program in a real terminal, from the first start to the second."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="a pseudo-terminal is needed")

from tests.terminal import Terminal

READER = [sys.executable, "-m", "chinai_tui"]


@pytest.fixture
def env(home: Path, tmp_path: Path) -> dict[str, str]:
    return {"CHINAI_HOME": str(home)}


def test_a_first_day_with_the_reader(
    env: dict[str, str], home: Path, tmp_path: Path, text_file: Path
) -> None:
    out = tmp_path / "out"
    subprocess.run([*READER, "config", "export_folder", str(out)], check=True)
    with Terminal(READER, env, size=(120, 40)) as terminal:
        terminal.wait("Issues · 5")
        terminal.wait("[Ss]ample digests")
        terminal.wait("In this issue")
        terminal.wait("CloudWalk")
        # Another program brings a text in while the reader is open.
        subprocess.run([*READER, "import", str(text_file)], check=True, stdout=subprocess.DEVNULL)
        terminal.wait("A text that arrives")
        terminal.send("\r")
        terminal.wait("The laboratory of")
        terminal.send("c")
        terminal.settle()
        terminal.send("商湯")
        terminal.wait("SenseTime.*商汤")
        terminal.send("\r")
        terminal.wait("joint venture|Claims")
        terminal.send("q")
        terminal.wait_gone("Claims")
        terminal.settle()
        terminal.send("}}}")
        terminal.settle()
        terminal.send("m")
        terminal.wait("★")
        terminal.send("}{a")  # right behind the bookmark a letter would be its name
        terminal.wait("save")
        terminal.send("Compare with Megvii #check")
        terminal.wait("#check")
        terminal.send("\x13")
        terminal.wait("noted")
        terminal.send("E")
        terminal.wait("1 note in|2 notes in")
        terminal.send("\x11")
        assert terminal.wait_end() == 0
    (file,) = out.glob("*.md")
    text = file.read_text("utf-8")
    assert "Compare with Megvii" in text
    assert re.search(r"Jeffrey Ding.*ChinAI #94", text)
    with Terminal(READER, env, size=(120, 40)) as terminal:
        terminal.wait("A text that arrives")
        terminal.wait("★")
        terminal.wait("▸1")
        terminal.send("M")
        terminal.wait("Compare with Megvii")
        terminal.send("\x11")
        assert terminal.wait_end() == 0


def test_nothing_hostile_reaches_the_terminal(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "hostile.md"
    file.write_text(
        "# [@click=app.quit]Go[/] [Translation] \x1b]52;c;UFdO\x07 [/b]\n\n"
        "Key \x9b31m made-up words \u202e and \x1b[2J more of [them], enough for a paragraph.\n",
        "utf-8",
    )
    subprocess.run([*READER, "import", str(file)], check=True, stdout=subprocess.DEVNULL)
    with Terminal(READER, env, size=(120, 40)) as terminal:
        terminal.wait(re.escape("[@click=app.quit]Go"))
        terminal.send("/made")
        terminal.wait_gone("CloudWalk")
        terminal.send("\r\r")
        terminal.wait(re.escape("[@click=app.quit]Go[/] [Translation]"))
        terminal.wait(re.escape("[them]"))
        raw = bytes(terminal.raw)
        terminal.send("\x11")
        assert terminal.wait_end() == 0
    for payload in (b"\x1b]52", b"UFdO\x07", b"\xc2\x9b", b"\xe2\x80\xae"):
        assert payload not in raw


def test_keys_sent_in_one_go_act_in_their_order(env: dict[str, str]) -> None:
    def notes() -> str:
        listed = subprocess.run(
            [*READER, "notes", "sort:date"], env=os.environ | env, check=True, capture_output=True
        )
        return listed.stdout.decode("utf-8")

    with Terminal(READER, env, size=(120, 40)) as terminal:
        terminal.wait("In this issue")
        terminal.settle()
        terminal.send("\r}}}")
        terminal.settle()
        terminal.send("awords in one go, us\rand\x7f\x7f\x7f more\x13")
        terminal.wait(r"noted")
        assert re.search(r"words in one go, us\n +more\n", notes())
        terminal.send("}a")
        terminal.wait("save")
        terminal.send("begun with a pause")
        terminal.wait("begun with a pause")
        terminal.send(" and the end\x13")
        terminal.wait_gone("throw away")
        assert "begun with a pause and the end\n" in notes()
        terminal.send("c商湯\r")
        terminal.wait("joint venture|Claims")
        terminal.send("q/wife\x7f\x7f\x7f\x7fface\rn")
        terminal.wait("2 of [0-9]+ “face”")
        terminal.send("\\compan\tcloudwalk")
        terminal.wait("company:cloudwalk")
        terminal.send("\x11")
        assert terminal.wait_end() == 0


def test_the_reader_goes_on_when_the_editor_cannot_be_started(env: dict[str, str]) -> None:
    editor = {"VISUAL": "", "EDITOR": "/nowhere/at/all"}
    with Terminal(READER, env | editor, size=(120, 40)) as terminal:
        terminal.wait("In this issue")
        terminal.settle()
        terminal.send("\r}}}\x05")
        terminal.wait("nowhere/at/all")
        terminal.send("typed here\x13")
        terminal.wait("noted")
        terminal.send("\x11")
        assert terminal.wait_end() == 0
