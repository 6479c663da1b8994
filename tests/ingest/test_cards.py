"""Cards: what a page holds of another post, of a message, of a recording, and buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chinai_tui import ingest

Read = Callable[..., ingest.Reading]
Rows = Callable[..., list[tuple[str, str, int, str, str]]]
Spans = Callable[..., list[tuple[str, str, str]]]


def page(body: str) -> str:
    head = "<title>T</title><link rel=canonical href=https://l.example/p/one>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def brief(rows: Rows, body: str) -> list[tuple[str, str]]:
    """Kind and role of each block, and its text."""
    return [(f"{row[0]}.{row[1]}".rstrip("."), row[4]) for row in rows(page(body))]


def targets(read: Read, spans: Spans, body: str) -> list[tuple[str, str]]:
    return [span[1:] for span in spans(read(page(body)).document) if span[0] == "link"]


BUTTON = (
    '<p>Words.</p><p class=\'button-wrapper\' data-attrs=\'{{"url":"{0}","text":"{1}"}}\''
    " data-component-name='ButtonCreateButton'><a class='button primary' href='{0}'>"
    "<span>{1}</span></a></p><p>More.</p>"
)


def test_a_button_that_leads_to_something_to_read_stays(
    read: Read, rows: Rows, spans: Spans
) -> None:
    body = BUTTON.format("https://docs.example/d/1", "Our whole rendering")
    assert brief(rows, body)[1] == ("paragraph", "Our whole rendering")
    assert targets(read, spans, body) == [("Our whole rendering", "https://docs.example/d/1")]
    bare = body.replace("<a class='button primary' href='https://docs.example/d/1'>", "<a>")
    assert targets(read, spans, bare) == [("Our whole rendering", "https://docs.example/d/1")]
    empty = body.replace("<span>Our whole rendering</span>", "")
    assert targets(read, spans, empty) == targets(read, spans, body)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://l.example/p/one?utm_source=x&amp;action=share", "Send it on"),
        ("%%checkout_url%%", "Become a member"),
        ("https://l.example/subscribe?", "Join us"),
        ("https://l.example/p/one/comments", "What do you say?"),
        ("https://l.example/subscribe?gift=true", "For a friend"),
        ("https://l.example/leaderboard?referrer_token=a", "Bring others"),
        ("https://open.substack.com/pub/l/chat?utm_source=chat_embed", "Talk to us"),
        ("https://substack.com/redirect/6c0f0d1e-93f5-4e4c-8e7a-0a1b2c3d4e5f?j=e", "Subscribe now"),
        ("https://l.example/x", "Leave a comment"),
        ("https://l.example/x", "Upgrade to paid"),
        ("https://l.example/x", "Give a gift subscription"),
        ("https://l.example/x", "Get 20% off for 1 year"),
        ("https://substack.com/redirect/6c0f0d1e-93f5-4e4c-8e7a-0a1b2c3d4e5f", "Share A Letter"),
        ("https://l.example/x", "Refer a friend"),
    ],
)
def test_buttons_of_the_site_are_left_out(rows: Rows, url: str, words: str) -> None:
    assert brief(rows, BUTTON.format(url, words)) == [
        ("paragraph", "Words."),
        ("paragraph", "More."),
    ]


def test_a_button_with_a_line_above_it(rows: Rows) -> None:
    wrapped = (
        "<div class='captioned-button-wrap' data-component-name='CaptionedButtonToDOM'>"
        "<div class='preamble'><p>{0}</p></div><p class='button-wrapper'>"
        "<a class='button' href='{1}'><span>{2}</span></a></p></div><p>End.</p>"
    )
    shared = wrapped.format("Pass this on!", "https://l.example/?action=share", "Share")
    assert brief(rows, shared) == [("paragraph", "End.")]
    other = wrapped.format("All of it is here:", "https://docs.example/d/1", "Read on")
    assert brief(rows, other)[:2] == [("paragraph", "All of it is here:"), ("paragraph", "Read on")]


CARD = (
    '<div class="embedded-post-wrap" {}><a class="embedded-post" href="https://o.example/p/ropes">'
    '<div class="embedded-post-header"><span class="embedded-post-publication-name">Of Harbours'
    '</span></div><div class="embedded-post-title">On Ropes</div><div class="embedded-post-body">'
    'How they are laid</div><div class="embedded-post-cta">Read more</div>'
    '<div class="embedded-post-meta">2 years ago · 3 likes</div></a></div>'
)
DATA = (
    """data-attrs='{"url":"https://o.example/p/ropes?utm_source=substack","title":"On Ropes","""
    """"publication_name":"Of Harbours","truncated_body_text":"How they are laid"}'"""
)


@pytest.mark.parametrize("data", [DATA, ""])
def test_another_post_is_one_card(read: Read, rows: Rows, spans: Spans, data: str) -> None:
    body = CARD.format(data)
    assert brief(rows, body) == [
        ("embed", "On Ropes — Of Harbours"),
        ("paragraph.caption", "How they are laid"),
    ]
    assert targets(read, spans, body) == [("On Ropes — Of Harbours", "https://o.example/p/ropes")]


