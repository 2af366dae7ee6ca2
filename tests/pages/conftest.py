"""The sites whose pages are looked at, once for each worker, and the windows in which that is done."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from engine.settings import Settings
from tests.databases import SQLite
from tests.pages.sites import Sites, prepared
from tests.pages.windows import Windows
from web.app import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, to be asked where its pages are."""
    folder = tmp_path_factory.mktemp("app")
    return create_app(Settings(database_url=f"sqlite:///{folder}/unused.sqlite"))


@pytest.fixture(scope="module")
def sites(sqlite: SQLite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with prepared(tmp_path_factory.mktemp("pages"), sqlite.copy) as sites:
        yield sites


@pytest.fixture(scope="module")
def windows(browser: Browser, sites: Sites) -> Iterator[Windows]:
    windows = Windows(browser, sites)
    yield windows
    windows.close()


@pytest.fixture(scope="module")
def plain(browser: Browser, sites: Sites) -> Iterator[Windows]:
    """Windows in which no script runs."""
    windows = Windows(browser, sites, java_script_enabled=False)
    yield windows
    windows.close()
