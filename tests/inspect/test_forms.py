"""Article JSON says what the contract, section 5, promises."""

from datetime import UTC, datetime

from feedsvc.errors import Code
from feedsvc.inspect.forms import article_form
from feedsvc.model.article import Alternate, Image, Origin, Precision
from tests.publish.world import START, article

MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def test_dates_stand_in_the_zone_in_which_they_were_read() -> None:
    form = article_form(
        article(
            1,
            published=MIDNIGHT,
            precision=Precision.DAY,
            published_from=Origin.TEXT,
            zone="Asia/Shanghai",
            modified=START,
        )
    )
    assert form["published"] == "2026-11-24T00:00:00+08:00"
    assert (form["precision"], form["published_from"]) == ("day", "text")
    assert form["updated"] == "2026-11-24T16:00:00+08:00"


def test_the_moment_of_reading_is_no_date() -> None:
    form = article_form(article(1, published_from=Origin.FIRST_SEEN))
    assert (form["published"], form["precision"]) == (None, None)
    assert (form["published_from"], form["updated"]) == ("first-seen", None)


def test_what_is_a_value_becomes_plain_json() -> None:
    form = article_form(
        article(
            1,
            image=Image(url="https://x.example/a.jpg", caption="A", width=8),
            alternates=(Alternate(hreflang="zh", url="https://x.example/zh"),),
            warnings=(Code.W_EMPTY,),
        )
    )
    assert form["image"] == {
        "url": "https://x.example/a.jpg",
        "caption": "A",
        "credit": None,
        "width": 8,
        "height": None,
    }
    assert form["alternates"] == [{"hreflang": "zh", "url": "https://x.example/zh"}]
    assert form["warnings"] == ["W_EMPTY"]
    assert article_form(article(1))["image"] is None
