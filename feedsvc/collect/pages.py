"""The pages of a list's entries: asked for, and read by the workers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedsvc import extract
from feedsvc.collect import readers
from feedsvc.collect.entry import Entry
from feedsvc.collect.masks import unmasked
from feedsvc.collect.tools import Tools
from feedsvc.decide.entries import needs_page
from feedsvc.errors import ExtractError, Fault
from feedsvc.fetch import requests
from feedsvc.fetch.further import with_further
from feedsvc.model.web import Failed, Fetched, Page
from feedsvc.normalize.frame import Frame

__all__ = ["Pages"]


@dataclass(slots=True)
class Pages:
    """Asks for the pages of one visit; ``requests`` counts."""

    frame: Frame
    tools: Tools
    requests: int = 0

    async def ask(self, entry: Entry) -> readers.Asked:
        """Ask for the entry's page, if it needs one."""
        asked = readers.Asked(
            item=entry.item,
            position=entry.position,
            is_known=entry.known is not None,
            is_new_here=entry.is_new_to(self.frame.source),
        )
        if not needs_page(self.frame.source, entry.item):
            return asked
        fetched = await self.fetch(entry.item.url)
        match await with_further(self.frame.source, fetched, self._next, self.fetch):
            case Page() as page:
                return replace(asked, answer=page)
            case Failed(fault=fault):
                return replace(asked, answer=fault)
        return asked

    async def fetch(self, url: str) -> Fetched:
        """Ask for one page; whatever is wrong with it is a value."""
        self.requests += 1
        return await self.tools.fetcher.fetch(
            requests.for_article(self.frame.source, url)
        )

    async def look(self, url: str) -> Fetched:
        """Ask what stands at an address where an article stood."""
        fetched = await self.fetch(url)
        return await unmasked(fetched, self.frame.source, self.tools.workers)

    async def _next(self, page: Page) -> str | None:
        return await self.tools.workers.run(extract.next_page, self.frame.source, page)

    async def read(self, chunk: Sequence[readers.Asked]) -> list[readers.Reading]:
        """Have a chunk read; what ends its worker is then looked for one by one."""
        try:
            return await self.tools.workers.run(readers.read_entries, chunk, self.frame)
        except ExtractError as error:
            if len(chunk) > 1:
                return [r for asked in chunk for r in await self.read([asked])]
            return await self._read_without(chunk[0], error.fault)

    async def _read_without(
        self, asked: readers.Asked, fault: Fault
    ) -> list[readers.Reading]:
        """Have an entry read without the page that ended a worker."""
        if isinstance(asked.answer, Page):
            return await self.read([replace(asked, answer=fault)])
        return [readers.Reading(faults=(fault,))]
