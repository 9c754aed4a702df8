"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "visits",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("due", sa.BigInteger()),
        sa.Column("last_attempt", sa.BigInteger()),
        sa.Column("last_success", sa.BigInteger()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.BigInteger()),
        sa.Column("items", sa.Integer(), nullable=False),
    )
    op.create_index("ix_visits_due", "visits", ["due"])
    op.create_table(
        "resources",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_digest", sa.Text()),
        sa.Column("fetched_at", sa.BigInteger()),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("pictured", sa.Integer(), nullable=False),
        sa.Column("bodied", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.BigInteger()),
        sa.Column("withdrawn", sa.BigInteger()),
        sa.Column("content_html", sa.Text(), nullable=False),
        sa.Column("content_text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_index("ix_articles_source", "articles", ["source"])
    op.create_table(
        "aliases",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column(
            "article", sa.String(32), sa.ForeignKey("articles.id"), nullable=False
        ),
    )
    op.create_table(
        "listings",
        sa.Column(
            "article", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True
        ),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "filings",
        sa.Column(
            "article", sa.String(32), sa.ForeignKey("articles.id"), primary_key=True
        ),
        sa.Column("category", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index(
        "ix_filings_order",
        "filings",
        [
            "category",
            sa.text("published DESC"),
            sa.text("first_seen DESC"),
            "position",
            "article",
            "language",
        ],
    )
    op.create_table(
        "faults",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("at", sa.BigInteger(), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("retry_at", sa.BigInteger()),
        sa.Column("cleared_at", sa.BigInteger()),
    )
    op.create_table(
        "dirty",
        sa.Column("category", sa.Text(), primary_key=True),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("clean", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "published",
        sa.Column("path", sa.Text(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "memory",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
