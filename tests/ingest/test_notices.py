from __future__ import annotations

import pytest

from chinai_tui.ingest.notices import is_notice
from tests.ingest import mails

NOTICES = [
    "Your payment receipt from A Letter",
    "Somebody liked your comment on Twelve Kettles",
    "=?utf-8?q?Somebody_liked_your_comment?=",
    "Confirm your subscription to A Letter",
    "New comment on Twelve Kettles",
    "New reply to your comment",
    "New subscriber: a reader",
    "You’re invited to a chat",
    "A Writer started a thread",
    "A Writer just posted a note",
    "Your sign-in link",
    "Your A Letter subscription will renew",
]
LINK = f"{mails.POST}?utm_campaign=email-comment"
ABOUT = f"<p>See <a href='{LINK}'>what was said</a>.</p>"


@pytest.mark.parametrize("subject", NOTICES)
@pytest.mark.parametrize("list_id", [True, False])
def test_what_the_house_writes(subject: str, list_id: bool) -> None:
    without = ("List-Post", *mails.NO_NUMBER) + (() if list_id else mails.NO_LIST)
    assert is_notice(mails.mail({"Subject": subject}, page=ABOUT, without=without))
    # A post may be called anything.
    assert not is_notice(mails.mail({"Subject": subject}, page=ABOUT))
    post = mails.mail({"Subject": subject}, page=mails.substack_page(), without=without)
    assert not is_notice(post)


def test_what_the_house_writes_under_any_subject() -> None:
    without = ("List-Post", *mails.NO_NUMBER)
    assert is_notice(mails.mail(page="<p>Something happened.</p>", without=without))
    assert not is_notice(mails.mail(page="<p>Kettles.</p>", without=("List-Post",)))


@pytest.mark.parametrize("page", [mails.substack_page(), mails.substack_page(marked=False), ""])
def test_a_post_whose_headers_are_lost(page: str) -> None:
    assert not is_notice(mails.mail(page=page, without=mails.NO_LIST + mails.NO_NUMBER))
    assert not is_notice(mails.mail(page=page, without=("List-Post", *mails.NO_NUMBER)))
    assert not is_notice(mails.mail(text="Kettles.", without=mails.NO_LIST + mails.NO_NUMBER))


@pytest.mark.parametrize(
    ("subject", "is_one"),
    [("Your receipt from A Letter", True), ("Fwd: Your receipt from A Letter", True),
     ("You’re invited", False), ("New comments on kettles", False)],
)  # fmt: skip
def test_other_houses(subject: str, is_one: bool) -> None:
    data = f"From: A Letter <news@letter.example>\nSubject: {subject}\n\nwords".encode()
    assert is_notice(data) is is_one
