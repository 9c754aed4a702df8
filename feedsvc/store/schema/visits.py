"""What is known of sources between their visits."""

from sqlalchemy import (
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from feedsvc.store.schema.base import maybe, measure, metadata, moment, number, text

__all__ = ["faults", "pages", "resources", "rhythms", "visits"]

visits = Table(
    "visits",
    metadata,
    Column("source", Text, primary_key=True),
    maybe("due"),
    maybe("last_attempt"),
    maybe("last_success"),
    number("failures"),
    maybe("blocked_until"),
    number("items"),
    Column("released", SmallInteger, nullable=False, server_default="0"),
    Column("profile", Text),
    Column("history", Text),
    Index("ix_visits_due", "due"),
)

rhythms = Table(
    "rhythms",
    metadata,
    Column("source", Text, primary_key=True),
    moment("at"),
    measure("days"),
    measure("requests"),
    text("cells"),
)

resources = Table(
    "resources",
    metadata,
    text("source"),
    text("url"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_digest", Text),
    maybe("fetched_at"),
    Column("stated", Text),
    PrimaryKeyConstraint("source", "url"),
)

# Packed, each in the coding that its row names; the newest few of a source and role.
pages = Table(
    "pages",
    metadata,
    text("source"),
    text("role"),
    text("url"),
    text("place"),
    Column("content_type", Text),
    moment("since"),
    number("position"),
    text("coding"),
    number("size"),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("source", "role", "url"),
)

faults = Table(
    "faults",
    metadata,
    text("source"),
    moment("at"),
    text("key"),
    number("ordinal"),
    text("stage"),
    text("code"),
    text("place"),
    text("args"),
    maybe("retry_at"),
    maybe("cleared_at"),
    PrimaryKeyConstraint("source", "at", "key"),
)
