"""What follows a first list: the pages after it, or the sitemaps of an index."""

from dataclasses import dataclass, field

from feedsvc.collect import readers
from feedsvc.collect.call import SITEMAPS, Call
from feedsvc.decide.entries import PASSING
from feedsvc.errors import ExtractError, Fault
from feedsvc.model.article import Extraction
from feedsvc.model.web import Failed, Page, Resource

__all__ = ["Further", "further"]


@dataclass(slots=True)
class Further:
    """The lists that were read, their pages, ``resources`` to ask for them by next time.

    ``rested`` counts those that are as they were. ``settled`` is False when some of it
    must be asked for at the next visit although the first list may not change by then.
    """

    settled: bool = True
    rested: int = 0
    lists: list[Extraction] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def failed(self, fault: Fault) -> None:
        """Note a list that could not be had; the others stand for themselves."""
        self.faults.append(fault)
        self.settled = self.settled and fault.code not in PASSING


async def further(call: Call, first: Extraction) -> Further:
    """The pages that follow a list, and the sitemaps of an index."""
    rest = Further()
    pages = call.source.list.pages if call.source.list else 1
    queue = [first.next] if first.next and pages > 1 else []
    queue += first.children[:SITEMAPS]
    seen = {call.source.url}
    while queue and len(rest.lists) < max(pages - 1, SITEMAPS):
        url = queue.pop(0)
        if url in seen:
            continue
        seen.add(url)
        extraction = await _one_more(call, url, rest)
        if extraction and extraction.next and len(rest.lists) < pages - 1:
            queue.append(extraction.next)
    return rest


async def _one_more(call: Call, url: str, rest: Further) -> Extraction | None:
    known = await call.recall(url)
    fetched = await call.fetch(known)
    if isinstance(fetched, Failed):
        rest.failed(fetched.fault)
        return None
    if not isinstance(fetched, Page) or call.is_known(fetched, known):
        rest.rested += 1
        rest.resources.append(call.kept(known, fetched))
        return None
    try:
        read = await call.tools.workers.run(readers.read_list, call.source, fetched)
    except ExtractError as error:
        rest.failed(error.fault)
        return None
    rest.lists.append(read)
    rest.pages.append(fetched)
    rest.resources.append(call.remembered(url, fetched, read))
    return read
