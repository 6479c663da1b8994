"""The user's entity file: what is added and taken out, and that nothing else changes."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chinai_tui.entities.tables import SIZE_LIMIT
from chinai_tui.errors import CatalogueError, OutdatedError, StoreError
from chinai_tui.store import files
from chinai_tui.workspace import bundled, own_entities
from chinai_tui.workspace.own_entities import OwnEntities

ROOT = Path(__file__).parents[2]
POND = '[[entity]]\nid = "pond"\nkind = "place"\nname = "Pond of {}"\n'
COUNT = """
import sys
from pathlib import Path
from chinai_tui.workspace.own_entities import OwnEntities
for number in range(6):
    own = OwnEntities(Path(sys.argv[1]))
    with own.changing():
        own.append(f'[[not]]\\nentity = "huawei"\\ntext = "{sys.argv[2]}{number}"')
"""


@pytest.fixture
def own(tmp_path: Path) -> OwnEntities:
    return OwnEntities(tmp_path / "config" / "entities.toml")


PIECES = st.lists(
    st.sampled_from(
        [
            "# a",
            "",
            "\n",
            "\r\n",
            "# ünïcode\n",
            " ",
            '[[entity]]\nid = "a"\nkind = "place"',
            '\nname = "A"',
            "\n\n\n",
            "[[claim]]",
            'text = """\n"""',
        ]
    ),
    max_size=6,
).map("".join)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PIECES, PIECES)
def test_what_is_added_and_taken_out_leaves_what_was_there(
    own: OwnEntities, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.setattr(bundled, "catalogue_files", list)
    own.path.parent.mkdir(exist_ok=True)
    own.path.write_bytes(before.encode())
    try:
        with own.changing():
            text = own.append(POND.format("frogs"))
    except CatalogueError:
        assert own.path.read_bytes() == before.encode()
        return
    assert own.path.read_bytes() == (before + text).encode()
    assert tomllib.loads(own.path.read_bytes().decode())["entity"][-1]["name"] == "Pond of frogs"
    changed = (before + text + after).encode()
    own.path.write_bytes(changed)
    try:
        with own.changing():
            own.remove(text)
    except (CatalogueError, StoreError):
        assert own.path.read_bytes() == changed
        return
    left = own.path.read_bytes().decode()
    assert left.startswith(before)
    assert left.endswith(after)
    assert left[len(before) : len(left) - len(after)] in ("", "\n", "\r\n")
    assert "pond" not in left


def test_two_processes_lose_none_of_each_others_lines(own: OwnEntities) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", COUNT, str(own.path), name], cwd=ROOT)
        for name in ("a", "b")
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    texts = [each["text"] for each in tomllib.loads(own.path.read_text("utf-8"))["not"]]
    assert sorted(texts) == [f"{name}{number}" for name in "ab" for number in range(6)]


def test_a_file_that_is_too_large_is_left_alone(own: OwnEntities) -> None:
    own.path.parent.mkdir()
    data = b"#" * SIZE_LIMIT
    for size in (SIZE_LIMIT, SIZE_LIMIT + 10):
        own.path.write_bytes(data.ljust(size, b"#"))
        with pytest.raises(CatalogueError, match="larger than"), own.changing():
            own.append(POND.format("frogs"))
        assert own.path.stat().st_size == size


def test_what_somebody_saved_meanwhile_is_not_restored_over(own: OwnEntities) -> None:
    def break_off() -> None:
        with own.changing():
            own.append(POND.format("frogs"))
            own.path.write_text("# saved by an editor\n", "utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert own.path.read_text("utf-8") == "# saved by an editor\n"


def test_a_link_to_the_file_stays_one(own: OwnEntities, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n", "utf-8")
    own.path.parent.mkdir()
    own.path.symlink_to(real)
    with own.changing():
        own.append(POND.format("frogs"))
    assert own.path.is_symlink()
    assert "Pond of frogs" in real.read_text("utf-8")


def test_a_file_that_another_program_holds(
    own: OwnEntities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_entities, "LOCK_SECONDS", 0.01)
    with (
        own.changing(),
        pytest.raises(StoreError, match="another program is writing to it"),
        OwnEntities(own.path).changing(),
    ):
        pass


def test_a_full_disk_leaves_the_file_as_it_was(
    own: OwnEntities, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.path.parent.mkdir()
    own.path.write_text("# mine\n", "utf-8")

    def full(path: Path, data: bytes) -> files.Stamp:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "replace", full)
    told = r"entities\.toml not saved: No space left"
    with pytest.raises(StoreError, match=told), own.changing():
        own.append(POND.format("frogs"))
    assert own.path.read_text("utf-8") == "# mine\n"


def test_a_table_of_a_table_goes_on_with_what_was_added(own: OwnEntities) -> None:
    own.path.parent.mkdir()
    own.path.write_text(POND.format("toads").replace("pond", "toads"), "utf-8")
    with own.changing():
        text = own.append(POND.format("frogs"))
    with own.path.open("a", encoding="utf-8") as file:
        file.write('[[entity.aliases]]\ntext = "Frogland"\n')
    before = own.path.read_bytes()
    with pytest.raises(OutdatedError, match="do not stand there any more"), own.changing():
        own.remove(text)
    assert own.path.read_bytes() == before


def test_the_same_lines_are_not_written_twice(own: OwnEntities) -> None:
    pond = POND.format("frogs")
    with own.changing():
        own.append(pond)
    with pytest.raises(OutdatedError, match="stand there already"), own.changing():
        own.append(pond)
    assert own.path.read_text("utf-8") == pond
