"""How long each page of the desk takes an editor where 100,000 stories and the shipped terms are, with events,
proposals, promises and a quarantine: processor time of the server, the median of a few, in ms. ``DESK_STORIES`` sets
another number."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final

from flask import url_for
from flask.testing import FlaskClient

from bench._newswire import documents, names
from bench._report import report
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.domain.document import Document, StoryDocument
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.log import set_up_logging
from dateline.ports.ledger.claims import Claimed, Indexed, Quarantine
from dateline.ports.ledger.coverages import CoverageDetails
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import ProposedName
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.app import create_app
from dateline_ingest.desk.navigation import NAVIGATION
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy, token_of

STORIES: Final = int(os.environ.get("DESK_STORIES", "100000"))
BATCH: Final = 500
EVENTS: Final = 1_000
PROPOSALS: Final = 20_000
PROMISES: Final = 200
STUCK: Final = 200
TURNS: Final = 7
LIMIT: Final = 100.0
LEASE: Final = timedelta(seconds=30)


def fill(ledger: SqlLedger, index: EmbeddedIndex) -> list[str]:
    """A newsroom; the ids of its stories."""
    desk, ids = token_of(ledger, "edda"), []
    made = documents(STORIES)
    while batch := list(islice(made, BATCH)):
        stories = [one for one in batch if isinstance(one, StoryDocument)]
        receipts = _submitted(ledger, [_story(one, desk) for one in stories])
        index.put([*_as_recorded(stories, receipts), *(one for one in batch if not isinstance(one, StoryDocument))])
        _index_due(ledger)
        ids += [receipt.id for receipt in receipts]
        if len(ids) % 10_000 < BATCH:
            print(f"{len(ids)} stories", file=sys.stderr)
    _events(ledger, desk)
    _proposals(ledger, ids)
    today = datetime.now(UTC).date()
    for number in range(PROMISES):
        details = CoverageDetails(
            title=f"Promise {number}", day=today + timedelta(days=number % 14 - 3), assignee="rita"
        )
        ledger.add_coverage(details, desk)
    _submitted(ledger, [_story(replace(one, headline=f"Stuck {one.headline}"), desk) for one in stories[:STUCK]])
    ledger.mark([Quarantine(claimed=one, stage="document", reason="KeyError: 'x'") for one in _due(ledger)])
    return ids


def _story(one: StoryDocument, by: Token) -> Submission:
    payload = {"schema": 1, "headline": one.headline, "body_text": one.body_text, "section": one.section,
               "published_at": one.published_at.isoformat()}  # fmt: skip
    return Submission(kind="story", payload=payload, by=by, label=one.headline, section=one.section)


def _submitted(ledger: SqlLedger, submissions: list[Submission]) -> list[Receipt]:
    return [answer for answer in ledger.submit_many(submissions) if isinstance(answer, Receipt)]


def _as_recorded(stories: list[StoryDocument], receipts: list[Receipt]) -> Iterator[Document]:
    for story, receipt in zip(stories, receipts, strict=True):
        yield replace(story, id=receipt.id)


def _due(ledger: SqlLedger) -> Iterator[Claimed]:
    while claimed := ledger.claim(worker="bench", lease=LEASE, limit=BATCH):
        yield from claimed


def _index_due(ledger: SqlLedger) -> None:
    ledger.mark([Indexed(claimed=one) for one in _due(ledger)])


def _events(ledger: SqlLedger, desk: Token) -> None:
    today = date.today()
    submissions = [
        Submission(kind="event", payload=to_payload(Event(title=f"Event {n}", start=today + timedelta(days=n % 400))),
                   by=desk, label=f"Event {n}")
        for n in range(EVENTS)
    ]  # fmt: skip
    for start in range(0, EVENTS, BATCH):
        _submitted(ledger, submissions[start : start + BATCH])
        _index_due(ledger)


def _proposals(ledger: SqlLedger, ids: list[str]) -> None:
    people = list(dict.fromkeys(" ".join(name) for name in names().unknown_people))[:PROPOSALS]
    for start in range(0, len(people), BATCH):
        ledger.propose_terms([
            ProposedName(type="person", slug=person.lower().replace(" ", "-"), label=person, item_id=ids[n % len(ids)],
                         day="2026-01-02")
            for n, person in enumerate(people[start : start + BATCH], start)
        ])  # fmt: skip
    while ledger.count_mentions(limit=BATCH):
        pass


def pages(client: FlaskClient, ids: list[str]) -> dict[str, str]:
    """The pages in the navigation of an editor, and one of each thing; by name."""
    with client.application.test_request_context():
        found = {page.label: url_for(page.endpoint) for _, group in NAVIGATION["editor"] for page in group}
    place = next(iter(names().places)).lower()
    return {
        **found,
        "A story": f"/stories/{ids[-1]}",
        "Correct a story": f"/stories/{ids[-1]}/correct",
        "Find": "/find?q=minsk",
        "Stories with a word": f"/stories?q={place}",
        "A week": "/plan?week=" + date.today().isoformat(),
        "Front of a section": "/front?section=news",
        "A section": "/sections/news",
        "Merge or retire a section": "/sections/news/leave",
        "Terms newest": "/terms?view=newest",
        "Terms suspicious": "/terms?view=suspicious",
        "Terms by name": "/terms?q=minsk",
        "A place": "/terms/place/minsk",
        "A topic": "/terms/topic/culture",
    }


def timed(client: FlaskClient, path: str) -> list[float]:
    """Milliseconds of processor time of each of some requests, after a first that fills caches."""
    times = []
    for _ in range(TURNS + 1):
        began = process_time()
        answer = client.get(path, headers={"Authorization": "Bearer secret-edda"}, follow_redirects=True)
        times.append((process_time() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
    return times


def main() -> None:
    """Fill a newsroom, ask for each page, report."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as made:
        folder = Path(made)
        ledger = open_copy(folder)
        settings = read_settings({}, data=str(folder), secret_key="k" * 32, log_level="error")
        set_up_logging(settings)
        index = EmbeddedIndex(folder / "index", settings.timezone)
        index.ensure()
        ids = fill(ledger, index)
        app = create_app(
            settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=LiveVocabulary(ledger), queue_lengths=dict,
            index=index,
        )  # fmt: skip
        client = app.test_client()
        for name, path in pages(client, ids).items():
            first, *times = timed(client, path)
            report(f"desk {name}", ours=median(times), limit=LIMIT, unit="ms", first=round(first), path=path)
        index.close()
        ledger.close()


if __name__ == "__main__":
    main()
