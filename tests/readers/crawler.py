"""A crawler that follows every link of ours, in whatever document or header it stands."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")

_MEMBER = re.compile(r'<([^>]*)>((?:\s*;\s*\w+="[^"]*")*)')
_PARAMETER = re.compile(r'(\w+)="([^"]*)"')


class Link(NamedTuple):
    """A typed link; ``rel`` is "" where a document only names an address."""

    href: str
    rel: str = ""
    hreflang: str | None = None
    type: str | None = None


@dataclass(frozen=True)
class Found:
    """What one address answered, and all that its body and its header link to."""

    url: str
    answer: httpx.Response

    @property
    def kind(self) -> str:
        """The media type without parameters."""
        told: str = self.answer.headers.get("content-type", "")
        return told.partition(";")[0]

    @property
    def is_feed(self) -> bool:
        return self.kind in FEEDS

    @property
    def modified(self) -> float:
        """Last-Modified, in seconds."""
        return parsedate_to_datetime(self.answer.headers["last-modified"]).timestamp()

    @cached_property
    def xml(self) -> etree._Element:
        return etree.fromstring(self.answer.content)

    @cached_property
    def html(self) -> Any:
        return html.document_fromstring(self.answer.content.decode())

    @cached_property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.answer.content)
        return found

    @cached_property
    def head(self) -> Sequence[Link]:
        """What the Link header says (RFC 8288)."""
        told = self.answer.headers.get("link", "")
        return [
            Link(href, **dict(_PARAMETER.findall(parameters)))
            for href, parameters in _MEMBER.findall(told)
        ]

    @cached_property
    def body(self) -> Sequence[Link]:
        """What the document says of itself as a whole."""
        read = _READ.get(self.kind)
        return [
            link._replace(href=urldefrag(urljoin(self.url, link.href)).url)
            for link in (read(self) if read else ())
        ]

    def siblings(self) -> dict[str, str]:
        """Language → the same document in it, as its body says."""
        same = {None, self.kind} if self.is_feed else {None}
        return {
            link.hreflang: link.href
            for link in self.body
            if link.rel == "alternate" and link.hreflang and link.type in same
        }


Crawled = Mapping[str, Found]
"""What was found, by address."""


def crawl(client: httpx.Client, base: str, starts: Sequence[str]) -> dict[str, Found]:
    """Every address that is ours and linked from ``starts``; redirects end there."""
    found: dict[str, Found] = {}
    waiting = deque(f"{base}{start}" for start in starts)
    while waiting:
        url = waiting.popleft()
        if url in found:
            continue
        made = found[url] = Found(url, client.get(url))
        links = [*made.body, *made.head, *_redirect(made)]
        waiting += [
            link.href
            for link in links
            if link.href.startswith(f"{base}/") and link.rel != "hub"
        ]
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


def _redirect(found: Found) -> Iterator[Link]:
    if found.answer.is_redirect:
        yield Link(urljoin(found.url, found.answer.headers["location"]))


def _page(found: Found) -> Iterator[Link]:
    for node in found.html.iter("a", "link"):
        told = {name: node.get(name) for name in ("rel", "hreflang", "type")}
        yield Link(node.get("href"), told.pop("rel") or "", **told)
    for node in found.html.iter("script", "img"):
        yield Link(node.get("src"))


def _atom(found: Found) -> Iterator[Link]:
    yield from map(_linked, found.xml.findall(f"{ATOM}link"))
    for node in found.xml.iter(f"{ATOM}category"):
        yield Link(node.get("scheme", ""))
    for node in found.xml.findall(f"{ATOM}entry/{ATOM}link"):
        yield _linked(node)._replace(rel="entry")


def _rss(found: Found) -> Iterator[Link]:
    yield Link(found.xml.findtext("channel/link") or "", "alternate", None, "text/html")
    yield from map(_linked, found.xml.findall(f"channel/{ATOM}link"))
    for node in found.xml.iter("category"):
        yield Link(node.get("domain", ""))


def _linked(node: etree._Element) -> Link:
    told = {name: node.get(name) for name in ("hreflang", "type")}
    return Link(node.get("href", ""), node.get("rel", "alternate"), **told)


def _json_feed(found: Found) -> Iterator[Link]:
    told = found.json
    yield Link(told["feed_url"], "self")
    yield Link(told["home_page_url"], "alternate", None, "text/html")
    for hub in told.get("hubs", ()):
        yield Link(hub["url"], "hub")
    yield Link(told["_feedsvc"].get("about", ""))
    for each in told["_feedsvc"]["siblings"]:
        yield Link(each["feed_url"], "alternate", each["language"], found.kind)


def _opml(found: Found) -> Iterator[Link]:
    yield Link(found.xml.findtext("head/ownerId") or "")
    for node in found.xml.iter("outline"):
        yield Link(node.get("xmlUrl", ""))
        yield Link(node.get("htmlUrl", ""))


def _sitemap(found: Found) -> Iterator[Link]:
    for node in found.xml.iter(f"{SITEMAP}loc"):
        yield Link(node.text or "")
    for node in found.xml.iter(f"{XHTML}link"):
        yield Link(node.get("href", ""))


def _robots(found: Found) -> Iterator[Link]:
    for url in re.findall(r"(?m)^Sitemap: (.+)$", found.answer.text):
        yield Link(url)


_READ: dict[str, Callable[[Found], Iterator[Link]]] = {
    "text/html": _page,
    "application/atom+xml": _atom,
    "application/rss+xml": _rss,
    "application/feed+json": _json_feed,
    "text/x-opml": _opml,
    "application/xml": _sitemap,
    "text/plain": _robots,
}
