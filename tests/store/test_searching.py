"""What searches find and what stands of feeds made on demand, alike on every database."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from feedsvc.errors import StoreError
from feedsvc.model.article import Article
from feedsvc.model.feed import Edition
from feedsvc.store import Store, ledger, open_store, searching, words
from feedsvc.store.engine import connect
from feedsvc.store.migrations.versions import r0011_search
from feedsvc.store.opening import MIGRATIONS
from feedsvc.store.schema import articles
from tests.store.samples import NOW, make_article, make_outcome

LATER = NOW + timedelta(hours=1)
COAL = make_article(1, title="阳泉举办煤炭博览会", keywords=("能源",))
CHAIR = make_article(2, title="國家主席訪問", language="zh-Hant", outlet="Shanxi Daily")
PARTY = make_article(
    3, title="A party for COVID-19", language="en", content_text="Nurses in Datong."
)
RIVER = make_article(4, title="汾河", content_text="国家的主席台在家主楼。山西 日报")


def edition(query: str | None = None, **fields: Any) -> Edition:
    usual: dict[str, Any] = {"category": "all", "include_all": True, "items": 50}
    return Edition(language="zh", query=query, **(usual | fields))


def index(store: Store) -> None:
    while store.index():
        pass


def find(store: Store, query: str, **fields: Any) -> list[int]:
    """The numbers of what a query finds, in order."""
    index(store)
    return [int(a.id, 16) for a in store.newest(edition(query, **fields))]


@pytest.fixture
def kept(store: Store) -> Store:
    store.save([make_outcome(COAL, CHAIR, PARTY, RIVER)], NOW)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("阳泉", [1]),
        ("陽泉", [1]),
        ("泉", [1]),
        ("会", [1]),
        ("国家", [2, 4]),
        ("國家主席", [2]),
        ("席", [2, 4]),
        ("能源", [1]),
        ("王小明", [1, 2, 3, 4]),
        ("shanxi daily", [2]),
        ("ＰＡＲＴＹ", [3]),
        ("part", []),
        ("art", []),
        ("covid-19", [3]),
        ("covid-1", []),
        ("datong nurses", [3]),
        ("阳泉 datong", []),
        ("山西日报", []),
        ("没有", []),
        ("阳 煤炭", [1]),
        ("字" * 200, []),
        (" ".join(f"w{n}" for n in range(50)), []),
    ],
)
def test_all_words_are_found_wherever_readers_meet_them(
    kept: Store, query: str, found: list[int]
) -> None:
    assert find(kept, query) == found


HOSTILE = [
    '"', "'", '阳泉" OR "', "阳泉' | '国家", "a:* & !b", "NEAR(阳泉 国家)", "阳泉*",
    "{title}:阳泉", "-阳泉", "^阳泉", "阳泉; DROP TABLE words", "\\阳泉\\", "阳泉\0",
    "%阳泉%", "_", ":terms", "AND OR NOT", "\ud800", "<->", "((((((((阳泉",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_syntax(kept: Store, query: str) -> None:
    assert find(kept, f"汾河 {query}") in ([], [4])


@pytest.mark.parametrize("query", ["阳泉", "王小明"])
def test_what_readers_do_not_see_is_not_found_and_leaves_a_tombstone(
    kept: Store, query: str
) -> None:
    before = find(kept, query)
    kept.hide(COAL.id, LATER)
    assert find(kept, query) == [n for n in before if n != 1]
    gone = kept.gone(edition(query), NOW - timedelta(days=1))
    assert [one.id for one in gone] == [COAL.id]
    assert kept.gone(edition("汾河"), NOW - timedelta(days=1)) == []
    kept.unhide(COAL.id)
    assert find(kept, query) == before


def test_a_new_version_is_found_by_its_own_words_alone(kept: Store) -> None:
    assert find(kept, "阳泉") == [1]
    changed = replace(COAL, title="大同", digest="other", updated=LATER)
    kept.save([make_outcome(changed)], LATER)
    assert find(kept, "阳泉") == []
    assert find(kept, "大同") == [1]


def test_a_change_between_reading_and_indexing_is_indexed_by_the_next_round(
    kept: Store,
) -> None:
    waiting = kept._database.read(lambda c: words.waiting(c, 100))
    changed = replace(COAL, title="大同", digest="other", updated=LATER)
    kept.save([make_outcome(changed)], LATER)
    rows = searching.prepared(waiting)
    kept._database.write(lambda c: words.add(c, rows))
    assert len(kept._database.read(lambda c: words.waiting(c, 100))) == 1
    assert find(kept, "大同") == [1]
    assert find(kept, "阳泉") == []


def test_the_order_is_that_of_every_feed_and_the_newest_fill_it(store: Store) -> None:
    day = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    articles = [
        make_article(n, published=day, first_seen=NOW + timedelta(minutes=n % 3))
        for n in range(30)
    ]
    store.save([make_outcome(*articles)], NOW)
    every = [int(a.id, 16) for a in store.newest(edition())]
    assert find(store, "标题") == every
    assert find(store, "标题", items=7) == every[:7]


def test_terms_that_stand_apart_do_not_crowd_out_what_is_meant(store: Store) -> None:
    apart = [make_article(n, content_text="国家 家主 主席") for n in range(60)]
    meant = make_article(99, content_text="国家主席")
    store.save([make_outcome(*apart, meant)], NOW)
    assert find(store, "国家主席") == [99]


def test_a_category_bounds_what_is_found(kept: Store) -> None:
    sport = make_article(5, title="阳泉马拉松", categories=("sport",))
    filed = [(sport.id, ("sport",))]
    kept.save([make_outcome(sport, filed=filed)], NOW)
    kept.save([make_outcome(filed=[(COAL.id, ("local",))])], NOW)
    assert find(kept, "阳泉") == [1, 5]
    assert find(kept, "阳泉", category="sport") == [5]
    assert find(kept, "阳泉", category="local") == [1]


def test_a_source_holds_what_it_lists_whoever_was_first(store: Store) -> None:
    store.save([make_outcome(COAL, CHAIR)], NOW)
    second = make_outcome(source="second", list_digests=[(CHAIR.id, "x")], articles=[])
    store.save([second, make_outcome(make_article(7, "second"), source="second")], NOW)
    held = store.newest(edition(source="second"))
    assert [int(a.id, 16) for a in held] == [2, 7]
    store.hide(CHAIR.id, LATER)
    assert [a.id for a in store.newest(edition(source="second"))] == [f"{7:032x}"]
    gone = store.gone(edition(source="second"), NOW - timedelta(days=1))
    assert [one.id for one in gone] == [CHAIR.id]
    assert store.newest(edition(source="nobody")) == []


def test_batches_index_everything_and_then_say_so(store: Store) -> None:
    many = [make_article(n) for n in range(searching.BATCH + 20)]
    store.save([make_outcome(*many)], NOW)
    assert store.index()
    assert not store.index()
    assert len(find(store, "标题", items=500)) == len(many)


def test_two_under_one_number_are_told_apart_by_their_texts(store: Store) -> None:
    def numbers(article: Article) -> dict[int, str]:
        tried = map(str, range(5_000))
        return {words.number(article.id, d, NOW): d for d in tried}

    here, there = numbers(COAL), numbers(RIVER)
    [shared, *_] = here.keys() & there.keys()
    one = replace(COAL, published=NOW, digest=here[shared])
    other = replace(RIVER, published=NOW, digest=there[shared])
    store.save([make_outcome(one, other)], NOW)
    assert find(store, "阳泉") == [1]
    assert find(store, "汾河") == [4]
    assert find(store, "阳泉 汾河") == []


def test_every_change_that_readers_see_moves_the_mark(kept: Store) -> None:
    marks = [kept.change()]
    steps: list[Any] = [
        lambda: kept.save([make_outcome(make_article(8))], NOW),
        lambda: kept.hide(COAL.id, LATER),
        lambda: kept.unhide(COAL.id),
        lambda: kept.save([make_outcome(filed=[(CHAIR.id, ("sport",))])], NOW),
        lambda: kept.mark(["all"]),
    ]
    for step in steps:
        step()
        marks.append(kept.change())
    assert marks == sorted(set(marks))
    kept.index()
    kept.record((), kept.dirty())
    assert kept.change() == marks[-1]


def test_a_date_is_kept_with_its_content(store: Store) -> None:
    def date(told: datetime, stood: datetime | None) -> datetime:
        seen.append(stood)
        return told

    seen: list[datetime | None] = []
    first, second = NOW.replace(microsecond=0), LATER.replace(microsecond=0)
    settle = partial(store.settle, f"zh/search?q={'x' * 2000}", now=NOW)
    assert settle("a", partial(date, first)) == first
    assert settle("a", partial(date, second)) == first
    assert settle("b", partial(date, second)) == second
    assert seen == [None, first]


def test_feeds_that_changed_long_ago_are_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedsvc.store.asking._MOST", 3)
    for n in range(5):
        at = NOW + timedelta(minutes=n)
        store.settle(f"{n}", "a", lambda _: NOW, at)
    asked = store._database.read(
        lambda c: list(c.exec_driver_sql("SELECT path FROM asked").scalars())
    )
    assert sorted(asked) == ["2", "3", "4"]


@pytest.mark.parametrize("kind", ["file", "postgresql"])
def test_what_an_older_release_stored_is_found_without_a_command(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = "sqlite" if kind == "file" else request.getfixturevalue("database")

    def older(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, r0011_search.down_revision)
        known = {c["name"] for c in inspect(connection).get_columns("articles")}
        row = {k: v for k, v in ledger._row(COAL).items() if k in known}
        connection.execute(articles.insert().values(row))

    place = f"sqlite:///{tmp_path / 'feedsvc.db'}" if kind == "file" else url
    before = connect(place, patience=5)
    before.write(older)
    before.close()
    upgraded = open_store(url, tmp_path)
    assert find(upgraded, "阳泉") == [1]
    upgraded.close()


def test_who_stands_beside_makes_nothing_and_leaves_checkpoints(
    tmp_path: Path,
) -> None:
    with pytest.raises(StoreError):
        open_store("sqlite", tmp_path, beside=True, make=False)
    assert list(tmp_path.iterdir()) == []
    first = open_store("sqlite", tmp_path)
    first.save([make_outcome(COAL)], NOW)
    second = open_store("sqlite", tmp_path, beside=True, make=False)
    assert find(second, "阳泉") == [1]
    asked = "PRAGMA wal_autocheckpoint"
    for store, pages in ((first, 1000), (second, 0)):
        found = store._database.write(lambda c: c.exec_driver_sql(asked).scalar())
        assert found == pages
    second.close()
    first.close()
