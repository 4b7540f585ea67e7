"""The newsroom in one process, on each index, with a wire that sends ninjs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom, index, newsroom

__all__ = ["index", "newsroom"]

Wire = Callable[..., dict[str, Any]]

STORY = {
    "uri": "urn:wire:1",
    "headlines": [{"role": "main", "value": "Bridge opens"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>The bridge in Brest is open.</p>"}],
    "versionCreated": "2026-05-01T10:00:00Z",
}


def publish(newsroom: Newsroom) -> None:
    """Let the worker publish all that is due."""
    while newsroom.pipeline.take_batch():
        pass
    newsroom.index.refresh()


@pytest.fixture
def wire(newsroom: Newsroom) -> Wire:
    """Sends a ninjs object, and lets the worker publish it; the receipt."""

    def send(hour: int = 10, **members: Any) -> dict[str, Any]:
        sent = json.dumps({**STORY, "versionCreated": f"2026-05-01T{hour:02}:00:00Z", **members})
        answer = newsroom.ask("POST", "/v1/stories", data=sent, content_type="application/ninjs+json")
        assert answer.status_code == 202, answer.text
        publish(newsroom)
        receipt: dict[str, Any] = answer.get_json()
        return receipt

    return send
