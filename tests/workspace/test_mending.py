from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.entity import EntityKind, Mention
from chinai_tui.domain.mending import Correction, Extent
from chinai_tui.errors import CatalogueError, NotFoundError, StoreError
from chinai_tui.paths import Paths
from chinai_tui.store import files
from chinai_tui.workspace import Changed, Workspace
from chinai_tui.workspace.mending import _table

TEXT = """Lotus Letter #7: On a firm nobody knows

Greetings from a pond.

Lily Robotics (莉莉机器人) opened an office in Wuhan. So did Huawei, and Lily Robotics said so.

The 莲步 (lian2bu4) is a walk. Huawei sells it.

Huawei
"""


@pytest.fixture
def issue(workspace: Workspace, tmp_path: Path) -> str:
    file = tmp_path / "letter.txt"
    file.write_text(TEXT, "utf-8")
    return workspace.transfer.import_paths([file]).added[0]


def table(correction: Correction) -> dict[str, object]:
    """The one table that a correction writes, without its name."""
    ((_, (values,)),) = tomllib.loads(correction.lines).items()
    return dict(values)


def named(workspace: Workspace, issue: str) -> list[tuple[str, str]]:
    return [(each.entity, each.words) for each in workspace.library.open(issue).mentions]


def mentions(workspace: Workspace, issue: str, words: str) -> list[Mention]:
    return [each for each in workspace.library.open(issue).mentions if each.words == words]


def test_a_new_entity_says_what_the_issue_says_of_it(workspace: Workspace, issue: str) -> None:
    lily = workspace.mending.new_entity(
        "Lily Robotics", EntityKind.COMPANY, "莉莉機器人", issue_id=issue
    )
    assert lily.title == "new company Lily Robotics"
    assert lily.problem == ""
    assert table(lily) == {
        "id": "lily-robotics",
        "kind": "company",
        "name": "Lily Robotics",
        "han": "莉莉机器人",
        "hant": "莉莉機器人",
        "checked": issue,
    }
    step = workspace.mending.new_entity("Lotus Step", EntityKind.PRODUCT, "莲步", issue_id=issue)
    assert table(step)["pinyin"] == "lián bù"
    assert step.problem == ""


def test_what_no_text_says_is_left_out(workspace: Workspace, issue: str) -> None:
    made = workspace.mending.new_entity(
        "Reed", EntityKind.PERSON, "芦苇", case=True, issue_id=issue
    )
    assert table(made) == {
        "id": "reed",
        "kind": "person",
        "name": "Reed",
        "han": "芦苇",
        "case": True,
    }


def test_an_id_is_made_of_the_name_and_of_nobody_else(workspace: Workspace, paths: Paths) -> None:
    make = workspace.mending.new_entity
    assert table(make("莲花!", EntityKind.COMPANY))["id"] == "company"
    assert workspace.entities.get("huawei")
    assert table(make("Huawei", EntityKind.PERSON))["id"] == "huawei-2"
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text('[[entity]]\nid = "huawei-2"\noff = true\n', "utf-8")
    assert table(make("Huawei", EntityKind.PERSON))["id"] == "huawei-3"


@pytest.mark.parametrize(
    ("name", "han", "reason"),
    [("Huawei", "", "is a name of huawei"), ("!", "", "no letter"), ("Reed", "x", "no Chinese")],
)
def test_a_new_entity_that_cannot_be(
    workspace: Workspace, name: str, han: str, reason: str
) -> None:
    assert reason in workspace.mending.new_entity(name, EntityKind.COMPANY, han).problem


def test_a_further_name(workspace: Workspace) -> None:
    alias = workspace.mending.alias("huawei", "The Flower", case=True)
    assert alias == Correction(
        "“The Flower” is Huawei",
        '[[alias]]\nentity = "huawei"\ntext = "The Flower"\ncase = true\n',
    )
    assert "already" in workspace.mending.alias("huawei", "HUAWEI").problem
    assert "already" in workspace.mending.alias("huawei", "華為").problem
    assert "name of huawei" in workspace.mending.alias("sensetime", "Huawei").problem
    with pytest.raises(NotFoundError):
        workspace.mending.alias("nobody", "N")


def test_a_new_entity_is_marked_at_once(workspace: Workspace, issue: str) -> None:
    told: list[Changed] = []
    workspace.subscribe(told.append)
    lily = workspace.mending.new_entity("Lily Robotics", EntityKind.COMPANY, "莉莉机器人")
    workspace.mending.apply(lily, issue)
    assert [entity for entity, _ in named(workspace, issue)].count("lily-robotics") == 3
    assert told == [Changed(issues=frozenset({issue}), library=True)]
    assert workspace.library.rows("company:lily-robotics").rows[0].id == issue


