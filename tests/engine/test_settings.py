"""A setting that cannot be used stops the start with a sentence."""

from datetime import time

import pytest

from engine.settings import Settings, WrongSetting


def test_without_an_environment_there_are_defaults():
    assert Settings.from_environment({"PATH": "/bin"}) == Settings()


def test_postgresql_is_reached_through_psycopg_3():
    settings = Settings.from_environment({"RUTIN_DATABASE_URL": "postgresql://localhost/rutin"})

    assert settings.database_url == "postgresql+psycopg://localhost/rutin"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RUTIN_DATABASE_URL", "mysql://x", "expects a URL"),
        ("RUTIN_ZONE", "Mars/Olympus", "time zone"),
        ("RUTIN_LANGUAGE", "fi", "sv or en"),
        ("RUTIN_COOKIE_SECURE", "maybe", "yes or no"),
        ("RUTIN_WORKING_DAY_ENDS", "16", "a time such as 16:00"),
        ("RUTIN_WORKING_DAY_ENDS", "24:00", "a time such as 16:00"),
        ("RUTIN_THREADS", "0", "a whole number"),
        ("RUTIN_THREADS", "many", "a whole number"),
        ("RUTIN_SECRET_KEY", "short", "32 characters"),
        ("RUTIN_ADDRESS", "https://rutin.example/app", "without a path"),
        ("RUTIN_ADDRESS", "rutin.example", "begins with https://"),
        ("RUTIN_OPENID_ISSUER", "http://login.example", "begins with https://"),
        ("RUTIN_OPENID_ISSUER", "https://login.example/?a=b", "begins with https://"),
        ("RUTIN_OPENID_ISSUER", "https://me@login.example/", "begins with https://"),
        ("RUTIN_OPENID_ALGORITHMS", "RS256 none", "never none"),
        ("RUTIN_OPENID_ALGORITHMS", "", "never none"),
        ("RUTIN_OPENID_SCOPES", "profile", "openid among them"),
        ("RUTIN_OPENID_LINK", "sub", "email or preferred_username"),
        ("RUTIN_OPENID_GROUPS", "[]", "JSON such as"),
        ("RUTIN_OPENID_GROUPS", '{"a": 7}', "JSON such as"),
        ("RUTIN_OPENID_GROUPS", '{"a": " "}', "JSON such as"),
        ("RUTIN_OPENID_GROUPS", "a=b", "JSON such as"),
        ("RUTIN_DATABSE_URL", "sqlite:///x", "is not a setting"),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_the_setting(name, value, said):
    with pytest.raises(WrongSetting) as error:
        Settings.from_environment({name: value})

    assert name in str(error.value)
    assert said in str(error.value)


def test_a_working_day_ends_at_a_time_of_the_day():
    settings = Settings.from_environment({"RUTIN_WORKING_DAY_ENDS": "16:30"})

    assert settings.working_day_ends == time(16, 30)


OPENID = {
    "RUTIN_OPENID_ISSUER": "https://login.example/realm",
    "RUTIN_OPENID_CLIENT_ID": "rutin",
    "RUTIN_ADDRESS": "https://rutin.example/",
}


def test_a_provider_is_set_up():
    settings = Settings.from_environment(
        {**OPENID, "RUTIN_OPENID_GROUPS": '{"g-1": ["a", "b"], "g-2": "a"}'}
    )

    assert settings.address == "https://rutin.example"
    assert settings.openid_groups.decided == {"a", "b"}
    assert settings.openid_groups.of(["g-2", "else", 7]) == {"a"}
    assert settings.openid_groups.of("g-1") == {"a", "b"}
    assert settings.openid_groups.of(None) == settings.openid_groups.of({"g-1": 1}) == set()


@pytest.mark.parametrize("name", ["RUTIN_OPENID_CLIENT_ID", "RUTIN_ADDRESS"])
def test_what_a_provider_needs_besides_is_asked_for(name):
    with pytest.raises(WrongSetting, match=f"needs {name}"):
        Settings.from_environment({each: OPENID[each] for each in OPENID if each != name})


def test_a_secret_is_needed_where_it_signs():
    with pytest.raises(WrongSetting, match="RUTIN_OPENID_CLIENT_SECRET"):
        Settings.from_environment({**OPENID, "RUTIN_OPENID_ALGORITHMS": "HS256"})


def test_a_secret_is_not_repeated():
    with pytest.raises(WrongSetting) as error:
        Settings.from_environment({"RUTIN_SECRET_KEY": "hunter2"})

    assert "hunter2" not in str(error.value)
