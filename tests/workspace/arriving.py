"""Made-up texts of one issue, in several forms, for the tests of what comes in."""

from __future__ import annotations

from pathlib import Path

from chinai_tui.workspace import Workspace

URL = "https://pond.example/p/lamps"
WORDS = "A made-up paragraph on the lamps of the pond, long enough to be one."


def page(title: str = "Pond Lamps", words: str = WORDS, url: str = URL, post: str = "") -> str:
    """A web page of the issue, as a publication would have it."""
    preloads = f'<script>window._preloads={{"post":{{"id":{post}}}}}</script>' if post else ""
    link = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f"<!doctype html><html><head><title>{title}</title>{link}</head>"
        f"<body><article><p>{words}</p></article>{preloads}</body></html>"
    )


def note(title: str = "Pond Lamps", words: str = WORDS, url: str = URL) -> str:
    """The same as Markdown, which keeps less."""
    return f'---\ntitle: "{title}"\nurl: "{url}"\n---\n\n{words}\n'


def bring(workspace: Workspace, folder: Path, **files: str) -> str:
    """Import files, whose names have an underscore for the dot; the id of the last one's issue."""
    folder.mkdir(exist_ok=True)
    last = ""
    for name, text in files.items():
        file = folder / name.replace("_", ".")
        file.write_text(text, "utf-8")
        report = workspace.transfer.import_paths([file])
        assert not report.failures
        (last,) = (*report.added, *report.updated, *report.unchanged)
    return last
