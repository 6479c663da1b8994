from __future__ import annotations

from chinai_tui.domain.document import DocumentRole
from chinai_tui.workspace import Workspace

ISSUE, ROLE = "chinai-94", DocumentRole.DIGEST


def tagged(workspace: Workspace, *names: str) -> list[str]:
    """Notes with these words and the tag `leon`, and their ids."""
    return [
        workspace.notes.note(ISSUE, ROLE, at * 10, at * 10 + 5, f"{name} #Leon").id
        for at, name in enumerate(names)
    ]


def order(workspace: Workspace) -> str:
    return "".join(each.text[0] for each in workspace.memos.ordered("leon"))


def settled(workspace: Workspace) -> None:
    """Put the notes in the order of their names, whatever their ids are."""
    for name in "edcba":
        ids = [each.id for each in workspace.notes.all() if each.text.startswith(name)]
        workspace.memos.move("leon", ids, -9)


def test_the_notes_of_a_tag_are_put_in_order(workspace: Workspace) -> None:
    a, b, c, d, e = tagged(workspace, *"abcde")
    settled(workspace)
    assert workspace.memos.tags() == [("leon", 5)]
    workspace.memos.move("Leon", [a], 2)
    assert order(workspace) == "bcade"
    workspace.memos.move("leon", [e, d], -1)
    assert order(workspace) == "bcdea"
    workspace.memos.move("leon", [b, e], 1)
    assert order(workspace) == "cbeda"
    workspace.memos.move("leon", [c], -1)
    workspace.memos.move("leon", [], 1)
    assert order(workspace) == "cbeda"


def test_an_order_is_undone_and_made_again(workspace: Workspace) -> None:
    first = tagged(workspace, *"abcde")[0]
    settled(workspace)
    workspace.memos.move("leon", [first], 1)
    assert workspace.notes.undo() == "change of order"
    assert order(workspace) == "abcde"
    assert workspace.notes.redo() == "change of order"
    assert order(workspace) == "bacde"


def test_what_comes_later_stands_last_and_what_goes_leaves_no_gap(workspace: Workspace) -> None:
    ids = tagged(workspace, *"abcde")
    settled(workspace)
    workspace.notes.delete([ids[1]])
    tagged(workspace, "f")
    assert order(workspace) == "acdef"
    workspace.memos.move("leon", [ids[0]], 1)
    workspace.notes.undo()
    workspace.notes.undo()
    workspace.notes.undo()
    assert order(workspace) == "abcde"
