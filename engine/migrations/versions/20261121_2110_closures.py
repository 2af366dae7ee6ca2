"""Closures: when a unit, and those below it, do not work."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_2110"
down_revision = "20261121_2100"


def upgrade() -> None:
    op.create_table(
        "closure",
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk__closure__unit_id__unit"),
        sa.PrimaryKeyConstraint("id", name="pk__closure"),
    )
    op.create_index("ix__closure__unit_id", "closure", ["unit_id"])


def downgrade() -> None:
    op.drop_table("closure")
