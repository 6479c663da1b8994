"""Every error that `chinai` raises for a reason outside its own code.

    ChinaiError
    ├── InputError        a text, page or file that cannot be read as an issue
    ├── NetworkError      an address that could not be fetched
    ├── BusyError         another program is at what only one can do at a time
    ├── StoreError        the user's own data could not be read or written
    │   ├── DamagedError    a file is not what was written
    │   ├── NewerError      a file was written by a newer version
    │   └── OutdatedError   a step that can no longer be taken back or made again
    ├── CatalogueError    a fault in an entity file
    ├── BrokenMarkersError  an exported file whose generated part cannot be told from the rest
    ├── ConfigError       a fault in the settings
    ├── ContraryError     two records that speak against being of one issue
    └── NotFoundError     nothing goes by that name

The message of each is one line that names the place, the reason and the way out.
"""

from __future__ import annotations


class ChinaiError(Exception):
    """A fault that can be told to the user in one line."""


class InputError(ChinaiError):
    """A file that cannot be brought in."""

    def __init__(self, place: str, reason: str) -> None:
        """Keep the place (a path or a name) and the reason apart for reports."""
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class NetworkError(ChinaiError):
    """An address that could not be fetched."""

    def __init__(self, place: str, reason: str, status: int = 0) -> None:
        """Keep the address, the reason and the status of the answer, 0 where there was none."""
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
        self.status = status


class BusyError(ChinaiError):
    """What only one program can do at a time, and another one is doing."""


class StoreError(ChinaiError):
    """The user's data could not be read or written."""


class DamagedError(StoreError):
    """A store file whose bytes are not the bytes that were written."""


class NewerError(StoreError):
    """A store file of a schema that this version does not know."""


class OutdatedError(StoreError):
    """A step that can no longer be taken back or made again, since a file is another by now."""


class CatalogueError(ChinaiError):
    """A fault in an entity file, with its line and key."""

    def __init__(self, file: str, line: int, key: str, reason: str) -> None:
        """Keep file, line (from 1) and key for reports."""
        super().__init__(f"{file}:{line}: {key}: {reason}")
        self.file = file
        self.line = line
        self.key = key
        self.reason = reason


class BrokenMarkersError(ChinaiError):
    """A file in which generated text can no longer be told from its reader's own."""


class ConfigError(ChinaiError):
    """A fault in the settings file."""


class ContraryError(ChinaiError):
    """Two records that are not made one, since what they say of themselves differs."""


class NotFoundError(ChinaiError):
    """Nothing in the library goes by the name that was given."""
