"""When a client already has what it asks for (RFC 9110 §13)."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.serve.conditions import unchanged

TAG = '"abc-br"'
CHANGED = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
LATER = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)


@pytest.mark.parametrize(
    ("none_match", "same"),
    [
        ('"abc-br"', True),
        ('W/"abc-br"', True),
        ("*", True),
        (" * ", True),
        ('"x", W/"y", "abc-br"', True),
        (", ".join(f'"{n}"' for n in range(1000)) + ',"abc-br"', True),
        ('"abc"', False),
        ('"abc-gzip"', False),
        ("abc-br", False),
        ('"abc-br', False),
        ("'abc-br'", False),
        ("", False),
        ('"*"', False),
    ],
)
def test_a_tag_matches_weakly_and_whole(none_match: str, *, same: bool) -> None:
    assert unchanged(none_match, None, TAG, CHANGED) is same


@pytest.mark.parametrize(
    ("since", "same"),
    [
        ("Thu, 05 Nov 2026 08:30:00 GMT", True),
        ("Thu, 05 Nov 2026 08:30:01 GMT", True),
        ("Thu, 05 Nov 2026 08:29:59 GMT", False),
        ("Thursday, 05-Nov-26 08:30:00 GMT", True),
        ("Thu Nov  5 08:30:00 2026", True),
        (LATER, False),
        ("yesterday", False),
        ("", False),
        ("Thu, 05 Nov 99999999999 08:30:00 GMT", False),
        ("Thu, 99 Nov 2026 08:30:00 GMT", False),
    ],
)
def test_a_date_matches_from_the_change_until_now(since: str, *, same: bool) -> None:
    assert unchanged(None, since, TAG, CHANGED) is same


@pytest.mark.parametrize(
    ("none_match", "since", "same"),
    [
        (None, None, False),
        ('"other"', "Thu, 05 Nov 2026 08:30:00 GMT", False),
        (TAG, "Thu, 05 Nov 1970 08:30:00 GMT", True),
    ],
)
def test_a_tag_silences_a_date(
    none_match: str | None, since: str | None, *, same: bool
) -> None:
    assert unchanged(none_match, since, TAG, CHANGED) is same


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_is_too_odd(none_match: str, since: str) -> None:
    assert unchanged(none_match, since, '"no such tag"', CHANGED) in {True, False}
    assert unchanged(None, since, TAG, CHANGED) in {True, False}
