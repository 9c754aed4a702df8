"""The subscriber of the week is tested too: whatever is changed in a feed, it notices.

What a week publishes is taken as it stands, one thing in it is made wrong, and the
subscriber who had read it right must not accept it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.week.installation import visited
from tests.week.judge import FEEDS, Judge, ids
from tests.week.newsroom import Clock
from tests.week.script import START, stories
from tests.week.sites import garble
from tests.week.subscriber import Copy, Entry, Subscriber, agreed, read_tree

pytestmark = pytest.mark.integration

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = START + DAY
LATER = NOW + timedelta(minutes=1)
AUTHORITY = "tag:feeds.example.org,2026:"
Feeds = dict[str, Copy]
Make = Callable[[Entry, int], str]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first visit of the newsroom published."""
    return asyncio.run(visited(tmp_path_factory.mktemp("first"), Clock(NOW)))


@pytest.fixture
def feeds(public: Path) -> Feeds:
    return read_tree(public)


def renamed(feeds: Feeds, make: Make) -> Feeds:
    """The feeds with ids made otherwise, dated a second later where any differs."""

    def other(copy: Copy) -> Copy:
        made = [replace(e, id=make(e, n)) for n, e in enumerate(copy.entries)]
        entries = tuple(made)
        return (
            copy if entries == copy.entries else later(replace(copy, entries=entries))
        )

    return {path: other(copy) for path, copy in feeds.items()}


def digest(text: str, size: int = 16) -> str:
    return f"{AUTHORITY}{blake2b(text.encode(), digest_size=size).hexdigest()}"


def key(entry: Entry) -> str:
    """What the id of an entry is rightly made of."""
    parts = urlsplit(entry.url)
    place = parts.netloc.removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    return f"{place}{path}?{parts.query}" if parts.query else f"{place}{path}"


def test_the_right_feeds_are_accepted_again_and_again(feeds: Feeds) -> None:
    judge = Judge()
    judge.read(feeds, NOW)
    judge.read(feeds, NOW)
    assert judge.missing(feeds, NOW) == set()


def test_ids_made_by_the_rule_are_the_right_ones(feeds: Feeds) -> None:
    assert renamed(feeds, lambda e, _: digest(key(e))) == feeds


IDS: dict[str, Make] = {
    "a shorter digest": lambda e, _: digest(key(e), 15),
    "a longer digest": lambda e, _: digest(key(e), 20),
    "another digest": lambda e, _: AUTHORITY + sha256(key(e).encode()).hexdigest()[:32],
    "the scheme kept": lambda e, _: digest(f"http://{key(e)}"),
    "the host left out": lambda e, _: digest(key(e).partition("/")[2]),
    "www. kept": lambda e, _: digest(e.url.removeprefix("http://").rstrip("/")),
    "the slash kept": lambda e, _: digest(f"{key(e)}/"),
    "the query dropped": lambda e, _: digest(key(e).partition("?")[0]),
    "tracking kept": lambda e, _: digest(f"{key(e)}?utm_source=list"),
    "of the title": lambda e, _: digest(e.title),
    "of title and address": lambda e, _: digest(key(e) + e.title),
    "of the text": lambda e, _: digest(e.text),
    "of the date": lambda e, _: digest(f"{key(e)}{e.published:%Y%m%d}"),
    "the position added": lambda e, n: f"{digest(key(e))}/{n}",
    "the position digested": lambda e, n: digest(f"{key(e)}{n}"),
    "the address itself": lambda e, _: e.url,
    "upper case": lambda e, _: AUTHORITY + digest(key(e))[len(AUTHORITY) :].upper(),
    "another authority": lambda e, _: e.id.replace("example.org", "example.net"),
    "another year": lambda e, _: e.id.replace(",2026:", ",2027:"),
    "no authority": lambda e, _: e.id.removeprefix(AUTHORITY),
    "as a URN": lambda e, _: e.id.replace("tag:", "urn:"),
}
"""Other ways to make ids: none of them may come to pass unnoticed."""


