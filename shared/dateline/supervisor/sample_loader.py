"""Loads the sample newsroom as its reporters would: over the ingest service's HTTP API, under external ids.

Loading again adds only what is missing: an external id seen before with the same content makes no new revision.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Final

from urllib3 import encode_multipart_formdata

from dateline import sample
from dateline.bootstrap import open_ledger
from dateline.domain.payload import JsonObject
from dateline.errors import CannotStart
from dateline.http_client import HttpClient, HttpResponse
from dateline.settings import Settings
from dateline.supervisor.data_folder import DataFolder

_TIMEOUT_SECONDS: Final = 30.0
_PATIENCE_SECONDS: Final = 60.0
_ALREADY_THERE: Final = frozenset({409, 410, 412, 428})
"""Withdrawn, or changed by somebody since: the newsroom's own word counts, not the sample's."""

ReportStep = Callable[[str], None]
"""Called after each thing done, with what it was."""


def may_begin(folder: DataFolder, settings: Settings) -> bool:
    """Whether a folder that waits for the sample may get it: its ledger, which may lie elsewhere, holds nothing, or
    an earlier start began to load it. Raises ``LedgerUnavailable``."""
    if folder.has_begun_sample():
        return True
    if not folder.wants_sample():
        return False
    with closing(open_ledger(settings)) as ledger:
        is_empty = not any(ledger.metrics().revisions.values())
    if is_empty:
        folder.begin_sample()
    else:
        folder.end_sample()
    return is_empty


def connect(url: str, token: str) -> HttpClient:
    """The client that ``load`` needs."""
    return HttpClient(url, token, timeout=_TIMEOUT_SECONDS)


def count_steps() -> int:
    """Steps that ``load`` takes."""
    stories = sample.stories()
    once = len(list(sample.pictures())) + len(sample.terms()) + len(sample.events()) + len(sample.corrections())
    return once + 2 * len(stories)


def load(client: HttpClient, report: ReportStep) -> None:
    """Load all of it; returns when readers see it.

    Raises ``CannotStart`` with what ingest refused, and ``IngestUnavailable``.
    """
    pictures: dict[str, str] = {}
    for picture in sample.pictures():
        pictures |= _upload(client, picture)
        report(picture.fields["caption"])
    for term in sample.terms(pictures):
        _put_term(client, term)
        report(term["label"])
    for event in sample.events(pictures):
        _expect_accepted(client.request("POST", "/v1/events", event), event["title"])
        report(event["title"])
    receipts = {}
    for story in sample.stories(pictures):
        receipts[story["external_id"]] = _expect_accepted(
            client.request("POST", "/v1/stories", story), story["headline"]
        )
        report(story["headline"])
    _await_indexed(client, [receipt.body["id"] for receipt in receipts.values() if "id" in receipt.body], report)
    for correction in sample.corrections(pictures):
        _correct(client, receipts[correction["external_id"]], correction)
        report(correction["headline"])


def _upload(client: HttpClient, picture: sample.SamplePicture) -> dict[str, str]:
    """The picture's id by its name; none of one that was taken down since."""
    file = ("file", (picture.filename, picture.content))
    body, content_type = encode_multipart_formdata([file, *picture.fields.items()])
    with client.stream("POST", "/v1/images", body, {"Content-Type": content_type}) as stream:
        response = _expect_accepted(client.read(stream), picture.filename)
    return {picture.name: response.body["id"]} if "id" in response.body else {}


def _put_term(client: HttpClient, term: JsonObject) -> None:
    path = f"/v1/terms/{term['type']}/{term['slug']}"
    _expect_accepted(client.request("PUT", path, term), term["label"])


def _correct(client: HttpClient, receipt: HttpResponse, correction: JsonObject) -> None:
    if receipt.body.get("revision") == 1:
        path = f"/v1/stories/{receipt.body['id']}"
        _expect_accepted(client.request("PUT", path, correction, {"If-Match": '"1"'}), correction["headline"])


def _expect_accepted(response: HttpResponse, what: str) -> HttpResponse:
    if response.status not in (200, 202) and response.status not in _ALREADY_THERE:
        raise CannotStart(f"ingest refused {what!r}: {response.status} {_reason(response)}")
    return response


def _reason(response: HttpResponse) -> str:
    errors = "; ".join(f"{error.pointer}: {error.detail}" for error in response.errors)
    return errors or response.detail


def _await_indexed(client: HttpClient, ids: Sequence[str], report: ReportStep) -> None:
    for item_id in ids:
        for state in _states(client, item_id):
            if state != "accepted":
                break
            time.sleep(0.05)
        report("on its way to readers")


def _states(client: HttpClient, item_id: str) -> Iterator[str]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        yield client.request("GET", f"/v1/stories/{item_id}").body.get("state", "")
    raise CannotStart("the indexer worker doesn't get on; its log says why")
