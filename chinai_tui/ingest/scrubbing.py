"""Texts and pages without what identifies the subscriber, wherever in them it stands."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator
from hashlib import md5, sha1, sha256
from urllib.parse import unquote

from chinai_tui.ingest.tracking import in_words, in_words_of_mail, untracked
from chinai_tui.text.urls import ADDRESS_ENDS, SENTENCE_ENDS, WEB_ADDRESS

_NAKED = re.compile(
    rf"substack\.com\\?/(?:redirect|app-link|signed)\\?/[^\s\"'<>{ADDRESS_ENDS}]+",
    re.IGNORECASE | re.ASCII,
)
"""An address of Substack's that knows its subscriber and may lack its `https://`."""
_BEFORE_NAKED = re.compile(r"[^\w.@/\\%-]?", re.ASCII)
_REFERENCE_ENDS = r"(?!&(?i:quot|apos|lt|gt|nbsp|\#0?3[49]|\#0?6[02]|\#x(?:2[27]|3[CE]));)"
_SLASHES = r"\\?/\\?/"
_LINK = re.compile(
    rf"\"(?:(?<==\")|(?<==\s\"))\s*(?:[Hh][Tt][Tt][Pp][Ss]?:{_SLASHES}|[/?.])[^\"<>]*\""
    rf"|'(?:(?<==')|(?<==\s'))\s*(?:[Hh][Tt][Tt][Pp][Ss]?:{_SLASHES}|[/?.])[^'<>]*'"
    rf"|\"(?:[Hh][Tt][Tt][Pp][Ss]?:)?{_SLASHES}[^\s\"<>]*\""
    rf"|(?:h|H)[Tt][Tt][Pp][Ss]?:{_SLASHES}"
    rf"(?:{_REFERENCE_ENDS}(?!\);)[^\s\"'<>{ADDRESS_ENDS}]|<[Ww][Bb][Rr]\s?/?>)+",
    re.ASCII,
)
"""A link between quotation marks, as attributes have them, or as far as it can go without them.

Without the flag that ignores case, so that only places with the first letters are looked at.
"""
_LINKED = re.compile(
    r"(?P<lead>\b(?:href|src|srcset|action|data(?:-[\w-]{1,40})?)\s*+=\s*+)"
    r"(?P<value>\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>]++)",
    re.IGNORECASE | re.ASCII,
)
"""An attribute that is a link or several, whatever these begin with."""
_STEP = re.compile(r"[^\s\"'{}?]*+(?:\?[^\s\"'{}]*)?+")
"""A link among those, where the attribute is no JSON."""
_MAILTO = re.compile(r"mailto:(?:[^\s\"'<>@?]{0,99}\+|[^\s\"'<>@?]{40})[^\s\"'<>]*", re.IGNORECASE)
"""Addresses made for one subscriber: to reply to him, to unsubscribe him."""
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_HAS_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_WBR = re.compile(r"<wbr\s?/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A sign as Markdown writes it where it stands for itself, and JSON some."""
_BEYOND = re.compile(r"[^!-~]")
_END = SENTENCE_ENDS + ")]}"
"""What ends a sentence rather than an address."""
_REDIRECTS = re.compile(r"/redirect/|%2Fredirect%2F", re.IGNORECASE)

_TAG = r"""<[a-zA-Z/](?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+"""
TAG = re.compile(_TAG)
"""A tag up to its `>`, which may as well stand within quotation marks."""
_COMMENT = re.compile(
    r"(?P<raw><(?P<name>style|script|textarea|title|xmp)\b.*?(?:</(?P=name)\b|\Z)"
    rf"|{_TAG})|<!--(?:-?>|.*?(?:--!?>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
"""A comment as HTML ends it, or a tag or an element in which none can be."""
SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,9}url:\s{0,9})"
    r"(https?://[^\s<>\"]{4,2000})"
)
"""How browsers and SingleFile note where a page was saved from."""
_SEAL = re.compile(r"eyJ[\w-]{8,}={0,2}(?:\.[\w-]+={0,2}){0,4}", re.ASCII)
_SPELT = re.compile(
    r"&(?:#0{0,5}[0-9]{2,3}\b|#x0{0,5}[0-9a-f]{2}\b|colon|sol)", re.ASCII | re.IGNORECASE
)
"""What a letter or sign of ASCII may be written as in a page."""
_NAMED = {":": "|&colon;", "/": "|&sol;"}


