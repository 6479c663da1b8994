from __future__ import annotations

from time import perf_counter

import pytest

from chinai_tui.ingest.tracking import (
    impersonal,
    in_words,
    in_words_of_mail,
    is_personal,
    payload,
    untracked,
)
from tests.ingest import mails

PLAIN = "https://news.example/a?id=3&page=2"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (PLAIN, PLAIN),
        ("https://news.example/a?id=3&utm_source=x#part", "https://news.example/a?id=3#part"),
        (mails.redirect(PLAIN), PLAIN),
        (mails.redirect(mails.redirect(PLAIN)), PLAIN),
        (mails.redirect(mails.blind()), ""),
        (mails.blind(), ""),
        ("https://substack.com/redirect/2/bm9qc29u.sig", ""),
        (mails.app_link(), "https://substack.com/app-link/post?publication_id=26&post_id=167"),
        ("https://open.substack.com/pub/a/p/b?r=5x", "https://open.substack.com/pub/a/p/b"),
        ("https://a.example/p/b?r=5x&token=t&j=e&showWelcomeOnShare=true", "https://a.example/p/b"),
        (
            "https://a.example/go?next=https%3A%2F%2Fb.example%2F%3Ftoken%3Dt%26n%3D1&x=1",
            "https://a.example/go?next=https%3A%2F%2Fb.example%2F%3Fn%3D1&x=1",
        ),
        (
            "https://a.example/go?next=" + "https%3A%2F%2Fx.list-manage.com%2Fa%3F",
            "https://a.example/go",
        ),
        ("https://x.us8.list-manage.com/track/click?u=1&id=2&e=3", ""),
        ("https://eotrx.substackcdn.com/open?token=t", ""),
        ("https://email.mg-d0.substack.com/o/eJx", ""),
        ("https://u1.ct.sendgrid.net/ls/click?upn=u", ""),
        ("https://link.mail.beehiiv.com/ss/c/u", ""),
        (f"https://a.example/unsubscribe/{mails.JWT}", ""),
        (f"https://a.example/p?x={mails.JWT}.a.b", "https://a.example/p"),
        ("https://a.example/r/1a2b3c4d?m=77", ""),
        ("https://a.example/r/xx?m=77", ""),
        ("https://substack.com/redirect/2/eyJ.77", ""),
        ("https://a.example/r/xx?page=2&m=77", ""),
        ("https://a.example/r/kettles?page=2", "https://a.example/r/kettles?page=2"),
        ("https://a.example/?uuid=7&key=8&n=1", "https://a.example/?n=1"),
        ("https://a.example/?key=8", "https://a.example/?key=8"),
        ("https://a.example/#/feedback/1/?uuid=7&key=8", "https://a.example/"),
        ("https://a.example/#/kettles?n=1", "https://a.example/#/kettles?n=1"),
        ("https://a.example/unsubscribe/?uuid=7&key=8", ""),
        ("https://a.example/email-preferences/7a7a", ""),
        ("https://a.example/manage/7a7a", ""),
        ("https://a.example/action/disable_email?x=1", ""),
        ("https://a.example/p/consumer-preferences", "https://a.example/p/consumer-preferences"),
        ("https://a.example/climate/action/plan", "https://a.example/climate/action/plan"),
        ("https://a.example/p?uuid=7&midToken=9&n=1", "https://a.example/p?n=1"),
        ("https://flight.beehiiv.example/v2/clicks/7a.8b", ""),
        ("https://d1.hubspotlinks.com/Ctc/7a7a", ""),
        ("https://a.example/e3t/Ctc/7a7a", ""),
        ("https://e.customeriomail.com/e/c/7a7a", ""),
        ("https://a.example/track/click?u=7", ""),
        ("https://links.a.example/u/click?_t=7&_m=8", ""),
        ("https://trk.klclick.com/x", ""),
        ("https://substack.com/signed/7a7a", ""),
        ("https://mailchi.mp/a/five?e=77&x=1", "https://mailchi.mp/a/five?x=1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fp&data=me",
            "https://a.example/p",
        ),
        ("https://[bad/?token=x", ""),
        ("https://a.example/forum?sid=7a7b7c7d8e8f9a9b&t=1", "https://a.example/forum?t=1"),
        ("https://a.example/forum?uid=a%40b.example&t=1", "https://a.example/forum?t=1"),
        ("https://a.example/video?sid=4711&uid=12", "https://a.example/video?sid=4711&uid=12"),
        ("https://a.example/x;jsessionid=7a?n=1", "https://a.example/x?n=1"),
        ("https://a.example/x#access_token=7&n=1", "https://a.example/x"),
        ("https://a.example/x#section", "https://a.example/x#section"),
        ("https://a.example/x?%74oken=7&n=1", "https://a.example/x?n=1"),
        (mails.redirect(PLAIN).replace("/eyJ", "/%65yJ"), PLAIN),
        (mails.redirect(PLAIN).replace("https://s", "HTTPS://S"), PLAIN),
        (mails.redirect("javascript:alert(1)"), ""),
        (mails.redirect('https://a.example/"><b>'), ""),
        (
            "https://news.example/redirect/2/an-article",
            "https://news.example/redirect/2/an-article",
        ),
        (
            "https://a.example/go?next=https%253A%252F%252Fb.example%252F%253Ftoken%253Dt",
            "https://a.example/go?next=https%253A%252F%252Fb.example%252F",
        ),
    ],
)
def test_links(link: str, target: str) -> None:
    assert untracked(link) == target
    assert untracked(target) == target


