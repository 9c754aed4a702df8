"""Sketches, likenesses and versions, alike on every database."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from feedsvc.model.article import Article
from feedsvc.model.feed import Edition
from feedsvc.store import Store
from feedsvc.store import stories as comparing
from tests.store.samples import NOW, make_article, make_outcome

EVER = NOW - timedelta(days=99)
ALL = Edition(language="zh", category="all", include_all=False, items=50, by_story=True)
LOCAL = Edition(language="zh", category="local", include_all=True, items=50)
STORY = (
    "城南旧书市停办两年之后重新开张，三十家书摊沿着城墙摆开，周六一天来了四千二百位读者。摊主说，卖得最好的是地方志和连环画。"
    "市里打算每个周末都办，直到下雪为止；末班公交车也延到了晚上九点四十分，方便住在河对岸的人回家。"
)
OTHER = (
    "新开通的一百零八路公交车把三个村子和县医院连在一起，早班车六点十分从柳沟村发出，全程四十分钟。"
    "七十二岁的李大娘说，以前看病要转两趟车，如今坐上一趟就到；司机认得每一位常来的乘客。"
)


def told(n: int, story: str = STORY, **fields: Any) -> Article:
    return make_article(n, content_text=f"{story}（{chr(0x4E00 + n)}报）", **fields)


def likes(store: Store, *numbers: int) -> dict[int, set[int]]:
    found = store.likes([f"{n:032x}" for n in numbers])
    return {int(one, 16): {int(o, 16) for o in others} for one, others in found.items()}


def counts(store: Store) -> dict[str, int]:
    def count(name: str) -> int:
        asked = text(f"SELECT count(*) FROM {name}")
        return store._database.read(lambda c: int(c.execute(asked).scalar_one()))

    return {name: count(name) for name in ("sketches", "bands", "likenesses")}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_each_of_two_is_told_of_the_other_in_whatever_order_they_come(
    store: Store, order: tuple[int, ...]
) -> None:
    made = {1: told(1), 2: told(2), 3: told(3, OTHER)}
    for n in order:
        store.save([make_outcome(made[n])], NOW)
        store.compare(ALL, EVER)
    assert likes(store, 1, 3) == {1: {2}, 2: {1}, 3: set()}


def test_what_was_compared_is_not_compared_again(store: Store) -> None:
    store.save([make_outcome(told(1), told(2))], NOW)
    store.compare(ALL, EVER)
    before = counts(store)
    assert (before["sketches"], before["likenesses"]) == (2, 2)
    assert store._database.read(lambda c: comparing.unsketched(c, ALL, EVER)) == []
    store.compare(ALL, EVER)
    assert counts(store) == before


def test_a_new_version_is_sketched_anew_and_forgets_what_it_was_like(
    store: Store,
) -> None:
    store.save([make_outcome(told(1), told(2), told(3))], NOW)
    store.compare(ALL, EVER)
    store.save([make_outcome(told(2, OTHER, digest="another"))], NOW)
    store.compare(ALL, EVER)
    assert likes(store, 1, 2) == {1: {3}, 2: set(), 3: {1}}
    assert counts(store)["sketches"] == 3


def test_a_date_that_moved_is_reason_enough(store: Store) -> None:
    far = NOW - timedelta(days=9)
    store.save([make_outcome(told(1), told(2))], NOW)
    store.compare(ALL, EVER)
    store.save([make_outcome(told(2, published=far))], NOW)
    store.compare(ALL, EVER)
    assert likes(store, 1, 2) == {1: set(), 2: set()}


@pytest.mark.parametrize(
    ("edition", "since", "compared"),
    [(ALL, EVER, 2), (LOCAL, EVER, 2), (ALL, NOW - timedelta(hours=1), 1)],
    ids=["its languages", "its category", "its time"],
)
def test_only_what_an_edition_may_hold_is_sketched(
    store: Store, edition: Edition, since: object, compared: int
) -> None:
    articles = [
        told(1),
        told(2, language="en"),
        told(3, categories=(), published=NOW - timedelta(days=1)),
    ]
    store.save([make_outcome(*articles)], NOW)
    store.compare(edition, since)  # type: ignore[arg-type]  # a table of moments
    assert counts(store)["sketches"] == compared


def test_more_than_a_transaction_holds_is_compared(store: Store) -> None:
    many = [told(n, f"{STORY}{OTHER[: n % 9]}") for n in range(comparing.BATCH + 20)]
    store.save([make_outcome(*many)], NOW)
    store.compare(ALL, EVER)
    assert counts(store)["sketches"] == len(many)
    assert likes(store, 0)[0] == set(range(1, len(many)))


def test_of_some_articles_those_an_edition_may_hold(store: Store) -> None:
    articles = [told(1), told(2, language="en"), told(3, categories=())]
    store.save([make_outcome(*articles)], NOW)
    store.hide(told(1).id, NOW)
    ids = [article.id for article in articles]
    assert [a.id for a in store.among(ALL, ids)] == [told(3).id]
    assert [a.id for a in store.among(LOCAL, ids)] == [told(2).id]


def says(one: Article, **keys: str) -> tuple[str, Mapping[str, str]]:
    return one.id, {tag.removeprefix("pattern"): k for tag, k in keys.items()}


EN, ZH = make_article(1, language="en"), make_article(2, language="zh")


def test_versions_are_articles_and_only_those_that_are_seen(store: Store) -> None:
    claim = says(EN, zh="news.example/2")
    store.save([make_outcome(EN, ZH, versions=[claim])], NOW)
    found = store.versions([EN.id, ZH.id])
    assert {one: [v.id for v in others] for one, others in found.items()} == {
        EN.id: [ZH.id],
        ZH.id: [EN.id],
    }
    assert found[EN.id][0].categories == ("local",)
    store.hide(ZH.id, NOW)
    assert store.versions([EN.id]) == {EN.id: []}


@pytest.mark.parametrize(
    ("more", "marked"),
    [
        ({}, {"all", "local", "sport"}),
        ({"versions": [says(EN, zh="news.example/other")]}, {"all", "local", "sport"}),
    ],
    ids=["the same", "another claim"],
)
def test_both_ends_of_a_claim_are_marked(
    store: Store, more: dict[str, Any], marked: set[str]
) -> None:
    other = make_article(2, language="zh", categories=("sport",))
    claim = [says(EN, zh="news.example/2")]
    store.save([make_outcome(EN, other, versions=claim)], NOW)
    store.record([], store.dirty())
    edited = make_article(1, language="en", digest="edited")
    store.save([make_outcome(edited, **({"versions": claim} | more))], NOW)
    assert set(store.dirty()) == marked


def test_saying_the_same_again_marks_nothing(store: Store) -> None:
    claim = [says(EN, zh="news.example/2", pattern="news.example/3")]
    store.save([make_outcome(EN, ZH, versions=claim)], NOW)
    store.record([], store.dirty())
    again = make_outcome(versions=claim, aliases=[(EN.id, EN.aliases)])
    store.save([again], NOW)
    assert store.dirty() == {}


def test_a_new_address_of_a_known_article_may_be_the_one_that_was_claimed(
    store: Store,
) -> None:
    claim = [says(EN, zh="news.example/later")]
    other = make_article(2, language="zh", categories=("sport",))
    store.save([make_outcome(EN, other, versions=claim)], NOW)
    store.record([], store.dirty())
    store.save([make_outcome(aliases=[(other.id, ("news.example/later",))])], NOW)
    assert set(store.dirty()) == {"all", "local", "sport"}
    assert [v.id for v in store.versions([EN.id])[EN.id]] == [other.id]


def test_the_address_of_a_claim_may_be_longer_than_an_index_holds(store: Store) -> None:
    long = f"news.example/{'x' * 3000}"
    other = make_article(2, language="zh", aliases=(long,))
    store.save([make_outcome(EN, other, versions=[says(EN, zh=long)])], NOW)
    assert [v.id for v in store.versions([EN.id])[EN.id]] == [other.id]
