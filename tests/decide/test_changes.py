"""What is new, what changed, and what must not move (reliability.md, 52, 53, 58, 60)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.decide.changes import decide
from feedsvc.errors import Code, Fault, Stage
from feedsvc.model.article import Article, Origin, Precision
from feedsvc.model.visit import Known
from tests.edition.makers import BARE

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SEEN = NOW - timedelta(days=2)
DAY = datetime(2026, 11, 21, 16, tzinfo=UTC)  # midnight of the 22nd in Shanghai
MORNING = DAY + timedelta(hours=8, minutes=30)

READING = replace(
    BARE,
    source="site",
    published=MORNING,
    published_from=Origin.META,
    updated=MORNING,
    first_seen=NOW,
    position=7,
    digest="text",
)
KNOWN = Known(
    id="of-the-ledger",
    digest="text",
    list_digest="entry",
    published=MORNING,
    precision="minute",
    updated=MORNING,
    first_seen=SEEN,
    position=3,
    source="site",
    zone="Asia/Shanghai",
    published_from="meta",
)
KNOWN_DAY = replace(KNOWN, published=DAY, updated=DAY, precision="day")


def decided(known: Known, article: Article) -> Article:
    found = decide(known, article, NOW)
    assert found is not None
    return found


def test_a_new_article_is_as_old_as_it_says_and_first_seen_now() -> None:
    found = decide(None, replace(READING, first_seen=SEEN), NOW)
    assert found == replace(READING, first_seen=NOW, updated=MORNING)


@pytest.mark.parametrize(
    ("known", "article"),
    [
        pytest.param(KNOWN, READING, id="the-very-same"),
        pytest.param(
            KNOWN, replace(READING, published=NOW), id="a-date-moves-without-an-edit"
        ),
        pytest.param(
            KNOWN,
            replace(READING, published=DAY, precision=Precision.DAY),
            id="coarser-than-known",
        ),
        pytest.param(
            KNOWN_DAY,
            replace(READING, published=DAY, precision=Precision.DAY),
            id="the-same-day",
        ),
        pytest.param(
            KNOWN_DAY,
            replace(READING, published=DAY + timedelta(days=1)),
            id="a-time-of-the-next-day",
        ),
        pytest.param(
            KNOWN_DAY,
            replace(READING, published=DAY - timedelta(minutes=1)),
            id="a-time-of-the-day-before",
        ),
        pytest.param(
            KNOWN_DAY,
            replace(READING, published_from=Origin.FIRST_SEEN),
            id="a-time-that-nobody-stated",
        ),
        pytest.param(
            replace(KNOWN, changes=24),
            replace(READING, digest="once more"),
            id="a-page-that-never-rests",
        ),
        pytest.param(
            replace(KNOWN, list_digest=""),
            replace(READING, source="other", digest="read otherwise"),
            id="another-source-comes-upon-it",
        ),
    ],
)
def test_nothing_is_stored_when_nothing_changed(known: Known, article: Article) -> None:
    assert decide(known, article, NOW) is None


def test_an_edit_is_dated_when_it_was_seen_and_moves_nothing_else() -> None:
    edited = replace(READING, digest="new text", published=NOW, zone="UTC", title="改")
    assert decided(KNOWN, edited) == replace(
        edited,
        id="of-the-ledger",
        first_seen=SEEN,
        position=3,
        published=MORNING,
        zone="Asia/Shanghai",
        updated=NOW,
    )


def test_an_edited_address_is_dated_when_it_was_seen_like_an_edit() -> None:
    moved = replace(READING, url="http://news.example/edited")
    found = decide(KNOWN, moved, NOW, moved=True)
    assert found == replace(
        moved, id="of-the-ledger", first_seen=SEEN, position=3, updated=NOW
    )


def test_an_address_is_taken_though_updates_stopped_counting() -> None:
    moved = replace(READING, url="http://news.example/edited")
    found = decide(replace(KNOWN, changes=24), moved, NOW, moved=True)
    assert found is not None
    assert (found.url, found.updated) == (moved.url, KNOWN.updated)


def test_an_estimated_date_stays_estimated_when_the_page_states_another_later() -> None:
    estimated = replace(
        KNOWN,
        published=SEEN,
        updated=SEEN,
        precision="second",
        published_from="first-seen",
    )
    found = decided(estimated, replace(READING, digest="new text"))
    assert (found.published, found.published_from) == (SEEN, Origin.FIRST_SEEN)


def test_a_ledger_that_does_not_know_whence_a_date_is_takes_the_readings_word() -> None:
    bare = replace(KNOWN, zone="", published_from="", source="")
    found = decided(bare, replace(READING, digest="new text"))
    assert (found.zone, found.published_from) == ("Asia/Shanghai", Origin.META)


def test_a_day_becomes_a_time_of_that_day_and_the_first_version_with_it() -> None:
    found = decided(KNOWN_DAY, READING)
    assert found == replace(
        READING, id="of-the-ledger", first_seen=SEEN, position=3, updated=MORNING
    )


def test_a_day_becomes_a_time_and_a_later_version_keeps_its_own_moment() -> None:
    later = replace(KNOWN_DAY, updated=SEEN, changes=1)
    found = decided(later, READING)
    assert (found.published, found.updated) == (MORNING, SEEN)


def test_no_version_is_older_than_its_article() -> None:
    early = replace(KNOWN_DAY, updated=DAY + timedelta(hours=1), changes=1)
    assert decided(early, READING).updated == MORNING


def test_an_edit_that_brings_the_time_is_both() -> None:
    found = decided(KNOWN_DAY, replace(READING, digest="new text"))
    assert (found.published, found.updated) == (MORNING, NOW)


def test_a_time_counts_even_where_edits_no_longer_do() -> None:
    restless = replace(KNOWN_DAY, changes=24)
    found = decided(restless, replace(READING, digest="once more"))
    assert (found.published, found.digest) == (MORNING, "text")


@pytest.mark.parametrize("listed", ["", "entry"], ids=["first", "later"])
def test_a_source_that_lists_it_too_never_changes_it(listed: str) -> None:
    known = replace(KNOWN, list_digest=listed)
    assert decide(known, replace(READING, source="other", digest="new"), NOW) is None


def test_whoever_lists_what_nobody_looks_after_any_more_may_correct_it() -> None:
    known = replace(KNOWN, source="")
    found = decided(known, replace(READING, source="other", digest="new text"))
    assert (found.id, found.updated) == ("of-the-ledger", NOW)


def test_a_clock_set_back_takes_no_version_back() -> None:
    ahead = replace(KNOWN, updated=NOW + timedelta(hours=1))
    found = decided(ahead, replace(READING, digest="new text"))
    assert found.updated == NOW + timedelta(hours=1)


MOMENTS = st.timedeltas(timedelta(days=-2000), timedelta(0)).map(lambda ago: NOW + ago)


@given(
    digest=st.sampled_from(["text", "other"]),
    published=MOMENTS,
    precision=st.sampled_from(Precision),
    known_precision=st.sampled_from(Precision),
    changes=st.integers(0, 30),
)
def test_identity_and_order_never_change_and_saying_it_twice_changes_nothing(
    digest: str,
    published: datetime,
    precision: Precision,
    known_precision: Precision,
    changes: int,
) -> None:
    known = replace(KNOWN, precision=str(known_precision), changes=changes)
    article = replace(READING, digest=digest, published=published, precision=precision)
    found = decide(known, article, NOW)
    if found is None:
        return
    assert (found.id, found.first_seen, found.position) == (
        known.id, known.first_seen, known.position
    )  # fmt: skip
    again = replace(
        known,
        digest=found.digest,
        published=found.published,
        precision=str(found.precision),
        updated=found.updated,
    )
    assert decide(again, article, NOW + timedelta(hours=1)) is None or (
        changes >= 24 and digest != "text"
    )


HOLD = Fault(code=Code.W_GARBLED, stage=Stage.DECIDE)


def test_what_is_to_be_held_never_takes_the_place_of_what_readers_have() -> None:
    garbled = replace(READING, title="鍙ゅ煄", digest="another", hold=HOLD)
    assert decide(KNOWN, garbled, NOW) is None


def test_a_new_article_that_is_to_be_held_is_kept_with_its_reason() -> None:
    found = decide(None, replace(READING, hold=HOLD), NOW)
    assert found is not None
    assert found.hold == HOLD


@pytest.mark.parametrize("hold", [None, HOLD])
def test_what_nobody_read_yet_is_read_again_as_a_first_version(
    hold: Fault | None,
) -> None:
    later = replace(READING, published=MORNING + timedelta(hours=1), hold=hold)
    found = decided(replace(KNOWN, is_held=True), later)
    assert (found.id, found.first_seen, found.position) == (KNOWN.id, SEEN, 3)
    assert found.updated == found.published == later.published
    assert found.hold == hold


def test_another_source_may_give_what_is_held_of_the_first() -> None:
    known = replace(KNOWN, is_held=True, list_digest="")
    found = decided(known, replace(READING, source="other"))
    assert found.hold is None


def test_what_an_operator_released_is_held_no_more() -> None:
    known = replace(KNOWN, is_released=True)
    found = decided(known, replace(READING, digest="another", hold=HOLD))
    assert found.hold is None
