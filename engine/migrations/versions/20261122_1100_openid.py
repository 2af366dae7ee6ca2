"""Signing in by an OpenID provider: who is known there as whom, and which sessions came from there."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_1100"
down_revision = "20261122_1000"


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__identity__account_id__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__identity"),
        sa.UniqueConstraint("issuer", "subject", name="uq__identity__issuer_subject"),
        sa.UniqueConstraint("account_id", "issuer", name="uq__identity__account_id_issuer"),
    )
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("identity_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("provider_session", sa.Text(), nullable=True))
        batch.create_foreign_key(
            "fk__sign_in__identity_id__identity", "identity", ["identity_id"], ["id"]
        )
        batch.create_index("ix__sign_in__identity_id", ["identity_id"])
        batch.create_index("ix__sign_in__provider_session", ["provider_session"])
    op.create_table(
        "used_logout",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk__used_logout"),
    )
    op.create_index("ix__used_logout__forgotten_at", "used_logout", ["forgotten_at"])


def downgrade() -> None:
    """Sessions that came from a provider end: the previous release could not say what they are."""
    op.execute("DELETE FROM sign_in WHERE identity_id IS NOT NULL")
    op.drop_table("used_logout")
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_index("ix__sign_in__provider_session")
        batch.drop_index("ix__sign_in__identity_id")
        batch.drop_constraint("fk__sign_in__identity_id__identity", type_="foreignkey")
        batch.drop_column("provider_session")
        batch.drop_column("identity_id")
    op.drop_table("identity")
