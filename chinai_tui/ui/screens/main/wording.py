"""How the open issue is put into words: header, status line, marks. Pure."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.document import BlockRole, Document, DocumentRole, count_words
from chinai_tui.domain.issue import Issue, Publication
from chinai_tui.domain.link import Link
from chinai_tui.domain.rows import IssueRow
from chinai_tui.ui.dates import about, spelled
from chinai_tui.ui.widgets.reader_header import Heading
from chinai_tui.workspace import OpenedIssue

_TITLES = (BlockRole.TITLE, BlockRole.SUBTITLE)
WORDS_A_MINUTE = 230
QUOTED_WORDS, QUOTED_CHARACTERS = 5, 32
"""How much of a passage is told to say which one it is."""
DIGEST_NOTE = "digest, our words"
BEGINNING = "only the beginning"
"""Of a text that is known to go on, as behind a paywall."""
NOTES = {
    DocumentRole.DIGEST: DIGEST_NOTE,
    DocumentRole.TRANSLATION: "full translation",
    DocumentRole.ORIGINAL: "Chinese source",
}
CONFIRMED = "✓"


def issue_name(issue: Issue, publication: Publication) -> str:
    """How an issue is called: `ChinAI #94`, or its publication."""
    label = publication.label or publication.title
    return f"{label} #{issue.number}" if issue.number is not None else label


def short_name(issue: Issue) -> str:
    """The same for a narrow place: `#94`, or the first words of the title."""
    if issue.number is not None:
        return f"#{issue.number}"
    return issue.title if len(issue.title) <= 24 else issue.title[:23].rstrip() + "…"


def heading(opened: OpenedIssue, row: IssueRow | None, besides: tuple[str, ...] = ()) -> Heading:
    """What the header tells.

    `row` is that of the issue in the list, if it is there; `besides` is what there is besides the
    text, each with its key.
    """
    issue = opened.issue
    near = row.near if row else ""
    date = spelled(issue.date) if issue.date else about(near) if near else ""
    is_main = row is not None and row.role is opened.role
    facts = (
        issue_name(issue, opened.publication),
        date,
        f"{row.minutes if row and is_main else minutes(opened.document.words)} min",
    )
    return Heading(
        title=issue.title,
        subtitle=issue.subtitle,
        facts=tuple(filter(None, facts)),
        authors=", ".join(issue.authors),
        note=note(opened),
        besides=besides,
    )


def note(opened: OpenedIssue) -> str:
    """What one must know of a text before quoting it; empty for the whole post itself."""
    if opened.role is not DocumentRole.TEXT:
        return NOTES.get(opened.role, opened.role.value)
    return BEGINNING if opened.issue.documents[opened.role].truncated else ""


def minutes(words: float) -> int:
    """The minutes that reading takes, 0 for nothing."""
    return ceil(words / WORDS_A_MINUTE)


def lead(opened: OpenedIssue, key: str) -> str:
    """The line above a text that stands for the digest of it, which a key opens; empty if none."""
    has_digest = opened.role is DocumentRole.TEXT and DocumentRole.DIGEST in opened.roles
    return f"Digest, our words  {key}".rstrip() if has_digest else ""


def shown_links(opened: OpenedIssue) -> tuple[Link, ...]:
    """The links below the title, which stands in the header, numbered from 1."""
    begin = body_start(opened.document)
    if not opened.links or opened.links[0].start >= begin:
        return opened.links
    numbers: dict[int, int] = {0: 0}
    links = (link for link in opened.links if link.start >= begin)
    return tuple(
        replace(link, number=numbers.setdefault(link.number, len(numbers))) for link in links
    )


def aside(voice: Voice) -> str:
    """Whose words a section is, for its heading; nothing where they are the newsletter's own."""
    if voice.kind in (VoiceKind.COMMENTARY, VoiceKind.UNCONFIRMED, VoiceKind.DIGEST):
        return ""
    return f"{voice.kind.value}: {voice.speaker}" if voice.speaker else voice.kind.value


def link_told(link: Link | None, typed: str, *, hinting: bool) -> str:
    """What a link leads to, for the status line; while letters are typed, those."""
    if link is None:
        return (f"link {typed}…" if typed else "a letter or a number") if hinting else ""
    number = f"{link.number} " if link.number else ""
    return f"{number}→ {link.shown}"


def quoted(passage: str) -> str:
    """A passage in few words: `“Most of the money…” (52 words)`."""
    begin = " ".join(passage.split()[:QUOTED_WORDS])
    if len(begin) > QUOTED_CHARACTERS:
        begin = begin[:QUOTED_CHARACTERS]
    more = "…" if len(begin) < len(passage.strip()) else ""
    count = count_words(passage)
    return f"“{begin}{more}” ({count} {'word' if count == 1 else 'words'})"


def body_start(document: Document) -> int:
    """The offset where the text begins below title and subtitle, which the header shows."""
    body = (block.start for block in document.blocks if block.role not in _TITLES)
    return next(body, len(document.text))


def section(document: Document, block: int) -> str:
    """The heading over a block: `Key takeaways`."""
    over = document.section_of(block) if document.blocks else None
    return document.text_of(over).rstrip(":：") if over is not None else ""


def paragraph(document: Document, block: int) -> str:
    """The number of a block, title and subtitle aside: `¶14`."""
    number = document.paragraph_of(block)
    return f"¶{number}" if number else ""


def selected(passage: str) -> str:
    """How much is selected."""
    count = count_words(passage)
    return f"{count} {'word' if count == 1 else 'words'} selected"


def told_voice(voice: Voice) -> str:
    """Whose words, and that somebody has confirmed it: `translation, Wu Xin in Synced ✓`."""
    return f"{voice_name(voice)} {CONFIRMED}" if voice.confirmed else voice_name(voice)


def voice_name(voice: Voice) -> str:
    """Whose words, for the status line: `translation, Wu Xin in Synced`."""
    if voice.kind is VoiceKind.DIGEST:
        return DIGEST_NOTE
    who = " in ".join(filter(None, (voice.speaker, voice.outlet)))
    return f"{voice.kind.value}, {who}" if who else voice.kind.value
