"""
The first schema: accounts, deployments, instances with their history, tasks, incidents, the record.

The record refuses changes by itself: triggers on both databases. They are guard rails (an owner of the database
can take them away); the proof is the chain.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import Moment, new_id

revision = "20261120_1400"
down_revision = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
RECORD = {"audit_event": ("chain", "seq"), "audit_payload": ("chain", "seq", "field")}


def upgrade() -> None:
    _identity_and_definitions()
    _instances()
    _chains()
    if op.get_bind().dialect.name == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgresql()


def _identity_and_definitions() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk__account"),
        sa.UniqueConstraint("name", name="uq__account__name"),
    )
    op.create_table(
        "audit_chain",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk__audit_chain"),
        sa.UniqueConstraint("name", name="uq__audit_chain__name"),
    )
    op.create_table(
        "audit_event",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("commitments", JSON, nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk__audit_event"),
    )
    op.create_table(
        "resource",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk__resource"),
    )
    op.create_table(
        "api_token",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__api_token__account_id__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__api_token"),
        sa.UniqueConstraint("digest", name="uq__api_token__digest"),
    )
    op.create_index("ix__api_token__account_id", "api_token", ["account_id"])
    op.create_table(
        "audit_payload",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain", "seq"],
            ["audit_event.chain", "audit_event.seq"],
            name="fk__audit_payload__chain__audit_event",
        ),
        sa.PrimaryKeyConstraint("chain", "seq", "field", name="pk__audit_payload"),
    )
    op.create_table(
        "deployment",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("deployed_at", Moment(), nullable=False),
        sa.Column("deployed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployed_by"], ["account.id"], name="fk__deployment__deployed_by__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__deployment"),
    )
    op.create_index("ix__deployment__deployed_by", "deployment", ["deployed_by"])
    op.create_table(
        "membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__membership__account_id__account"
        ),
        sa.PrimaryKeyConstraint("account_id", "group_key", name="pk__membership"),
    )
    op.create_index("ix__membership__group_key", "membership", ["group_key"])
    op.create_table(
        "reply",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk__reply__account_id__account"
        ),
        sa.PrimaryKeyConstraint("account_id", "key", name="pk__reply"),
    )
    op.create_index("ix__reply__created_at", "reply", ["created_at"])
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
    op.create_table(
        "definition",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name="fk__definition__deployment_id__deployment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__definition"),
        sa.UniqueConstraint("kind", "key", "digest", name="uq__definition__kind_key_digest"),
        sa.UniqueConstraint("kind", "key", "version", name="uq__definition__kind_key_version"),
    )
    op.create_index("ix__definition__deployment_id", "definition", ["deployment_id"])
    op.create_index("ix__definition__digest", "definition", ["digest"])
    op.create_index("ix__definition__key", "definition", ["key"])
    op.create_table(
        "deployed_resource",
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployment.id"],
            name="fk__deployed_resource__deployment_id__deployment",
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["resource.digest"], name="fk__deployed_resource__digest__resource"
        ),
        sa.PrimaryKeyConstraint("deployment_id", "name", name="pk__deployed_resource"),
    )
    op.create_index("ix__deployed_resource__digest", "deployed_resource", ["digest"])


def _instances() -> None:
    op.create_table(
        "process_instance",
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("saved", sa.LargeBinary(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.Column("audit_head", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition.id"],
            name="fk__process_instance__definition_id__definition",
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["account.id"], name="fk__process_instance__started_by__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__process_instance"),
    )
    op.create_index("ix__process_instance__business_key", "process_instance", ["business_key"])
    op.create_index("ix__process_instance__definition_id", "process_instance", ["definition_id"])
    op.create_index("ix__process_instance__started_by", "process_instance", ["started_by"])
    op.create_index("ix__process_instance__state", "process_instance", ["state"])
    op.create_index("ix__process_instance__unit", "process_instance", ["unit"])
    op.create_table(
        "element_instance",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("process_key", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("element_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.Column("performer", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__element_instance__instance_id__process_instance",
        ),
        sa.ForeignKeyConstraint(
            ["performer"], ["account.id"], name="fk__element_instance__performer__account"
        ),
        sa.PrimaryKeyConstraint("instance_id", "token", name="pk__element_instance"),
    )
    op.create_index("ix__element_instance__performer", "element_instance", ["performer"])
    op.create_table(
        "incident",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("resolved_at", Moment(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__incident__instance_id__process_instance",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["account.id"], name="fk__incident__resolved_by__account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk__incident"),
    )
    op.create_index("ix__incident__instance_id", "incident", ["instance_id"])
    op.create_index("ix__incident__resolved_by", "incident", ["resolved_by"])
    op.create_table(
        "user_task",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("version_digest", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("completed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["completed_by"], ["account.id"], name="fk__user_task__completed_by__account"
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name="fk__user_task__instance_id__process_instance",
        ),
        sa.PrimaryKeyConstraint("id", name="pk__user_task"),
        sa.UniqueConstraint("instance_id", "token", name="uq__user_task__instance_id_token"),
    )
    op.create_index("ix__user_task__assignee", "user_task", ["assignee"])
    op.create_index("ix__user_task__completed_by", "user_task", ["completed_by"])
    op.create_index("ix__user_task__instance_id", "user_task", ["instance_id"])
    op.create_table(
        "user_task_candidate",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name="fk__user_task_candidate__task_id__user_task"
        ),
        sa.PrimaryKeyConstraint("task_id", "kind", "name", name="pk__user_task_candidate"),
    )
    op.create_index("ix__user_task_candidate__kind_name", "user_task_candidate", ["kind", "name"])


def _chains() -> None:
    """The chains that belong to no instance are there from the beginning, so that they can be locked."""
    chains = sa.table(
        "audit_chain",
        sa.column("id", sa.Uuid()),
        sa.column("name"),
        sa.column("seq"),
        sa.column("head"),
    )
    op.bulk_insert(
        chains,
        [
            {"id": new_id(), "name": name, "seq": 0, "head": "0" * 64}
            for name in ("definitions", "identity")
        ],
    )


def _protect_on_sqlite() -> None:
    for table, key in RECORD.items():
        there = " AND ".join(f"{column} = NEW.{column}" for column in key)
        op.execute(  # INSERT OR REPLACE removes a row without asking the trigger on DELETE
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) "
            "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
        )
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
            )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the record is only added to'; END $$"
    )
    for table in RECORD:
        op.execute(
            f"CREATE TRIGGER {table}_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_change")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_truncate")
