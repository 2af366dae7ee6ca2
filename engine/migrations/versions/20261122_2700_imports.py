"""The last imports are found without reading the chain of the organisation."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2700"
down_revision = "20261122_2600"

NAME = "ix__audit_event__imported"
IMPORTED = sa.text("type = 'organisation.imported'")


def upgrade() -> None:
    op.create_index(
        NAME,
        "audit_event",
        ["chain", "seq"],
        sqlite_where=IMPORTED,
        postgresql_where=IMPORTED,
    )


def downgrade() -> None:
    op.drop_index(NAME, "audit_event")
