"""Whoever is named as a sibling, a version or a page names back."""

from collections.abc import Iterator

import httpx
import pytest

from tests.readers.crawler import (
    ATOM,
    SITEMAP,
    XHTML,
    Crawled,
    Found,
    feeds,
    is_made_when_asked,
    page_of,
)
from tests.readers.sites import LANGUAGES, Site

pytestmark = pytest.mark.integration


def test_feeds_link_themselves_the_hub_and_each_sibling_in_the_header_as_inside(
    site: Site, crawled: Crawled
) -> None:
    assert {f.url for f in feeds(crawled)} >= {
        site.url(path, form) for path in site.paths for form in ("rss", "atom", "json")
    }
    for found in feeds(crawled):
        language, rest = found.url.removeprefix(f"{site.base}/").split("/", 1)
        others = {t: f"{site.base}/{t}/{rest}" for t in LANGUAGES if t != language}
        hubs = [] if is_made_when_asked(found.url) else [f"{site.base}/hub"]
        for links in (found.head, found.body):
            of = {
                rel: [x.href for x in links if x.rel == rel] for rel in ("self", "hub")
            }
            assert of == {"self": [found.url], "hub": hubs}, found.url
        assert found.siblings() == others, found.url
        named = {x.hreflang: x.href for x in found.head if x.rel == "alternate"}
        assert named == others, found.url


def test_the_hub_that_feeds_name_takes_forms(site: Site, client: httpx.Client) -> None:
    asked = client.get(f"{site.base}/hub")
    assert (asked.status_code, asked.headers["allow"]) == (405, "POST")


def test_every_sibling_names_whoever_names_it(site: Site, crawled: Crawled) -> None:
    clusters = 0
    for url, found in crawled.items():
        siblings = dict(found.siblings())
        default = siblings.pop("x-default", None)
        assert default in {None, f"{site.base}/", *siblings.values()}, url
        for language, other in siblings.items():
            if other != url:
                named = crawled[other].siblings()
                assert url in named.values(), (url, language, other)
                assert language_of(crawled[other]) == language, other
                clusters += 1
    assert clusters >= 2 * 4 * len(site.paths), "three formats and the page"


def language_of(found: Found) -> str:
    """In which language a document says it is, as ``hreflang`` writes it."""
    match found.kind:
        case "text/html":
            return str(found.html.get("lang"))
        case "application/feed+json":
            return str(found.json["language"])
        case "application/rss+xml":
            told = str(found.xml.findtext("channel/language"))
            return {"zh-CN": "zh", "zh-TW": "zh-Hant"}.get(told, told)
    return str(found.xml.get("{http://www.w3.org/XML/1998/namespace}lang"))


def test_a_feed_and_its_page_name_each_other(crawled: Crawled) -> None:
    for found in feeds(crawled):
        pages = {
            x.href for x in found.body if x.rel == "alternate" and x.type == "text/html"
        }
        [page] = pages
        assert page == page_of(found.url)
        offered = {x.href: x for x in crawled[page].body if x.rel == "alternate"}
        assert offered[found.url].type == found.kind
        assert offered[found.url].hreflang == language_of(found)


def test_the_sitemap_says_of_each_page_what_the_page_says(
    site: Site, crawled: Crawled
) -> None:
    pages = {url for url, found in crawled.items() if found.kind == "text/html"}
    listed = {}
    for url in crawled[f"{site.base}/sitemap.xml"].xml:
        links = {n.get("hreflang"): n.get("href") for n in url.findall(f"{XHTML}link")}
        listed[str(url.findtext(f"{SITEMAP}loc"))] = links
    assert set(listed) <= pages
    assert all(map(is_made_when_asked, pages - set(listed)))
    for page, links in listed.items():
        assert links == crawled[page].siblings(), page


def test_versions_of_a_story_name_each_other_in_every_feed(crawled: Crawled) -> None:
    told: dict[str, dict[str, str]] = {}
    for found in feeds(crawled):
        for url, versions in stories(found):
            assert told.setdefault(url, versions) == versions, (found.url, url)
    pairs = [(u, v) for u, versions in told.items() for v in versions.values()]
    assert len(pairs) >= 2
    for url, version in pairs:
        assert url in told[version].values(), (url, version)


def stories(found: Found) -> Iterator[tuple[str, dict[str, str]]]:
    """Each entry's page with its versions by language, where a format tells them."""
    if found.kind == "application/feed+json":
        for item in found.json["items"]:
            versions = item["_feedsvc"].get("alternates", ())
            yield item["url"], {each["language"]: each["url"] for each in versions}
    elif found.kind == "application/atom+xml":
        for entry in found.xml.findall(f"{ATOM}entry"):
            links = [
                x for x in entry.findall(f"{ATOM}link") if x.get("rel") == "alternate"
            ]
            own = links[0].get("href", "")
            others = [link for link in links if link.get("href") != own]
            yield own, {x.get("hreflang", ""): x.get("href", "") for x in others}


def test_a_browser_is_sent_from_every_feed_to_its_page(
    site: Site, client: httpx.Client, crawled: Crawled
) -> None:
    wanted = {
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    }
    for found in feeds(crawled):
        answer = client.get(found.url, headers=wanted)
        assert answer.status_code == 302
        assert f"{site.base}{answer.headers['location']}" == page_of(found.url)
        assert answer.headers["vary"].startswith("Accept,")
