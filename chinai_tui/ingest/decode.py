"""Bytes to text: by byte order mark, as UTF-8, by what a page declares, or by what makes sense.

A file whose encoding cannot be told is refused with the reason; text in the wrong letters
(mojibake) is worse than none.
"""

from __future__ import annotations

import codecs
import re

from chinai_tui.domain.document import is_han
from chinai_tui.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, a film or a WebP picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_ARCHIVES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
_OF_OFFICES = (b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"word/")
"""What the zip archive that an office document is has for its first member."""
_NAME = 30
"""Where in a zip archive the name of its first member stands."""
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_PROLOGUE = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
HTML_MEANS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""What a page means by an encoding, where browsers read it as a larger one."""
_TRUSTED = re.compile(
    r"utf-?8|gb18030|big5hkscs|cp932|cp949|euc-jp|iso-2022-jp|hz|koi8-r|macintosh"
    r"|(?:cp|windows-)125[0-8]|iso-8859-(?:[2579]|15)"
)
_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ–—‘’‚“”„…•†‡€£©®™°·«»¿¡§ª²³¹º½¼¾ \xa0]")
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    "本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由"
    "问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世"
    "位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四"
    "神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便"
    "空决治展马科司基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死"
    "张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
_TEXTFUL = "save it as text, Markdown or HTML first"


def refusal(data: bytes) -> str:
    """Why these bytes cannot be a text, in a few words; empty if they may be one."""
    marked = _by_mark(data)
    if not data[len(marked[0]) if marked else 0 :].strip(b" \t\r\n\x0b\x0c\x00"):
        return "is empty"
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return f"is {what}, not a text; {_TEXTFUL}"
    if archive := next((what for mark, what in _ARCHIVES if data.startswith(mark)), ""):
        if data.startswith(_OF_OFFICES, _NAME):
            return f"is an office document, not a text; {_TEXTFUL}"
        return f"is {archive}; unpack it first"
    if marked or _wide(data):
        return ""
    if b"\x00" in data:
        return f"is binary, not a text; {_TEXTFUL}"
    return f"is binary, not a text; {_TEXTFUL}" if _is_binary(data[:8192].decode("latin-1")) else ""


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of these bytes, for which an encoding may be `declared` beside them.

    Raises `InputError` (with `name` as its place) where they are no text or in an encoding that
    cannot be told.
    """
    if reason := refusal(data):
        raise InputError(name, reason)
    if found := _by_mark(data) or _wide(data):
        mark, encoding = found
        return _strictly(data[len(mark) :], encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    if text := _by_declaration(data, declared):
        return text
    if _is_damaged_utf8(data):
        line = data.count(b"\n", 0, place) + 1
        raise InputError(name, f"is UTF-8 with a damaged byte in line {line}; save it again")
    for encoding, makes_sense in (("gb18030", _is_chinese), ("cp1252", _is_western)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if makes_sense(text):
            return text
    raise InputError(
        name,
        "is neither UTF-8 nor GB18030 nor Windows-1252, or damaged; save it as UTF-8",
    )


def _by_mark(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> tuple[bytes, str] | None:
    """UTF-16 without a mark, told by the zeros of its ASCII characters."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    zeros = max(even, odd)
    # A Chinese character may have a zero in the other place, as that for one has.
    if len(data) % 2 or len(head) < 8 or 10 * min(even, odd) > zeros or 6 * zeros < len(head):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(encoding, "ignore")
    # Two letters of any text are one character too, but hardly any that a text has.
    is_western = 10 * zeros >= 8 * len(text)
    is_text = not _is_binary(text) and (is_western or _is_chinese(text))
    return (b"", encoding) if is_text else None


def _is_binary(head: str) -> bool:
    """Whether there are more control characters than in any text."""
    return 10 * len(_ODD.findall(head)) > len(head)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"begins as {encoding.upper()} but byte {error.start} is not; save it as UTF-8"
        raise InputError(name, reason) from error


def _by_declaration(data: bytes, declared: str) -> str:
    """The text in the encoding that is declared, or named in a page's head, if it is in that."""
    head = data[:4096]
    match = _DECLARED.search(head) or _PROLOGUE.search(head)
    named = declared or (match[1].decode("ascii", "replace") if match else "")
    encoding = HTML_MEANS.get(named.lower(), named.lower())
    if not _TRUSTED.fullmatch(encoding):
        return ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    wrong = encoding == "cp1252" and not _is_western(text)
    return "" if wrong or (encoding == "gb18030" and not _is_chinese(text)) else text


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed UTF-8, so that only a part is damaged."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return beyond - bad > bad


def _is_chinese(text: str) -> bool:
    """Whether the characters beyond ASCII are in GB 2312, and a tenth of them frequent ones.

    Korean and Cyrillic bytes also give characters of that list, but hardly any frequent one.
    """
    beyond = [char for char in text[:100_000] if char > "\x7f"]
    listed = len("".join(beyond).encode("gb2312", "ignore")) // 2
    han = [char for char in beyond if is_han(char)]
    frequent = sum(1 for char in han if char in _FREQUENT)
    return listed >= 0.9 * len(beyond) and 10 * frequent >= len(han)


def _is_western(text: str) -> bool:
    """Whether the characters beyond ASCII are few, and letters or punctuation of the West."""
    sample = text[:100_000]
    beyond = [char for char in sample if char > "\x7f"]
    western = sum(1 for char in beyond if _WESTERN.match(char))
    return 4 * len(beyond) <= len(sample) and western >= 0.95 * len(beyond)
