"""Loads the sample newsroom as its reporters would: over the ingest service's HTTP API, under external ids.

Loading again adds only what is missing: an external id seen before with the same content makes no new revision.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

from dateline import sample
from dateline.domain.payload import JsonObject
from dateline.errors import CannotStart

_PATIENCE_SECONDS: Final = 60.0
_THERE_ALREADY: Final = frozenset({409, 410, 412, 428})
"""Withdrawn, or changed by somebody since: the newsroom's own word counts, not the sample's."""

Step = Callable[[str], None]
"""Called after each thing done, with what it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What ingest said."""

    status: int
    body: JsonObject


class Client:
    """One connection to ingest, kept open."""

    def __init__(self, url: str, token: str) -> None:
        where = urlsplit(url)
        self._connection = HTTPConnection(where.hostname or "", where.port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """One request. Raises ``CannotStart`` when ingest can't be reached."""
        data = None if body is None else json.dumps(body).encode()
        try:
            self._connection.request(method, path, data, {**self._headers, **headers})
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, HTTPException) as lost:
            self._connection.close()
            raise CannotStart(f"ingest can't be reached: {lost}") from lost
        return Answer(answer.status, json.loads(text) if text else {})

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def how_many() -> int:
    """Steps that ``load`` takes."""
    stories = sample.stories()
    return len(sample.terms()) + len(sample.events()) + 2 * len(stories) + len(sample.corrections())


def load(client: Client, step: Step) -> None:
    """Load all of it; returns when readers see it. Raises ``CannotStart`` with what ingest refused."""
    for term in sample.terms():
        _put_term(client, term)
        step(term["label"])
    for event in sample.events():
        _accepted(client.ask("POST", "/v1/events", event), event["title"])
        step(event["title"])
    receipts = {}
    for story in sample.stories():
        receipts[story["external_id"]] = _accepted(client.ask("POST", "/v1/stories", story), story["headline"])
        step(story["headline"])
    _await_indexed(client, [r.body["id"] for r in receipts.values() if "id" in r.body], step)
    for correction in sample.corrections():
        _correct(client, receipts[correction["external_id"]], correction)
        step(correction["headline"])


def _put_term(client: Client, term: JsonObject) -> None:
    path = f"/v1/terms/{term['type']}/{term['slug']}"
    _accepted(client.ask("PUT", path, term), term["label"])


def _correct(client: Client, receipt: Answer, correction: JsonObject) -> None:
    if receipt.body.get("revision") == 1:
        path = f"/v1/stories/{receipt.body['id']}"
        _accepted(client.ask("PUT", path, correction, **{"If-Match": '"1"'}), correction["headline"])


def _accepted(answer: Answer, what: str) -> Answer:
    if answer.status != 202 and answer.status not in _THERE_ALREADY:
        raise CannotStart(f"ingest refused {what!r}: {answer.status} {_reason(answer.body)}")
    return answer


def _reason(body: JsonObject) -> str:
    errors: Sequence[dict[str, Any]] = body.get("errors", ())
    return "; ".join(f"{error['pointer']}: {error['detail']}" for error in errors) or str(body.get("detail", ""))


def _await_indexed(client: Client, ids: Sequence[str], step: Step) -> None:
    for item_id in ids:
        for state in _states(client, item_id):
            if state != "accepted":
                break
            time.sleep(0.05)
        step("on its way to readers")


def _states(client: Client, item_id: str) -> Iterator[str]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        yield client.ask("GET", f"/v1/stories/{item_id}").body.get("state", "")
    raise CannotStart("the indexer worker doesn't get on; its log says why")
