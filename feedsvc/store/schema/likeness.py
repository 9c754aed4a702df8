"""What articles are compared and found by."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from feedsvc.store.schema.base import article, maybe, metadata, moment, text

__all__ = ["bands", "indexed", "likenesses", "sketches"]

# A sketch is that of its article while digest and date are; bands repeat the date, so
# that what is near in time and in text is one range of an index.
sketches = Table(
    "sketches",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    text("digest"),
    moment("published"),
    Column("grams", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, nullable=False),
    moment("published"),
    article(),
    PrimaryKeyConstraint("band", "published", "article"),
    Index("ix_bands_article", "article"),
    sqlite_with_rowid=False,  # one tree to write instead of two
)

likenesses = Table(
    "likenesses",
    metadata,
    article(),
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
    maybe("number"),
    Index("ix_indexed_number", "number"),
)
