"""The one way out: every request of the service is made, paced and judged here."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from httpx_aiohttp import AiohttpTransport

from feedsvc import __version__
from feedsvc.errors import Code, StoreError
from feedsvc.fetch import exchange, faults, hints
from feedsvc.fetch.count import Count
from feedsvc.fetch.door import Door
from feedsvc.fetch.holds import Holds
from feedsvc.fetch.notes import Notes
from feedsvc.fetch.pace import LONGEST_GAP, Pace
from feedsvc.fetch.robots import AGENT, Robots
from feedsvc.fetch.share import Share
from feedsvc.fetch.walk import Answer, Walk, begin
from feedsvc.model.config import CollectSettings
from feedsvc.model.web import Answered, Failed, Fetched, Hints, Message, Request
from feedsvc.text import loops, urls

__all__ = ["Egress"]

_FEED = re.compile(
    r"/(?:zh|en|zh-Hant)/[^/]+/(?:feed\.(?:rss|atom|json)|archive/\d+\.atom)$"
)
"""The paths of our own feeds (contract, section 3)."""

_USER = re.compile(r"//[^/?#]*@")
"""A user and password in an address: nothing to be shown."""

_MESSAGES = 4
"""Under way to one host at a time; who asks for them is nobody's friend perhaps."""

_LOOP = 508
_TOO_MANY = 429
_HOLDING = frozenset({_TOO_MANY, 503})


def _now() -> datetime:
    return datetime.now(UTC)


