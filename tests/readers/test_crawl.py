"""Every link, validator and date of a published site, as a crawler meets them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import pytest

from tests.readers.crawler import ATOM, SITEMAP, XHTML, Found, crawl
from tests.readers.sites import LANGUAGES, Site

pytestmark = pytest.mark.integration

Crawled = Mapping[str, Found]

STARTS = ("/", "/robots.txt")
KINDS = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json",
    ".opml": "text/x-opml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    "": "text/html; charset=utf-8",
}
CODINGS = ("gzip", "br", "zstd")
REPEATED = ("etag", "last-modified", "cache-control", "vary", "link")
"""What a 304 says again (RFC 9110 §15.4.5), and what belongs to the address."""


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A program: takes anything, decodes nothing, follows nothing."""
    headers = {"accept": "*/*", "accept-encoding": "identity"}
    with httpx.Client(headers=headers, trust_env=False) as found:
        yield found


@pytest.fixture(scope="module")
def crawled(site: Site, client: httpx.Client) -> Crawled:
    """All that answers at ``/`` and behind it, but the redirect at the door."""
    found = crawl(client, site.base, STARTS)
    door = found.pop(f"{site.base}/")
    assert door.answer.status_code == 302
    assert urlsplit(door.answer.headers["location"]).path in {
        f"/{t}/" for t in LANGUAGES
    }
    assert door.answer.headers["vary"] == "Accept-Language"
    return found


def feeds(crawled: Crawled) -> list[Found]:
    """Those that change; archive documents stand below them."""
    return [f for f in crawled.values() if f.is_feed and "/feed." in f.url]


def page_of(feed: str) -> str:
    """The address of a feed's page: that of its folder, asked the same."""
    parts = urlsplit(feed)
    return parts._replace(path=f"{parts.path.rpartition('/')[0]}/").geturl()


def is_made_when_asked(url: str) -> bool:
    """Whether an address lies where nothing need stand before somebody asks."""
    return urlsplit(url).path.split("/")[2:3] in (["sources"], ["search"])


def test_every_link_answers_and_everything_that_stands_is_linked(
    site: Site, crawled: Crawled
) -> None:
    failed = {
        u: f.answer.status_code for u, f in crawled.items() if not f.answer.is_success
    }
    assert not failed
    standing = {
        f"{site.base}/{url.removesuffix('index.html')}"
        for url in published(site)
        if url != "index.html"  # for servers that cannot choose a language
    }
    assert standing <= set(crawled)
    others = {url for url in set(crawled) - standing if "/archive/" not in url}
    assert all(map(is_made_when_asked, others)), others


def published(site: Site) -> Iterator[str]:
    """What a file server would show of the tree, but the precompressed twins."""
    folders = [site.public, *(site.public / tag for tag in LANGUAGES)]
    folders += [
        site.public / "categories",
        *(site.public / path for path in site.paths),
    ]
    for folder in folders:
        for file in folder.iterdir():
            name = file.name
            twin = name.endswith((".gz", ".br", ".zst"))
            if file.is_file() and not twin and not name.startswith("."):
                yield str(file.relative_to(site.public))


def test_everything_is_of_its_media_type(crawled: Crawled) -> None:
    for url, found in crawled.items():
        name = urlsplit(url).path.rpartition("/")[2]
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        assert found.answer.headers["content-type"] == KINDS[suffix], url
        assert found.answer.headers["x-content-type-options"] == "nosniff"


def test_every_coding_has_a_strong_tag_of_its_own_and_the_same_date(
    client: httpx.Client, crawled: Crawled
) -> None:
    twins = 0
    for url, found in crawled.items():
        tags = {found.answer.headers["etag"]}
        for coding in CODINGS:
            answer = client.get(url, headers={"accept-encoding": coding})
            assert answer.content == found.answer.content, (url, coding)
            told = answer.headers
            assert told["last-modified"] == found.answer.headers["last-modified"]
            assert "Accept-Encoding" in told["vary"]
            if "content-encoding" in told:
                assert told["content-encoding"] == coding
                assert told["etag"] not in tags, (url, coding)
                tags.add(told["etag"])
                twins += 1
        assert all(tag[0] == tag[-1] == '"' for tag in tags), (url, tags)
    assert twins > len(crawled)


def test_who_holds_a_document_is_told_so_in_either_way(
    client: httpx.Client, crawled: Crawled
) -> None:
    for url, found in crawled.items():
        told = found.answer.headers
        for held in (
            {"if-none-match": told["etag"]},
            {"if-none-match": f'"other", W/{told["etag"]}'},
            {"if-modified-since": told["last-modified"]},
        ):
            answer = client.get(url, headers=held)
            assert (answer.status_code, answer.content) == (304, b""), (url, held)
            for name in REPEATED:
                assert answer.headers.get(name) == told.get(name), (url, name)
        before = parsedate_to_datetime(told["last-modified"]) - timedelta(seconds=1)
        for other in (
            {"if-none-match": '"other"', "if-modified-since": told["last-modified"]},
            {"if-modified-since": format_datetime(before, usegmt=True)},
        ):
            answer = client.get(url, headers=other)
            assert answer.content == found.answer.content, (url, other)


def test_head_says_what_get_says(client: httpx.Client, crawled: Crawled) -> None:
    for url, found in crawled.items():
        answer = client.head(url)
        assert answer.content == b""
        told, asked = dict(answer.headers), dict(found.answer.headers)
        del told["date"], asked["date"]
        assert told == asked, url


def test_a_document_was_last_modified_when_it_says_that_it_was_updated(
    site: Site, crawled: Crawled
) -> None:
    seen = set()
    for url, found in crawled.items():
        told = own_date(found)
        if told is not None:
            seen.add(found.kind)
            assert found.modified == told.timestamp(), url
    assert seen == {
        "application/rss+xml", "application/atom+xml", "application/feed+json",
        "text/x-opml", "text/html",
    }  # fmt: skip
    for node in crawled[f"{site.base}/sitemap.xml"].xml:
        loc, stamp = (node.findtext(f"{SITEMAP}{name}") for name in ("loc", "lastmod"))
        assert (
            datetime.fromisoformat(str(stamp)).timestamp() == crawled[str(loc)].modified
        )


def own_date(found: Found) -> datetime | None:
    """The date that a document gives itself; None where its kind has none."""
    match found.kind:
        case "application/atom+xml":
            return datetime.fromisoformat(str(found.xml.findtext(f"{ATOM}updated")))
        case "application/rss+xml":
            return parsedate_to_datetime(
                str(found.xml.findtext("channel/lastBuildDate"))
            )
        case "application/feed+json":
            return datetime.fromisoformat(found.json["_feedsvc"]["updated"])
        case "text/x-opml":
            return parsedate_to_datetime(str(found.xml.findtext("head/dateModified")))
        case "text/html":
            of_feed = "//*[@class='opening' or @class='feed']//time/@datetime"
            stamps = [datetime.fromisoformat(t) for t in found.html.xpath(of_feed)]
            return max(stamps, default=None)
    return None


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
