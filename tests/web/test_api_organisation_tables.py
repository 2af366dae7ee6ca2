"""/organisation: tables in and out, and the same on the command line."""

import json

import pytest
from click.testing import CliRunner
from urllib3.filepost import encode_multipart_formdata

from tests.factories.problems import problem
from tests.factories.tables import counted
from web.cli.main import main

UNITS = "key;name_sv;parent;valid_from\nkommun;Kommunen;;2020-01-01\nvof;Vård;kommun;2020-01-01\n"
PEOPLE = "account;display_name;create;unit;valid_from\nanna;=SUMMA(1);ja;vof;2020-01-01\n"
WRONG = "key;name_sv;parent;valid_from\nx;X;nowhere;2020-01-01\n"


def send(caller, query="", **files):
    parts = {name: (f"{name}.csv", text.encode()) for name, text in files.items()}
    body, content_type = encode_multipart_formdata(parts)
    path = f"/organisation/import{query}"
    return caller.send(
        "POST", path, body=body, content_type=content_type, headers={"Accept-Language": "sv"}
    )


def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing(admin, installation):
    before = counted(installation)

    answer = send(admin, "?dry_run=true", units=UNITS, people=PEOPLE)

    assert answer.status == 200, answer.text
    assert answer.json["dry_run"] is True
    assert answer.json["problems"] == []
    assert answer.json["counts"] == {"created": 4, "changed": 0, "ended": 0}
    assert answer.json["changes"][0] == {
        "table": "units",
        "row": 2,
        "what": "created",
        "name": "kommun",
    }
    assert counted(installation) == before


def test_a_dry_run_tells_what_is_wrong_in_the_language_of_who_asks(admin):
    answer = send(admin, "?dry_run=true", units=WRONG)

    assert answer.status == 200
    assert answer.json["problems"] == [
        {
            "table": "units",
            "row": 2,
            "column": "parent",
            "message": "Det finns ingen enhet 'nowhere'.",
        }
    ]


def test_tables_with_a_wrong_row_are_refused_whole(admin, installation):
    before = counted(installation)

    answer = send(admin, units=UNITS + "x;X;nowhere;2020-01-01\n", people=PEOPLE)

    assert problem(answer, 422)["fields"] == {
        "units.4.parent": ["Det finns ingen enhet 'nowhere'."]
    }
    assert counted(installation) == before


def test_tables_are_taken_in_and_given_out(admin):
    assert send(admin, units=UNITS, people=PEOPLE).json["counts"]["created"] == 4

    everything = admin.get("/organisation/export")
    people = admin.get("/organisation/export/people")

    assert [each["key"] for each in everything.json["units"]] == ["kommun", "vof"]
    assert people.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "anna;'=SUMMA(1);;vof;2020-01-01;" in people.body.decode("utf-8-sig")
    again = admin.post("/organisation/import", json=everything.json)
    assert (again.status, again.json["changes"]) == (200, [])


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"json": {"cats": []}}, 422),
        ({"json": []}, 422),
        ({"body": b"{", "content_type": "application/json"}, 400),
        ({"body": b"[" * 100_000, "content_type": "application/json"}, 400),
        ({"body": b"key", "content_type": "text/csv"}, 415),
        ({"body": b"--x--", "content_type": "multipart/form-data; boundary=x"}, 422),
    ],
)
def test_what_is_no_table_is_a_problem(admin, more, status):
    problem(admin.send("POST", "/organisation/import", **more), status)


def test_a_part_that_is_no_table_is_a_problem(admin):
    problem(send(admin, cats="key\nx\n"), 422)
    problem(send(admin, units="colour\nred\n"), 422)
    problem(send(admin, "?dry_run=perhaps", units=UNITS), 422)
    problem(admin.get("/organisation/export/cats"), 422)


# ---------------------------------------------------------------- the command line


@pytest.fixture
def rutin(settings, installation):
    environment = {
        "RUTIN_DATABASE_URL": settings.database_url,
        "RUTIN_FILES": str(settings.files),
    }

    def run(*arguments):
        return CliRunner().invoke(main, ["organisation", *map(str, arguments)], env=environment)

    return run


@pytest.fixture
def files(tmp_path):
    def files(**tables):
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return [tmp_path / f"{name}.csv" for name in tables]

    return files


def test_files_are_taken_in_and_written(rutin, files, tmp_path):
    paths = files(units=UNITS, people=PEOPLE)

    rehearsed = rutin("import", *paths, "--dry-run")
    done = rutin("import", *paths)
    again = rutin("import", *paths)
    written = rutin("export", tmp_path / "out")

    assert rehearsed.stdout == "4 created, 0 changed, 0 ended (nothing was changed).\n"
    assert done.stdout == "4 created, 0 changed, 0 ended.\n"
    assert again.stdout == "0 created, 0 changed, 0 ended.\n"
    assert written.stdout == "units.csv: 2 rows\npeople.csv: 1 rows\nappointments.csv: 0 rows\n"
    assert rutin("import", *sorted((tmp_path / "out").iterdir())).stdout == again.stdout


def test_json_is_taken_in(rutin, tmp_path):
    path = tmp_path / "all.json"
    row = {"key": "kommun", "name_sv": "Kommunen", "valid_from": "2020-01-01"}
    path.write_text(json.dumps({"units": [row]}))

    assert rutin("import", path).stdout == "1 created, 0 changed, 0 ended.\n"


def test_rows_that_are_wrong_are_printed_and_nothing_is_changed(rutin, files, installation):
    before = counted(installation)

    result = rutin("import", *files(units=WRONG))

    assert (result.exit_code, result.stdout) == (1, "")
    assert "units:2: parent: There is no unit 'nowhere'." in result.stderr
    assert "nothing was changed" in result.stderr
    assert counted(installation) == before


@pytest.mark.parametrize(("name", "text"), [("cats.csv", "key\n"), ("all.json", "{")])
def test_a_file_that_is_no_table_is_told(rutin, tmp_path, name, text):
    (tmp_path / name).write_text(text)

    result = rutin("import", tmp_path / name)

    assert result.exit_code == 1
    assert result.stderr.endswith("\n")
    assert name in result.stderr
