"""What was recorded gives the same again, until the configuration says otherwise."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from feedsvc.errors import Code, Fault, Stage, UsageError
from feedsvc.fetch.memory import Shelf
from feedsvc.inspect import recordings
from feedsvc.inspect.record import Difference, Replay, record, replay
from feedsvc.inspect.recordings import Recording
from feedsvc.model.config import ArticleRules, Category, Rule, Source
from feedsvc.model.web import Failed, Fetched
from feedsvc.normalize.frame import Frame
from tests.collect.world import (
    BODY,
    FEED,
    START,
    article,
    entry,
    page,
    rss,
    source,
    story,
    whole,
)

LOCAL: Mapping[str, Category] = {"local": Category(key="local", sections=("Rivers",))}
WEB: dict[str, Fetched] = {
    FEED: rss(entry(1), entry(2), entry(3), whole(4)),
    story(1): article(story(1), "Story 1", head="<meta name=author content='A Lee'>"),
    story(2): article(story(2), "Story 2"),
    story(3): Failed(
        fault=Fault(
            code=Code.E_FORBIDDEN,
            stage=Stage.FETCH,
            place=story(3),
            args={"status": 403},
        ),
        status=403,
    ),
}

UNREAD = (story(4), "unread")
"""A feed told all of it; a rule now wants its page, which was not recorded."""


def frame(of: Source, zone: str = "UTC") -> Frame:
    return Frame(source=of, zone=zone, now=START)


async def recorded(folder: Path, **web: Fetched) -> Recording:
    """A recording that was written and read again."""
    made, _ = await record(frame(source()), LOCAL, Shelf(WEB | web).fetch, limit=10)
    recordings.write(folder, made)
    return recordings.read(folder, "river")


async def replayed(
    made: Recording,
    of: Source | None = None,
    categories: Mapping[str, Category] = LOCAL,
    zone: str = "UTC",
) -> Replay:
    return await replay(made, frame(of or source(), zone), categories)


def fields(told: Replay) -> set[tuple[str, str]]:
    return {(d.url, d.field) for d in told.differences}


async def test_a_recording_gives_the_same_again_faults_too(tmp_path: Path) -> None:
    made = await recorded(tmp_path)
    assert len(made.items) == 4
    assert set(made.answers) == {FEED, story(1), story(2), story(3)}
    assert (await replayed(made)).differences == ()


async def test_a_new_rule_shows_in_the_field_that_it_rules(tmp_path: Path) -> None:
    made = await recorded(tmp_path)
    rules = ArticleRules(author=Rule(select="p"))
    told = await replayed(made, source(article=rules))
    assert told.differences[0].before == ["A Lee"]
    assert fields(told) == {(story(1), "authors"), (story(2), "authors"), UNREAD}


async def test_another_zone_re_dates_what_names_none(tmp_path: Path) -> None:
    printed = f"<h1>Story 2</h1><p>2026-11-23 10:00</p><p>{BODY}</p><p>{BODY}</p>"
    made = await recorded(tmp_path, **{story(2): page(story(2), printed)})
    told = await replayed(made, zone="Asia/Shanghai")
    [moved] = told.differences
    assert (moved.url, moved.field) == (story(2), "published")
    assert moved.before == "2026-11-23T10:00:00+00:00"
    assert moved.after == "2026-11-23T10:00:00+08:00"


async def test_other_categories_show_as_such(tmp_path: Path) -> None:
    made = await recorded(tmp_path)
    wider = {"local": Category(key="local", keywords=("Story 2",))}
    told = await replayed(made, categories=wider)
    assert fields(told) == {(story(2), "categories")}


async def test_articles_that_would_go_or_come_are_told_as_wholes(
    tmp_path: Path,
) -> None:
    made = await recorded(tmp_path)
    told = await replayed(made, source(exclude=(r"/2\.html$",)))
    assert told.differences == (Difference(story(2), "", "Story 2", None),)
    fewer = replace(made, items=made.items[1:])
    told = await replayed(fewer)
    assert told.differences == (Difference(story(1), "", None, "Story 1"),)


async def test_a_newer_recording_takes_the_place_of_the_older_whole(
    tmp_path: Path,
) -> None:
    await recorded(tmp_path)
    (tmp_path / "river" / "extra").write_text("left over", encoding="utf-8")
    made = await recorded(tmp_path, **{FEED: rss(entry(2))})
    assert set(made.answers) == {FEED, story(2)}
    assert not (tmp_path / "river" / "extra").exists()
    assert recordings.names(tmp_path) == ["river"]


def test_what_was_never_recorded_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        recordings.read(tmp_path, "river")
    assert caught.value.fault.code is Code.E_NO_RECORD
    assert recordings.names(tmp_path / "nowhere") == []


def cut(form: dict[str, Any]) -> str:
    return json.dumps(form)[:-20]


def without_items(form: dict[str, Any]) -> str:
    del form["items"]
    return json.dumps(form)


def without_a_page(form: dict[str, Any]) -> str:
    form["pages"][0]["file"] = "none"
    return json.dumps(form)


@pytest.mark.parametrize("harm", [cut, without_items, without_a_page])
async def test_a_damaged_recording_is_a_fault_of_its_file(
    tmp_path: Path, harm: Any
) -> None:
    await recorded(tmp_path)
    index = tmp_path / "river" / "record.json"
    index.write_text(harm(json.loads(index.read_text(encoding="utf-8"))))
    with pytest.raises(UsageError) as caught:
        recordings.read(tmp_path, "river")
    assert caught.value.fault.code is Code.E_FILE
    assert caught.value.fault.place == str(index)