def _spelt(letters: str) -> str:
    """A pattern of these letters where each may be written as a reference to it, as in HTML."""
    return "".join(
        f"(?:{re.escape(each)}|&#0{{0,5}}(?:{ord(each)}|{ord(each.upper())});?"
        f"|&#x0{{0,5}}(?:{ord(each):x}|{ord(each.upper()):x});?{_NAMED.get(each, '')})"
        for each in letters
    )


_SCHEMES = tuple(
    (re.compile(_spelt(scheme), re.IGNORECASE), scheme)
    for scheme in ("https://", "http://", "mailto:")
)
_IMAGE = re.compile(r"<img\b[^<>]{0,8000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'<>]+)""", re.ASCII)
_SIDE_OF_A_DOT = re.compile(r"\s*[01](?:px)?\s*/?", re.IGNORECASE)
_STYLE_OF_A_DOT = re.compile(
    r"(?<![\w-])(?:width|height)\s*:\s*[01](?:px)?\s*(?:[;!\s]|$)", re.IGNORECASE
)


def scrub(text: str, is_html: bool, secrets: Collection[str] = ()) -> str:
    """The text or page of a mail in which nothing identifies who got it.

    Where only its sender knows where a link leads, nothing is left of it but, among words and
    where it is no redirect, its host and `/…`. `secrets` are what no link may contain, in base64
    with `+/`. A picture that is but a dot loses its address, a comment its words. Scrubbed again,
    it is the same.
    """

    def _clean(link: str) -> str:
        return "" if _has_one(secrets, link) else untracked(link)

    def _worded(link: str) -> str:
        return "" if _has_one(secrets, link) else in_words_of_mail(link)

    if not is_html:
        return _MAILTO.sub("", _relinked(text, is_html, _clean, _worded))
    text = _IMAGE.sub(_without_dot, _without_comments(_plain_schemes(text)))
    return _unsealed(_MAILTO.sub("", _relinked(text, is_html, _clean, _worded)))


def scrub_page(text: str, is_html: bool) -> str:
    """A text or page that is no mail, in which no link knows its subscriber.

    Its words are those that a document has of it, where `/…` stands for what is left out.
    """
    if not is_html:
        return _relinked(text, is_html, in_words, in_words)
    return scrub_links(_without_comments(_plain_schemes(text)))


def scrub_links(page: str) -> str:
    """A page that is no mail, in whose links and tags alone something is left out."""
    return _unsealed(_relinked(page, True, in_words, in_words))


def sealed_in(words: str) -> Iterator[tuple[int, int, str]]:
    """The links among words that know their subscriber: start, end, and what may stand there."""
    if "/" not in words:
        return
    ends = 0
    for match in sorted(
        (*WEB_ADDRESS.finditer(words), *_NAKED.finditer(words)), key=re.Match.start
    ):
        found = match.group()
        is_naked = match.re is _NAKED and _is_naked(match)
        if match.start() >= ends and (is_naked or match.re is WEB_ADDRESS):
            ends = match.end()
            if (shown := _shown(found, False, in_words)) != found:
                # What stands behind the link and what is marked up to there stays in its place.
                same = _ends_alike(found, shown)
                yield match.start(), match.end() - same, shown[: len(shown) - same]


def _ends_alike(one: str, another: str) -> int:
    """How many characters at their ends two texts that differ have in common."""
    pairs = zip(reversed(one), reversed(another), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(another)))


def links_in(source: str) -> list[str]:
    """The links of a page or text, in their order, as they stand there."""
    found = (_WBR.sub("", match.group().strip("\"' ")) for match in _LINK.finditer(source))
    return [_unescape(link) for link in found]


def secrets_of(address: str) -> frozenset[str]:
    """How an address of mail may stand hidden in a link: in base64 within more, or as its hash."""
    found = set()
    for each in {address, address.lower()}:
        data = each.encode("utf-8", "replace")
        # Only letters that no neighbour has a part in are the same wherever the address begins.
        for before in range(3):
            padded = b64encode(b"\0" * before + data).decode("ascii")
            found.add(padded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6])
        found |= {name(data, usedforsecurity=False).hexdigest() for name in (md5, sha1, sha256)}
    return frozenset(found)


