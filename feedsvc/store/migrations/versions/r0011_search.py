"""Words to find articles by, and what stands of feeds that are made when asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables; every article waits to be indexed, until somebody searches."""
    op.create_table(
        "indexed",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_indexed_article")
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_indexed")),
    )
    op.create_index("ix_indexed_number", "indexed", ["number"], unique=False)
    op.execute("INSERT INTO indexed (article) SELECT id FROM articles")
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE words USING "
            "fts5(tokens, content='', detail=none, tokenize='ascii')"
        )
    else:
        op.execute("CREATE TABLE words (rowid BIGINT PRIMARY KEY, tokens TSVECTOR)")
        op.execute("CREATE INDEX ix_words_tokens ON words USING gin (tokens)")
    op.create_table(
        "asked",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_asked")),
    )
    op.create_index("ix_asked_at", "asked", ["at"], unique=False)
