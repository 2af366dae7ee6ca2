"""Comments and files on the pages of a case and of its tasks, without a script."""

import re

import pytest
from flask import Response

from tests.factories import papers
from tests.factories.browsers import Page, path, problems
from tests.factories.diagrams import two_steps
from tests.factories.papers import PDF, tie, uploaded

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }} @bob\n\u202egnp.exe'


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.start(n=1)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


@pytest.fixture(params=["case", "task"])
def address(request, case, task):
    """The page of a case, and of a task of it."""
    return f"/cases/{case['id']}" if request.param == "case" else f"/tasks/{task['id']}"


def upload(browser, address, name, given, **more):
    """Send the form for a file, as a browser writes it."""
    token = browser.get("/sign-in").token
    parts = [("csrf_token", token), ("file", (name, given, "application/octet-stream"))]
    body, content_type = papers.encode_multipart_formdata(parts)
    return Page(
        browser.client.post(
            address,
            data=body,
            content_type=content_type,
            headers={"Accept-Language": "en"},
            follow_redirects=True,
            **more,
        )
    )


def comment_texts(page):
    return page.texts("//ol[@class='comments']/li/p[@class='text']")


def test_a_comment_is_written_and_read_on_the_page(browsers, address):
    alice, bob = browsers("alice"), browsers("bob")
    form = alice.get(address).one("//form[.//textarea[@name='text']]")
    assert form.xpath(".//label/@for") == form.xpath(".//textarea/@id")

    page = alice.post(form.get("action"), text="Hej\n@bob")

    assert (page.status, page.address) == (200, address)
    assert comment_texts(page) == ["Hej @bob"]
    assert "Mentioned: bob" in page.main
    assert comment_texts(bob.get(address)) == ["Hej @bob"]


def test_a_comment_is_answered(browsers, address):
    browser = browsers("bob")
    browser.post(f"{address}/comments", text="Fråga")

    form = browser.get(browser.get(address).link("Answer"))
    assert "Fråga" in form.main
    sent = {each.get("name"): each.get("value") for each in form.all("//main//form//input")}
    page = browser.post(f"{address}/comments", text="Svar", reply_to=sent["reply_to"])

    assert comment_texts(page) == ["Fråga", "Svar"]
    [anchor] = [each for each in page.all("//a") if "In answer to bob" in each.text_content()]
    page.one(f"//*[@id='{anchor.get('href')[1:]}']")


def test_what_somebody_wrote_is_text_and_nothing_else(browsers, address):
    page = browsers("alice").post(f"{address}/comments", text=EVIL)

    [text] = page.all("//ol[@class='comments']/li/p[@class='text']")
    assert text.text == EVIL
    assert not list(text)
    assert text.get("dir") == "auto"
    assert not page.all("//main//img")
    assert "49" not in text.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A comment has 1 to 5000 characters."),
        ("x" * 5_001, "A comment has 1 to 5000 characters."),
        ("Hör @charlie", "cannot be mentioned in it: charlie."),
    ],
    ids=["nothing", "too much", "a stranger"],
)
def test_a_comment_that_is_refused_stands_in_the_form_again(browsers, address, text, said):
    browser = browsers("alice")
    first = browser.post(f"{address}/comments", text="Fråga <b>")
    to = first.one("//ol[@class='comments']/li").get("id").removeprefix("comment-")

    page = browser.post(f"{address}/comments", text=text, reply_to=to)

    assert page.status == 422
    assert page.title.startswith("Error:")
    assert said in problems(page)[0]
    assert page.value("comment") == text
    assert page.one("//input[@name='reply_to']").get("value") == to
    assert comment_texts(browser.get(address)) == ["Fråga <b>"]
    assert browser.post(f"{address}/comments", text="x", reply_to="nonsense").status == 200


def test_a_file_is_attached_and_fetched_on_the_page(browsers, alice, address):
    browser = browsers("bob")
    form = browser.get(address).one("//form[@enctype='multipart/form-data']")
    assert form.xpath(".//label/@for") == form.xpath(".//input[@type='file']/@id")

    page = upload(browser, form.get("action"), "Underlag.pdf", PDF)

    assert (page.status, page.address) == (200, address)
    assert "“Underlag.pdf” is attached." in page.main
    answer: Response = browser.client.get(page.link("Underlag.pdf"))
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Underlag.pdf"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()
    charlie = browsers("charlie").client.get(page.link("Underlag.pdf"))
    assert (charlie.status_code, charlie.mimetype) == (404, "text/html")


