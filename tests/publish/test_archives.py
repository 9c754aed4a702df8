"""Archives (RFC 5005 §4): full, unchanging, in order of entry; nobody misses an item."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from feedsvc.model.article import Article
from feedsvc.model.config import Category, PublishSettings
from feedsvc.model.feed import Document
from feedsvc.model.visit import Outcome
from feedsvc.output import open_output
from feedsvc.output.files import refusal
from feedsvc.publish.publisher import Publisher
from feedsvc.store import Store
from tests.publish.aggregator import GONE, Aggregator, ids, links
from tests.publish.world import (
    LOCAL,
    SPORT,
    START,
    Counting,
    House,
    article,
    config,
)

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/schema/atom.rng"
FEED = "en/local"
AT = 'xmlns:at="http://purl.org/atompub/tombstones/1.0"'
FH = "{http://purl.org/syndication/history/1.0}archive"


def came(n: int, **fields: Any) -> Article:
    """The n-th article, first seen n minutes after the beginning, when it came out."""
    at = START + timedelta(minutes=n)
    return article(n, **({"published": at, "updated": at, "first_seen": at} | fields))


def backdated(n: int, **fields: Any) -> Article:
    """The same, of which the source says that it is years old."""
    at = START - timedelta(days=900 + n)
    return came(n, **({"published": at, "updated": at} | fields))


def tag(n: int) -> str:
    return f"tag:example.org,2026:{n:032x}"


def tags(numbers: Iterable[int]) -> list[str]:
    return [tag(n) for n in numbers]


def current(h: House, path: str = FEED) -> etree._Element:
    return etree.fromstring(h.output.bodies()[f"{path}/feed.atom"])


def archive(h: House, n: int, path: str = FEED) -> etree._Element:
    return etree.fromstring(h.output.archives(path)[n])


def house(count: int, **publish: Any) -> House:
    """A house that has published so many articles, one after the other."""
    h = House(config(publish=PublishSettings(**publish)))
    h.keep(*(came(n) for n in range(1, count + 1)))
    h.now = START + timedelta(days=1)
    h.publish()
    return h


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 99, 100, 149, 230])
def test_only_full_documents_stand_and_the_feed_holds_what_is_in_none(
    count: int,
) -> None:
    h = house(count)
    full = count // 50
    assert list(h.output.archives(FEED)) == list(range(1, full + 1))
    for n in range(1, full + 1):
        assert ids(archive(h, n)) == tags(range(50 * n - 49, 50 * n + 1))
    first = max(1, min(count - 49, 50 * full + 1))
    assert ids(current(h)) == tags(range(count, first - 1, -1))


@pytest.mark.parametrize("items", [10, 120])
def test_the_feed_holds_at_least_as_many_as_configured(items: int) -> None:
    h = house(149, items=items)
    assert ids(current(h)) == tags(range(149, 149 - max(items, 49), -1))
    page = h.output.bodies()[f"{FEED}/index.html"].decode()
    assert page.count("https://news.example.org/") == items


def test_what_enters_late_stands_where_it_entered_whatever_its_date() -> None:
    h = house(40)
    h.keep(backdated(41))
    h.publish()
    assert ids(current(h))[-1] == tag(41)
    h.keep(*(came(n) for n in range(42, 62)))
    h.publish()
    assert ids(archive(h, 1)) == tags(range(1, 51))
    assert tag(41) not in ids(current(h))


def test_a_flood_of_old_articles_fills_documents_at_once() -> None:
    h = house(0)
    h.keep(*(backdated(n) for n in range(1, 431)))
    h.publish()
    assert len(h.output.archives(FEED)) == 8
    assert len(ids(current(h))) == 50 + 30


def test_documents_are_linked_from_the_newest_to_the_first() -> None:
    h = house(160)
    base = f"https://feeds.example.org/{FEED}"
    page = f"{base}/"
    assert links(current(h))["prev-archive"] == f"{base}/archive/3.atom"
    for n in (3, 2, 1):
        before = f"{base}/archive/{n - 1}.atom"
        assert links(archive(h, n)) == {
            "self": f"{base}/archive/{n}.atom",
            "current": f"{base}/feed.atom",
            "alternate": page,
            **({"prev-archive": before} if n > 1 else {}),
        }
        assert archive(h, n).find(FH) is not None
    assert current(h).find(FH) is None
    bodies = h.output.bodies()
    told = (
        f'rel="prev-archive" type="application/atom+xml" href="{base}/archive/3.atom"'
    )
    assert told.encode() in bodies[f"{FEED}/feed.rss"]
    assert (
        f'"prev_archive": "{base}/archive/3.atom"'.encode()
        in bodies[f"{FEED}/feed.json"]
    )


def test_without_atom_the_current_feed_is_another() -> None:
    h = house(60, formats=("json", "rss"))
    told = links(archive(h, 1))
    assert told["current"] == f"https://feeds.example.org/{FEED}/feed.json"


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en"])
def test_documents_are_valid_and_dated_by_their_content(language: str) -> None:
    h = House(config(languages=("zh", "en", "zh-Hant")))
    written = language.partition("-")[0]
    h.keep(*(came(n, language=written, title="汾河涨水") for n in range(1, 60)))
    h.publish()
    path = f"{language}/local"
    body = h.output.archives(path)[1]
    feed = etree.fromstring(body)
    if SCHEMA.is_file():
        etree.RelaxNG(etree.parse(SCHEMA)).assertValid(feed)
    read = feedparser.parse(body)
    assert not read.bozo
    assert read.feed.updated == came(50).first_seen.isoformat()
    own = "/zh-Hant" if language == "zh-Hant" else ""
    assert [entry.id for entry in read.entries] == [
        f"{one}{own}" for one in tags(range(1, 51))
    ]
    assert read.feed.id == etree.fromstring(
        h.output.bodies()[f"{path}/feed.atom"]
    ).findtext("{*}id")


def test_a_full_document_never_changes() -> None:
    """Not by edits, labels, refilings, withdrawals, restarts or another address."""
    h = house(120)
    before = h.output.archives(FEED)
    h.change(came(3), title="Corrected")
    h.keep(*(came(n) for n in range(200, 340)))
    h.publish()
    withdraw(h, came(5))
    h.store.save([Outcome(source="river", filed=[(came(7).id, ("sport",))])], h.now)
    h.publish()
    edited = replace(LOCAL, title={"zh": "本市", "en": "Our town"})
    h.reopen(config((edited, SPORT), title={"zh": "河", "en": "Rivers"}))
    h.publish()
    h.publish(everything=True)
    after = h.output.archives(FEED)
    assert len(after) > len(before) == 2
    assert {n: after[n] for n in before} == before


def withdraw(h: House, one: Article) -> None:
    """Let a recheck find that a page is no more."""
    h.store.save([Outcome(source=one.source, withdrawn=[one.id])], h.now)


def test_another_address_of_the_site_changes_nothing_but_addresses() -> None:
    h = house(60)
    before = h.output.archives(FEED)[1]
    h.reopen(config(base_url="https://other.example.net/news"))
    h.publish()
    there = before.replace(
        b"https://feeds.example.org/", b"https://other.example.net/news/"
    )
    assert h.output.archives(FEED)[1] == there != before


def test_a_later_edit_stands_in_the_feed_until_a_document_holds_it() -> None:
    h = house(100)
    before = h.output.archives(FEED)
    h.change(came(3), title="Corrected")
    h.publish()
    assert ids(current(h))[-1] == tag(3)
    assert b"Corrected" in h.output.bodies()[f"{FEED}/feed.rss"]
    h.change(came(3), title="Corrected twice")
    h.publish()
    assert ids(current(h)).count(tag(3)) == 1
    assert b"Corrected twice" in h.output.bodies()[f"{FEED}/feed.atom"]
    h.keep(*(came(n) for n in range(2000, 2049)))
    h.publish()
    assert tag(3) not in ids(current(h))
    after = h.output.archives(FEED)
    assert {n: after[n] for n in before} == before
    assert ids(archive(h, 3))[0] == tag(3)
    assert b"Corrected twice" in after[3]


def test_a_new_address_or_a_date_that_is_known_better_is_told_again() -> None:
    """Neither is of the text, by which an edit is known."""
    h = house(100)
    one = came(3)
    moved = "https://news.example.org/moved"
    h.keep(replace(one, url=moved, updated=h.now))
    h.publish()
    assert ids(current(h))[-1] == tag(3)
    assert moved.encode() in h.output.bodies()[f"{FEED}/feed.atom"]
    h.keep(*(came(n) for n in range(2000, 2049)))
    h.publish()
    assert moved.encode() in h.output.archives(FEED)[3]


def test_what_is_gone_later_has_a_tombstone_in_the_feed_then_in_a_document() -> None:
    h = house(100)
    before = h.output.archives(FEED)
    withdraw(h, came(3))
    h.publish()
    assert stones(current(h)) == [tag(3)]
    h.keep(*(came(n) for n in range(2000, 2051)))
    h.publish()
    assert stones(current(h)) == []
    assert stones(archive(h, 3)) == [tag(3)]
    assert len(ids(archive(h, 3))) == 50
    assert {n: h.output.archives(FEED)[n] for n in before} == before
    h.store.save([Outcome(source="river", returned=[came(3).id])], h.now)
    h.publish()
    assert tag(3) in ids(current(h))


def stones(feed: etree._Element) -> list[str]:
    return [str(one.get("ref")) for one in feed.findall(GONE)]


def archived_at(h: House, number: int) -> datetime:
    """The date of a document, as HTTP tells it."""
    found = h.output.find(f"{FEED}/archive/{number}.atom")
    assert found
    return found.updated


def test_what_is_hidden_leaves_its_document_a_tombstone_and_nothing_else() -> None:
    h = house(160)
    before, stood = h.output.archives(FEED), archived_at(h, 2)
    assert b"Text 60<" in before[2].replace(b"&lt;", b"<")
    h.store.hide(came(60).id, START)
    h.publish()
    assert h.output.kept == ["en/all/archive/2.atom", f"{FEED}/archive/2.atom"]
    after = h.output.archives(FEED)
    assert (after[1], after[3]) == (before[1], before[3])
    for told in (b"Story 60<", b"news.example.org/60<", b"Text 60"):
        assert told not in after[2]
    assert stones(archive(h, 2)) == stones(current(h)) == [tag(60)]
    assert ids(archive(h, 2)) == [x for x in tags(range(51, 101)) if x != tag(60)]
    lines = after[2].splitlines(), before[2].splitlines()
    since = archived_at(h, 2)
    assert since > stood
    assert [x for x in lines[0] if x not in lines[1]] == [
        f"  <updated>{since.isoformat()}</updated>".encode(),
        f'  <at:deleted-entry {AT} ref="{tag(60)}" when="{START.isoformat()}"/>'.encode(),
    ]
    h.store.unhide(came(60).id)
    h.publish()
    assert tag(60) in ids(current(h))
    assert h.output.archives(FEED) == after


def test_what_is_hidden_leaves_also_the_archives_of_where_it_stands_no_more() -> None:
    h = house(60)
    h.store.save([Outcome(source="river", filed=[(came(7).id, ("sport",))])], h.now)
    h.publish()
    h.store.hide(came(7).id, START)
    h.publish()
    for path in (FEED, "en/all"):
        assert b"Story 7<" not in h.output.archives(path)[1]


def test_whoever_was_away_for_three_months_gets_every_item_once() -> None:
    h = House()
    h.publish()
    away, faithful = (Aggregator(h.output, FEED) for _ in range(2))
    away.poll()
    chance = random.Random(20261126)
    shown: dict[int, str] = {}
    seen: dict[int, bytes] = {}
    for day in range(90):
        h.now = START + timedelta(days=day)
        live(h, day, chance, shown)
        h.publish()
        faithful.poll()
        archives = h.output.archives(FEED)
        changed = {n for n in seen if archives[n] != seen[n]}
        assert all(b"deleted-entry" in archives[n] for n in changed)
        seen = dict(archives)
    away.poll()
    assert len(seen) > 5
    told = {tag(n): title for n, title in shown.items()}
    for reader in (away, faithful):
        assert {i: title for i, (_, title) in reader.entries.items()} == told
        assert len(reader.got) == len(set(reader.got))
    assert set(away.got) <= set(faithful.got)


def live(h: House, day: int, chance: random.Random, shown: dict[int, str]) -> None:
    """A day of a newsroom; ``shown`` are the articles that stand, with their titles."""
    for n in range(10 * day, 10 * day + chance.randrange(10)):
        made = backdated if chance.random() < 0.2 else came
        h.keep(made(n, first_seen=h.now, position=n % 10))
        shown[n] = f"Story {n}"
    for n in chance.sample(sorted(shown), min(len(shown), 2)):
        match chance.randrange(6):
            case 0:
                h.store.hide(f"{n:032x}", h.now)
                del shown[n]
            case 1:
                withdraw(h, came(n))
                del shown[n]
            case 2 | 3:
                stored = h.store.find(f"{n:032x}")
                assert stored
                shown[n] = f"Story {n}, of day {day}"
                h.change(stored, title=shown[n])


def test_how_often_it_was_published_leaves_no_trace() -> None:
    many = [(backdated if n % 7 == 0 else came)(n) for n in range(1, 180)]
    at_once, bit_by_bit = House(), House()
    at_once.keep(*reversed(many))
    at_once.publish()
    for start in range(0, len(many), 13):
        bit_by_bit.keep(*many[start : start + 13])
        bit_by_bit.publish()
    for path in (FEED, "en/all"):
        assert at_once.output.archives(path) == bit_by_bit.output.archives(path)
    assert len(at_once.output.archives(FEED)) == 3


def test_a_lost_tree_is_restored_byte_for_byte() -> None:
    h = house(120)
    h.change(came(3), title="Corrected")
    h.publish()
    before = h.output.archives(FEED)
    h.output = Counting()
    h.reopen(config((replace(LOCAL, title={"en": "Town"}), SPORT)))
    h.publish()
    assert h.output.archives(FEED) == before


def test_everything_puts_back_only_what_is_missing() -> None:
    h = house(120)
    before = h.output.archives(FEED)
    h.publish(everything=True)
    assert h.output.kept == []
    del h.output._archives[FEED]["archive/1.atom"]
    h.publish(everything=True)
    assert h.output.kept == [f"{FEED}/archive/1.atom"]
    assert h.output.archives(FEED) == before


class Breaking(Counting):
    """An output that dies at a step."""

    step: str | None = None

    def archive(self, folder: str, documents: Iterable[Document]) -> int:
        self._die("before", folder)
        made = super().archive(folder, documents)
        self._die("between", folder)
        return made

    def switch(self, folder: str, documents: Any) -> int:
        self._die("switch", folder)
        return super().switch(folder, documents)

    def _die(self, step: str, folder: str) -> None:
        if (step, folder) == (self.step, FEED):
            raise refusal(folder, "killed")


@pytest.mark.parametrize("step", ["before", "between", "switch"])
def test_a_publication_that_is_cut_off_leaves_no_gap(step: str) -> None:
    output = Breaking()
    h = House(output=output)
    h.keep(*(came(n) for n in range(1, 41)))
    h.publish()
    reader = Aggregator(output, FEED)
    reader.poll()
    output.step = step
    h.keep(*(came(n) for n in range(41, 150)))
    assert h.publish().failed
    late = Aggregator(output, FEED)
    for one in (reader, late):
        one.poll()
        assert sorted(one.got) == tags(range(1, 41))
    output.step = None
    assert not h.publish().failed
    for one in (reader, late):
        one.poll()
        assert sorted(one.got) == tags(range(1, 150))
    assert list(output.archives(FEED)) == [1, 2]


class Killed(BaseException):
    """The end of a process."""


def test_whatever_step_the_store_dies_at_nothing_is_told_twice() -> None:
    whole = house(160).output.archives(FEED)
    left = 0
    while (h := died(left)) is not None:
        h.publish()
        assert h.output.archives(FEED) == whole, left
        assert ids(current(h)) == tags(range(160, 150, -1))
        left += 1
    assert left == 12


def died(left: int) -> House | None:
    """A house whose publication died after some writings; None if it needs no more."""
    h = House(config(publish=PublishSettings(items=10)))
    h.keep(*(came(n) for n in range(1, 161)))
    dying = Dying(h.store, left)
    try:
        Publisher(h.config, dying, h.output, lambda: h.now).publish()
    except Killed:
        return h
    return None


class Dying:
    """A store that dies before its n-th writing of a chronicle or an archive."""

    def __init__(self, store: Store, left: int) -> None:
        self._store = store
        self._left = left

    def __getattr__(self, name: str) -> Any:
        if name in {"enter", "seal", "placed", "record", "settled"}:
            if not self._left:
                raise Killed
            self._left -= 1
        return getattr(self._store, name)


def test_one_article_more_reads_no_archive_however_long_it_is() -> None:
    read = {count: reads_of_one_more(count) for count in (150, 600)}
    assert read[150] == read[600]
    assert read[150]["archive"] == 0


def reads_of_one_more(count: int) -> dict[str, int]:
    """How many articles, and archive documents, are read to publish one more."""
    h = house(count)
    counting = Reading(h.store)
    publisher = Publisher(h.config, counting, h.output, lambda: h.now)
    assert not publisher.publish().switched
    counting.read = dict.fromkeys(counting.read, 0)
    h.output.kept.clear()
    h.keep(came(5000))
    assert set(publisher.publish().switched) == {FEED, "en/all"}
    assert h.output.kept == []
    return counting.read


class Reading:
    """A store that counts what is read of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = dict.fromkeys(("newest", "among", "untold", "told"), 0)
        self.read["archive"] = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in self.read:
            return method

        def counted(*args: Any) -> Any:
            found = method(*args)
            self.read[name] += 1 if name == "archive" else len(found)
            return found

        return counted


