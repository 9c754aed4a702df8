"""What a site offers: found by asking it politely, each offer tried."""

from collections.abc import Awaitable, Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from feedsvc import extract
from feedsvc.errors import Code, ExtractError, Fault, FetchError, Stage
from feedsvc.extract.discover import feed_links
from feedsvc.extract.sitemap import robots_sitemaps
from feedsvc.extract.sniff import Sniffed, sniff
from feedsvc.fetch import requests
from feedsvc.inspect.offers import Found, Offer, usual_feeds, widens
from feedsvc.model.config import Source
from feedsvc.model.web import Failed, Fetched, Page, Request, Validators
from feedsvc.text.encoding import decode
from feedsvc.text.urls import bare, identity

__all__ = ["Survey"]

_MOST_LINKED: Final = 5
_MOST_SITEMAPS: Final = 3
_TROUBLE: Final = frozenset(
    {Code.E_CONNECT, Code.E_DNS, Code.E_TLS, Code.E_TIMEOUT, Code.E_THROTTLED}
)
"""Faults of a whole site: what else it may have is not asked for."""


@dataclass(slots=True)
class Survey:
    """Asks a site for what it offers, one request after the other.

    At most 24, and fewer the sooner a feed is found. ``told`` hears of each.
    """

    get: Callable[[Request], Awaitable[Fetched]]
    told: Callable[[str], None] = lambda _: None
    _answers: dict[str, Fetched] = field(default_factory=dict)
    _offers: list[Offer] = field(default_factory=list)
    _faults: list[Fault] = field(default_factory=list)

    async def fetch(self, request: Request) -> Fetched:
        """Make a request, the same one only once."""
        if request.url not in self._answers:
            self.told(bare(request.url))
            self._answers[request.url] = await self.get(request)
        return self._answers[request.url]

    async def run(self, url: str) -> tuple[Page, list[Offer]]:
        """The document at ``url`` and what there is to read, in order of preference.

        FetchError when it cannot be had; ExtractError when it is a challenge, a login
        or an error page, or when nothing lists an article (E_NO_LIST).
        """
        page = await self._page(url)
        if page is None:
            raise FetchError(*self._faults)
        own = _read(page, "given")
        if own.kind == "html":
            await self._linked(page)
            if not self._offers:
                await self._hidden(page.url)
            self._add(own)
            await self._sitemaps(page.url)
        else:
            self._add(await self._opened(own))
        if not self._offers:
            raise ExtractError(_nothing(page.url, len(self._answers)))
        return page, _judged(self._offers, own)

    async def _linked(self, page: Page) -> None:
        text = decode(page.body, content_type=page.content_type).text
        feeds = [url for url in feed_links(text, page.url) if "comment" not in url]
        for url in feeds[:_MOST_LINKED]:
            await self._try(url, "linked", ("feed", "json"))

    async def _hidden(self, url: str) -> None:
        for address in usual_feeds(url):
            if await self._try(address, "usual", ("feed", "json")):
                return

    async def _sitemaps(self, url: str) -> None:
        """Try those that robots.txt names, news first; else the usual one."""
        robots = urljoin(url, "/robots.txt")
        request = Request(url=robots, accept="text/plain", robots=False)
        page = await self._page(robots, request)
        text = page.body.decode("utf-8", "replace") if page else ""
        named = sorted(robots_sitemaps(text, robots), key=lambda url: not _is_news(url))
        for address in named[:_MOST_SITEMAPS] or [urljoin(url, "/sitemap.xml")]:
            await self._try(address, "robots" if named else "usual", ("sitemap",))

    async def _try(self, url: str, found: Found, kinds: Container[Sniffed]) -> bool:
        """Whether there is a new offer at ``url``, of one of the kinds."""
        page = await self._page(url)
        if page is None or sniff(page) not in kinds:
            return False
        try:
            offer = _read(page, found)
        except ExtractError:
            return False
        return self._add(await self._opened(offer))

    async def _opened(self, offer: Offer) -> Offer:
        """A sitemap index with what its newest child lists; a news child by itself."""
        children = offer.extraction.children
        if offer.extraction.items or not children:
            return offer
        news = next(filter(_is_news, children), None)
        page = await self._page(news or children[0])
        try:
            child = _read(page, offer.found) if page else offer
        except ExtractError:
            return offer
        return child if news else replace(child, url=offer.url)

    async def _page(self, url: str, request: Request | None = None) -> Page | None:
        """Ask for a document, unless the site turned out to be in trouble."""
        if any(fault.code in _TROUBLE for fault in self._faults):
            return None
        source = Source(id="add", url=url)
        asked = request or requests.for_list(source, url, Validators())
        answer = await self.fetch(asked)
        if isinstance(answer, Failed):
            self._faults.append(answer.fault)
        return answer if isinstance(answer, Page) else None

    def _add(self, offer: Offer) -> bool:
        known = {identity(other.url) for other in self._offers}
        fresh = bool(offer.extraction.items) and identity(offer.url) not in known
        if fresh:
            self._offers.append(offer)
        return fresh


def _read(page: Page, found: Found) -> Offer:
    """What a document lists; ExtractError when it is refused."""
    kind = sniff(page)
    url = page.url if page.moved or not page.requested else page.requested
    source = Source(id="add", url=url, kind=kind)
    extraction = extract.read_list(source, page)
    return Offer(url=url, kind=kind, found=found, extraction=extraction, shown=url)


def _judged(offers: Iterable[Offer], own: Offer) -> list[Offer]:
    """The offers, told apart by whether they hold to what the page itself lists."""
    listed = {identity(item.url) for item in own.extraction.items}
    return [
        replace(offer, wider=widens(offer.extraction.items, own.url, listed))
        if offer.url != own.url
        else offer
        for offer in offers
    ]


def _is_news(url: str) -> bool:
    return "news" in urlsplit(url).path.lower()


def _nothing(url: str, tried: int) -> Fault:
    args = {"tried": tried}
    return Fault(code=Code.E_NO_LIST, stage=Stage.EXTRACT, place=url, args=args)
