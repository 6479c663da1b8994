"""What is done to the selection or the current paragraph: highlight, bookmark, copy, voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from string import ascii_lowercase

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color, Voice
from chinai_tui.errors import ChinaiError
from chinai_tui.ui import clipboard
from chinai_tui.ui.messages import Place, Visit
from chinai_tui.ui.rendering.highlights import SIGNS, color_of
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.links import NOTHING_OPEN
from chinai_tui.ui.screens.main.offers import Offer, Offers
from chinai_tui.ui.screens.main.wording import quoted, voice_name
from chinai_tui.workspace import OpenedIssue
from chinai_tui.workspace.records import PlacedAnnotation

COLORS = dict(zip("12345", Color, strict=True))
"""The keys of the colours."""
CHOICE = " ".join(f"{key}{SIGNS[color]}" for key, color in COLORS.items())
DELETE, NEXT = "d", "H"
NAMING_SECONDS = 1.0
"""How long after a bookmark a letter is its name: a chord, not the next thing one does."""
PLAIN = "m"
"""The letter that ends the naming of a bookmark."""
NAMES = "".join(letter for letter in ascii_lowercase if letter not in "bghjklnuvm")
"""Letters that name a bookmark; those that move the text or undo do so behind it too."""


class PassageActions(Offers):
    """Verbs on a passage; each says what it did when it is on disk."""

    def passage(self) -> tuple[OpenedIssue, int, int] | None:
        """The selection, or else the current paragraph, of the document in hand."""
        opened, view = self.in_hand
        if opened is None or not opened.document.blocks:
            self.say(NOTHING_OPEN)
            return None
        start, end = view.selection or view.passage
        return (opened, start, end)

    # Highlights

    def action_highlight(self) -> None:
        """Highlight the passage; where a highlight is, choose it, to give it another colour."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        here = self._highlights(start, end, exact=self.in_hand[1].selection is not None)
        if here:
            self._choose(here, 0)
        else:
            self._highlight(opened, start, end)

    def _highlights(self, start: int, end: int, *, exact: bool) -> list[PlacedAnnotation]:
        """The highlights of a paragraph, or with `exact` those of these very words."""
        marked = self.placed_at(start, end)
        here = [each for each in marked if each.annotation.kind is AnnotationKind.HIGHLIGHT]
        if exact:
            extent = (start, end)
            here = [p for p in here if (p.placement.start, p.placement.end) == extent]
        return here

    def _highlight(self, opened: OpenedIssue, start: int, end: int) -> None:
        color = self.highlight_color
        self.in_hand[1].end_selection()
        made: list[Annotation] = []

        def take(key: str) -> None:
            """Give it another colour, or take it away."""
            self._take_color(made[0], key)

        offer = Offer("".join(COLORS) + DELETE, take, ready=False)

        def done(annotation: Annotation) -> None:
            """It can be changed from now on."""
            made.append(annotation)
            self.say(f"highlighted {SIGNS[color]} {color} · {CHOICE} {DELETE} deletes")
            self.settle(offer)

        self.offer(offer)
        highlight = self.workspace.notes.highlight
        job = partial(highlight, opened.issue.id, opened.role, start, end, color)
        self.in_background(job, done)

    def _choose(self, here: Sequence[PlacedAnnotation], at: int) -> None:
        """Choose one of the highlights here; the same key goes on to the next, then to a new one.

        Behind the last one comes the paragraph as a whole, unless that is one of them.
        """
        if at == len(here):
            target = self.passage()
            if target and not self._highlights(*target[1:], exact=True):
                self._highlight(*target)
                return
            at = 0
        chosen = here[at]
        color = color_of(chosen.annotation.color)

        def take(key: str) -> None:
            """Another colour, another highlight, or none."""
            if key == NEXT:
                self._choose(here, at + 1)
            else:
                self._take_color(chosen.annotation, key)

        count = f" {at + 1} of {len(here)}" if len(here) > 1 else ""
        said = f"{SIGNS[color]} {color}{count} · {CHOICE} {DELETE} deletes {NEXT} next"
        self.offer(Offer("".join(COLORS) + DELETE + NEXT, take))
        self.say(said)
        self.chosen = (chosen.placement.start, chosen.placement.end)
        self.refresh_marks()

    def _take_color(self, annotation: Annotation, key: str) -> None:
        if key == DELETE:
            self.delete([annotation])
            return
        color = COLORS[key]

        def job() -> None:
            """The next highlight has the same colour."""
            self.workspace.notes.recolor([annotation.id], color)
            self.keep_color(color)

        self.in_background(job, lambda _: self.say(f"{SIGNS[color]} {color}"))

    def delete(self, annotations: Sequence[Annotation]) -> None:
        """Take annotations away and say how they come back."""
        what = annotations[0].kind.value if len(annotations) == 1 else f"{len(annotations)} notes"
        ids = [each.id for each in annotations]
        self.in_background(
            lambda: self.workspace.notes.delete(ids),
            lambda _: self.say(f"{what} deleted; U brings it back"),
        )

    # Bookmarks

    def action_bookmark(self) -> None:
        """Bookmark the passage, or take the bookmark away; a letter right behind it names it."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        self.in_hand[1].end_selection()
        place = (opened.issue.id, opened.role, start, end)
        made: list[Annotation | None] = []

        def take(letter: str) -> None:
            """Name the bookmark, if it is not one that was taken away."""
            if made[0] is not None and letter != PLAIN:
                self.in_background(
                    lambda: self.workspace.notes.bookmark(*place, name=letter),
                    lambda _: self.say(f"bookmark {letter}: ` {letter} comes back here"),
                )

        offer = Offer(NAMES + PLAIN, take, ready=False)

        def done(bookmark: Annotation | None) -> None:
            """Say what was done; a letter may have come meanwhile."""
            made.append(bookmark)
            self.say("bookmarked; a letter at once names it" if bookmark else "bookmark taken away")
            self.settle(offer)

        self.offer(offer, seconds=NAMING_SECONDS)
        self.in_background(lambda: self.workspace.notes.bookmark(*place), done)

    def action_go_to_mark(self) -> None:
        """Go to the bookmark of the letter that follows."""
        named = {each.name: each for each in self.workspace.notes.bookmarks() if each.name}
        if not named:
            self.say("no bookmark has a letter; type one right behind m")
            return
        self.use_pane(Pane.READER)
        self.offer(Offer("".join(named), lambda letter: self._go_to(named[letter])))
        self.say(f"to which bookmark: {' '.join(sorted(named))}")

    def _go_to(self, bookmark: Annotation) -> None:
        try:
            place = self.workspace.notes.placement(bookmark)
        except ChinaiError as error:
            self.say(str(error), warning=True)
            return
        if place is None or bookmark.anchor is None:
            self.say(f"the words of bookmark {bookmark.name} are no more in their text")
        else:
            there = Place(bookmark.issue, bookmark.anchor.role, place.start, place.end)
            self.visit_place(Visit(there))

    # Copying

    def action_copy(self) -> None:
        """Copy the passage with its citation."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        self.in_hand[1].end_selection()

        def done(text: str) -> None:
            """Say which passage it was."""
            clipboard.copy(self.app, text)
            self.say(f"copied {quoted(opened.document.text[start:end])} with its citation")

        quote = self.workspace.citing.quote_passage
        self.in_background(lambda: quote(opened, start, end), done, group="copy")

    # Whose words

    async def action_voice(self) -> None:
        """Confirm or change whose words the passage is; a highlight keeps it where none is."""
        target = self.passage()
        if target is None:
            return
        opened, start, end = target
        marked = [each.id for each in self.annotations_at(start, end)]
        voice = self.voice(start, end)
        if voice is None:
            return
        from chinai_tui.ui.screens.voice import VoiceScreen

        notes = self.workspace.notes

        def save(chosen: Voice | None) -> None:
            """Save the voice that was chosen; the same is confirmed."""
            if chosen is None:
                return
            told = replace(chosen, confirmed=True)
            said = "confirmed" if chosen.kind is voice.kind else "whose words"
            kept = "" if marked else ", kept by a highlight"
            job: Callable[[], object]
            if marked:
                job = partial(notes.set_voice, marked, told)
            else:
                self.in_hand[1].end_selection()
                place = (opened.issue.id, opened.role, start, end)
                job = partial(notes.highlight_all, [place], self.highlight_color, told)
            self.in_background(job, lambda _: self.say(f"{said}: {voice_name(chosen)}{kept}"))

        await self.ask(VoiceScreen(voice), save)
