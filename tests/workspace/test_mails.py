from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from chinai_tui.paths import Paths
from chinai_tui.workspace import Workspace, importing

LINE = "From bounce@pond.example Mon Jan  6 10:00:00 2020\n"
WORDS = "A made-up paragraph on the lamps of the pond, long enough to be one."


def mail(sender: str, subject: str, words: str = WORDS, more: str = "") -> str:
    return (
        f"From: A Writer <{sender}>\nTo: somebody@home.example\nSubject: {subject}\n{more}"
        f"Date: Mon, 06 Jan 2020 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{words}\n\n"
    )


OURS = mail(
    "chinai@substack.com",
    "Lamps of the pond",
    more="List-Post: <https://chinai.substack.com/p/lamps-of-the-pond>\n",
)
OTHER = mail("friend@home.example", "Dinner on Friday", "Will there be soup, and who brings it?")


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    file = tmp_path / "all.mbox"
    file.write_text(LINE + OTHER + LINE + OURS + LINE + OTHER)
    return file


def test_a_mailbox_gives_what_is_followed_and_the_rest_is_left(
    workspace: Workspace, mbox: Path, paths: Paths
) -> None:
    report = workspace.transfer.import_paths([mbox])
    (added,) = report.added
    assert workspace.library.issue(added).publication == "chinai"
    assert [each.reason for each in report.skipped] == [
        "is a mail, but of no newsletter that is followed"
    ] * 2
    assert report.failures == ()
    stored = [
        gzip.decompress(each.read_bytes()) for each in paths.data.rglob("originals/*.mail.gz")
    ]
    assert len(stored) == 1
    assert b"somebody@home.example" not in stored[0]


def test_mails_that_are_left_do_not_pile_up(
    workspace: Workspace, mbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_BYTES", 10)
    monkeypatch.setattr(importing, "monotonic", lambda: 1.0)
    done: list[int] = []
    workspace.transfer.import_paths([mbox], progress=lambda each: done.append(each.done))
    assert done == [1, 1, 2, 3]


def test_a_second_time_it_is_unchanged_and_read_again_it_is_the_same(
    workspace: Workspace, mbox: Path
) -> None:
    (added,) = workspace.transfer.import_paths([mbox]).added
    before = workspace.library.issue(added)
    assert workspace.transfer.import_paths([mbox]).unchanged == (added,)
    assert workspace.transfer.import_again().updated == ()
    assert workspace.library.issue(added) == before


def test_a_mail_in_a_file_of_its_own_is_wanted(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "dinner.eml"
    file.write_text(OTHER)
    assert len(workspace.transfer.import_paths([file]).added) == 1


def test_mails_that_one_of_its_own_encloses_are_wanted(
    workspace: Workspace, tmp_path: Path
) -> None:
    letters = (mail("pond@home.example", f"Letter {n}", f"{WORDS} {n}") for n in range(3))
    parts = "".join(f"--B\nContent-Type: message/rfc822\n\n{each}" for each in letters)
    file = tmp_path / "letters.eml"
    file.write_text(
        "From: A Reader <reader@home.example>\nDate: Mon, 06 Jan 2020 10:00:00 +0000\n"
        "Subject: Fwd: letters\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/digest; boundary=B\n\n{parts}--B--\n"
    )
    assert len(workspace.transfer.import_paths([file]).added) == 3


def test_what_a_house_writes_beside_its_posts_is_left(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "all.mbox"
    receipt = mail("chinai@substack.com", "Your payment receipt from ChinAI", "Paid: 5.")
    file.write_text(LINE + OURS + LINE + receipt)
    report = workspace.transfer.import_paths([file])
    assert len(report.added) == 1
    assert [each.reason for each in report.skipped] == [
        "is a mail of a newsletter that is followed, but brings no issue"
    ]


def test_a_mail_is_filed_where_its_sender_is_followed(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "lamps.eml"
    file.write_text(mail("chinai@substack.com", "Lamps of the pond"))
    (added,) = workspace.transfer.import_paths([file]).added
    assert workspace.library.issue(added).publication == "chinai"
    (tmp_path / "all.mbox").write_text(LINE + OURS)
    report = workspace.transfer.import_paths([tmp_path / "all.mbox"])
    assert report.added == ()
    assert workspace.transfer.import_again().failures == ()


def test_a_mail_without_its_headers_is_of_the_issue_that_came_with_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    own = "List-Post: <https://www.chinatalk.media/p/lamps>\n"
    button = '<a href="https://open.substack.com/pub/chinatalk/p/lamps?utm=1">READ IN APP</a>'
    page = mail("chinatalk@substack.com", "Lamps", f"<p>{button}</p><p>Mailed: {WORDS}</p>")
    (tmp_path / "a.eml").write_text(mail("chinatalk@substack.com", "Lamps", more=own))
    (tmp_path / "b.eml").write_text(page.replace("text/plain", "text/html"))
    assert len(workspace.transfer.import_paths([tmp_path / "a.eml"]).added) == 1
    assert workspace.transfer.import_paths([tmp_path / "b.eml"]).added == ()
