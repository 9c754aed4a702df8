"""What visits add up to, and what documents say of visits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing is known yet of either."""
    op.add_column("visits", sa.Column("history", sa.Text(), nullable=True))
    op.add_column("resources", sa.Column("stated", sa.Text(), nullable=True))
