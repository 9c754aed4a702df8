"""robots.txt (RFC 9309): asked for once a day and site, obeyed, and never in the way.

4xx means no restriction (§2.3.1.3). A file that cannot be had (5xx, the net) keeps us
out (§2.3.1.4); the fault then is what kept the file from us, not the site's will. After
thirty days such a file counts as none.
"""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from feedsvc.errors import Code
from feedsvc.fetch.faults import fault
from feedsvc.fetch.notes import Notes
from feedsvc.model.web import Failed, Fetched, Page, Request

__all__ = ["AGENT", "Robots", "Ruling"]

AGENT: Final = "feedsvc"
"""The product token that a robots.txt calls us by."""

_DAY = 24 * 3600.0
_RETRY = 300.0
"""Seconds after which a file that could not be had is asked for again."""

_LOST = 30 * _DAY
"""Seconds after which a file that could never be had is taken for none (§2.3.1.4)."""

_PARSED_BYTES = 500 * 1024
"""What a crawler must parse at least (§2.5), and all that we parse."""

_MOST_SITES = 2_000
_MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an address may be read, and the seconds that its site wants between two."""

    refusal: Failed | None = None
    delay: float = 0.0


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = 0.0
    rules: Protego | None = None
    failed: Failed | None = None
    lost: float | None = None
    size: int = 0


class Robots:
    """What every site allows, as far as it was asked lately."""

    def __init__(
        self,
        get: Callable[[Request], Awaitable[Fetched]],
        clock: Callable[[], float] = time.time,
        notes: Notes | None = None,
    ) -> None:
        """Ask sites by ``get``; ``clock`` gives seconds that outlive the process."""
        self._get = get
        self._clock = clock
        self._notes = notes
        self._sites: OrderedDict[tuple[str, str | None], _Site] = OrderedDict()

    async def ruling(self, url: str, proxy: str | None) -> Ruling:
        """What the site of ``url`` says about it."""
        site = await self._site(url, proxy)
        if site.failed is not None:
            return Ruling(refusal=_about(url, site.failed))
        if site.rules is None:
            return Ruling()
        delay = site.rules.crawl_delay(AGENT) or 0.0
        if site.rules.can_fetch(url, AGENT):
            return Ruling(delay=delay)
        told = fault(Code.E_ROBOTS, url, agent=AGENT)
        return Ruling(refusal=Failed(fault=told), delay=delay)

    async def _site(self, url: str, proxy: str | None) -> _Site:
        address = urlunsplit((*urlsplit(url)[:2], "/robots.txt", "", ""))
        site = self._sites.setdefault((address, proxy), _Site())
        self._sites.move_to_end((address, proxy))
        if not self._holds(site.until):
            async with site.lock:
                if not self._holds(site.until):
                    await self._learn(site, address, proxy)
                    self._forget()
        return site

    async def _learn(self, site: _Site, address: str, proxy: str | None) -> None:
        """Know a site's rules: from an earlier run if that is fresh, else by asking."""
        key = f"robots {blake2b(repr((address, proxy)).encode()).hexdigest()[:32]}"
        if self._notes and not site.until:
            noted = await asyncio.to_thread(self._notes.memory, key)
            if noted and self._recall(site, noted):
                return
        text = await self._ask(site, address, proxy)
        if self._notes:
            until = 0.0 if _is_out_of_reach(site) else site.until
            told = json.dumps({"until": until, "text": text, "lost": site.lost})
            await asyncio.to_thread(self._notes.remember, key, told)

    def _recall(self, site: _Site, noted: str) -> bool:
        """Take over what was noted, unless it is too old."""
        known = json.loads(noted)
        site.lost = known.get("lost")
        if not self._holds(known["until"]):
            return False
        site.until = known["until"]
        if known["text"] is not None:
            site.rules, site.size = Protego.parse(known["text"]), len(known["text"])
        return True

    def _holds(self, until: float) -> bool:
        """Whether what was learned still counts; a clock that jumped ends that."""
        return self._clock() < until <= self._clock() + _DAY

    async def _ask(self, site: _Site, address: str, proxy: str | None) -> str | None:
        request = Request(url=address, accept="text/plain", proxy=proxy, robots=False)
        fetched = await self._get(request)
        site.rules, site.failed, site.size = None, None, 0
        text = None
        if isinstance(fetched, Page):
            text = fetched.body[:_PARSED_BYTES].decode("utf-8-sig", errors="replace")
            site.rules, site.size = Protego.parse(text), len(text)
        self._mind(site, fetched)
        site.until = self._clock() + (_RETRY if _is_out_of_reach(site) else _DAY)
        return text

    def _mind(self, site: _Site, fetched: Fetched) -> None:
        """Stay away from a site whose file cannot be had, for thirty days at the most."""
        if not (isinstance(fetched, Failed) and _keeps_out(fetched)):
            site.lost = None
            return
        now = self._clock()
        site.lost = now if site.lost is None else min(site.lost, now)
        if now - site.lost <= _LOST:
            site.failed = fetched

    def _forget(self) -> None:
        """Drop the sites least lately asked about, by number and by size."""
        size = sum(site.size for site in self._sites.values())
        while len(self._sites) > _MOST_SITES or size > _MOST_BYTES:
            _, site = self._sites.popitem(last=False)
            size -= site.size


def _is_out_of_reach(site: _Site) -> bool:
    return site.failed is not None


def _about(url: str, failed: Failed) -> Failed:
    """The failure as the page's own, unless it was an answer for the file."""
    if failed.status is not None:
        return failed
    return replace(failed, fault=replace(failed.fault, place=url))


def _keeps_out(failed: Failed) -> bool:
    """Whether a failure means full disallow; too many redirects do not (§2.3.1.2)."""
    code, status = failed.fault.code, failed.status
    if code in (Code.E_REDIRECT, Code.E_304_NO_CACHE):
        return False
    return status is None or status == 429 or status >= 500  # noqa: PLR2004
