from __future__ import annotations

import pytest

from chinai_tui.ingest.mailed_post import Post, find, page
from tests.ingest import mails

IN_APP = "https://open.substack.com/pub/aletter/p/twelve-kettles?utm_campaign=email-read-in-app"
BOTH = Post(mails.POST, "167")
LIST = {"List-Id": "<aletter.substack.com>"}


def found(headers: dict[str, str] | None = None, body: str = "", text: str = "") -> Post:
    return find(lambda name: (headers or {}).get(name, ""), body, text)


@pytest.mark.parametrize(
    ("headers", "post"),
    [
        ({"List-Post": f"<{mails.POST}>", "In-Reply-To": "<post-167@substack.com>"}, BOTH),
        ({"List-Post": f"<{mails.POST}?r=1>", "References": "<x@y> <post-167@substack.com>"}, BOTH),
        ({**LIST, "X-Mailgun-Variables": '{"post_id": "167", "user_id": "9"}'}, Post("", "167")),
        ({**LIST, "X-Mailgun-Variables": '{"post_id": 167}'}, Post("", "167")),
        ({**LIST, "X-Mailgun-Variables": '{"post_id": "a/b"}'}, Post()),
        ({**LIST, "X-Mailgun-Variables": "[1]"}, Post()),
        ({**LIST, "X-Mailgun-Variables": "{" * 2000}, Post()),
        ({"X-Mailgun-Variables": '{"post_id": 167}'}, Post()),
        ({"List-Id": "<a.example>", "X-Mailgun-Variables": '{"post_id": 167}'}, Post()),
        ({"List-Id": "<a.notsubstack.com>", "References": "<post-167@substack.com>"}, Post()),
        ({"References": "<post-167@substack.com>"}, Post()),
        ({"List-Post": "<mailto:list@example.org>"}, Post()),
        ({"List-Post": "<https://groups.google.com/group/kettles/post>"}, Post()),
        ({"List-Post": "<https://aletter.substack.com/>"}, Post()),
    ],
)
def test_headers(headers: dict[str, str], post: Post) -> None:
    assert found(headers) == post


@pytest.mark.parametrize(
    "text",
    [
        f"View this post on the web at {mails.POST}?utm_campaign=email\n\nText",
        f"Read this issue online: <{mails.POST}>",
        f"View this post on the web at {mails.redirect(mails.POST)}\n",
    ],
)
def test_the_text_beside_the_page(text: str) -> None:
    assert found(text=text).url == mails.POST


@pytest.mark.parametrize(
    ("link", "post"),
    [
        (IN_APP, Post(mails.POST)),
        (mails.redirect(IN_APP), Post(mails.POST)),
        (mails.app_link(), Post()),
        (
            mails.redirect("https://aletter.substack.com/subscribe?next=https%3A%2F%2Faletter.substack"
                           ".com%2Fp%2Ftwelve-kettles&r=5x"), Post(mails.POST),
        ),
        ("https://open.substack.com/pub/other/p/tea?r=5x", Post()),
        ("https://substack.com/app-link/post?post_id=99", Post()),
        (mails.blind(), Post()),
        ("https://[bad/redirect", Post()),
    ],
)  # fmt: skip
def test_links_of_the_post_itself(link: str, post: Post) -> None:
    assert found(body=f'<p><a href="{link}">x</a></p>') == post


def test_headers_before_the_text_before_the_links() -> None:
    text = "View this post on the web at https://b.example/p/second"
    body = f'<a href="{mails.redirect(IN_APP, post=3)}">x</a>'
    listed = {
        "List-Post": "<https://a.example/p/first>",
        **LIST,
        "References": "<post-1@substack.com>",
    }
    assert found(listed, body, text) == Post("https://a.example/p/first", "1")
    assert found({}, body, text) == Post("https://b.example/p/second")


def test_the_address_of_a_site_is_that_of_no_post() -> None:
    assert page("https://us8.campaign-archive.com/?u=1&id=2") == ""
    assert page("https://a.example/p/b/?r=1#c") == "https://a.example/p/b"


BUTTON = '<td><a class="b" href="{}?utm_source=email"><span>READ IN APP</span></a></td>'
IN_READER = "https://open.substack.com/pub/aletter/p/twelve-kettles"


def test_the_button_of_the_app_names_the_post_where_that_is_borne_out() -> None:
    body = BUTTON.format(IN_READER)
    assert found(body=body).url == ""
    assert found(LIST, body).url == mails.POST
    assert found({"List-Id": "<other.substack.com>"}, body).url == ""
    assert found(body=f'<h1><a href="{mails.POST}?r=1">Twelve</a></h1>{body}').url == mails.POST
    assert found(LIST, f'<a href="{IN_READER}">an earlier letter</a>').url == ""