@pytest.mark.parametrize("make", IDS.values(), ids=IDS.keys())
def test_ids_that_are_made_otherwise_are_noticed(feeds: Feeds, make: Make) -> None:
    """By who knows the right ones at first sight, by everybody later."""
    wrong = renamed(feeds, make)
    assert wrong != feeds
    with pytest.raises(AssertionError, match=r": (id|was) |an id twice"):
        Judge().read(wrong, LATER)
    anybody = Subscriber()
    anybody.read(feeds, NOW)
    with pytest.raises(AssertionError, match=r"lost|an id twice"):
        anybody.read(wrong, LATER)


LISTED = [s.mark for s in stories() if s.at(NOW)]


@pytest.mark.parametrize("mark", LISTED)
def test_no_id_can_change_unnoticed(feeds: Feeds, mark: str) -> None:
    def other(entry: Entry, _: int) -> str:
        return entry.id if mark not in entry.text else digest(entry.id)

    wrong = renamed(feeds, other)
    assert wrong != feeds
    anybody = Subscriber()
    anybody.read(feeds, NOW)
    with pytest.raises(AssertionError, match=f"lost.*{ids()[mark]}"):
        anybody.read(wrong, LATER)
    with pytest.raises(AssertionError, match=f"{mark}: id "):
        Judge().read(wrong, LATER)


Change = Callable[[Copy], Copy]

WHOLE: dict[str, tuple[Change, str]] = {
    "one is lost": (lambda c: replace(c, entries=c.entries[1:]), "lost"),
    "all are lost": (lambda c: replace(c, entries=()), "lost"),
    "one is buried": (
        lambda c: replace(c, entries=c.entries[1:], gone=frozenset({c.ids[0]})),
        "lost",
    ),
    "one is there and buried": (
        lambda c: replace(c, gone=frozenset({c.ids[0]})),
        "buried alive",
    ),
    "one stands twice": (lambda c: more(c, c.entries[0]), "an id twice"),
    "one has two ids": (
        lambda c: more(c, replace(c.entries[0], id=digest("other"))),
        "an address twice",
    ),
    "one has two addresses": (
        lambda c: more(c, replace(c.entries[0], url="http://other.example/")),
        "an id twice",
    ),
    "something that nobody wrote": (
        lambda c: more(
            c, Entry(digest("x"), "http://x.example/", "Jobs", NOW, NOW, "<p>Jobs</p>")
        ),
        "nobody wrote",
    ),
    "the feed is dated anew": (lambda c: c, "dated anew"),
    "the feed is dated in the future": (
        lambda c: replace(c, updated=LATER),
        "in the future",
    ),
}
ENTRY: dict[str, tuple[Callable[[Entry], Entry], str]] = {
    "a title is garbage": (
        lambda e: replace(e, title="About us", updated=LATER),
        "About us",
    ),
    "a title is garbled": (
        lambda e: replace(e, title=garble(f"{e.title}，"), updated=LATER),
        r"[A-Z]{2}-\d{4}: ",
    ),
    "a text is garbage": (
        lambda e: replace(e, text=f"{e.text}<p>请输入验证码</p>", updated=LATER),
        "请输入验证码",
    ),
    "a text is gone": (lambda e: replace(e, text="", updated=LATER), "nobody wrote"),
    "a date moved": (
        lambda e: replace(e, published=e.published - timedelta(days=1)),
        "published moved",
    ),
    "a date moved by a zone": (
        lambda e: replace(e, published=e.published - timedelta(hours=8)),
        "published moved",
    ),
    "a date is in the future": (
        lambda e: replace(e, updated=LATER + timedelta(minutes=1)),
        "in the future",
    ),
    "updated moved for nothing": (
        lambda e: replace(e, updated=LATER),
        "updated and nothing said",
    ),
    "updated went back": (
        lambda e: replace(e, updated=e.updated - HOUR),
        "before it was there",
    ),
    "an edit was not dated": (
        lambda e: replace(e, title=f"{e.title}!"),
        "said and not updated",
    ),
}


