"""Sketches of articles, which of them are alike, and their versions in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables, and the way from an article to its aliases."""
    op.create_index("ix_aliases_article", "aliases", ["article"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("grams", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_sketches_article")
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_sketches")),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_bands_article")
        ),
        sa.PrimaryKeyConstraint("band", "published", "article", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bands_article", "bands", ["article"], unique=False)
    op.create_table(
        "likenesses",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_likenesses_article")
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["articles.id"], name=op.f("fk_likenesses_other")
        ),
        sa.PrimaryKeyConstraint("article", "other", name=op.f("pk_likenesses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counterparts",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_counterparts_article")
        ),
        sa.PrimaryKeyConstraint("article", "language", name=op.f("pk_counterparts")),
    )
    op.create_index("ix_counterparts_key", "counterparts", ["key"], unique=False)
