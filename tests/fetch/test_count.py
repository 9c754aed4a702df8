"""Requests of the last 24 hours, over restarts and whatever the clock does."""

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.fetch.count import Count, Hours
from tests.fetch.notebook import Notebook

START = 400_000
MADE = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9)), max_size=50)


@given(made=MADE)
def test_exactly_the_last_24_hours_count(made: list[tuple[int, int]]) -> None:
    made.sort()
    hours = Hours()
    for hour, requests in made:
        hours = hours.add(requests, START + hour)
    for now in range(130):
        if made and now < made[-1][0]:
            continue
        last = [n for hour, n in made if now - 24 < hour <= now]
        assert hours.at(START + now).total() == sum(last)


def test_a_clock_set_back_forgets_nothing_for_less_than_a_day_and_is_never_stuck() -> (
    None
):
    hours = Hours().add(7, START)
    assert hours.add(1, START - 23).total() == 8
    assert hours.add(1, START - 24).total() == 1
    assert hours.add(1, START - 24).at(START).total() == 0


async def test_what_was_asked_counts_after_a_restart() -> None:
    notes, now = Notebook(), [START * 3600.0]
    first = Count(notes, lambda: now[0])
    for _ in range(3):
        first.add()
    assert await first.total() == 3
    now[0] += 23 * 3600
    second = Count(notes, lambda: now[0])
    second.add()
    assert await second.total() == 4
    now[0] += 3600
    assert await Count(notes, lambda: now[0]).total() == 1


async def test_without_notes_this_run_alone_counts() -> None:
    count = Count()
    assert await count.total() == 0
    count.add()
    assert await count.total() == 1
    assert await Count().total() == 0
