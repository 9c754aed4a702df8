"""Every link, validator and date of a published site, as a crawler meets them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import pytest

from tests.readers.crawler import ATOM, SITEMAP, Crawled, Found, is_made_when_asked
from tests.readers.sites import LANGUAGES, Site

pytestmark = pytest.mark.integration

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
