from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.issue import ISSUE_ID, Metadata, Publication
from chinai_tui.errors import NotFoundError
from chinai_tui.paths import Paths, bundled_library
from chinai_tui.text.sanitise import safe_url
from chinai_tui.workspace import Workspace, publications
from chinai_tui.workspace.publications import Publications

LANTERN = Publication(
    "lantern",
    "The Lantern",
    ("A Writer",),
    "https://lantern.example.org",
    "https://feeds.example.org/lantern",
    label="Lantern",
    hosts=("old.example.org",),
)


@pytest.fixture
def known(workspace: Workspace) -> Publications:
    """The publications, with one of the user's own."""
    workspace.following.follow_listed([LANTERN])
    return workspace._core.publications


def test_the_shipped_ones_are_well_formed() -> None:
    told = tomllib.loads((bundled_library() / "publications.toml").read_text("utf-8"))
    ids = [each["id"] for each in told["publication"]]
    assert len(ids) == len(set(ids))
    for each in told["publication"]:
        assert ISSUE_ID.fullmatch(each["id"])
        for address in (each.get("home"), each.get("feed")):
            assert address is None or (
                safe_url(address) == address.strip() and address[:5] == "https"
            )


def test_a_shipped_one_and_ones_own_are_found(known: Publications) -> None:
    assert known.get("chinai").title == "ChinAI Newsletter"
    assert known.get("lantern").authors == ("A Writer",)
    assert known.get("nobody") == Publication("nobody", "nobody")
    assert known.labelled()["lantern"] == "lantern"


def test_an_id_goes_before_a_name_that_several_have(workspace: Workspace) -> None:
    for id_ in "twin", "twin-2":
        own = Publication(
            id_, "Twin", home=f"https://{id_}.example", feed=f"https://{id_}.example/f"
        )
        workspace.following.follow_listed(
            [
                own,
                replace(own, id=f"{id_}-b", title="Both", feed=f"https://{id_}.example/b", home=""),
            ]
        )
    known = workspace._core.publications
    assert (known.called("twin"), known.called("Twin-2")) == ("twin", "twin-2")
    assert known.called("both") == ""
    assert known.unknown("Both") == "Both: several go by it: twin-b, twin-2-b"
    with pytest.raises(NotFoundError, match="several go by it: twin-b, twin-2-b"):
        workspace.following.unfollow("Both")
    (problem,) = workspace.search.parse("pub:both").problems
    assert (problem.reason, problem.is_condition) == ("several go by it: twin-b, twin-2-b", True)


@pytest.mark.parametrize(
    ("host", "publication"),
    [
        ("chinai.substack.com", "chinai"),
        ("chinatalk.media", "chinatalk"),
        ("chinatalk.substack.com", "chinatalk"),
        ("lantern.example.org", "lantern"),
        ("old.example.org", "lantern"),
        ("feeds.example.org", ""),
        ("example.org", ""),
        ("", ""),
    ],
)
def test_a_host_tells_the_publication(known: Publications, host: str, publication: str) -> None:
    assert known.of_host(host) == publication


def test_a_host_of_several_is_nobodys(workspace: Workspace) -> None:
    shared = Publication(
        "", "Shared", home="https://a.example.org/x", feed="https://a.example.org/f"
    )
    workspace.following.follow_listed([shared])
    assert workspace._core.publications.of_host("a.example.org") == ""


def test_a_host_that_two_claim_is_nobodys(workspace: Workspace) -> None:
    home = "https://many.example.org"
    both = [Publication("", name, home=home, feed=f"{home}/feed/@{name}") for name in ("a", "b")]
    workspace.following.follow_listed(both)
    known = workspace._core.publications
    assert known.of_host("many.example.org") == ""
    assert known.filed(Metadata(url=f"{home}/@stranger/essay")).publication == ""


@pytest.mark.parametrize(
    ("path", "publication"),
    [
        ("/@a/essay?source=rss", "a"),
        ("/@a", "a"),
        ("/@ab/essay", ""),
        ("/essay", ""),
        ("/@b/more/essay", "b"),
    ],
)
def test_a_path_tells_the_publication_where_the_host_has_several(
    workspace: Workspace, path: str, publication: str
) -> None:
    site = "https://many.example.org"
    told = [Publication("", name, home=f"{site}/@{name}/", feed=f"{site}/{name}") for name in "ab"]
    workspace.following.follow_listed(told)
    assert workspace._core.publications.of_url(site + path) == publication


