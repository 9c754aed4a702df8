"""What articles say, to know them at another address; what lists state as their dates."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Of what is there nothing is said until it is read again."""
    op.add_column("articles", sa.Column("wording", sa.Text(), nullable=True))
    op.create_index("ix_articles_wording", "articles", ["wording"], unique=False)
    op.add_column("listings", sa.Column("stated", sa.BigInteger(), nullable=True))
