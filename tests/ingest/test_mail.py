from __future__ import annotations

import os
import re
import tarfile
from base64 import b64encode
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui import ingest
from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.domain.issue import DateSource
from chinai_tui.ingest import mail
from chinai_tui.ingest.detect import detect_bytes
from chinai_tui.ingest.reader import take
from chinai_tui.ingest.reading import Draft, Reading, Several, Source
from tests.ingest import mails

OWN = [
    "Every kettle in the province was counted twice.",
    "What the survey says",
    "Copper first 铜壶",
    "Iron later",
]
BANNER = (
    "<div>Worth your time.</div><div class='gmail_quote'><div class='gmail_attr'>"
    "---------- Forwarded message ---------<br>From: <strong>A Writer from A Letter</strong>"
    " <span>&lt;<a href='mailto:aletter@substack.com'>aletter@substack.com</a>&gt;</span><br>"
    "Date: Mon, Jul 7, 2025 at 7:10 AM<br>Subject: Twelve Kettles<br>"
    "To: &lt;<a href='mailto:reader-4711@example.org'>reader-4711@example.org</a>&gt;<br></div>"
)
HANDED_ON = {
    "From": "A Reader <reader-4711@example.org>",
    "Subject": "Fwd: Twelve Kettles",
    "Date": "Fri, 01 Aug 2025 09:00:00 +0200",
}
HIDDEN = b64encode(f"{mails.READER}@example.org".encode()).decode()
LOST = mails.NO_LIST + mails.NO_NUMBER


def draft(data: bytes) -> Draft:
    found = mail.read(data)
    assert isinstance(found, Draft)
    return found


def words(found: Draft) -> list[str]:
    """The blocks that are the post's."""
    return [piece.text for piece in found.pieces if piece.role is not BlockRole.BOILERPLATE]


def furniture(found: Draft) -> list[str]:
    return [piece.text for piece in found.pieces if piece.role is BlockRole.BOILERPLATE]


FIXTURES = {
    "page": mails.mail(page=mails.substack_page(), text=mails.substack_text()),
    "page without classes": mails.mail(page=mails.substack_page(marked=False)),
    "text": mails.mail(),
    "forwarded": mails.mail(
        HANDED_ON, page=BANNER + mails.substack_page(marked=False) + "</div>", without=LOST
    ),
    "forwarded with classes": mails.mail(
        HANDED_ON, page=BANNER + mails.substack_page() + "</div>", without=LOST
    ),
    "mailchimp": mails.mail(
        {"From": "A Writer <writer@example.org>", "Subject": "Letter 5: Kettles"},
        page=(
            "<span class='mcnPreviewText' style='display:none'>Kettles again</span>"
            "<table width='100%'><tr><td><table><tr><td>"
            f"<a href='https://us8.campaign-archive.com/?u=77aa&amp;id=55&amp;e={mails.UNIQ}'>"
            "View this email in your browser</a></td></tr></table></td></tr>"
            "<tr><td><table><tr><td><p>Kettles <a href='https://letter.us8.list-manage.com/track/"
            f"click?u=77aa&amp;id=66&amp;e={mails.UNIQ}'>once more</a>, in full.</p></td></tr>"
            "</table></td></tr><tr><td><em>Copyright © 2018 A Letter, All rights reserved.</em><br>"
            "<strong>Our mailing address is:</strong><br>12 Kettle Street<br>Want to change how "
            "you receive these emails?<br>You can <a href='https://letter.us8.list-manage.com/profile?"
            f"u=77aa&amp;e={mails.UNIQ}'>update your preferences</a></td></tr></table>"
            f"<img src='https://letter.us8.list-manage.com/track/open.php?e={mails.UNIQ}'>"
        ),
        without=LOST,
    ),
    "beehiiv": mails.mail(
        {"From": "A Letter <aletter@mail.beehiiv.com>", "Subject": "Kettles"},
        page=(
            "<div style='display:none'>Soon &zwnj; &nbsp; &zwnj; &nbsp;</div><table role='none'>"
            f"<tr><td>July 07, 2025</td><td><a href='https://link.mail.beehiiv.com/ss/c/u001.{mails.JWT}'>"
            "Read Online</a></td></tr><tr><td><h1>Kettles</h1></td></tr><tr><td><p>Counted twice, "
            f"<a href='https://news.example/a?_bhlid={mails.UNIQ}&amp;utm_source=x&amp;page=2'>as "
            "reported</a>.</p></td></tr><tr><td><p>Update your email preferences or unsubscribe "
            "<a href='https://link.mail.beehiiv.com/ss/c/u002'>here</a></p><p>© 2025 A Letter</p>"
            "<p>12 Kettle Street</p></td></tr></table>"
        ),
        without=LOST,
    ),
    "tokens of all kinds": mails.mail(
        {"To": f"Role {mails.UNIQ} <{mails.READER}@example.org>"},
        page=(
            f"<p>Hi Role {mails.UNIQ}, kettles were <a href='&#104;ttps://a.example/?token={mails.JWT}'>"
            f"counted</a> <a href='https://a.example/?who={mails.READER}%40example.org'>twice</a>.</p>"
            f"<p>Some <a href='https://a.example/?m={HIDDEN}'>were of copper</a>, to "
            f"{mails.READER}&#64;example.org and <a href='https://a.example/k?uuid={mails.BLIND}"
            f"&amp;uniqid={mails.UNIQ}&amp;midToken={mails.SHARE}'>others</a> of iron.</p>"
            f"<p><a href='https://a.example/unsubscribe/{mails.SHARE}'>One</a> <a href="
            f"'https://a.example/preferences/{mails.SHARE}'>two</a> <a href='https://a.example/manage/"
            f"{mails.SHARE}'>three</a> <a href='https://a.example/action/{mails.SHARE}'>four</a></p>"
            f"<p><a href='https://a.example/v2/clicks/{mails.UNIQ}'>Five</a> <a href='https://d1."
            f"hubspotlinks.com/Ctc/{mails.UNIQ}'>six</a> <a href='https://e.customeriomail.com/e/c/"
            f"{mails.UNIQ}'>seven</a></p><img width=1 src='https://a.example/{mails.SHARE}.gif'>"
        ),
    ),
    "ghost": mails.mail(
        {"From": "A Letter <noreply@aletter.example>", "Subject": "Kettles"},
        page=(
            "<span class='preheader'>Soon</span><table class='main' role='presentation'><tr><td>"
            "<h1><a href='https://aletter.example/kettles/'>Kettles</a></h1>"
            f"<p>By A Writer • 7 Jul 2025 • <a href='https://aletter.example/kettles/?token={mails.JWT}"
            "'>View in browser</a></p><p>Counted <a href='https://aletter.example/r/1a2b3c4d?m="
            f"{mails.BLIND}'>twice</a>.</p><p>A Letter © 2025 – <a href='https://aletter.example/"
            f"unsubscribe/?uuid={mails.BLIND}&amp;key={mails.JWT}'>Unsubscribe</a></p></td></tr></table>"
        ),
        without=LOST,
    ),
}


