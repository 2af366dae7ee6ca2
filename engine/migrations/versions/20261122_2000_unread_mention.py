"""How many mentions a person has not read stands on every page: found without going through the others."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2000"
down_revision = "20261122_1500"

NAME = "ix__mention__account_id_id"
UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.create_index(
        NAME, "mention", ["account_id", "id"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )


def downgrade() -> None:
    op.drop_index(NAME, "mention")
