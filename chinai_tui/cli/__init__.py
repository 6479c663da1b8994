"""The command line: one module a command, and the reader when there is none."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from chinai_tui.errors import ChinaiError, NotFoundError

NOTHING_FOUND = 1
NOT_DONE = 3
STOPPED = 130
"""Exit codes beside 0 for done and 2 for wrong use."""

COMMANDS: dict[str, str] = {
    "import": "Bring in texts, and notes on them: files, folders, archives, mailboxes.",
    "sync": "Fetch what is new in the publications you follow.",
    "follow": "Follow a publication, by its address or its id.",
    "unfollow": "Let go of a publication.",
    "publications": "List the publications one can follow.",
    "list": "List the issues, or those that fit a query.",
    "show": "Print an issue.",
    "edit": "Correct what the library says of an issue: its title, date, number.",
    "join": "Make one of two records of the same issue.",
    "search": "Search the library.",
    "company": "Tell about a company, person, agency or place.",
    "compare": "Compare companies or people: issues that name all, relations among them.",
    "news": "Tell what came in: takeaways, new names, whom you follow.",
    "note": "Write a note on a passage, an issue or an entity.",
    "notes": "List notes, highlights and bookmarks, take them away, bring them back.",
    "export": "Write notes as Markdown, with citations.",
    "cite": "Print the citation of an issue.",
    "backup": "Write the whole library into one file.",
    "restore": "Take in what a backup holds.",
    "doctor": "Check the library, the settings and the catalogue.",
    "config": "Show the settings and folders, or change a setting.",
}
"""The commands and what they do; each is the function `command` of the module of its name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `chinai` and leave with its exit code; a fault is told in one line."""
    # Else the interpreter looks for cycles, as it ends, among all that was loaded: 10 ms.
    atexit.register(gc.freeze)
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        sys.exit(_run(given))
    except NotFoundError as error:
        _tell(str(error))
        sys.exit(NOTHING_FOUND)
    except ChinaiError as error:
        _tell(f"chinai: {error}")
        sys.exit(NOT_DONE)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except BrokenPipeError:
        # Whoever read the output has enough; what is left must not be flushed into the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _run(arguments: Sequence[str]) -> int:
    """The exit code of a command, or of the reader; without words there is nothing to parse."""
    if not arguments:
        from chinai_tui.cli.reader import read

        read()
        return 0
    from chinai_tui.cli.parser import run

    return run(arguments)


def _tell(message: str) -> None:
    from chinai_tui.text.sanitise import clean_line

    print(clean_line(message, 2000), file=sys.stderr)
