"""Who is told of changes (WebSub)."""

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Text

from feedsvc.store.schema.base import maybe, metadata, moment, number, text

__all__ = ["intents", "subscriptions"]

subscriptions = Table(
    "subscriptions",
    metadata,
    text("callback"),
    text("path"),
    text("file"),
    text("host"),
    Column("secret", LargeBinary),
    maybe("expires"),  # never: an outside hub
    text("sent"),
    moment("due"),
    number("failures"),
    text("trouble"),
    PrimaryKeyConstraint("callback", "path", "file"),
    Index("ix_subscriptions_path", "path"),
    Index("ix_subscriptions_host", "host"),
)

intents = Table(
    "intents",
    metadata,
    Column("id", Text, primary_key=True),
    text("mode"),
    text("callback"),
    text("path"),
    text("file"),
    text("host"),
    Column("secret", LargeBinary),
    number("lease"),
    text("sent"),
    moment("asked"),
    maybe("due"),  # never: it has failed
    number("failures"),
    Index("ix_intents_host", "host"),
)
