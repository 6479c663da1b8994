"""What is not prose in a page: furniture and buttons, footnotes, and where a paywall stands.

The names are those of Substack's editor, and of EPUB for footnotes.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from chinai_tui.ingest.builder import Piece
from chinai_tui.ingest.element_data import data_of, first_string, has_words
from chinai_tui.ingest.links import clean_url
from chinai_tui.ingest.outlets import is_furniture
from chinai_tui.text.sanitise import clean_line

FURNITURE = (
    ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscribe-widget,"
    " [data-component-name=SubscribeWidgetToDOM], .install-substack-app-embed,"
    " .sponsorship-campaign-embed, .embedded-publication-wrap, .community-chat,"
    " .image-link-expand, .paywall-jump, [data-component-name=PaywallToDOM],"
    " .paywall:has(.paywall-title), h2.paywall-title, .directMessage, .hide-text,"
    " .post-ufi, .post-footer, a.footnote-number, [hidden], [style*='display:none' i],"
    " [style*='display: none' i], [style*='visibility:hidden' i], [style*='visibility: hidden' i]"
)
"""Forms and notices inside a post, and what a page hides."""
EMBEDS = (
    "[data-component-name], div[data-attrs], span[data-attrs], .digest-post-embed,"
    " .embedded-post-wrap, .tweet, .twitter-embed, .file-embed-wrapper, div.latex-rendered"
)
FOOTNOTES = r"div.footnote, aside[epub\:type~=footnote]"
ANCHORS = r"a.footnote-anchor, a[epub\:type~=noteref]"
"""Footnotes and what refers to them, as Substack and as EPUB have them."""
APART = f"div.pullquote, {FOOTNOTES}, {ANCHORS}"
"""All of these, and pull-quotes."""

TITLES = ".doc-content > p.title"
"""Titles that are no headings, as Google Docs saves them."""
_BUTTON = "p.button-wrapper, [data-component-name=ButtonCreateButton]"
BUTTONS = f"{_BUTTON}, .captioned-button-wrap, [data-component-name=CaptionedButtonToDOM]"
"""Buttons, with a line above them or not, of the site and of the text."""
_OF_SITE = re.compile(
    r"%%\w{1,40}%%|[?&](?:action=(?:share|subscribe|restack)|(?:gift|donate|group)=true)\b"
    r"|/(?:subscribe|leaderboard|checkout)(?:[/?#]|$)|/p/[^/?#]{1,200}/comments(?:[/?#]|$)"
    r"|substack\.com/(?:pub/[\w-]{1,63}/)?chat(?:[/?#]|$)|substack\.com/(?:signup|refer)\b",
    re.IGNORECASE,
)
"""Addresses at which one shares, subscribes, comments, pays or gives."""
_ASKS = re.compile(
    r"(?:subscribe|upgrade) to .{1,60}|pledge your support|donate subscriptions?|refer a friend"
    r"|(?:get|take) \d{1,2}% off.{0,40}|(?:give (?:a )?)?gift(?: subscriptions?)?"
    r"|get a group subscription"
    r"|(?:join|start) (?:the |a )?chat|(?:get|download|open) (?:the|in) app|start a substack",
    re.IGNORECASE,
)
"""What the buttons at these addresses say, besides the furniture of all sites."""
_MAY_ASK = re.compile(r"(?:share|message) .{1,60}", re.IGNORECASE)
"""What they say with a name; other buttons may begin so."""
_NUMBER_LIMIT = 40
"""Characters of the longest marker that a block has."""
_NOTICE = ".paywall .paywall-title, h2.paywall-title"
_JUMP = ".paywall-jump, [data-component-name=PaywallToDOM]"


def button(node: LexborNode) -> tuple[str, str]:
    """The words of a button and where it leads; both empty if it is one of the site.

    Where its address is but a redirect, as in a mail, the words must tell.
    """
    inner = node if is_button(node) else node.css_first(_BUTTON) or node
    data, link = data_of(inner) or data_of(node), inner.css_first("a[href]")
    href = (link.attributes.get("href") or "") if link is not None else ""
    raw = href or first_string(data, ("url",))
    url = clean_url(raw)
    words = " ".join(inner.text().split()) or first_string(data, ("text",))
    if _ASKS.fullmatch(words) or is_furniture(words) or (not url and _MAY_ASK.fullmatch(words)):
        return "", ""
    return ("", "") if _OF_SITE.search(raw) or _OF_SITE.search(url) else (words, raw)


def is_button(node: LexborNode) -> bool:
    """Whether an element is a button itself, without a line above it."""
    classes = (node.attributes.get("class") or "").split()
    return node.attributes.get("data-component-name") == "ButtonCreateButton" or (
        node.tag == "p" and "button-wrapper" in classes
    )


def is_cut(root: LexborNode) -> bool:
    """Whether a text ends at a paywall: at its notice, or at its mark with no more text after it.

    A page that a subscriber saved has the mark, too, with the rest of the text behind it. The
    footnotes of what stands before it and the furniture of the site are no text.
    """
    if root.css_first(_NOTICE) is not None:
        return True
    node = root.css_first(_JUMP)
    if node is None:
        return False
    beside = {each.mem_id for each in root.css(f"{FOOTNOTES}, {FURNITURE}")}
    while (node := node.next) is not None:
        if node.tag == "-text" and (node.text_content or "").strip():
            return False
        if node.tag != "-text" and node.mem_id not in beside and has_words(node):
            return False
    return True


class Footnotes:
    """The footnotes of a page: what is printed as the number of each, by its id.

    Where a footnote does not print its number, it has that of a reference to it; `before` stands
    before each.
    """

    def __init__(self, root: LexborNode, before: str = "") -> None:
        self._numbers: dict[str, str] = {}
        notes = root.css(FOOTNOTES)
        anchors = {_aim(anchor): anchor for anchor in root.css(ANCHORS)} if notes else {}
        for note in notes:
            link = note.css_first("a.footnote-number")
            ids = [each.id for each in (note, link) if each is not None and each.id]
            holders = [link, *(anchors.get(each) for each in ids)]
            printed = next(filter(None, map(_printed, holders)), "")
            number = before + printed if printed else ""
            self._numbers.update(dict.fromkeys([*ids, str(note.mem_id)], number))

    def printed(self, note: LexborNode) -> str:
        """The number printed in front of a footnote."""
        return self._numbers.get(str(note.mem_id), "")

    def reference(self, anchor: LexborNode) -> str:
        """The number of the footnote that an anchor leads to, else the anchor's own words."""
        return self._numbers.get(_aim(anchor), "") or _printed(anchor)


def cut_number(piece: Piece, number: str) -> None:
    """Cut the number off a footnote that begins with its own, as in `1. See there`."""
    printed = re.escape(number.rpartition(".")[2])
    if match := re.match(rf"\[?{printed}(?:\]|[.)]|\]\.)\s+(?=\S)", piece.text):
        piece.cut_start(match.end())


def _aim(anchor: LexborNode) -> str:
    """The id that an anchor leads to."""
    return (anchor.attributes.get("href") or "").rpartition("#")[2]


def _printed(anchor: LexborNode | None) -> str:
    """The number that is printed in an anchor."""
    return clean_line(anchor.text(strip=True), _NUMBER_LIMIT) if anchor is not None else ""
