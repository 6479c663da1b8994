"""Pictures of a page, by themselves, in figures and in galleries, with captions and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from chinai_tui.domain.document import BlockKind
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.element_data import data_of, first_string
from chinai_tui.ingest.links import host_of, image_url

_BESIDE_A_PICTURE = ".image-link-expand, button, script, style, noscript"
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|heic|bmp|tiff?)$", re.IGNORECASE)
_ICON = 48
"""Pixels up to which a picture is an icon."""
_AROUND = ("div", "picture", "span", "b", "strong", "em", "i", "center")
"""What may lie between a picture and its link."""
_MOST = 100
"""Pictures of a gallery that are told."""


def picture(node: LexborNode, base: str, caption: str = "") -> Piece | None:
    """The block for an `img`; None for the dots by which a page counts its readers."""
    attributes = node.attributes
    if attributes.get("width") in ("0", "1") and attributes.get("height") in ("0", "1"):
        return None
    data = data_of(node)
    source = first_string(data, ("src",)) or attributes.get("src") or ""
    text = caption or attributes.get("alt") or first_string(data, ("alt", "title"))
    return shown(text, image_url(source, base))


def shown(caption: str, url: str) -> Piece | None:
    """The block for the picture at an address."""
    piece = make_piece(BlockKind.IMAGE, [caption or "image"])
    if piece is not None:
        piece.link(url)
    return piece


def figure(node: LexborNode, base: str) -> list[Piece] | None:
    """The pictures of a figure, the last with its caption; None if it shows something else.

    A `linked_caption` is not among them. A picture that leads elsewhere has that below it.
    """
    images = node.css("img")
    legend = node.css_first("figcaption")
    caption = legend.text() if legend is not None and linked_caption(node) is None else ""
    if not images or node.css_first("iframe, p + p") is not None:
        return None
    aside = sum(_letters(each) for each in node.css(_BESIDE_A_PICTURE))
    if _letters(node) > aside + (_letters(legend) if legend is not None else 0):
        return None
    found: list[Piece | None] = []
    for image in images:
        found.append(picture(image, base, caption.strip() if image is images[-1] else ""))
        found.append(target(image, base))
    return [piece for piece in found if piece is not None]


def linked_caption(node: LexborNode) -> LexborNode | None:
    """The caption of a figure, if it has links of its own: a picture's words are one link."""
    legend = node.css_first("figcaption")
    if legend is None or legend.css_first("a[href]") is None:
        return None
    return legend if legend.css_first("img") is None else None


def gallery(data: Mapping[str, Any], base: str) -> list[Piece]:
    """The pictures of a gallery, the last with the caption of all."""
    told = data.get("gallery")
    images = told.get("images") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(images, list):
        return []
    sources = [first_string(each, ("src",)) for each in images[:_MOST] if isinstance(each, dict)]
    captions = [""] * (len(sources) - 1) + [first_string(told, ("caption", "alt"))]
    pairs = zip(captions, sources, strict=False)
    pieces = (shown(caption, image_url(source, base)) for caption, source in pairs)
    return [piece for piece in pieces if piece is not None]


def beyond(href: str, base: str = "") -> Piece | None:
    """The block for where a picture leads; None where that is but a picture itself."""
    url = image_url(href, base)
    if not url or _FILE.search(urlsplit(url).path):
        return None
    piece = make_piece(BlockKind.EMBED, [host_of(url)])
    if piece is not None:
        piece.link(url)
    return piece


def target(image: LexborNode, base: str) -> Piece | None:
    """The block for where a picture leads that is all there is in a link, if that is elsewhere."""
    holder = image.parent
    while holder is not None and holder.tag in _AROUND:
        holder = holder.parent
    if holder is None or holder.tag != "a" or _is_icon(image):
        return None
    if _letters(holder) > sum(_letters(each) for each in holder.css(_BESIDE_A_PICTURE)):
        return None
    href = holder.attributes.get("href") or ""
    same = image_url(href, base) == image_url(image.attributes.get("src") or "", base)
    return None if same else beyond(href, base)


def _is_icon(image: LexborNode) -> bool:
    """Whether a picture is so small that it is but a sign, or a dot that counts readers."""
    width = image.attributes.get("width") or ""
    return width.isascii() and width.isdecimal() and int(width[:6]) <= _ICON


def _letters(node: LexborNode) -> int:
    return len("".join(node.text().split()))
