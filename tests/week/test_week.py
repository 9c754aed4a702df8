"""A week in the life of an installation, by a clock of its own, over a scripted newsroom.

Its sites edit, retitle, withdraw, change their layout, encoding, zone and guids, ask for
captchas and break down; our own process is restarted and our own clock goes wrong. What
subscribers have must stand all of it, and operators must hear of each.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from feedsvc.model.status import Incident
from tests.week.installation import Installation, configure, opened
from tests.week.judge import Judge, ids
from tests.week.newsroom import Clock, Newsroom, newsroom
from tests.week.script import (
    BEFORE,
    END,
    SITES,
    SPELLS,
    STARTS,
    STEP,
    Spell,
    on,
    stories,
    wrong,
)
from tests.week.sites import HOSTS, LISTED
from tests.week.subscriber import Copy, read_tree

pytestmark = pytest.mark.integration

DAY = timedelta(days=1)

Row = tuple[str, str, str, datetime]
"""A source, a code, a place and a moment."""


@dataclass
class Week:
    """What was seen of a week, tick by tick."""

    public: Path
    judge: Judge = field(default_factory=Judge)
    incidents: dict[Row, Incident] = field(default_factory=dict)
    asked: dict[datetime, int] = field(default_factory=dict)
    held: dict[datetime, set[str]] = field(default_factory=dict)
    standing: dict[datetime, set[str]] = field(default_factory=dict)
    missing: dict[datetime, set[str]] = field(default_factory=dict)
    reinstalled: Mapping[str, Copy] = field(default_factory=dict)

    def look(self, installed: Installation, clock: Clock) -> None:
        """Read all that stands at a moment, as a subscriber and as an operator."""
        now, feeds = clock.true, read_tree(self.public)
        self.judge.read(feeds, now, clock.now())
        self.standing[now] = {one for copy in feeds.values() for one in copy.ids}
        self.missing[now] = self.judge.missing(feeds, now)
        told = installed.store.status()
        self.held[now] = {one.id for one in told.held}
        for source in told.sources:
            for one in source.faults:
                code, place = str(one.fault.code), one.fault.place
                self.incidents[source.visit.source, code, place, one.at] = one


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    return asyncio.run(_live(tmp_path_factory.mktemp("week")))


async def _live(root: Path) -> Week:
    clock = Clock()
    async with newsroom(clock) as room:
        where = configure(root, room.port)
        week = Week(where.data / "public")
        for begin, end in zip(STARTS, (*STARTS[1:], END), strict=True):
            clock.wrong = wrong(begin)
            async with opened(where, clock) as installed:
                while clock.true < end:
                    await _tick(installed, room, week)
        again = configure(root / "again", room.port)
        clock.true = END - STEP
        async with opened(again, clock) as installed:
            await installed.tick()
            week.reinstalled = read_tree(again.data / "public")
    return week


async def _tick(installed: Installation, room: Newsroom, week: Week) -> None:
    clock = room.clock
    clock.wrong = wrong(clock.true)
    room.asked.clear()
    await installed.tick()
    week.asked[clock.true] = room.asked.total()
    week.look(installed, clock)
    clock.true += STEP


def test_every_story_stands_in_the_end_but_those_that_were_taken_back(
    week: Week,
) -> None:
    assert week.missing[END - STEP] == set()
    assert week.judge.first.keys() == {story.mark for story in stories()}


def test_no_story_of_a_site_that_is_well_waits_for_longer_than_two_visits(
    week: Week,
) -> None:
    for now, marks in week.missing.items():
        late = [
            story.mark
            for story in stories()
            if story.mark in marks
            and now - story.born > 2 * STEP
            and not any(s.site == story.site and _is_felt(s, now) for s in SPELLS)
            and not story.gone
        ]
        assert not late, (now, late)


def _is_felt(spell: Spell, now: datetime) -> bool:
    """Whether a spell keeps a site from being read, though it may be over: by back-off."""
    return spell.begin <= now < max(spell.end + timedelta(hours=6), spell.begin + DAY)


def test_updated_moved_once_for_each_edit_and_for_nothing_else(week: Week) -> None:
    subscriber = week.judge.subscriber
    moves = {s.mark: len(subscriber.moves(ids()[s.mark])) for s in stories()}
    assert moves == {story.mark: story.edits for story in stories()}


def test_a_date_moved_only_where_a_day_became_a_time(week: Week) -> None:
    versions = week.judge.subscriber.versions
    moved = {
        story.mark
        for story in stories()
        if len({one.published for one in versions[ids()[story.mark]]}) > 1
    }
    assert moved == {"LA-0015"}


def test_what_was_taken_back_left_and_what_came_back_kept_its_id(week: Week) -> None:
    away = {
        mark: [now for now, entries in week.standing.items() if ids()[mark] in entries]
        for mark in ("LA-0022", "EA-0026")
    }
    assert on(4, 6, 30) in away["LA-0022"]
    assert on(4, 7) not in away["LA-0022"]
    assert END - STEP in away["LA-0022"]
    assert away["EA-0026"][-1] == on(5, 6, 30)


ALARMS = {
    "captcha": "E_BLOCKED",
    "relaid": "W_LAYOUT",
    "navigation": "W_STRANGERS",
    "hasty": "W_DATE_FUTURE",
    "zone": "W_DATE_JUMP",
    "redated": "W_DATE_JUMP",
    "gbk": "W_ENCODING",
    "refused": "E_CONNECT",
    "busy": "E_SERVER",
    "garbled": "W_GARBLED",
    "empty": "W_EMPTY",
    "emptied": "W_LAYOUT",
}
"""What operators are told of each spell."""


@pytest.mark.parametrize(
    "spell", [s for s in SPELLS if s.name in ALARMS], ids=lambda s: s.name
)
def test_a_spell_leaves_its_record_and_its_alarm_until_it_is_over(
    week: Week, spell: Spell
) -> None:
    told = [
        (row, one)
        for row, one in week.incidents.items()
        if row[:2] == (spell.site, ALARMS[spell.name]) and spell.holds(row[3])
    ]
    last = max(one.fault.retry_at for _, one in told if one.fault.retry_at)
    for (_, _, place, at), one in told:
        assert urlsplit(place).netloc in HOSTS
        assert HOSTS[urlsplit(place).netloc] == spell.site
        assert one.fault.retry_at
        assert at < one.fault.retry_at <= at + 1.1 * DAY
        if one.cleared_at is None:  # it gave way to others of its kind: 20 are kept
            assert len(told) > 20
        else:
            assert one.cleared_at <= max(spell.end, last) + STEP
    assert any(one.cleared_at for _, one in told)


def test_nothing_else_is_told(week: Week) -> None:
    """An alarm that rings for nothing is soon heard by nobody."""
    expected = [(s.site, ALARMS[s.name], s) for s in SPELLS if s.name in ALARMS]
    for source, code, place, at in week.incidents:
        causes = [s for site, alarm, s in expected if (site, alarm) == (source, code)]
        assert any(s.holds(at) for s in causes), (source, code, place, at)


def test_what_is_garbled_is_held_until_it_can_be_read(week: Week) -> None:
    marks = {"BU-0030", "BU-0031"}
    spell = next(s for s in SPELLS if s.name == "garbled")
    held = set().union(*(week.held[now] for now in week.held if spell.holds(now)))
    assert {ids()[mark].rpartition(":")[2] for mark in marks} == held
    assert week.held[END - STEP] == set()


def test_what_retry_after_asked_for_is_kept_over_restarts(week: Week) -> None:
    busy = next(s for s in SPELLS if s.name == "busy")
    visits = [at for _, code, _, at in week.incidents if code == "E_SERVER"]
    waits = [b - a for a, b in pairwise(visits)]
    assert waits
    assert all(wait == timedelta(hours=2) for wait in waits)
    assert busy.holds(visits[0])


def test_no_storm_breaks_loose_whatever_becomes_of_clock_and_sites(week: Week) -> None:
    """At no moment is asked for more than at the first: lists, robots.txt, articles."""
    first = len(SITES) + len(HOSTS) + 3 * BEFORE
    assert max(week.asked.values()) <= first
    # A year ahead every correction is due at once, an hour back every list.
    day = [n for now, n in week.asked.items() if now >= on(7)]
    before = [n for now, n in week.asked.items() if on(6) <= now < on(7)]
    assert sum(day) <= 1.5 * sum(before)


def test_nothing_is_dated_in_the_future_in_the_end(week: Week) -> None:
    """Subscribers saw to entries all the time; feeds as a whole are put right at once."""
    for path, copy in week.judge.subscriber.last.items():
        assert copy.updated < END, path


def test_other_readers_see_the_same(week: Week) -> None:
    for path, copy in week.judge.subscriber.last.items():
        for name in ("feed.rss", "feed.atom"):
            parsed = feedparser.parse((week.public / path / name).read_bytes())
            assert not parsed.bozo
            assert [entry.id for entry in parsed.entries] == copy.ids


def test_an_edited_address_is_no_news(week: Week) -> None:
    """Where the old one is gone, and where it leads to the new one."""
    for story in stories():
        if story.is_elsewhere:
            last = week.judge.subscriber.versions[ids()[story.mark]][-1]
            assert last.url.endswith(story.versions[-1].path)


def test_a_reinstall_repeats_every_id_whose_address_has_not_changed(
    week: Week,
) -> None:
    listed = {e.id: e for copy in week.reinstalled.values() for e in copy.entries}
    assert len(listed) == len(SITES) * LISTED
    marks = {s.mark: s.is_elsewhere for s in stories()}
    for identifier, entry in listed.items():
        [mark] = [mark for mark in marks if mark in entry.text]
        assert (identifier != ids()[mark]) == marks[mark], mark