def test_what_a_message_quotes_and_shows(read: Read, rows: Rows, spans: Spans) -> None:
    body = """<div class="tweet" data-attrs='{"url":"https://t.example/1","username":"who",
"full_text":"Look at\\nthis","photos":[{"img_url":"https://b.example/1.png","alt_text":"A mast"},5,
{"img_url":"https://b.example/2.png"}],"quoted_tweet":{"username":"other","full_text":"That crane",
"quoted_tweet":{"full_text":"Deeper"}},"expanded_url":{"url":"https://n.example/a","title":"News"}}'>
<div class="tweet-header">Who</div></div>"""
    assert brief(rows, body) == [
        ("embed", "@who: Look at this"),
        ("image", "A mast"),
        ("image", "image"),
        ("embed", "@other: That crane"),
        ("embed", "News"),
    ]
    assert targets(read, spans, body) == [
        ("@who: Look at this", "https://t.example/1"),
        ("A mast", "https://b.example/1.png"),
        ("image", "https://b.example/2.png"),
        ("News", "https://n.example/a"),
    ]


@pytest.mark.parametrize(
    ("card", "words", "url"),
    [
        (
            """class="native-video-embed" data-attrs='{"mediaUploadId":"a-1"}'""",
            "Video",
            "https://l.example/api/v1/video/upload/a-1/src",
        ),
        (
            """class="native-audio-embed" data-attrs='{"label":"A hum","mediaUploadId":"b/2"}'""",
            "A hum",
            "https://l.example/api/v1/audio/upload/b%2F2/src",
        ),
        (
            """class="instagram-embed-wrap" data-attrs='{"instagram_id":"Cx","title":"Quay"}'""",
            "Quay",
            "https://www.instagram.com/p/Cx/",
        ),
        (
            """class="bluesky-wrap" data-attrs='{"postId":"3k","authorDid":"did:plc:x",
"authorHandle":"who.example","text":"Fog"}'""",
            "Fog — who.example",
            "https://bsky.app/profile/did:plc:x/post/3k",
        ),
        ("""class="poll-embed" data-attrs='{"id":5}'""", "Poll", "https://l.example/p/one"),
    ],
)
def test_where_a_card_leads(
    read: Read, rows: Rows, spans: Spans, card: str, words: str, url: str
) -> None:
    body = f"<p>Words.</p><div {card}></div>"
    assert brief(rows, body)[1] == ("embed", words)
    assert targets(read, spans, body) == [(words, url)]


def test_what_a_chart_says_and_the_one_caption_of_a_gallery(rows: Rows) -> None:
    body = """<div class="datawrapper-wrap outer" data-attrs='{"url":"https://d.example/1",
"title":"Ships","description":"By port and year"}'><iframe src="https://d.example/1"></iframe></div>
<div class="image-gallery-embed" data-attrs='{"gallery":{"caption":"Two masts","images":[{"src":
"https://b.example/1.png"},{"src":"https://b.example/2.png"}]}}'></div>"""
    assert brief(rows, body) == [
        ("embed", "Ships"),
        ("paragraph.caption", "By port and year"),
        ("image", "image"),
        ("image", "Two masts"),
    ]


def test_a_picture_that_leads_elsewhere(read: Read, rows: Rows, spans: Spans) -> None:
    body = (
        "<figure><a class='image-link' href='https://n.example/report'>"
        "<img src='https://b.example/a.png' alt='A plot'></a></figure>"
        "<figure><a class='image-link' href='https://substackcdn.com/image/fetch/w_9/https%3A%2F%2F"
        "b.example%2Fb.png'><img src='https://b.example/b.png'></a></figure>"
        "<figure><a href='https://b.example/large/c.png'><img src='https://b.example/c.png'></a>"
        "</figure>"
    )
    assert brief(rows, body) == [
        ("image", "A plot"),
        ("embed", "n.example"),
        ("image", "image"),
        ("image", "image"),
    ]
    assert targets(read, spans, body)[1] == ("n.example", "https://n.example/report")


def test_a_linked_picture_outside_a_figure(rows: Rows) -> None:
    link = "<p><a href='https://n.example/{0}'>{1}<img src='https://b.example/{0}.png' {2}></a></p>"
    body = link.format("a", "", "alt='A plot'") + link.format("b", "", "width=24")
    assert brief(rows, body + link.format("c", "See ", "")) == [
        ("image", "A plot"),
        ("embed", "n.example"),
        ("image", "image"),
        ("paragraph", "See"),
        ("image", "image"),
    ]


def test_a_mail_address_keeps_without_what_is_to_be_written(read: Read, spans: Spans) -> None:
    body = "<p>Ask <a href='mailto:a@l.example?subject=Ships'>us</a>.</p>"
    assert targets(read, spans, body) == [("us", "mailto:a@l.example")]


def test_half_of_an_emoji_in_the_data_of_a_card(read: Read, spans: Spans) -> None:
    body = (
        "<p>Words.</p><div class='youtube-wrap'"
        ' data-attrs=\'{"videoId":"abc","title":"cut \\ud83d"}\'></div>'
    )
    assert [url for _, url in targets(read, spans, body)] == ["https://www.youtube.com/watch?v=abc"]
