"""The ledger: articles, their addresses, lists, versions and categories."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from feedsvc.store.schema.base import (
    article,
    flag,
    maybe,
    metadata,
    moment,
    number,
    text,
)

__all__ = ["aliases", "articles", "checks", "counterparts", "filings", "listings"]

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    text("source"),
    text("language"),
    moment("published"),
    moment("first_seen"),
    number("position"),
    text("precision"),
    text("published_from"),
    text("zone"),
    moment("updated"),
    text("digest"),
    number("changes"),
    flag("authored"),
    flag("pictured"),
    flag("bodied"),
    maybe("hidden_at"),
    Column("hidden_for", Text),
    maybe("held_at"),
    Column("held_for", Text),
    Column("released", SmallInteger, nullable=False, server_default="0"),
    maybe("withdrawn_at"),
    # of what was stored before there was this column: nothing
    Column("wording", Text),
    text("document"),
    Index("ix_articles_wording", "wording"),
)
Index(
    "ix_articles_order",
    articles.c.published.desc(),
    articles.c.first_seen.desc(),
    articles.c.position,
    articles.c.id,
)

aliases = Table(
    "aliases",
    metadata,
    Column("key", Text, primary_key=True),
    article(),
    Index("ix_aliases_article", "article"),
)

counterparts = Table(
    "counterparts",
    metadata,
    article(),
    # as the source states it; "" where the operator's pattern does
    text("language"),
    text("key"),
    PrimaryKeyConstraint("article", "language"),
    Index("ix_counterparts_key", "key"),
)

listings = Table(
    "listings",
    metadata,
    article(),
    text("source"),
    text("list_digest"),
    moment("first_seen"),
    moment("last_seen"),
    # the date that the list now states, where that is not the article's
    maybe("stated"),
    PrimaryKeyConstraint("article", "source"),
    Index("ix_listings_source", "source"),
)

filings = Table(
    "filings",
    metadata,
    article(),
    text("source"),
    text("category"),
    number("ordinal"),
    # what its article is sorted and chosen by, so that a feed is one walk of an index
    text("language"),
    moment("published"),
    moment("first_seen"),
    number("position"),
    PrimaryKeyConstraint("article", "source", "category"),
)
Index(
    "ix_filings_order",
    filings.c.category,
    filings.c.published.desc(),
    filings.c.first_seen.desc(),
    filings.c.position,
    filings.c.article,
    filings.c.language,
)

checks = Table(
    "checks",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    text("source"),
    text("item"),
    moment("since"),
    moment("at"),
    Column("etag", Text),
    Column("last_modified", Text),
    number("missing"),
    Index("ix_checks_at", "at"),
)
