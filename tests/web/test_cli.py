"""What operators type: one line of answer, a sentence when it fails, and an exit status that scripts can read."""

import click
import pytest
from click.testing import CliRunner

from bpmn import routines
from engine import migrations
from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.clock import now
from engine.db import Database
from tests.factories import diagrams, drawings, uploads
from tests.factories.callers import Caller, InProcess
from tests.factories.tables import counted
from tests.servers import Site
from web.cli.main import main

NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def rutin(settings):
    """Run a command on the installation's database, in this process."""
    environment = {
        "RUTIN_DATABASE_URL": settings.database_url,
        "RUTIN_FILES": str(settings.files),
    }

    def run(*arguments, stdin=None, **more):
        return CliRunner().invoke(
            main, [str(each) for each in arguments], input=stdin, env=environment | more
        )

    return run


def is_told(result, *words, status=1):
    """Check that a command failed with a sentence, on the standard error output alone."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for each in words:
        assert each in result.stderr
    if status == 1:
        assert result.stderr.lstrip().startswith("rutin: ")


def account(installation, name):
    with installation.database.reading() as session:
        return repository.by_name(session, name)


# ---------------------------------------------------------------- people


def test_somebody_is_created_with_a_password_that_nobody_sees(rutin, installation):
    result = rutin(
        *("user", "create", "Anna", "--group", "author", "--group", "employee"),
        *("--display-name", "Anna Åkesson", "--password-stdin"),
        stdin="en lång fras\n",
    )

    assert (result.exit_code, result.stdout) == (0, "anna can sign in.\n")
    assert "fras" not in result.output
    anna = account(installation, "anna")
    assert anna.display_name == "Anna Åkesson"
    assert {each.group for each in anna.memberships} == {"author", "employee"}
    assert not anna.is_admin
    with installation.database.reading() as session:
        assert accounts.authenticated(session, "anna", "en lång fras", at=now())
        assert not accounts.authenticated(session, "anna", "en lång fras\n", at=now())
        assert not accounts.authenticated(session, "anna", "", at=now())


def test_an_administrator_is_made_on_purpose(rutin, installation):
    assert rutin("user", "create", "adam", "--admin").exit_code == 0

    adam = account(installation, "adam")
    assert adam.is_admin
    assert adam.password_hash is None


@pytest.mark.parametrize("password", ["", "\n", "short\n", "x" * 1025 + "\n"])
def test_a_password_that_is_none_creates_nobody(rutin, installation, password):
    is_told(rutin("user", "create", "anna", "--password-stdin", stdin=password))

    assert account(installation, "anna") is None


@pytest.mark.parametrize("name", ["", " ", "-x", "a b", "a/b", "x" * 101, "<b>"])
def test_a_name_that_cannot_be_one_creates_nobody(rutin, installation, name):
    before = counted(installation)

    result = rutin("user", "create", "--", name)

    is_told(result)
    assert counted(installation) == before


def test_nobody_is_created_twice(rutin):
    rutin("user", "create", "anna")

    is_told(rutin("user", "create", "ANNA", "--admin"), "anna")


def test_a_token_is_printed_alone_and_opens_the_api(rutin, app):
    rutin("user", "create", "anna")

    result = rutin("token", "create", "anna")

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.endswith("\n")
    assert len(result.stdout.split()) == 1
    assert result.stdout.startswith("rutin_")
    anna = Caller("anna", result.stdout.strip(), InProcess(app))
    assert anna.get("/process-instances").status == 200


def test_a_token_is_for_somebody(rutin):
    is_told(rutin("token", "create", "nobody"), "nobody")


# ---------------------------------------------------------------- deploying


def test_a_folder_is_deployed_as_one(rutin, installation):
    folder = routines.ROOT / "document-approval"

    result = rutin("deploy", folder)

    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "process document-approval version 1" in lines
    assert "form review-1 version 1" in lines
    assert counted(installation)["deployment"] == 1
    again = rutin("deploy", folder)
    assert again.stdout == result.stdout


def test_a_folder_holds_other_things_too(rutin, tmp_path):
    folder = tmp_path / "routine"
    folder.mkdir()
    (folder / "p.bpmn").write_bytes(diagrams.one_task())
    (folder / "README.md").write_text("Läs mig")
    (folder / "sub").mkdir()

    assert rutin("deploy", folder, "--name", "Vår").stdout == "process p version 1\n"


def test_a_refused_deployment_tells_each_place_and_keeps_nothing(rutin, installation, tmp_path):
    (tmp_path / "good.bpmn").write_bytes(diagrams.one_task("good"))
    bad = uploads.WRONG["a flow to nowhere"]
    (tmp_path / "bad.bpmn").write_bytes(next(iter(bad.files.values())))
    before = counted(installation)

    result = rutin("deploy", tmp_path)

    assert result.exit_code == 1
    assert result.stdout == ""
    place, *_, last = result.stderr.splitlines()
    assert place.startswith(f"bad.bpmn:{bad.line}: error: [{bad.element}] ")
    assert place.endswith("(dangling-flow)")
    assert last.startswith("rutin: the deployment was refused; nothing of it was kept.")
    assert "--only-draw" in last
    assert counted(installation) == before


def test_a_warning_is_told_and_does_not_hinder(rutin, tmp_path):
    (tmp_path / "p.bpmn").write_bytes(diagrams.one_task(rutin__formKey="nowhere"))

    result = rutin("deploy", tmp_path / "p.bpmn")

    assert (result.exit_code, result.stdout) == (0, "process p version 1\n")
    assert "p.bpmn:" in result.stderr
    assert "warning: [a]" in result.stderr


def test_a_model_is_kept_as_a_drawing_on_request(rutin, tmp_path):
    (tmp_path / "p.bpmn").write_bytes(diagrams.one_task())

    result = rutin("deploy", "--only-draw", tmp_path / "p.bpmn")

    assert (result.exit_code, result.stdout) == (0, "drawing p version 1\n")


def test_a_model_that_does_not_say_is_executed_on_request_only(rutin, tmp_path):
    (tmp_path / "p.bpmn").write_bytes(drawings.unmarked(diagrams.one_task()))

    drawn = rutin("deploy", tmp_path / "p.bpmn")
    executed = rutin("deploy", "--execute-unmarked", tmp_path / "p.bpmn")

    assert (drawn.exit_code, drawn.stdout) == (0, "drawing p version 1\n")
    assert "(not-executable)" in drawn.stderr
    assert (executed.exit_code, executed.stdout) == (0, "process p version 1\n")


def test_what_another_product_does_is_refused_on_request_only(rutin, installation, tmp_path):
    (tmp_path / "p.bpmn").write_bytes(diagrams.foreign())
    before = counted(installation)

    refused = rutin("deploy", "--refuse-foreign", tmp_path / "p.bpmn")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "error: [a]" in refused.stderr
    assert "(foreign-implementation)" in refused.stderr
    assert counted(installation) == before
    assert rutin("deploy", tmp_path / "p.bpmn").exit_code == 0


@pytest.mark.parametrize("option", ["--only-draw=perhaps", "--draw-only", "--execute-unmarked=1"])
def test_an_option_that_is_none_deploys_nothing(rutin, installation, tmp_path, option):
    (tmp_path / "p.bpmn").write_bytes(diagrams.one_task())
    before = counted(installation)

    is_told(rutin("deploy", option, tmp_path / "p.bpmn"), option.partition("=")[0], status=2)

    assert counted(installation) == before


def test_what_cannot_be_deployed_is_told(rutin, tmp_path):
    empty, same = tmp_path / "empty", tmp_path / "same"
    for folder in (empty, same):
        folder.mkdir()
    for folder in (tmp_path, same):
        (folder / "p.bpmn").write_bytes(diagrams.one_task())
    (tmp_path / "large.bpmn").write_bytes(b"x" * 21_000_000)

    assert rutin("deploy", empty).exit_code == 1
    is_told(rutin("deploy", tmp_path / "p.bpmn", same / "p.bpmn"), "p.bpmn")
    is_told(rutin("deploy", tmp_path / "large.bpmn"), "large.bpmn")
    is_told(rutin("deploy", tmp_path / "nothing.bpmn"), status=2)
    is_told(rutin("deploy"), status=2)


def test_a_deployment_from_here_has_a_name_too(rutin, installation, tmp_path, monkeypatch):
    (tmp_path / "p.bpmn").write_bytes(diagrams.one_task())
    monkeypatch.chdir(tmp_path)

    assert rutin("deploy", ".").exit_code == 0

    with installation.database.reading() as session:
        names = session.connection().exec_driver_sql("SELECT name FROM deployment").scalars().all()
    assert all(each.strip() for each in names)


# ---------------------------------------------------------------- the record


def test_a_record_that_holds_is_told_with_how_much_it_is(rutin, owner, alice):
    owner.deploy(diagrams.one_task())
    case = alice.start()

    assert (rutin("audit", "verify").exit_code, rutin("audit", "verify").stdout) == (
        0,
        "4 chains hold.\n",
    )
    alone = rutin("audit", "verify", case["id"])
    assert (alone.exit_code, alone.stdout) == (0, "1 chains hold.\n")


def test_a_case_that_does_not_exist_does_not_hold(rutin):
    is_told(rutin("audit", "verify", NOBODY))
    is_told(rutin("audit", "verify", "nothing"), status=2)


def test_an_installation_without_anything_holds(rutin):
    result = rutin("audit", "verify")

    assert result.exit_code == 0
    assert result.stdout.endswith(" chains hold.\n")


# ---------------------------------------------------------------- setting up


def test_a_database_is_made_and_made_again(rutin, tmp_path):
    url = f"sqlite:///{tmp_path}/new/rutin.db"
    for _ in range(2):
        result = rutin("db", "upgrade", RUTIN_DATABASE_URL=url)
        assert (result.exit_code, result.stdout) == (0, "The database is up to date.\n")

    database = Database(url)
    assert migrations.is_current(database)
    database.close()


def test_the_demonstration_is_loaded_and_loaded_again(rutin, installation):
    first = rutin("demo", "load")
    kept = counted(installation)["account"]

    second = rutin("demo", "load")

    assert first.exit_code == second.exit_code == 0, second.output
    assert first.stdout == second.stdout
    assert "anna" in first.stdout
    assert counted(installation)["account"] == kept
    assert rutin("audit", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUTIN_DATABASE_URL", "mysql://localhost/rutin"),
        ("RUTIN_DATABASE_URL", "postgresql://user:password@host:port/rutin"),
        ("RUTIN_DATABASE_URL", ""),
        ("RUTIN_LANGUAGE", "fi"),
        ("RUTIN_THREADS", "many"),
        ("RUTIN_SECRET_KEY", "hunter2"),
        ("RUTIN_COLOUR", "green"),
        ("RUTIN_ZONE", "../../etc/passwd"),
        ("RUTIN_MAX_UPLOAD_BYTES", "-1"),
    ],
)
def test_a_wrong_setting_stops_with_a_sentence_that_names_it(rutin, name, value):
    result = rutin("audit", "verify", **{name: value})

    is_told(result, name)
    for secret in ("hunter2", "password@"):
        assert secret not in result.stderr


@pytest.mark.parametrize(
    "command", [("audit", "verify"), ("user", "create", "anna"), ("demo", "load")]
)
def test_a_database_without_our_schema_is_told(rutin, tmp_path, command):
    result = rutin(*command, RUTIN_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")

    is_told(result, "rutin db upgrade")


def test_a_database_that_is_not_there_is_told(rutin, tmp_path):
    result = rutin(
        "audit", "verify", RUTIN_DATABASE_URL=f"postgresql://nobody@/none?host={tmp_path}"
    )

    is_told(result, "the database cannot be used")


def test_a_file_that_is_no_database_is_told(rutin, tmp_path):
    (tmp_path / "text.db").write_text("Detta är ingen databas, men en ganska lång text. " * 50)

    is_told(rutin("audit", "verify", RUTIN_DATABASE_URL=f"sqlite:///{tmp_path}/text.db"))


def test_every_command_says_what_it_does(rutin):
    def below(command, path=()):
        context = click.Context(command)
        for name in command.list_commands(context) if isinstance(command, click.Group) else ():
            yield (*path, name)
            yield from below(command.get_command(context, name), (*path, name))

    assert len(list(below(main))) >= 12
    for path in below(main):
        result = rutin(*path, "--help")
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) > 3
        assert rutin(*path, "--nonsense").exit_code == 2


def test_commands_that_write_do_so_in_a_process_of_their_own(database_url, tmp_path):
    """Each imports only what it needs; its rows refer to tables of other rooms."""
    site = Site(database_url, tmp_path)
    (tmp_path / "p.bpmn").write_bytes(diagrams.one_task())

    for command in (
        ("deploy", tmp_path / "p.bpmn"),
        ("user", "create", "anna"),
        ("token", "create", "anna"),
        ("audit", "verify"),
    ):
        done = site.rutin(*command)
        assert done.returncode == 0, done.stderr
        assert done.stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_commands_leave_with_their_status_from_a_process_of_their_own(database_url, tmp_path):
    """What a script sees; everything else here runs in this process."""
    site = Site(database_url, tmp_path)
    (tmp_path / "bad.bpmn").write_bytes(b"Hej!")

    refused = site.rutin("deploy", tmp_path / "bad.bpmn")
    wrong = site.rutin("serve", RUTIN_LANGUAGE="fi")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "bad.bpmn" in refused.stderr
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("rutin: RUTIN_LANGUAGE expects sv or en")
