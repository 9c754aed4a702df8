"""When a new address is that of an article whose address was edited (design, 2)."""

from datetime import timedelta

import pytest

from feedsvc.decide.moves import candidate, is_moved, waits
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Origin
from feedsvc.model.visit import Former, Known
from feedsvc.model.web import Failed, Fetched, Page
from tests.store.samples import NOW, make_article

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD = "https://news.example/old"
NEW = make_article(1, published=NOW - DAY)
UNDATED = make_article(1, published_from=Origin.FIRST_SEEN)


def former(name: str = "a", age: timedelta = DAY, origin: str = "meta") -> Former:
    """An article that was published ``age`` ago and listed until an hour ago."""
    known = Known(
        id=name,
        digest="",
        list_digest="",
        published=NOW - age,
        precision="minute",
        updated=NOW - age,
        first_seen=NOW - age,
        position=0,
        published_from=origin,
    )
    return Former(known=known, url=OLD, seen=NOW - HOUR)


@pytest.mark.parametrize(
    ("article", "known", "listed", "expected"),
    [
        pytest.param(NEW, [former()], set(), "a", id="listed-no-more"),
        pytest.param(NEW, [former()], {"a"}, None, id="stands-where-it-stood"),
        pytest.param(NEW, [], set(), None, id="nothing-says-the-same"),
        pytest.param(NEW, [former("a"), former("b")], {"a"}, "b", id="the-one-gone"),
        pytest.param(NEW, [former(age=2 * DAY)], set(), "a", id="a-day-apart"),
        pytest.param(NEW, [former(age=9 * DAY)], set(), None, id="said-last-week"),
        pytest.param(
            NEW,
            [former("a", 9 * DAY), former("b")],
            set(),
            "b",
            id="the-one-of-its-time",
        ),
        pytest.param(UNDATED, [former(age=9 * DAY)], set(), "a", id="undated"),
        pytest.param(
            NEW, [former("a", 9 * DAY, "first-seen")], set(), "a", id="was-undated"
        ),
    ],
)
def test_it_may_be_an_article_of_the_same_words_that_the_list_shows_no_more(
    article: Article, known: list[Former], listed: set[str], expected: str | None
) -> None:
    found = candidate(article, known, listed)
    assert (found and found.known.id) == expected


def page(url: str) -> Page:
    return Page(url=url, requested=OLD, body=b"")


def failed(code: Code) -> Failed:
    return Failed(fault=Fault(code=code, stage=Stage.FETCH, place=OLD))


@pytest.mark.parametrize(
    ("fetched", "expected"),
    [
        (failed(Code.E_NOT_FOUND), True),
        (failed(Code.E_GONE), True),
        (page(NEW.url), True),
        (page(f"{NEW.url}/?utm_source=old"), True),
        (page(OLD), False),
        (page("https://news.example/"), False),
        (failed(Code.E_FORBIDDEN), False),
        (failed(Code.E_ROBOTS), False),
        (failed(Code.E_REDIRECT), False),
        (failed(Code.E_SERVER), None),
        (failed(Code.E_TIMEOUT), None),
        (failed(Code.E_DNS), None),
        (failed(Code.E_THROTTLED), None),
        (failed(Code.E_BLOCKED), None),
    ],
)
def test_the_old_address_says_whether_it_moved(
    fetched: Fetched, *, expected: bool | None
) -> None:
    assert is_moved(NEW, former(), fetched, NOW) is expected


@pytest.mark.parametrize(
    ("after", "expected"), [(22 * HOUR, None), (23 * HOUR, True), (9 * DAY, True)]
)
def test_what_gives_no_answer_for_a_day_is_gone(
    after: timedelta, *, expected: bool | None
) -> None:
    told = is_moved(NEW, former(), failed(Code.E_DNS), NOW + after)
    assert told is expected


def test_an_address_that_the_page_calls_its_own_is_the_new_one_too() -> None:
    own = "https://news.example/own"
    article = make_article(1, canonical_url=own)
    assert is_moved(article, former(), page(own), NOW)


def test_what_waits_names_both_addresses() -> None:
    fault = waits(NEW, former())
    assert (fault.code, fault.place) == (Code.W_SAME_TEXT, NEW.url)
    assert fault.args == {"former": OLD}
