"""The garbage collector, kept out of the way while the reader starts.

What starting makes stays: looking through it for garbage finds none and takes a third of the
time until the screen is filled.
"""

from __future__ import annotations

import gc


def pause() -> None:
    """Collect nothing until `resume`."""
    gc.disable()


def resume() -> None:
    """Collect again, leaving out for good what is there by now; nothing if it was not paused."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
