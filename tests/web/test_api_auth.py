"""Who sends a request, how an answer says no, and in which language."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.accounts import commands as accounts
from engine.accounts import repository, tokens
from engine.accounts.models import Account, SignIn
from engine.clock import now
from engine.identity.actor import SYSTEM
from engine.identity.permissions import SCOPES
from engine.settings import Settings, WrongSetting
from engine.uow import begin
from tests.factories import diagrams
from tests.factories.callers import API, Caller, InProcess
from tests.factories.problems import problem
from web import secret

NOBODY = "01990000-0000-7000-8000-000000000000"
INSTANCES = "/process-instances"


# ---------------------------------------------------------------- tokens


HEADERS = [
    "Bearer",
    "Bearer ",
    "Bearer wrong",
    "Bearer rutin_" + "x" * 43,
    "Basic YWxpY2U6YWxpY2U=",
    "Token x",
    "Bearer å",
    "x" * 4_000,
    "Bearer ' OR 1=1 --",
]


def test_a_token_that_is_not_ours_opens_nothing(anybody, subtests):
    for header in HEADERS:
        with subtests.test(header[:40]):
            answer = anybody.get(INSTANCES, headers={"Authorization": header})

            problem(answer, 401)
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_token_one_is_asked_to_sign_in(anybody):
    answer = anybody.get(INSTANCES)

    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_kept_as_its_hash_only(alice, installation):
    with installation.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM api_token").all()

    assert alice.token not in str(rows)


def test_a_revoked_token_opens_nothing_and_others_still_do(alice, app, installation):
    with begin(installation, SYSTEM) as uow:
        account = repository.named(uow.session, "alice")
        [first] = tokens.of(uow, account.id)
        end = uow.now + timedelta(days=1)
        other = tokens.create(uow, account.id, name="x", scopes=SCOPES, expires_at=end)
        tokens.revoke(uow, first.id)
        uow.commit()

    problem(alice.get(INSTANCES), 401)
    assert Caller("alice", other.secret, InProcess(app)).get(INSTANCES).status == 200


def test_an_account_that_is_closed_opens_nothing(alice, installation):
    with installation.database.writing() as session:
        session.execute(update(Account).where(Account.name == "alice").values(is_active=False))
        session.commit()

    problem(alice.get(INSTANCES), 401)


# ---------------------------------------------------------------- sessions


@pytest.fixture
def signed_in(client, people, installation):
    """alice in a browser."""
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "agnes", password="en lång fras", groups=["officer"])
        uow.commit()
    token = csrf(client)
    response = client.post(
        "/sign-in", data={"name": "Agnes", "password": "en lång fras", "csrf_token": token}
    )
    assert response.status_code == 303
    return client


def csrf(client):
    """Return the token of a form that the browser has open."""
    page = client.get("/sign-in", follow_redirects=True).text
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_a_browser_that_signed_in_reads_the_api(signed_in):
    answer = signed_in.get(API + INSTANCES)

    assert (answer.status_code, answer.json["items"]) == (200, [])


def test_a_browser_changes_nothing_without_the_token_of_a_form(signed_in, owner):
    owner.deploy(diagrams.one_task())
    body = {"definition_key": "p"}

    for headers in ({}, {"X-CSRFToken": "wrong"}, {"X-CSRFToken": ""}):
        answer = signed_in.post(API + INSTANCES, json=body, headers=headers)
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
    for method in ("put", "delete"):
        answer = getattr(signed_in, method)(f"{API}/user-tasks/{NOBODY}/assignee", json={})
        assert answer.status_code == 400
    assert signed_in.get(API + INSTANCES).json["items"] == []

    answer = signed_in.post(API + INSTANCES, json=body, headers={"X-CSRFToken": csrf(signed_in)})
    assert answer.status_code == 201


def test_the_token_of_somebody_elses_form_is_worth_nothing(signed_in, app, owner):
    owner.deploy(diagrams.one_task())
    stranger = app.test_client()

    answer = signed_in.post(
        API + INSTANCES,
        json={"definition_key": "p"},
        headers={"X-CSRFToken": csrf(stranger)},
    )

    assert answer.status_code == 400


def test_a_form_of_another_site_cannot_send_json_as_text(signed_in, owner):
    owner.deploy(diagrams.one_task())

    answer = signed_in.post(
        API + INSTANCES, data='{"definition_key": "p"}', content_type="text/plain"
    )

    assert answer.status_code in {400, 415}
    assert signed_in.get(API + INSTANCES).json["items"] == []


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client, people, installation):
    with begin(installation, SYSTEM) as uow:
        accounts.create_account(uow, "agnes", password="en lång fras")
        uow.commit()

    response = client.post(
        "/sign-in",
        data={"name": "agnes", "password": "en lång fras", "csrf_token": csrf(client)},
    )

    [cookie] = [each for each in response.headers.getlist("Set-Cookie") if "rutin_session" in each]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_session_ends(signed_in, installation):
    with installation.database.writing() as session:
        session.execute(update(SignIn).values(expires_at=now() - timedelta(seconds=1)))
        session.commit()

    assert signed_in.get(API + INSTANCES).status_code == 401


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(signed_in, app):
    copy = app.test_client()
    copy.set_cookie("rutin_session", signed_in.get_cookie("rutin_session").value)
    assert copy.get(API + INSTANCES).status_code == 200

    signed_in.post("/sign-out", data={"csrf_token": csrf(signed_in)})

    assert signed_in.get(API + INSTANCES).status_code == 401
    assert copy.get(API + INSTANCES).status_code == 401


def test_a_token_speaks_louder_than_a_cookie(signed_in, alice, owner):
    owner.deploy(diagrams.one_task())

    answer = signed_in.post(
        API + INSTANCES,
        json={"definition_key": "p"},
        headers={"Authorization": f"Bearer {alice.token}"},
    )

    assert answer.json["started_by"] == "alice"


@pytest.mark.parametrize("left", ["", "  \n", "half"])
def test_a_key_that_another_process_has_not_finished_writing_signs_nothing(tmp_path, left):
    """Two servers that start together, or one that was stopped between making the file and filling it."""
    (tmp_path / secret.FILE).write_text(left)

    try:
        key = secret.key(Settings(files=tmp_path))
    except (OSError, ValueError, WrongSetting):
        return  # telling the operator is as good as making a new one

    assert len(key) >= 32


# ---------------------------------------------------------------- problems


def test_an_address_that_does_not_exist_is_a_problem(anybody, alice):
    for who in (anybody, alice):
        problem(who.get("/nothing"), 404)
        problem(who.get("/user-tasks/x/y/z"), 404)
        problem(who.post("/nothing", json={}), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/deployments", {"POST"}),
        ("PATCH", "/process-instances", {"GET", "POST"}),
        ("POST", "/user-tasks", {"GET"}),
        ("DELETE", f"/user-tasks/{NOBODY}", {"GET"}),
        ("POST", f"/user-tasks/{NOBODY}/assignee", {"PUT", "DELETE"}),
        ("GET", f"/user-tasks/{NOBODY}/completion", {"POST"}),
        ("PUT", f"/process-instances/{NOBODY}/cancellation", {"POST"}),
    ],
)
def test_a_method_that_is_not_taken_is_a_problem_that_names_those_that_are(
    alice, method, path, allowed
):
    answer = alice.send(method, path)

    problem(answer, 405)
    assert (
        set(answer.headers["Allow"].replace(" ", "").split(",")) - {"HEAD", "OPTIONS"} == allowed
    )


BODIES = [
    ("POST", "/process-instances"),
    ("POST", f"/process-instances/{NOBODY}/cancellation"),
    ("PUT", f"/user-tasks/{NOBODY}/assignee"),
    ("POST", f"/user-tasks/{NOBODY}/completion"),
]


def test_malformed_json_is_a_problem(admin, subtests):
    for method, path in BODIES:
        for body in (b"{", b"{'a': 1}", b"\xff", b'{"a": 1}}', b"nonsense"):
            with subtests.test(f"{method} {path} {body!r}"):
                answer = admin.send(method, path, body=body, content_type="application/json")
                problem(answer, 400)


@pytest.mark.parametrize(("method", "path"), [*BODIES, ("POST", "/deployments")])
def test_another_content_type_is_a_problem(admin, method, path):
    for content_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        problem(admin.send(method, path, body=b"{}", content_type=content_type), 415)


@pytest.mark.parametrize(("method", "path"), [*BODIES, ("POST", "/deployments")])
def test_a_body_that_is_too_large_is_a_problem(admin, method, path):
    body = b'{"variables": {"x": "' + b"x" * 21_000_000 + b'"}}'

    problem(admin.send(method, path, body=body, content_type="application/json"), 413)


def test_what_breaks_inside_is_a_problem_that_tells_nothing(alice, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("engine.cases.reading.listed", fail)
    answer = alice.get(INSTANCES)

    problem(answer, 500)
    assert "secret" not in answer.text


def test_answers_are_not_kept_nor_guessed_nor_framed(alice, anybody):
    for answer in (alice.get(INSTANCES), anybody.get(INSTANCES), alice.get("/nothing")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_head_and_options_change_nothing(alice, anybody):
    assert alice.send("HEAD", INSTANCES).status == 200
    assert anybody.send("HEAD", INSTANCES).status == 401
    assert alice.send("OPTIONS", INSTANCES).status == 200


# ---------------------------------------------------------------- languages


REFUSALS = {
    "an address": ("GET", "/nothing", None),
    "a thing": ("GET", f"/user-tasks/{NOBODY}", None),
    "a method": ("PATCH", "/user-tasks", None),
    "a key": ("POST", "/process-instances", {"definition_key": "nobody"}),
    "a body": ("POST", "/process-instances", {}),
    "a limit": (
        "POST",
        "/process-instances",
        {"definition_key": "p", "business_key": "x" * 201},
    ),
}


def said(who, language, refusal):
    method, path, body = REFUSALS[refusal]
    headers = {"Accept-Language": language} if language else {}
    return who.send(method, path, json=body, headers=headers).json


def test_a_problem_is_told_in_the_language_that_is_asked_for(alice, owner, subtests):
    owner.deploy(diagrams.one_task())
    for refusal in REFUSALS:
        with subtests.test(refusal):
            swedish = said(alice, "sv-SE,sv;q=0.9,en;q=0.5", refusal)
            english = said(alice, "en-GB,en;q=0.9,sv;q=0.5", refusal)

            assert swedish["detail"] != english["detail"]
            words = {"detail": "", "errors": "", "fields": ""}
            assert swedish | words == english | words


def test_who_asks_for_another_language_gets_that_of_the_organisation(alice):
    for language in (None, "fr", "*", "x" * 1_000, ";;q=,,"):
        assert said(alice, language, "an address") == said(alice, "sv", "an address")


def test_what_is_wrong_with_a_body_is_told_in_swedish_too(alice):
    body = {"definition_key": 1, "x": 1}

    answers = [
        alice.post(INSTANCES, json=body, headers={"Accept-Language": language}).json["errors"]
        for language in ("sv", "en")
    ]

    swedish, english = (each["json"] for each in answers)
    assert set(swedish) == set(english) == {"definition_key", "x"}
    for name in swedish:
        assert swedish[name] != english[name]


def test_a_finding_is_told_in_the_language_that_is_asked_for(owner):
    source = diagrams.around('<task id="a"/><sequenceFlow id="f" sourceRef="a" targetRef="zz"/>')

    swedish, english = (
        owner.deploy(source, headers={"Accept-Language": language}).json["findings"][0]
        for language in ("sv", "en")
    )

    assert swedish["message"] != english["message"]
    assert "'zz'" in swedish["message"]
    assert {**swedish, "message": ""} == {**english, "message": ""}


def test_an_incident_and_a_form_speak_the_readers_language(alice, owner):
    owner.deploy(diagrams.computed("share = 10 / n"))
    case = alice.start(n=0)
    alice.complete(alice.tasks(case)["a"])
    path = f"{INSTANCES}/{case['id']}/incidents"
    files = {
        "q.bpmn": diagrams.one_task("q", rutin__formKey="answer"),
        "answer.form.json": diagrams.FORM,
    }
    owner.deploy(files)
    task = alice.tasks(alice.start("q"))["a"]

    def told(language):
        headers = {"Accept-Language": language}
        incident = alice.get(path, headers=headers).json["items"][0]["message"]
        completion = f"/user-tasks/{task['id']}/completion"
        form = alice.post(completion, json={}, headers=headers).json
        return incident, form["detail"], form["fields"]["n"]

    for swedish, english in zip(told("sv"), told("en"), strict=True):
        assert swedish != english


# ---------------------------------------------------------------- cookies and tokens


def test_a_program_with_a_token_reads_pages_too(app, alice):
    """They hold forms, whose tokens are remembered in a cookie."""
    answer = app.test_client().get("/tasks", headers={"Authorization": f"Bearer {alice.token}"})

    assert answer.status_code == 200
    assert 'name="csrf_token"' in answer.text
