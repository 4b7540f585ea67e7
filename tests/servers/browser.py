"""The system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright

from servers import missing

expect.set_options(timeout=20_000)


def launch(chromium: BrowserType) -> Browser:
    """A process of the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("browser", "no chromium on PATH")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"]
    return chromium.launch(executable_path=path, args=arguments)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        launched = launch(playwright.chromium)
        yield launched
        launched.close()


def low_contrast(page: Page) -> list[dict[str, Any]]:
    """What axe, which looked at this page before and so is still in it, says of its contrast in the colours of now."""
    options = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe("axe.version").run(page, options=options).response["violations"]
    return found
