"""What an installation holds when it is upgraded is still there, and means the same."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import select, text

from engine import migrations
from engine.accounts import tokens
from engine.accounts.digests import digest
from engine.accounts.models import ApiToken
from engine.db import Database
from engine.identity.permissions import Permission

BEFORE = "20261121_1900"
MADE = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
ALICE, TOKEN = ("01990000-0000-7000-8000-00000000000" + end for end in "12")


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


def go(database, revision, *, down=False):
    config = migrations._config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def fill(database):
    """Put an account, its token and its session there, as the first release wrote them."""
    sqlite = database.is_sqlite
    made = MADE.strftime("%Y-%m-%d %H:%M:%S.%f") + ("" if sqlite else "+00")
    alice, token = (each.replace("-", "") if sqlite else each for each in (ALICE, TOKEN))
    with database.engine.begin() as connection:
        for table, row in {
            "account (id, name, display_name, is_admin, is_active, created_at)": (
                f"'{alice}', 'alice', 'Alice', false, true, '{made}'"
            ),
            "api_token (id, digest, account_id, created_at)": (
                f"'{token}', '{digest('rutin_old')}', '{alice}', '{made}'"
            ),
            "sign_in (digest, account_id, created_at, expires_at)": (
                f"'x', '{alice}', '{made}', '{made}'"
            ),
        }.items():
            connection.execute(text(f"INSERT INTO {table} VALUES ({row})"))


def opened(database, secret, at):
    with database.glancing() as connection:
        return connection.execute(tokens.OPEN, {"digest": digest(secret), "at": at}).one_or_none()


def test_a_token_that_was_made_before_goes_on_and_gets_an_end(database):
    go(database, BEFORE, down=True)
    fill(database)

    go(database, "head")

    row = opened(database, "rutin_old", at=MADE + timedelta(days=364))
    assert opened(database, "rutin_old", at=MADE + timedelta(days=366)) is None
    assert row.name == "alice"
    with database.reading() as session:
        expires_at = session.scalar(select(ApiToken.expires_at))
    assert abs(expires_at - MADE - timedelta(days=365)) < timedelta(seconds=1)
    assert Permission.COMPLETE_TASK in row.scopes
    assert Permission.RESET_PASSWORD not in row.scopes


def test_a_token_that_the_release_before_makes_meanwhile_opens_nothing(database):
    go(database, BEFORE, down=True)
    fill(database)
    go(database, "head")
    with database.engine.begin() as connection:
        columns = "id, digest, account_id, created_at"
        connection.execute(
            text(
                f"INSERT INTO api_token ({columns}) SELECT :id, :digest, account_id, created_at FROM api_token"
            ),
            {"id": ALICE.replace("-", ""), "digest": digest("rutin_meanwhile")},
        )

    assert opened(database, "rutin_meanwhile", at=MADE) is None


def test_the_way_back_leaves_the_tables_of_the_release_before(database):
    go(database, BEFORE, down=True)
    fill(database)
    go(database, "head")

    go(database, BEFORE, down=True)

    with database.reading() as session:
        columns = session.connection().exec_driver_sql("SELECT * FROM api_token").keys()
        assert "scopes" not in set(columns)
        names = session.connection().exec_driver_sql("SELECT name FROM audit_chain").scalars()
        assert {"accounts", "identity"} & set(names) == {"identity"}
    go(database, "head")
    with database.reading() as session:
        assert session.query(ApiToken).one().name == "API"
