"""What is published, and what has changed since."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from feedsvc.store.schema.base import article, maybe, metadata, moment, number, text

__all__ = ["archives", "asked", "chronicle", "dirty", "memory", "published", "touched"]

dirty = Table(
    "dirty",
    metadata,
    Column("category", Text, primary_key=True),
    number("mark"),
    number("done"),
)

# Articles whose place in any feed may have changed, by the mark that "all" got with it.
touched = Table(
    "touched",
    metadata,
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    number("mark"),
)

published = Table(
    "published",
    metadata,
    Column("path", Text, primary_key=True),
    text("digest"),
    moment("updated"),
    number("entries"),
    number("size"),
    Column("told_by", Text, nullable=False, server_default=""),
)

# The dates of what feeds hold: of those that are made when somebody asks for them, and of
# what is published, kept before it stands.
asked = Table(
    "asked",
    metadata,
    Column("path", Text, primary_key=True),
    text("digest"),
    moment("updated"),
    moment("at"),
    Index("ix_asked_at", "at"),
)

chronicle = Table(
    "chronicle",
    metadata,
    text("path"),
    number("number"),
    article(),
    maybe("version"),  # none of a tombstone
    Column("archive", Integer),  # none yet: the current feed alone holds it
    PrimaryKeyConstraint("path", "number"),
    Index("ix_chronicle_article", "article", "path"),
    Index("ix_chronicle_archive", "path", "archive"),
)

archives = Table(
    "archives",
    metadata,
    text("path"),
    number("number"),
    moment("updated"),
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
    text("value"),
)
