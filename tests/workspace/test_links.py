from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.workspace import Workspace, records

PAGE = """<html><head><title>{title}</title><link rel="canonical" href="{url}"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""


class Shelf:
    """Brings made-up issues into a library and opens them."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self.folder = folder

    def put(self, name: str, title: str, *body: str, url: str = "", publication: str = "") -> None:
        file = self.folder / f"{name}.html"
        paragraphs = "".join(f"<p>{text}</p>" for text in body or ("Nothing but a few words.",))
        file.write_text(PAGE.format(title=title, url=url, body=paragraphs), "utf-8")
        options = records.ImportOptions(publication=publication)
        assert not self.workspace.transfer.import_paths([file], options).failures

    def links(self, issue: str, role: DocumentRole | None = None) -> tuple[Link, ...]:
        return self.workspace.library.open(issue, role).links

    def told(self, issue: str, role: DocumentRole | None = None) -> list[tuple[str, str, str]]:
        """The kind and target of each link, and what is told of it."""
        return [(link.kind.value, link.target, link.shown) for link in self.links(issue, role)]


@pytest.fixture
def shelf(workspace: Workspace, tmp_path: Path) -> Shelf:
    return Shelf(workspace, tmp_path)


def test_a_number_leads_to_the_issue_once_the_library_has_it(shelf: Shelf) -> None:
    shelf.put("a", "ChinAI #801: One", "We wrote in issue\n#802, and ChinAI Newsletter&nbsp;#94.")
    missing, known = shelf.links("chinai-801")
    assert (missing.kind, missing.target) == (LinkKind.MISSING, "")
    assert missing.shown == "ChinAI #802, not in the library"
    assert (known.kind, known.target) == (LinkKind.ISSUE, "chinai-94")
    assert known.shown.startswith("ChinAI #94: Cloudwalk")
    shelf.put("b", "ChinAI #802: A made-up second")
    assert shelf.told("chinai-801")[0] == (
        "issue",
        "chinai-802",
        "ChinAI #802: A made-up second",
    )


def test_an_address_leads_to_the_issue_it_is_of(shelf: Shelf) -> None:
    url = "https://chinai.substack.com/p/a-made-up-post"
    shelf.put("a", "ChinAI #803: Here", url=url)
    shelf.put(
        "b",
        "ChinAI #804: There",
        f'<a href="{url}/?utm_source=x#top">before</a>, <a href="{url}-too">another</a>,',
        '<a href="https://open.substack.com/pub/chinai/p/a-made-up-post">again</a>',
    )
    assert shelf.told("chinai-804") == [
        ("issue", "chinai-803", "ChinAI #803: Here"),
        ("web", f"{url}-too", "chinai.substack.com/p/a-made-up-post-too"),
        ("issue", "chinai-803", "ChinAI #803: Here"),
    ]
    assert [link.number for link in shelf.links("chinai-804")] == [1, 2, 1]


def test_an_issue_without_a_number_goes_by_its_title(shelf: Shelf) -> None:
    url = "https://blog.example/a-post"
    shelf.put("a", "A made-up post", url=url)
    shelf.put("b", "ChinAI #805: Linking", f'<a href="{url}">it</a>')
    assert [shown for _, _, shown in shelf.told("chinai-805")] == ["A made-up post"]


def test_what_is_open_does_not_lead_to_itself(shelf: Shelf) -> None:
    url = "https://chinai.substack.com/p/myself"
    shelf.put(
        "a", "ChinAI #806: Myself", f'This is ChinAI #806, <a href="{url}">here</a>.', url=url
    )
    assert [(kind, target) for kind, target, _ in shelf.told("chinai-806")] == [("web", url)]


def test_the_digest_of_an_issue_leads_to_its_text(shelf: Shelf, text_file: Path) -> None:
    assert "chinai-94" not in [target for _, target, _ in shelf.told("chinai-94")]
    shelf.workspace.transfer.import_paths([text_file])
    assert ("issue", "chinai-94") in [
        (kind, target) for kind, target, _ in shelf.told("chinai-94", DocumentRole.DIGEST)
    ]


def test_a_label_names_the_issues_of_another_publication(shelf: Shelf) -> None:
    shelf.put(
        "a", "Shows", "Heard in Practical AI #7 and in issue #11.", publication="practical-ai"
    )
    (link,) = shelf.links("practical-ai-shows")
    assert link.shown == "Practical AI #7, not in the library"


def test_only_a_publication_that_counts_its_issues_has_an_issue_11(shelf: Shelf) -> None:
    shelf.put("a", "A plain page", "The tracker has issue #11, and ChinAI #94 has more.")
    (link,) = shelf.links("a-plain-page")
    assert link.target == "chinai-94"


def test_the_digests_name_what_there_is_to_bring_in(workspace: Workspace) -> None:
    kinds = {
        link.shown: link.kind
        for issue in ("chinai-23", "practical-ai-blacklisted")
        for link in workspace.library.open(issue).links
    }
    assert kinds["ChinAI #11, not in the library"] is LinkKind.MISSING
    assert LinkKind.ISSUE in kinds.values()
