from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.store.backups import Generation, generations, place, superfluous, thin

START = datetime(2024, 1, 1, 9, tzinfo=UTC)


def made(*times: datetime) -> list[Generation]:
    return [Generation(n, time, Path(str(n))) for n, time in enumerate(times, start=1)]


def kept(all_: list[Generation]) -> list[Generation]:
    gone = set(superfluous(all_))
    return [generation for generation in all_ if generation not in gone]


def test_the_newest_three_of_one_day_stay() -> None:
    all_ = made(*(START + timedelta(minutes=n) for n in range(10)))
    assert [generation.number for generation in kept(all_)] == [8, 9, 10]


def test_the_last_of_each_of_twelve_days_stays() -> None:
    times = [START + timedelta(days=day, hours=hour) for day in range(12) for hour in range(3)]
    days = [generation.written.date() for generation in kept(made(*times))]
    assert sorted(set(days)) == sorted({time.date() for time in times})
    assert len(days) == 14  # three of the last day, one of each of the others


def test_a_year_of_daily_writing_leaves_days_weeks_and_months() -> None:
    days = [START + timedelta(days=day) for day in range(366)]
    held: list[Generation] = []
    for generation in made(*days):  # thinned after every write, as a store does
        held = kept([*held, generation])
    ages = [(days[-1] - generation.written).days for generation in held]
    assert ages[-15:] == list(range(14, -1, -1))
    assert len(held) == 3 + 12 + 10 + 9
    assert max(ages) > 330
    gaps = [older - newer for older, newer in pairwise(ages)]
    assert max(gaps) <= 35


def test_a_pause_of_years_costs_nothing() -> None:
    old = [START + timedelta(days=day) for day in range(5)]
    all_ = made(*old, *(START + timedelta(days=2000, minutes=n) for n in range(3)))
    assert kept(all_) == all_


@given(st.lists(st.integers(0, 500 * 24), min_size=1, max_size=80, unique=True))
@settings(max_examples=60, deadline=None)
def test_thinning_is_bounded_keeps_the_newest_and_settles(hours: list[int]) -> None:
    all_ = made(*(START + timedelta(hours=hour) for hour in sorted(hours)))
    left = kept(all_)
    assert left[-3:] == all_[-3:]
    assert len(left) <= 3 + 12 + 10 + 9
    assert superfluous(left) == []


def test_names_tell_number_and_time_and_belong_to_one_file(tmp_path: Path) -> None:
    names = [
        place(tmp_path, "reading", 2, START),
        place(tmp_path, "reading", 11, START + timedelta(hours=1)),
        place(tmp_path, "issues", 5, START),
        tmp_path / "reading-latest.json",
        tmp_path / "reading-00000003-20241399T000000Z.json",
    ]
    for path in names:
        path.write_bytes(b"")
    found = generations(tmp_path, "reading")
    assert [(each.number, each.written) for each in found] == [
        (11, START + timedelta(hours=1)),
        (2, START),
    ]
    assert generations(tmp_path / "nowhere", "reading") == []


def test_thinning_a_folder_removes_only_its_own(tmp_path: Path) -> None:
    for number in range(6):
        place(tmp_path, "reading", number, START + timedelta(seconds=number)).write_bytes(b"")
    other = place(tmp_path, "issues", 1, START)
    other.write_bytes(b"")
    thin(tmp_path, "reading")
    assert [each.number for each in generations(tmp_path, "reading")] == [5, 4, 3]
    assert other.exists()
