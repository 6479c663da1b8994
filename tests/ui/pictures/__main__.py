"""Draws the pictures of the reader's text anew: what they show is then as it should be.

python -m tests.ui.pictures
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.ui.pictures.scene import LOOKS, picture

FOLDER = Path(__file__).parent


def main() -> None:
    """Write a file for each look."""
    for look in LOOKS:
        file = FOLDER / f"reader-{look}.svg"
        file.write_text(asyncio.run(picture(look)), "utf-8")
        print(file.relative_to(Path.cwd()), file.stat().st_size)


if __name__ == "__main__":
    main()
