"""Saved views of the inbox, shared ones among them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import Moment

revision = "20261122_1400"
down_revision = "20261122_1300"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("filters", JSON, nullable=False),
        sa.Column("for_everybody", sa.Boolean(), nullable=False),
        sa.Column("shared_with", sa.Text(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["account.id"], name="fk__saved_view__owner__account"),
        sa.PrimaryKeyConstraint("id", name="pk__saved_view"),
        sa.UniqueConstraint("owner", "name", name="uq__saved_view__owner_name"),
    )
    op.create_index("ix__saved_view__shared_with", "saved_view", ["shared_with"])


def downgrade() -> None:
    op.drop_table("saved_view")
