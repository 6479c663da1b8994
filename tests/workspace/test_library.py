from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.store import files
from chinai_tui.workspace import ImportOptions, OpenedIssue, Workspace


@pytest.mark.parametrize("name", ["94", "#94", "chinai-94", "national team unlike"])
def test_an_issue_goes_by_id_number_and_title(workspace: Workspace, name: str) -> None:
    assert workspace.library.resolve(name).id == "chinai-94"


@pytest.mark.parametrize(("name", "reason"), [("4711", "no such issue"), ("the", "say which")])
def test_a_name_nobody_or_several_go_by(workspace: Workspace, name: str, reason: str) -> None:
    with pytest.raises(NotFoundError, match=reason):
        workspace.library.resolve(name)


def test_the_place_one_has_come_to_survives(workspace: Workspace, paths: Paths) -> None:
    role = DocumentRole.DIGEST
    document = workspace.library.document("chinai-29", role)
    offset = document.blocks[4].start
    workspace.library.save_position("chinai-29", role, offset)
    workspace.library.mark_read(["chinai-29"], True)
    workspace.close()
    again = Workspace.open(paths, Settings())
    try:
        opened = again.library.open("chinai-29")
        assert (opened.offset, opened.read) == (offset, True)
    finally:
        again.close()


def test_a_place_in_the_digest_is_none_in_the_text(workspace: Workspace, text_file: Path) -> None:
    workspace.library.save_position("chinai-94", DocumentRole.DIGEST, 500)
    workspace.transfer.import_paths([text_file])
    assert workspace.library.open("chinai-94").offset == 0
    assert workspace.library.open("chinai-94", DocumentRole.DIGEST).offset > 0


def test_a_filter_counts_what_it_hides(workspace: Workspace) -> None:
    every = workspace.library.rows()
    some = workspace.library.rows("company:leon")
    assert every.hidden == 0
    assert 0 < len(some.rows) < every.total
    assert some.hidden == every.total - len(some.rows)


def test_the_issues_of_a_publication_are_told_by_its_title(workspace: Workspace) -> None:
    outlets = {row.publication: row.outlet for row in workspace.library.rows().rows}
    assert outlets["low-down"] == "The Low-Down"
    assert workspace.library.publication("nobody").title == "nobody"


def test_lists_and_texts_come_without_opening_the_records(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Workspace.open(paths, Settings())
    first.notes.bookmark("chinai-94", DocumentRole.DIGEST, 0, 5)
    first.close()

    whole = files.read

    def read(path: Path) -> tuple[bytes, files.Stamp]:
        assert path.parent != paths.data, f"{path.name} was read"
        return whole(path)

    monkeypatch.setattr(files, "read", read)
    again = Workspace.open(paths, Settings())
    try:
        rows = again.library.rows().rows
        assert again.library.document(rows[0].id).text
        assert again.library.session() == {}
        with pytest.raises(AssertionError, match="was read"):
            again.notes.all()
    finally:
        again.close()


def test_a_place_within_a_paragraph_is_kept_over_a_restart_and_another_text(
    workspace, tmp_path
) -> None:
    words = " ".join(f"word{n}" for n in range(200))
    file = tmp_path / "330.txt"

    def opened(*paragraphs: str) -> OpenedIssue:
        file.write_text("\n\n".join(["ChinAI #330: Words", *paragraphs]), "utf-8")
        workspace.transfer.import_paths([file], ImportOptions())
        return workspace.library.open("chinai-330")

    old = opened(f"{words}.", "The end.")
    place = old.document.text.index("word120")
    workspace.library.save_position("chinai-330", old.role, place)
    assert workspace.library.open("chinai-330").offset == place
    new = opened("A line that somebody added.", f"{words}.", "The end.")
    assert new.document.text[new.offset :].startswith("word120")
    carried = workspace.library.carried(old, new, place)
    assert new.document.text[carried:].startswith("word120")