def test_many_redirects_in_a_query_take_no_time() -> None:
    start = perf_counter()
    untracked("https://a.example/a?" + "/r/x?" * 60_000)
    assert perf_counter() - start < 2


def test_redirects_without_end_end() -> None:
    link = PLAIN
    for _ in range(9):
        link = mails.redirect(link)
    assert untracked(link) == ""


def test_what_a_redirect_says_of_itself() -> None:
    assert payload(mails.redirect(PLAIN))["p"] == 167
    assert payload(mails.blind()) == {}
    assert payload("https://substack.com/redirect/2/W10.sig") == {}  # a list


BLIND = mails.blind()


@pytest.mark.parametrize(
    ("link", "target", "words"),
    [
        (mails.redirect(PLAIN), PLAIN, PLAIN),
        (BLIND, "", "https://substack.com/…"),
        ("https://substack.com/…", "", "https://substack.com/…"),
        ("https://substack.com/%E2%80%A6", "", "https://substack.com/%E2%80%A6"),
        ("https://a.example/p/b?r=5x&n=1", "https://a.example/p/b?n=1", "https://a.example/p/b?n=1"),
        ("https://a.example/b?r=5x&uid=1", "https://a.example/b?r=5x&uid=1", "https://a.example/b?r=5x&uid=1"),
        ("https://a.example/b?fbclid=5x", "https://a.example/b", "https://a.example/b?fbclid=5x"),
        ("https://a.example/unsubscribe", "https://a.example/unsubscribe", "https://a.example/unsubscribe"),
        ("/redirect/0123abcd-1111-2222-3333-444455556666?j=x", "", "/…"),
        ("?token=7", "", "?"),
        ("https://[bad/?token=x", "", "https://[bad/…"),
    ],
)  # fmt: skip
def test_links_that_are_in_no_mail(link: str, target: str, words: str) -> None:
    assert impersonal(link) == target
    assert in_words(link) == words
    assert in_words(words) == words


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (PLAIN, PLAIN),
        (BLIND, ""),
        ("https://a.example/track/click/unsubscribe?u=7", ""),
        ("https://a.example/privacy/opt-out", "https://a.example/…"),
        ("https://[bad/", ""),
    ],
)
def test_links_in_the_words_of_a_mail(link: str, words: str) -> None:
    assert in_words_of_mail(link) == words
    assert words == "" or in_words_of_mail(words) == words


@pytest.mark.parametrize("key", ["token", "access_token", "session_token", "jwt"])
def test_who_is_let_in_by_a_link(key: str) -> None:
    assert is_personal(f"https://a.example/x?n=1&{key}=7")
    assert not is_personal(f"https://a.example/x?n=1&{key}s=7")
