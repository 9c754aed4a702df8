"""What all tables share."""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    Text,
)

__all__ = [
    "HEAD",
    "article",
    "flag",
    "maybe",
    "measure",
    "metadata",
    "moment",
    "number",
    "text",
]

HEAD = "0012"
"""The newest migration; a database beyond it is refused."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def text(name: str) -> Column[str]:
    """A text that is never missing."""
    return Column(name, Text, nullable=False)


def moment(name: str) -> Column[int]:
    """Microseconds since 1970 in UTC."""
    return Column(name, BigInteger, nullable=False)


def maybe(name: str) -> Column[int | None]:
    """A moment or a number that may be missing."""
    return Column(name, BigInteger, nullable=True)


def number(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def measure(name: str) -> Column[float]:
    """A number with a fraction."""
    return Column(name, Double, nullable=False)


def flag(name: str) -> Column[int]:
    """Yes (1) or no (0)."""
    return Column(name, SmallInteger, nullable=False)


def article() -> Column[str]:
    """The id of an article that is stored."""
    return Column("article", Text, ForeignKey("articles.id"), nullable=False)