@pytest.mark.parametrize(("extent", "left"), [(Extent.HERE, 2), (Extent.ISSUE, 0)])
def test_not_this_here_and_in_this_issue(
    workspace: Workspace, issue: str, extent: Extent, left: int
) -> None:
    elsewhere = workspace.entities.summary("huawei").mentions - 3
    second = mentions(workspace, issue, "Huawei")[1]
    correction = workspace.mending.not_this(second, issue, DocumentRole.TEXT, extent)
    assert correction.title == f"“Huawei” is not Huawei {extent.value}"
    workspace.mending.apply(correction, issue)
    assert len(mentions(workspace, issue, "Huawei")) == left
    assert second not in mentions(workspace, issue, "Huawei")
    workspace.care.catch_up()
    assert workspace.entities.summary("huawei").mentions == elsewhere + left


def test_not_this_anywhere(workspace: Workspace, issue: str) -> None:
    first = mentions(workspace, issue, "Huawei")[0]
    correction = workspace.mending.not_this(first, issue, DocumentRole.TEXT, Extent.EVERYWHERE)
    assert table(correction) == {"entity": "huawei", "text": "Huawei"}
    workspace.mending.apply(correction, issue)
    workspace.care.catch_up()
    assert not any(
        words == "Huawei"
        for row in workspace.library.rows().rows
        for _, words in named(workspace, row.id)
    )


def test_a_place_is_told_by_its_block(workspace: Workspace, issue: str) -> None:
    first, _, third = mentions(workspace, issue, "Huawei")
    not_this = workspace.mending.not_this
    here = table(not_this(first, issue, DocumentRole.TEXT, Extent.HERE))
    assert here["before"] == "ened an office in Wuhan. So did"
    assert here["after"] == ", and Lily Robotics said so."
    alone = not_this(third, issue, DocumentRole.TEXT, Extent.HERE)
    assert alone.title.endswith("in this issue")
    assert table(alone) == {"entity": "huawei", "text": "Huawei", "issue": issue}


def test_every_byte_of_the_users_file_stays(workspace: Workspace, paths: Paths) -> None:
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    alias = workspace.mending.alias("huawei", "Flower Firm")
    for before in (
        b"# mine, without a line feed",
        b'# mine\r\n\r\n[[not]]\r\nentity = "huawei"\r\ntext = "Hua" # so\r\n',
        b"\xef\xbb\xbf",
        b"",
    ):
        paths.entities.write_bytes(before)
        paths.entities.chmod(0o644)
        workspace.mending.apply(alias)
        after = paths.entities.read_bytes()
        assert after.startswith(before)
        assert after.replace(b"\r\n", b"\n").endswith(alias.lines.encode())
        assert (b"\r\n" in after) is (b"\r\n" in before)
        assert b"\n" not in after.replace(b"\r\n", b"") or b"\r\n" not in before
        assert paths.entities.stat().st_mode & 0o777 == 0o644
        assert workspace.notes.undo() == alias.title
        assert paths.entities.read_bytes() == before
    assert workspace.care.problems() == []


def test_a_file_with_a_fault_is_never_written(workspace: Workspace, paths: Paths) -> None:
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    alias = workspace.mending.alias("huawei", "Flower Firm")
    for before in (b"[[entity]\n", b"colour = 1\n", b"\xff", b'[[alias]]\nentity = "x"\n'):
        paths.entities.write_bytes(before)
        with pytest.raises(CatalogueError, match="nothing was written") as caught:
            workspace.mending.apply(alias)
        assert str(paths.entities) in str(caught.value)
        assert paths.entities.read_bytes() == before
    paths.entities.unlink()
    paths.entities.mkdir()
    with pytest.raises(CatalogueError, match="not a file"):
        workspace.mending.apply(alias)
    assert workspace.notes.undo() is None


def test_what_would_make_a_fault_is_not_written(workspace: Workspace, paths: Paths) -> None:
    wrong = workspace.mending.alias("sensetime", "Huawei")
    with pytest.raises(StoreError, match="is a name of huawei"):
        workspace.mending.apply(wrong)
    with pytest.raises(CatalogueError, match="is a name of huawei"):
        workspace.mending.apply(replace(wrong, problem=""))
    assert not paths.entities.exists()


