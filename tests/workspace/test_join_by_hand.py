"""Two records of which the user says that they are of one issue."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chinai_tui.config import Settings
from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import ContraryError, NotFoundError, StoreError
from chinai_tui.paths import Paths
from chinai_tui.workspace import ImportOptions, Workspace
from chinai_tui.workspace.backup import Backup
from tests.workspace.arriving import WORDS, bring, note, page

TEXT, DIGEST = DocumentRole.TEXT, DocumentRole.DIGEST
OTHER = "Other words on the lights of the pond, as a friend has saved them. A second sentence."
FIRST, SECOND = "https://pond.example/p/lamps", "https://pond.example/p/lights"

Two = tuple[str, str]


@pytest.fixture
def two(workspace: Workspace, tmp_path: Path) -> Two:
    """A post that came in under two titles and two addresses, as a note and as a page."""
    first = bring(workspace, tmp_path, a_md=note("Pond Lamps", WORDS, FIRST))
    return first, bring(workspace, tmp_path, b_html=page("Lights again", OTHER, SECOND))


@pytest.mark.parametrize("turned", [False, True])
def test_nothing_of_either_is_lost(
    workspace: Workspace, tmp_path: Path, two: Two, turned: bool
) -> None:
    keep, other = reversed(two) if turned else two
    notes = workspace.notes
    made = [
        notes.note(keep, TEXT, 0, 4, "on the one"),
        notes.note(other, TEXT, 0, 6, "on the other #a"),
        notes.highlight(other, TEXT, 0, 6, "blue"),
        notes.bookmark(other, TEXT, 0, 6, "b"),
        notes.issue_note(other, "on the whole"),
    ]
    binned = notes.note(other, TEXT, 0, 6, "binned")
    notes.delete([binned.id])
    workspace.library.mark_read([other], True)
    notes.keep_draft(f"issue:{keep}", "begun here")
    notes.keep_draft(f"issue:{other}", "begun there")
    notes.keep_draft(f"note:{made[1].id}", "other words", "on the other #a")
    keys = workspace.citing.keys(two)
    joined = workspace.editing.join(keep, other)
    assert (joined.kept.id, joined.gone.id, joined.notes) == (keep, other, 4)
    assert {each.id for each in notes.all()} == {each.id for each in made if each}
    assert {each.issue for each in notes.all()} == {keep}
    notes.restore([binned.id])
    assert notes.get(binned.id).issue == keep
    assert workspace.library.open(other).read
    (draft,) = notes.drafts(keep)
    assert draft.text == "begun here\n\nbegun there"
    assert notes.draft(f"note:{made[1].id}") == "other words"
    assert workspace.citing.keys([keep]) == {keep: keys[keep]}
    assert {*keys.values()} <= workspace.citing.given()
    record = workspace.library.issue(other)
    assert (record.id, record.former) == (keep, (other,))
    assert record.documents[TEXT].name == "b.html"
    assert [each.name for each in record.sources] == ["a.md"]
    assert {f"url:{FIRST}", f"url:{SECOND}"} <= {*record.keys}
    for name in ("a.md", "b.html"):
        assert workspace.transfer.import_paths([tmp_path / name]).unchanged == (keep,)
    again = workspace.transfer.import_again()
    assert (again.added, again.updated, again.failures) == ((), (), ())


def test_a_citation_key_of_the_other_alone_is_that_of_both(workspace: Workspace, two: Two) -> None:
    (key,) = workspace.citing.keys([two[1]]).values()
    workspace.editing.join(*two)
    assert workspace.citing.keys([two[0]]) == {two[0]: key}


def test_what_comes_in_later_goes_to_the_record_that_stays(
    workspace: Workspace, tmp_path: Path, two: Two
) -> None:
    workspace.editing.join(*two)
    changed = page("Lights again", f"{OTHER} A third one.", SECOND, "77")
    assert bring(workspace, tmp_path, c_html=changed) == two[0]
    assert bring(workspace, tmp_path, d_html=page("Pond Lamps", "Quite new.", FIRST)) == two[0]


def test_a_rehearsal_tells_and_writes_nothing(workspace: Workspace, two: Two, paths: Paths) -> None:
    before = workspace.library.issue(two[1])
    joined = workspace.editing.join(*two, rehearse=True)
    assert (joined.gone, joined.safety) == (before, None)
    assert joined.kept.former == (two[1],)
    assert workspace.library.issue(two[1]) == before
    assert not [*(paths.data / "backups").glob("before-*")]


def test_a_backup_has_what_was_before(workspace: Workspace, two: Two) -> None:
    made = workspace.notes.note(two[1], TEXT, 0, 6, "mine")
    records = [workspace.library.issue(each) for each in two]
    joined = workspace.editing.join(*two)
    assert joined.safety
    workspace.backup.restore(joined.safety, replace=True)
    workspace.care.catch_up()
    assert [workspace.library.issue(each) for each in two] == records
    assert workspace.notes.get(made.id).issue == two[1]
    assert OTHER in workspace.library.open(two[1]).document.text


def test_without_its_backup_nothing_is_joined(
    workspace: Workspace, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise StoreError("the disk is full")

    monkeypatch.setattr(Backup, "before", full)
    with pytest.raises(StoreError, match="full"):
        workspace.editing.join(*two)
    assert workspace.library.issue(two[1]).id == two[1]


def test_one_issue_is_not_joined_with_itself(workspace: Workspace, two: Two) -> None:
    with pytest.raises(ContraryError, match="both names lead"):
        workspace.editing.join(two[0], two[0])
    with pytest.raises(NotFoundError):
        workspace.editing.join(two[0], "nowhere")
    workspace.editing.join(*two)
    with pytest.raises(ContraryError):
        workspace.editing.join(*two)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"number": 7, "publication": "pond"}, {"number": 8, "publication": "pond"}, "number 7"),
        ({"publication": "pond"}, {"publication": "lake"}, "is of pond, "),
        ({"number": 7, "publication": "pond"}, {"publication": "pond"}, ""),
        ({"number": 7, "publication": "pond"}, {}, ""),
    ],
)
def test_what_speaks_against_it_is_told(
    workspace: Workspace,
    tmp_path: Path,
    two: Two,
    one: dict[str, str | int],
    other: dict[str, str | int],
    reason: str,
) -> None:
    for id_, values in zip(two, (one, other), strict=True):
        if values:
            workspace.editing.edit(id_, values)
    if reason:
        with pytest.raises(ContraryError, match=reason):
            workspace.editing.join(*two)
    joined = workspace.editing.join(*two, insist=bool(reason))
    assert joined.kept.publication == "pond"
    assert joined.kept.number == one.get("number")
    again = bring(workspace, tmp_path, b_html=page("Lights again", f"{OTHER} More.", SECOND))
    assert again == two[0]


def test_two_posts_are_joined_only_by_force(workspace: Workspace, tmp_path: Path) -> None:
    texts = {"77": WORDS, "78": OTHER}
    ids = [
        bring(workspace, tmp_path, **{f"p{post}_html": page(f"Post {post}", words, "", post)})
        for post, words in texts.items()
    ]
    with pytest.raises(ContraryError, match="different posts"):
        workspace.editing.join(*ids)
    workspace.editing.join(*ids, insist=True)
    for post, words in texts.items():
        changed = page(f"Post {post}", f"{words} And more.", "", post)
        assert bring(workspace, tmp_path, q_html=changed) == ids[0]


def test_texts_with_their_own_numbers_go_where_the_user_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    said = ImportOptions(publication="pond")
    ids = []
    for number, words in (7, WORDS), (8, OTHER):
        file = tmp_path / f"{number}.html"
        file.write_text(page(f"Pond #{number}: Lamps", words, ""), "utf-8")
        ids += workspace.transfer.import_paths([file], said).added
    assert ids == ["pond-7", "pond-8"]
    workspace.editing.join(*ids, insist=True)
    (tmp_path / "8.html").write_text(page("Pond #8: Lamps", f"{OTHER} More.", ""), "utf-8")
    report = workspace.transfer.import_paths([tmp_path / "8.html"], said)
    assert (report.added, report.updated) == ((), ("pond-7",))


@pytest.mark.parametrize("digest_stays", [True, False])
def test_a_digest_goes_with_the_text_and_the_text_is_unread(
    workspace: Workspace, tmp_path: Path, paths: Paths, digest_stays: bool
) -> None:
    text = bring(workspace, tmp_path, a_html=page("National team", OTHER, SECOND))
    ids = ("chinai-94", text) if digest_stays else (text, "chinai-94")
    made = workspace.notes.note("chinai-94", DIGEST, 0, 5, "on ours")
    workspace.library.mark_read(["chinai-94"], True)
    total = workspace.library.rows().total
    workspace.editing.join(*ids)
    workspace.close()
    with closing(Workspace.open(paths, Settings())) as again:
        assert again.library.rows().total == total - 1
        opened = again.library.open("chinai-94")
        assert (opened.issue.id, opened.role, opened.read) == (ids[0], TEXT, False)
        assert {*opened.roles} == {TEXT, DIGEST}
        assert opened.issue.number == 94
        (noted,) = again.library.open("chinai-94", DIGEST).annotations
        assert noted.annotation.id == made.id
        assert again.library.resolve("94").id == ids[0]


def test_a_former_id_leads_on_though_others_bear_its_words(
    workspace: Workspace, tmp_path: Path, two: Two
) -> None:
    lamps = bring(workspace, tmp_path, c_txt="Lamps\n\nNeither the one nor the other text.\n")
    workspace.editing.join(two[0], lamps)
    bring(workspace, tmp_path, d_txt="Lamps of the quay\n\nSomething else once more.\n")
    assert workspace.library.resolve(lamps).id == two[0]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(st.tuples(st.booleans(), st.integers(0, 60), st.integers(1, 20)), max_size=6),
    turned=st.booleans(),
)
def test_every_annotation_is_kept_as_it_was(
    workspace: Workspace, two: Two, places: list[tuple[bool, int, int]], turned: bool
) -> None:
    safety = workspace.backup.before("example", two)
    made = [
        workspace.notes.note(two[is_other], TEXT, at, at + size, f"note {number}")
        for number, (is_other, at, size) in enumerate(places)
    ]
    keep, other = reversed(two) if turned else two
    joined = workspace.editing.join(keep, other)
    kept = {each.id: each for each in workspace.notes.all()}
    assert kept == {each.id: replace(each, issue=keep) for each in made}
    placed = workspace.library.open(keep).annotations
    assert {each.annotation.id for each in placed} == {*kept}
    assert {*joined.orphaned} <= {*kept}
    workspace.backup.restore(safety, replace=True)
    workspace.care.catch_up()
    assert workspace.notes.all() == []


def test_others_with_the_number_or_at_the_address_are_told(workspace: Workspace, two: Two) -> None:
    first, second = two
    edit, alike = workspace.editing.edit, workspace.editing.alike
    assert alike(first) == {}
    for each in two:
        edit(each, {"number": 7})
    assert alike(first) == {}
    for each in two:
        edit(each, {"publication": "pond"})
    assert alike(first) == {second: "number 7"}
    edit(first, {"url": f"{SECOND}/?utm_source=x"}, ["number"])
    assert alike(first) == {second: f"{SECOND}/?utm_source=x"}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("rehearse", [False, True])
def test_nothing_is_joined_where_a_text_cannot_be_read(
    workspace: Workspace, two: Two, paths: Paths, which: int, rehearse: bool
) -> None:
    made = workspace.notes.note(two[0], TEXT, 0, 6, "mine")
    (text,) = (paths.data / "documents" / two[which]).glob("text-*.json")
    text.write_bytes(text.read_bytes()[:-20])
    before = {each.name: each.read_bytes() for each in paths.data.glob("*.json")}
    with pytest.raises(StoreError, match=text.name):
        workspace.editing.join(*two, rehearse=rehearse)
    assert {each.name: each.read_bytes() for each in paths.data.glob("*.json")} == before
    assert not [*(paths.data / "backups").glob("before-*")]
    assert workspace.library.issue(two[1]).id == two[1]
    assert workspace.notes.get(made.id).issue == two[0]


def test_a_backup_of_less_than_all_is_none(workspace: Workspace, two: Two, paths: Paths) -> None:
    (text,) = (paths.data / "documents" / two[1]).glob("text-*.json")
    text.unlink()
    with pytest.raises(StoreError, match=f"{text.name} is not in the backup"):
        workspace.backup.before("join", two)
    assert not [*(paths.data / "backups").glob("before-*")]


def test_a_note_on_a_text_that_cannot_be_read_has_lost_its_place(
    workspace: Workspace, two: Two, paths: Paths
) -> None:
    made = workspace.notes.note(two[0], TEXT, 0, 6, "mine")
    assert workspace.editing._orphaned(two[0]) == ()
    (text,) = (paths.data / "documents" / two[0]).glob("text-*.json")
    text.unlink()
    workspace._core._read.cache_clear()
    assert workspace.editing._orphaned(two[0]) == (made.id,)


def test_what_an_open_reader_writes_after_a_join_elsewhere_comes_along(
    workspace: Workspace, two: Two, paths: Paths
) -> None:
    keep, other = two
    notes, key = workspace.notes, f"issue:{other}"
    notes.keep_draft(f"issue:{keep}", "on the one")
    notes.keep_draft(key, "typed before")
    start = workspace.library.document(other).text.index("a friend")
    with closing(Workspace.open(paths, Settings())) as elsewhere:
        elsewhere.editing.join(keep, other)
    for typed in ("typed before and", "typed before and after"):
        notes.keep_draft(key, typed)
    notes.keep_draft(f"passage:{other}:{TEXT}:{start}-{start + 8}", "on words")
    workspace.library.mark_read([other], True)
    workspace.library.save_position(other, TEXT, start)
    assert notes.draft(f"issue:{keep}") == "on the one\n\ntyped before and after"
    with closing(Workspace.open(paths, Settings())) as again:
        drafts = {each.id: each for each in again.notes.drafts(keep)}
        on_words = drafts.pop(f"passage:{keep}:{TEXT}:{start}-{start + 8}")
        assert on_words.anchor
        assert on_words.anchor.exact == "a friend"
        assert [each.text for each in drafts.values()] == ["on the one\n\ntyped before and after"]
        assert again.library.open(keep).read
        states = again._core.store.reading.all()
        assert other not in states
        anchor = states[keep].anchor
        assert anchor
        assert anchor.exact.startswith("a friend has saved")
    notes.keep_draft(key, "")
    assert [each.text for each in notes.drafts(other) if not each.anchor] == ["on the one"]


def test_the_place_in_the_text_of_the_record_that_went_is_found_in_that_of_the_other(
    workspace: Workspace, two: Two, paths: Paths
) -> None:
    other, keep = two
    start = workspace.library.document(other).text.index("lamps")
    with closing(Workspace.open(paths, Settings())) as elsewhere:
        elsewhere.editing.join(keep, other)
    workspace.library.save_position(other, TEXT, start)
    anchor = workspace._core.store.reading.all()[keep].anchor
    assert anchor
    assert anchor.exact.startswith("lamps of the pond")
