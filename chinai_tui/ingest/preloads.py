"""What a page of Substack carries of its post in a script: `window._preloads = JSON.parse("…")`."""

from __future__ import annotations

import json
import re

_START = re.compile(r"\b_preloads\s{0,9}=\s{0,9}(?:JSON\.parse\(\s{0,9})?(?=[\"{])")


def post_of(page: str) -> dict[str, object]:
    """The post in the form of Substack's interface; empty where the page has none.

    The page has it as JSON, mostly in a string that is JSON again.
    """
    match = _START.search(page)
    if match is None:
        return {}
    try:
        data, _ = json.JSONDecoder().raw_decode(page, match.end())
        if isinstance(data, str):
            data = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    post = data.get("post") if isinstance(data, dict) else None
    return post if isinstance(post, dict) else {}