def test_nothing_is_written_where_the_step_cannot_be_kept(
    workspace: Workspace, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = workspace.mending.alias("huawei", "Flower Firm")
    write = files.replace

    def full(path: Path, data: bytes, also: Path | None = None) -> files.Stamp:
        if path.name == "annotations.json":
            raise OSError(28, "No space left on device")
        return write(path, data, also)

    monkeypatch.setattr(files, "replace", full)
    with pytest.raises(StoreError, match="No space left"):
        workspace.mending.apply(alias)
    assert not paths.entities.exists()
    assert workspace.notes.undo() is None


def test_two_programs_do_not_lose_each_others_lines(workspace: Workspace, paths: Paths) -> None:
    other = Workspace.open(paths, Settings())
    try:
        workspace.mending.apply(workspace.mending.alias("huawei", "Flower Firm"))
        other.mending.apply(other.mending.alias("sensetime", "Sense Firm"))
        workspace.poll()
        names = {each.text for each in workspace.entities.get("sensetime").aliases}
    finally:
        other.close()
    assert "Sense Firm" in names
    assert paths.entities.read_text("utf-8").count("[[alias]]") == 2
    assert workspace.notes.undo() == "“Sense Firm” is SenseTime"
    assert workspace.notes.undo() == "“Flower Firm” is Huawei"


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["text", "before", "after"]), st.text(min_size=1)))
def test_whatever_is_written_is_read_back(values: dict[str, str]) -> None:
    lines = _table("not", values)
    assert tomllib.loads(lines) == {"not": [values]}
    assert lines.endswith("\n")
    assert lines.isascii() or lines.encode("utf-8")


def test_at_the_edge_of_a_block_the_next_one_tells_the_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "edges.txt"
    file.write_text(
        "Lotus Letter #8: Edges\n\nHuawei sells frogs.\n\nA pond is near."
        "\n\nHuawei sells frogs.\n\nFrogs leave Huawei\n\nIt rains.\n",
        "utf-8",
    )
    (issue,) = workspace.transfer.import_paths([file]).added
    first, second, third = mentions(workspace, issue, "Huawei")
    here = workspace.mending.not_this(second, issue, DocumentRole.TEXT, Extent.HERE)
    assert str(table(here)["before"]).endswith("frogs. A pond is near.")
    workspace.mending.apply(here, issue)
    assert mentions(workspace, issue, "Huawei") == [first, third]
    last = workspace.mending.not_this(third, issue, DocumentRole.TEXT, Extent.HERE)
    assert table(last)["after"] == "It rains."
    workspace.mending.apply(last, issue)
    assert mentions(workspace, issue, "Huawei") == [first]


def test_a_name_moves_from_one_entity_to_another(workspace: Workspace, issue: str) -> None:
    first = mentions(workspace, issue, "Huawei")[0]
    assert "name of huawei" in workspace.mending.alias("sensetime", "Huawei").problem
    not_this = workspace.mending.not_this(first, issue, DocumentRole.TEXT, Extent.EVERYWHERE)
    workspace.mending.apply(not_this, issue)
    alias = workspace.mending.alias("sensetime", "Huawei")
    assert alias.problem == ""
    workspace.mending.apply(alias, issue)
    owners = {entity for entity, words in named(workspace, issue) if words == "Huawei"}
    assert owners == {"sensetime"}


def test_what_is_written_and_not_marked_is_no_failure(
    workspace: Workspace, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise StoreError("the index is full")

    monkeypatch.setattr(workspace._indexing, "take_correction", broken)
    alias = workspace.mending.alias("huawei", "Flower Firm")
    workspace.mending.apply(alias)
    assert "Flower Firm" in paths.entities.read_text("utf-8")
    assert any("the index is full" in each for each in workspace.care.problems())


def test_the_id_of_a_chinese_name_is_its_pinyin(workspace: Workspace, issue: str) -> None:
    make = workspace.mending.new_entity
    step = table(make("莲步", EntityKind.PRODUCT, issue_id=issue))
    assert step == {"id": "lian-bu", "kind": "product", "name": "莲步"}


@pytest.mark.parametrize("source", ["[[entity]\n", '[[alias]]\nentity = "nobody"\ntext = "N"\n'])
def test_a_fault_is_told_at_each_start_and_no_mark_is_lost(
    workspace: Workspace, paths: Paths, source: str
) -> None:
    shipped = workspace._core.index.catalogue_key()
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text(source, "utf-8")
    for _ in range(2):
        again = Workspace.open(paths, Settings())
        try:
            told = [each for each in again.care.problems() if "your entities are left out" in each]
            assert len(told) == 1
            assert again._core.index.catalogue_key() == shipped
            assert not again.care.is_behind
        finally:
            again.close()


def test_a_file_that_cannot_be_read_is_told(workspace: Workspace, paths: Paths) -> None:
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.symlink_to(paths.entities)
    again = Workspace.open(paths, Settings())
    try:
        (told,) = again.care.problems()
        assert len(again.care.check().wrong) == 1
    finally:
        again.close()
    assert str(paths.entities) in told
    assert "not a file" in told


def test_a_name_broken_over_a_line_is_one_word(workspace: Workspace) -> None:
    assert table(workspace.mending.alias("huawei", "花\n为"))["text"] == "花为"
    broken = Mention("huawei", 0, 3, "华\n为")
    anywhere = workspace.mending.not_this(broken, "", DocumentRole.TEXT, Extent.EVERYWHERE)
    assert table(anywhere)["text"] == "华为"
