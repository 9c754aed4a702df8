"""Hosts that said "too many" are left alone (standards.md, "Politeness", row 429)."""

from datetime import timedelta

from feedsvc.fetch.holds import Hold, Holds
from tests.fetch.notebook import Notebook

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Clock:
    """Seconds since 1970 that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now

    def pass_by(self, length: timedelta) -> None:
        self.now += length.total_seconds()


async def test_a_wait_that_was_asked_for_ends_by_itself_and_the_longest_counts() -> (
    None
):
    clock = Clock()
    holds = Holds(clock=clock)
    assert holds.held("a") is None
    await holds.add("a", 503, 2 * HOUR)
    await holds.add("a", 503, HOUR)
    assert holds.held("a") == Hold(2 * HOUR, 503, asked=True)
    assert holds.held("b") is None
    clock.pass_by(2 * HOUR)
    assert holds.held("a") is None


async def test_a_429_without_a_wait_is_an_hour_that_doubles_up_to_a_day() -> None:
    clock = Clock()
    holds = Holds(clock=clock)
    for hours in (1, 2, 4, 8, 16, 24, 24):
        await holds.add("a", 429, None)
        assert holds.held("a") == Hold(hours * HOUR, 429, asked=False)
        clock.pass_by(min(hours * HOUR, DAY - HOUR))


async def test_a_429_makes_a_host_slower_and_every_quiet_day_forgives_some() -> None:
    clock = Clock()
    holds = Holds(clock=clock)
    assert holds.pause("a") is None
    await holds.add("a", 503, HOUR)  # busy, but not because of us
    assert holds.pause("a") is None
    for _ in range(3):
        await holds.add("a", 429, timedelta(minutes=1))
    waits = []
    for _ in range(4):
        waits.append(holds.pause("a"))
        clock.pass_by(DAY)
    assert waits == [4 * HOUR, 2 * HOUR, HOUR, None]


async def test_retry_after_outlives_a_restart_and_our_own_guess_does_not() -> None:
    clock, notes = Clock(), Notebook()
    holds = Holds(notes, clock)
    await holds.add("asked", 429, 3 * HOUR)
    await holds.add("guessed", 429, None)
    again = Holds(notes, clock)
    await again.recall()
    assert again.held("asked") == Hold(3 * HOUR, 429, asked=True)
    assert again.held("guessed") is None
    assert again.pause("guessed") == HOUR


async def test_what_was_noted_is_read_once_and_never_written_over() -> None:
    clock, notes = Clock(), Notebook()
    await Holds(notes, clock).add("a", 503, HOUR)
    holds = Holds(notes, clock)
    await holds.add("b", 503, HOUR)
    assert holds.held("a")
    notes.notes["holds"] = "{}"
    await holds.recall()
    assert holds.held("a")


async def test_a_clock_set_back_leaves_no_host_alone_for_longer_than_a_day() -> None:
    clock = Clock()
    holds = Holds(clock=clock)
    await holds.add("a", 429, DAY)
    clock.pass_by(-400 * DAY)
    held = holds.held("a")
    assert held
    assert held.left <= DAY


async def test_what_is_over_is_forgotten() -> None:
    clock, notes = Clock(), Notebook()
    holds = Holds(notes, clock)
    for n in range(50):
        await holds.add(f"host{n}", 503, HOUR)
        clock.pass_by(2 * HOUR)
    assert len(holds) == 1
    assert len(notes.notes["holds"]) < 200
