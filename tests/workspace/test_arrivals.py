from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import (
    DateSource,
    DocumentRef,
    Issue,
    Metadata,
    Publication,
    SourceRef,
)
from chinai_tui.ingest import Skipped, Source, Subscriptions, read, reader
from chinai_tui.paths import Paths
from chinai_tui.workspace import ImportOptions, Workspace, arrivals, identity
from tests.workspace.arriving import WORDS, bring, note, page

ROLE = DocumentRole.TEXT


def test_what_is_not_the_best_body_stays_among_the_sources(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    issue = bring(workspace, tmp_path, a_html=page(), b_md=note(words="Fewer words of it."))
    record = workspace.library.issue(issue)
    assert record.documents[ROLE].name == "a.html"
    (source,) = record.sources
    assert (source.name, source.format) == ("b.md", "markdown")
    assert list((paths.data / "originals").glob(f"{source.original}.*"))


def test_a_better_body_takes_its_place(workspace: Workspace, tmp_path: Path) -> None:
    issue = bring(workspace, tmp_path, b_md=note(words="Fewer words of it."), a_html=page())
    record = workspace.library.issue(issue)
    assert record.documents[ROLE].name == "a.html"
    assert [each.name for each in record.sources] == ["b.md"]
    assert len(record.documents[ROLE].earlier) == 1


def test_a_changed_text_makes_a_revision_and_the_earlier_one_stays(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    revisions = []
    for number in range(23):
        issue = bring(workspace, tmp_path, a_html=page(words=f"{WORDS} {number}"))
        revisions.insert(0, workspace.library.issue(issue).documents[ROLE].revision)
    reference = workspace.library.issue(issue).documents[ROLE]
    assert [each.revision for each in reference.earlier] == revisions[1:21]
    assert len(list((paths.data / "documents" / issue).iterdir())) == 23


def test_an_old_file_beside_a_new_one_does_not_bring_the_old_text_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    old, new = page(words=f"{WORDS} Old."), page(words=f"{WORDS} New.")
    issue = bring(workspace, tmp_path / "in", a_html=old, b_html=new)
    for _ in range(2):
        report = workspace.transfer.import_paths([tmp_path / "in"])
        assert report.unchanged == (issue, issue)
        assert workspace.library.document(issue).text.endswith("New.")


def test_the_same_files_with_an_option_change_nothing_the_second_time(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    old, new = page("Pond Lamp", f"{WORDS} As it was."), page("Pond Lamps", f"{WORDS} As it is.")
    issue = bring(workspace, folder, v1_html=old, v2_html=new)
    options = ImportOptions(publication="chinai")
    assert workspace.transfer.import_paths([folder], options).updated == (issue,)
    workspace.library.mark_read([issue], True)
    before = workspace.library.open(issue)
    for _ in range(2):
        report = workspace.transfer.import_paths([folder], options)
        assert (report.added, report.updated, report.unchanged) == ((), (), (issue, issue))
    after = workspace.library.open(issue)
    assert (after.issue, after.read) == (before.issue, True)
    assert after.issue.title == "Pond Lamps"
    assert "As it is." in after.document.text
    workspace.transfer.import_paths([folder / "v1.html"], ImportOptions(title="Told"))
    assert workspace.library.issue(issue).title == "Told"
    assert "As it is." in workspace.library.document(issue).text


def test_a_text_is_not_the_translation_of_itself(workspace: Workspace, tmp_path: Path) -> None:
    issue = bring(workspace, tmp_path / "in", a_html=page())
    options = ImportOptions(issue=issue, role=DocumentRole.TRANSLATION)
    report = workspace.transfer.import_paths([tmp_path / "in" / "a.html"], options)
    (failure,) = report.failures
    assert failure.reason == "is the text of the issue itself"
    assert report.texts == 0
    assert [*workspace.library.issue(issue).documents] == [DocumentRole.TEXT]


def test_a_date_of_the_user_is_not_overridden(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(page())
    options = ImportOptions(date="2020-02-03")
    (issue,) = workspace.transfer.import_paths([file], options).added
    bring(workspace, tmp_path, b_md=note().replace("---\n\n", "date: 2019-01-01\n---\n\n"))
    record = workspace.library.issue(issue)
    assert (record.date, record.date_source) == ("2020-02-03", DateSource.USER)


@pytest.mark.parametrize("role", [DocumentRole.TRANSLATION, DocumentRole.ORIGINAL])
def test_a_companion_of_an_issue_says_nothing_of_it(
    workspace: Workspace, tmp_path: Path, role: DocumentRole
) -> None:
    issue = bring(workspace, tmp_path, a_html=page())
    before = workspace.library.issue(issue)
    file = tmp_path / "b.html"
    file.write_text(
        page("Of the source", "The lamps of 池塘 are lit. 池塘里的灯", "https://source.example/1")
    )
    options = ImportOptions(issue=issue, role=role)
    for _ in range(2):
        workspace.transfer.import_paths([file], options)
        record = workspace.library.issue(issue)
        assert (record.title, record.url, record.keys) == (before.title, before.url, before.keys)
        assert set(record.documents) == {ROLE, role}
        assert "池塘" in workspace.library.document(issue, role).text
    assert workspace.transfer.import_again().updated == ()
    assert workspace.library.issue(issue) == record


def test_what_is_said_of_one_text_is_not_said_of_more(workspace: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"{WORDS} {number}")
    options = ImportOptions(title="The one")
    report = workspace.transfer.import_paths([tmp_path / "a.zip"], options)
    assert not report.texts
    assert [each.place for each in report.failures] == [str(tmp_path / "a.zip")]


def test_a_rehearsal_tells_the_same_and_writes_nothing(
    workspace: Workspace, tmp_path: Path, paths: Paths
) -> None:
    bring(workspace, tmp_path / "before", a_html=page())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.html").write_text(page(words=f"{WORDS} Changed."))
    (folder / "2.html").write_text(
        page("Another", "Other words of it.", "https://pond.example/p/b")
    )
    (folder / "3.html").write_text(
        page("Another", "Other words of it.", "https://pond.example/p/b")
    )
    (folder / "4.txt").write_bytes(b"\x00\x01")
    stored = {
        file: file.stat().st_mtime_ns for file in paths.data.rglob("*") if file.suffix != ".lock"
    }
    told = workspace.transfer.import_paths([folder], rehearse=True)
    assert stored == {
        file: file.stat().st_mtime_ns for file in paths.data.rglob("*") if file.suffix != ".lock"
    }
    done = workspace.transfer.import_paths([folder])
    assert (told.added, told.updated, told.unchanged) == (done.added, done.updated, done.unchanged)
    assert [str(each) for each in told.failures] == [str(each) for each in done.failures]


def test_what_is_left_alone_and_lists_of_publications_are_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pond = Publication("pond", "Pond Letter", feed="https://pond.example/feed")
    monkeypatch.setattr(reader, "take", lambda _: Subscriptions((pond, pond)))
    skipped = Skipped("a.zip, draft", "is a draft that was not published")
    found = [skipped, Source("a.opml", "a.opml", b"<opml/>")]
    report = workspace._importer.run(found, ImportOptions(), workers=0)
    assert report.skipped == (skipped,)
    assert report.publications == (pond,)
    assert report.texts == 0


MAIL = (
    "From: A Writer <letter@lantern.example.org>\nSubject: Lantern #41: Lamps\n"
    "Date: Sat, 2 Feb 2030 10:00:00 +0000\nList-Id: A letter <mail.lantern.example.org>\n"
    "Message-ID: <1@lantern.example.org>\n\n" + WORDS + "\n"
)
FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Lantern", "items": [{"id": "1",'
    ' "url": "https://lantern.example.org/p/lamps", "title": "Lantern #41: Lamps",'
    ' "content_html": "<p>Other words on the lamps.</p>"}]}'
)


@pytest.mark.parametrize("names", [("a_eml", "b_json"), ("b_json", "a_eml")])
def test_a_mail_and_an_entry_of_a_feed_meet_by_their_number(
    workspace: Workspace, tmp_path: Path, names: tuple[str, str]
) -> None:
    home = "https://lantern.example.org"
    told = Publication("", "Lantern", home=home, feed=f"{home}/feed", label="Lantern")
    workspace.following.follow_listed([told])
    texts = {"a_eml": MAIL, "b_json": FEED}
    issue = workspace.library.issue(
        bring(workspace, tmp_path / "in", **{name: texts[name] for name in names})
    )
    assert (issue.publication, issue.number, issue.title) == ("lantern", 41, "Lamps")
    assert "number:lantern/41" in issue.keys
    assert issue.documents[ROLE].format == "json-feed"
    assert [each.format for each in issue.sources][-1:] == ["mail"]
    assert (issue.authors, issue.date) == (("A Writer",), "2030-02-02")


POND, LAKE = "https://pond.example/p", "https://lake.example/p"


def post(id_: int, title: str, words: str, url: str) -> str:
    """A post as Substack gives it."""
    told = {"id": id_, "title": title, "body_html": f"<p>{words}</p>", "canonical_url": url}
    return json.dumps({**told, "post_date": "2031-03-01T10:00:00.000Z"})


def feed(*items: tuple[str, str, str]) -> str:
    """A feed of items, each with its address, title and words."""
    told = [{"id": url, "url": url, "title": title, "content_text": words}
            for url, title, words in items]  # fmt: skip
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "A feed", "items": told})


def issues_of(workspace: Workspace, folder: Path, *texts: str, publication: str = "") -> list[str]:
    """The ids of the issues of JSON texts that come in together."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.json").write_text(text, "utf-8")
    options = ImportOptions(publication=publication)
    report = workspace.transfer.import_paths([folder], options)
    assert not report.failures
    return [*report.added, *report.updated]


TEASER = "The rest of this is for those who pay."


@pytest.mark.parametrize(
    "texts",
    [
        [post(n, f"Lamps {n}", TEASER, f"{POND}/{n}") for n in range(1, 4)],
        [feed(*((f"{POND}/{n}", f"Lamps {n}", TEASER) for n in range(1, 4)))],
        [post(n, f"ChinAI #870: Lamps {n}", f"{WORDS} {n}", f"{POND}/{n}") for n in range(1, 4)],
        [post(n, f"Lamps {n}", TEASER * 40, f"{POND}/{n}") for n in range(1, 4)],
        [feed(*((f"{POND}/{n}", f"Lamps {n}", TEASER * 40) for n in range(1, 4)))],
    ],
)
def test_texts_that_have_one_thing_in_common_are_not_one(
    workspace: Workspace, tmp_path: Path, texts: list[str]
) -> None:
    ids = issues_of(workspace, tmp_path / "in", *texts)
    assert len(ids) == len(set(ids)) == 3


def test_a_repost_is_an_issue_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    words = f"{WORDS} " * 20
    (own,) = issues_of(
        workspace, tmp_path / "a", feed((f"{POND}/1", "Lamps", words)), publication="pond"
    )
    text = feed((f"{LAKE}/1", "Lamps", words))
    (other,) = issues_of(workspace, tmp_path / "b", text, publication="lake")
    assert own != other
    assert workspace.library.issue(own).publication == "pond"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_remark_on_another_publications_text_does_not_take_its_place(
    workspace: Workspace, tmp_path: Path, is_first: bool
) -> None:
    url = "https://chinai.substack.com/p/lamps"
    remark = feed((url, "On lamps", "Have a look at these lamps."))
    ids = []
    for is_remark in (is_first, not is_first):
        if is_remark:
            ids += issues_of(workspace, tmp_path / "b", remark, publication="low-down")
        else:
            ids.append(bring(workspace, tmp_path / "a", a_html=page("ChinAI #9: Lamps", url=url)))
    assert len(set(ids)) == 2
    issue = workspace.library.issue("chinai-9")
    assert (issue.title, issue.publication) == ("Lamps", "chinai")
    assert f"url:{url}" in issue.keys
    assert workspace.library.document("chinai-9").text.endswith(WORDS)
    other = workspace.library.issue(next(each for each in ids if each != "chinai-9"))
    assert f"url:{url}" not in other.keys


def test_a_mail_is_one_source_by_what_came_and_what_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    mail = "Delivered-To: reader@home.example\nTo: reader@home.example\n" + MAIL
    issue = bring(workspace, tmp_path, a_eml=mail, b_html=page("Lantern #41: Lamps", WORDS, ""))
    hashed = sha256(mail.encode()).hexdigest()
    reference = workspace.library.issue(issue).documents[ROLE]
    kept: list[DocumentRef | SourceRef] = [reference, *workspace.library.issue(issue).sources]
    (source,) = [each for each in kept if each.format == "mail"]
    assert source.came == hashed != source.original
    assert workspace.transfer.import_paths([tmp_path / "a.eml"]).unchanged == (issue,)


def test_the_users_title_tells_the_publication_and_the_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "b.txt").write_text(f"ChinAI #880: Boats\n\n{WORDS} Too.")
    for name, number in (("a.txt", 990), ("b.txt", 991)):
        options = ImportOptions(title=f"ChinAI #{number}: Said")
        (id_,) = workspace.transfer.import_paths([tmp_path / name], options).added
        issue = workspace.library.issue(id_)
        assert (issue.publication, issue.number, issue.title) == ("chinai", number, "Said")


@pytest.mark.parametrize(("role", "expected"), [("text", ["stub"]), ("translation", [])])
def test_only_a_text_is_what_annotations_wait_for(role: str, expected: list[str]) -> None:
    data = f"---\ntitle: A stub\nrole: {role}\n---\n\n{WORDS}\n".encode()
    text = arrivals.Text(Source("a.md", "a.md", data), read(data, "a.md", Metadata()), ())
    assert text.reading.metadata.role == role
    known = identity.Known({"stub": Issue("stub", "unfiled", "A stub")})
    assert list(arrivals._owners(text, known)) == expected
