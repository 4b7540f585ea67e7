"""No date that ingest answers is invalid RFC 3339, whatever clock the ledger's times are on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.base import ReceiptSchema
from dateline_ingest.api.responses import receipt_json
from unit.ingest.conftest import Newsroom

MONROVIA = datetime(1960, 5, 1, 12, tzinfo=ZoneInfo("Africa/Monrovia"))
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", re.ASCII)


def test_receipts_and_lines_of_lists(newsroom: Newsroom) -> None:
    receipt = Receipt(id="s", kind="story", revision=1, state="held", received_at=MONROVIA)
    with newsroom.app.test_request_context():
        assert receipt_json(receipt)["received_at"] == "1960-05-01T12:44:30+00:00"


def test_the_schemas_write_it_too() -> None:
    told: Any = ReceiptSchema(only=["received_at"]).dump({"received_at": MONROVIA})
    assert told == {"received_at": "1960-05-01T12:44:30+00:00"}


@pytest.mark.parametrize("given", ["1923-01-01T00:00:00+01:50:16", "1960-05-01T12:00:00-00:44:30"])
def test_what_was_submitted_comes_back_valid(newsroom: Newsroom, given: str) -> None:
    story = newsroom.submit(published_at=given)["id"]
    told = newsroom.ask("GET", f"/v1/stories/{story}").get_json()
    assert RFC3339.fullmatch(told["story"]["published_at"])
    assert datetime.fromisoformat(told["story"]["published_at"]) == datetime.fromisoformat(given)
    assert RFC3339.fullmatch(told["received_at"])
