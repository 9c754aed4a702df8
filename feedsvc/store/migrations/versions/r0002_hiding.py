"""Why an article is hidden."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the operator's reason."""
    op.add_column("articles", sa.Column("hidden_for", sa.Text(), nullable=True))