def more(copy: Copy, entry: Entry) -> Copy:
    return replace(copy, entries=(*copy.entries, entry))


def later(copy: Copy) -> Copy:
    return replace(copy, updated=copy.updated + timedelta(seconds=1))


PATHS = sorted({path for pair in FEEDS.values() for path in pair})


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("change", "told"), WHOLE.values(), ids=WHOLE.keys())
def test_whatever_goes_wrong_in_a_feed_is_noticed(
    feeds: Feeds, path: str, change: Change, told: str
) -> None:
    judge = Judge()
    judge.read(feeds, NOW)
    with pytest.raises(AssertionError, match=f"{path}.*{told}"):
        judge.read(feeds | {path: later(change(feeds[path]))}, LATER)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("change", "told"), ENTRY.values(), ids=ENTRY.keys())
def test_whatever_goes_wrong_in_an_entry_is_noticed(
    feeds: Feeds, path: str, change: Callable[[Entry], Entry], told: str
) -> None:
    """Though all feeds that hold it agree."""
    [old, *_] = feeds[path].entries
    new = change(old)
    wrong = {
        path: later(
            replace(copy, entries=tuple(new if e == old else e for e in copy.entries))
        )
        for path, copy in feeds.items()
        if old in copy.entries
    }
    judge = Judge()
    judge.read(feeds, NOW)
    with pytest.raises(AssertionError, match=told):
        judge.read(feeds | wrong, LATER)


def test_a_change_that_does_not_move_the_feed_is_noticed(feeds: Feeds) -> None:
    copy = feeds["en/all"]
    told = replace(copy.entries[0], title="Edited", updated=NOW)
    wrong = replace(copy, entries=(told, *copy.entries[1:]))
    anybody = Subscriber()
    anybody.read(feeds, NOW)
    with pytest.raises(AssertionError, match="not dated"):
        anybody.read(feeds | {"en/all": wrong}, LATER)


def test_a_feed_that_is_gone_is_noticed(feeds: Feeds) -> None:
    judge = Judge()
    judge.read(feeds, NOW)
    with pytest.raises(AssertionError, match="gone"):
        judge.read({k: v for k, v in feeds.items() if k != "zh/local"}, NOW)


@pytest.mark.parametrize("form", ["feed.json", "feed.atom", "feed.rss"])
@pytest.mark.parametrize("what", ["id", "url", "title", "text", "date"])
def test_formats_that_disagree_are_noticed(public: Path, form: str, what: str) -> None:
    names = ("feed.json", "feed.atom", "feed.rss")
    bodies = {name: (public / "en/all" / name).read_bytes() for name in names}
    [first, *_] = agreed(*bodies.values()).entries
    for old, new in _edits(first, form)[what]:
        assert old in bodies[form].decode()
        bodies[form] = bodies[form].decode().replace(old, new).encode()
    with pytest.raises(AssertionError, match="disagree"):
        agreed(*bodies.values())


def _edits(entry: Entry, form: str) -> dict[str, list[tuple[str, str]]]:
    """What makes one format say something else of its first entry."""
    return {
        "id": [(entry.id, digest("other"))],
        "url": [(entry.url, f"{entry.url}?page=2")],
        "title": [(entry.title, "Something else")],
        "text": [("was written by our reporter", "was written by somebody")],
        "date": [(_date(entry.published, form), _date(entry.published - DAY, form))],
    }


def _date(moment: datetime, form: str) -> str:
    if form == "feed.rss":
        return f"<pubDate>{moment.astimezone(UTC):%a, %d %b %Y}"
    return f"{moment:%Y-%m-%d}T"
