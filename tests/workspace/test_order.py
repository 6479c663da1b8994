"""The same texts give the same library, whatever the order in which they come in.

What may differ is told in the last tests: who gets an id that two ask for.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.config import Settings
from chinai_tui.domain.entity import EntityKind
from chinai_tui.index import Index
from chinai_tui.paths import Paths
from chinai_tui.text.query import parse
from chinai_tui.workspace import Workspace

HEAD = {
    "chinai-701.md": "publication: chinai\nnumber: 701\ndate: 2031-03-02\ntitle: Cranes see",
    "chinai-701-digest.md": "role: digest\nid: chinai-701\nkeys: [number:chinai/701]\n"
    "publication: chinai\nnumber: 701\ntitle: Cranes see (digest)",
    "chinai-700.md": "publication: chinai\nnumber: 700\ntitle: Before the cranes",
    "chinai-702.md": "publication: chinai\nnumber: 702\ntitle: After the cranes\n"
    "url: https://chinai.substack.com/p/after-the-cranes",
    "chinai-702-translation.md": "role: translation\nnumber: 702\npublication: chinai\n"
    "title: After the cranes",
    "chinai-703-digest.md": "role: digest\nid: chinai-703\nkeys: [number:chinai/703]\n"
    "publication: chinai\nnumber: 703\ntitle: A mere digest",
    "chinai-704.md": "publication: chinai\nnumber: 704\ndate: 2031-05\ntitle: Far chips",
    "chinai-704.txt": "",
    "quay-3.md": "publication: quay-letter\nnumber: 3\ndate: 2031-03-02\ntitle: Quays",
    "quay-loose.md": "publication: quay-letter\ntitle: A loose leaf",
    "low-down.md": "publication: low-down\ndate: 2031-04-01\ntitle: Loans\n"
    "url: https://example.org/loans",
    "tides.md": "date: 2031-04-01\ntitle: Tides\n"
    "subtitle: Of the moon\nauthor: A Poorer Writer\nurl: https://tides.example/p/tides",
    "tides.html": "",
    "tides.json": "",
    "unfiled.md": "title: Nobody's words",
}
"""What each file says of itself."""

BODY = {
    "chinai-701.md": "## Sight\n\nSenseTime (商汤) sells surveillance to harbours, as issue #700 "
    "foretold.\n\nMegvii and SenseTime watch chips.",
    "chinai-701-digest.md": "In our words: 曠視 and the intelligentsia of wharves.",
    "chinai-700.md": "Megvii may see in harbours what SenseTime sees.\n\nA surveyor of chips.",
    "chinai-702.md": "See [loans](https://example.org/loans) and ChinAI #701.\n\nYitu is new.",
    "chinai-702-translation.md": "依图 reads ChinAI #704.\n\nOf 風箱 and of harbours.",
    "chinai-703-digest.md": "Face++ and 01.AI in a harbour of chips, CloudWalk too.",
    "chinai-704.md": "## Sight\n\nLeon Technology wants chips after ChinAI #702 and #701.\n\n"
    "Surveys of chips, of GPT-4 and of harbours.",
    "chinai-704.txt": "ChinAI #704: Far chips\n\nLeon wants chips, a poorer text of chipping says."
    "\n\nBaidu stands in it alone.",
    "quay-3.md": "SenseTime paid for quays, says [this](https://chinai.substack.com/p/"
    "after-the-cranes).\n\nSubscribe now",
    "quay-loose.md": "Chips on a quay; Megvii again.",
    "tides.md": "DJI borrows at a quay.",
    "tides.html": "<!doctype html><html><head><title>Tides</title>"
    '<meta name="author" content="A Better Writer">'
    '<link rel="canonical" href="https://tides.example/p/tides"></head>'
    "<body><article><p>DJI borrows at a quay, twice.</p></article></body></html>",
    "tides.json": '{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "items": '
    '[{"id": "7", "url": "https://tides.example/p/tides", "title": "Tides", '
    '"content_html": "<p>DJI borrows at a quay, and thrice.</p>"}]}',
    "low-down.md": "Loans for chips and for DJI.",
    "unfiled.md": "Nobody knows who said that chips harbour intelligence.",
}
FILES = tuple(BODY)

QUERIES = (
    "chips",
    "chips harbour",
    "harbours in:all",
    "surveillan*",
    "surve*",
    "intelligen* OR wharv*",
    '"watch chips" OR near:"chips harbours"',
    "company:sensetime chips",
    "company:megvii mentions:>1",
    "in:digest wharves",
    "风箱 in:all OR 商湯",
    "face++ OR 01.ai OR gpt-4",
    "after:2031-03 chips",
    "-chips",
    "sort:number",
    "words:<20 sort:date",
    "pub:chinai has:digest",
    "chpis of the harbour",
    "harbour wharf quay chips of 商汤",
    "in:links substack",
)


def bring_in(workspace: Workspace, folder: Path, batches: Sequence[Sequence[str]]) -> None:
    """Import these files, a batch after the other."""
    for name in {name for batch in batches for name in batch}:
        front = f"---\n{HEAD[name]}\n---\n\n" if HEAD[name] else ""
        (folder / name).write_text(f"{front}{BODY[name]}\n", "utf-8")
    for batch in batches:
        report = workspace.transfer.import_paths([folder / name for name in batch])
        assert not report.failures


def told(workspace: Workspace, index: Index) -> dict[str, object]:
    """All that the library tells, but for when a text came in and what it took the place of."""
    found: dict[str, object] = {"rows": index.rows(parse("")), "outlets": index.outlets()}
    for query in QUERIES:
        answer = workspace.search.search(query)
        hits = tuple(replace(hit, score=round(hit.score, 9)) for hit in answer.hits)
        found[query] = replace(answer, hits=hits)
        found["rows", query] = workspace.library.rows(query)
        facets = workspace.search.facets(query)
        assert facets is not None
        found["facets", query] = facets
        found["notes", query] = index.count(parse(query), "")
    keys = set()
    for row in index.rows(parse("")).rows:
        issue = workspace.library.issue(row.id)
        keys.update(issue.keys)
        found[row.id] = replace(
            issue,
            added="",
            documents={
                role: replace(ref, accessed="", earlier=()) for role, ref in issue.documents.items()
            },
            sources=tuple(replace(each, accessed="") for each in issue.sources),
        )
        found["since", row.id] = workspace.since.of(row.id)
        found["first", row.id] = index.first_named(row.id)
        for role in issue.documents:
            found[role, row.id] = index.mentions(row.id, role), index.entity_counts(row.id, role)
            found["links", role, row.id] = workspace.library.open(row.id, role).links
    found["keyed"] = index.keyed(keys)
    found["totals"], found["pairs"] = index.totals(), index.pairs()
    for entity in index.totals():
        found["timeline", entity] = [replace(p, added="") for p in index.timeline(entity)]
        found["together", entity] = index.together(entity), index.beside(entity)
        found["placed", entity] = index.placed(entity)
        found["shared", entity] = index.shared(entity, sorted(index.totals()), 8)
    found["jump"] = [hit.entity.id for kind in EntityKind for hit in workspace.entities.jump(kind)]
    return found


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with what ships, to be copied."""
    home = tmp_path_factory.mktemp("bundled")
    Workspace.open(paths_in(home), Settings()).close()
    return home


