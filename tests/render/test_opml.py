"""Subscription lists hold what OPML 2.0 asks for, and one feed of each category."""

from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree

from feedsvc.render import opml
from tests.render import samples


def made(language: str = "zh", **changes: object) -> etree._Element:
    listing = replace(samples.listing(language), **changes)  # type: ignore[arg-type]  # by name
    return etree.fromstring(opml.render(listing, "全部"))


def test_a_list_has_the_head_that_the_specification_names() -> None:
    root = made()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [child.tag for child in root] == ["head", "body"]
    head = {child.tag: child.text for child in root[0]}
    assert head["title"] == "全部"
    assert head["ownerName"] == "山西新闻"
    assert head["dateCreated"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert parsedate_to_datetime(str(head["dateModified"])) == samples.NOON


def test_every_feed_stands_once_with_all_that_readers_take() -> None:
    rows = samples.listing("zh").rows
    outlines = made().findall("body/outline")
    assert [dict(outline.attrib) for outline in outlines] == [
        {
            "text": row.title,
            "type": "rss",
            "xmlUrl": f"{samples.BASE}/{row.path}/feed.rss",
            "htmlUrl": f"{samples.BASE}/{row.path}/",
            "title": row.title,
            "description": row.description,
            "language": "zh-CN",
            "category": f"/{row.term}",
        }
        for row in rows
    ]


@pytest.mark.parametrize(
    ("formats", "name", "language"),
    [
        (("rss", "atom"), "feed.rss", "zh-TW"),
        (("atom", "rss"), "feed.atom", "zh-Hant"),
        (("json",), "feed.json", "zh-Hant"),
    ],
)
def test_the_first_format_is_the_one_that_is_listed(
    formats: tuple[str, ...], name: str, language: str
) -> None:
    for outline in made("zh-Hant", formats=formats).iter("outline"):
        assert outline.get("xmlUrl", "").endswith(f"/{name}")
        assert outline.get("language") == language


def test_hostile_text_stays_text() -> None:
    hostile = "<x y='\"&>\x00\ud800"
    row = replace(samples.listing().rows[0], title=hostile, description=hostile)
    outline = made(rows=(row,), site_title=hostile).find("body/outline")
    assert outline is not None
    assert outline.get("title") == "<x y='\"&>"


def test_a_list_of_nothing_is_as_old_as_the_site() -> None:
    root = made(rows=())
    assert root.findtext("head/dateModified") == root.findtext("head/dateCreated")
    assert len(root[1]) == 0
