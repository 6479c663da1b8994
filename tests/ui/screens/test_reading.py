"""Reading in the main screen: links within the library, footnotes, texts of an issue, places."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from chinai_tui.config import Settings
from chinai_tui.ui import browser, clipboard
from chinai_tui.ui.app import ChinaiApp
from chinai_tui.ui.widgets.link_hints import labels
from chinai_tui.workspace import ImportOptions, Workspace
from tests.ui.screens.over import ready, until

PAGE = """
<article><h1>ChinAI #300: Cranes and wagons</h1>
<p>Greetings from a world where nothing is loaded by hand…</p>
<h2>Feature Translation: the harbour</h2>
<p>As in <b>issue #94</b> and ChinAI #154, cranes<a class="footnote-anchor" id="footnote-anchor-1"
href="#footnote-1">1</a> are the point.</p>
<p><strong>Key Takeaways:</strong> The harbour was first.</p>
<ul><li>The city pays for the cranes.</li><li>The <a href="https://wagons.example/a?utm_source=x">wagons</a>
run without drivers.</li></ul>
<p><strong>FULL TRANSLATION</strong>: <a href="https://docs.google.com/document/d/harbour/edit">Harbour</a></p>
<h2>ChinAI Links</h2>
<p>Must-read: <a href="https://chinai.substack.com/p/chinai-94-cloudwalk-a-national-team">CloudWalk</a></p>
%s
<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>
<div class="footnote-content"><p>Of the bridge kind.</p></div></div>
</article>
"""
FILLING = "\n".join(f"<p>Paragraph {n} on the weather at the harbour.</p>" for n in range(40))


@pytest.fixture
def harbour(workspace: Workspace, paths, tmp_path: Path) -> ChinaiApp:
    """The reader over the shipped library and one issue that refers to another."""
    file = tmp_path / "chinai-300.html"
    file.write_text(PAGE % FILLING, "utf-8")
    workspace.transfer.import_paths([file], ImportOptions())
    return ChinaiApp(workspace, paths, Settings())


@pytest.fixture
def copied(monkeypatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(clipboard, "copy", lambda _app, text: texts.append(text))
    return texts


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    urls: list[str] = []
    monkeypatch.setattr(browser, "open_url", lambda url: urls.append(url) or True)
    return urls


def issue(app: ChinaiApp) -> str:
    return app.screen.opened.issue.id


async def read(pilot, app: ChinaiApp) -> None:
    """Open the issue on the harbour."""
    await ready(pilot)
    app.screen.read("chinai-300")
    await ready(pilot)


async def test_a_reference_opens_the_issue_and_back_is_the_same_screen(
    harbour, lines, shows
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("j", "j")
        before = lines(harbour)[:-2]
        await pilot.press("f", "a")
        assert shows(harbour, "1 → ChinAI #94: Cloudwalk")
        await pilot.press("enter")
        await until(pilot, lambda: issue(harbour) == "chinai-94")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: issue(harbour) == "chinai-300")
        assert lines(harbour)[:-2] == before
        await pilot.press("alt+right")
        await until(pilot, lambda: issue(harbour) == "chinai-94")


async def test_a_reference_to_an_issue_that_is_not_there_says_so(harbour, shows) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("2")
        assert shows(harbour, "ChinAI #154, not in the library")
        await pilot.press("enter")
        await ready(pilot)
        assert issue(harbour) == "chinai-300"
        assert "not in the library" in harbour.screen.status.said


async def test_a_digit_typed_in_one_go_with_the_key_of_the_box_reaches_it(harbour) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        for key, char in (("slash", "/"), ("2", "2"), ("x", "x"), ("4", "4")):
            harbour.post_message(events.Key(key, char))
        await until(pilot, lambda: harbour.screen.has_bar)
        await ready(pilot)
        assert harbour.screen.query_one(Input).value == "2x4"


async def test_a_web_link_is_told_without_what_traces_before_it_opens(
    harbour, shows, opened, copied
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("3")
        assert shows(harbour, "3 → wagons.example/a")
        assert not opened
        await pilot.press("Y")
        assert copied[-1].startswith("https://wagons.example/a")
        await pilot.press("enter")
        await until(pilot, lambda: bool(opened))
        assert opened[0].startswith("https://wagons.example/a")


async def test_a_link_to_a_post_of_the_library_opens_it_here(harbour, opened, copied) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        at = harbour.screen.opened.document.text.index("Must-read")
        harbour.screen.reader.go_to(at)
        await pilot.press("enter", "Y")
        assert copied == ["https://chinai.substack.com/p/chinai-94-cloudwalk-a-national-team"]
        await pilot.press("enter")
        await until(pilot, lambda: issue(harbour) == "chinai-94")
        assert not opened
        await pilot.press("ctrl+o")
        await until(pilot, lambda: issue(harbour) == "chinai-300")
        await pilot.press("O")
        await until(pilot, lambda: opened == copied)


async def test_a_footnote_is_reached_from_the_text_and_the_text_from_the_footnote(harbour) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        screen = harbour.screen
        footnote = next(link for link in screen.reader.links if link.kind == "footnote")
        screen.follow(footnote)
        await ready(pilot)
        assert screen.opened.document.text_of(screen.reader.current) == "Of the bridge kind."
        await pilot.press("enter")
        await ready(pilot)
        begin, end = screen.reader.passage
        assert begin <= footnote.start < end


async def test_the_full_translation_is_one_key_away(harbour, shows, opened) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("T")
        await until(pilot, lambda: bool(opened))
        assert opened == ["https://docs.google.com/document/d/harbour/edit"]
        harbour.screen.read("chinai-94")
        await pilot.press("T")
        assert shows(harbour, "this text links no full translation")


async def test_the_digest_is_a_line_above_the_text(workspace, paths, tmp_path, shows) -> None:
    file = tmp_path / "94.html"
    file.write_text((PAGE % "").replace("#300", "#94"), "utf-8")
    workspace.transfer.import_paths([file], ImportOptions())
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        app.screen.read("chinai-94")
        await pilot.press("z")
        await ready(pilot)
        assert shows(app, "▸ Digest, our words D ▸ Greeting and subscription lines")
        left = app.screen.reader.region.x + app.screen.reader.column[0]
        await pilot.click(offset=(left + 3, app.screen.reader.region.y))
        await until(pilot, lambda: app.screen.opened.role == "digest")
        await pilot.press("D")
        await until(pilot, lambda: app.screen.opened.role == "text")


async def test_the_header_tells_the_time_that_is_left(harbour, shows) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        await pilot.press("z")
        assert shows(harbour, "min left")
        await pilot.press("G")
        await pilot.pause()
        assert shows(harbour, "100 %")
        assert not shows(harbour, "min left")


async def test_the_outline_shows_each_heading_and_escape_is_back_where_one_was(
    harbour, lines
) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        await pilot.press("j")
        text = [line[40:] for line in lines(harbour)[:-2]]
        await pilot.press("t", "G")
        await pilot.pause()
        assert [line[40:] for line in lines(harbour)[:-2]] != text
        await pilot.press("escape")
        await ready(pilot)
        assert [line[40:] for line in lines(harbour)[:-2]] == text
        await pilot.press("t", "G", "enter")
        await ready(pilot)
        view = harbour.screen.reader
        assert view.document.text_of(view.current) == "ChinAI Links"
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert [line[40:] for line in lines(harbour)[:-2]] == text


async def test_a_changed_text_is_shown_at_the_same_words(harbour, workspace, tmp_path) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        view = harbour.screen.reader
        at = view.document.text.index("Paragraph 20")
        view.go_to(at, top=True)
        await pilot.pause()
        file = tmp_path / "chinai-300.html"
        more = "<p>A word before all others, added by the author.</p>" + FILLING
        file.write_text(PAGE % more, "utf-8")
        workspace.transfer.import_paths([file], ImportOptions())
        await until(pilot, lambda: "added by the author" in view.document.text)
        assert view.document.text[view.top_offset :].startswith("Paragraph 20")


async def test_what_was_copied_is_told(harbour, copied) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("1", "escape", "y")
        assert "ChinAI #300" in copied[-1]
        assert harbour.screen.status.said.startswith("copied “As in issue #94 and…” (")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_one_issue_after_another_is_read_where_only_one_pane_is_shown(
    harbour, shows, size
) -> None:
    async with harbour.run_test(size=size) as pilot:
        await ready(pilot)
        for _ in range(3):
            await pilot.press("enter")
            await ready(pilot)
            view = harbour.screen.reader
            assert shows(harbour, view.lines.text(0))
            assert view.lines.rows > 5
            await pilot.press("h", "j")


async def test_back_and_escape_restore_open_folds_too(harbour, lines) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        await pilot.press("left_curly_bracket", "left_curly_bracket", "enter", "j")
        assert harbour.screen.reader.unfolded
        before = [line[40:] for line in lines(harbour)[:-2]]
        await pilot.press("slash", *"xq", "escape")
        await ready(pilot)
        assert [line[40:] for line in lines(harbour)[:-2]] == before
        await pilot.press("J", "ctrl+o")
        await ready(pilot)
        assert [line[40:] for line in lines(harbour)[:-2]] == before


async def test_a_selection_begins_at_what_was_found(harbour) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("right_curly_bracket")
        first, last = harbour.screen.reader.passage
        word = harbour.screen.opened.document.text[first:last].split()[1]
        await pilot.press("slash")
        await pilot.pause()
        harbour.screen.query_one("FindBar").box.value = word
        await ready(pilot)
        await pilot.press("enter")
        await ready(pilot)
        start, _ = harbour.screen.hits.current
        first, last = harbour.screen.reader.passage
        assert first < start < last
        await pilot.press("v", "e")
        assert harbour.screen.reader.selection[0] == start
        await pilot.press("escape", "right_curly_bracket", "v")
        assert harbour.screen.reader.selection[0] == harbour.screen.reader.passage[0]


async def test_an_issue_that_comes_in_becomes_a_link_and_nothing_else_changes(
    harbour, workspace, tmp_path, lines
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("v", "w", "w")
        selection = harbour.screen.reader.selection
        file = tmp_path / "154.html"
        file.write_text("<h1>ChinAI #154: Tides</h1><p>The tide came in on time.</p>", "utf-8")
        workspace.transfer.import_paths([file], ImportOptions())
        view = harbour.screen.reader
        await until(pilot, lambda: [link.kind for link in view.links][1] == "issue")
        assert view.selection == selection


async def test_the_top_and_the_end_leave_a_trace(harbour) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        await pilot.press("space", "j", "j")
        view = harbour.screen.reader
        place = (view.top_offset, view.rows_above, view.current)
        await pilot.press("G")
        await pilot.press("ctrl+o")
        await ready(pilot)
        assert (view.top_offset, view.rows_above, view.current) == place


async def test_find_begins_on_screen_and_is_remembered(harbour, shows) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        screen = harbour.screen
        await pilot.press("3", "slash", *"weather")
        assert shows(harbour, "1 of 40 “weather”")
        assert screen.reader.pointed is None
        await pilot.press("enter", "G", "N")
        assert screen.hits.at > 20
        await pilot.press("escape")
        assert not screen.hits.needle
        await pilot.press("n")
        assert screen.hits.needle == "weather"
        await pilot.press("escape", "slash", *"zzz", "enter")
        assert screen.status.said == "no “zzz” in this issue"


async def test_what_was_selected_ends_with_the_verb_and_is_told_before(harbour, shows) -> None:
    async with harbour.run_test(size=(160, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("v", "w", "w", "e")
        assert shows(harbour, "3 words selected")
        await pilot.press("H")
        await ready(pilot)
        assert harbour.screen.reader.selection is None
        assert not shows(harbour, "words selected")


async def test_the_keys_at_the_bottom_are_those_that_work(harbour, shows) -> None:
    async with harbour.run_test(size=(160, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("f")
        assert shows(harbour, "letters point")
        await pilot.press("3")
        assert shows(harbour, "Enter open Tab ⇧Tab next Y copy address Esc end")
        await pilot.press("escape")
        assert shows(harbour, "j k move")
        await pilot.press("t")
        await ready(pilot)
        assert shows(harbour, "Enter stay here")


async def test_a_hold_on_the_bar_ends_when_a_screen_comes_over_it(harbour) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        view = harbour.screen.reader
        await pilot.mouse_down(view, offset=(view.size.width - 1, 3))
        await pilot.press("question_mark")
        await ready(pilot)
        await pilot.press("escape")
        await ready(pilot)
        row = view.scroll_y
        await pilot.hover(view, offset=(10, 20))
        assert view.scroll_y == row


async def test_a_press_on_the_bar_goes_there(harbour) -> None:
    async with harbour.run_test(size=(120, 30)) as pilot:
        await read(pilot, harbour)
        view = harbour.screen.reader
        await pilot.mouse_down(view, offset=(view.size.width - 1, view.size.height - 1))
        assert view.is_at_end
        await pilot.mouse_up(view, offset=(view.size.width - 1, view.size.height - 1))
        assert view.pointed is None


TERMS = """ChinAI #310: The national team

