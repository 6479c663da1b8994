"""Every command of the reader, declared once.

Bindings, footer, palette, help screen and the key table of the README come from this table. A
command's scope is the widget or screen that carries its binding; its action runs there, or on
the screen where it says `screen.…`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding


class Scope(StrEnum):
    """Where a command can be given."""

    MAIN = "everywhere in the reader"
    LIST = "in the issue list"
    READER = "in the text"
    SELECT = "while selecting"
    LINK = "at a link"
    SIDEBAR = "in the sidebar"
    MARGIN = "in the list of an issue's notes"
    PASSAGES = "in lists of passages"
    COMPARE = "in comparisons"
    SEARCH = "while searching"
    NEWS = "while catching up"
    NOTES = "in the browser of notes"


@dataclass(frozen=True, slots=True)
class Command:
    """A thing that the reader does on a key."""

    id: str
    """Its name in the settings under `[keys]`."""
    title: str
    """What it does, in the footer and the palette."""
    help: str
    """One sentence for the help screen."""
    keys: str
    """Keys in Textual's names, separated by commas; empty for palette only."""
    scope: Scope
    action: str
    footer: int = 0
    """Rank among the hints at the bottom, 1 first; 0 is not shown."""
    palette: bool = False
    """Whether the palette offers it; motions are not worth a line there."""
    hint: str = ""
    """What the footer says instead of the title, where it is shorter or stands for a pair."""
    pair: str = ""
    """The id of the command whose key stands beside this one's in the footer: `j k move`."""


M, L, R, S, K, B, G, P, C, Q, N, T = (
    Scope.MAIN,
    Scope.LIST,
    Scope.READER,
    Scope.SELECT,
    Scope.LINK,
    Scope.SIDEBAR,
    Scope.MARGIN,
    Scope.PASSAGES,
    Scope.COMPARE,
    Scope.SEARCH,
    Scope.NEWS,
    Scope.NOTES,
)