def test_nothing_is_archived_when_nothing_happens() -> None:
    h = house(120)
    h.publish()
    h.reopen(h.config)
    h.publish()
    assert (h.output.kept, h.output.switches) == ([], [])
    h.keep(came(500, language="zh"))
    h.publish()
    assert (h.output.kept, h.output.switches) == ([], ["zh/all", "zh/local"])


def test_a_category_that_comes_back_has_its_archives_again() -> None:
    h = house(120)
    before = h.output.archives(FEED)
    h.reopen(config((SPORT,)))
    h.publish()
    assert h.output.archives(FEED) == {}
    h.store.hide(came(60).id, START)
    h.reopen(config((LOCAL, SPORT)))
    h.publish()
    after = h.output.archives(FEED)
    assert after[1] == before[1]
    assert stones(archive(h, 2)) == [tag(60)]


def test_a_new_category_begins_with_all_that_is_filed_under_it() -> None:
    h = House()
    h.keep(*(came(n, section="Wards", categories=()) for n in range(1, 121)))
    h.publish()
    h.reopen(config((LOCAL, SPORT, Category(key="health", sections=("Wards",)))))
    h.publish()
    assert ids(archive(h, 1, "en/health")) == tags(range(1, 51))
    assert len(h.output.archives("en/health")) == 2


