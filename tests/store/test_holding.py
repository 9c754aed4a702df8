"""Articles that are held, alike on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.feed import Edition
from feedsvc.model.profile import Alarm, Profile, Share
from feedsvc.model.visit import Outcome
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome, make_visit

ONE, TWO = make_article(1), make_article(2)
WHY = Fault(
    code=Code.W_GARBLED,
    stage=Stage.DECIDE,
    place=TWO.url,
    args={"evidence": "锟斤拷", "encoding": "?"},
)
HELD = replace(TWO, hold=WHY)


def ids(store: Store, category: str = "all") -> list[str]:
    edition = Edition(language="zh", category=category, include_all=False, items=50)
    return [article.id for article in store.newest(edition)]


@pytest.fixture
def kept(store: Store) -> Store:
    """A store of one article that may be read, and one that is held."""
    store.save([make_outcome(ONE, HELD)], NOW)
    return store


@pytest.mark.parametrize("category", ["all", "local"])
def test_what_is_held_is_in_no_feed(kept: Store, category: str) -> None:
    assert ids(kept, category) == [ONE.id]


def test_what_is_held_is_told_with_its_reason(kept: Store) -> None:
    [held] = kept.status().held
    assert (held.id, held.title, held.at) == (TWO.id, TWO.title, NOW)
    assert held.fault == replace(WHY, source=TWO.source)


def test_the_ledger_tells_what_is_held(kept: Store) -> None:
    [key] = kept.known("times", TWO.aliases[:1]).values()
    assert (key.is_held, key.is_released) == (True, False)
    kept.release(TWO.id)
    [key] = kept.known("times", TWO.aliases[:1]).values()
    assert (key.is_held, key.is_released) == (False, True)


def test_a_release_lets_it_be_read_and_marks_its_feeds(kept: Store) -> None:
    kept.record((), kept.dirty())
    assert kept.release(TWO.id)
    assert ids(kept) == [ONE.id, TWO.id]
    assert set(kept.dirty()) == {"all", "local"}
    assert kept.status().held == ()


def test_what_was_released_is_not_held_again(kept: Store) -> None:
    kept.release(TWO.id)
    kept.save([make_outcome(replace(HELD, digest="another"))], NOW)
    assert ids(kept) == [ONE.id, TWO.id]


def test_what_is_no_longer_to_be_held_is_read(kept: Store) -> None:
    kept.save([make_outcome(replace(TWO, digest="mended"))], NOW)
    assert ids(kept) == [ONE.id, TWO.id]


def test_releasing_what_is_not_held_changes_nothing(kept: Store) -> None:
    kept.record((), kept.dirty())
    assert not kept.release(ONE.id)
    assert kept.dirty() == {}


def test_a_hidden_article_is_not_told_as_held(kept: Store) -> None:
    kept.hide(TWO.id, NOW)
    assert kept.status().held == ()


def test_addresses_are_those_of_what_a_source_listed(kept: Store) -> None:
    assert kept.addresses("times") == [ONE.url]
    assert kept.addresses("nobody") == []


def test_a_released_list_is_remembered_until_it_was_read(store: Store) -> None:
    store.save([Outcome(source="times", visit=make_visit(failures=2))], NOW)
    later = NOW + timedelta(hours=1)
    store.release_list(make_visit(due=later))
    visit = store.visits(["times"])["times"]
    assert (visit.is_released, visit.due, visit.failures) == (True, later, 2)
    read = Outcome(source="times", visit=make_visit(), is_heeded=True)
    store.save([read], NOW)
    assert not store.visits(["times"])["times"].is_released


def test_a_profile_is_kept_as_it_was_learned(store: Store) -> None:
    profile = Profile(
        articles=40,
        shares={
            "date": Share(slow=0.9123, fast=0.1),
            "body": Share(slow=1.0, fast=1.0),
        },
        alarms={"date": Alarm(usual=0.9123, since=NOW)},
    )
    store.save([Outcome(source="times", visit=make_visit(profile=profile))], NOW)
    assert store.visits(["times"])["times"].profile == profile
