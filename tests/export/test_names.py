from __future__ import annotations

from dataclasses import replace
from pathlib import PureWindowsPath

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.issue import UNFILED, Issue, Publication
from chinai_tui.export.names import LIMIT, entity_file_name, file_name
from tests.export.samples import BLOG, CHINAI, ISSUE, MODELWORKS, POST


def test_names() -> None:
    assert file_name(ISSUE, CHINAI) == "ChinAI-900--a-made-up-crane-issue.md"
    assert file_name(POST, BLOG) == "Quay-Notes--why-cranes.md"
    unfiled = Issue("con", UNFILED, "Con")
    assert file_name(unfiled, Publication(UNFILED, "Without a source")) == "Unfiled--con.md"
    assert file_name(replace(ISSUE, title="虚构"), CHINAI) == "ChinAI-900.md"
    assert entity_file_name(MODELWORKS) == "company-modelworks.md"


def test_an_id_is_never_cut() -> None:
    long = Issue("i" * 80, "pub", "T")
    name = file_name(long, Publication("pub", "P" * 200))
    assert len(name) == LIMIT
    assert name.endswith(f"--{long.id}.md")


def test_a_date_that_becomes_known_does_not_move_a_file() -> None:
    assert file_name(replace(ISSUE, date=""), CHINAI) == file_name(ISSUE, CHINAI)


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
    name = file_name(Issue(issue_id, "pub", title, number), publication)
    assert name.isascii()
    assert len(name) <= LIMIT
    assert not PureWindowsPath(name).is_reserved()
    assert not set(name) & set('/\\:*?"<>|#^[] ')
    assert name.endswith(".md")
    assert not name.startswith((".", "-"))
    if number is not None:
        assert f"-{number}" in name
    entity = Entity(issue_id, EntityKind.PERSON, title)
    assert len(entity_file_name(entity)) <= LIMIT
