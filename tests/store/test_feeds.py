"""What publication asks: editions in order, marks, and what stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.model.article import Article
from feedsvc.model.feed import Edition, Published
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

MINUTE = timedelta(minutes=1)


def nothing(_: Article) -> dict[str, str]:
    return {}


def numbers(store: Store, category: str = "local", **fields: object) -> list[int]:
    plain = Edition(language="zh", category=category, include_all=True, items=50)
    found = store.newest(replace(plain, **fields))  # type: ignore[arg-type]  # by name
    return [int(article.id, 16) for article in found]


ORDER = [
    make_article(9, published=NOW),
    make_article(8, published=NOW - MINUTE, first_seen=NOW + MINUTE, position=5),
    make_article(7, published=NOW - MINUTE, position=1),
    make_article(3, published=NOW - MINUTE, position=2),
    make_article(4, published=NOW - MINUTE, position=2),
    make_article(1, published=NOW - 2 * MINUTE),
]


@pytest.mark.parametrize("category", ["all", "local"])
def test_newest_first_then_first_seen_then_position_then_id(
    store: Store, category: str
) -> None:
    mixed = sorted(ORDER, key=lambda article: article.title)
    store.save([make_outcome(*mixed), make_outcome(*mixed, source="agency")], NOW)
    assert numbers(store, category) == [9, 8, 7, 3, 4, 1]
    assert numbers(store, category, items=2) == [9, 8]


LANGUAGES = ["zh", "zh-Hant", "en", "fr"]


@pytest.mark.parametrize("category", ["all", "local"])
@pytest.mark.parametrize(
    ("language", "own"),
    [("zh", [0, 1]), ("zh-Hant", [0, 1]), ("en", [2]), ("fr", [3])],
)
def test_an_edition_holds_what_is_in_its_language(
    store: Store, language: str, own: list[int], category: str
) -> None:
    articles = [make_article(n, language=tag) for n, tag in enumerate(LANGUAGES)]
    store.save([make_outcome(*articles)], NOW)
    assert numbers(store, category, language=language, include_all=False) == own
    assert numbers(store, category, language=language) == [0, 1, 2, 3]


@pytest.mark.parametrize("column", ["hidden_at", "withdrawn_at"])
@pytest.mark.parametrize("category", ["all", "local"])
def test_hidden_and_withdrawn_articles_are_out(
    store: Store, column: str, category: str
) -> None:
    store.save([make_outcome(make_article(1), make_article(2))], NOW)
    statement = (
        f"UPDATE articles SET {column} = 1 WHERE position = 0 AND digest = 'digest 1'"
    )
    store._database.write(lambda c: c.exec_driver_sql(statement))
    assert numbers(store, category) == [2]


def test_an_article_filed_nowhere_stands_in_all_alone(store: Store) -> None:
    store.save([make_outcome(make_article(1, categories=()))], NOW)
    assert numbers(store, "all") == [1]
    assert numbers(store, "local") == []


def test_a_mark_that_moved_on_while_publishing_stays_dirty(store: Store) -> None:
    store.mark(["local", "all"])
    seen = store.dirty()
    store.mark(["local"])
    store.record([], seen)
    assert set(store.dirty()) == {"local"}
    store.record([], store.dirty())
    assert store.dirty() == {}
    store.mark([])
    store.mark(iter(["local"]))
    store.record([], seen)
    assert set(store.dirty()) == {"local"}


def test_what_stands_is_kept_by_path(store: Store) -> None:
    one = Published(path="zh/all", digest="1", updated=NOW, entries=3, size=900)
    two = replace(one, path="en/all")
    store.record([one, two], {})
    changed = replace(one, digest="2", entries=4)
    store.record(iter([changed]), {"never marked": 3})
    assert store.published() == {"zh/all": changed, "en/all": two}
    assert store.status().feeds == (two, changed)


def test_small_facts_are_remembered(store: Store) -> None:
    assert store.memory("labels") is None
    store.remember("labels", "a")
    store.remember("labels", "b")
    assert store.memory("labels") == "b"


def test_refiling_asks_once_for_each_source_that_lists_an_article(
    store: Store,
) -> None:
    shared, own = make_article(1), make_article(2)
    store.save([make_outcome(shared, own), make_outcome(shared, source="agency")], NOW)
    store.record([], store.dirty())

    def file(article: Article) -> tuple[str, ...]:
        return ("asia", "local") if article.source == "agency" else ("local",)

    assert store.refile(file, nothing) == 1
    assert set(store.dirty()) == {"all", "local", "asia"}
    assert numbers(store, "asia") == [1]
    found = store.find(shared.id)
    assert found
    assert found.categories == ("local", "asia")
    assert store.refile(file, nothing) == 0


def test_refiling_goes_through_every_article(store: Store) -> None:
    store.save([make_outcome(*(make_article(n) for n in range(450)))], NOW)
    assert store.refile(lambda _: ("sport",), nothing) == 450
    assert len(numbers(store, "sport", items=1000)) == 450
    assert numbers(store, "local") == []


def test_refiling_an_empty_store_moves_nothing(store: Store) -> None:
    assert store.refile(lambda _: ("sport",), nothing) == 0
    assert store.dirty() == {}


def test_recent_articles_are_those_since_a_moment(store: Store) -> None:
    articles = [make_article(n, published=NOW - n * MINUTE) for n in range(4)]
    store.save([make_outcome(*articles, make_article(9, language="en"))], NOW)
    edition = Edition(language="zh", category="all", include_all=False, items=50)
    found = store.recent(edition, NOW - 2 * MINUTE)
    assert [int(article.id, 16) for article in found] == [0, 1]
    assert len(store.recent(replace(edition, items=1), NOW - 2 * MINUTE)) == 1
    assert store.last_by(edition, NOW - 2 * MINUTE) == NOW - 2 * MINUTE
    assert store.last_by(edition, NOW - 4 * MINUTE) is None
