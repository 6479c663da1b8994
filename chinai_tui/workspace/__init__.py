"""What the reader and the command line hold: a library, one facet a concern."""

from chinai_tui.workspace.records import (
    Changed,
    Checkup,
    EntityPage,
    ExportReport,
    ExportTarget,
    ImportOptions,
    ImportReport,
    NewsItem,
    OpenedIssue,
    PlacedAnnotation,
    Progress,
)
from chinai_tui.workspace.workspace import Workspace

__all__ = [
    "Changed",
    "Checkup",
    "EntityPage",
    "ExportReport",
    "ExportTarget",
    "ImportOptions",
    "ImportReport",
    "NewsItem",
    "OpenedIssue",
    "PlacedAnnotation",
    "Progress",
    "Workspace",
]