def paths_in(home: Path) -> Paths:
    return Paths(home / "data", home / "config", home / "cache")


def library(bundled: Path, *batches: Sequence[str]) -> dict[str, object]:
    """What a new library tells once these batches of files have been imported."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(bundled, home)
        with closing(Workspace.open(paths_in(home), Settings())) as workspace:
            bring_in(workspace, Path(folder), batches)
            with closing(Index(paths_in(home).index)) as index:
                return told(workspace, index)


@st.composite
def orders(draw: st.DrawFn) -> list[list[str]]:
    """All files in some order, some of them again, in batches."""
    names = [*draw(st.permutations(FILES)), *draw(st.lists(st.sampled_from(FILES), max_size=3))]
    ends = sorted(draw(st.sets(st.integers(1, len(names) - 1), max_size=4)))
    return [names[a:b] for a, b in zip([0, *ends], [*ends, len(names)], strict=True)]


@cache
def expected(bundled: Path) -> dict[str, object]:
    """What it tells where all came in at once."""
    return library(bundled, FILES)


@settings(max_examples=12, deadline=None)
@given(batches=orders())
def test_the_order_of_import_changes_nothing(bundled: Path, batches: list[list[str]]) -> None:
    found = library(bundled, *batches)
    assert found.keys() == expected(bundled).keys()
    assert {key: value for key, value in found.items() if value != expected(bundled)[key]} == {}


@pytest.mark.parametrize("first", ["one", "two"])
def test_of_two_that_ask_for_one_id_the_first_gets_it(
    workspace: Workspace, tmp_path: Path, first: str
) -> None:
    second = {"one": "two", "two": "one"}[first]
    for name in (first, second):
        (tmp_path / f"{name}.md").write_text(f"# A title of both\n\nThe words of {name}.\n")
        workspace.transfer.import_paths([tmp_path / f"{name}.md"])
    ids = {
        name: workspace.library.rows(f'"words of {name}"').rows[0].id for name in (first, second)
    }
    assert ids == {first: "a-title-of-both", second: "a-title-of-both-2"}
