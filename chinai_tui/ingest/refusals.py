"""Why an address gave nothing, in words that name the way out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chinai_tui.text.sanitise import clean_line

if TYPE_CHECKING:
    from urllib3.exceptions import ProxyError

OTHER_WAY = "`chinai import` saved pages or mails"
"""How texts come in where a site does not let programs in."""
LATER = f"try again later, or {OTHER_WAY}"

_PROXY = "`chinai config proxy http://"


def refusal(status: int) -> str:
    """Why there is no page, by the status of the answer."""
    if status in (401, 403):
        return f"lets no programs in ({status}); {OTHER_WAY}"
    if status == 407:
        return f"its proxy asks for a name and a password (407); {_PROXY}NAME:PASSWORD@HOST:PORT`"
    if status in (404, 410):
        return f"is not there ({status}); check the address"
    return f"answers {status}; {LATER}"


def rest(until: float) -> str:
    """Why a host is not asked before a time, which is given in seconds since 1970."""
    # The minute that has begun by then.
    clock = datetime.fromtimestamp(until + 59).strftime("%H:%M")
    return f"asked to be left alone until {clock}; {LATER}"


def of_proxy(error: ProxyError, setting: str) -> str:
    """Why a proxy was of no help; what it answers itself stands in the error that it led to."""
    said = clean_line(str(error.original_error), 200).rpartition("Tunnel connection failed: ")
    reason = f"does not let one through ({said[2]})" if said[1] else "cannot be reached"
    # What is set may have a password in it.
    which = clean_line(setting.rpartition("@")[2].removeprefix("http://"), 100)
    return (
        f"its proxy ({which}) {reason}; {_PROXY}HOST:PORT` sets another,"
        " `chinai config proxy ''` does without"
    )


def in_words(error: Exception) -> str:
    """Why nothing came, in a few words with the way out."""
    from urllib3 import exceptions

    if isinstance(error, exceptions.NameResolutionError):
        return "its name is not known; check the address and the connection"
    if isinstance(error, exceptions.SSLError):
        return "its certificate cannot be trusted; open it in the browser to see why"
    if isinstance(error, exceptions.NewConnectionError):
        return "does not take the connection; check the address and try again later"
    if isinstance(error, exceptions.TimeoutError | TimeoutError):
        return "does not answer in time; try again later"
    if isinstance(error, exceptions.ProtocolError):
        return "breaks off, or is not as long as it says; try again later"
    if isinstance(error, exceptions.HTTPError | OSError):
        return clean_line(f"cannot be fetched ({type(error).__name__}); try again later", 200)
    return clean_line(str(error), 300)


def shown(url: str) -> str:
    """An address, as it may be shown."""
    return clean_line(url, 300)