def _relinked(
    text: str, is_html: bool, clean: Callable[[str], str], worded: Callable[[str], str]
) -> str:
    """A text with each of its links as `clean` would have it, or among words `worded`."""

    def _step(match: re.Match[str]) -> str:
        if "?" not in match.group():
            return match.group()
        plain = _read(match.group(), is_html)
        target = plain if '"' in plain or "{" in plain else clean(plain)
        return match.group() if target == plain else _written(target, is_html, "'")

    def _linked(match: re.Match[str]) -> str:
        lead, value = match.group("lead", "value")
        if "?" not in value:
            return match.group()
        mark = value[0] if value[0] in "\"'" else ""
        return lead + mark + _STEP.sub(_step, value.strip("\"'")) + mark

    def _link(match: re.Match[str]) -> str:
        found = match.group()
        mark = found[0] if found[0] in "\"'" else ""
        if not mark:
            return _shown(found, is_html, worded)
        plain = _read(found[1:-1].strip(), is_html)
        target = clean(plain)
        return found if target == plain else mark + _written(target, is_html, mark) + mark

    def _naked(match: re.Match[str]) -> str:
        found = match.group()
        return _shown(found, is_html, worded) if _is_naked(match) else found

    if is_html:
        text = _LINKED.sub(_linked, text)
    return _NAKED.sub(_naked, _LINK.sub(_link, text))


def _is_naked(match: re.Match[str]) -> bool:
    """Whether an address of Substack begins where it seems to, and is no part of a longer one."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    return _BEFORE_NAKED.fullmatch(before) is not None


def _shown(found: str, is_html: bool, clean: Callable[[str], str]) -> str:
    """A link that stands without quotation marks, and what belongs to the words behind it."""
    link = found.rstrip(_END)
    for end in _ends(link):
        plain = _read(link[:end], is_html)
        scheme = "" if _HAS_SCHEME.match(plain) else "https://"
        target = clean(scheme + plain)
        if target != scheme + plain:
            tail = found[end:]
            if end == len(link) and _REDIRECTS.search(plain):
                tail = tail.lstrip("?")  # in which those of Substack end
            if target.startswith("https://" + plain.partition("/")[0] + "/"):
                target = target.removeprefix(scheme)
            return _written(target, is_html) + tail
    return found


def _ends(link: str) -> list[int]:
    """Where an address may end that the text goes on behind without a space, the nearest first."""
    found = [len(link)]
    if not link.isascii():
        ends = (_BEYOND.search(link, start) for start in (0, link.find("?") + 1))
        found += (match.start() for match in ends if match)
    closed = link.find(")")
    if closed >= 0 and "(" not in link[:closed]:
        found.append(closed)
    return sorted(found)


def _read(link: str, is_html: bool) -> str:
    """A link as it is meant."""
    if is_html:
        return _unescape(_WBR.sub("", link))
    return _ESCAPED.sub(r"\1", link) if "\\" in link else link


def _written(link: str, is_html: bool, mark: str = "") -> str:
    """A link as it is written where it stood."""
    if not is_html:
        return link
    link = link.replace("&", "&amp;").replace("…", "&#8230;")
    return link.replace("'", "&#39;") if mark == "'" else link


def _plain_schemes(text: str) -> str:
    """A page whose links begin as links do, and not with references to those letters."""
    for pattern, scheme in _SCHEMES if _SPELT.search(text) else ():
        text = pattern.sub(scheme, text)
    return text


def _without_comments(text: str) -> str:
    """A page in which comments say nothing but where it was saved from.

    Each stays, since it parts what is beside it.
    """

    def _comment(match: re.Match[str]) -> str:
        if raw := match["raw"]:
            return raw
        saved = SAVED_FROM.match(match.group())
        return f"{saved.group()} -->" if saved else "<!---->"

    return _COMMENT.sub(_comment, text) if "<!--" in text else text


def _unsealed(text: str) -> str:
    """A page without tokens in the attributes of its elements."""
    if "eyJ" not in text:
        return text
    return TAG.sub(lambda match: _SEAL.sub("", match.group()), text)


def _has_one(secrets: Collection[str], link: str) -> bool:
    if not secrets:
        return False
    plain = unquote(link).replace("-", "+").replace("_", "/")
    return any(each in plain for each in secrets)


def _without_dot(match: re.Match[str]) -> str:
    tag = match.group()
    is_whole = tag.count('"') % 2 == 0  # and does not end within the words that stand for it
    return "<img>" if is_whole and _is_dot(tag) else tag


def _is_dot(image: str) -> bool:
    """Whether an image is said to be no wider or higher than a point."""
    for match in _ATTRIBUTE.finditer(image):
        name, value = match[1].lower(), match[2].strip("\"'")
        if name in ("width", "height") and _SIDE_OF_A_DOT.fullmatch(value):
            return True
        if name == "style" and _STYLE_OF_A_DOT.search(value):
            return True
    return False


def _unescape(link: str) -> str:
    return _REFERENCE.sub(lambda match: html.unescape(match.group()), link)
