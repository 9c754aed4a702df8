"""What a walk asks next, and what its answers come to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.errors import Code, Stage
from feedsvc.fetch.walk import Answer, Walk, begin
from feedsvc.model.web import Failed, Fetched, NotModified, Page, Request, Validators

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
URL = "http://a.example/feed"
KNOWN = Validators(etag='W/"1"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")


def walk_of(request: Request | str) -> Walk:
    walk = begin(Request(url=request) if isinstance(request, str) else request, 20)
    assert walk is not None
    return walk


def moved(location: str, status: int = 301) -> Answer:
    return Answer(status, {}, location=location)


def failure(done: Fetched | None) -> tuple[Code, dict[str, object]]:
    assert isinstance(done, Failed)
    assert done.fault.stage is Stage.FETCH
    return done.fault.code, dict(done.fault.args)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (201, Code.E_STATUS), (204, Code.E_STATUS), (206, Code.E_STATUS),
        (300, Code.E_STATUS), (305, Code.E_STATUS), (400, Code.E_STATUS),
        (401, Code.E_FORBIDDEN), (403, Code.E_FORBIDDEN), (404, Code.E_NOT_FOUND),
        (410, Code.E_GONE), (418, Code.E_STATUS), (429, Code.E_THROTTLED),
        (451, Code.E_FORBIDDEN), (500, Code.E_SERVER), (503, Code.E_SERVER),
        (520, Code.E_SERVER), (526, Code.E_SERVER), (999, Code.E_STATUS),
    ],
)  # fmt: skip
def test_a_status_is_a_fault_of_its_kind(status: int, code: Code) -> None:
    done = walk_of(URL).take(Answer(status, {"retry-after": "7"}), NOW)
    expected = {} if code is Code.E_GONE else {"status": status}
    assert failure(done) == (code, expected)
    assert isinstance(done, Failed)
    assert done.status == status
    assert done.retry_after == timedelta(seconds=7)


def test_a_document_comes_with_all_that_was_said_about_it() -> None:
    headers = {"content-type": "text/xml", "etag": '"2"', "cache-control": "max-age=9"}
    done = walk_of(URL).take(Answer(200, headers, b"<rss/>"), NOW)
    assert isinstance(done, Page)
    assert (done.url, done.requested, done.body) == (URL, URL, b"<rss/>")
    assert done.content_type == "text/xml"
    assert done.validators == Validators(etag='"2"')
    assert done.hints.max_age == timedelta(seconds=9)
    assert not done.moved


def test_validators_are_sent_verbatim_on_every_hop() -> None:
    walk = walk_of(Request(url=URL, validators=KNOWN))
    for _ in range(2):
        sent = walk.headers("us")
        assert sent["If-None-Match"] == 'W/"1"'
        assert sent["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
        walk.take(moved("http://b.example/"), NOW)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, KNOWN),
        ({"etag": '"3"'}, Validators(etag='"3"', last_modified=KNOWN.last_modified)),
    ],
)
def test_a_304_keeps_what_it_does_not_renew(
    told: dict[str, str], expected: Validators
) -> None:
    done = walk_of(Request(url=URL, validators=KNOWN)).take(Answer(304, told), NOW)
    assert isinstance(done, NotModified)
    assert done.validators == expected


def test_an_unasked_304_is_asked_once_more_without_caches() -> None:
    walk = walk_of(URL)
    assert walk.take(Answer(304, {}), NOW) is None
    assert walk.headers("us")["Cache-Control"] == "no-cache"
    assert failure(walk.take(Answer(304, {}), NOW)) == (Code.E_304_NO_CACHE, {})


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([301], True), ([308], True), ([301, 308], True), ([302], False),
        ([301, 302], False), ([302, 301], False), ([307], False), ([303], False),
    ],
)  # fmt: skip
def test_only_a_chain_of_permanent_redirects_moves(
    statuses: list[int], *, expected: bool
) -> None:
    """reliability.md, 27."""
    walk = walk_of(URL)
    for n, status in enumerate(statuses):
        assert walk.take(moved(f"/{n}", status), NOW) is None
    done = walk.take(Answer(200, {}), NOW)
    assert isinstance(done, Page)
    assert done.moved is expected
    assert done.requested == URL
    assert done.url == f"http://a.example/{len(statuses) - 1}"


@pytest.mark.parametrize(
    "location",
    [
        "", "http:\\\\b.example\\", "file:///etc/passwd", "ftp://b.example/",
        "gopher://b.example/", "dict://b.example/", "data:text/html,x",
        "jar:http://b.example!/", "javascript:alert(1)", "http://", "http://[::1",
        "http://b.example:99999/", "http://\u3002/", URL,
        f"{URL}#again",
    ],
)  # fmt: skip
def test_a_redirect_that_leads_nowhere_is_a_fault(location: str) -> None:
    """reliability.md, 27, 39."""
    code, args = failure(walk_of(URL).take(moved(location), NOW))
    assert code is Code.E_REDIRECT
    assert args["detail"]


def test_a_redirect_may_be_relative_and_needs_no_fragment() -> None:
    walk = walk_of("http://a.example/x/y")
    assert walk.take(moved("../z?q=1#top"), NOW) is None
    assert walk.url == "http://a.example/z?q=1"


def test_loops_and_endless_chains_end() -> None:
    """reliability.md, 27."""
    walk = walk_of("http://a.example/0")
    assert walk.take(moved("/1"), NOW) is None
    assert failure(walk.take(moved("/0"), NOW))[0] is Code.E_REDIRECT
    walk = walk_of("http://a.example/0")
    for n in range(10):
        assert walk.take(moved(f"/{n + 1}"), NOW) is None
    assert failure(walk.take(moved("/11"), NOW)) == (
        Code.E_REDIRECT,
        {"detail": "> 10"},
    )


def test_a_redirect_goes_up_to_https_but_never_down() -> None:
    """reliability.md, 28."""
    walk = walk_of(URL)
    assert walk.take(moved("https://a.example/feed"), NOW) is None
    code, args = failure(walk.take(moved("http://b.example/"), NOW))
    assert code is Code.E_REDIRECT
    assert args == {"detail": "https → http://b.example/"}


PRIVATE = Request(
    url="http://me:p%40ss@a.example/feed",
    headers={"X-Key": "k", "user-agent": "mine", "Host": "evil", "Content-Length": "9"},
    cookies={"a": "1", "b": "2"},
    accept_language="zh-CN",
)


def test_what_is_meant_for_the_source_is_sent_there() -> None:
    walk = walk_of(PRIVATE)
    sent = walk.headers("us")
    assert walk.url == "http://a.example/feed"
    assert sent["Authorization"] == "Basic bWU6cEBzcw=="
    assert sent["X-Key"] == "k"
    assert sent["Cookie"] == "a=1; b=2"
    assert sent["User-Agent"] == "mine"
    assert sent["Accept-Language"] == "zh-CN"
    assert not {"host", "content-length", "user-agent"} & set(sent)


@pytest.mark.parametrize(
    ("location", "at_home"),
    [
        ("/other", True),
        ("https://a.example/feed", True),
        ("http://b.example/", False),
        ("http://a.example:8080/", False),
        ("http://www.a.example/", False),
        ("http://eve:x@b.example/", False),
    ],
)
def test_what_is_meant_for_the_source_is_sent_nowhere_else(
    location: str, *, at_home: bool
) -> None:
    walk = walk_of(PRIVATE)
    assert walk.take(moved(location), NOW) is None
    sent = walk.headers("us")
    for name in ("Authorization", "X-Key", "Cookie"):
        assert (name in sent) is at_home
    assert "@" not in walk.url


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "http://", "unix:/run/x", "//a", "nonsense"]
)
def test_what_is_no_address_of_the_web_starts_no_walk(url: str) -> None:
    assert begin(Request(url=url), 20) is None


@given(st.text(max_size=60), st.sampled_from([301, 302, 307]))
def test_any_location_is_followed_or_refused(location: str, status: int) -> None:
    walk = walk_of("https://a.example/x")
    done = walk.take(moved(location, status), NOW)
    assert walk.url.startswith("https://")
    if isinstance(done, Failed):
        assert done.fault.code is Code.E_REDIRECT
