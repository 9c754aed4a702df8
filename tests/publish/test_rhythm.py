"""For how long a feed may be kept: half the time between its changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.edition.localize import Localizer
from feedsvc.edition.selection import editions
from feedsvc.edition.words import Words
from feedsvc.model.feed import Feed
from feedsvc.publish.rhythm import max_age
from tests.edition.makers import stories
from tests.publish.world import START, House, article, config

MINUTES = {
    "every hour": ([60] * 10, 30),
    "every twenty minutes": ([20] * 10, 10),
    "at odd times, six an hour": ([1, 19, 2, 18, 5, 15, 10], 5),
    "twice a minute": ([0.5] * 30, 1),
    "all at one moment": ([0] * 30, 1),
    "once a week": ([7 * 24 * 60] * 5, 60),
    "one article": ([], 5),
    "lively now, quiet before": ([10] * 19 + [100_000] * 20, 5),
}


def feed(gaps: Sequence[float]) -> Feed:
    """A feed whose articles came with so many minutes between them."""
    house = House(config())
    at, found = START, [article(0, first_seen=START, published=START, updated=START)]
    for n, gap in enumerate(gaps, 1):
        at -= timedelta(minutes=gap)
        found.append(article(n, first_seen=at, published=at, updated=at))
    house.keep(*found)
    (edition,) = (e for e in editions(house.config) if e.path == "en/local")
    return Localizer(house.config, Words.load("en")).feed(
        edition, stories(*house.store.newest(edition))
    )


@pytest.mark.parametrize(("gaps", "minutes"), MINUTES.values(), ids=MINUTES)
def test_half_the_time_between_changes(gaps: Sequence[float], minutes: int) -> None:
    assert max_age(feed(gaps)) == minutes * 60


def test_an_empty_feed_may_begin_at_any_moment() -> None:
    assert max_age(replace(feed([]), entries=())) == 300


def test_every_file_of_a_feed_says_the_same() -> None:
    house = House()
    house.keep(*(article(n) for n in range(1, 9)))
    house.publish()
    stamp = house.output.stamps()["en/local"]
    ages = {file.cache_control for file in house.output.read("en/local", stamp)}
    assert ages == {
        "public, max-age=1800, stale-while-revalidate=3600, stale-if-error=259200"
    }
