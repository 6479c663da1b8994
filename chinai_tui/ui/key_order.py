"""Keys act one after the other, however many of them come in one go.

Textual hands each key on at once: to the bindings that have priority, else to the widget that has
the keys, from which it comes back to the app if nobody took it. A key that opens or leaves a box
does so only then, when those typed right behind it are on their way to another widget. Here a key
is handed on when all that the one before it has led to is done.
"""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App, ReturnType
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

ROUNDS = 3
"""How often it is waited for what a key has led to: a box tells its bar, that tells the screen."""
LOOK_SECONDS = 0.05
"""How soon keys go on that wait for a widget which is gone."""


class KeyOrderApp(App[ReturnType]):
    """An app in which no key overtakes another, nor is lost to a box that is about to open."""

    class Followed(Message):
        """Runs behind a key through the same queues: when it comes back the key has acted."""

        def __init__(self, rounds: int) -> None:
            """Go round so often again if the key came as far as the app."""
            super().__init__()
            self.rounds = rounds

    def __init__(self) -> None:
        """Begin without keys."""
        super().__init__()
        self._keys_waiting: deque[events.Key | events.Paste] = deque()
        self._follower: KeyOrderApp.Followed | None = None
        """What runs behind the key that acts now."""
        self._key_holder: Widget | None = None
        """The widget that has, or had first, the key or its follower."""
        self._is_key_back = False
        """Whether the key has come as far as the app, where it may have done anything."""
        self._looking: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let keys and what is pasted wait for each other."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys_waiting.append(event)
        await self._hand_on()

    async def _hand_on(self) -> None:
        """Let the next key act, if none does."""
        # Keys may still be on their way when the last screen is gone.
        while self._keys_waiting and self._follower is None and self.screen_stack:
            event = self._keys_waiting.popleft()
            holder = self.focused or self.screen
            self._key_holder = holder
            await super().on_event(event)
            self._is_key_back = not event.is_forwarded
            if self.screen_stack:
                self._follow(holder if event.is_forwarded else self.focused or self.screen, ROUNDS)
        if self._keys_waiting and self._looking is None:
            self._looking = self.set_timer(LOOK_SECONDS, self._look)

    def _follow(self, holder: Widget, rounds: int) -> None:
        follower = self.Followed(rounds - 1)
        self._key_holder = holder
        self._follower = follower if holder.post_message(follower) else None

    async def on_key_order_app_followed(self, event: Followed) -> None:
        """Let the next key act, or wait on for what this one has led to."""
        if event is not self._follower:
            return
        self._follower = None
        if self._is_key_back and event.rounds and self.screen_stack:
            self._follow(self.focused or self.screen, event.rounds)
        await self._hand_on()

    async def _look(self) -> None:
        """Go on if the widget was taken away, and the follower with it."""
        self._looking = None
        holder = self._key_holder
        if holder is None or not holder.is_attached or holder.screen not in self.screen_stack:
            self._follower = None
        await self._hand_on()

    async def on_key(self, event: events.Key) -> None:
        """Hand a key on to the box that was opened while it was on its way elsewhere.

        A box keeps its characters, so one that is not its own would be lost.
        """
        self._is_key_back = True
        box = self.focused if self.screen_stack else None
        if box is not self._key_holder and isinstance(box, Input | TextArea):
            event.prevent_default()
            self._keys_waiting.appendleft(events.Key(event.key, event.character))