# fmt: off
COMMANDS: tuple[Command, ...] = (
    Command("jump", "company", "Jump to a company, person or place under any of its names.", "c,@", M, "jump", 5, True),
    Command("compare", "compare with others", "Compare the current name with up to four others.", "equals_sign", M, "compare", 0, True),
    Command("search", "search", "Search the whole library.", "backslash", M, "search", 4, True),
    Command("bookmark", "mark", "Bookmark this paragraph, or take the bookmark away; a letter right behind it is its name.", "m", M, "bookmark", 7, True),
    Command("bookmarks", "bookmarks", "List the bookmarks.", "apostrophe", M, "bookmarks", 0, True),
    Command("note", "note", "Write a note on the selection, the paragraph, or the name in the sidebar; or edit the one there.", "a", M, "note", 6, True),
    Command("highlight", "highlight", "Highlight the selection or the paragraph; 1 to 5 then choose the colour, also of one that is there.", "H", M, "highlight", 9, True),
    Command("notes", "all notes", "List all notes and highlights.", "M", M, "notes", 11, True),
    Command("copy", "copy with citation", "Copy the selection or the paragraph with its citation.", "y", M, "copy", 8, True),
    Command("copy_url", "copy address", "Copy the address of the issue, or of the link pointed at.", "Y", M, "copy_url", 0, True),
    Command("issue_note", "note on the issue", "Write a note on the issue itself.", "A", M, "issue_note", 0, True),
    Command("note_outside", "note in own editor", "Write a note on the passage in $VISUAL or $EDITOR.", "ctrl+e", M, "note_outside", 0, True),
    Command("go_to_mark", "to a named bookmark", "Go to the bookmark of the letter that follows.", "grave_accent", M, "go_to_mark", 0, True),
    Command("place", "place a note again", "Put a note whose words are lost on the selection or the paragraph.", "P", M, "place", 0, True),
    Command("voice", "whose words", "Say, or confirm, whose words the passage is; where nothing is marked, a highlight keeps it.", "W", M, "voice", 0, True),
    Command("mend", "mend names", "Mend names: of selected words a new or another name; of a marked one, not this.", "i", M, "mend", 0, True),
    Command("follow", "follow", "Follow the current name, or no longer: catching up tells of it.", "F", M, "follow", 0, True),
    Command("catch_up", "catch up", "Catch up: what is unread, with takeaways and new names.", "C", M, "catch_up", 0, True),
    Command("fetch", "fetch new issues", "Fetch new issues of the publications you follow; again, or Esc, stops.", "r", M, "fetch", 0, True),
    Command("outline", "outline", "List the headings of the issue.", "t", M, "outline", 9, True),
    Command("next_issue", "next issue", "Open the next issue of the list.", "J", M, "next_issue", 2, True, "issue", "previous_issue"),
    Command("previous_issue", "previous issue", "Open the previous issue of the list.", "K", M, "previous_issue", 0, True),
    Command("next_mention", "next mention", "Go to the next mention of the current name.", "full_stop", M, "next_mention", 9, True, "walk", "previous_mention"),
    Command("previous_mention", "previous mention", "Go to the previous mention of the current name.", "comma", M, "previous_mention", 0, True),
    Command("next_passage", "next passage", "Go to the next passage of the last search, in any issue.", "greater_than_sign", M, "next_passage", 0, True),
    Command("previous_passage", "previous passage", "Go to the previous passage of the last search.", "less_than_sign", M, "previous_passage", 0, True),
    Command("back", "back", "Go back to the place one came from.", "ctrl+o,alt+left", M, "back", 0, True),
    Command("forward", "forward", "Go forward again.", "alt+right", M, "forward", 0, True),
    Command("other_text", "text or digest", "Change between the text and our digest of it.", "D", M, "other_text", 0, True),
    Command("changes", "what changed", "Show what has changed in the text since its last revision.", "", M, "changes", 0, True),
    Command("open_issue", "open in browser", "Open the issue in the browser.", "o", M, "open_issue", 0, True),
    Command("open_link", "open link", "Open a link of the paragraph in the browser.", "O", M, "open_link", 0, True),
    Command("translation", "full translation", "Open the full translation, then the Chinese source, beside the text or in its place, else its link; again, close it.", "T", M, "translation", 0, True),
    Command("in_step", "texts in step", "Let the second text go, or have it go along with the first again.", "p", M, "in_step", 0, True),
    Command("links", "all links", "List the links of the issue.", "L", M, "links", 0, True),
    Command("export", "export", "Write the notes of this issue as Markdown.", "E", M, "export", 10, True),
    Command("save", "save issue", "Write this issue as Markdown.", "s", M, "save", 0, True),
    Command("undo", "undo", "Undo the last change to notes and bookmarks.", "U", M, "undo", 0, True),
    Command("redo", "redo", "Do again what was undone.", "ctrl+r", M, "redo", 0, True),
    Command("sidebar", "sidebar", "Show the names of the issue, then its terms, then its notes, then none of them.", "e", M, "sidebar", 0, True),
    Command("zen", "text alone", "Show the text alone, or everything again.", "z", M, "zen", 0, True),
    Command("wider", "wider text", "Make the lines longer.", "plus", M, "measure(4)", 0, True),
    Command("narrower", "narrower text", "Make the lines shorter.", "minus", M, "measure(-4)", 0, True),
    Command("theme", "dark or light", "Change between the dark and the light theme.", "", M, "theme", 0, True),
    Command("next_pane", "next pane", "Go to the next pane.", "tab", M, "next_pane"),
    Command("previous_pane", "previous pane", "Go to the previous pane.", "shift+tab", M, "previous_pane"),
    Command("back_out", "back out", "Back out by one level.", "escape", M, "stop_or_back_out"),
    Command("close", "back out or quit", "Back out by one level; at the top, leave the reader.", "q", M, "close"),
    Command("help", "help", "Show every key.", "question_mark,f1", M, "help", 12, True),
    Command("palette", "commands", "Find a command by its name.", "colon,ctrl+p", M, "palette"),
    Command("quit", "quit", "Leave the reader.", "ctrl+q", M, "app.quit", 0, True),

    Command("list.down", "down", "Next issue.", "j,down", L, "cursor_down", 1, False, "move", "list.up"),
    Command("list.up", "up", "Previous issue.", "k,up", L, "cursor_up"),
    Command("list.half_down", "half a page down", "Half a page down.", "ctrl+d", L, "half_down"),
    Command("list.half_up", "half a page up", "Half a page up.", "ctrl+u", L, "half_up"),
    Command("list.page_down", "page down", "A page down.", "space,pagedown,ctrl+f", L, "page_down"),
    Command("list.page_up", "page up", "A page up.", "b,pageup,ctrl+b", L, "page_up"),
    Command("list.first", "first", "First issue.", "g,home", L, "first"),
    Command("list.last", "last", "Last issue.", "G,end", L, "last"),
    Command("list.open", "open", "Read the issue.", "enter,l,right", L, "open", 2, False, "read"),
    Command("list.next_unread", "next unread", "Next unread issue.", "n", L, "next_unread", 6, False, "unread", "list.previous_unread"),
    Command("list.previous_unread", "previous unread", "Previous unread issue.", "N", L, "previous_unread"),
    Command("list.filter", "filter", "Filter the list as one types.", "slash", L, "screen.filter", 3),
    Command("list.saved", "saved search", "Show the issues of that saved search; 0 shows all.", "1,2,3,4,5,6,7,8,9,0", L, "saved"),
    Command("list.save", "save filter", "Keep the filter above the list under a name; a saved search is renamed or forgotten.", "S", L, "screen.save_filter"),
    Command("list.toggle_read", "read or unread", "Mark the issue read, or unread again.", "u", L, "toggle_read"),

    Command("reader.down", "line down", "A line down.", "j,down", R, "line_down", 1, False, "move", "reader.up"),
    Command("reader.up", "line up", "A line up.", "k,up", R, "line_up"),
    Command("reader.half_down", "half a page down", "Half a page down.", "ctrl+d", R, "half_down"),
    Command("reader.half_up", "half a page up", "Half a page up.", "ctrl+u", R, "half_up"),
    Command("reader.page_down", "page down", "A page down; at the end, the next unread issue.", "space,pagedown,ctrl+f", R, "page_down", 2, False, "page"),
    Command("reader.page_up", "page up", "A page up.", "b,pageup,ctrl+b", R, "page_up"),
    Command("reader.top", "top", "To the beginning.", "g,home", R, "top"),
    Command("reader.bottom", "bottom", "To the end.", "G,end", R, "bottom"),
    Command("reader.next_paragraph", "next paragraph", "Next paragraph.", "right_curly_bracket", R, "next_paragraph"),
    Command("reader.previous_paragraph", "previous paragraph", "Previous paragraph.", "left_curly_bracket", R, "previous_paragraph"),
    Command("reader.next_heading", "next heading", "Next heading.", "right_square_bracket", R, "next_heading"),
    Command("reader.previous_heading", "previous heading", "Previous heading.", "left_square_bracket", R, "previous_heading"),
    Command("reader.select", "select", "Begin or end a selection.", "v", R, "select"),
    Command("reader.select_lines", "select lines", "Begin or end a selection of whole lines.", "V", R, "select_lines"),
    Command("reader.activate", "follow", "Point at the link of the paragraph, then follow it; unfold what is folded.", "enter,l,right", R, "activate"),
    Command("reader.find", "find", "Find in this issue as one types.", "slash", R, "screen.find", 3),
    Command("reader.next_hit", "next hit", "Next hit in this issue.", "n", R, "screen.next_hit"),
    Command("reader.previous_hit", "previous hit", "Previous hit in this issue.", "N", R, "screen.previous_hit"),
    Command("reader.undo", "undo", "Undo the last change to notes and bookmarks.", "u", R, "screen.undo"),
    Command("reader.back_out", "back out", "Back to the list.", "h,left", R, "screen.back_out"),
    Command("reader.hints", "links", "Put letters over the links on screen; a letter points at one.", "f", R, "hints", 10),
    Command("reader.number", "link by number", "Point at the link of that number.", "1,2,3,4,5,6,7,8,9,0", R, "hints"),
    Command("reader.code_right", "code to the right", "See the rest of long lines of code.", "shift+right", R, "code_right"),
    Command("reader.code_left", "code to the left", "Back to where lines of code begin.", "shift+left", R, "code_left"),

    Command("select.left", "character left", "The selection's end one character left.", "h,left", S, "extend_left", 1, False, "move", "select.right"),
    Command("select.right", "character right", "The selection's end one character right.", "l,right", S, "extend_right"),
    Command("select.down", "line down", "The selection's end a line down.", "j,down", S, "extend_down"),
    Command("select.up", "line up", "The selection's end a line up.", "k,up", S, "extend_up"),
    Command("select.word", "next word", "The selection's end to the next word.", "w", S, "extend_word", 2, False, "word", "select.word_back"),
    Command("select.word_back", "previous word", "The selection's end to the previous word.", "b", S, "extend_word_back"),
    Command("select.word_end", "end of word", "The selection's end to the end of the word.", "e", S, "extend_word_end"),
    Command("select.line_start", "start of line", "The selection's end to the start of the line.", "0", S, "extend_line_start"),
    Command("select.line_end", "end of line", "The selection's end to the end of the line.", "dollar_sign", S, "extend_line_end"),
    Command("select.paragraph", "next paragraph", "The selection's end to the next paragraph.", "right_curly_bracket", S, "extend_paragraph"),
    Command("select.paragraph_back", "previous paragraph", "The selection's end to the previous paragraph.", "left_curly_bracket", S, "extend_paragraph_back"),
    Command("select.lines", "whole lines", "Select whole lines, or characters again.", "V", S, "select_lines"),
    Command("select.characters", "characters", "Select by characters again, or end the selection.", "v", S, "select"),
    Command("select.end", "end selection", "End the selection.", "escape", S, "end_selection", 3, False, "end"),

    Command("link.open", "open", "Follow the link: in the library here, else in the browser.", "enter", K, "activate", 1),
    Command("link.next", "next link", "Point at the next link.", "tab", K, "next_link", 2, False, "next", "link.previous"),
    Command("link.previous", "previous link", "Point at the link before.", "shift+tab", K, "previous_link"),
    Command("link.copy", "copy address", "Copy the address of the link.", "Y", K, "screen.copy_url", 3),
    Command("link.end", "end", "Point at no link.", "escape", K, "end_pointing", 4),

    Command("sidebar.down", "down", "Next name or term.", "j,down", B, "cursor_down", 1, False, "move", "sidebar.up"),
    Command("sidebar.up", "up", "Previous name or term.", "k,up", B, "cursor_up"),
    Command("sidebar.first", "first", "First name or term.", "g,home", B, "first"),
    Command("sidebar.last", "last", "Last name or term.", "G,end", B, "last"),
    Command("sidebar.page_down", "page down", "A page down.", "space,pagedown,ctrl+f", B, "page_down"),
    Command("sidebar.page_up", "page up", "A page up.", "b,pageup,ctrl+b", B, "page_up"),
    Command("sidebar.open", "open", "Open the page of the name, or the passage of the term.", "enter,l,right", B, "open", 2, False),
    Command("sidebar.sort", "order by place or count", "Order the names by place in the text or by count.", "S", B, "screen.sort_names", 3, True, "order"),
    Command("margin.edit", "edit", "Edit the note.", "a", G, "screen.edit_here", 4),
    Command("margin.delete", "delete", "Delete the note, highlight or bookmark; undo brings it back.", "d,delete", G, "screen.delete_here", 5),
    Command("margin.place", "place", "Say that its place is right; where its words are lost, begin to place it again.", "P", G, "screen.place_here", 6),
    Command("sidebar.back_out", "back out", "Back to the text.", "h,left", B, "screen.back_out"),

    Command("passages.down", "down", "Next passage.", "j,down", P, "cursor_down", 1, False, "move", "passages.up"),
    Command("passages.up", "up", "Previous passage.", "k,up", P, "cursor_up"),
    Command("passages.page_down", "page down", "A page down.", "space,pagedown,ctrl+f", P, "page_down"),
    Command("passages.page_up", "page up", "A page up.", "b,pageup,ctrl+b", P, "page_up"),
    Command("passages.first", "first", "First passage.", "g,home", P, "first"),
    Command("passages.last", "last", "Last passage.", "G,end", P, "last"),
    Command("passages.open", "open", "Open the issue at the passage.", "enter,l,right", P, "open", 2),
    Command("passages.mark_row", "mark row", "Mark the row; the next verb acts on all marked ones.", "x", P, "mark_row", 6),
    Command("passages.copy", "copy with citation", "Copy the passage with its citation.", "y", P, "verb('copy')", 3),
    Command("passages.note", "note", "Write a note on the passage.", "a", P, "verb('note')", 4),
    Command("passages.highlight", "highlight", "Highlight the passage.", "H", P, "verb('highlight')"),
    Command("passages.bookmark", "mark", "Bookmark the passage.", "m", P, "verb('bookmark')", 5),
    Command("passages.delete", "delete", "Delete the note, highlight or bookmark; undo brings it back.", "d,delete", P, "verb('delete')"),
    Command("passages.edit", "edit", "Edit the note.", "r", P, "verb('edit')"),
    Command("passages.filter", "filter", "Filter the list as one types.", "slash", P, "screen.filter", 2),
    Command("passages.next_new", "next new", "Next passage that came in since one last left the page of a company.", "n", P, "screen.next_new", 0, False, "new"),
    Command("passages.export", "export", "Write these notes, or this page, as Markdown.", "E", P, "screen.export", 7),
    Command("passages.undo", "undo", "Undo the last change to notes and bookmarks.", "u,U", P, "screen.undo"),
    Command("passages.back_out", "back", "Back to where one came from.", "q,escape,h,left", P, "screen.back_out", 8),

    Command("compare.add", "add a name", "Add a name to the comparison, five at most.", "c,@,equals_sign", C, "screen.add", 3, False, "add"),
    Command("compare.remove", "take away", "Take the name under the cursor away.", "d,delete", C, "screen.remove", 4, False, "take away"),
    Command("compare.scale", "one scale or own", "Draw all bars to one peak, or each to its own.", "s", C, "screen.scale", 5, False, "scale"),

    Command("search.save", "save search", "Keep the query above the issue list under a name; a kept one is renamed or forgotten.", "S,ctrl+s", Q, "save_search", 5),
    Command("search.complete", "complete", "Take what is offered below the box.", "tab", Q, "complete"),

    Command("news.mark_all", "mark all read", "Mark the issues shown as read; undo takes it back.", "A", N, "mark_all_read", 3),
    Command("news.all", "all unread", "Show all that is unread, or what came in since one was last here.", "C", N, "show_all", 4),

    Command("notes.preview", "preview", "Show the note in full with its passage, or no longer.", "p", T, "screen.preview", 0),
    Command("notes.order", "order", "List the latest first, or by issue and place.", "o", T, "screen.order", 4),
    Command("notes.tags", "memos", "List the tags; the passages of one are a memo, in an order made by hand.", "T", T, "screen.list_tags", 5),
    Command("notes.move_down", "move in memo", "Move the row down in its memo.", "J", T, "verb('down')", 6, False, "move row", "notes.move_up"),
    Command("notes.move_up", "move up in memo", "Move the row up in its memo.", "K", T, "verb('up')"),
    Command("notes.retag", "tags", "Give the note, or all marked ones, tags, or take tags away.", "t", T, "verb('retag')", 7),
    Command("notes.recolor", "colour", "Give it a colour, or take the colour away.", "c", T, "verb('recolor')", 8),
    Command("notes.place", "place", "Say that its place is right; where its words are lost, begin to place it again.", "P", T, "verb('place')"),
    Command("notes.elsewhere", "place again", "Go to its issue to select another passage for it.", "v", T, "verb('elsewhere')"),
    Command("notes.bin", "bin", "Show what was deleted in the last days, or the notes again.", "D", T, "screen.bin", 9),
    Command("notes.restore", "restore", "Bring back what was deleted.", "R", T, "verb('restore')", 10),
)
# fmt: on
"""In the order of the help screen."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}
"""Every command by its name."""


def bindings(scope: Scope) -> list[Binding]:
    """The bindings that a widget or screen of that scope carries."""
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=command.footer > 0,
            tooltip=command.help,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope is scope and command.keys
    ]


def hints(*scopes: Scope) -> list[Command]:
    """The commands for the footer where these scopes apply, most useful first."""
    shown = [command for command in COMMANDS if command.footer and command.scope in scopes]
    return sorted(shown, key=lambda command: command.footer)
