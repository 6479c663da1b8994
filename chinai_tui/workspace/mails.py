"""Which mails of a mailbox are newsletters that are followed."""

from __future__ import annotations

from functools import cached_property

from chinai_tui.ingest import Skipped, Source
from chinai_tui.ingest.notices import is_notice
from chinai_tui.ingest.senders import wanted
from chinai_tui.workspace.core import Core
from chinai_tui.workspace.following import subscription
from chinai_tui.workspace.publications import hosts_of

_LEFT = "is a mail, but of no newsletter that is followed"
_NOTICE = "is a mail of a newsletter that is followed, but brings no issue"


class Mails:
    """Sifts mailboxes, by the publications that are followed at one moment."""

    def __init__(self, core: Core) -> None:
        """Look up nothing before the first mail."""
        self._core = core

    def refused(self, source: Source) -> Skipped | None:
        """Why a mail out of a mailbox is left alone; None where it is not, or is something else.

        A mail in a file of its own was put there by somebody who wants it.
        """
        if not source.among_mail:
            return None
        if not wanted(source.data, self._hosts):
            return Skipped(source.place, _LEFT)
        return Skipped(source.place, _NOTICE) if is_notice(source.data) else None

    @cached_property
    def _hosts(self) -> frozenset[str]:
        states = self._core.store.followed.all()
        return frozenset(
            host
            for each in self._core.publications.all().values()
            if subscription(each, states).followed
            for host in hosts_of(each)
        )
