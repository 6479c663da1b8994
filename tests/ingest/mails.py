"""Mails in the forms that newsletters are sent in, with words of our own."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from email.message import EmailMessage

TOKENS = ("eyJzZWNyZXQiOiJ0b2tlbiJ9", "5x9y7z", "reader-4711", "0123abcd-77aa", "UNIQ77")
"""What identifies the subscriber in these mails; none of it may be kept."""
JWT, SHARE, READER, BLIND, UNIQ = TOKENS
POST = "https://aletter.substack.com/p/twelve-kettles"
BODY = (
    "<p>Every kettle in the province was counted twice.</p>"
    "<h2>What the survey says</h2>"
    "<ul><li>Copper first 铜壶</li><li>Iron later</li></ul>"
)


def redirect(target: str, post: int = 167) -> str:
    """A link of Substack whose target can be decoded."""
    told = json.dumps({"e": target, "p": post, "s": 26, "u": 4711}).encode()
    return f"https://substack.com/redirect/2/{urlsafe_b64encode(told).decode().rstrip('=')}.{JWT}?"


def blind(number: int = 1) -> str:
    """A link of Substack whose target only Substack knows."""
    return f"https://substack.com/redirect/{BLIND}-4c{number:02d}-9e1f-a1b2c3d4e5f6?j={JWT}"


def app_link(**told: str) -> str:
    """A link into Substack's app."""
    query = "".join(f"&{key}={value}" for key, value in told.items())
    query += f"&token={JWT}&r={SHARE}"
    return f"https://substack.com/app-link/post?publication_id=26&post_id=167{query}"


def substack_page(body: str = BODY, marked: bool = True) -> str:
    """The page of a mail of Substack; without `marked`, its classes and styles are lost."""

    def klass(names: str) -> str:
        return f' class="{names}"' if marked else ""

    icon = "https://substackcdn.com/image/fetch/$s_!P!,w_36/https%3A%2F%2Fsubstack.com%2Ficon%2F"
    button = "https://substackcdn.com/image/fetch/https%3A%2F%2Fsubstack.com%2Fimg%2Femail%2F"
    hidden = ' style="display:none;max-height:0"' if marked else ""
    filler = "\u034f   " * 60
    subscribe = redirect(f"https://aletter.substack.com/subscribe?utm_source=email&r={SHARE}")
    like = app_link(submitLike="true", utm_campaign="email-reaction")
    in_app = (
        "https://open.substack.com/pub/aletter/p/twelve-kettles?utm_source=email&amp;redirect="
        f"app-store&amp;utm_campaign=email-read-in-app&amp;r={SHARE}"
    )
    leave = redirect(f"https://aletter.substack.com/action/disable_email?token={JWT}")
    return f"""<html><head><title>x</title></head><body>
<img src="https://eotrx.substackcdn.com/open?token={JWT}" alt="" width="1" height="1">
<div{hidden}>Every kettle in the province</div><div{hidden}>{filler}</div>
<table role="presentation" width="100%"><tbody><tr><td></td><td width="550">
<div>Forwarded this email? <a href="{subscribe}">Subscribe here</a> for more</div>
<h1{klass("post-title published")}><a href="{app_link(utm_campaign="email-post-title")}">Twelve
Kettles</a></h1><h3{klass("subtitle")}>A count that went wrong</h3>
<table role="presentation"><tbody>
<tr><td><a href="https://substack.com/@aletter">A Writer</a></td></tr>
<tr><td>Jul 7</td></tr></tbody></table>
<table role="presentation"><tr><td><a href="{like}"><img src="{icon}LucideHeart%3Fv%3D4"></a></td>
<td><a href="{app_link(comments="true")}"><img src="{icon}LucideComments%3Fv%3D4"></a></td>
<td><a href="{in_app}">READ IN APP<img src="{icon}LucideArrow"></a></td></tr></table>
<div{klass("body markup")} dir="auto">{body}</div>
<p>You’re currently a free subscriber to <a href="{blind(90)}">A Letter</a>. For the full
experience, <a href="{blind(91)}">upgrade your subscription.</a></p>
<p><a href="{blind(92)}">Upgrade to paid</a></p>
<table role="presentation"><tr><td><a href="{like}">Like</a></td>
<td><a href="{app_link()}">Comment</a></td><td><a href="{blind(93)}">Restack</a></td></tr></table>
<p>© 2025 <span>A Writer</span><br>12 Kettle Street, Copper City<br>
<a href="{leave}"><span>Unsubscribe</span></a></p>
<p><a href="{blind(94)}"><img src="{button}app-store.png" alt="Get the app" width="131"></a>
<a href="{blind(95)}"><img src="{button}publish.png" alt="Start writing"></a></p>
</td><td></td></tr></tbody></table>
<img src="https://email.mg-d0.substack.com/o/{JWT}" width="1" height="1">
</body></html>"""


def substack_text(body: str = "Every kettle in the province was counted twice.") -> str:
    """The plain text that comes beside the page."""
    return (
        f"View this post on the web at {POST}?r={SHARE}&utm_campaign=email\n\n{body}\n\n"
        f"Read more [ {blind()} ] of it.\n\n"
        f"Unsubscribe https://substack.com/redirect/2/eyJlIjoi{JWT}.x?\n"
    )


SUBSTACK_HEADERS = {
    "From": "A Writer from A Letter <aletter@substack.com>",
    "To": f"{READER}@example.org",
    "Delivered-To": f"{READER}@example.org",
    "Subject": "Twelve Kettles",
    "Date": "Mon, 07 Jul 2025 11:10:23 +0000",
    "List-Id": "<aletter.substack.com>",
    "List-Post": f"<{POST}>",
    "List-Archive": "<https://aletter.substack.com/archive>",
    "List-Url": "<https://aletter.substack.com/>",
    "List-Unsubscribe": f"<https://aletter.substack.com/action/disable_email/disable?token={JWT}>",
    "In-Reply-To": "<post-167@substack.com>",
    "References": "<post-167@substack.com>",
    "Reply-To": f"A Writer <reply+{SHARE}&26&{READER}@mg1.substack.com>",
    "X-Mailgun-Variables": '{"category": "post", "post_id": "167", "user_id": "reader-4711"}',
    "Message-Id": "<20250707111023.3.61fb@mg-d0.substack.com>",
}


def mail(
    headers: dict[str, str] | None = None,
    page: str = "",
    text: str = "",
    without: tuple[str, ...] = (),
) -> bytes:
    """A mail of these headers over those of Substack, less some."""
    message = EmailMessage()
    for name, value in {**SUBSTACK_HEADERS, **(headers or {})}.items():
        if name not in without:
            message[name] = value
    if text or not page:
        message.set_content(text or substack_text())
        if page:
            message.add_alternative(page, subtype="html")
    else:
        message.set_content(page, subtype="html")
    return message.as_bytes()


NO_LIST = ("List-Id", "List-Post", "List-Archive", "List-Url", "List-Unsubscribe")
NO_NUMBER = ("In-Reply-To", "References", "X-Mailgun-Variables")
"""Headers that a mail loses when it is handed on."""
