"""What is stored comes back exactly, whatever it is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code
from feedsvc.model.article import Alternate, Article, Image, Origin, Precision
from feedsvc.store import Store, codec
from tests.store.samples import NOW, make_article, make_outcome

LONG = "https://news.example/" + "x" * 3000

moments = st.datetimes(timezones=st.just(UTC))
lists = st.lists(st.text(), max_size=3).map(tuple)
maybe = st.none() | st.text()
articles = st.builds(
    Article,
    canonical_url=maybe,
    published=moments,
    updated=moments,
    first_seen=moments,
    modified=st.none() | moments,
    precision=st.sampled_from(Precision),
    published_from=st.sampled_from(Origin),
    aliases=lists,
    authors=lists,
    image=st.none() | st.builds(Image, caption=maybe, width=st.none() | st.integers()),
    alternates=st.lists(st.builds(Alternate), max_size=2).map(tuple),
    warnings=st.lists(st.sampled_from(Code), max_size=2).map(tuple),
)


@given(articles)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    back = codec.article(codec.document(article))
    assert back == article
    assert isinstance(back.precision, Precision)
    assert all(isinstance(code, Code) for code in back.warnings)


@given(moments)
def test_moments_are_exact_to_the_microsecond(when: datetime) -> None:
    number = codec.micros(when)
    assert number is not None
    assert codec.moment(number) == when


def test_moments_are_the_same_in_every_zone() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=8)))
    assert codec.micros(elsewhere) == codec.micros(NOW)
    assert codec.micros(None) is None
    assert codec.moment_or_none(None) is None


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=600))
def test_a_key_is_short_text_that_every_database_takes(text: str) -> None:
    key = codec.key(text)
    assert len(key.encode()) < 2700
    assert "\0" not in key
    assert codec.key(key) == key


@pytest.mark.parametrize(
    "odd",
    ["nul \0", "half a pair \ud800", "emoji \U0001f600", "nl\n", LONG],
    ids=["nul", "surrogate", "emoji", "newline", "long"],
)
def test_odd_text_is_stored_and_found_again(store: Store, odd: str) -> None:
    article = make_article(1, aliases=(odd,), title=odd, section=odd)
    store.save([make_outcome(article)], NOW)
    assert list(store.known("times", [odd, "other"])) == [odd]
    assert store.find(article.id) == article


def test_long_keys_that_differ_only_at_the_end_differ() -> None:
    assert codec.key(LONG + "a") != codec.key(LONG + "b")
