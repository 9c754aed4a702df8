"""Atom 1.0 as RFC 4287 and contract.md, section 4, want it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from feedsvc.model.feed import Feed, Tombstone
from feedsvc.render import atom
from tests.render import golden

NS = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = Path(__file__).resolve().parents[2] / "../shared/schema/atom.rng"


def parsed(feed: Feed) -> etree._Element:
    return etree.fromstring(atom.render(feed))


def entry(**changes: object) -> etree._Element:
    feed = golden.feed("zh")
    changed = replace(feed.entries[0], **changes)  # type: ignore[arg-type]  # by name
    return found(parsed(replace(feed, entries=(changed,))), "a:entry")[0]


def found(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(path, NS)


def texts(element: etree._Element, path: str) -> list[str | None]:
    return [each.text for each in found(element, path)]


@pytest.mark.parametrize("language", golden.LANGUAGES)
def test_a_feed_says_its_language_and_an_entry_only_another(language: str) -> None:
    made = parsed(golden.feed(language))
    assert made.get(LANG) == language
    stated = [each.get(LANG) for each in found(made, "a:entry")]
    own = ["zh", "en", "zh"] if language != "zh-Hant" else ["zh-Hant", "en", "zh-Hant"]
    assert stated == [None if tag == language else tag for tag in own]


def test_a_feed_has_what_atom_requires() -> None:
    made = parsed(golden.feed("en"))
    assert texts(made, "a:id") == ["tag:feeds.example.org,2026:feeds/en/local"]
    assert texts(made, "a:title") == ["Our city – Shanxi News"]
    assert texts(made, "a:updated") == ["2026-11-24T04:00:00+00:00"]
    assert texts(made, "a:author/a:name") == ["Shanxi News"]
    assert texts(made, "a:generator") == ["feedsvc"]
    assert [dict(c.attrib) for c in found(made, "a:category")] == [
        {
            "term": "local",
            "scheme": "https://feeds.example.org/categories/local",
            "label": "Our city",
        }
    ]


def test_a_feed_links_itself_its_page_its_hub_and_its_siblings() -> None:
    base = "https://feeds.example.org"
    links = [
        (x.get("rel"), x.get("type"), x.get("hreflang"), x.get("href"))
        for x in found(parsed(golden.feed("en")), "a:link")
    ]
    mine = "application/atom+xml"
    assert links == [
        ("self", mine, None, f"{base}/en/local/feed.atom"),
        ("alternate", "text/html", "en", f"{base}/en/local/"),
        ("hub", None, None, f"{base}/hub"),
        ("alternate", mine, "zh", f"{base}/zh/local/feed.atom"),
        ("alternate", mine, "zh-Hant", f"{base}/zh-Hant/local/feed.atom"),
        ("alternate", "text/html", None, f"{base}/en/local/"),
    ], "the page first and last: readers open either"


def test_an_entry_says_all_that_is_known() -> None:
    made = entry()
    stated = golden.feed("zh").entries[0]
    assert texts(made, "a:id") == [stated.id]
    assert texts(made, "a:title") == [stated.title]
    assert texts(made, "a:published") == ["2021-11-05T08:30:00+08:00"]
    assert texts(made, "a:updated") == ["2021-11-05T08:30:00+08:00"]
    assert texts(made, "a:author/a:name") == ["袁胜高", "李明"]
    assert texts(made, "a:contributor/a:name") == ["郭彦杰"]
    assert texts(made, "a:summary") == [stated.summary]
    assert texts(made, "a:rights") == ["© Yangquan Online"]
    assert [(c.text, c.get("type")) for c in found(made, "a:content")] == [
        (stated.content_html, "html")
    ]
    assert [dict(c.attrib) for c in found(made, "a:category")] == [
        {
            "term": term,
            "scheme": f"https://feeds.example.org/categories/{term}",
            "label": label,
        }
        for term, label in (("local", "本市"), ("economy", "财经"))
    ]
    assert texts(made, "media:content/media:credit") == ["王强/摄"]


def test_an_entry_links_its_page_and_the_story_in_other_languages() -> None:
    links = [(x.get("hreflang"), x.get("href")) for x in found(entry(), "a:link")]
    page = "https://news.example.org/2021/11/05/1.html"
    assert links == [
        ("zh", page),
        ("en", "https://en.news.example.org/1.html"),
        (None, page),
    ]
    assert {(x.get("rel"), x.get("type")) for x in found(entry(), "a:link")} == {
        ("alternate", "text/html")
    }


def test_an_entry_in_one_language_alone_has_one_link() -> None:
    assert len(found(entry(alternates=()), "a:link")) == 1


def test_an_entry_names_where_it_was_collected() -> None:
    origin = found(entry(), "a:source")[0]
    assert texts(origin, "a:id") == ["https://news.example.org/list/"]
    assert texts(origin, "a:title") == ["阳泉英文网"]
    assert [x.get("href") for x in found(origin, "a:link")] == [
        "https://news.example.org/list/"
    ]
    assert not found(origin, "a:author")


@pytest.mark.parametrize(
    ("outlet", "expected"), [("山西日报", "山西日报"), (None, "阳泉英文网")]
)
def test_an_entry_without_authors_has_its_sources(
    outlet: str | None, expected: str
) -> None:
    made = entry(authors=(), outlet=outlet)
    assert not found(made, "a:author")
    assert texts(made, "a:source/a:author/a:name") == [expected]


def test_an_entry_without_text_is_an_entry() -> None:
    made = entry(summary=None, content_html="", image=None, rights=None)
    assert texts(made, "a:content") == [None]
    assert not found(made, "a:summary")


def test_nothing_bears_a_strange_prefix() -> None:
    body = atom.render(golden.feed("zh"))
    assert b"ns0" not in body
    assert b'xmlns="http://www.w3.org/2005/Atom"' in body


@pytest.mark.parametrize("language", golden.LANGUAGES)
def test_feeds_are_valid_by_the_schema_of_rfc_4287(language: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("../shared/schema/atom.rng is not there")
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    for feed in (golden.feed(language), replace(golden.feed(language), entries=())):
        schema.assertValid(etree.fromstring(atom.render(feed)))


def test_what_was_taken_out_has_a_tombstone_and_still_passes_the_schema() -> None:
    at = datetime(2026, 11, 24, 5, tzinfo=UTC)
    gone = Tombstone(id="tag:feeds.example.org,2026:9", at=at)
    made = parsed(replace(golden.feed("en"), tombstones=(gone,)))
    [stone] = made.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert dict(stone.attrib) == {"ref": gone.id, "when": "2026-11-24T05:00:00+00:00"}
    if SCHEMA.is_file():
        etree.RelaxNG(etree.parse(SCHEMA)).assertValid(made)
