"""
Debian's Chromium, driven by Playwright: one for each process of a test run, whose windows cost little.

The headless shell is the same Chromium without the frame around its windows, which nobody sees: the table of pages
takes 0.6 of the time in it.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from engine.accounts import repository, sessions
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.uow import begin

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def signed_in(installation: Installation, name: str) -> str:
    """Sign somebody in, and return what their browser keeps for it."""
    with begin(installation, SYSTEM) as uow:
        cookie = sessions.sign_in(uow, repository.named(uow.session, name))
        uow.commit()
    return cookie
