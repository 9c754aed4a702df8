"""What an edited configuration would change of what is published."""

from dataclasses import replace

import pytest

from feedsvc.errors import Code
from feedsvc.inspect.diff import Entry, FeedDiff, compare, gate, reidentified
from feedsvc.model.config import Config, Settings, Site, Source
from tests.store.samples import make_article


def feed(*entries: Entry) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{e.id}</guid><link>{e.url}</link>"
        f"<title>{e.title}</title><pubDate>{e.date}</pubDate></item>"
        for e in entries
    )
    return (
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    )


def entry(n: int, **fields: str) -> Entry:
    usual = {
        "id": f"tag:example.org,2026:{n}",
        "url": f"https://news.example/{n}",
        "title": f"Story {n}",
        "date": f"Mon, {n:02} Nov 2026 10:00:00 +0000",
    }
    return Entry(**(usual | fields))


ONE, TWO, THREE = (entry(n) for n in (1, 2, 3))
LATER = entry(1, date="Mon, 09 Nov 2026 10:00:00 +0000")
OTHER = entry(1, id="tag:example.org,2027:1")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([ONE], [ONE], None),
        ([ONE], [ONE, TWO], FeedDiff(path="en/x", state="changed", added=(TWO,))),
        ([ONE, TWO], [TWO], FeedDiff(path="en/x", state="changed", dropped=(ONE,))),
        ([ONE], [LATER], FeedDiff(path="en/x", state="changed", redated=(LATER,))),
        (
            [ONE],
            [OTHER],
            FeedDiff(path="en/x", state="changed", renamed=((ONE, OTHER),)),
        ),
        ([ONE, TWO], [TWO, ONE], None),
    ],
)
def test_entries_are_told_by_what_becomes_of_them(
    before: list[Entry], after: list[Entry], found: FeedDiff | None
) -> None:
    told = list(compare({"en/x": feed(*before)}, {"en/x": feed(*after)}))
    assert told == ([found] if found else [])


def test_feeds_that_come_and_go_are_told_even_when_empty() -> None:
    told = list(compare({"en/old": feed(ONE)}, {"en/new": feed()}))
    assert told == [
        FeedDiff(path="en/new", state="new"),
        FeedDiff(path="en/old", state="gone", dropped=(ONE,)),
    ]


def config(authority: str = "example.org,2026", tracking: str = "") -> Config:
    source = Source(
        id="times",
        url="https://news.example/",
        tracking=(tracking,) if tracking else (),
    )
    site = Site(base_url="https://feeds.example", authority=authority)
    return Config(
        settings=Settings(site=site),
        categories={},
        outlets={},
        sources={"times": source},
    )


PLAIN = make_article(1)
ASKED = make_article(
    2, url="https://news.example/2?ref=7", aliases=("news.example/2?ref=7",)
)
FOREIGN = replace(ASKED, source="elsewhere")


@pytest.mark.parametrize(
    ("tracking", "found"), [("", []), ("ref", [ASKED]), ("id", [])]
)
def test_what_tracking_makes_another_article_is_told(
    tracking: str, found: list[object]
) -> None:
    told = reidentified([PLAIN, ASKED, FOREIGN], config(tracking=tracking))
    assert told == found


@pytest.mark.parametrize(
    ("known", "edited", "count"),
    [
        ("example.org,2026", config(), None),
        (None, config(authority="other.example,2026"), None),
        ("example.org,2026", config(authority="other.example,2026"), 2),
        ("example.org,2026", config(tracking="ref"), 1),
    ],
)
def test_a_reload_that_changes_ids_is_refused_with_their_number(
    known: str | None, edited: Config, count: int | None
) -> None:
    fault = gate([PLAIN, ASKED], edited, known)
    assert (fault and fault.args["count"]) == count
    if fault:
        assert fault.code is Code.E_IDS


def test_before_anything_is_published_no_id_can_change() -> None:
    edited = config(authority="other.example,2026")
    assert gate([], edited, "example.org,2026") is None
