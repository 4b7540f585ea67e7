"""A desk for the browser: an ingest service on SQLite in this process, and a tab that is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from dateline.adapters.ledger import SqlLedger
from dateline.domain.term import Term
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from ledgers import open_copy, propose
from servers.served import served

LONG: Final = "Unabhängigkeitserklärungsunterzeichnungsfeierlichkeiten" * 3


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    """One proposal, with a very long name."""
    ledger = open_copy(tmp_path)
    propose(ledger, "bo-ek", LONG, mentions=2)
    yield ledger
    ledger.close()


def words() -> FewWords:
    """A few terms, one with very long words; a section that asks for a second pair of eyes."""
    words = FewWords()
    words.terms.append(Term(type="organisation", slug="a" * 100, label=LONG, aliases=(LONG,)))
    words.terms.append(Term(type="section", slug="sport", label="Sport", review=True))
    return words


@pytest.fixture
def address(ledger: SqlLedger) -> Iterator[str]:
    """Where the desk answers."""
    settings = read_settings({}, secret_key="k" * 32, preview_key="p" * 32, log_level="error")
    app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=words(), queue_lengths=dict)
    with served(app) as address:
        yield address


def sign_in(
    page: Page, address: str, secret: str = "secret-edda", *, until: Literal["load", "commit"] = "load"
) -> None:
    """Sign somebody in (an editor, unless told otherwise), who is then on the page that submits a story.

    The page's scripts have run by then, unless told otherwise: fields that the editor is about to hide can't be filled.
    """
    page.goto(address)
    page.get_by_label("Your token").fill(secret)
    with page.expect_navigation(wait_until=until):
        page.get_by_role("button", name="Sign in").click()


@contextmanager
def editors_tab(browser: Browser, app: Flask) -> Iterator[Page]:
    """A tab on a wide screen in which an editor is signed in to the desk of ``app``."""
    with served(app) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        opened = context.new_page()
        opened.set_default_timeout(20_000)
        sign_in(opened, address)
        yield opened
        context.close()
