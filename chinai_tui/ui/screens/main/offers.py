"""What the next key may still say of something just made or chosen: a colour, a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.timer import Timer

from chinai_tui.ui.screens.main.second_text import SecondTextActions

OFFER_SECONDS = 6.0
"""How long an offer stands, as long as a line that tells of it."""


@dataclass
class Offer:
    """Keys that mean something else for a moment; any other key ends that."""

    keys: str
    """A character each."""
    take: Callable[[str], None]
    """Called with the key, once what it is about is on disk."""
    ready: bool = True
    """Whether it is."""
    taken: str = ""
    """The key that came before that."""


class Offers(SecondTextActions):
    """One offer at a time, taken by a key in any pane."""

    _offer: Offer | None = None
    _offer_end: Timer | None = None

    def offer(self, offer: Offer, seconds: float = OFFER_SECONDS) -> None:
        """Let the keys of an offer be taken for a while."""
        self.withdraw()
        self._offer = offer
        self._offer_end = self.set_timer(seconds, self.withdraw)

    def withdraw(self) -> None:
        """Let keys mean what they always do."""
        if self._offer_end is not None:
            self._offer_end.stop()
        self._offer = self._offer_end = None
        if self.chosen is not None:
            self.chosen = None
            self.refresh_marks()

    def settle(self, offer: Offer) -> None:
        """What an offer is about is on disk: a key that has come already is taken now."""
        offer.ready = True
        if offer.taken:
            offer.take(offer.taken)

    def on_key(self, event: events.Key) -> None:
        """Take a key that means what was just made; no other meaning of it counts then."""
        if self._take_key(event.character or event.key):
            event.stop()
            event.prevent_default()

    def _take_key(self, key: str) -> bool:
        offer = self._offer
        if offer is None:
            return False
        self.withdraw()
        if len(key) != 1 or key not in offer.keys:
            return False
        if offer.ready:
            offer.take(key)
        else:
            offer.taken = key
        return True
