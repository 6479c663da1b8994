from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.ui.commands import BY_ID, COMMANDS, Scope, bindings, hints
from chinai_tui.ui.keymap import checked, key_label, keys_of, labels_of

FORBIDDEN = {"ctrl+i", "ctrl+left_square_bracket", "ctrl+m", "ctrl+h"}


def test_every_command_is_declared_once() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_no_default_key_clashes_with_another_in_the_same_place() -> None:
    keymap = {command.id: command.keys for command in COMMANDS}
    together = [{Scope.MAIN, other} for other in (Scope.LIST, Scope.READER, Scope.SIDEBAR)]
    clashes = [
        (first.id, second.id)
        for first, second in combinations(COMMANDS, 2)
        if (first.scope is second.scope or {first.scope, second.scope} in together)
        and set(keys_of(first, keymap)) & set(keys_of(second, keymap))
    ]
    assert clashes == []


def test_keys_that_terminals_cannot_tell_apart_are_not_used() -> None:
    assert not FORBIDDEN & {key for command in COMMANDS for key in keys_of(command, {})}


def test_pairs_in_the_footer_exist() -> None:
    assert all(command.pair in BY_ID for command in COMMANDS if command.pair)


def test_bindings_carry_the_ids_that_the_settings_name() -> None:
    assert {b.id for b in bindings(Scope.LIST)} == {
        c.id for c in COMMANDS if c.scope is Scope.LIST and c.keys
    }


def test_hints_are_in_the_order_of_their_use() -> None:
    ranks = [command.footer for command in hints(Scope.MAIN, Scope.READER)]
    assert ranks == sorted(ranks)
    assert 0 not in ranks


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("slash", "/"),
        ("backslash", "\\"),
        ("ctrl+o", "^O"),
        ("alt+left", "Alt+←"),
        ("space", "Space"),
        ("j", "j"),
        ("J", "J"),
        ("question_mark", "?"),
        ("full_stop", "."),
        ("right_curly_bracket", "}"),
        ("f1", "F1"),
    ],
)
def test_keys_are_written_as_on_the_keyboard(key: str, label: str) -> None:
    assert key_label(key) == label


def test_every_default_key_has_a_short_label() -> None:
    labels = [label for command in COMMANDS for label in labels_of(command, {})]
    assert all(len(label) <= 6 for label in labels)


def test_without_own_keys_there_is_no_keymap() -> None:
    assert checked({}) == ({}, [])


def test_an_own_key_replaces_the_default_and_leaves_the_others() -> None:
    keymap, problems = checked({"jump": "ctrl+j"})
    assert problems == []
    assert keymap["jump"] == "ctrl+j"
    assert keymap["search"] == BY_ID["search"].keys


def test_what_a_user_writes_is_understood() -> None:
    keymap, _ = checked({"back": "^B", "search": "?", "help": "F2", "next_mention": ","})
    assert keymap["back"] == "ctrl+b"
    assert keymap["search"] == "question_mark"
    assert keymap["help"] == "f2"
    assert keymap["next_mention"] == "comma"


def test_an_unknown_command_is_told() -> None:
    _, problems = checked({"fly": "x"})
    assert problems == ["[keys] fly: no such command"]


def test_an_empty_key_is_told_and_the_default_stays() -> None:
    keymap, problems = checked({"jump": " "})
    assert problems == ["[keys] jump: no key given"]
    assert keymap["jump"] == BY_ID["jump"].keys


def test_a_clash_is_told_and_the_users_key_wins() -> None:
    keymap, problems = checked({"export": "m"})
    assert problems == ["[keys] m is export, no longer bookmark"]
    assert keymap["export"] == "m"
    assert "bookmark" not in keymap


def test_a_clash_takes_only_the_shared_key() -> None:
    keymap, problems = checked({"zen": "c"})
    assert len(problems) == 1
    assert keymap["jump"] == "at"


def test_a_key_of_the_list_clashes_with_one_that_holds_everywhere() -> None:
    _, problems = checked({"list.open": "t"})
    assert problems == ["[keys] t is list.open, no longer outline"]


def test_keys_of_places_that_exclude_each_other_do_not_clash() -> None:
    assert checked({"list.filter": "f"})[1] == []


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([command.id for command in COMMANDS]) | st.text(max_size=8),
        st.text(max_size=12),
        max_size=5,
    )
)
def test_whatever_is_written_a_keymap_comes_of_it(keys: dict[str, str]) -> None:
    keymap, problems = checked(keys)
    assert set(keymap) <= set(BY_ID)
    assert all("\n" not in problem and "\x1b" not in problem for problem in problems)
