"""What the keys do is a page, which a script shows on others."""


def test_the_keys_are_told(browsers, people):
    page = browsers("alice").get("/keyboard")

    assert page.heading == "Keyboard"
    assert page.texts("//*[@id='keys']//kbd") == [
        "?",
        "/",
        "Esc",
        "j",
        "k",
        "Enter",
        "x",
        "c",
        "e",
    ]
    assert page.one("//label[input/@data-keys-switch]").text_content().strip()


def test_nobody_is_told_before_signing_in(app, client):
    answer = client.get("/keyboard")

    assert answer.status_code == 302
    assert "/sign-in" in answer.location
