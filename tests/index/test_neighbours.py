from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.index import Index
from chinai_tui.text.query import parse
from tests.index.building import entry

steps = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from(["", "", "2019-01-01", "2019-02-01", "gone"]),
        st.sampled_from(["one", "two"]),
    ),
    max_size=14,
)


def nearest(number: int, dated: dict[int, str]) -> str:
    return min(((abs(n - number), n, day) for n, day in dated.items()), default=(0, 0, ""))[2]


@settings(max_examples=30, deadline=None)
@given(steps)
def test_whatever_comes_and_goes_the_nearest_dated_issue_counts(
    changes: list[tuple[int, str, str]],
) -> None:
    there: dict[tuple[str, int], str] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder) / "index.sqlite3")
        for number, date, publication in changes:
            name = f"{publication}-{number}"
            if date == "gone":
                index.remove_issues([name])
                there.pop((publication, number), None)
            else:
                index.put_issues(
                    [entry(name, "x", publication=publication, number=number, date=date)]
                )
                there[publication, number] = date
        for row in index.rows(parse("")).rows:
            assert row.number is not None
            dated = {n: day for (pub, n), day in there.items() if pub == row.publication and day}
            assert row.near == ("" if row.date else nearest(row.number, dated))
        index.close()
