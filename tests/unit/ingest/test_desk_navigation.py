"""The desk's navigation: each role finds its pages, and every one of them opens."""

from __future__ import annotations

import pytest
from flask import Flask, url_for

from dateline_ingest.desk.navigation import NAVIGATION
from unit.ingest.conftest import Newsroom


@pytest.mark.parametrize("who", ["rita", "edda"])
def test_every_page_of_it_opens_and_says_that_it_is_open(newsroom: Newsroom, only_app: Flask, who: str) -> None:
    role = {"rita": "reporter", "edda": "editor"}[who]
    with only_app.test_request_context():
        addresses = {page.label: url_for(page.endpoint) for _, pages in NAVIGATION[role] for page in pages}
    assert len(set(addresses.values())) == len(addresses)
    for label, address in addresses.items():
        answer = newsroom.ask("GET", address, who)
        assert answer.status_code == 200, address
        assert f'<a href="{address}" aria-current="page">{label}' in answer.text
