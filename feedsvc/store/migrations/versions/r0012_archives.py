"""What feeds told in which order, their full archive documents, and what to look at."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables; the chronicles are written by the next publication."""
    op.add_column(
        "published",
        sa.Column("told_by", sa.Text(), nullable=False, server_default=""),
    )
    op.create_table(
        "touched",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_touched_article")
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_touched")),
    )
    op.create_table(
        "chronicle",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger()),
        sa.Column("archive", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_chronicle_article")
        ),
        sa.PrimaryKeyConstraint("path", "number", name=op.f("pk_chronicle")),
    )
    op.create_index("ix_chronicle_article", "chronicle", ["article", "path"])
    op.create_index("ix_chronicle_archive", "chronicle", ["path", "archive"])
    op.create_table(
        "archives",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("path", "number", name=op.f("pk_archives")),
    )
    op.create_index("ix_archives_place", "archives", ["path", "place", "number"])
