"""RSS 2.0 as contract.md, section 4, and the output checklist want it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from feedsvc.model.article import Image
from feedsvc.model.feed import Entry, Feed
from feedsvc.render import rss
from tests.render import golden

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def channel(feed: Feed) -> etree._Element:
    return etree.fromstring(rss.render(feed))[0]


def item(**changes: object) -> etree._Element:
    """The first item of a feed whose first entry is changed so."""
    feed = golden.feed("zh")
    entry = replace(feed.entries[0], **changes)  # type: ignore[arg-type]  # by name
    return found(channel(replace(feed, entries=(entry,))), "item")[0]


def found(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(path, NS)


def texts(element: etree._Element, path: str) -> list[str | None]:
    return [each.text for each in found(element, path)]


@pytest.mark.parametrize(
    ("language", "code"), [("zh", "zh-CN"), ("en", "en"), ("zh-Hant", "zh-TW")]
)
def test_a_channel_says_its_language_in_rss_codes(language: str, code: str) -> None:
    assert texts(channel(golden.feed(language)), "language") == [code]


def test_a_channel_has_what_rss_requires() -> None:
    made = channel(golden.feed("en"))
    assert texts(made, "title") == ["Our city – Shanxi News"]
    assert texts(made, "link") == ["https://feeds.example.org/en/local/"]
    assert texts(made, "description")[0]
    assert texts(made, "lastBuildDate") == ["Tue, 24 Nov 2026 04:00:00 +0000"]
    assert texts(made, "generator") == ["feedsvc"]
    assert texts(made, "category") == ["Our city"]


def test_a_channel_links_itself_its_hub_and_its_siblings_in_the_same_format() -> None:
    links = [
        dict(link.attrib) for link in found(channel(golden.feed("en")), "atom:link")
    ]
    media_type = "application/rss+xml"
    base = "https://feeds.example.org"
    assert links == [
        {"rel": "self", "type": media_type, "href": f"{base}/en/local/feed.rss"},
        {"rel": "hub", "href": f"{base}/hub"},
        {
            "rel": "alternate",
            "type": media_type,
            "hreflang": "zh",
            "href": f"{base}/zh/local/feed.rss",
        },
        {
            "rel": "alternate",
            "type": media_type,
            "hreflang": "zh-Hant",
            "href": f"{base}/zh-Hant/local/feed.rss",
        },
    ]


def test_an_item_says_all_that_is_known() -> None:
    made = item()
    entry = golden.feed("zh").entries[0]
    assert texts(made, "title") == [entry.title]
    assert texts(made, "link") == [entry.url]
    assert [(g.text, dict(g.attrib)) for g in found(made, "guid")] == [
        (entry.id, {"isPermaLink": "false"})
    ]
    assert texts(made, "pubDate") == ["Fri, 05 Nov 2021 00:30:00 +0000"]
    assert texts(made, "dc:creator") == ["袁胜高", "李明"]
    assert texts(made, "dc:contributor") == ["郭彦杰"]
    assert [(c.text, c.get("domain")) for c in found(made, "category")] == [
        ("本市", "https://feeds.example.org/categories/local"),
        ("财经", "https://feeds.example.org/categories/economy"),
    ]
    assert [(s.text, s.get("url")) for s in found(made, "source")] == [
        ("阳泉英文网", "https://news.example.org/list/")
    ]
    assert texts(made, "dc:rights") == ["© Yangquan Online"]


def test_a_picture_comes_with_caption_and_credit() -> None:
    picture = found(item(), "media:content")[0]
    assert dict(picture.attrib) == {
        "url": "https://news.example.org/1.jpg",
        "medium": "image",
        "width": "1200",
        "height": "800",
    }
    assert texts(picture, "media:description") == ["博览会现场"]
    assert texts(picture, "media:credit") == ["王强/摄"]


def test_a_bare_picture_is_a_picture() -> None:
    picture = found(item(image=Image(url="https://e.org/1.jpg")), "media:content")[0]
    assert dict(picture.attrib) == {"url": "https://e.org/1.jpg", "medium": "image"}
    assert len(picture) == 0


def test_the_description_comes_before_the_content() -> None:
    names = [etree.QName(child).localname for child in item()]
    assert names.index("description") + 1 == names.index("encoded")


def test_without_a_summary_the_description_holds_the_content() -> None:
    made = item(summary=None, content_html="<p>x</p>")
    assert texts(made, "description") == ["<p>x</p>"]
    assert not found(made, "content:encoded")


def test_an_item_in_another_language_says_so() -> None:
    own, foreign, _ = found(channel(golden.feed("zh")), "item")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (own.get(lang), texts(own, "dc:language")) == (None, [])
    assert (foreign.get(lang), texts(foreign, "dc:language")) == ("en", ["en"])


def test_a_description_is_html_and_a_title_is_plain() -> None:
    made = item(title="a < b & c", summary="a < b & c")
    assert texts(made, "description") == ["a &lt; b &amp; c"]
    assert texts(made, "title") == ["a < b & c"]


def test_titles_are_written_as_the_profile_wants_them() -> None:
    feed = replace(golden.feed("zh"), title="A & B <c>")
    assert b"<title>A &#x26; B &#x3C;c&gt;</title>" in rss.render(feed)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (datetime(2021, 11, 5, 8, 30, tzinfo=UTC), "Fri, 05 Nov 2021 08:30:00 +0000"),
        (datetime(987, 1, 2, tzinfo=UTC), "Tue, 02 Jan 0987 00:00:00 +0000"),
    ],
)
def test_dates_have_four_digit_years_in_utc(published: datetime, expected: str) -> None:
    assert texts(item(published=published), "pubDate") == [expected]


def test_namespaces_are_declared_once_under_their_usual_names() -> None:
    declared = re.findall(rb'xmlns:(\w+)="([^"]+)"', rss.render(golden.feed("zh")))
    assert {name.decode(): uri.decode() for name, uri in declared} == {
        name: uri for name, uri in NS.items() if name != "xml"
    }
    assert len(declared) == 4


def test_rights_of_a_feed_are_its_copyright() -> None:
    assert texts(channel(replace(golden.feed("zh"), rights="© R")), "copyright") == [
        "© R"
    ]


def test_a_feed_without_words_still_is_one() -> None:
    entry: Entry = replace(golden.feed("zh").entries[0], title="\x01", summary=None)
    feed = replace(golden.feed("zh"), title="", description="", entries=(entry,))
    made = channel(feed)
    assert texts(made, "title") == texts(made, "description") == ["zh/local"]
    assert texts(made, "item/title") == [entry.url]