class Egress:
    """Makes polite requests; whatever a server does comes back as a value.

    One deadline and one cap on bytes for each exchange, one request at a time to a
    host, robots.txt obeyed, nothing dialled that is not public.
    """

    def __init__(  # noqa: PLR0913 -- one setting, the rest by keyword: a name or a seam each
        self,
        settings: CollectSettings,
        contact: str | None = None,
        *,
        feeds: int = 0,
        base_url: str = "",
        authority: str = "",
        door: Door | None = None,
        notes: Notes | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """Name ourselves by ``contact`` and ``feeds``.

        ``base_url`` and ``authority`` are the site's own, by which loops are known.
        ``notes`` keep between runs what robots.txt files and busy hosts said, and how
        much was asked, by a ``clock`` that gives aware UTC.
        """
        self.agent = _agent(contact, feeds)
        self._settings = settings
        self._home = urls.host(base_url)
        self._mark = loops.mark(authority)
        self._door = door or Door(settings.allow_networks)
        self._pace = Pace(settings.host_gap.total_seconds())
        self._clock = clock
        self._holds = Holds(notes, self._seconds)
        self._count = Count(notes, self._seconds)
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._robots = Robots(self._fetch, self._seconds, notes)
        self._lines: dict[str | None, AiohttpTransport] = {}
        self._share = Share(_MESSAGES)

    async def __aenter__(self) -> Self:
        """Nothing is opened before it is needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""
        with suppress(StoreError):  # what else happened is told already
            await self._count.total()
        for line in self._lines.values():
            await line.aclose()
        await self._door.close()

    async def fetch(self, request: Request) -> Fetched:
        """Make one polite GET, following redirects."""
        return await self._fetch(request)

    async def spent(self) -> int:
        """Requests of the last 24 hours: every hop and robots.txt counts, messages do not."""
        return await self._count.total()

    async def send(self, message: Message) -> Answered | Failed:
        """Deliver one message of the hub: no redirect, robots.txt or gap; few a host.

        The deadline and the judged address are those of every request; a failure names
        the host alone, as the rest of a callback's address is its owner's secret.
        """
        host = urls.host(message.url)
        seconds = self._settings.timeout.total_seconds()
        sent = {
            "User-Agent": self.agent,
            "Accept-Encoding": "identity",
            loops.HEADER: self._mark,
        }
        try:
            async with self._share.place(host), asyncio.timeout(seconds):
                answer = await exchange.send(self._line(None), message, sent)
        except faults.TROUBLE as error:
            return Failed(fault=faults.of_error(error, host, seconds))
        wishes = hints.read(answer.headers, self._clock())
        return Answered(status=answer.status, body=answer.body, hints=wishes)

    def _seconds(self) -> float:
        """The clock as seconds since 1970."""
        return self._clock().timestamp()

    async def _fetch(self, request: Request) -> Fetched:
        seconds = self._settings.timeout.total_seconds()
        walk = begin(request, seconds)
        if walk is None:
            place = _USER.sub("//", request.url)
            host = urls.host(request.url) or place[:100]
            return Failed(fault=faults.fault(Code.E_ADDRESS, place, host=host))
        await self._holds.recall()
        while True:
            refusal = self._refusal(walk) or await self._disallowed(walk)
            if refusal is not None:
                return refusal
            answer = await self._ask(walk)
            if isinstance(answer, Failed):
                return answer
            if self._came_back(answer):
                return walk.fails(Code.E_LOOP, answer.status)
            if (done := walk.take(answer, self._clock())) is not None:
                return self._advised(walk, done)

    def _refusal(self, walk: Walk) -> Failed | None:
        """Why the present address is not asked at all, whatever it would answer."""
        if walk.host == self._home and _FEED.search(urlsplit(walk.url).path):
            return walk.fails(Code.E_LOOP)
        if walk.request.proxy and not self._may_be_proxied(walk.url):
            return walk.fails(Code.E_ADDRESS, host=walk.host)
        return self._held(walk)

    def _came_back(self, answer: Answer) -> bool:
        """Whether it was ourselves who answered, by way of others (RFC 5842 §7.2)."""
        told = answer.headers.get(loops.HEADER.lower(), "")
        return answer.status == _LOOP and loops.is_named(self._mark, told)

    def _may_be_proxied(self, url: str) -> bool:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return self._door.gate.admits_name(parts.hostname or "", port)

    def _held(self, walk: Walk) -> Failed | None:
        hold = self._holds.held(walk.host)
        if hold is None:
            return None
        told = faults.fault(Code.E_THROTTLED, walk.url, status=hold.status)
        return Failed(
            fault=told, hints=Hints(retry_after=hold.left if hold.asked else None)
        )

    async def _disallowed(self, walk: Walk) -> Failed | None:
        if not (self._settings.robots and walk.request.robots):
            return None
        ruling = await self._robots.ruling(walk.url, walk.request.proxy)
        self._pace.slow(walk.host, ruling.delay)
        walk.delay = ruling.delay
        return ruling.refusal

    def _advised(self, walk: Walk, done: Fetched) -> Fetched:
        """The answer with what is known of its host besides."""
        pause = self._holds.pause(walk.host)
        beyond = timedelta(seconds=walk.delay) if walk.delay > LONGEST_GAP else None
        if pause is None and beyond is None:
            return done
        return replace(done, hints=replace(done.hints, pause=pause, crawl_delay=beyond))

    async def _ask(self, walk: Walk) -> Answer | Failed:
        """Wait for the host's turn and make the request."""
        async with self._pace.turn(walk.host) as start:
            # Whoever had the turn before us may have been told to stay away.
            if (held := self._held(walk)) is not None:
                return held
            async with self._slots:
                start()
                answer = await self._exchange(walk)
            if isinstance(answer, Answer) and answer.status in _HOLDING:
                await self._hold(walk.host, answer)
            return answer

    async def _exchange(self, walk: Walk) -> Answer | Failed:
        self._count.add()
        try:
            async with _within(walk):
                return await exchange.get(
                    self._line(walk.request.proxy),
                    walk.url,
                    {**walk.headers(self.agent), loops.HEADER: self._mark},
                    self._settings.max_bytes,
                )
        except faults.TROUBLE as error:
            seconds = self._settings.timeout.total_seconds()
            return Failed(fault=faults.of_error(error, walk.url, seconds))

    async def _hold(self, host: str, answer: Answer) -> None:
        asked = hints.read(answer.headers, self._clock()).retry_after
        if asked or answer.status == _TOO_MANY:
            await self._holds.add(host, answer.status, asked)

    def _line(self, proxy: str | None) -> AiohttpTransport:
        """The line by a proxy, or for none; a proxy's address is the operator's word."""
        line = self._lines.get(proxy)
        if line is None:
            by = exchange.proxy(proxy) if proxy else None
            connector = self._door.proxy() if by else self._door.outside()
            line = self._lines[proxy] = exchange.line(connector, by)
        return line


@asynccontextmanager
async def _within(walk: Walk) -> AsyncIterator[None]:
    """Spend the walk's seconds, all hops together, without the waits between."""
    started = time.monotonic()
    try:
        async with asyncio.timeout(walk.left):
            yield
    finally:
        walk.left -= time.monotonic() - started


def _agent(contact: str | None, feeds: int) -> str:
    """How we are called (standards.md, "Politeness" 4), in what a header may hold."""
    word = re.sub(r"[^\x21-\x7e]|[()\\;]", "", contact or "")
    notes = [f"+{word}"] if word else []
    if feeds:
        notes.append(f"{feeds} feeds")
    return (
        f"{AGENT}/{__version__} ({'; '.join(notes)})"
        if notes
        else f"{AGENT}/{__version__}"
    )
