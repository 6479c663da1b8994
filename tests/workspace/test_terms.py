from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.gloss import Edge
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.workspace import ImportOptions, Workspace

TEXT = """ChinAI #900: A text about lamps

The law on lamps came with a lamp (灯法) and with the “lamp law” (灯法) of old.

An idiom: 画蛇添足 (hua4she2tian1zu2) – to paint legs.

CloudWalk (云从科技) and the firm of Lyra Lamps (天琴灯) were asked, and 商汤 (Shangtang) too.
"""


@pytest.fixture
def lamps(workspace: Workspace, tmp_path: Path) -> str:
    """The id of an issue with terms."""
    file = tmp_path / "lamps.txt"
    file.write_text(TEXT, "utf-8")
    (issue,) = workspace.transfer.import_paths([file], ImportOptions()).added
    return issue


def test_terms_stand_once_with_what_any_place_tells_of_them(
    workspace: Workspace, lamps: str
) -> None:
    document = workspace.library.open(lamps, DocumentRole.TEXT).document
    terms = {each.han: each for each in workspace.terms.in_issue(lamps, DocumentRole.TEXT)}
    assert list(terms) == ["灯法", "画蛇添足", "云从科技", "天琴灯", "商汤"]
    law = terms["灯法"]
    assert (law.english, law.edge) == ("lamp law", Edge.QUOTED)
    assert law.han_start == document.text.index("灯法")
    assert terms["画蛇添足"].pinyin == "huà shé tiān zú"
    assert terms["天琴灯"].english == "Lyra Lamps"


def test_names_of_the_catalogue_have_its_pinyin(workspace: Workspace, lamps: str) -> None:
    terms = {each.han: each for each in workspace.terms.in_issue(lamps, DocumentRole.TEXT)}
    (cloudwalk,) = workspace.entities.resolve("cloudwalk")
    assert terms["云从科技"].pinyin == cloudwalk.pinyin != ""


def test_terms_of_no_issue(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.terms.in_issue("no-such-issue", DocumentRole.TEXT)


def test_unknown_names_of_the_library_are_suggested(workspace: Workspace, lamps: str) -> None:
    found = {each.name: each for each in workspace.terms.suggestions()}
    assert found["Lyra Lamps"].han == "天琴灯"
    assert found["Lyra Lamps"].issues == (lamps,)
    assert not {"CloudWalk", "Shangtang"} & found.keys()


def test_unknown_names_of_one_issue_are_suggested_with_their_place(
    workspace: Workspace, lamps: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("ChinAI #901: Elsewhere\n\nSo Vega Works (织女厂) said.\n", "utf-8")
    workspace.transfer.import_paths([other], ImportOptions())
    (found,) = workspace.terms.suggestions_in(lamps, DocumentRole.TEXT)
    assert (found.name, found.han, found.issues) == ("Lyra Lamps", "天琴灯", (lamps,))
    text = workspace.library.open(lamps, DocumentRole.TEXT).document.text
    assert text[found.start : found.end] == "Lyra Lamps"


def test_a_name_is_no_longer_suggested_once_the_catalogue_has_it(
    workspace: Workspace, lamps: str, paths: Paths
) -> None:
    assert workspace.terms.suggestions_in(lamps, DocumentRole.TEXT)
    paths.entities.parent.mkdir(parents=True, exist_ok=True)
    paths.entities.write_text(
        '[[entity]]\nid = "lyra-lamps"\nkind = "company"\nname = "Lyra Lamps"\n', "utf-8"
    )
    workspace.close()
    again = Workspace.open(paths, Settings())
    assert again.terms.suggestions_in(lamps, DocumentRole.TEXT) == []
    again.close()


def test_suggestions_of_no_issue(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.terms.suggestions_in("no-such-issue", DocumentRole.TEXT)
