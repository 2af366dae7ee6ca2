"""
Signing in: sessions that can be listed and ended, tokens with scopes and an end, failed attempts that are counted.

Everybody signs in once more after the upgrade: what a session now says of itself is not known of the old ones. A
token that was made before carries every scope, and ends a year after it was made; one that the previous release
makes while it still runs carries none and is over. The chain of accounts is called so.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import Moment

revision = "20261121_2000"
down_revision = "20261121_1900"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
SCOPES = (
    '["account:use", "definition:read", "definition:deploy", "decision:evaluate", "process_instance:start", '
    '"process_instance:read", "process_instance:cancel", "user_task:read", "user_task:assign", '
    '"user_task:complete", "incident:retry", "organisation:read", "organisation:change", "absence:read", '
    '"absence:change"]'
)
"""What a token could do before; the permissions of later releases are for those who ask for them."""


def upgrade() -> None:
    op.add_column("account", sa.Column("one_time_until", Moment(), nullable=True))
    op.drop_table("sign_in")
    _sessions()
    _tokens()
    _attempts()
    op.execute("UPDATE audit_chain SET name = 'accounts' WHERE name = 'identity'")


def downgrade() -> None:
    op.execute("UPDATE audit_chain SET name = 'identity' WHERE name = 'accounts'")
    op.drop_table("failed_attempts")
    for name in ("name", "scopes", "expires_at", "used_at"):
        op.drop_column("api_token", name)
    op.drop_table("sign_in")
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__sign_in__account_id__account"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk__sign_in"),
    )
    op.create_index("ix__sign_in__account_id", "sign_in", ["account_id"])
    op.drop_column("account", "one_time_until")


def _sessions() -> None:
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__sign_in__account_id__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__sign_in"),
        sa.UniqueConstraint("digest", name="uq__sign_in__digest"),
    )
    op.create_index("ix__sign_in__account_id", "sign_in", ["account_id"])
    op.create_index("ix__sign_in__expires_at", "sign_in", ["expires_at"])


def _tokens() -> None:
    for column in (
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("scopes", JSON, nullable=False, server_default="[]"),
        sa.Column("expires_at", Moment(), nullable=False, server_default="1970-01-01 00:00:00"),
        sa.Column("used_at", Moment(), nullable=True),
    ):
        op.add_column("api_token", column)
    year = (
        "strftime('%Y-%m-%d %H:%M:%f', created_at, '+365 days')"
        if op.get_bind().dialect.name == "sqlite"
        else "created_at + interval '365 days'"
    )
    op.execute(
        f"UPDATE api_token SET name = 'API', scopes = '{SCOPES}', expires_at = {year}".replace(
            ":", r"\:"
        )
    )


def _attempts() -> None:
    op.create_table(
        "failed_attempts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("forgotten_at", Moment(), nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name="pk__failed_attempts"),
    )
    op.create_index("ix__failed_attempts__forgotten_at", "failed_attempts", ["forgotten_at"])
