"""The screen that lists what one has marked and written."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from chinai_tui.domain.annotation import Annotation, AnnotationKind
from chinai_tui.ui.messages import LeftPage, Place, Visit
from chinai_tui.ui.screens.filtering import FilteringScreen
from chinai_tui.ui.screens.notes.rows import rows
from chinai_tui.ui.screens.passage_screen import Standing
from chinai_tui.ui.widgets.flow import Part
from chinai_tui.ui.widgets.key_footer import KeyFooter
from chinai_tui.ui.widgets.passage_list import AIR, RULE, PassageList
from chinai_tui.ui.widgets.passage_rows import ListRow, NoteRow, TextRow
from chinai_tui.ui.widgets.status_bar import Status, StatusBar
from chinai_tui.workspace import ExportTarget, Workspace

EMPTY = (
    "Nothing marked yet. In a text, on the paragraph with the tick or on a selection (v):",
    "m  bookmark        a  note        H  highlight        y  copy with citation",
)
EMPTY_BOOKMARKS = ("No bookmark yet. In a text, m bookmarks the paragraph with the tick.",)


class NotesScreen(FilteringScreen):
    """All annotations, the latest first, or the bookmarks alone."""

    DEFAULT_CSS = """
    NotesScreen PassageList { height: 1fr; background: $ground; }
    """

    placeholder = "words of notes and passages"
    KEYS = (
        "passages.down",
        "passages.open",
        "passages.filter",
        "passages.edit",
        "passages.delete",
        "passages.undo",
        "passages.mark_row",
        "passages.copy",
        "passages.export",
        "help",
    )

    def __init__(
        self,
        workspace: Workspace,
        *,
        bookmarks: bool = False,
        filter_text: str = "",
        standing: Standing | None = None,
    ) -> None:
        """List everything, or with `bookmarks` only those.

        Filter and `standing` tell how a list was left that is opened again.
        """
        super().__init__(workspace)
        self._bookmarks = bookmarks
        self.filter_text = filter_text
        self._before = standing
        self._total = 0

    def compose(self) -> ComposeResult:
        """One list."""
        yield PassageList()
        yield StatusBar()
        yield KeyFooter(self.keymap)

    @property
    def list(self) -> PassageList:
        """The list."""
        return self.query_one(PassageList)

    def on_mount(self) -> None:
        """Read the notes."""
        self.set_focus(self.list, scroll_visible=False)
        self.told(None)
        self.refresh_notes()

    # Reading

    def refresh_notes(self) -> None:
        """Read the notes anew."""
        self.in_background(self._read, self._show, group="notes", exclusive=True)

    def _read(self) -> tuple[int, Sequence[NoteRow]]:
        """Runs in a thread: how many there are, and the rows of those that the filter leaves."""
        notes = self.workspace.notes
        total = sum(map(self._is_wanted, notes.all()))
        return total, rows(self.workspace, filter(self._is_wanted, notes.all(self.filter_text)))

    def _is_wanted(self, annotation: Annotation) -> bool:
        return not self._bookmarks or annotation.kind is AnnotationKind.BOOKMARK

    def _show(self, read: tuple[int, Sequence[NoteRow]]) -> None:
        self._total, found = read
        title = Part("Bookmarks" if self._bookmarks else "Notes", "strong", bold=True)
        count, clears = Part(f"  {self._total}", "dim"), Part("")
        if self.filter_text:
            count = Part(f"  {len(found)} of {self._total} with “{self.filter_text}”", "ink")
            clears = Part("  Esc clears", "faint")
        self.list.set_title(AIR, (title, count, clears), RULE)
        empty = EMPTY_BOOKMARKS if self._bookmarks else EMPTY
        nothing = () if self._total else [TextRow(text, gap=1) for text in empty]
        self.list.set_rows(found or nothing)
        if not found:
            self.told(None)
        if self._before is not None and self._before.take(self.list):
            self._before = None

    def left_page(self) -> LeftPage:
        """The list as it stands."""
        workspace, bookmarks, text = self.workspace, self._bookmarks, self.filter_text
        standing = Standing.of(self.list)
        return LeftPage(
            "bookmarks" if bookmarks else "notes",
            lambda: NotesScreen(
                workspace, bookmarks=bookmarks, filter_text=text, standing=standing
            ),
        )

    def told(self, row: ListRow | None) -> None:
        """Tell which of them one is at."""
        name = "bookmarks" if self._bookmarks else "notes"
        section = ""
        if isinstance(row, NoteRow) and row in self.list.rows:
            section = f"{self.list.rows.index(row) + 1} of {len(self.list.rows)}"
        self.status.show(Status(library=name, section=section))

    # Moving

    @on(PassageList.Opened)
    async def _open(self, event: PassageList.Opened) -> None:
        row = event.row
        if not isinstance(row, NoteRow):
            return
        if row.place is not None:
            among = tuple(_places(self.list.rows))
            self.dismiss(Visit(row.place, among))
            return
        entity = self.workspace.notes.get(row.id).entity
        if entity:
            await self.open_entity(entity)
        else:
            self.say(row.warning, warning=True)

    # Filtering

    @property
    def filtered(self) -> PassageList:
        """There is one list."""
        return self.list

    def refilter(self) -> None:
        """Read the notes anew."""
        self.refresh_notes()

    # Verbs

    async def act(self, verb: str, rows: tuple[ListRow, ...]) -> None:
        """Act on the notes themselves, or on the passages they are on."""
        notes = [row for row in rows if isinstance(row, NoteRow)]
        if verb == "delete" and notes:
            self.delete_notes([row.id for row in notes])
        elif verb == "edit" and notes:
            await self.edit_note(notes[0].id)
        elif verb == "copy" and notes:
            self._copy_notes(notes)
        else:
            await super().act(verb, rows)

    def _copy_notes(self, chosen: Sequence[NoteRow]) -> None:
        """Copy what is quoted, as it was quoted, with the words of the note."""
        notes = self.workspace.notes

        def job() -> str:
            return "\n\n".join(map(_quoted, (notes.get(row.id) for row in chosen)))

        def _quoted(note: Annotation) -> str:
            quote = notes.cite_annotation(note) if note.anchor else ""
            return "\n".join(filter(None, (quote, note.text)))

        self.in_background(job, lambda text: self.copied(text, len(chosen), "note"), group="copy")

    def action_export(self) -> None:
        """Write all notes as Markdown."""
        self.in_background(
            lambda: self.workspace.transfer.export(ExportTarget(), self.folder), self.exported
        )


def _places(found: Sequence[ListRow]) -> list[Place]:
    """The places of the notes that have one, in their order."""
    return [row.place for row in found if isinstance(row, NoteRow) and row.place is not None]
