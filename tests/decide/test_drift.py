"""A field that goes missing is an alarm; a source that never had it is none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.drift import faults, learn
from feedsvc.errors import Code
from feedsvc.model.article import Article, Origin
from feedsvc.model.profile import Profile
from tests.store.samples import NOW, make_article

TUESDAY = NOW
FRIDAY = NOW + timedelta(days=3)
WHOLE = make_article(1)
BARE = {
    "date": replace(WHOLE, published_from=Origin.FIRST_SEEN),
    "author": replace(WHOLE, authors=()),
    "body": replace(WHOLE, content_text="", content_html=""),
}


def learned(*runs: tuple[Article, int], profile: Profile | None = None) -> Profile:
    made = profile or Profile()
    for article, times in runs:
        made = learn(made, [article] * times, TUESDAY)
    return made


@pytest.mark.parametrize("name", BARE)
def test_a_field_that_is_lost_is_told_with_its_shares_and_its_day(name: str) -> None:
    profile = learned((WHOLE, 100), (BARE[name], 12))
    [fault] = faults(profile, "times")
    assert fault.code is Code.W_DRIFT
    assert fault.place == "times"
    told = dict(fault.args)
    assert told.pop("before") >= 85  # type: ignore[operator]  # a number, as told
    assert told == {"field": name, "now": 7, "since": "2026-11-24"}


def test_the_day_stays_that_of_the_loss_and_the_usual_share_with_it() -> None:
    profile = learned((WHOLE, 100), (BARE["date"], 12))
    later = learn(profile, [BARE["date"]] * 500, FRIDAY)
    [fault] = faults(later, "times")
    assert (fault.args["since"], fault.args["now"]) == ("2026-11-24", 0)
    assert later.alarms["date"] == profile.alarms["date"]


def test_an_alarm_ends_when_the_field_is_back() -> None:
    profile = learned((WHOLE, 100), (BARE["date"], 50), (WHOLE, 10))
    assert list(faults(profile, "times")) == []


@pytest.mark.parametrize(
    "runs",
    [
        [(BARE["author"], 100)],
        [(WHOLE, 100), (BARE["author"], 3)],
        [(WHOLE, 10), (BARE["author"], 9)],
        [(WHOLE, 1), (BARE["author"], 1)] * 60,
        [],
    ],
    ids=["never had", "a few without", "too few to tell", "half of them", "nothing"],
)
def test_what_is_no_loss_is_no_alarm(runs: Sequence[tuple[Article, int]]) -> None:
    assert list(faults(learned(*runs), "times")) == []


@given(st.lists(st.sampled_from([WHOLE, *BARE.values()]), max_size=150))
def test_shares_stay_shares(articles: list[Article]) -> None:
    profile = learn(Profile(), articles, NOW)
    assert profile.articles == len(articles)
    for share in profile.shares.values():
        assert 0 <= share.slow <= 1.0000001
        assert 0 <= share.fast <= 1.0000001


def test_visits_add_up_to_the_same_as_one() -> None:
    many = [WHOLE, BARE["date"], WHOLE, BARE["author"]] * 10
    once = learn(Profile(), many, NOW)
    twice = learn(learn(Profile(), many[:7], NOW), many[7:], NOW)
    assert once.shares == twice.shares
