"""What is not prose in a page: pictures, embedded posts and players, footnotes, furniture.

The names are those of Substack's editor; players and pictures are found on any page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from chinai_tui.domain.document import BlockKind
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.links import clean_url, host_of, image_url
from chinai_tui.text.sanitise import clean_line

FURNITURE = (
    ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscribe-widget,"
    " [data-component-name=SubscribeWidgetToDOM], p.button-wrapper, .captioned-button-wrap,"
    " [data-component-name=ButtonCreateButton], .install-substack-app-embed,"
    " .sponsorship-campaign-embed, .embedded-publication-wrap, .community-chat,"
    " .image-link-expand, .paywall-jump, [data-component-name=PaywallToDOM], h2.paywall-title,"
    " .post-ufi, .post-footer, a.footnote-number, [hidden], [style*='display:none'],"
    " [style*='display: none']"
)
"""Buttons, forms and notices inside a post, and what a page hides."""
EMBEDS = (
    "div[data-attrs], .digest-post-embed, .embedded-post-wrap, .tweet, .twitter-embed,"
    " div[data-component-name]:empty, div.latex-rendered"
)
MENTIONS = "span[data-attrs]"
FOOTNOTES = "div.footnote"
ANCHORS = "a.footnote-anchor"
PULLQUOTES = "div.pullquote"

_NUMBER_LIMIT = 40
"""Characters of the longest marker that a block has."""
_NAMES = {
    "youtube": "Video on YouTube",
    "vimeo": "Video on Vimeo",
    "spotify": "Audio on Spotify",
    "apple-podcast": "Audio on Apple Podcasts",
    "soundcloud": "Audio on SoundCloud",
    "native-video": "Video",
    "native-audio": "Audio",
    "poll": "Poll",
    "datawrapper": "Chart",
    "file-embed": "File",
    "digest-post": "Post",
    "embedded-post": "Post",
}
_TITLES = ("title", "full_text", "name", "caption", "filename", "text")
_LINKS = ("canonical_url", "url", "href", "permalink", "link", "src")
_SPEAKING = ("full_text", "canonical_url")
"""Data that say more than the card that a page draws of them."""
_OF_ITS_OWN = "img, iframe, video, audio, hr"
"""Elements that give blocks without words."""


def data_of(node: LexborNode) -> Mapping[str, Any]:
    """The JSON object in an element's `data-attrs`; empty if there is none."""
    raw = node.attributes.get("data-attrs")
    if not raw:
        return {}
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def first_string(data: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that is a string with something in it."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def embedded(node: LexborNode, base: str) -> list[Piece] | None:
    """The blocks for an embedded thing; None where its own words are to be read instead."""
    data = data_of(node)
    classes = node.attributes.get("class") or ""
    if "latex" in classes:
        formula = data.get("persistentExpression")
        piece = make_piece(BlockKind.CODE, [str(formula)], marker="latex") if formula else None
        return [piece] if piece else None
    if "gallery" in classes:
        return list(_gallery(data, base)) or None
    kind = next((name for sign, name in _NAMES.items() if sign in classes), "")
    if not first_string(data, _SPEAKING) and (
        node.text(strip=True) or (not kind and node.css_first(_OF_ITS_OWN) is not None)
    ):
        return None
    label = (classes or node.attributes.get("data-component-name") or "something").split()[0]
    text = _description(data) or kind or f"embedded: {label}"
    piece = make_piece(BlockKind.EMBED, [text])
    if piece is not None:
        piece.link(_address(data, base))
    return [piece] if piece else None


def mentioned(node: LexborNode) -> str:
    """The name in a mention of somebody, which a page fills in later."""
    return first_string(data_of(node), ("name", "title"))


def frame(node: LexborNode, base: str) -> Piece | None:
    """The block for a frame or player, which only stands for what is elsewhere."""
    attributes = node.attributes
    source = attributes.get("src") or attributes.get("data") or ""
    if not source and (inner := node.css_first("source[src]")) is not None:
        source = inner.attributes.get("src") or ""
    url = clean_url("https:" + source if source.startswith("//") else source, base)
    text = attributes.get("title") or host_of(url)
    piece = make_piece(BlockKind.EMBED, [text]) if text else None
    if piece is not None:
        piece.link(url)
    return piece


def picture(node: LexborNode, base: str, caption: str = "") -> Piece | None:
    """The block for an `img`; None for the dots by which a page counts its readers."""
    attributes = node.attributes
    if attributes.get("width") in ("0", "1") and attributes.get("height") in ("0", "1"):
        return None
    data = data_of(node)
    source = first_string(data, ("src",)) or attributes.get("src") or ""
    text = caption or attributes.get("alt") or first_string(data, ("alt", "title")) or "image"
    piece = make_piece(BlockKind.IMAGE, [text])
    if piece is not None:
        piece.link(image_url(source, base))
    return piece


def figure(node: LexborNode, base: str) -> list[Piece] | None:
    """The pictures of a figure, the last with its caption; None if it shows something else."""
    images = node.css("img")
    if not images or node.css_first("table, pre, blockquote, iframe, p + p") is not None:
        return None
    legend = node.css_first("figcaption")
    caption = legend.text() if legend is not None else ""
    found = [picture(image, base) for image in images[:-1]]
    found.append(picture(images[-1], base, caption.strip()))
    return [piece for piece in found if piece is not None]


class Footnotes:
    """The footnotes of a page: what is printed as the number of each, by its id.

    Where a footnote does not print its number, it has that of a reference to it.
    """

    def __init__(self, root: LexborNode) -> None:
        self._numbers: dict[str, str] = {}
        anchors = {_aim(anchor): anchor for anchor in root.css(ANCHORS)}
        for note in root.css(FOOTNOTES):
            number = note.css_first("a.footnote-number")
            ids = [each.id for each in (note, number) if each is not None and each.id]
            holders = [number, *(anchors.get(each) for each in ids)]
            printed = next(filter(None, map(_printed, holders)), "")
            self._numbers.update(dict.fromkeys([*ids, str(note.mem_id)], printed))

    def printed(self, note: LexborNode) -> str:
        """The number printed in front of a footnote."""
        return self._numbers.get(str(note.mem_id), "")

    def reference(self, anchor: LexborNode) -> str:
        """The number of the footnote that an anchor leads to, else the anchor's own words."""
        return self._numbers.get(_aim(anchor), "") or _printed(anchor)


def _aim(anchor: LexborNode) -> str:
    """The id that an anchor leads to."""
    return (anchor.attributes.get("href") or "").lstrip("#")


def _printed(anchor: LexborNode | None) -> str:
    """The number that is printed in an anchor."""
    return clean_line(anchor.text(strip=True), _NUMBER_LIMIT) if anchor is not None else ""


def _gallery(data: Mapping[str, Any], base: str) -> Iterator[Piece]:
    gallery = data.get("gallery")
    images = gallery.get("images") if isinstance(gallery, dict) else None
    caption = first_string(gallery, ("caption", "alt")) if isinstance(gallery, dict) else ""
    for image in images[:100] if isinstance(images, list) else ():
        if isinstance(image, dict) and (piece := make_piece(BlockKind.IMAGE, [caption or "image"])):
            piece.link(image_url(first_string(image, ("src",)), base))
            yield piece


def _description(data: Mapping[str, Any]) -> str:
    text = first_string(data, _TITLES)
    speaker = first_string(data, ("username", "publication_name", "author"))
    if text and "full_text" in data and speaker:
        return f"@{speaker}: {text}"
    if text and speaker:
        return f"{text} — {speaker}"
    return text


def _address(data: Mapping[str, Any], base: str) -> str:
    video = data.get("videoId")
    if isinstance(video, str) and video:
        return clean_url("https://www.youtube.com/watch?v=" + quote(video, safe=""))
    return clean_url(first_string(data, _LINKS), base)
