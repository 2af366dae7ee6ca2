"""The language that somebody has chosen follows them from one device to another."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2300"
down_revision = "20261122_2100"


def upgrade() -> None:
    op.add_column("account", sa.Column("language", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "language")
