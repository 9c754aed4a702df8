"""Operators read how all stands, and follow what breaks and recovers."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from feedsvc.edition.words import Words
from feedsvc.errors import Code
from feedsvc.model.status import KEPT, Incident, SourceRow
from feedsvc.render import operators
from tests.render import samples

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/schema/atom.rng"
SITE = samples.Site()
EN, ZH = Words.load("en"), Words.load("zh")


def health(*rows: SourceRow) -> bytes:
    return operators.health(replace(samples.standing(), sources=rows), SITE, EN)


def text(body: bytes) -> str:
    return " ".join(html.fromstring(body.decode()).text_content().split())


def test_what_is_wrong_stands_first_and_in_the_readers_words() -> None:
    for words, heading in ((EN, "What is wrong"), (ZH, "待处理")):
        told = text(operators.overview(samples.standing(), SITE, words))
        assert heading in told
        fault = samples.standing().sources[0].faults[0].fault
        assert words.fault(fault) in told
        assert told.index("E_NOT_FOUND") < told.index("zh/local")
        assert "E_CONNECT" not in told


def test_strangers_texts_are_no_markup() -> None:
    body = operators.overview(samples.standing(), SITE, EN)
    assert b"<b>nobody" not in body
    assert "<Garbled>" in text(body)


def test_where_nothing_is_wrong_that_is_said() -> None:
    well = replace(samples.standing(), sources=[samples.row("river")], held=())
    assert "Nothing is wrong at present." in text(operators.overview(well, SITE, EN))


def test_what_broke_and_what_recovered_are_entries_the_newest_first() -> None:
    found = feedparser.parse(health(*samples.standing().sources))
    assert not found.bozo
    assert [entry.title for entry in found.entries] == [
        "river: E_NOT_FOUND",
        "valley: recovered (E_CONNECT)",
        "valley: E_CONNECT",
    ]
    assert found.feed.links[0].href == f"{samples.BASE}/ops/health.atom"
    assert found.feed.updated == found.entries[0].updated
    assert "https://river.example/news/?a=1&b=2: " in found.entries[0].summary


def test_a_recovery_adds_an_entry_and_touches_none() -> None:
    broken = samples.incident(Code.E_CONNECT, "https://valley.example/", 30)
    over = replace(broken, cleared_at=broken.at + timedelta(hours=2))
    before = feedparser.parse(health(samples.row("valley", "failed", broken)))
    after = feedparser.parse(health(samples.row("valley", "ok", over)))
    assert len(after.entries) == 2
    for name in ("id", "title", "updated", "summary"):
        assert after.entries[1][name] == before.entries[0][name]


@pytest.mark.parametrize("rows", [(), samples.standing().sources], ids=["none", "some"])
def test_the_feed_is_atom_and_the_same_every_time(rows: list[SourceRow]) -> None:
    assert health(*rows) == health(*rows)
    if not SCHEMA.is_file():
        pytest.skip("needs ../shared/schema/atom.rng")
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(health(*rows)))


def failing(hours: int, over: int | None = None) -> list[Incident]:
    """A source that failed every hour, from so many hours before noon on."""
    url = "https://river.example/"
    last = over or 0
    return [
        samples.incident(Code.E_CONNECT, url, hour, over)
        for hour in range(last, hours + 1)
    ]


def test_a_source_that_goes_on_failing_broke_once() -> None:
    row = samples.row("river", "failed", *failing(5))
    [entry] = feedparser.parse(health(row)).entries
    assert entry.title == "river: E_CONNECT"
    assert entry.updated.startswith("2026-11-23T23:00:00")
    before = feedparser.parse(health(samples.row("river", "failed", *failing(5)[1:])))
    assert entry.id == before.entries[0].id
    told = text(
        operators.overview(replace(samples.standing(), sources=[row]), SITE, EN)
    )
    assert told.count("E_CONNECT") == 1


def test_what_was_forgotten_does_not_break_anew() -> None:
    whole = failing(KEPT + 5)
    remembered = samples.row("river", "failed", *whole[:KEPT])
    assert feedparser.parse(health(remembered)).entries == []


def test_two_outages_are_two() -> None:
    row = samples.row("river", "ok", *failing(3, 1), *failing(12, 9))
    titles = [entry.title for entry in feedparser.parse(health(row)).entries]
    assert titles == ["river: recovered (E_CONNECT)", "river: E_CONNECT"] * 2


def test_what_no_xml_can_hold_costs_no_feed() -> None:
    odd = samples.incident(Code.E_CONNECT, "https://river.example/\x00\x0c", 1)
    [entry] = feedparser.parse(health(samples.row("river", "failed", odd))).entries
    assert "https://river.example/" in entry.summary
