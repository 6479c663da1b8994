"""Dresses the blocks of a made-up issue as the web page that Substack sends.

Component names, classes and attributes are those of its pages; the addresses are made up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

_HOME = "https://chinai.substack.com"
_WIDTHS = (424, 848, 1272, 1456)
_NOTED = 6
"""Of so many blocks, one is a footnote to the one before it."""
_SPANNED = 4
"""Of so many paragraphs, one has its words in a span, as pasted text has them."""
_ICON = (
    '<svg role="img" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke-width="1.5"'
    ' stroke="#000" xmlns="http://www.w3.org/2000/svg"><g><path d="M2.53 7.81C3.2 5.1 5.4 2.9 8'
    ' 2.5s5.2.7 6.5 2.8M2.5 2.5v5.3h5.3M17.5 12.2h-5.3v5.3"></path></g></svg>'
)


def page(title: str, day: str, number: int, blocks: Sequence[str], size: int) -> str:
    """An issue as a page of about so many bytes, the words of its blocks in their order.

    Pictures and forms make up what is missing, a few hundred bytes more or less; they have no
    words. `title` is HTML.
    """
    body, notes = [], []
    for at, block in enumerate(blocks):
        if at % _NOTED == _NOTED - 1 and block.startswith("<p>"):
            notes.append(_footnote(len(notes) + 1, block))
            before, end, after = body[-1].rpartition("</p>")
            body[-1] = f"{before}{_anchor(len(notes))}{end}{after}"
        else:
            body.append(_dressed(block, at))
    inserts = [_form()]
    missing = size - _size(_page(title, day, number, [*body, *notes, *inserts]))
    pictures = max(0, missing // _size([_picture(number, 0)]))
    inserts += [_picture(number, at) for at in range(pictures)]
    missing -= _size(inserts[1:])
    inserts += [_form()] * round(missing / _size([_form()]))
    for at, insert in enumerate(inserts, 1):
        body.insert(at * len(body) // (len(inserts) + 1), insert)
    return "".join(_page(title, day, number, [*body, *notes]))


def _size(parts: Sequence[str]) -> int:
    return sum(len(part.encode()) for part in parts)


def _page(title: str, day: str, number: int, body: Sequence[str]) -> list[str]:
    address = f"{_HOME}/p/chinai-{number}"
    return [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="norton-safeweb-'
        'site-verification" content="0"><meta name="viewport" content="width=device-width,'
        ' initial-scale=1, viewport-fit=cover"><link rel="preload" as="style" href="https://'
        'substackcdn.com/bundle/static/css/1.css"><style>@media (max-width:650px){.pencraft{'
        "width:100%}}</style>",
        f'<title>{title}</title><link rel="canonical" href="{address}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="og:url" content="{address}"><meta name="twitter:card" content="'
        f'summary_large_image"><meta property="article:published_time" content="{day}"></head>',
        '<body class=""><div id="entry"><div id="main" class="main typography use-theme-bg">'
        '<div class="pencraft pc-display-contents pc-reset topbar"><button tabindex="0"'
        ' type="button" class="pencraft pc-reset pencraft button-a">Subscribe</button></div>',
        '<div aria-label="Post" role="main" class="single-post-container"><div class="container">'
        '<div class="single-post"><div class="pencraft pc-display-contents pc-reset">'
        '<article class="typography newsletter-post post"><div role="region" class="post-header">'
        f'<h1 dir="auto" class="post-title published title-X77sOw">{title}</h1></div>'
        '<div class="visibility-check"></div><div><div class="available-content">'
        '<div dir="auto" class="body markup">',
        *body,
        '</div></div></div><div class="visibility-check"></div></article></div></div></div></div>'
        "</div></div></body></html>",
    ]


def _dressed(block: str, at: int) -> str:
    """A block with the attributes and wrappers that pages have."""
    block = block.replace("<a href=", '<a target="_blank" rel="noopener noreferrer nofollow" href=')
    if block.startswith("<h3>"):
        heading, rest = block.removeprefix("<h3>").split("</h3>")
        return f'<h3 class="header-anchor-post">{heading}{_link_to_heading(at)}</h3>{rest}'
    if block.startswith("<p>") and at % _SPANNED == 0:
        return f"<p><span>{block.removeprefix('<p>').removesuffix('</p>')}</span></p>"
    return block


def _link_to_heading(at: int) -> str:
    return (
        '<div class="pencraft pc-display-flex pc-alignItems-center pc-position-absolute pc-reset'
        ' header-anchor-parent"><div class="pencraft pc-display-contents pc-reset"><div'
        f' id="§{at}" class="pencraft pc-reset header-anchor offset-top"></div><button'
        f' tabindex="0" type="button" aria-label="Link" data-href="{_HOME}/i/{at}/heading"'
        f' class="pencraft pc-reset pencraft iconButton">{_ICON}</button></div></div>'
    )


def _anchor(number: int) -> str:
    return (
        f'<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM"'
        f' id="footnote-anchor-{number}" href="#footnote-{number}" target="_self">{number}</a>'
    )


def _footnote(number: int, block: str) -> str:
    return (
        '<div class="footnote" data-component-name="FootnoteToDOM"><a'
        f' id="footnote-{number}" href="#footnote-anchor-{number}" class="footnote-number"'
        f' contenteditable="false" target="_self">{number}</a><div class="footnote-content">'
        f"{block}</div></div>"
    )


def _form() -> str:
    data = {"url": f"{_HOME}/subscribe?", "text": "Subscribe", "language": "en"}
    return (
        f'<div class="subscription-widget-wrap-editor" {_attributes(data)}'
        ' data-component-name="SubscribeWidgetToDOM"><div class="subscription-widget'
        ' show-subscribe"><div class="preamble"><p class="cta-caption">Thanks for reading!</p>'
        '</div><form class="subscription-widget-subscribe"><input type="email" class="email-input"'
        ' name="email" placeholder="Type your email…" tabindex="-1"><input type="submit"'
        ' class="button primary" value="Subscribe"><div class="fake-input-wrapper"><div'
        ' class="fake-input"></div><div class="fake-button"></div></div></form></div></div>'
    )


def _picture(issue: int, at: int) -> str:
    source = f"https://media.example/public/images/{issue:06d}-{at:02d}_1456x900.png"
    fetched = source.replace(":", "%3A").replace("/", "%2F")
    fetch = "https://substackcdn.com/image/fetch/$s_!a1B2!,"
    sizes = ", ".join(
        f"{fetch}w_{width},c_limit,f_auto,q_auto:good,fl_progressive:steep/{fetched} {width}w"
        for width in _WIDTHS
    )
    data = {
        "src": source,
        "srcNoWatermark": None,
        "fullscreen": None,
        "imageSize": None,
        "height": 900,
        "width": 1456,
        "resizeWidth": None,
        "bytes": 204800,
        "alt": None,
        "title": None,
        "type": "image/png",
        "href": None,
        "belowTheFold": True,
        "topImage": False,
    }
    return (
        '<div class="captioned-image-container"><figure><a class="image-link image2'
        f' is-viewable-img" target="_blank" href="{fetch}f_auto,q_auto:good/{fetched}"'
        ' data-component-name="Image2ToDOM"><div class="image2-inset"><picture>'
        f'<source type="image/webp" srcset="{sizes}" sizes="100vw">'
        f'<img src="{fetch}w_1456,c_limit/{fetched}" width="1456" height="900"'
        f' {_attributes(data)} class="sizing-normal" alt="" srcset="{sizes}" sizes="100vw"'
        ' loading="lazy"></picture><div class="image-link-expand"><div class="pencraft'
        ' pc-display-flex pc-gap-8 pc-reset"><button tabindex="0" type="button" class="pencraft'
        f' pc-reset pencraft icon-container restack-image">{_ICON}</button></div></div></div></a>'
        "</figure></div>"
    )


def _attributes(data: dict[str, object]) -> str:
    return f'data-attrs="{escape(json.dumps(data, separators=(",", ":")))}"'
