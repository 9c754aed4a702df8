"""What is held back, what an operator released, what is usual of a source."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _released() -> sa.Column[int]:
    return sa.Column("released", sa.SmallInteger(), nullable=False, server_default="0")


def upgrade() -> None:
    """Nothing is held, released or learned yet."""
    op.add_column("articles", sa.Column("held_at", sa.BigInteger(), nullable=True))
    op.add_column("articles", sa.Column("held_for", sa.Text(), nullable=True))
    op.add_column("articles", _released())
    op.add_column("visits", _released())
    op.add_column("visits", sa.Column("profile", sa.Text(), nullable=True))
