"""The multi-instance activity of which a task is a round."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1160"
down_revision = "20261122_1150"


def upgrade() -> None:
    op.add_column("user_task", sa.Column("repeated_in", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("user_task", "repeated_in")
