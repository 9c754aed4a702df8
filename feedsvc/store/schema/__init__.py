"""The tables, one schema for SQLite and PostgreSQL (design, decision 8).

Moments are microseconds since 1970 in UTC, so that both databases sort them alike.
A new database is made from them; a test proves that migrations make these very ones.
"""

from feedsvc.store.schema.articles import (
    aliases,
    articles,
    checks,
    counterparts,
    filings,
    listings,
)
from feedsvc.store.schema.base import HEAD, metadata
from feedsvc.store.schema.feeds import (
    archives,
    asked,
    chronicle,
    dirty,
    memory,
    published,
    touched,
)
from feedsvc.store.schema.hub import intents, subscriptions
from feedsvc.store.schema.likeness import bands, indexed, likenesses, sketches
from feedsvc.store.schema.visits import faults, pages, resources, rhythms, visits

__all__ = [
    "HEAD",
    "aliases",
    "archives",
    "articles",
    "asked",
    "bands",
    "checks",
    "chronicle",
    "counterparts",
    "dirty",
    "faults",
    "filings",
    "indexed",
    "intents",
    "likenesses",
    "listings",
    "memory",
    "metadata",
    "pages",
    "published",
    "resources",
    "rhythms",
    "sketches",
    "subscriptions",
    "touched",
    "visits",
]
