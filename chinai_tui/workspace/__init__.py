"""What the reader and the command line hold: a library, one facet a concern."""

from chinai_tui.export.profiles import PROFILES
from chinai_tui.workspace.records import (
    AnnotationReport,
    BackupReport,
    Changed,
    Checkup,
    Difference,
    EntityPage,
    ExportBy,
    ExportReport,
    ExportTarget,
    FoundNotes,
    ImportOptions,
    ImportReport,
    NewsCount,
    NewsItem,
    OpenedIssue,
    PlacedAnnotation,
    Progress,
    RestoreReport,
)
from chinai_tui.workspace.workspace import Workspace

__all__ = [
    "PROFILES",
    "AnnotationReport",
    "BackupReport",
    "Changed",
    "Checkup",
    "Difference",
    "EntityPage",
    "ExportBy",
    "ExportReport",
    "ExportTarget",
    "FoundNotes",
    "ImportOptions",
    "ImportReport",
    "NewsCount",
    "NewsItem",
    "OpenedIssue",
    "PlacedAnnotation",
    "Progress",
    "RestoreReport",
    "Workspace",
]