Key Takeaways:

  • The harbour belongs to the national team (国家队), as a port official put it.

Paragraph that stands between.

"The mouse in the accordion" 风箱里的老鼠 is how a captain calls it.
"""


async def test_the_sidebar_has_a_second_face_with_the_terms(
    workspace, paths, tmp_path, shows
) -> None:
    file = tmp_path / "310.txt"
    file.write_text(TERMS, "utf-8")
    workspace.transfer.import_paths([file], ImportOptions())
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(160, 40)) as pilot:
        await ready(pilot)
        app.screen.read("chinai-310")
        await pilot.press("e")
        await ready(pilot)
        assert shows(app, "风箱里的老鼠")
        assert not shows(app, "In this issue")
        await pilot.press("tab", "G", "enter")
        await ready(pilot)
        view = app.screen.reader
        assert view.has_focus
        assert "accordion" in view.document.text_of(view.current)
        await pilot.press("J", "K", "e")
        await ready(pilot)
        assert not app.screen.terms.display
        await until(pilot, lambda: app.screen.margin.display)
        await pilot.press("e")
        assert not app.screen.margin.display
        assert not app.screen.names.display
        await pilot.press("e")
        assert shows(app, "In this issue")


async def test_in_a_paragraph_of_several_links_the_one_pointed_at_is_opened(
    workspace, paths, tmp_path, opened
) -> None:
    file = tmp_path / "320.html"
    file.write_text(
        '<h1>ChinAI #320: Two ways</h1><p>Go <a href="https://one.example/">one way</a> or the'
        ' <a href="https://two.example/">other way</a>, as you like.</p>',
        "utf-8",
    )
    workspace.transfer.import_paths([file], ImportOptions())
    app = ChinaiApp(workspace, paths, Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        app.screen.read("chinai-320")
        await pilot.press("2", "O")
        await until(pilot, lambda: bool(opened))
        assert opened == ["https://two.example/"]


# What came since

LATER = """<article><h1>ChinAI #301: The second harbour</h1>
%s
<p>Hikvision was not there.</p><p>As in issue #300, SenseTime counts the cranes.</p>
%s</article>"""


@pytest.fixture
def later(harbour, workspace: Workspace, tmp_path: Path) -> ChinaiApp:
    """The same, and a later issue that refers to it and names one company of it."""
    here, after = tmp_path / "chinai-300.html", tmp_path / "chinai-301.html"
    page = (PAGE % FILLING).replace("the point.", "the point. SenseTime and SenseTime sell them.")
    here.write_text(page, "utf-8")
    after.write_text(LATER % (FILLING, FILLING), "utf-8")
    workspace.transfer.import_paths([here, after], ImportOptions())
    return harbour


def below(app: ChinaiApp) -> list[str]:
    """The letters at the links below the text once all of them are on screen."""
    view = app.screen.reader
    inside = len(view._on_screen()) - len(app.screen.tail(app.screen.opened).links)
    return list(labels(len(view._on_screen())))[inside:]


async def test_the_end_of_an_issue_says_what_came_since(later, shows) -> None:
    async with later.run_test(size=(120, 40)) as pilot:
        await read(pilot, later)
        assert not shows(later, "Since then")
        await pilot.press("z", "G")
        await pilot.pause()
        assert shows(later, "100 %")
        assert shows(later, "Since then")
        assert shows(later, "• Cited in #301: The second harbour")
        assert shows(later, "• SenseTime: in 1 later issue, #301")


async def test_an_issue_after_which_nothing_came_ends_with_its_text(later, shows) -> None:
    async with later.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        later.screen.read("chinai-301")
        await pilot.press("G")
        await pilot.pause()
        assert shows(later, "100 %")
        assert not shows(later, "Since then")


async def test_the_issue_that_cites_opens_and_back_is_below_the_text(later, lines) -> None:
    async with later.run_test(size=(120, 40)) as pilot:
        await read(pilot, later)
        await pilot.press("G")
        await pilot.pause()
        before = lines(later)[:-2]
        await pilot.press("f", below(later)[0], "enter")
        await until(pilot, lambda: issue(later) == "chinai-301")
        assert later.screen.reader.top_offset < later.screen.reader.document.text.index("Paragraph")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: issue(later) == "chinai-300")
        assert lines(later)[:-2] == before


async def test_an_entity_leads_to_where_the_latest_issue_names_it_first(later, shows) -> None:
    async with later.run_test(size=(120, 40)) as pilot:
        await read(pilot, later)
        await pilot.press("z", "G")
        await pilot.press("f", below(later)[1])
        assert shows(later, "→ #301: The second harbour")
        await pilot.press("enter")
        await until(pilot, lambda: issue(later) == "chinai-301")
        text = later.screen.opened.document.text_of(later.screen.reader.current)
        assert text == "As in issue #300, SenseTime counts the cranes."
        assert shows(later, "SenseTime counts the cranes.")


async def test_an_issue_that_comes_in_while_one_reads_is_told_and_nothing_moves(
    harbour, workspace, tmp_path, lines, shows
) -> None:
    async with harbour.run_test(size=(120, 40)) as pilot:
        await read(pilot, harbour)
        await pilot.press("G")
        await pilot.pause()
        text = [line[40:85] for line in lines(harbour)[4:-2]]
        file = tmp_path / "chinai-301.html"
        file.write_text(LATER % ("", ""), "utf-8")
        workspace.transfer.import_paths([file], ImportOptions())
        await ready(pilot)
        assert [line[40:85] for line in lines(harbour)[4:-2]] == text
        await pilot.press("G")
        await until(pilot, lambda: shows(harbour, "Cited in #301: The second harbour"))


async def test_space_at_the_end_of_all_opens_the_next_unread_issue(later) -> None:
    async with later.run_test(size=(120, 40)) as pilot:
        await read(pilot, later)
        await pilot.press("G")
        await pilot.pause()
        assert later.screen.issues.row("chinai-300").read
        await pilot.press("space")
        await until(pilot, lambda: issue(later) != "chinai-300")
