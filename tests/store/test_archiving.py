"""Chronicles and archives are kept alike on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.model.archive import Archive, Change, Chronicle, Line
from feedsvc.model.article import Gone
from feedsvc.model.feed import ALL, Edition
from feedsvc.store import Store
from tests.store.samples import NOW, make_article, make_outcome

LATER = NOW + timedelta(hours=1)
PATH = "zh/local"
EDITION = Edition(language="zh", category="local", include_all=False, items=50)
ONE, TWO, THREE = (make_article(n) for n in (1, 2, 3))
BODY = b"<feed>\0/zh/local/</feed>" * 99


def line(number: int, archive: int | None = None) -> Line:
    article = make_article(number)
    version = article.updated
    return Line(number=number, article=article.id, version=version, archive=archive)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store of three articles, of which the first two were told, and one archived."""
    store.save([make_outcome(ONE, TWO, THREE)], NOW)
    store.enter(PATH, Change(added=(line(1), line(2))))
    made = Archive(number=1, body=BODY, updated=NOW)
    store.seal(PATH, made, [line(1, archive=1)])
    store.record((), store.dirty())
    store.settled(store.dirty().get(ALL, 10))
    return store


def test_a_chronicle_is_kept_in_its_order(kept: Store) -> None:
    assert list(kept.chronicle(PATH).opened) == [line(2)]
    told = kept.told(PATH, [ONE.id, TWO.id, THREE.id])
    assert (told[ONE.id].archive, told[TWO.id].archive) == (1, None)
    assert set(told) == {ONE.id, TWO.id}
    assert kept.told("en/local", [ONE.id]) == {}
    now = kept.chronicle(PATH)
    assert (now.last, now.archives) == (2, 1)
    assert kept.chronicle("en/local") == Chronicle(opened=(), last=0, archives=0)


def test_writing_again_changes_nothing(kept: Store) -> None:
    change = Change(added=(replace(line(3), number=3),), struck=(line(2),))
    for _ in range(2):
        kept.enter(PATH, change)
        assert list(kept.chronicle(PATH).opened) == [line(3)]
        assert kept.chronicle(PATH).last == 3


def test_the_last_line_about_an_article_counts(kept: Store) -> None:
    again = Line(number=7, article=ONE.id, version=None)
    kept.enter(PATH, Change(added=(again,)))
    assert kept.told(PATH, [ONE.id]) == {ONE.id: again}
    assert kept.chronicle(PATH).last == 7


def test_an_archive_is_kept_byte_for_byte(kept: Store) -> None:
    assert kept.archive(PATH, 1) == Archive(number=1, body=BODY, updated=NOW)


def test_where_archives_stand_is_known(kept: Store) -> None:
    assert kept.unplaced(PATH, "https://a.example") == [1]
    kept.placed(PATH, [1], "https://a.example")
    kept.placed(PATH, [], "https://a.example")
    assert kept.unplaced(PATH, "https://a.example") == []
    assert kept.unplaced(PATH, "https://b.example") == [1]
    kept.displaced(PATH, {1})
    assert kept.unplaced(PATH, "https://a.example") == []
    kept.displaced(PATH)
    assert kept.unplaced(PATH, "https://a.example") == [1]


def test_what_is_hidden_is_found_in_its_archive_until_it_is_out(kept: Store) -> None:
    asked = [ONE.id, TWO.id]
    assert kept.exposed(PATH, asked) == {}
    for one in (ONE, TWO):
        kept.hide(one.id, LATER)
    gone = Gone(id=ONE.id, language="zh", at=LATER)
    assert kept.exposed(PATH, asked) == {1: [gone]}
    kept.placed(PATH, [1], "x")
    kept.redact(PATH, Archive(number=1, body=b"less", updated=NOW), [ONE.id])
    assert kept.exposed(PATH, asked) == {}
    assert kept.archive(PATH, 1).body == b"less"
    assert kept.unplaced(PATH, "x") == [1]
    assert kept.told(PATH, [ONE.id])[ONE.id].version is None


def test_what_is_lost_is_told_with_its_moment(kept: Store) -> None:
    kept.hide(TWO.id, LATER)
    kept.save([make_outcome(withdrawn=[THREE.id])], NOW)
    assert {(one.id, one.at) for one in kept.lost([ONE.id, TWO.id, THREE.id])} == {
        (TWO.id, LATER),
        (THREE.id, NOW),
    }


def test_what_was_never_told_and_what_is_otherwise_now_is_untold(kept: Store) -> None:
    assert kept.untold(EDITION) == [THREE.id]
    assert kept.untold(replace(EDITION, language="en")) == []
    kept.save([make_outcome(replace(ONE, digest="new", updated=LATER))], LATER)
    assert kept.untold(EDITION) == [ONE.id, THREE.id]
    kept.hide(TWO.id, LATER)
    assert kept.untold(EDITION) == [ONE.id, TWO.id, THREE.id]


def test_articles_are_ordered_by_first_sight_place_and_id(store: Store) -> None:
    many = [
        make_article(1, first_seen=LATER),
        make_article(2, position=2),
        make_article(4, position=1),
        make_article(3, position=1),
    ]
    store.save([make_outcome(*many)], LATER)
    found = store.ordered(article.id for article in many)
    assert found == [make_article(n).id for n in (3, 4, 2, 1)]


def test_what_changes_is_touched_until_every_feed_knows(kept: Store) -> None:
    assert kept.touched() == set()
    kept.save([make_outcome(make_article(9))], NOW)
    mark = kept.dirty()[ALL]
    kept.hide(ONE.id, LATER)
    assert kept.touched() == {make_article(9).id, ONE.id}
    kept.settled(mark)
    assert kept.touched() == {ONE.id}
    kept.settled(kept.dirty()[ALL])
    assert kept.touched() == set()


def test_a_visit_that_finds_nothing_new_touches_nothing(kept: Store) -> None:
    kept.save([make_outcome(articles=[], seen=[ONE.id])], LATER)
    assert kept.touched() == set()


def test_what_is_hidden_marks_also_where_it_was_told_before(kept: Store) -> None:
    kept.save([make_outcome(articles=[], filed=[(ONE.id, ("sport",))])], LATER)
    kept.record((), kept.dirty())
    kept.hide(ONE.id, LATER)
    assert set(kept.dirty()) == {"all", "sport", "local"}
