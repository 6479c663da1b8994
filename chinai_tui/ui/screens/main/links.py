"""Following links: within the library, in the browser, to the full translation."""

from __future__ import annotations

from textual import on

from chinai_tui.domain.document import DocumentRole
from chinai_tui.domain.link import Link, LinkKind
from chinai_tui.errors import ChinaiError
from chinai_tui.text.sanitise import clean_line
from chinai_tui.ui import browser, clipboard
from chinai_tui.ui.screens.main.arrangement import Pane
from chinai_tui.ui.screens.main.navigation import Navigation
from chinai_tui.ui.widgets.document_view import DocumentView

NOTHING_OPEN = "nothing is open"


class LinkActions(Navigation):
    """What stays in the library opens here, and one can go back; the rest is the browser's."""

    @on(DocumentView.LinkActivated)
    def _follow(self, event: DocumentView.LinkActivated) -> None:
        self.follow(event.link)

    def follow(self, link: Link) -> None:
        """Go where a link leads; a web address that may not be opened is shown instead."""
        match link.kind:
            case LinkKind.ISSUE:
                self.leave_trace()
                if self.show_issue(link.target):
                    self.use_pane(Pane.READER)
                    if link.place:
                        self.reader.go_to(link.place)
                    self.say("^O goes back")
            case LinkKind.FOOTNOTE | LinkKind.RETURN:
                self.leave_trace()
                self.in_hand[1].go_to(link.place)
            case LinkKind.MISSING:
                self.say(link.shown)
            case LinkKind.WEB:
                self.follow_address(link.target)

    def follow_address(self, url: str) -> None:
        """Hand an address to the browser; one that may not be opened is shown instead."""
        allowed = browser.allowed(url)
        if allowed:
            self.browse(allowed)
        else:
            self.say(f"not opened: {clean_line(url, 80)}", warning=True)

    def browse(self, url: str, told: str = "") -> None:
        """Hand an address to the browser, or to the clipboard where there is none.

        `told` is said when it is open, instead of its address.
        """

        def opened(done: bool) -> None:
            """Say what became of it."""
            if not done:
                clipboard.copy(self.app, url)
            said = told or f"opened {url}"
            self.say(said if done else f"no browser here; copied {url}")

        self.in_background(lambda: browser.open_url(url), opened, group="browser")

    def action_open_issue(self) -> None:
        """Open the issue in the browser."""
        url = self._url()
        if url:
            self.browse(url)

    def action_open_link(self) -> None:
        """Open the link pointed at, or else the first of the current paragraph, in the browser."""
        opened, view = self.in_hand
        if opened is None or not opened.document.blocks:
            return
        links = [view.links[number] for number in view.links_in(*view.passage)]
        if view.pointed is not None:
            links = [view.pointed]
        url = next(filter(None, map(self._address, links)), "")
        if url:
            self.follow_address(url)
        else:
            self.say("no link in this paragraph")

    def action_copy_url(self) -> None:
        """Copy the address of the link pointed at, or else of the issue."""
        pointed = self.in_hand[1].pointed
        url = self._address(pointed) if pointed else self._url()
        if pointed and not url:
            self.say("this link has no address")
        if url:
            clipboard.copy(self.app, url)
            self.say(f"copied {clean_line(url)}")

    def _address(self, link: Link) -> str:
        """The web address of a link, that of an issue included."""
        if link.kind is not LinkKind.ISSUE:
            return link.target
        try:
            return self.workspace.library.issue(link.target).url
        except ChinaiError:
            return ""

    def _url(self) -> str:
        if self.opened is None:
            self.say(NOTHING_OPEN)
            return ""
        url = browser.allowed(self.opened.issue.url)
        if not url:
            self.say("the address of this issue is not known")
        return url

    # Other texts of the issue

    @on(DocumentView.LeadActivated)
    def _open_digest(self) -> None:
        self._show_role(DocumentRole.DIGEST)

    def _show_role(self, role: DocumentRole) -> None:
        if self.opened is not None:
            self.leave_trace()
            self.show_issue(self.opened.issue.id, role)

    def action_other_text(self) -> None:
        """Change between the documents of the issue."""
        opened = self.opened
        if opened is None or len(opened.roles) < 2:
            self.say("there is only this text of the issue")
            return
        at = opened.roles.index(opened.role)
        self._show_role(opened.roles[(at + 1) % len(opened.roles)])
