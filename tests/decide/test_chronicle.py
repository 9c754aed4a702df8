"""What a feed tells of articles, beside what it told before: a table of cases."""

from datetime import datetime, timedelta

import pytest

from feedsvc.decide.chronicle import changes, full
from feedsvc.model.archive import Line
from tests.publish.world import START, article

ONE = article(1)


OLD_VERSION = ONE.updated - timedelta(days=1)


def line(version: datetime | None, archive: int | None) -> Line:
    return Line(number=5, article=ONE.id, version=version, archive=archive)


OPEN, OLD = line(ONE.updated, None), line(OLD_VERSION, None)
FULL_, FULL_OLD = line(ONE.updated, 1), line(OLD_VERSION, 1)
STONE, FULL_STONE = line(None, None), line(None, 1)

ADDED, GONE = (ONE.updated,), (None,)

# what was told last · whether it stands · whether it is gone · told now · struck out
CASES = {
    "new": (None, "stands", ADDED, False),
    "open": (OPEN, "stands", (), False),
    "open, edited": (OLD, "stands", (), False),
    "archived": (FULL_, "stands", (), False),
    "archived, edited": (FULL_OLD, "stands", ADDED, False),
    "back after an open tombstone": (STONE, "stands", ADDED, True),
    "back after an archived tombstone": (FULL_STONE, "stands", ADDED, False),
    "never told, gone": (None, "gone", (), False),
    "open, gone": (OPEN, "gone", GONE, True),
    "archived, gone": (FULL_, "gone", GONE, False),
    "open tombstone, gone still": (STONE, "gone", (), False),
    "archived tombstone, gone still": (FULL_STONE, "gone", (), False),
    "never told, elsewhere": (None, "elsewhere", (), False),
    "open, elsewhere": (OPEN, "elsewhere", (), True),
    "archived, elsewhere": (FULL_, "elsewhere", (), False),
    "open tombstone, elsewhere": (STONE, "elsewhere", (), True),
}


@pytest.mark.parametrize(
    ("last", "now", "told", "is_struck"), list(CASES.values()), ids=list(CASES)
)
def test_a_feed_tells_what_it_has_not_told(
    last: Line | None,
    now: str,
    told: tuple[datetime | None, ...],
    is_struck: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    made = changes(
        {ONE.id: last} if last else {},
        [ONE] if now == "stands" else [],
        {ONE.id} if now == "gone" else set(),
        9,
    )
    expected = [Line(number=10, article=ONE.id, version=at) for at in told]
    assert list(made.added) == expected
    assert list(made.struck) == ([last] if is_struck else [])


def test_lines_come_in_the_order_of_entry() -> None:
    """By first sight, list position, id; what was edited by when that was seen."""
    late = article(2, first_seen=START, published=START - timedelta(days=900))
    early = article(3, first_seen=START - timedelta(hours=1))
    second = article(4, first_seen=START - timedelta(hours=1), position=1)
    third = article(5, first_seen=START - timedelta(hours=1), position=1)
    edited = article(1, updated=START - timedelta(minutes=1))
    standing = [late, third, edited, second, early]
    made = changes({ONE.id: FULL_}, standing, set(), 0)
    assert [told.article for told in made.added] == [
        one.id for one in (early, second, third, edited, late)
    ]
    assert [told.number for told in made.added] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("kinds", "taken"),
    [
        ("e" * 49, 0),
        ("e" * 50, 50),
        ("e" * 51, 50),
        ("-" + "e" * 50 + "-", 51),
        ("e" * 20 + "---" + "e" * 29, 0),
        ("e" * 20 + "---" + "e" * 31, 53),
    ],
)
def test_a_document_is_full_with_fifty_entries_and_takes_the_tombstones_between(
    kinds: str, taken: int
) -> None:
    lines = [
        Line(number=n, article=str(n), version=START if kind == "e" else None)
        for n, kind in enumerate(kinds, 1)
    ]
    assert list(full(lines)) == lines[:taken]
