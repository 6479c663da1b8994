"""What is not prose in a page: pictures, embedded posts and players, footnotes, furniture.

The names are those of Substack's editor; players and pictures are found on any page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.links import clean_url, host_of, image_url
from chinai_tui.text.sanitise import clean_line

FURNITURE = (
    ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscribe-widget,"
    " [data-component-name=SubscribeWidgetToDOM], p.button-wrapper, .captioned-button-wrap,"
    " [data-component-name=ButtonCreateButton], .install-substack-app-embed,"
    " .sponsorship-campaign-embed, .embedded-publication-wrap, .community-chat,"
    " .image-link-expand, .paywall-jump, [data-component-name=PaywallToDOM],"
    " .paywall:has(.paywall-title), h2.paywall-title, .directMessage, .hide-text,"
    " .post-ufi, .post-footer, a.footnote-number, [hidden], [style*='display:none' i],"
    " [style*='display: none' i], [style*='visibility:hidden' i], [style*='visibility: hidden' i]"
)
"""Buttons, forms and notices inside a post, and what a page hides."""
EMBEDS = (
    "[data-component-name], div[data-attrs], span[data-attrs], .digest-post-embed,"
    " .embedded-post-wrap, .tweet, .twitter-embed, .file-embed-wrapper, div.latex-rendered"
)
FOOTNOTES = r"div.footnote, aside[epub\:type~=footnote]"
ANCHORS = r"a.footnote-anchor, a[epub\:type~=noteref]"
"""Footnotes and what refers to them, as Substack and as EPUB have them."""
APART = f"div.pullquote, {FOOTNOTES}, {ANCHORS}"
"""All of these, and pull-quotes."""

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
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
}
"""Where the video of a number is."""
_TITLES = ("title", "full_text", "body", "name", "caption", "filename", "text")
_SPEAKERS = ("username", "publication_name", "author", "author_name", "authorHandle")
_SHOWS = ("podcastTitle", "subtitle")
_LINKS = ("canonical_url", "url", "href", "permalink", "link", "src")
_SPEAKING = ("full_text", "canonical_url")
"""Data that say more than the card that a page draws of them."""
_PICTURES = "img, hr"
_PLAYERS = "iframe, video, audio"
"""Elements that give blocks without words."""
_BESIDE_A_PICTURE = ".image-link-expand, button, script, style, noscript"
_UNSEEN = ("script", "style", "template", "noscript")
_NOTICE = ".paywall .paywall-title, h2.paywall-title"
_JUMP = ".paywall-jump, [data-component-name=PaywallToDOM]"


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
    """The blocks for an embedded thing; None where its own content is to be read instead."""
    data = data_of(node)
    classes = node.attributes.get("class") or ""
    if expression := formula(node):
        return _one(make_piece(BlockKind.CODE, [expression], marker="latex"))
    if "gallery" in classes:
        return list(_gallery(data, base)) or None
    if "file-embed" in classes:
        return _one(_file(node, base))
    if isinstance(comment := data.get("comment"), dict):
        data = {"author": comment.get("name"), **comment, **data}
    kind = next((name for sign, name in _NAMES.items() if sign in classes), "")
    text, url = _description(data), _address(data, classes, base)
    if not first_string(data, _SPEAKING) and (has_words(node) or _shows(node, kind, text or url)):
        return None
    label = (classes or node.attributes.get("data-component-name") or "something").split()[0]
    piece = make_piece(BlockKind.EMBED, [text or kind or f"embedded: {label}"])
    if piece is not None:
        piece.link(url)
    below = first_string(data, ("caption",)) if "digest-post" in classes else ""
    caption = make_piece(BlockKind.PARAGRAPH, [below], role=BlockRole.CAPTION)
    return [each for each in (piece, caption if below != text else None) if each is not None]


def has_words(node: LexborNode) -> bool:
    """Whether there is a word in an element that a page shows."""
    if not node.text(strip=True):
        return False
    if node.css_first(", ".join(_UNSEEN)) is None:
        return True
    for each in node.traverse(include_text=True):
        if each.tag == "-text" and (each.text_content or "").strip():
            parent = each.parent
            if parent is None or parent.tag not in _UNSEEN:
                return True
    return False


def formula(node: LexborNode) -> str:
    """The formula that an element stands for, in LaTeX; a page draws it by a script."""
    return first_string(data_of(node), ("persistentExpression",))


def is_cut(root: LexborNode) -> bool:
    """Whether a text ends at a paywall: at its notice, or at its mark with nothing after it.

    A page that a subscriber saved has the mark, too, with the rest of the text behind it.
    """
    if root.css_first(_NOTICE) is not None:
        return True
    node = root.css_first(_JUMP)
    if node is None:
        return False
    while (node := node.next) is not None:
        if node.tag == "-text" and (node.text_content or "").strip():
            return False
        if node.tag != "-text" and has_words(node):
            return False
    return True


def mentioned(node: LexborNode) -> str:
    """The name in a mention of somebody, which a page fills in later."""
    return first_string(data_of(node), ("name", "title"))


def frame(node: LexborNode, base: str) -> Piece | None:
    """The block for a frame or player, which only stands for what is elsewhere."""
    attributes = node.attributes
    data = data_of(node)
    source = attributes.get("src") or attributes.get("data") or attributes.get("data-src") or ""
    if not source and (inner := node.css_first("source[src]")) is not None:
        source = inner.attributes.get("src") or ""
    url = clean_url("https:" + source if source.startswith("//") else source, base)
    player = {"video": "Video", "audio": "Audio"}.get(node.tag or "", "")
    text = attributes.get("title") or _description(data) or host_of(url) or player
    piece = make_piece(BlockKind.EMBED, [text]) if text else None
    if piece is not None:
        piece.link(clean_url(first_string(data, _LINKS), base) or url)
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
    legend = node.css_first("figcaption")
    caption = legend.text() if legend is not None else ""
    if not images or node.css_first("iframe, p + p") is not None:
        return None
    aside = sum(_letters(each) for each in node.css(_BESIDE_A_PICTURE))
    if _letters(node) > aside + (_letters(legend) if legend is not None else 0):
        return None
    found = [picture(image, base) for image in images[:-1]]
    found.append(picture(images[-1], base, caption.strip()))
    return [piece for piece in found if piece is not None]


class Footnotes:
    """The footnotes of a page: what is printed as the number of each, by its id.

    Where a footnote does not print its number, it has that of a reference to it.
    """

    def __init__(self, root: LexborNode) -> None:
        self._numbers: dict[str, str] = {}
        notes = root.css(FOOTNOTES)
        anchors = {_aim(anchor): anchor for anchor in root.css(ANCHORS)} if notes else {}
        for note in notes:
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
    return (anchor.attributes.get("href") or "").rpartition("#")[2]


def _printed(anchor: LexborNode | None) -> str:
    """The number that is printed in an anchor."""
    return clean_line(anchor.text(strip=True), _NUMBER_LIMIT) if anchor is not None else ""


def _letters(node: LexborNode) -> int:
    return len("".join(node.text().split()))


def _one(piece: Piece | None) -> list[Piece] | None:
    return [piece] if piece is not None else None


def _shows(node: LexborNode, kind: str, told: str) -> bool:
    """Whether what is in an element says more than its data, which tell this of it."""
    if not told and node.css_first(_PLAYERS) is not None:
        return True
    return not (told and kind) and node.css_first(_PICTURES) is not None


def _file(node: LexborNode, base: str) -> Piece | None:
    """A file to be downloaded: its name and size, with the link of its button."""
    parts = (node.css_first(f".file-embed-details-h{level}") for level in (1, 2))
    told = (part.text(strip=True) for part in parts if part is not None)
    name = " — ".join(filter(None, told)) or _description(data_of(node)) or "File"
    piece = make_piece(BlockKind.EMBED, [name])
    button = node.css_first("a[href]")
    if piece is not None and button is not None:
        piece.link(clean_url(button.attributes.get("href") or "", base))
    return piece


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
    speaker = first_string(data, _SPEAKERS)
    if text and "full_text" in data and speaker:
        return f"@{speaker}: {text}"
    source = speaker or first_string(data, _SHOWS)
    return f"{text} — {source}" if text and source else text


def _address(data: Mapping[str, Any], classes: str, base: str) -> str:
    video = first_string(data, ("videoId",))
    place = next((url for sign, url in _VIDEOS.items() if sign in classes), "")
    if video and place:
        return clean_url(place + quote(video, safe=""))
    return clean_url(first_string(data, _LINKS), base)
