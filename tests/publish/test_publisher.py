"""The tree follows store and configuration, and nothing is made without a cause."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from feedsvc.errors import Code, Fault, OutputError, Stage, StoreError
from feedsvc.model.article import Article
from feedsvc.model.config import Category, PublishSettings
from feedsvc.model.feed import Document, Edition
from feedsvc.model.visit import Outcome
from feedsvc.publish.publisher import Publisher
from tests.publish.world import (
    LOCAL,
    OPENING,
    SOURCE,
    SPORT,
    START,
    Counting,
    House,
    article,
    config,
)

FEEDS = {
    f"{lang}/{term}" for lang in ("zh", "en") for term in ("all", "local", "sport")
}
FILES = ("feed.rss", "feed.atom", "feed.json", "index.html")


def test_every_configured_category_stands_from_the_first_publish_on() -> None:
    h = House()
    report = h.publish()
    assert set(report.switched) == FEEDS
    assert h.output.folders() == FEEDS
    assert {f"{feed}/{name}" for feed in FEEDS for name in FILES} < set(
        h.output.bodies()
    )
    assert {"index.html", "zh/index.html", "en/index.html"} < set(h.output.bodies())
    terms = {f"categories/{term}" for term in ("all", "local", "sport")}
    assert terms < set(h.output.bodies())
    assert {h.updated(path) for path in FEEDS} == {OPENING}
    assert b"2026-01-01T00:00:00" in h.output.bodies()["en/local/feed.atom"]
    assert report.size > 0
    assert not report.failed
    assert h.store.dirty() == {}


def test_a_second_publication_renders_and_writes_nothing() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    before = h.output.bodies()
    report = h.publish()
    assert (report.switched, report.size, report.faults) == ((), 0, ())
    assert (h.output.switches, h.output.placed) == ([], [])
    assert h.output.bodies() == before


def test_a_restart_writes_nothing() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    h.reopen(h.config)
    assert h.publish().size == 0
    assert (h.output.switches, h.output.placed) == ([], [])


def test_a_feed_that_changes_twice_in_a_second_is_never_dated_ahead() -> None:
    h, paused = House(), list[float]()

    def pause(seconds: float) -> None:
        paused.append(seconds)
        h.now += timedelta(seconds=seconds)

    one = article(1)
    h.keep(one)
    publisher = Publisher(h.config, h.store, h.output, lambda: h.now, pause)
    publisher.publish()
    h.now = START + timedelta(seconds=1.25)
    h.store.hide(one.id, h.now)
    publisher.publish()
    assert (h.updated("en/local"), paused) == (START + timedelta(seconds=1), [])
    h.now += timedelta(seconds=0.25)
    h.store.unhide(one.id)
    publisher.publish()
    assert (h.updated("en/local"), paused) == (START + timedelta(seconds=2), [0.5])
    h.now -= timedelta(hours=1)  # nobody waits for a clock that was set back
    h.store.hide(one.id, h.now)
    publisher.publish()
    assert paused == [0.5]


def test_what_a_killed_publication_dated_is_not_dated_anew() -> None:
    h = House()
    one = article(1)
    h.keep(one)
    h.publish()
    h.store.hide(one.id, h.now)

    def execute(statement: str) -> None:
        h.store._database.write(lambda c: c.exec_driver_sql(statement))

    execute(
        "CREATE TRIGGER full BEFORE INSERT ON published"
        " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    with pytest.raises(StoreError):
        h.publish()
    execute("DROP TRIGGER full")
    stood = h.output.dates()["en/local/feed.atom"]
    h.now += timedelta(hours=1)
    h.reopen(h.config)
    h.publish()
    assert h.output.dates()["en/local/feed.atom"] == h.updated("en/local") == stood


def test_only_feeds_that_hold_what_changed_are_rendered() -> None:
    h = House()
    h.publish()
    h.keep(article(1))  # an English article: no Chinese feed holds it
    report = h.publish()
    assert set(report.switched) == {"en/all", "en/local"}
    assert set(h.output.switches) == {"en/all", "en/local"}
    assert b"Story 1" in h.output.bodies()["en/local/feed.rss"]


def test_everything_renders_all_and_writes_nothing_new() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    before, dates = h.output.bodies(), h.output.dates()
    report = h.publish(everything=True)
    assert set(h.output.switches) == FEEDS
    assert (report.switched, report.size) == ((), 0)
    assert (h.output.bodies(), h.output.dates()) == (before, dates)


def test_everything_leaves_nothing_to_be_done_again() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    h.publish(everything=True)
    assert h.store.dirty() == {}


def test_a_feed_knows_its_entries_and_bytes() -> None:
    h = House()
    h.keep(article(1), article(2))
    h.publish()
    stands = h.store.published()["en/local"]
    bodies = h.output.bodies()
    assert stands.entries == 2
    assert stands.size == sum(len(bodies[f"en/local/{name}"]) for name in FILES)
    h.publish(everything=True)
    assert h.store.published()["en/local"] == stands


def test_a_feeds_date_is_that_of_its_newest_change() -> None:
    h = House()
    one = article(3)
    h.keep(one, article(5))
    h.publish()
    assert h.updated("en/local") == START - timedelta(hours=3)
    h.change(one, title="Story 3, corrected")
    seen = h.now
    h.publish()
    assert h.updated("en/local") == seen
    assert h.output.dates()["en/local/feed.atom"] == seen


def test_an_old_article_that_arrives_moves_the_date_to_its_arrival() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    h.now += timedelta(hours=2)
    h.keep(article(30, first_seen=h.now))
    h.publish()
    assert h.updated("en/local") == h.now - timedelta(minutes=1)


def test_a_date_moves_forward_even_when_the_clock_does_not() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    before = h.updated("en/local")
    h.now = START - timedelta(days=9)
    h.reopen(config((replace(LOCAL, title={"zh": "本地", "en": "Nearby"}), SPORT)))
    h.publish()
    assert h.updated("en/local") == before + timedelta(seconds=1)


def test_a_new_label_moves_only_the_feeds_that_show_it() -> None:
    h = House()
    h.keep(article(1, categories=("local",)), article(2, categories=("sport",)))
    h.publish()
    dates = {path: h.updated(path) for path in FEEDS}
    h.reopen(config((LOCAL, replace(SPORT, title={"zh": "体育", "en": "Games"}))))
    report = h.publish()
    assert set(report.switched) == {"en/all", "en/sport"}
    for path in FEEDS:
        moved = path in report.switched
        assert h.updated(path) == (h.now if moved else dates[path])
    assert b"Games" in h.output.bodies()["en/index.html"]


@pytest.mark.parametrize(
    "edited",
    [
        config(sources=(replace(SOURCE, name={"en": "The River"}),)),
        config(sources=(replace(SOURCE, rights="© River"),)),
        config(title={"zh": "河", "en": "Rivers"}),
        config(publish=PublishSettings(byline=False)),
        config(publish=PublishSettings(content="summary")),
    ],
    ids=["source's name", "rights", "site's title", "byline", "content"],
)
def test_what_a_feed_shows_of_the_configuration_is_followed(edited: object) -> None:
    h = House()
    h.keep(article(1, summary="In short."))
    h.publish()
    h.reopen(edited)  # type: ignore[arg-type]  # a Config: parametrize tells mypy nothing
    assert "en/local" in h.publish().switched
    assert h.updated("en/local") == h.now


def test_a_password_in_a_sources_address_is_never_published() -> None:
    private = replace(SOURCE, url="https://me:secret@news.example.org/feed.xml")
    h = House(config(sources=(private,)))
    h.keep(article(1))
    h.publish()
    assert b"https://news.example.org/feed.xml" in h.output.bodies()["en/all/feed.rss"]
    assert not [path for path, body in h.output.bodies().items() if b"secret" in body]


def test_an_edit_that_no_feed_shows_changes_no_feed() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    h.reopen(config(sources=(replace(SOURCE, every=None, robots=False),)))
    assert h.publish().switched == ()
    assert h.output.placed == []


def test_an_edited_category_files_articles_anew() -> None:
    h = House()
    h.keep(article(1, section="Rowing", categories=()))
    h.publish()
    assert h.store.published()["en/sport"].entries == 0
    h.reopen(config((LOCAL, replace(SPORT, sections=("Rowing",)))))
    report = h.publish()
    assert {"en/all", "en/sport"} <= set(report.switched)
    assert h.store.published()["en/sport"].entries == 1
    assert h.store.published()["en/local"].entries == 0


def test_articles_of_a_source_no_longer_configured_stay() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    h.reopen(config(sources=()))
    h.publish()
    assert h.store.published()["en/local"].entries == 1


def test_a_new_category_stands_at_once() -> None:
    h = House()
    h.publish()
    h.reopen(config((LOCAL, SPORT, Category(key="health"))))
    assert {"zh/health", "en/health"} <= set(h.publish().switched)


def test_a_lost_folder_is_restored_byte_for_byte() -> None:
    h = House()
    h.keep(article(1))
    h.publish()
    before, dates = h.output.bodies(), h.output.dates()
    h.output = Counting()  # the disk was lost, the database was not
    h.reopen(h.config)
    h.publish()
    assert (h.output.bodies(), h.output.dates()) == (before, dates)


class Failing(Counting):
    """An output whose disk refuses some names for now."""

    refused: frozenset[str] = frozenset()

    def switch(self, folder: str, documents: Sequence[Document]) -> int:
        self._refuse({folder})
        return super().switch(folder, documents)

    def place(self, documents: Sequence[Document]) -> int:
        self._refuse({document.name for document in documents})
        return super().place(documents)

    def _refuse(self, names: set[str]) -> None:
        for name in names & self.refused:
            args = {"path": name, "detail": "no space left"}
            raise OutputError(
                Fault(code=Code.E_OUTPUT, stage=Stage.OUTPUT, place=name, args=args)
            )


def test_a_feed_that_fails_keeps_what_stood_and_stays_dirty() -> None:
    output = Failing()
    h = House(output=output)
    h.publish()
    before = output.bodies()["en/local/feed.rss"]
    output.refused = frozenset({"en/local"})
    h.keep(article(1))
    report = h.publish()
    assert report.failed
    assert [(f.code, f.place) for f in report.faults] == [("E_OUTPUT", "en/local")]
    assert report.switched == ("en/all",)
    assert output.bodies()["en/local/feed.rss"] == before
    assert set(h.store.dirty()) == {"local"}
    output.refused = frozenset()
    report = h.publish()
    assert report.switched == ("en/local",)
    assert h.store.dirty() == {}


def test_a_page_that_fails_is_placed_next_time() -> None:
    output = Failing()
    h = House(output=output)
    output.refused = frozenset({"en/index.html"})
    report = h.publish()
    assert set(report.switched) == FEEDS
    assert report.failed
    output.refused = frozenset()
    report = h.publish()
    assert (report.switched, report.failed) == ((), False)
    assert "en/index.html" in output.bodies()
    assert h.store.dirty() == {}


def test_a_feed_that_cannot_be_built_costs_the_others_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    h = House()
    h.keep(article(1, zone="Nowhere/Never", categories=("sport",)))
    h.keep(article(2, language="zh", categories=("sport",)))
    with caplog.at_level(logging.ERROR):
        report = h.publish()
    assert {f.code for f in report.faults} == {"E_RENDER"}
    places = {"en/all", "en/sport", "en/news-sitemap.xml"}
    assert {f.place for f in report.faults} == places
    assert set(report.switched) == FEEDS - {"en/all", "en/sport"}
    assert set(h.store.dirty()) == {"all", "sport"}
    assert "Traceback" in caplog.text


def test_an_article_that_moves_on_while_feeds_are_made_is_not_lost() -> None:
    h = House()
    h.publish()

    class Meanwhile(Counting):
        def switch(self, folder: str, documents: Sequence[Document]) -> int:
            if folder == "en/local" and b"Story 2" not in documents[0].body:
                h.keep(article(2))
            return super().switch(folder, documents)

    h.output = Meanwhile()
    h.keep(article(1))
    h.reopen(h.config)
    h.publish()
    h.publish()
    assert h.store.published()["en/local"].entries == 2
    assert h.store.dirty() == {}


class Refusing:
    """A store that cannot be read in the midst of a publication."""

    def __init__(self, h: House) -> None:
        self._store = h.store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def newest(self, _edition: Edition) -> Sequence[Article]:
        raise StoreError(Fault(code=Code.E_DB_BUSY, stage=Stage.STORE))


def test_what_the_store_refuses_ends_the_publication() -> None:
    h = House()
    refusing = Publisher(h.config, Refusing(h), h.output, lambda: h.now)  # type: ignore[arg-type]  # it has what its __getattr__ gives
    with pytest.raises(StoreError):
        refusing.publish()
    assert set(h.publish().switched) == FEEDS


def test_what_is_hidden_leaves_its_feeds_and_a_tombstone_in_atom() -> None:
    h = House()
    h.keep(article(1), article(2))
    h.publish()
    h.store.hide(article(2).id, START)
    assert set(h.publish().switched) == {"en/all", "en/local"}
    bodies = h.output.bodies()
    tag = f"tag:example.org,2026:{article(2).id}"
    stone = f'<at:deleted-entry ref="{tag}" when="{START.isoformat()}"/>'
    for feed in ("en/all", "en/local"):
        assert b"Story 2" not in bodies[f"{feed}/feed.rss"]
        assert tag.encode() not in bodies[f"{feed}/feed.json"]
        assert bodies[f"{feed}/feed.atom"].count(tag.encode()) == 1
        assert stone.encode() in bodies[f"{feed}/feed.atom"]
    h.store.unhide(article(2).id)
    h.publish()
    assert b"deleted-entry" not in h.output.bodies()["en/all/feed.atom"]


def test_a_full_feed_keeps_no_tombstone_older_than_its_entries() -> None:
    h = House(config(publish=PublishSettings(items=2)))
    h.keep(article(1), article(2), article(3), article(4))
    h.store.hide(article(1).id, START)
    h.store.hide(article(4).id, START)
    h.publish()
    atom = h.output.bodies()["en/all/feed.atom"]
    assert article(1).id.encode() in atom
    assert article(4).id.encode() not in atom


def test_a_feed_keeps_no_more_tombstones_than_it_may_have_entries() -> None:
    h = House(config(publish=PublishSettings(items=5)))
    h.keep(*(article(n) for n in range(1, 13)))
    gone = [article(n).id for n in range(2, 13)]
    for n, one in enumerate(gone):
        at = h.now + timedelta(minutes=n)
        h.store.save([Outcome(source="river", withdrawn=[one])], at)
    h.publish()
    feed = etree.fromstring(h.output.bodies()["en/local/feed.atom"])
    stones = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    told = [stone.get("ref", "")[-32:] for stone in stones]
    assert told == gone[-5:][::-1]


def test_a_clock_that_was_ahead_dates_no_feed_that_changes_afterwards() -> None:
    """reliability.md, 88."""
    h = House()
    h.keep(article(1))
    h.publish()
    right = h.now
    h.now += timedelta(days=365)
    h.keep(article(2, first_seen=h.now))
    h.publish()
    assert h.updated("en/local") == h.now - timedelta(minutes=1)
    h.now = right
    for n in (3, 4):
        h.keep(article(n))
        h.publish()
        assert h.updated("en/local") == h.now
