"""Cards: what a page shows of what is elsewhere, such as another post, a message or a recording.

A page mostly draws them by a script, from the data that Substack's editor leaves in them; where
they are drawn already, what is drawn says less than the data, or no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from chinai_tui.domain.document import BlockKind, BlockRole
from chinai_tui.ingest.builder import Piece, make_piece
from chinai_tui.ingest.element_data import data_of, first_string, has_words, words_of
from chinai_tui.ingest.links import clean_url, host_of, image_url
from chinai_tui.ingest.pictures import gallery, shown

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
_PLACES = (
    ("youtube", "https://www.youtube.com/watch?v={videoId}"),
    ("vimeo", "https://vimeo.com/{videoId}"),
    ("native-video", "/api/v1/video/upload/{mediaUploadId}/src"),
    ("native-audio", "/api/v1/audio/upload/{mediaUploadId}/src"),
    ("instagram", "https://www.instagram.com/p/{instagram_id}/"),
    ("bluesky", "https://bsky.app/profile/{authorDid}/post/{postId}"),
)
"""Where a thing is, made of the data of its card; an upload is on the site of the post."""
_TITLES = ("title", "full_text", "body", "name", "caption", "filename", "text", "label")
_SPEAKERS = ("username", "publication_name", "author", "author_name", "authorHandle")
_SHOWS = ("podcastTitle", "subtitle")
_LINKS = ("canonical_url", "url", "href", "permalink", "link", "src")
_POSTS = ("digest-post", "embedded-post")
_MESSAGE = "full_text"
"""What only the data of a message on Twitter have."""
_MOST = 10
"""Pictures of a message that are told."""
_PICTURES = "img, hr"
_PLAYERS = "iframe, video, audio"
"""Elements that give blocks without words."""


def embedded(node: LexborNode, base: str) -> list[Piece] | None:
    """The blocks for an embedded thing; None where its own content is to be read instead."""
    data = data_of(node)
    classes = node.attributes.get("class") or ""
    if expression := formula(node):
        return _some(make_piece(BlockKind.CODE, [expression], marker="latex"))
    if "gallery" in classes:
        return gallery(data, base) or None
    if "file-embed" in classes:
        return _some(_file(node, base))
    if any(sign in classes for sign in _POSTS) and (post := _post(node, data, base)):
        return post
    if first_string(data, (_MESSAGE,)):
        return list(_message(data, base))
    if isinstance(comment := data.get("comment"), dict):
        data = {"author": comment.get("name"), **comment, **data}
    kind = next((name for sign, name in _NAMES.items() if sign in classes), "")
    text, url = _description(data), _address(data, classes, base)
    if has_words(node) or _shows(node, kind, text or url):
        return None
    label = (classes or node.attributes.get("data-component-name") or "something").split()[0]
    below = first_string(data, ("description",)) if kind == "Chart" else ""
    return _card(text or kind or f"embedded: {label}", url, below)


def formula(node: LexborNode) -> str:
    """The formula that an element stands for, in LaTeX; a page draws it by a script."""
    return first_string(data_of(node), ("persistentExpression",))


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


def _post(node: LexborNode, data: Mapping[str, Any], base: str) -> list[Piece]:
    """The card of another post, from its data, or as a mail has it drawn; empty if it is none."""
    title = first_string(data, ("title",)) or words_of(node, ".embedded-post-title")
    if not title:
        return []
    publication = first_string(data, ("publication_name",))
    publication = publication or words_of(node, ".embedded-post-publication-name")
    url = first_string(data, _LINKS)
    if not url and (link := _link_of(node)) is not None:
        url = link.attributes.get("href") or ""
    below = first_string(data, ("caption",)) or words_of(node, ".embedded-post-body")
    text = f"{title} — {publication}" if publication else title
    return _card(text, clean_url(url, base), below)


def _link_of(node: LexborNode) -> LexborNode | None:
    """The link of a card, which may lie around all of it."""
    if node.tag == "a":
        return node
    return node.css_first("a.embedded-post[href]") or node.css_first("a[href]")


def _message(data: Mapping[str, Any], base: str) -> Iterator[Piece]:
    """A message on Twitter with its pictures, the one that it quotes and what it leads to."""
    yield from _card(_description(data), clean_url(first_string(data, _LINKS), base))
    photos = data.get("photos")
    for photo in photos[:_MOST] if isinstance(photos, list) else ():
        if isinstance(photo, dict):
            url = image_url(first_string(photo, ("img_url",)), base)
            yield from _some(shown(first_string(photo, ("alt_text",)), url))
    for name in ("quoted_tweet", "expanded_url"):
        onward = data.get(name)
        if isinstance(onward, dict) and (text := _description(onward)):
            yield from _card(text, clean_url(first_string(onward, _LINKS), base))


def _card(text: str, url: str, below: str = "") -> list[Piece]:
    """The block of a card, and what it says below its title."""
    piece = make_piece(BlockKind.EMBED, [text])
    if piece is not None:
        piece.link(url)
    caption = make_piece(BlockKind.PARAGRAPH, [below], role=BlockRole.CAPTION)
    return [*_some(piece), *_some(caption if below != text else None)]


def _some(piece: Piece | None) -> list[Piece]:
    return [piece] if piece is not None else []


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


def _description(data: Mapping[str, Any]) -> str:
    text = first_string(data, _TITLES)
    speaker = first_string(data, _SPEAKERS)
    if text and _MESSAGE in data and speaker:
        return f"@{speaker}: {text}"
    source = speaker or first_string(data, _SHOWS)
    return f"{text} — {source}" if text and source else text


def _address(data: Mapping[str, Any], classes: str, base: str) -> str:
    """Where the thing of a card is; of a poll, that is the post."""
    for sign, place in _PLACES:
        if sign in classes:
            found = {
                # Half of an emoji may stand in them.
                key: quote(value, safe=":", errors="replace")
                for key, value in data.items()
                if _is_word(value)
            }
            try:
                return clean_url(place.format_map(found), base)
            except KeyError:
                break
    if "poll" in classes:
        return base
    return clean_url(first_string(data, _LINKS), base)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value)
