"""The proxy through which hosts are asked, where one is set."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

ENVIRONMENT = "environment"
"""The setting by which the variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are obeyed."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where a proxy is, and what it wants to know of who asks."""

    address: str
    """`http://HOST:PORT`, without a name and a password."""
    login: str = ""
    """`NAME:PASSWORD`; empty where it wants none."""


def proxy_to(setting: str, scheme: str, host: str) -> Proxy | None:
    """The proxy for a host, by the setting; None where it is asked directly.

    Raises:
        ValueError: What is set is no proxy that can be used.
    """
    told = _in_environment(scheme, host) if setting == ENVIRONMENT else setting
    if not told:
        return None
    parts = urlsplit(told if "://" in told else f"http://{told}")
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"its proxy {address} is none that begins with http://; set another")
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    return Proxy(address, login)


def _in_environment(scheme: str, host: str) -> str:
    # The second is not in the stubs.
    from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore

    if proxy_bypass_environment(host):
        return ""
    told = getproxies_environment()
    return told.get(scheme, "") or told.get("all", "")