def test_whose_a_host_is_is_looked_up_among_a_thousand(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{number}" for number in range(1000)]
    workspace.following.follow_listed(
        Publication(
            "", each, home=f"https://{each}.example.org", feed=f"https://{each}.example.org/f"
        )
        for each in names
    )
    known = workspace._core.publications
    known.all()
    monkeypatch.setattr(publications, "hosts_of", lambda _: pytest.fail("gone through"))
    assert [known.of_host(f"{each}.example.org") for each in names] == names


def test_ones_own_are_known_without_the_store(known: Publications, paths: Paths) -> None:
    assert known.get("lantern").label == "Lantern"
    workspace = Workspace.open(paths, Settings())
    assert workspace.library.publication("lantern").title == "The Lantern"
    assert "store" not in workspace._core.__dict__
    workspace.close()


def test_and_after_the_index_was_lost(known: Publications, paths: Paths) -> None:
    assert known.get("lantern").title == "The Lantern"
    paths.index.unlink()
    workspace = Workspace.open(paths, Settings())
    assert workspace.library.publication("lantern").title == "The Lantern"
    workspace.close()


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("Lantern #41: Lamps", 41, "Lamps"),
        ("lantern newsletter #41 – Lamps", 41, "Lamps"),
        ("The Lantern # 41. Lamps", 41, "Lamps"),
        ("Lantern, #41 - Lamps", 41, "Lamps"),
        ("Lantern #41 -- Lamps", 41, "Lamps"),
        ("Lantern #41：灯", 41, "灯"),
        ("Lantern #41", 41, "Lantern #41"),
        ("Issue 41: Lamps", 41, "Lamps"),
        ("Lantern No. 41 — Lamps", 41, "Lamps"),
        ("Lantern #41-42: Lamps", None, "Lantern #41-42: Lamps"),
        ("Quay #41: Lamps", None, "Quay #41: Lamps"),
        ("On Lantern #41: Lamps", None, "On Lantern #41: Lamps"),
        ("Issue 41 lamps", None, "Issue 41 lamps"),
        ("Lamps", None, "Lamps"),
    ],
)
def test_the_number_of_an_issue_is_in_its_title(
    known: Publications, title: str, number: int | None, rest: str
) -> None:
    found = known.filed(Metadata(title=title, publication="lantern"))
    assert (found.number, found.title) == (number, rest)


def test_without_a_label_only_the_name_of_the_publication_counts(known: Publications) -> None:
    assert known.filed(Metadata(title="Bare #4: Lamps", publication="bare")).number == 4
    assert known.filed(Metadata(title="Issue 4: Lamps", publication="bare")).number is None


def test_a_number_that_is_told_stays(known: Publications) -> None:
    told = Metadata(title="Lantern #41: Lamps", publication="lantern", number=42)
    assert known.filed(told) == told


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Metadata(url="https://www.lantern.example.org/p/a"), "lantern"),
        (Metadata(url="https://sub.lantern.example.org/p/a", host="lantern.example.org"), ""),
        (Metadata(host="list.lantern.example.org"), "lantern"),
        (Metadata(host="example.org"), ""),
        (Metadata(title="Lantern #41: Lamps"), "lantern"),
        (Metadata(title="Lantern #41: Lamps", url="https://else.example/a"), ""),
        (Metadata(url="https://[lantern.example.org/p/a"), ""),
        (Metadata(publication="quay", url="https://lantern.example.org/p/a"), "quay"),
    ],
)
def test_a_text_is_filed_by_where_it_is_from(
    known: Publications, told: Metadata, expected: str
) -> None:
    assert known.filed(told).publication == expected


def test_a_post_stands_at_substack_and_on_a_host_of_its_own(known: Publications) -> None:
    own, given = "https://www.chinatalk.media/p/a-lamp", "https://chinatalk.substack.com/p/a-lamp"
    assert list(known.other_addresses("chinatalk", own)) == [given]
    assert list(known.other_addresses("chinatalk", f"{given}?r=1")) == [own]
    for url in (
        "https://www.chinatalk.media/about",
        "https://else.example/p/a-lamp",
        "",
        "https://[",
    ):
        assert list(known.other_addresses("chinatalk", url)) == []
    assert list(known.other_addresses("lantern", "https://lantern.example.org/p/a-lamp")) == []