def test_a_mail_of_substack_is_the_post_alone() -> None:
    found = draft(FIXTURES["page"])
    assert [piece.text for piece in found.pieces] == OWN
    assert [piece.kind for piece in found.pieces] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.ITEM,
        BlockKind.ITEM,
    ]
    told = found.metadata
    assert (told.title, told.subtitle) == ("Twelve Kettles", "A count that went wrong")
    assert (told.url, told.post_id, told.authors) == (mails.POST, "167", ("A Writer",))
    assert (told.date, told.date_source) == ("2025-07-07", DateSource.FEED)


def test_what_stands_between_the_title_and_the_post() -> None:
    page = (
        "<h1><a href='https://a.example'>Twelve Kettles</a></h1><h3>A count that went wrong</h3>"
        "<p>A Writer</p><p>Jul 7</p><p>A word from the house</p>"
        f"<div class='body markup'>{mails.BODY}</div><p>Unsubscribe</p>"
    )
    found = draft(mails.mail(page=page))
    assert found.metadata.subtitle == "A count that went wrong"
    assert [piece.text for piece in found.pieces] == ["A word from the house", *OWN]


def test_without_the_classes_what_surrounds_the_post_is_told_by_its_words() -> None:
    found = draft(FIXTURES["page without classes"])
    assert words(found) == OWN
    assert furniture(found) == ["A count that went wrong", "12 Kettle Street, Copper City"]


def test_a_plain_text() -> None:
    found = draft(FIXTURES["text"])
    assert words(found) == [OWN[0], "Read more of it."]
    assert found.metadata.title == "Twelve Kettles"


def test_a_text_keeps_a_title_of_its_own() -> None:
    text = "Kettles, counted\n\nA first paragraph that is a whole sentence.\n\nAnd a second one."
    found = draft(mails.mail(text=text))
    assert words(found)[0] == "Kettles, counted"


def test_a_flowed_text_is_joined_again() -> None:
    head = "From: a@example.org\nContent-Type: text/plain; format=flowed\n\n"
    found = draft((head + "Copper kettles were \ncounted twice.\n\nIron ones were not.").encode())
    assert words(found) == ["Copper kettles were counted twice.", "Iron ones were not."]


