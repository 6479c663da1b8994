from __future__ import annotations

from dataclasses import replace
from pathlib import PureWindowsPath

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.issue import UNFILED, Issue, Publication
from chinai_tui.export.names import (
    LIMIT,
    block_ids,
    entity_name,
    issue_name,
    notes_name,
    tag_name,
)
from tests.export.samples import BLOG, CHINAI, ISSUE, MODELWORKS, POST


def test_names() -> None:
    assert issue_name(ISSUE, CHINAI) == "ChinAI-900--a-made-up-crane-issue"
    assert issue_name(POST, BLOG) == "Quay-Notes--why-cranes"
    unfiled = Issue("con", UNFILED, "Con")
    assert issue_name(unfiled, Publication(UNFILED, "Without a source")) == "Unfiled--con"
    assert issue_name(replace(ISSUE, title="虚构"), CHINAI) == "ChinAI-900"
    assert entity_name(MODELWORKS) == "company-modelworks"


def test_an_id_is_never_cut() -> None:
    long = Issue("i" * 80, "pub", "T")
    name = issue_name(long, Publication("pub", "P" * 200))
    assert len(f"{name}.html") == LIMIT
    assert name.endswith(f"--{long.id}")


def test_a_date_that_becomes_known_does_not_move_a_file() -> None:
    assert issue_name(replace(ISSUE, date=""), CHINAI) == issue_name(ISSUE, CHINAI)


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=80),
    st.text(max_size=40),
    st.none() | st.integers(0, 10**9),
    st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True),
)
def test_every_name_is_valid_everywhere(
    title: str, label: str, number: int | None, issue_id: str
) -> None:
    publication = Publication("pub", label, label=label)
    name = issue_name(Issue(issue_id, "pub", title, number), publication)
    assert name.isascii()
    assert len(f"{name}.html") <= LIMIT
    assert not PureWindowsPath(name).is_reserved()
    assert not set(name) & set('/\\:*?"<>|#^[] ')
    assert not name.endswith((".", " "))
    assert not name.startswith((".", "-"))
    if number is not None:
        assert f"-{number}" in name
    entity = Entity(issue_id, EntityKind.PERSON, title)
    assert len(entity_name(entity)) < LIMIT
    asked = notes_name(title)
    assert asked.isascii()
    assert len(asked) <= LIMIT
    assert not set(asked) & set('/\\:*?"<>|#^[] ')


def test_the_notes_that_fit_a_query_have_a_file_of_their_own() -> None:
    assert notes_name() == "chinai-notes"
    assert notes_name("tag:ipo").startswith("chinai-notes--tag-ipo-")
    queries = ["tag:ipo", "-tag:ipo", "商汤", "国家队"]
    assert len({notes_name(query) for query in queries}) == len(queries)


def test_tags_have_files_of_their_own() -> None:
    assert tag_name("leon") == "tag-leon"
    names = [tag_name(tag) for tag in ("ai", "AI", "a i", "人工智能", "国家队", "con", "x" * 300)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and len(name) < LIMIT for name in names)


def made(id_: str, created: str = "2031") -> Annotation:
    return Annotation(id_, AnnotationKind.NOTE, created=created)


def test_blocks_are_named_by_the_ids_of_annotations() -> None:
    assert block_ids([made("7f3a2c910b5d4e66")]) == {"7f3a2c910b5d4e66": "h-7f3a2c91"}


def test_ids_that_begin_alike_do_not_clash() -> None:
    first, second = made("7f3a2c91aaaaaaaa", "2031"), made("7f3a2c91bbbbbbbb", "2032")
    blocks = block_ids([second, first])
    assert blocks[first.id] == "h-7f3a2c91"
    assert blocks[second.id].startswith("h-7f3a2c91bbbbbbbb-")
    odd = [made("short"), made("商汤"), made("地平线"), made("urn:A/B?c"), made("URN:a/b?c")]
    assert len(set(block_ids(odd).values())) == len(odd)
    assert all(
        set(each) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        for each in block_ids(odd).values()
    )