def test_a_files_name_is_text_and_nothing_else(browsers, alice, address):
    page = upload(
        browsers("alice"), f"{address}/attachments", EVIL.replace("/", "") + ".txt", b"x"
    )

    [name] = page.all("//ul[@class='files']//bdi")
    assert not list(name)
    assert "\u202e" not in name.text
    assert "\n" not in name.text
    assert name.text.startswith("<script>alert(1)<script>")
    assert not page.all("//main//img")


@pytest.mark.parametrize(
    ("name", "given", "status", "said"),
    [
        ("a.html", b"<script>", 422, "Files of this kind are not taken: 'a.html'."),
        ("a.pdf", b"<html>", 422, "The content of 'a.pdf' is not what its name says."),
        ("a.txt", b"", 422, "The file 'a.txt' is empty."),
        ("", b"", 422, "The file has no name."),
        ("<b>.svg", b"<svg/>", 422, "Files of this kind are not taken: '<b>.svg'."),
        ("a.txt", b"x" * 26_214_401, 413, "The file is too large."),
        ("a.txt", b"x" * 27_000_000, 413, "The file is too large."),
    ],
    ids=["page", "lie", "empty", "none", "drawing", "large", "larger"],
)
def test_a_file_that_is_refused_is_asked_for_again(browsers, address, name, given, status, said):
    browser = browsers("alice")

    page = upload(browser, f"{address}/attachments", name, given)

    assert page.status == status
    assert page.title.startswith("Error:")
    assert problems(page)[0].startswith(said)
    assert not page.all("//main//b")
    assert page.one("//input[@type='file']").get("aria-invalid") == "true"
    assert not browser.get(address).all("//ul[@class='files']")


def test_forged_forms_are_refused(browsers, address):
    client = browsers("alice").client

    for answer in (
        client.post(f"{address}/comments", data={"text": "x"}),
        client.post(f"{address}/attachments", data={"file": (papers.io.BytesIO(PDF), "a.pdf")}),
    ):
        assert answer.status_code == 400
    assert "0" in browsers("alice").get(address).one("//h2[@id='attachments']/span").text


def test_auditors_read_and_add_nothing(browsers, alice, case, address):
    tie(alice, uploaded(alice), case)
    browsers("alice").post(f"{address}/comments", text="Hej")
    auditor = browsers("auditor")

    page = auditor.get(address)

    assert comment_texts(page) == ["Hej"]
    assert not page.all("//main//form")
    assert not page.all("//a[contains(., 'Answer')]")
    for where in ("comments", "attachments"):
        assert auditor.get(f"{address}/{where}").status == 403
        assert auditor.post(f"{address}/{where}", text="x").status == 403
        stranger = browsers("charlie")
        assert stranger.get(f"{address}/{where}").status == 404
        assert stranger.post(f"{address}/{where}", text="x").status in {404, 415}
    assert upload(browsers("charlie"), f"{address}/attachments", "a.pdf", PDF).status == 404


def test_a_task_that_is_done_takes_no_files_and_its_case_does(browsers, alice, case, task):
    alice.complete(task)
    browser = browsers("alice")

    assert not browser.get(f"/tasks/{task['id']}").all("//input[@type='file']")
    page = upload(browser, f"/tasks/{task['id']}/attachments", "a.pdf", PDF)
    assert (page.status, problems(page)) == (409, ["The task is no longer open."])
    assert upload(browser, f"/cases/{case['id']}/attachments", "a.pdf", PDF).status == 200


def test_what_belongs_to_a_task_says_so_on_the_case(browsers, alice, case, task):
    tie(alice, uploaded(alice, "b.pdf"), task=task)
    browsers("alice").post(f"/tasks/{task['id']}/comments", text="Om uppgiften")

    page = browsers("bob").get(f"/cases/{case['id']}")

    assert f"about “{task['name']}”" in page.one("//ul[@class='files']").text_content()
    assert f"about “{task['name']}”" in page.one("//ol[@class='comments']").text_content()
    assert "alice attached a file." in page.one("//ol[@class='history']").text_content()


def test_the_pages_speak_swedish(browsers, address):
    page = browsers("alice", "sv").get(address)

    assert {"Kommentarer 0", "Filer 0"} <= set(page.texts("//h2"))
    assert not re.search("comment|attach|mention", page.main)
    assert path(page.address) == address
