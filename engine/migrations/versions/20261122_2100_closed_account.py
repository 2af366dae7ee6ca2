"""
When an account was closed.

Of accounts that were closed before by writing to the database it is not known: they stay closed, without a day.
"""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_2100"
down_revision = "20261122_2000"


def upgrade() -> None:
    op.add_column("account", sa.Column("closed_at", Moment(), nullable=True))
    op.add_column("account", sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "closed_on")
    op.drop_column("account", "closed_at")
