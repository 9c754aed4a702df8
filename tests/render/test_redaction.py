"""What is hidden leaves an archive document a tombstone, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from feedsvc.model.feed import Feed, Tombstone
from feedsvc.render import atom
from feedsvc.render.redaction import redacted
from tests.render import golden

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/schema/atom.rng"
AT = datetime(2026, 11, 24, 5, tzinfo=UTC)


def archive(language: str) -> Feed:
    return replace(golden.feed(language), archive=2, archives=1, siblings=(), hubs=())


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("language", golden.LANGUAGES)
def test_an_entry_becomes_its_tombstone(language: str, place: int) -> None:
    feed = archive(language)
    hidden = feed.entries[place]
    body = atom.render(feed)
    later = feed.updated + timedelta(hours=1)
    made = redacted(body, [Tombstone(id=hidden.id, at=AT)], later)
    others = (*feed.entries[:place], *feed.entries[place + 1 :])
    without = atom.render(replace(feed, entries=others, updated=later))
    stone = f'ref="{hidden.id}" when="2026-11-24T05:00:00+00:00"/>'
    lines = made.decode().splitlines()
    assert [x for x in lines if "deleted-entry" not in x] == (
        without.decode().splitlines()
    )
    assert sum(line.endswith(stone) for line in lines) == 1
    assert hidden.url.encode() not in made or hidden.url.encode() in without
    if SCHEMA.is_file():
        etree.RelaxNG(etree.parse(SCHEMA)).assertValid(etree.fromstring(made))


def test_what_is_not_there_changes_nothing() -> None:
    feed = archive("zh")
    body = atom.render(feed)
    stranger = Tombstone(id="tag:feeds.example.org,2026:x", at=AT)
    assert redacted(body, [stranger], feed.updated) == body
    assert redacted(body, [], feed.updated) == body


def test_a_conversion_is_known_by_its_original() -> None:
    """Its article may be told to be in another script by now."""
    feed = archive("zh-Hant")
    own = feed.entries[0].id
    assert own.endswith("/zh-Hant")
    original = own.removesuffix("/zh-Hant")
    made = redacted(atom.render(feed), [Tombstone(id=original, at=AT)], AT)
    assert f'ref="{own}"'.encode() in made
    assert made.count(own.encode()) == 1
