"""Citations as the library gives them, and keys that stay what they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chinai_tui.config import Settings
from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import DateSource, Issue
from chinai_tui.errors import NotFoundError, StoreError
from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace


def put(workspace: Workspace, *issues: Issue) -> None:
    """Write records of issues as they are."""
    core = workspace._core
    with core.store.issues_file.transaction() as tx:
        for issue in issues:
            tx.put(core.store.issues, issue)
    core.index.put_issues(workspace._indexing._entries(issues))


def post(id_: str) -> Issue:
    """An issue without a number, whose key is that of all of its kind."""
    return Issue(id_, "chinai", "A Made-Up Post", added="2031-01-06T00:00:00Z")


def test_the_style_is_the_one_that_is_set(paths: Paths) -> None:
    workspace = Workspace.open(paths, Settings(citation_style="apa"))
    try:
        assert workspace.citing.cite("chinai-94").startswith("Ding, J. (")
        assert workspace.citing.cite("chinai-94", "chicago").startswith("Jeffrey Ding, “")
    finally:
        workspace.close()


def test_a_passage_is_cited_by_whose_words_it_is(workspace: Workspace) -> None:
    guest = Voice(VoiceKind.GUEST, "Mark Guest")
    assert workspace.citing.cite("chinai-94", voice=guest).startswith("Mark Guest, in Jeffrey")
    assert "Mark Guest" in workspace.citing.cite("chinai-94", "bibtex", guest)


def test_a_digest_is_never_cited_as_the_words_of_the_newsletter(workspace: Workspace) -> None:
    opened = workspace.library.open("chinai-94", DocumentRole.DIGEST)
    block = opened.document.blocks[3]
    shown = workspace.citing.quote_passage(opened, block.start, block.end)
    assert shown.startswith("“")
    assert "digest in chinai’s words" in shown


def test_a_quotation_has_the_entry_of_a_bibliography_below_it(workspace: Workspace) -> None:
    shown = workspace.citing.quote("Some words.", "chinai-94", style="bibtex")
    assert shown.startswith("“Some words.”\n\n@online{ding")
    assert shown.endswith("\n}")


def test_an_annotation_is_quoted(workspace: Workspace) -> None:
    document = workspace.library.document("chinai-94", DocumentRole.DIGEST)
    block = document.blocks[3]
    made = workspace.notes.highlight("chinai-94", DocumentRole.DIGEST, block.start, block.end)
    shown = workspace.citing.quote_annotation(made)
    assert made.anchor is not None
    assert made.anchor.exact.split()[0] in shown
    assert "ChinAI #94" in shown
    unsaid = replace(made, voice=None)
    assert "Speaker unconfirmed, in " in workspace.citing.quote_annotation(unsaid)
    assert workspace.citing.cite_annotation(unsaid).startswith("Speaker unconfirmed, in ")


def test_a_translation_names_the_original(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "94.txt"
    file.write_text(
        "ChinAI #94: A text that arrives\n\nGreetings from a made-up world…\n\n"
        "FULL TRANSLATION: A Made-Up Title (虚构标题)\n\n"
        "This article by Lin Example for Example Weekly was the one to read.\n",
        "utf-8",
    )
    workspace.transfer.import_paths([file])
    assert workspace.citing.cite_translation("chinai-94").startswith(
        "Lin Example, “A Made-Up Title” [虚构标题], Example Weekly, "
        "trans. Jeffrey Ding, in “ChinAI #94: "
    )
    assert "origtitle = {虚构标题}" in workspace.citing.cite("chinai-94", "bibtex")
    assert workspace.citing.cite("chinai-94").startswith("Jeffrey Ding, “ChinAI #94")


def test_issues_that_would_have_the_same_key_have_letters_behind_it(workspace: Workspace) -> None:
    put(workspace, post("chinai-c"), post("chinai-a"), post("chinai-b"))
    keys = workspace.citing.keys(["chinai-c", "chinai-a", "chinai-b"])
    base = keys["chinai-a"]
    assert keys == {"chinai-c": f"{base}b", "chinai-a": base, "chinai-b": f"{base}a"}


def test_a_key_once_given_never_changes(workspace: Workspace) -> None:
    put(workspace, post("chinai-c"))
    (before,) = workspace.citing.keys(["chinai-c"]).values()
    dated = replace(post("chinai-c"), date="2031-01-06", date_source=DateSource.USER)
    put(workspace, dated, post("chinai-a"))
    keys = workspace.citing.keys(["chinai-a", "chinai-c"])
    assert keys == {"chinai-c": before, "chinai-a": f"{before}a"}
    assert f"@online{{{before}," in workspace.citing.cite("chinai-c", "bibtex")
    assert "date = {2031-01-06}" in workspace.citing.cite("chinai-c", "bibtex")


def test_keys_last_and_are_seen_by_another_that_has_the_library_open(
    workspace: Workspace, paths: Paths
) -> None:
    put(workspace, post("chinai-a"), post("chinai-b"))
    other = Workspace.open(paths, Settings())
    try:
        first = other.citing.keys(["chinai-b"])["chinai-b"]
        assert workspace.citing.keys(["chinai-a"])["chinai-a"] == f"{first}a"
        assert workspace.citing.keys(["chinai-b"])["chinai-b"] == first
    finally:
        other.close()


def test_prose_gives_no_key(workspace: Workspace, paths: Paths) -> None:
    workspace.citing.cite("chinai-94", "chicago")
    assert "citekeys" not in workspace.library.session()
    workspace.citing.cite("chinai-94", "ris")
    assert "citekeys" in workspace.library.session()


def test_keys_that_cannot_be_read_are_not_given_anew(workspace: Workspace) -> None:
    workspace.library.save_session(citekeys="[")
    with pytest.raises(StoreError, match=r"reading.json: .* restore"):
        workspace.citing.cite("chinai-94", "bibtex")


def test_side_files(workspace: Workspace) -> None:
    files = workspace.citing.side_files(["chinai-94", "chinai-29", "chinai-94"])
    assert set(files) == {"references.bib", "references.json", "references.ris"}
    assert files["references.bib"].count("@online{") == 2
    assert len(json.loads(files["references.json"])) == 2
    assert files["references.ris"].count("TY  - ") == 2
    assert files == workspace.citing.side_files(["chinai-29", "chinai-94"])


def test_an_issue_that_is_not_there(workspace: Workspace) -> None:
    for style in ("chicago", "bibtex"):
        with pytest.raises(NotFoundError):
            workspace.citing.cite("chinai-9999", style)
