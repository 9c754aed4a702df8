"""Articles keep their ids, their listings and their places."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.model.article import Article, Image, Origin
from feedsvc.model.feed import Edition
from feedsvc.model.visit import Known, Outcome
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

HOUR = timedelta(hours=1)


def held(store: Store, category: str = "all") -> list[Article]:
    edition = Edition(language="zh", category=category, include_all=True, items=50)
    return list(store.newest(edition))


def test_an_article_is_known_by_each_of_its_keys(store: Store) -> None:
    article = make_article(1, position=3)
    store.save([make_outcome(article)], NOW)
    expected = Known(
        id=article.id,
        digest="digest 1",
        list_digest="listed digest 1",
        published=article.published,
        precision="minute",
        updated=NOW,
        first_seen=NOW,
        position=3,
        source="times",
        zone="Asia/Shanghai",
        published_from="meta",
    )
    found = store.known("times", [*article.aliases, "unknown"])
    assert found == dict.fromkeys(article.aliases, expected)


def test_addresses_that_change_at_every_visit_do_not_fill_the_ledger(
    store: Store,
) -> None:
    one = make_article(1)
    store.save([make_outcome(one)], NOW)
    for n in range(100):
        keys = [f"news.example/1?t={n}"]
        store.save([Outcome(source="times", aliases=[(one.id, keys)])], NOW)
    asked = [*one.aliases, *(f"news.example/1?t={n}" for n in range(100))]
    known = store.known("times", asked)
    assert set(one.aliases) < set(known)
    assert len(known) == 50
    assert {found.id for found in known.values()} == {one.id}


def test_the_list_digest_is_that_of_the_source_that_asks(store: Store) -> None:
    article = make_article(1)
    store.save([make_outcome(article)], NOW)
    key = article.aliases[0]
    assert store.known("other", [key])[key].list_digest == ""
    listed = Outcome(source="other", list_digests=[(article.id, "theirs")])
    store.save([listed], NOW)
    assert store.known("other", [key])[key].list_digest == "theirs"
    assert store.known("times", [key])[key].list_digest == "listed digest 1"


def test_the_date_that_a_list_states_now_is_kept_by_source(store: Store) -> None:
    article = make_article(1)
    listed = Outcome(source="other", list_digests=[(article.id, "theirs")])
    store.save([make_outcome(article), listed], NOW)
    store.save([Outcome(source="times", restated=[(article.id, NOW - HOUR)])], NOW)
    store.save([make_outcome(article)], NOW + HOUR)
    key = article.aliases[0]
    stated = {s: store.known(s, [key])[key].stated for s in ("times", "other")}
    assert stated == {"times": NOW - HOUR, "other": None}


def test_a_key_stays_with_the_article_that_had_it_first(store: Store) -> None:
    first = make_article(1, aliases=("shared", "one"))
    second = make_article(2, aliases=("shared", "two"))
    store.save([make_outcome(first, second)], NOW)
    third = make_article(3, aliases=("two", "three"))
    store.save([make_outcome(third)], NOW)
    known = store.known("times", ["shared", "one", "two", "three"])
    ids = {key: int(k.id, 16) for key, k in known.items()}
    assert ids == {"shared": 1, "one": 1, "two": 2, "three": 3}


def test_changes_are_counted_once_each(store: Store) -> None:
    article = make_article(1)
    changed = replace(article, digest="new", title="新", updated=NOW + HOUR)
    counts = []
    for version in (article, article, changed, changed):
        store.save([make_outcome(version)], NOW)
        [known] = store.known("times", [article.aliases[0]]).values()
        counts.append(known.changes)
    assert counts == [0, 0, 1, 1]
    assert held(store) == [changed]


def test_a_save_repeated_changes_nothing(store: Store) -> None:
    outcome = make_outcome(make_article(1), make_article(2, categories=("a", "b")))
    store.save([outcome], NOW)
    before = (held(store), held(store, "a"), store.status())
    store.save([outcome, outcome], NOW)
    assert (held(store), held(store, "a"), store.status()) == before


def test_a_batch_that_fails_leaves_nothing(store: Store) -> None:
    orphan = Outcome(source="times", list_digests=[("no such article", "x")])
    with pytest.raises(Exception, match="E_DB"):
        store.save([make_outcome(make_article(1)), orphan], NOW)
    assert held(store) == []
    assert store.dirty() == {}
    assert store.known("times", make_article(1).aliases) == {}


def test_more_keys_than_one_statement_takes_are_asked_for(store: Store) -> None:
    articles = [make_article(n) for n in range(600)]
    store.save([make_outcome(*articles)], NOW)
    keys = [key for article in articles for key in article.aliases]
    assert len(store.known("times", keys)) == 1200


def test_new_and_changed_articles_mark_old_and_new_categories(store: Store) -> None:
    article = make_article(1, categories=("local", "health"))
    store.save([make_outcome(article)], NOW)
    marks = store.dirty()
    assert set(marks) == {"all", "local", "health"}
    store.record([], marks)
    moved = replace(article, categories=("sport",), digest="moved")
    store.save([make_outcome(moved)], NOW)
    assert set(store.dirty()) == {"all", "local", "health", "sport"}


def test_what_did_not_change_marks_nothing(store: Store) -> None:
    article = make_article(1)
    store.save([make_outcome(article)], NOW)
    store.record([], store.dirty())
    listed = make_outcome(article, articles=())
    store.save([listed], NOW + HOUR)
    assert store.dirty() == {}


def test_an_article_is_filed_under_what_all_its_sources_say(store: Store) -> None:
    article = make_article(1, categories=("economy", "local"))
    theirs = replace(article, categories=("asia", "local"))
    store.save([make_outcome(article), make_outcome(theirs, source="agency")], NOW)
    [found] = held(store, "asia")
    assert found.categories == ("economy", "local", "asia")
    assert held(store, "local") == [found]
    mine = replace(article, categories=("sport",))
    store.save([make_outcome(mine)], NOW)
    assert held(store)[0].categories == ("sport", "asia", "local")


def test_filings_of_other_sources_follow_a_date_that_changes(store: Store) -> None:
    old, new = make_article(2), make_article(1)
    store.save([make_outcome(old, new), make_outcome(old, source="agency")], NOW)
    assert held(store, "local") == [new, old]
    newest = replace(old, published=NOW + HOUR, digest="dated")
    store.save([make_outcome(newest, source="agency")], NOW)
    assert held(store, "local") == [newest, new]


@pytest.mark.parametrize(
    "reference",
    [
        f"{7:032x}",
        "https://news.example/7",
        "http://www.news.example/7#comments",
    ],
    ids=["id", "address", "the same address, written otherwise"],
)
def test_an_article_is_found_by_reference(store: Store, reference: str) -> None:
    article = make_article(7)
    store.save([make_outcome(article)], NOW)
    assert store.find(reference) == article


@pytest.mark.parametrize(
    "reference", ["", "nothing", "https://news.example/8", "[", "http://[::1"]
)
def test_what_is_not_there_is_not_found(store: Store, reference: str) -> None:
    store.save([make_outcome(make_article(7))], NOW)
    assert store.find(reference) is None


def test_coverage_says_which_fields_a_source_gives(store: Store) -> None:
    image = Image(url="https://news.example/i.png")
    whole = make_article(1, image=image)
    bare = make_article(
        2, authors=(), content_text="", published_from=Origin.FIRST_SEEN
    )
    store.save([make_outcome(whole, bare), make_outcome(whole, source="agency")], NOW)
    agency, times = store.status().sources
    assert (agency.coverage.items, agency.coverage.image) == (1, 1.0)
    mine = times.coverage
    assert (mine.items, mine.date, mine.author, mine.image, mine.body) == (
        2, 0.5, 0.5, 0.5, 0.5,
    )  # fmt: skip
    assert times.visit.last_attempt is None


def test_listings_remember_when_an_article_was_first_and_last_listed(
    store: Store,
) -> None:
    article = make_article(1)
    store.save([make_outcome(article)], NOW)
    seen = make_outcome(articles=(), seen=[article.id])
    store.save([seen], NOW + HOUR)
    again = make_outcome(article, list_digests=[(article.id, "other")])
    later = NOW + 2 * HOUR
    store.save([again], later)
    row = store._database.read(
        lambda c: c.exec_driver_sql("SELECT first_seen, last_seen FROM listings").one()
    )
    assert row.last_seen - row.first_seen == 2 * HOUR / timedelta(microseconds=1)


def test_a_source_that_lists_what_another_stored_files_it_too(store: Store) -> None:
    """Reliability, case 58: the reading that came first stands, filed under both."""
    article = make_article(1, categories=("economy", "local"))
    store.save([make_outcome(article)], NOW)
    store.record([], store.dirty())
    listed = Outcome(
        source="agency",
        list_digests=[(article.id, "theirs")],
        filed=[(article.id, ("asia", "local"))],
        aliases=[(article.id, ("guid:agency:1", article.aliases[0]))],
    )
    store.save([listed], NOW)
    every_feed_that_names_them = {"all", "asia", "economy", "local"}
    assert set(store.dirty()) == every_feed_that_names_them
    assert held(store, "asia")[0].categories == ("economy", "local", "asia")
    known = store.known("agency", ["guid:agency:1"])["guid:agency:1"]
    assert (known.id, known.source) == (article.id, "times")
    assert (known.zone, known.published_from) == ("Asia/Shanghai", "meta")
    store.record([], store.dirty())
    store.save([listed], NOW)
    assert store.dirty() == {}
    store.save([replace(listed, filed=[(article.id, ())])], NOW)
    assert set(store.dirty()) == every_feed_that_names_them
    assert held(store)[0].categories == ("economy", "local")


def test_what_outcomes_file_stands_above_what_the_article_says(store: Store) -> None:
    article = make_article(1, categories=("local",))
    store.save([make_outcome(article, filed=[(article.id, ("b", "a", "b"))])], NOW)
    assert held(store)[0].categories == ("b", "a")


@pytest.mark.parametrize("together", [True, False], ids=["one-save", "two-saves"])
def test_of_two_visits_that_find_the_same_new_article_the_first_is_believed(
    store: Store, *, together: bool
) -> None:
    first = make_article(1, categories=("a",))
    second = make_article(
        1,
        source="other",
        categories=("b",),
        published=NOW - 5 * HOUR,
        first_seen=NOW + timedelta(seconds=1),
        digest="read otherwise",
    )
    outcomes = [make_outcome(first), make_outcome(second, source="other")]
    for batch in [outcomes] if together else [outcomes[:1], outcomes[1:]]:
        store.save(batch, NOW)
    assert held(store) == [replace(first, categories=("a", "b"))]
    assert [a.published for a in held(store, "b")] == [first.published]
    [known] = store.known("other", [second.aliases[1]]).values()
    assert (known.source, known.list_digest) == ("times", "listed read otherwise")
