"""The system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, expect, sync_playwright

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
