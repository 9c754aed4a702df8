"""What is to be read again, and what was withdrawn, alike on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code
from feedsvc.model.article import Alternate, Gone, Image, Origin, RawDate, RawItem
from feedsvc.model.check import Check
from feedsvc.model.feed import Edition
from feedsvc.model.visit import Outcome
from feedsvc.model.web import Validators
from feedsvc.store import Store, statements
from tests.store.samples import NOW, make_article, make_outcome

HOUR = timedelta(hours=1)
ALL = Edition(language="zh", category="all", include_all=False, items=50)
ONE, TWO = make_article(1), make_article(2)
SAID = RawItem(
    url=ONE.url,
    title="标题",
    dates=(RawDate(text="11-05", origin=Origin.LIST, patterns=("MM-dd",)),),
    updated=(RawDate(text="2026-11-05", origin=Origin.FEED),),
    authors=("王小明",),
    breadcrumb=("首页", "新闻"),
    image=Image(url="https://news.example/1.jpg", width=3),
    summary="摘要",
    complete=True,
    alternates=(Alternate(hreflang="en", url="https://news.example/en/1"),),
    rules=frozenset({"title", "dates"}),
    warnings=(Code.W_EMPTY,),
)
CHECK = Check(
    article=ONE.id,
    source="times",
    item=SAID,
    since=NOW,
    at=NOW + HOUR,
    validators=Validators(etag='W/"1"', last_modified="Tue, 24 Nov 2026 12:00:00 GMT"),
)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store of two articles, the first of them to be read again."""
    store.save([make_outcome(ONE, TWO, checks=[CHECK])], NOW)
    return store


def ids(store: Store) -> list[str]:
    return [article.id for article in store.newest(ALL)]


def save(store: Store, **fields: object) -> None:
    store.save([Outcome(source="times", **fields)], NOW + HOUR)  # type: ignore[arg-type]  # by name


def test_a_check_is_given_when_it_is_due_and_as_it_was(kept: Store) -> None:
    assert kept.checks(NOW, 10) == []
    assert kept.checks(NOW + HOUR, 10) == [CHECK]
    assert kept.checks(NOW + HOUR, 0) == []


def test_a_check_moves_on_and_ends(kept: Store) -> None:
    save(kept, checks=[replace(CHECK, at=NOW + 6 * HOUR, missing=1)])
    assert kept.checks(NOW + HOUR, 10) == []
    [later] = kept.checks(NOW + 6 * HOUR, 10)
    assert later.missing == 1
    save(kept, checks=[replace(CHECK, at=None)])
    assert kept.checks(NOW + 99 * HOUR, 10) == []


def test_what_is_hidden_is_not_read_again(kept: Store) -> None:
    kept.hide(ONE.id, NOW)
    assert kept.checks(NOW + HOUR, 10) == []


def test_what_is_withdrawn_leaves_its_feeds_and_a_tombstone(kept: Store) -> None:
    kept.record((), kept.dirty())
    save(kept, withdrawn=[ONE.id])
    assert ids(kept) == [TWO.id]
    assert set(kept.dirty()) == {"all", "local"}
    assert kept.gone(ALL, NOW - HOUR) == [Gone(id=ONE.id, language="zh", at=NOW + HOUR)]


@pytest.mark.parametrize("again", ["returned", "articles"])
def test_what_returns_is_in_its_feeds_again_under_its_id(
    kept: Store, again: str
) -> None:
    save(kept, withdrawn=[ONE.id])
    edited = replace(ONE, digest="another")
    save(kept, **{again: [ONE.id] if again == "returned" else [edited]})
    assert ids(kept) == [ONE.id, TWO.id]
    assert kept.gone(ALL, NOW - HOUR) == []


texts = st.text(max_size=9)


@given(
    st.builds(
        RawItem,
        url=texts,
        title=st.none() | texts,
        authors=st.tuples(texts),
        rules=st.frozensets(texts),
        complete=st.booleans(),
    )
)
def test_any_statement_is_read_as_it_was_written(statement: RawItem) -> None:
    assert statements.item(statements.document(statement)) == statement


def test_articles_under_watch_are_counted_by_source(kept: Store) -> None:
    two = replace(CHECK, article=TWO.id, at=NOW + 9 * HOUR)
    save(kept, checks=[two])
    assert kept.watched() == {"times": 2}
    save(kept, checks=[replace(two, at=None)])
    assert kept.watched() == {"times": 1}


def test_checks_are_given_of_the_sources_that_are_asked_for(kept: Store) -> None:
    other = replace(CHECK, article=TWO.id, source="other", at=NOW)
    save(kept, checks=[other])
    due = NOW + HOUR
    assert kept.checks(due, 1) == [other]
    assert kept.checks(due, 1, {"times"}) == [CHECK]
    assert kept.checks(due, 9, {"times", "other"}) == [other, CHECK]
    assert kept.checks(due, 9, ()) == []
