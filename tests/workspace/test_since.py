"""What came since an issue, in a library with made-up ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace, records, since
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.links import cited_keys
from chinai_tui.workspace.publications import Publications

PAGE = """<html><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="{date}"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""


class Shelf:
    """Brings made-up issues into a library."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self.folder = folder

    def put(self, number: int, *body: str, date: str = "", url: str = "") -> str:
        """Bring an issue in; its id."""
        file = self.folder / f"{number}.html"
        text = "".join(f"<p>{each}</p>" for each in body)
        page = PAGE.format(title=f"ChinAI #{number}: On {number}", url=url, date=date, body=text)
        file.write_text(page, "utf-8")
        options = records.ImportOptions(date=date)
        assert not self.workspace.transfer.import_paths([file], options).failures
        return f"chinai-{number}"

    def citing(self, issue: str) -> list[str]:
        return [row.id for row in self.workspace.since.of(issue).citing]

    def named(self, issue: str) -> list[tuple[str, int, str]]:
        """Entity, how many later issues name it, the latest of them."""
        return [
            (each.entity.id, each.issues, each.last.id)
            for each in self.workspace.since.of(issue).named
        ]


@pytest.fixture
def shelf(workspace: Workspace, tmp_path: Path) -> Shelf:
    return Shelf(workspace, tmp_path)


def test_an_issue_is_cited_by_its_number_and_by_its_address(shelf: Shelf) -> None:
    url = "https://chinai.substack.com/p/on-801"
    shelf.put(801, "Words.", date="2031-01-01", url=url)
    assert shelf.citing("chinai-801") == []
    shelf.put(803, f'As <a href="{url}/?utm_source=x#top">here</a>.', date="2031-03-01")
    shelf.put(802, "As in issue #801.", date="2031-02-01")
    assert shelf.citing("chinai-801") == ["chinai-802", "chinai-803"]
    assert shelf.citing("chinai-802") == []


def test_of_many_that_cite_the_latest_are_named_and_the_rest_counted(shelf: Shelf) -> None:
    shelf.put(801, "Words.", date="2031-01-01")
    for number in range(802, 811):
        shelf.put(number, f"{number} is not ChinAI #801.", date=f"2031-02-{number - 800:02}")
    found = shelf.workspace.since.of("chinai-801")
    assert [row.number for row in found.citing] == [805, 806, 807, 808, 809, 810]
    assert found.more == 3
    assert found.publication == "chinai"


def test_the_main_entities_are_those_named_most_in_it(shelf: Shelf) -> None:
    shelf.put(
        801,
        "SenseTime and Megvii. SenseTime, CloudWalk, Baidu, Tencent, iFlytek, Hikvision.",
        "Megvii, Baidu, Baidu, Wuhan, Wuhan, Wuhan, Wuhan.",
        date="2031-01-01",
    )
    shelf.put(802, "CloudWalk, iFlytek, Wuhan, Baidu and SenseTime.", date="2031-02-01")
    shelf.put(803, "Tencent, SenseTime, SenseTime.", date="2031-03-01")
    assert shelf.named("chinai-801") == [
        ("baidu", 1, "chinai-802"),
        ("sensetime", 2, "chinai-803"),
    ]
    first = shelf.workspace.since.of("chinai-801").named[1]
    text = shelf.workspace.library.document("chinai-803").text
    assert text[first.place :].startswith("SenseTime, SenseTime")


def test_five_count_if_they_are_named_more_than_once(shelf: Shelf) -> None:
    names = ("Baidu", "Tencent", "SenseTime", "Megvii", "CloudWalk", "iFlytek")
    shelf.put(801, *(f"{name} and {name}." for name in names), date="2031-01-01")
    shelf.put(802, f"{', '.join(names)}.", date="2031-02-01")
    entities = [each for each, _issues, _last in shelf.named("chinai-801")]
    assert entities == ["baidu", "tencent", "sensetime", "megvii", "cloudwalk"]
    assert len(entities) == since.MOST_MAIN


def test_nothing_came_since_the_last_one(shelf: Shelf) -> None:
    shelf.put(899, "SenseTime, as in issue #94.", date="2039-01-01")
    found = shelf.workspace.since.of("chinai-899")
    assert (found.citing, found.more, found.named) == ((), 0, ())


def test_a_text_that_comes_in_is_told_at_once_and_one_that_changes_too(shelf: Shelf) -> None:
    shelf.put(801, "SenseTime.", date="2031-01-01")
    assert shelf.named("chinai-801") == []
    shelf.put(802, "SenseTime, as in issue #801.", date="2031-02-01")
    assert shelf.named("chinai-801") == [("sensetime", 1, "chinai-802")]
    assert shelf.citing("chinai-801") == ["chinai-802"]
    shelf.put(802, "Nothing of the kind.", date="2031-02-01")
    assert (shelf.named("chinai-801"), shelf.citing("chinai-801")) == ([], [])


def test_an_issue_that_is_not_there_has_no_answer(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no-such"):
        workspace.since.of("no-such")


def test_a_translation_cites_for_its_issue_a_digest_and_itself_never(
    workspace: Workspace, paths: Paths
) -> None:
    issue = workspace.library.issue("chinai-23")
    words = workspace.library.document("chinai-23", DocumentRole.DIGEST)
    publications = Publications(Core(paths, Settings()))
    keys = cited_keys(issue, {DocumentRole.TRANSLATION: words}, publications)
    assert "number:chinai/11" in keys
    assert "number:chinai/23" in issue.keys
    assert not keys & set(issue.keys)
    both = {DocumentRole.TEXT: words, DocumentRole.ORIGINAL: words}
    assert cited_keys(issue, both, publications) == keys
    assert cited_keys(issue, {DocumentRole.DIGEST: words}, publications) == frozenset()


def test_the_shipped_digests_know_what_came_since(shelf: Shelf) -> None:
    assert shelf.citing("chinai-29") == []
    assert shelf.named("chinai-23") == [("megvii", 2, "chinai-94")]


def test_who_writes_an_issue_is_not_what_it_is_about(shelf: Shelf) -> None:
    digest = shelf.workspace.entities.in_issue("chinai-23", DocumentRole.DIGEST)
    assert "jeffrey-ding" in [each.entity.id for each in digest]
    assert shelf.workspace.library.issue("chinai-23").authors == ("Jeffrey Ding",)
    assert "jeffrey-ding" not in [entity for entity, _issues, _last in shelf.named("chinai-23")]
