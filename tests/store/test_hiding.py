"""Articles that are taken out, alike on every database."""

from datetime import timedelta

import pytest

from feedsvc.model.article import Gone
from feedsvc.model.feed import Edition
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

LATER = NOW + timedelta(hours=1)
ONE, TWO, THREE = (make_article(n) for n in (1, 2, 3))
GONE = Gone(id=TWO.id, language="zh", at=LATER)


def edition(category: str = "all", language: str = "zh", **fields: bool) -> Edition:
    include_all = fields.get("include_all", False)
    return Edition(
        language=language, category=category, include_all=include_all, items=50
    )


def ids(store: Store, category: str = "all") -> list[str]:
    return [article.id for article in store.newest(edition(category))]


@pytest.fixture
def kept(store: Store) -> Store:
    """A store of three articles that were published."""
    store.save([make_outcome(ONE, TWO, THREE)], NOW)
    store.record((), store.dirty())
    return store


@pytest.mark.parametrize("category", ["all", "local"])
def test_what_is_hidden_is_in_no_feed_until_it_is_shown(
    kept: Store, category: str
) -> None:
    assert kept.hide(TWO.id, LATER, "a mistake")
    assert ids(kept, category) == [ONE.id, THREE.id]
    assert kept.unhide(TWO.id)
    assert ids(kept, category) == [ONE.id, TWO.id, THREE.id]


def test_hiding_marks_the_feeds_of_the_article_and_no_other(kept: Store) -> None:
    kept.hide(TWO.id, LATER)
    assert set(kept.dirty()) == {"all", "local"}


def test_hiding_twice_is_hiding_once(kept: Store) -> None:
    kept.hide(TWO.id, LATER)
    kept.record((), kept.dirty())
    assert not kept.hide(TWO.id, LATER + timedelta(days=1))
    assert kept.dirty() == {}
    assert kept.gone(edition(), NOW - timedelta(days=1)) == [GONE]


def test_showing_what_was_never_hidden_changes_nothing(kept: Store) -> None:
    assert not kept.unhide(TWO.id)
    assert kept.dirty() == {}


def test_what_is_hidden_stays_hidden_when_it_is_collected_again(kept: Store) -> None:
    kept.hide(TWO.id, LATER)
    edited = make_article(2, title="改过的标题", digest="another")
    kept.save([make_outcome(edited)], LATER)
    assert ids(kept) == [ONE.id, THREE.id]
    found = kept.find(TWO.url)
    assert found is not None
    assert found.title == "改过的标题"


@pytest.mark.parametrize(
    ("asked", "since", "told"),
    [
        (edition(), 3, True),
        (edition("local"), 3, True),
        (edition("sport"), 3, False),
        (edition(language="en"), 3, False),
        (edition(language="en", include_all=True), 3, True),
        (edition(language="zh-Hant"), 3, True),
        (edition(), 2, True),
        (edition(), 1, False),
    ],
)
def test_a_tombstone_stands_where_the_article_would(
    kept: Store, asked: Edition, since: int, *, told: bool
) -> None:
    kept.hide(TWO.id, LATER)
    gone = kept.gone(asked, NOW - timedelta(minutes=since))
    assert gone == ([GONE] if told else [])
