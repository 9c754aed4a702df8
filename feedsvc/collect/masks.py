"""Pages that say that there is none, though their server says 200."""

from feedsvc import extract
from feedsvc.collect.ports import Workers
from feedsvc.errors import ExtractError
from feedsvc.model.config import Source
from feedsvc.model.web import Failed, Fetched, Page

__all__ = ["unmasked"]


async def unmasked(fetched: Fetched, source: Source, workers: Workers) -> Fetched:
    """What was fetched; a page that is no article as the failure that it tells of.

    One that cannot be read says nothing of what stood there.
    """
    if not isinstance(fetched, Page):
        return fetched
    try:
        fault = await workers.run(extract.refusal, source, fetched)
    except ExtractError:
        return fetched
    return Failed(fault=fault, hints=fetched.hints) if fault else fetched
