"""A server's wishes are read, bounded, and nonsense is none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.fetch import hints
from feedsvc.model.web import Hints, Validators

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("Tue, 24 Nov 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("Tuesday, 24-Nov-26 10:05:00 GMT", timedelta(minutes=5)),
        ("Tue Nov 24 10:05:00 2026", timedelta(minutes=5)),
        ("Mon, 23 Nov 2026 10:00:00 GMT", None),
        ("315360000", DAY),
        ("9" * 5000, DAY),
        ("Tue, 24 Nov 2036 10:05:00 GMT", DAY),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_retry_after_is_a_bounded_wait(text: str, expected: timedelta | None) -> None:
    assert hints.read({"retry-after": text}, NOW) == Hints(retry_after=expected)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "max-age=600"}, timedelta(minutes=10)),
        ({"cache-control": 'Public, Max-Age="600"'}, timedelta(minutes=10)),
        ({"cache-control": "max-age=600", "age": "100"}, timedelta(seconds=500)),
        ({"cache-control": "max-age=600", "age": "900"}, timedelta()),
        ({"cache-control": "max-age=600", "age": "old"}, timedelta(minutes=10)),
        ({"cache-control": "max-age=99999999"}, DAY),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store, max-age=600"}, None),
        ({"cache-control": ",,=,"}, None),
        ({"expires": "Tue, 24 Nov 2026 11:00:00 GMT"}, timedelta(hours=1)),
        ({"expires": "Tue, 24 Nov 2026 09:00:00 GMT"}, timedelta()),
        ({"expires": "Tue, 24 Nov 2099 09:00:00 GMT"}, DAY),
        ({"expires": "0"}, None),
        ({"expires": "x" * 100}, None),
        (
            {
                "expires": "Tue, 24 Nov 2026 11:00:00 GMT",
                "date": "Tue, 24 Nov 2026 10:30:00 GMT",
            },
            timedelta(minutes=30),
        ),
        (
            {"expires": "Tue, 24 Nov 2026 11:00:00 GMT", "cache-control": "max-age=5"},
            timedelta(seconds=5),
        ),
        ({}, None),
    ],
)
def test_freshness_is_a_bounded_wait(
    headers: dict[str, str], expected: timedelta | None
) -> None:
    assert hints.read(headers, NOW).max_age == expected


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        ({}, None),
        ({"date": "soon"}, None),
        ({"date": "Tue, 24 Nov 2026 10:00:02 GMT"}, timedelta(seconds=2)),
        ({"date": "Tue, 24 Nov 2026 08:00:00 GMT"}, timedelta(hours=-2)),
        ({"date": "Tue, 24 Nov 2026 09:00:00 GMT", "age": "3600"}, timedelta()),
    ],
    ids=["silent", "nonsense", "ahead", "behind", "out of a cache"],
)
def test_a_servers_clock_is_compared_with_ours(
    headers: dict[str, str], ahead: timedelta | None
) -> None:
    assert hints.read(headers, NOW).ahead == ahead


@given(
    st.dictionaries(
        st.sampled_from(["retry-after", "cache-control", "expires", "date", "age"]),
        st.text(max_size=40) | st.from_regex(r"(max-age=)?[-\d]{1,30}", fullmatch=True),
    )
)
def test_any_headers_give_bounded_hints(headers: dict[str, str]) -> None:
    read = hints.read(headers, NOW)
    assert timedelta() <= (read.max_age or timedelta()) <= DAY
    assert timedelta() <= (read.retry_after or timedelta()) <= DAY


@pytest.mark.parametrize("etag", ['"x"', 'W/"x"', "unquoted", '"' + "e" * 8000 + '"'])
def test_validators_are_kept_verbatim(etag: str) -> None:
    told = {"etag": etag, "last-modified": "yesterday, about noon"}
    assert hints.validators(told) == Validators(
        etag=etag, last_modified="yesterday, about noon"
    )


@pytest.mark.parametrize("etag", ["", '"a\rb"', '"a\x00"', '"\ufffd"', "e" * 9000])
def test_a_validator_that_cannot_be_sent_is_none(etag: str) -> None:
    assert hints.validators({"etag": etag}) == Validators()
