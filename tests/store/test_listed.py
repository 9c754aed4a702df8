"""What readers have of a source's newest list, alike on every database."""

from datetime import timedelta

from feedsvc.model.visit import Outcome
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

LATER = NOW + timedelta(hours=1)
ONE, TWO, THREE = (make_article(n, position=n) for n in (1, 2, 3))


def listed(store: Store, source: str = "times") -> list[str]:
    return [article.id for article in store.listed(source)]


def test_only_what_the_newest_list_held_is_told(store: Store) -> None:
    store.save([make_outcome(ONE, TWO)], NOW)
    assert listed(store) == [ONE.id, TWO.id]
    store.save([make_outcome(THREE)], LATER)
    seen = Outcome(source="times", seen=[TWO.id, THREE.id])
    store.save([seen], LATER + timedelta(seconds=1))
    assert listed(store) == [TWO.id, THREE.id]
    assert listed(store, "herald") == []


def test_what_is_hidden_from_readers_is_not_told(store: Store) -> None:
    store.save([make_outcome(ONE, TWO)], NOW)
    store.hide(ONE.id, NOW)
    assert listed(store) == [TWO.id]
