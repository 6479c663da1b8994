from __future__ import annotations

import pytest

from chinai_tui.ingest.forwarded import Forwarding, forwarding, recipients, seen_lines, unquoted


def test_a_banner() -> None:
    lines = [
        "See this", "", "-----Original Message-----", "From: A Writer <a@b.example>",
        "Sent: Monday, July 7, 2025 7:10 AM", "To: r@example.org", "Subject: Kettles", "", "Text",
    ]  # fmt: skip
    told = Forwarding(
        7, frozenset({5}), "A Writer <a@b.example>", "Monday, July 7, 2025 7:10 AM", "Kettles",
        "r@example.org",
    )  # fmt: skip
    assert forwarding(lines) == told
    assert forwarding(lines[3:]) == Forwarding(
        4, frozenset({2}), told.sender, told.date, told.subject, told.readers
    )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["From: the province", "came kettles."],
        ["From: the province", "Date: unknown", "It went on."],
        ["Text"] * 20 + ["Begin forwarded message:", "From: a"],
        ["From" + " " * 50_000 + "x", "-" * 50_000 + "x"],
    ],
)
def test_what_is_no_banner(lines: list[str]) -> None:
    assert forwarding(lines) is None


def test_a_banner_in_chinese() -> None:
    found = forwarding(
        ["---- 转发邮件信息 ----", "发件人：某报", "日期：2025年7月7日", "主题：铜壶"]
    )
    assert found == Forwarding(4, frozenset(), "某报", "2025年7月7日", "铜壶")


def test_who_got_the_mail_within() -> None:
    found = forwarding(
        ["Forwarded message", "From: a <a@b.example>", "To: R. Role <r@x.example>,",
         "  'Other Role' <o@x.example>", "Cc: <c@x.example>", "", "Text"]
    )  # fmt: skip
    assert found is not None
    assert (found.end, found.private, found.address) == (5, frozenset({2, 3, 4}), "a@b.example")


def test_who_got_the_mails_that_are_quoted() -> None:
    first = ["From: a <a@b.example>", "To: R. Role <r@x.example>,", "  'Other Role' <o@x.example>"]
    second = ["> From: R. Role <s@x.example>", "> Date: Monday", "> Cc: <c@x.example>, a@b.example"]
    found = recipients(
        [*["Words"] * 30, *first, "", "Words to: all", *second, "Words", "To: t@x.example"]
    )
    assert found == ({"r@x.example", "o@x.example", "c@x.example"}, {"R. Role", "Other Role"})
    assert recipients(["To: All <t@x.example>", "", "Words"]) == (set(), set())


def test_a_mail_that_is_quoted_loses_its_marks() -> None:
    lines = ["See", "", "> Forwarded message:", ">", "> From: a <a@b.example>", "> ", ">> Text"]
    assert unquoted(lines) == [
        "See", "", "Forwarded message:", "", "From: a <a@b.example>", "", "> Text",
    ]  # fmt: skip
    quoting = ["See", "> a quotation", "> of words"]
    assert unquoted(quoting) == quoting


def test_the_lines_of_a_page() -> None:
    page = "<style>p {}</style><p>From:\n a <b>b</b></p><br>\n<div>&nbsp;</div>To"
    assert seen_lines(page) == ["From: a b", "To"]


def test_two_fields_alone_are_a_head_under_a_banner_or_with_an_address() -> None:
    memo = ["From: Beijing", "To: Shanghai", "", "Words"]
    assert recipients(["It reads:", "", *memo]) == (set(), set())
    assert recipients(["Forwarded message", "", *memo]) == (set(), {"Shanghai"})
    assert recipients(["From: a <a@b.example>", *memo[1:]]) == (set(), {"Shanghai"})
    assert recipients(["From: a", "Date: b", "Subject: c", "To: Role"]) == (set(), {"Role"})


def test_spaces_and_open_elements_take_no_time() -> None:
    assert recipients(["from" + " " * 296] * 15_000) == (set(), set())
    assert seen_lines("<!--" * 40_000) == []
    assert seen_lines("Words" + "<style " * 25_000) == ["Words"]


def test_a_head_that_is_never_closed_hides_nothing() -> None:
    assert seen_lines("<head><title>x</title><body><p>Words") == ["Words"]
