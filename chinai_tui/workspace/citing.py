"""Citations of issues and passages, in any style, and the keys they go by in bibliographies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from chinai_tui.domain.annotation import Annotation, Voice, VoiceKind
from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.issue import Original
from chinai_tui.export.styles import STYLES
from chinai_tui.workspace import citekeys
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.indexing import Indexing
from chinai_tui.workspace.quoting import voice_at
from chinai_tui.workspace.records import OpenedIssue

if TYPE_CHECKING:
    from chinai_tui.export.reference import Reference

ORIGINALS_AT_HAND = 5_000
"""Issues of which it is kept in memory what they translate, some 500 bytes each."""


class Citing:
    """Cites in the style that is set, or another.

    A key is given once: it stays with its issue though its date or author is mended later, and
    though another issue with the same comes in. That other has a letter behind its own.
    """

    def __init__(self, core: Core, indexing: Indexing) -> None:
        self._core = core
        self._indexing = indexing
        # An export cites each issue on its page and in the bibliographies.
        self._original_in = lru_cache(maxsize=ORIGINALS_AT_HAND)(self._find_original)

    def cite(self, issue_id: str, style: str = "", voice: Voice | None = None) -> str:
        """The citation of an issue, or of a passage of it in that voice.

        Args:
            issue_id: the issue.
            style: a name of `STYLES`; that of the settings if none.
            voice: whose words the passage is; none for the issue as a whole.

        Raises:
            NotFoundError: There is no such issue.
            StoreError: Its text cannot be read, or a new key could not be saved.
        """
        chosen = STYLES[style or self._core.settings.citation_style]
        keys = {} if chosen.is_prose else self.keys([issue_id])
        return chosen.render([self._reference(issue_id, keys, voice)])

    def cite_annotation(self, annotation: Annotation, style: str = "") -> str:
        """The citation of what an annotation is on; for the rest see `cite`.

        Nobody's words are the author's for want of a voice.
        """
        return self.cite(annotation.issue, style, _voice_of(annotation))

    def cite_translation(self, issue_id: str, style: str = "") -> str:
        """The citation of the text that an issue translates; for the rest see `cite`."""
        return self.cite(issue_id, style, Voice(VoiceKind.TRANSLATION))

    def original(self, issue_id: str) -> Original | None:
        """What an issue translates, as its translation tells, or else its own text.

        Raises:
            NotFoundError: There is no such issue.
            StoreError: Its text cannot be read.
        """
        documents = self._core.issue(issue_id).documents
        for role in (DocumentRole.TRANSLATION, DocumentRole.TEXT):
            if role in documents:
                found = self._original_in(issue_id, role, documents[role].revision)
                if found != Original():
                    return found
        return None

    def _find_original(self, issue_id: str, role: DocumentRole, _revision: str) -> Original:
        """What that revision of a text tells of what it translates."""
        from chinai_tui.annotate.original import original_of

        return original_of(self._core.document(issue_id, role), role)

    def quote(self, text: str, issue_id: str, voice: Voice | None = None, style: str = "") -> str:
        """A passage in quotation marks, with its citation; for the rest see `cite`."""
        from chinai_tui.export.citations import quote, quote_with_citation

        citation = self.cite(issue_id, style, voice)
        if STYLES[style or self._core.settings.citation_style].is_prose:
            return quote_with_citation(text, citation)
        return f"{quote(text)}\n\n{citation}"

    def quote_annotation(self, annotation: Annotation, style: str = "") -> str:
        """The passage of an annotation, or its own words where it has none, with its citation."""
        words = annotation.anchor.exact if annotation.anchor else annotation.text
        return self.quote(words, annotation.issue, _voice_of(annotation), style)

    def quote_passage(self, opened: OpenedIssue, start: int, end: int, style: str = "") -> str:
        """A passage of an open issue with its citation."""
        voice = voice_at(opened, start, end)
        return self.quote(opened.document.text[start:end], opened.issue.id, voice, style)

    def side_files(self, issue_ids: Iterable[str]) -> dict[str, str]:
        """The bibliographies of an export by the names of their files, each with all issues.

        Raises:
            NotFoundError: There is no such issue.
            StoreError: A new key could not be saved.
        """
        keys = self.keys(sorted(set(issue_ids)))
        references = [self._reference(each, keys) for each in keys]
        references.sort(key=lambda each: each.key)
        return {
            style.file: style.render(references) + "\n"
            for style in STYLES.values()
            if not style.is_prose
        }

    def keys(self, issue_ids: Collection[str]) -> dict[str, str]:
        """The keys of issues, by their ids and in their order; those that have none are given one.

        Raises:
            NotFoundError: There is no such issue.
            StoreError: A new key could not be saved.
        """
        known = self._known()
        if any(each not in known for each in issue_ids):
            known = self._core.write(lambda: self._give(issue_ids))
        return {each: known[each] for each in issue_ids}

    def given(self) -> frozenset[str]:
        """All keys that were handed out.

        Raises:
            StoreError: They cannot be read.
        """
        return frozenset(self._known().values())

    def _give(self, issue_ids: Collection[str]) -> dict[str, str]:
        """Give keys to those that have none, in the order of their ids; all there are then."""
        from chinai_tui.export.citations import citekey, free_key

        store = self._core.store
        with store.reading_file.transaction() as tx:
            known = self._known()
            taken = set(known.values())
            for each in sorted(set(issue_ids) - known.keys()):
                issue = self._core.issue(each)
                base = citekey(issue, self._indexing.publication(issue.publication))
                known[each] = free_key(base, taken)
                taken.add(known[each])
            tx.put(store.session, citekeys.encoded(known))
        self._indexing.mirror_session()
        self._indexing.remember()
        return known

    def _known(self) -> dict[str, str]:
        """The keys that were handed out, as they are on disk."""
        return citekeys.decoded(self._core.store.session.get(citekeys.SESSION))

    def _reference(
        self, issue_id: str, keys: Mapping[str, str], voice: Voice | None = None
    ) -> Reference:
        from chinai_tui.export.reference import Reference

        issue = self._core.issue(issue_id)
        publication = self._indexing.publication(issue.publication)
        key = keys.get(issue_id, "")
        return Reference(issue, publication, key, voice, self.original(issue_id))


def _voice_of(annotation: Annotation) -> Voice | None:
    """Whose words an annotation is on; None where it is on no passage."""
    if annotation.anchor is None:
        return None
    return annotation.voice or Voice(VoiceKind.UNCONFIRMED)
