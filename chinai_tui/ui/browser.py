"""Opening addresses in the browser: web addresses only, and never through a shell."""

from __future__ import annotations

from chinai_tui.text.sanitise import safe_url


def allowed(url: str) -> str:
    """The address if a browser may be given it (http and https), otherwise nothing."""
    url = safe_url(url)
    return url if url.lower().startswith(("http://", "https://")) else ""


def open_url(url: str) -> bool:
    """Open a web address; False where there is no browser with a window of its own.

    A browser that draws in the terminal would draw over the reader, so it does not count.
    """
    import webbrowser

    if not allowed(url):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    in_terminal = isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    )
    return False if in_terminal else bool(browser.open(url))
