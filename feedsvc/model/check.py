"""A published article that is to be read again, for corrections."""

from dataclasses import dataclass, field
from datetime import datetime

from feedsvc.model.article import RawItem
from feedsvc.model.web import Validators

__all__ = ["Check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """When to read an article's page again, and by what.

    ``item`` is what the list of ``source`` said of it, which the page is read together
    with. ``since`` is when it was first read, ``at`` when it is due (None: no more).
    ``missing`` counts how often in a row the page was gone.
    """

    article: str
    source: str
    item: RawItem
    since: datetime
    at: datetime | None
    validators: Validators = field(default_factory=Validators)
    missing: int = 0
