"""What keeps a list from being believed, before anything of it is read."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.collect import readers
from feedsvc.collect.entry import Entry
from feedsvc.collect.tools import Tools
from feedsvc.decide import redating
from feedsvc.decide.gates import is_all_new, strangers_gate
from feedsvc.decide.redating import Told
from feedsvc.errors import ExtractError, Fault
from feedsvc.model.article import Precision
from feedsvc.normalize.frame import Frame
from feedsvc.text import dates, urls

__all__ = ["Gates"]


@dataclass(slots=True)
class Gates:
    """Judges one list.

    ``usual`` is how many entries it had, ``is_released`` whether an operator believes it
    whatever it has now. ``restated`` are articles (by id) of which it states another
    date than before, which is believed of that article alone.
    """

    tools: Tools
    frame: Frame
    usual: int
    is_released: bool
    restated: list[tuple[str, datetime]] = field(default_factory=list)

    async def hold(self, entries: Sequence[Entry]) -> Fault | None:
        """Why the list may be another than it was."""
        told = await self._told(entries)
        self.restated = [(one.article, one.now) for one in redating.redated(told)]
        if self.is_released:
            return None
        url = urls.bare(self.frame.source.url)
        return await self._strangers(entries, url) or redating.date_gate(told, url)

    async def _strangers(self, entries: Sequence[Entry], url: str) -> Fault | None:
        own = self.frame.source.tracking
        new = [urls.clean(e.item.url, own) for e in entries if e.known is None]
        if not is_all_new(self.usual, len(entries), len(new)):
            return None
        store, source = self.tools.store, self.frame.source.id
        known = await asyncio.to_thread(store.addresses, source)
        return strangers_gate(new, known, url)

    async def _told(self, entries: Sequence[Entry]) -> list[Told]:
        """What the list says of the dates that it told before."""
        source = self.frame.source
        mine = [
            (entry.item, entry.known)
            for entry in entries
            if entry.known and redating.is_told_by_list(source, entry.known)
        ]
        stated = [item.dates for item, _ in mine]
        try:
            run = self.tools.workers.run
            read = await run(readers.read_dates, stated, self.frame) if mine else []
        except ExtractError:
            return []
        zone = dates.zone(self.frame.zone or "UTC")
        return [
            Told(
                article=known.id,
                url=item.url,
                before=(known.stated or known.published).astimezone(zone),
                now=date.moment.astimezone(zone),
                exact=Precision.DAY not in (known.precision, date.precision),
            )
            for (item, known), date in zip(mine, read, strict=True)
            if date and redating.is_same_clock(known, date.zone, self.frame.zone)
        ]
