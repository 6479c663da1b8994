"""`chinai sync`."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import click

from chinai_tui.cli import NOT_DONE, NOTHING_FOUND, STOPPED
from chinai_tui.cli.output import json_option, show_passing, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.workspace.syncing import Synced, SyncReport


@click.command("sync")
@click.argument("publications", nargs=-1, metavar="[PUBLICATION]...")
@click.option("--full", is_flag=True, help="Walk the whole archive, not only what is new.")
@json_option
def command(publications: tuple[str, ...], full: bool, as_json: bool) -> int:
    """Fetch what is new in the publications you follow, or in those named: id, title or address.

    With --full every post of the archive that is not here is fetched, one in two seconds. Stopped
    with Ctrl-C, it goes on where it was when it is called again.

    One that cannot be had is named, the others go on, and the exit code is 3.
    """
    with library() as workspace:
        if not publications and not workspace.following.followed():
            tell(
                "no publication is followed; `chinai follow ID` follows one,"
                " `chinai publications` lists some"
            )
            return NOTHING_FOUND
        try:
            with _interrupted_once():
                report = workspace.syncing.sync(
                    publications, full=full, tell=show_passing, tell_wait=show_passing
                )
        except KeyboardInterrupt:
            show_passing("")
            # It looks after what is being written.
            workspace.poll()
            tell("stopped; what came is saved; the same command goes on")
            return STOPPED
        show_passing("")
    if as_json:
        _as_json(report)
    for each in report.publications:
        if not as_json:
            _in_words(each)
        _complain(each)
    failed = any(each.error or each.failures for each in report.publications)
    return NOT_DONE if failed else 0


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Have Ctrl-C do nothing the second time: what came is then being saved, which is soon done."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _in_words(synced: Synced) -> None:
    for issue_id in synced.added:
        write(f"{'new':<8} {issue_id}")
    for issue_id in synced.updated:
        write(f"{'changed':<8} {issue_id}")
    counts = f"{len(synced.added)} new, {len(synced.updated)} changed"
    if not (synced.added or synced.updated):
        counts = "nothing new" if not synced.error else "could not be asked"
    write(f"{synced.title}: {counts}")
    for reason, count in Counter(each.reason for each in synced.skipped).most_common():
        write(f"{synced.title}: {count:,} skipped: {reason}")


def _complain(synced: Synced) -> None:
    for line in (synced.note, synced.error):
        if line:
            tell(f"{synced.title}: {line}")
    for failure in synced.failures:
        tell(str(failure))


def _as_json(report: SyncReport) -> None:
    write_json(
        "sync",
        publications=[
            {
                "id": each.publication,
                "title": each.title,
                "added": list(each.added),
                "updated": list(each.updated),
                "failures": [
                    {"file": failure.place, "reason": failure.reason} for failure in each.failures
                ],
                "skipped": [
                    {"file": skipped.place, "reason": skipped.reason} for skipped in each.skipped
                ],
                "note": each.note,
                "error": each.error,
            }
            for each in report.publications
        ],
    )