@pytest.mark.parametrize("name", ["forwarded", "forwarded with classes"])
def test_a_forwarded_mail_is_by_its_author(name: str) -> None:
    found = draft(FIXTURES[name])
    told = found.metadata
    assert (told.title, told.authors, told.date) == ("Twelve Kettles", ("A Writer",), "2025-07-07")
    assert (told.url, told.post_id) == (mails.POST, "")
    assert words(found) == OWN


def test_an_answer_is_not_the_post_that_it_quotes() -> None:
    quoted = f"Thanks!\n\n> View this post on the web at {mails.POST}\n> Every kettle was counted."
    headers = {"Subject": "Re: ChinAI #9: Kettles", "From": HANDED_ON["From"]}
    told = draft(mails.mail(headers, text=quoted, without=mails.NO_LIST)).metadata
    assert (told.title, told.url, told.post_id) == ("Re: ChinAI #9: Kettles", "", "")
    page = f"<p>Thanks!</p><blockquote>{mails.substack_page()}</blockquote>"
    told = draft(mails.mail(headers, page=page, without=mails.NO_LIST)).metadata
    assert (told.title, told.url, told.post_id) == ("Re: ChinAI #9: Kettles", "", "")


def test_the_banner_is_marked_and_its_reader_left_out() -> None:
    marked = furniture(draft(FIXTURES["forwarded"]))
    assert marked[:3] == [
        "Worth your time.",
        "---------- Forwarded message ---------",
        "From: A Writer from A Letter <aletter@substack.com>",
    ]
    assert not any(line.startswith("To:") for line in marked)


def test_a_forwarded_text() -> None:
    text = (
        "See below.\n\nBegin forwarded message:\n\nFrom: A Writer <aletter@substack.com>\n"
        "Subject: Twelve Kettles\nDate: July 7, 2025 at 11:10:23 GMT+2\nTo: r@example.org\n\n"
        "Every kettle was counted twice.\n\nNobody knows why."
    )
    found = draft(mails.mail(HANDED_ON, text=text, without=LOST))
    assert words(found) == ["Every kettle was counted twice.", "Nobody knows why."]
    assert (found.metadata.authors, found.metadata.date) == (("A Writer",), "2025-07-07")


def test_a_forwarded_text_that_is_quoted() -> None:
    text = (
        "See below.\n\n> Begin forwarded message:\n> \n> From: A Writer <aletter@substack.com>\n"
        "> Subject: Twelve Kettles\n> Date: July 7, 2025 at 11:10:23 GMT+2\n> To: r@example.org\n"
        "> \n> Every kettle of the province was counted twice, and then once more by\n"
        "> somebody else.\n> \n> * Copper\n> * Iron\n"
    )
    found = draft(mails.mail(HANDED_ON, text=text, without=LOST))
    assert words(found) == [
        "Every kettle of the province was counted twice, and then once more by somebody else.",
        "Copper", "Iron",
    ]  # fmt: skip
    told = found.metadata
    assert (told.title, told.authors, told.date) == ("Twelve Kettles", ("A Writer",), "2025-07-07")
    assert told.host == "aletter.substack.com"


def test_a_forwarded_mail_without_a_banner_has_neither_author_nor_date() -> None:
    found = draft(mails.mail(HANDED_ON, page=mails.substack_page(), without=LOST))
    assert (found.metadata.authors, found.metadata.date) == ((), "")
    assert found.metadata.title == "Twelve Kettles"


def attached(*inner: bytes) -> bytes:
    from email import message_from_bytes, policy

    message = EmailMessage()
    message["From"] = "A Reader <reader-4711@example.org>"
    message["Subject"] = "Fwd: letters"
    message.set_content("As promised.")
    for each in inner:
        message.add_attachment(message_from_bytes(each, policy=policy.default))
    return message.as_bytes()


def test_an_attached_mail_is_read_for_the_one_it_is_in() -> None:
    outer = attached(attached(FIXTURES["page"]))
    assert draft(outer) == draft(FIXTURES["page"])
    assert draft(outer).kept == draft(FIXTURES["page"]).kept


def test_several_attached_mails_are_texts_of_their_own() -> None:
    found = mail.read(attached(FIXTURES["page"], FIXTURES["ghost"]))
    assert isinstance(found, Several)
    assert [source.name for source in found.sources] == ["message 1.eml", "message 2.eml"]
    assert draft(found.sources[0].data) == draft(FIXTURES["page"])
    assert not any(
        token.encode() in source.data for source in found.sources for token in mails.TOKENS
    )


