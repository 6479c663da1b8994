"""What has changed between two revisions of a document that the library holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chinai_tui.domain.document import DocumentRole
from chinai_tui.errors import NotFoundError
from chinai_tui.workspace.records import Difference

if TYPE_CHECKING:
    from chinai_tui.domain.annotation import ReadingState
    from chinai_tui.domain.issue import Issue, PastRevision
    from chinai_tui.workspace.core import Core


def difference(core: Core, issue: Issue, role: DocumentRole, since: str) -> Difference:
    """A document against the text it has replaced last, or against another earlier one.

    Args:
        core: The library.
        issue: The issue.
        role: Which text of it.
        since: The revision, or as many of its first digits as tell it from others; or the day
            from which it was there, YYYY-MM-DD; empty for the last one.

    Raises:
        NotFoundError: There is no such text, or none before it.
        StoreError: One of them cannot be read.
    """
    from chinai_tui.store.documents import EARLIER_REMEDY
    from chinai_tui.text.difference import difference as compare

    new = core.document(issue.id, role)
    present = issue.documents[role]
    past = _past(issue, role, since)
    old = core.documents.get(issue.id, role, past.revision, EARLIER_REMEDY)
    return Difference(issue, role, past, present, old, new, compare(old, new))


def _past(issue: Issue, role: DocumentRole, since: str) -> PastRevision:
    earlier = issue.documents[role].earlier
    if not earlier:
        raise NotFoundError(f"{issue.id}: its {role.value} has never been another")
    wanted = since.lower()
    found = [
        each
        for each in earlier
        if each.revision.startswith(wanted) or (wanted and each.accessed == wanted)
    ]
    if not found:
        known = ", ".join(f"{each.revision[:8]} of {each.accessed}" for each in earlier[:5])
        raise NotFoundError(f"{since}: no earlier {role.value} of {issue.id}; there are {known}")
    return found[0]


def changed_since_read(issue: Issue, role: DocumentRole, state: ReadingState) -> str:
    """The day a document became another one than was read, YYYY-MM-DD; empty if it is the same."""
    anchor, present = state.anchor, issue.documents[role]
    if anchor is None or anchor.role is not role or anchor.revision == present.revision:
        return ""
    is_known = any(each.revision == anchor.revision for each in present.earlier)
    return present.accessed if is_known else ""
