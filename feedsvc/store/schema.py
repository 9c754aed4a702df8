"""The tables, one schema for SQLite and PostgreSQL (design, decision 8).

Moments are microseconds since 1970 in UTC, so that both databases sort them alike.
Migrations make the tables; a test proves that they make these very ones.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

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

HEAD = "0009"
"""The newest migration; a database beyond it is refused."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _moment(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _maybe(name: str) -> Column[int | None]:
    return Column(name, BigInteger, nullable=True)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _measure(name: str) -> Column[float]:
    return Column(name, Double, nullable=False)


def _flag(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def _article() -> Column[str]:
    return Column("article", Text, ForeignKey("articles.id"), nullable=False)


visits = Table(
    "visits",
    metadata,
    Column("source", Text, primary_key=True),
    _maybe("due"),
    _maybe("last_attempt"),
    _maybe("last_success"),
    _number("failures"),
    _maybe("blocked_until"),
    _number("items"),
    Column("released", SmallInteger, nullable=False, server_default="0"),
    Column("profile", Text),
    Column("history", Text),
    Index("ix_visits_due", "due"),
)

rhythms = Table(
    "rhythms",
    metadata,
    Column("source", Text, primary_key=True),
    _moment("at"),
    _measure("days"),
    _measure("requests"),
    _text("cells"),
)

resources = Table(
    "resources",
    metadata,
    _text("source"),
    _text("url"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_digest", Text),
    _maybe("fetched_at"),
    Column("stated", Text),
    PrimaryKeyConstraint("source", "url"),
)

# Packed, each in the coding that its row names; the newest few of a source and role.
pages = Table(
    "pages",
    metadata,
    _text("source"),
    _text("role"),
    _text("url"),
    _text("place"),
    Column("content_type", Text),
    _moment("since"),
    _number("position"),
    _text("coding"),
    _number("size"),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("source", "role", "url"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    _text("source"),
    _text("language"),
    _moment("published"),
    _moment("first_seen"),
    _number("position"),
    _text("precision"),
    _text("published_from"),
    _text("zone"),
    _moment("updated"),
    _text("digest"),
    _number("changes"),
    _flag("authored"),
    _flag("pictured"),
    _flag("bodied"),
    _maybe("hidden_at"),
    Column("hidden_for", Text),
    _maybe("held_at"),
    Column("held_for", Text),
    Column("released", SmallInteger, nullable=False, server_default="0"),
    _maybe("withdrawn_at"),
    # of what was stored before there was this column: nothing
    Column("wording", Text),
    _text("document"),
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
    _article(),
    Index("ix_aliases_article", "article"),
)

counterparts = Table(
    "counterparts",
    metadata,
    _article(),
    # as the source states it; "" where the operator's pattern does
    _text("language"),
    _text("key"),
    PrimaryKeyConstraint("article", "language"),
    Index("ix_counterparts_key", "key"),
)

listings = Table(
    "listings",
    metadata,
    _article(),
    _text("source"),
    _text("list_digest"),
    _moment("first_seen"),
    _moment("last_seen"),
    # the date that the list now states, where that is not the article's
    _maybe("stated"),
    PrimaryKeyConstraint("article", "source"),
    Index("ix_listings_source", "source"),
)

checks = Table(
    "checks",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    _text("source"),
    _text("item"),
    _moment("since"),
    _moment("at"),
    Column("etag", Text),
    Column("last_modified", Text),
    _number("missing"),
    Index("ix_checks_at", "at"),
)

filings = Table(
    "filings",
    metadata,
    _article(),
    _text("source"),
    _text("category"),
    _number("ordinal"),
    # what its article is sorted and chosen by, so that a feed is one walk of an index
    _text("language"),
    _moment("published"),
    _moment("first_seen"),
    _number("position"),
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

# A sketch is that of its article while digest and date are; bands repeat the date, so
# that what is near in time and in text is one range of an index.
sketches = Table(
    "sketches",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    _text("digest"),
    _moment("published"),
    Column("grams", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    _moment("published"),
    _article(),
    PrimaryKeyConstraint("band", "published", "article"),
    Index("ix_bands_article", "article"),
    sqlite_with_rowid=False,  # one tree to write instead of two
)

likenesses = Table(
    "likenesses",
    metadata,
    _article(),
    Column("other", Text, ForeignKey("articles.id"), nullable=False),
    PrimaryKeyConstraint("article", "other"),
    sqlite_with_rowid=False,
)

# Under which number the words of an article can be found; none yet where it is NULL.
# The words themselves are in the index for full text that each database has ("words").
indexed = Table(
    "indexed",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    _maybe("number"),
    Index("ix_indexed_number", "number"),
)

# What stands of the feeds that are made when somebody asks for them.
asked = Table(
    "asked",
    metadata,
    Column("path", Text, primary_key=True),
    _text("digest"),
    _moment("updated"),
    _moment("at"),
    Index("ix_asked_at", "at"),
)

faults = Table(
    "faults",
    metadata,
    _text("source"),
    _moment("at"),
    _text("key"),
    _number("ordinal"),
    _text("stage"),
    _text("code"),
    _text("place"),
    _text("args"),
    _maybe("retry_at"),
    _maybe("cleared_at"),
    PrimaryKeyConstraint("source", "at", "key"),
)

dirty = Table(
    "dirty",
    metadata,
    Column("category", Text, primary_key=True),
    _number("mark"),
    _number("done"),
)

published = Table(
    "published",
    metadata,
    Column("path", Text, primary_key=True),
    _text("digest"),
    _moment("updated"),
    _number("entries"),
    _number("size"),
    Column("told_by", Text, nullable=False, server_default=""),
)

# Articles whose place in any feed may have changed, by the mark that "all" got with it.
touched = Table(
    "touched",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    _number("mark"),
)

chronicle = Table(
    "chronicle",
    metadata,
    _text("path"),
    _number("number"),
    _article(),
    _maybe("version"),  # none of a tombstone
    Column("archive", Integer),  # none yet: the current feed alone holds it
    PrimaryKeyConstraint("path", "number"),
    Index("ix_chronicle_article", "article", "path"),
    Index("ix_chronicle_archive", "path", "archive"),
)

archives = Table(
    "archives",
    metadata,
    _text("path"),
    _number("number"),
    _moment("updated"),
    Column("place", Text),  # under which address it stands; nowhere: to be put there
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("path", "number"),
    # so that nobody walks over bodies
    Index("ix_archives_place", "path", "place", "number"),
)

memory = Table(
    "memory",
    metadata,
    Column("key", Text, primary_key=True),
    _text("value"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _text("callback"),
    _text("path"),
    _text("file"),
    _text("host"),
    Column("secret", LargeBinary),
    _maybe("expires"),  # never: an outside hub
    _text("sent"),
    _moment("due"),
    _number("failures"),
    _text("trouble"),
    PrimaryKeyConstraint("callback", "path", "file"),
    Index("ix_subscriptions_path", "path"),
    Index("ix_subscriptions_host", "host"),
)

intents = Table(
    "intents",
    metadata,
    Column("id", Text, primary_key=True),
    _text("mode"),
    _text("callback"),
    _text("path"),
    _text("file"),
    _text("host"),
    Column("secret", LargeBinary),
    _number("lease"),
    _text("sent"),
    _moment("asked"),
    _maybe("due"),  # never: it has failed
    _number("failures"),
    Index("ix_intents_host", "host"),
)