def test_what_a_list_sends_is_itself_whatever_is_attached() -> None:
    outer = attached(FIXTURES["ghost"]).replace(b"Subject:", b"List-Id: <a.example>\nSubject:", 1)
    assert words(draft(outer)) == ["As promised."]


def test_pictures_in_tables_made_for_layout() -> None:
    table = (
        "<p>Above</p><table role='presentation'><tr><td></td><td><a href='{}'><img src="
        "'https://substackcdn.com/image/fetch/w_1100/https%3A%2F%2Fsubstack-post-media.s3.example"
        "%2Fk.png' alt='A kettle' width='550'></a></td><td></td></tr></table><p>Below</p>"
    )
    found = draft(mails.mail(page=mails.substack_page(table.format(mails.blind()))))
    assert [(piece.kind, piece.text) for piece in found.pieces] == [
        (BlockKind.PARAGRAPH, "Above"),
        (BlockKind.IMAGE, "A kettle"),
        (BlockKind.PARAGRAPH, "Below"),
    ]
    assert [each[3] for each in found.pieces[1].ranges] == [
        "https://substack-post-media.s3.example/k.png"
    ]


def test_columns_are_flattened_and_tables_of_data_are_not() -> None:
    long = "many words about copper kettles and how they were counted " * 5
    page = (
        f"<table><tr><td>{long}</td><td>A second column.</td></tr></table>"
        "<table><tr><th>Year</th><th>Kettles</th></tr><tr><td>2024</td><td>12</td></tr></table>"
    )
    found = draft(mails.mail(page=page))
    assert [piece.kind for piece in found.pieces] == [BlockKind.PARAGRAPH] * 2 + [BlockKind.ROW] * 2


def test_links() -> None:
    body = (
        f"<p><a href='{mails.redirect('https://news.example/k?utm_source=a&id=3')}'>decoded</a> "
        f"<a href='{mails.blind()}'>blind</a> <a href='https://paper.example/x?page=2'>plain</a> "
        f"<a href='https://open.substack.com/pub/b/p/tea?r={mails.SHARE}'>other</a></p>"
    )
    found = draft(mails.mail(page=mails.substack_page(body)))
    assert words(found) == ["decoded blind plain other"]
    assert [each[3] for each in found.pieces[0].ranges] == [
        "https://news.example/k?id=3",
        "https://paper.example/x?page=2",
        "https://open.substack.com/pub/b/p/tea",
    ]
    assert found.metadata.url == mails.POST


@pytest.mark.parametrize(
    ("name", "own", "marked"),
    [
        (
            "mailchimp",
            ["Kettles once more, in full."],
            [
                "Our mailing address is:",
                "12 Kettle Street",
                "Want to change how you receive these emails?",
                "You can update your preferences",
            ],
        ),
        (
            "beehiiv",
            ["Counted twice, as reported."],
            ["Update your email preferences or unsubscribe here", "12 Kettle Street"],
        ),
        (
            "ghost",
            ["By A Writer • 7 Jul 2025 • View in browser", "Counted twice."],
            ["A Letter © 2025 – Unsubscribe"],
        ),
    ],
)
def test_other_houses(name: str, own: list[str], marked: list[str]) -> None:
    found = draft(FIXTURES[name])
    assert words(found) == own
    assert [line for line in furniture(found) if "Copyright" not in line] == marked


def test_the_offer_to_show_a_mail_in_the_browser_gives_its_address() -> None:
    assert draft(FIXTURES["ghost"]).metadata.url == "https://aletter.example/kettles"
    assert draft(FIXTURES["mailchimp"]).metadata.url == ""


@pytest.mark.parametrize("name", FIXTURES)
def test_what_is_kept_reads_the_same_and_tells_nothing_of_the_reader(name: str) -> None:
    data = FIXTURES[name]
    kept = draft(data).kept
    assert draft(kept) == draft(data)
    assert draft(kept).kept == kept
    taken = take(Source("a mail", "a.eml", data, format="mail"))
    assert isinstance(taken, Reading)
    for token in (*mails.TOKENS, HIDDEN):
        assert token.encode() not in kept
        assert token not in repr(taken)
    assert not re.search(rb"[?&](?:token|j|r|utm_\w+)=", kept)


