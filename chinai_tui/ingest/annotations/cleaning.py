"""Makes annotations from outside safe to keep: clean text, sound values, nothing endless."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

from chinai_tui.domain.annotation import Anchor, Annotation, Color, Voice
from chinai_tui.domain.issue import ISSUE_ID, UNFILED, DateSource, Issue
from chinai_tui.text.normalise import normalise
from chinai_tui.text.sanitise import clean, clean_line, safe_url
from chinai_tui.text.tags import key, plain, tags_of

NOTE_LIMIT = 200_000
QUOTE_LIMIT = 50_000
"""Characters of the longest note, and of the longest quotation."""
_CONTEXT = 32
"""Characters that an anchor keeps from before and after its passage."""
_MOST_TAGS = 100
_MOST_AUTHORS = 20
_MOST_KEYS = 50
_FARTHEST = 100_000_000
"""The largest offset that a text may have."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}")
_REVISION = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_KEY = re.compile(r"(?:post|url|number|hash):[!-~]{1,2000}")


def cleaned(annotation: Annotation, issue: Issue | None) -> tuple[Annotation, Issue | None]:
    """An annotation and the issue it says it is on, as they may be kept; twice changes nothing.

    Raises:
        ValueError: It is too long, on nothing, or says nothing; the message says which.
    """
    if len(annotation.text) > NOTE_LIMIT:
        raise ValueError(f"its note has more than {NOTE_LIMIT:,} characters")
    if annotation.entity and not ISSUE_ID.fullmatch(annotation.entity):
        raise ValueError("it is on an entity whose id is none")
    kept = replace(
        annotation,
        id=annotation.id if _ID.fullmatch(annotation.id) else derived_id(annotation.id),
        issue=annotation.issue if ISSUE_ID.fullmatch(annotation.issue) else "",
        anchor=_anchor(annotation.anchor) if annotation.anchor else None,
        text=clean(annotation.text),
        name=clean_line(annotation.name, 100),
        color=annotation.color if annotation.color in tuple(Color) else "",
        tags=_tags(annotation.tags, clean(annotation.text)),
        voice=_voice(annotation.voice) if annotation.voice else None,
        creator=clean_line(annotation.creator, 200),
        created=utc(annotation.created, "auto"),
        updated=utc(annotation.updated) or utc(annotation.created),
    )
    if not (kept.entity or kept.issue or issue):
        raise ValueError("it does not say what it is on")
    if not (kept.text.strip() or kept.tags or kept.anchor):
        raise ValueError("it says nothing")
    return kept, _issue(issue) if issue else None


def derived_id(*parts: str) -> str:
    """An id for what has none of ours: the same for the same parts."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def utc(time: str, precision: str = "seconds") -> str:
    """A time as records carry it, ISO 8601 in UTC; empty where it is none.

    `precision` is a `timespec` of `datetime.isoformat`.
    """
    try:
        found = datetime.fromisoformat(time.strip())
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return found.isoformat(timespec=precision).replace("+00:00", "Z")


def _anchor(anchor: Anchor) -> Anchor:
    if len(anchor.exact) > QUOTE_LIMIT:
        raise ValueError(f"it quotes more than {QUOTE_LIMIT:,} characters")
    sound = 0 <= anchor.start <= anchor.end <= _FARTHEST
    exact = normalise(anchor.exact)
    if not exact.strip():
        raise ValueError("it quotes no words")
    return Anchor(
        role=anchor.role,
        revision=anchor.revision if _REVISION.fullmatch(anchor.revision) else "",
        start=anchor.start if sound else 0,
        end=anchor.end if sound else 0,
        block=anchor.block if 0 <= anchor.block <= _FARTHEST else 0,
        exact=exact,
        prefix=normalise(anchor.prefix[-2 * _CONTEXT :])[-_CONTEXT:],
        suffix=normalise(anchor.suffix[: 2 * _CONTEXT])[:_CONTEXT],
    )


def _tags(tags: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The tags as they may be typed, where a space becomes a dash; then those of the words."""
    words = (plain(clean_line(each).lstrip("# ")) for each in tags[:_MOST_TAGS])
    given = list(dict.fromkeys(word for word in words if word))
    known = set(map(key, given))
    return (*given, *(tag for tag in tags_of(text) if key(tag) not in known))


def _voice(voice: Voice) -> Voice:
    speaker, outlet = clean_line(voice.speaker, 200), clean_line(voice.outlet, 200)
    return replace(voice, speaker=speaker, outlet=outlet)


def _issue(issue: Issue) -> Issue:
    date = issue.date if _DATE.fullmatch(issue.date) else ""
    authors = (clean_line(each, 100) for each in issue.authors[:_MOST_AUTHORS])
    return Issue(
        id=issue.id if ISSUE_ID.fullmatch(issue.id) else "",
        publication=issue.publication if ISSUE_ID.fullmatch(issue.publication) else UNFILED,
        title=clean_line(issue.title),
        number=issue.number if issue.number in range(100_000) else None,
        subtitle=clean_line(issue.subtitle),
        authors=tuple(each for each in authors if each),
        date=date,
        date_source=issue.date_source if date else DateSource.NONE,
        url=safe_url(issue.url),
        keys=tuple(each for each in issue.keys[:_MOST_KEYS] if _KEY.fullmatch(each)),
    )
