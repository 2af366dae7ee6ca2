"""The organisation: units and their places, people in them, roles and their holders, absences, substitutes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import new_id

revision = "20261121_1900"
down_revision = "20261120_1400"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
CHAIN = "organisation"
TABLES = (
    "substitution",
    "absence",
    "appointment",
    "role",
    "belonging",
    "unit_placement",
    "unit",
)
ROLES = (
    ("system_owner", "Ledningssystemansvarig", "Management-system owner", True),
    ("quality_coord", "Kvalitetssamordnare", "Quality coordinator", True),
    ("process_owner", "Processägare", "Process owner", True),
    ("author", "Författare", "Author", False),
    ("reviewer", "Granskare", "Reviewer", False),
    ("approver", "Fastställare", "Approver", True),
    ("employee", "Medarbetare", "Employee", False),
    ("unit_manager", "Enhetschef", "Unit manager", True),
    ("dept_head", "Förvaltningschef", "Head of department", True),
    ("board_sec", "Nämndsekreterare", "Board secretary", True),
    ("lead_auditor", "Revisionsledare", "Lead auditor", True),
    ("auditor", "Internrevisor", "Auditor", True),
    ("auditee", "Reviderad", "Auditee", False),
    ("lex_sarah", "Lex Sarah-ansvarig", "Lex Sarah officer", True),
    ("investigator", "Utredare", "Investigator", True),
    ("mas", "MAS/MAR", "Municipal chief nurse / rehabilitation", True),
    ("reporting_officer", "Anmälningsansvarig", "Officer who reports to IVO", True),
    ("safety_rep", "Skyddsombud", "Safety representative", True),
    ("env_coord", "Miljösamordnare", "Environment coordinator", True),
    ("energy_team", "Energigrupp", "Energy team", True),
    ("contract_owner", "Avtalsägare", "Contract owner", False),
    ("principal", "Rektor", "Principal", True),
    ("school_head", "Skolchef", "Head of education", True),
    ("registrar", "Registrator", "Registrar", True),
    ("dpo", "Dataskyddsombud", "Data protection officer", True),
    ("external", "Extern part", "External party", False),
)
"""Key, Swedish and English name, and whether units above are asked where a unit has nobody of its own."""


def upgrade() -> None:
    _units()
    _roles()
    _absences()
    chains = sa.table(
        "audit_chain",
        sa.column("id", sa.Uuid()),
        sa.column("name"),
        sa.column("seq"),
        sa.column("head"),
    )
    op.bulk_insert(chains, [{"id": new_id(), "name": CHAIN, "seq": 0, "head": "0" * 64}])


def downgrade() -> None:
    """The events that the chain has got stay: nothing takes them out of the record."""
    for table in TABLES:
        op.drop_table(table)
    op.execute(f"DELETE FROM audit_chain WHERE name = '{CHAIN}' AND seq = 0")


def _units() -> None:
    op.create_table(
        "unit",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk__unit"),
        sa.UniqueConstraint("key", name="uq__unit__key"),
    )
    op.create_table(
        "unit_placement",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name="fk__unit_placement__unit_id__unit"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name="fk__unit_placement__parent_id__unit"
        ),
        sa.PrimaryKeyConstraint("unit_id", "valid_from", name="pk__unit_placement"),
    )
    op.create_index("ix__unit_placement__parent_id", "unit_placement", ["parent_id"])
    _of_people("belonging", "account_id", sa.Column("unit_id", sa.Uuid(), nullable=False))
    op.create_index("ix__belonging__unit_id", "belonging", ["unit_id"])


def _roles() -> None:
    roles = op.create_table(
        "role",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("searched_upward", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk__role"),
    )
    columns = ("key", "name_sv", "name_en", "searched_upward")
    op.bulk_insert(roles, [dict(zip(columns, each, strict=True)) for each in ROLES])
    _of_people(
        "appointment",
        "account_id",
        sa.Column("role_key", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["role_key"], ["role.key"], name="fk__appointment__role_key__role"
        ),
    )
    op.create_index("ix__appointment__role_key_unit_id", "appointment", ["role_key", "unit_id"])
    op.create_index("ix__appointment__unit_id", "appointment", ["unit_id"])


def _absences() -> None:
    _of_people("absence", "account_id", sa.Column("reason", sa.Text(), nullable=False))
    _of_people(
        "substitution",
        "account_id",
        sa.Column("substitute_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("keys", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["account.id"], name="fk__substitution__substitute_id__account"
        ),
    )
    op.create_index("ix__substitution__substitute_id", "substitution", ["substitute_id"])


def _of_people(
    table: str, person: str, *columns: sa.Column[object] | sa.ForeignKeyConstraint
) -> None:
    """Make a table of what is dated and about a person."""
    of_a_unit = [
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=f"fk__{table}__unit_id__unit")
        for each in columns
        if isinstance(each, sa.Column) and each.name == "unit_id"
    ]
    op.create_table(
        table,
        sa.Column(person, sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint([person], ["account.id"], name=f"fk__{table}__{person}__account"),
        *of_a_unit,
        sa.PrimaryKeyConstraint("id", name=f"pk__{table}"),
    )
    op.create_index(f"ix__{table}__{person}", table, [person])