def test_the_end_of_a_post_that_is_to_be_paid_for() -> None:
    body = mails.BODY + "<p>Subscribe to A Letter to unlock the rest.</p>"
    assert draft(mails.mail(page=mails.substack_page(body))).truncated
    assert not draft(FIXTURES["page"]).truncated


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Mon, 07 Jul 2025 23:59:59 -0700", "2025-07-07"),
        ("7 Jul 25 10:00 GMT", "2025-07-07"),
        ("Monday, July 7, 2025 7:10 AM", "2025-07-07"),
        ("2025年7月7日 10:00", "2025-07-07"),
        ("some day", ""),
        ("Mon, 99 Jul 2025 10:00:00 +9999", ""),
    ],
)
def test_dates(date: str, day: str) -> None:
    head = f"From: a@example.org\nDate: {date}\n\nwords\n"
    if not date.isascii():
        head = f"From: r@example.org\n\nFrom: a <a@b.example>\nDate: {date}\nSubject: s\n\nwords\n"
    assert draft(head.encode()).metadata.date == day


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("abc XYZ 0123 汉字。 .,:!?-©"), min_size=1, max_size=60).filter(
        str.strip
    ),
    min_size=1,
    max_size=12,
)


def signs(text: str) -> str:
    return re.sub(r"\s+", "", text)


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, st.booleans(), st.sampled_from(["p", "h2", "li", "td", "div"]))
def test_no_word_of_the_post_is_lost(texts: list[str], marked: bool, tag: str) -> None:
    texts = [f"word {text}" for text in texts]
    inner = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    if tag == "td":
        inner = "<table>" + "".join(f"<tr><td>{text}</td></tr>" for text in texts) + "</table>"
    found = draft(mails.mail(page=mails.substack_page(inner, marked)))
    whole = "".join(signs(piece.text) for piece in found.pieces)
    at = 0
    for text in texts:
        at = whole.find(signs(text), at)
        assert at >= 0
        at += len(signs(text))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["html", "plain"]))
def test_anything_is_kept_as_it_is_read(body: bytes, kind: str) -> None:
    data = b"From: a@example.org\nSubject: s\nContent-Type: text/" + kind.encode() + b"\n\n" + body
    kept = draft(data).kept
    assert draft(kept).kept == kept
    assert draft(kept) == draft(data)


def test_a_mail_is_an_issue() -> None:
    data = mails.mail({"Subject": "ChinAI #900: Twelve Kettles"}, page=mails.substack_page())
    reading = take(Source("m", "m", data.replace(b"Twelve\nKettles", b"Kettles"), format="mail"))
    assert isinstance(reading, ingest.Reading)
    assert reading.format == "mail"


def test_malformed_mails_are_kept_as_they_are_read() -> None:
    folder = os.environ.get("CHINAI_HOSTILE")
    if not folder:
        pytest.skip("CHINAI_HOSTILE names no folder of hostile input")
    count = 0
    with tarfile.open(Path(folder) / "mail-parser.tar.xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".eml") else None
            if file is None:
                continue
            data = file.read()
            found = mail.read(data)
            sources = found.sources if isinstance(found, Several) else [Source("", "", data)]
            for each in (source.data for source in sources):
                count += 1
                assert draft(draft(each).kept) == draft(each), member.name
    assert count > 100


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (FIXTURES["page"], "a", "mail"),
        (draft(FIXTURES["forwarded"]).kept, "a.gz", "mail"),
        (b"From a@b.example Mon Jul  7 11:10:23 2025\n" + FIXTURES["text"], "a", "mbox"),
        (b"Subject: x\n\nwords", "a.eml", "mail"),
        (b"Subject: x\nNote: y\n\nwords", "a.txt", None),
        (b"From here on: words\nDate: none", "a.txt", None),
        (b"---\ntitle: x\ndate: 2025-07-07\n---\nwords", "a.md", None),
    ],
)
def test_a_mail_is_known_by_its_head(data: bytes, name: str, form: str | None) -> None:
    found = detect_bytes(data, name)
    assert (found.name if found else None) == form


def test_where_to_view_a_post_is_not_its_text() -> None:
    data = (
        b"From: A Writer <aletter@substack.com>\nDate: Tue, 2 Jan 2024 10:00:00 +0000\n"
        b"Subject: Twelve kettles\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
        b"View this post on the web at https://aletter.substack.com/p/twelve-kettles\n\n"
        b"A made-up paragraph on kettles, long enough to be one.\n"
    )
    reading = ingest.take(ingest.Source("a.eml", "a.eml", data))
    assert isinstance(reading, ingest.Reading)
    document = reading.document
    body = [each for each in document.blocks if each.role is BlockRole.BODY]
    assert [document.text[each.start : each.end] for each in body] == [
        "A made-up paragraph on kettles, long enough to be one."
    ]
