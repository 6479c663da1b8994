"""An issue as it is cited: what every style is made of, cleaned and in one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.issue import UNFILED, Issue, Original, Publication
from chinai_tui.export import people
from chinai_tui.export.citations import headline, spoken_date, translated_from
from chinai_tui.text.sanitise import clean_line, safe_url

_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """An issue, or a passage of it, as it is to be cited."""

    issue: Issue
    publication: Publication
    key: str
    """The key it goes by in bibliographies, which nothing else has."""
    voice: Voice | None = None
    """Whose words the passage is; none for the issue as a whole."""
    known: Original | None = None
    """What the issue is known to translate."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors of the issue, or else of the publication."""
        names = self.issue.authors or self.publication.authors
        return tuple(filter(None, map(clean_line, names)))

    @property
    def title(self) -> str:
        """The title with its number; the id where there is none."""
        return headline(self.issue, self.publication) or self.issue.id

    @property
    def container(self) -> str:
        """The title of the publication, if there is one."""
        return "" if self.publication.id == UNFILED else clean_line(self.publication.title)

    @property
    def number(self) -> str:
        """The number of the issue, or nothing."""
        return "" if self.issue.number is None else str(self.issue.number)

    @property
    def date(self) -> tuple[str, ...]:
        """Year, month and day as digits, as far as they are known."""
        return _parts(self.issue.date)

    @property
    def accessed(self) -> tuple[str, ...]:
        """The day on which the text came in, in the same form."""
        document = self.issue.documents.get(self.issue.main_role)
        return _parts(document.accessed) if document else ()

    @property
    def url(self) -> str:
        """Its address, if that is one."""
        return safe_url(self.issue.url)

    @property
    def language(self) -> str:
        """`zh` or `en`, by the script of the title; nothing where that tells neither."""
        letters = [char for char in self.title if char.isalpha()]
        han = len(_HAN.findall(self.title))
        if 2 * han > len(letters):
            return "zh"
        return "en" if letters and all(c.isascii() or _HAN.match(c) for c in letters) else ""

    @property
    def is_translation(self) -> bool:
        """Whether it is the translated text that is cited."""
        return self.voice is not None and self.voice.kind is VoiceKind.TRANSLATION

    @property
    def original(self) -> Original | None:
        """What was translated; none where it is not known that anything was."""
        own = self.voice if self.is_translation else None
        found = translated_from(own, self.known)
        return found if self.is_translation or found != Original() else None

    @property
    def translators(self) -> tuple[str, ...]:
        """Who translated the original: by default the authors of the issue."""
        original = self.original
        if original is None:
            return ()
        return (original.translator,) if original.translator else self.authors

    @property
    def note(self) -> str:
        """What has no field of its own: whose words a passage is, where they are another's."""
        if self.voice is None or self.is_translation:
            return ""
        speaker, outlet = clean_line(self.voice.speaker), clean_line(self.voice.outlet)
        match self.voice.kind:
            case VoiceKind.COMMENTARY if speaker in ("", *self.authors, " and ".join(self.authors)):
                return ""
            case VoiceKind.DIGEST:
                return "Passage of a digest in chinai’s words"
            case VoiceKind.UNCONFIRMED:
                return "Speaker of the passage unconfirmed"
        source = ", ".join(filter(None, (speaker, outlet))) or "an unnamed source"
        return f"Passage by {source} ({self.voice.kind.value})"


def names(texts: Iterable[str]) -> list[people.Name]:
    """Names in their parts."""
    return [people.parse(text) for text in texts]


def full_title(original: Original) -> str:
    """The title of an original, in English and in Chinese as far as they are known."""
    if original.title and original.title_han:
        return f"{original.title} [{original.title_han}]"
    return original.title or original.title_han


def _parts(written: str) -> tuple[str, ...]:
    return tuple(written.split("-")) if spoken_date(written) else ()
