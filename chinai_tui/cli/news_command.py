"""`chinai news`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import click

from chinai_tui.cli import NOTHING_FOUND
from chinai_tui.cli.output import json_option, tell, write, write_json
from chinai_tui.cli.session import library
from chinai_tui.domain.issue import issue_name
from chinai_tui.text.fields import days_before, first_day
from chinai_tui.text.hidden import ones
from chinai_tui.workspace import NewsItem, Workspace

_AGO = re.compile(r"(\d{1,4})\s*(d|w|m|y)[a-z]*")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
NAMES = 8
"""Names told of those met for the first time."""


def _moment(context: click.Context, option: click.Parameter, value: str | None) -> str:  # noqa: ARG001
    """The day that `3w`, `90 days` or a date means."""
    if value is None:
        return ""
    if ago := _AGO.fullmatch(value.strip().lower()):
        return days_before(datetime.now(UTC).date(), int(ago[1]), _UNITS[ago[2]])
    if day := first_day(value):
        return day
    today = date.today().isoformat()
    raise click.BadParameter(f"takes a span such as 3w or 90d, or a date such as {today}")


@click.command("news")
@click.option("--since", callback=_moment, metavar="SPAN", help="What came in since: 3w, 2020-05.")
@click.option("everything", "--all", is_flag=True, help="Tell of read issues too.")
@json_option
def command(since: str, everything: bool, as_json: bool) -> int:
    """Tell what came in: unread issues with their takeaways, new names, and whom you follow.

    Without --since, what came in since you last caught up in the reader.
    """
    with library() as workspace:
        moment = since or workspace.news.last_time()
        rows = workspace.library.rows("" if everything else "is:unread").rows
        items = [*workspace.news.items(rows, moment)]
        count = workspace.news.count(moment)
        if as_json:
            write_json("news", since=moment, issues=[_as_mapping(each) for each in items])
        for item in items if not as_json else ():
            _in_words(workspace, item)
    if len(items) < count.unread:
        tell(f"the newest {len(items):,} of {count.unread:,}")
    if count.older and not everything:
        tell(f"{ones(count.older, 'older unread')} hidden; --since reaches further back")
    if not items:
        tell(f"nothing new since {moment[:10]}" if moment else "nothing is unread")
    return 0 if items else NOTHING_FOUND


def _as_mapping(item: NewsItem) -> dict[str, object]:
    return {
        "id": item.row.id,
        "number": item.row.number,
        "title": item.row.title,
        "date": item.row.date,
        "points": [point.text for point in item.points],
        "translation": item.translation,
        "first_named": [entity.id for entity in item.first_named],
        "followed": [{"entity": each, "text": passage.text} for each, passage in item.followed],
    }


def _in_words(workspace: Workspace, item: NewsItem) -> None:
    issue = workspace.library.issue(item.row.id)
    name = issue_name(issue, workspace.library.publication(issue.publication))
    title = issue.title if name != issue.title else ""
    write(" ".join(filter(None, (name, title, issue.date))), bold=True)
    for point in item.points:
        write(f"  - {point.text}")
    if not item.is_readable:
        write("  its text cannot be read", dim=True)
    if item.translation:
        write(f"  full translation: {item.translation}")
    if item.first_named:
        names = ", ".join(entity.name for entity in item.first_named[:NAMES])
        more = len(item.first_named) - NAMES
        write(f"  named for the first time: {names}{f' and {more} more' if more > 0 else ''}")
    for entity, passage in item.followed:
        write(f"  {workspace.entities.get(entity).name}: {passage.text}")
    write()
