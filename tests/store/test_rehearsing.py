"""What is rehearsed is not kept, alike on every database."""

import pytest

from feedsvc.model.feed import Edition
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

ALL = Edition(language="zh", category="all", include_all=True, items=50)
ONE, TWO = make_article(1), make_article(2)


def ids(store: Store) -> list[str]:
    return [article.id for article in store.newest(ALL)]


def test_what_is_rehearsed_is_seen_there_and_nowhere_later(store: Store) -> None:
    store.save([make_outcome(ONE)], NOW)
    with store.rehearsing() as dry:
        dry.save([make_outcome(TWO)], NOW)
        dry.remember("key", "value")
        dry.hide(ONE.id, NOW)
        assert ids(dry) == [TWO.id]
        assert dry.memory("key") == "value"
    assert ids(store) == [ONE.id]
    assert store.memory("key") is None


def test_a_rehearsal_that_fails_leaves_nothing_and_the_store_usable(
    store: Store,
) -> None:
    def fail() -> None:
        with store.rehearsing() as dry:
            dry.save([make_outcome(TWO)], NOW)
            raise ValueError("as told")

    with pytest.raises(ValueError, match="as told"):
        fail()
    assert ids(store) == []
    store.save([make_outcome(ONE)], NOW)
    assert ids(store) == [ONE.id]


def test_closing_a_rehearsal_closes_nothing(store: Store) -> None:
    with store.rehearsing() as dry:
        dry.close()
    assert ids(store) == []