def test_who_stands_behind_another_enters_when_he_steps_in() -> None:
    told = (
        "The river rose by 2.4 m in the night and the bridge at the mill stays closed. "
    )
    same = {"content_text": told * 3, "content_html": f"<p>{told * 3}</p>"}
    h = House(config((replace(LOCAL, dedupe="story"), SPORT)))
    h.keep(came(1, **same), came(2, **same), *(came(n) for n in range(3, 120)))
    h.publish()
    assert tag(2) not in ids(archive(h, 1)) + ids(archive(h, 2)) + ids(current(h))
    h.store.hide(came(1).id, START)
    h.publish()
    assert tag(2) in ids(current(h))
    assert stones(archive(h, 1)) == [tag(1)]


def test_what_is_released_enters_when_it_is() -> None:
    h = house(60)
    held = replace(
        came(5), id=f"{77:032x}", aliases=("x",), hold=refusal("x", "y").fault
    )
    h.keep(held)
    h.publish()
    assert tag(77) not in ids(current(h))
    h.store.release(held.id)
    h.publish()
    assert tag(77) in ids(current(h))
    assert len(h.output.archives(FEED)) == 1


def test_a_directory_keeps_what_memory_keeps(tmp_path: Path) -> None:
    h = house(120)
    output = open_output("public", tmp_path)
    again = House()
    again.keep(*(came(n) for n in range(1, 121)))
    Publisher(again.config, again.store, output, lambda: h.now).publish()
    for n, body in h.output.archives(FEED).items():
        path = tmp_path / "public" / FEED / "archive" / f"{n}.atom"
        assert path.read_bytes() == body
