"""The keys by which two texts are known as one issue."""

from __future__ import annotations

import hashlib

from chinai_tui.domain.document import BlockRole, Document
from chinai_tui.domain.issue import Metadata
from chinai_tui.ingest.links import canonical
from chinai_tui.text.fold import fold
from chinai_tui.text.urls import post_of

_ASCII_REST = bytes(code for code in range(128) if not chr(code).isalnum())
_WEIGHTS = ("post:", "url:", "number:", "hash:")


def keys(metadata: Metadata, document: Document, hashed: str = "") -> tuple[str, ...]:
    """The keys of an issue, the surest first, without doubles.

    `post:<id>`, `url:<address>`, `number:<publication>/<number>` and `hash:<32 hex digits>`, the
    last from the text's letters and digits without its title; then those the text gives itself.
    `hashed` is the `text_hash` of the document, where it is known.
    """
    found = []
    if post := metadata.post_id or post_of(metadata.url):
        found.append(f"post:{post}")
    if address := canonical(metadata.url):
        found.append(f"url:{address}")
    if metadata.publication and metadata.number is not None:
        found.append(f"number:{metadata.publication}/{metadata.number}")
    found.append(f"hash:{hashed or text_hash(document)}")
    found += metadata.keys
    return tuple(sorted(dict.fromkeys(found), key=_weight))


def text_hash(document: Document) -> str:
    """The first 32 hex digits of the SHA-256 of the folded letters and digits under the title.

    The title is left out, since a text may come with and without it.
    """
    blocks = document.blocks
    titled = bool(blocks) and blocks[0].role is BlockRole.TITLE
    body = document.text[blocks[0].end :] if titled else document.text
    # Most of what is no letter is ASCII, and bytes are rid of that at once.
    letters = fold(body).encode("utf-8").translate(None, _ASCII_REST).decode("utf-8")
    if not letters.isalnum():
        letters = "".join(filter(str.isalnum, letters))
    return hashlib.sha256(letters.encode("utf-8")).hexdigest()[:32]


def _weight(key: str) -> int:
    return next((n for n, start in enumerate(_WEIGHTS) if key.startswith(start)), len(_WEIGHTS))
