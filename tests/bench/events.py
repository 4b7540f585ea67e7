"""How long the calendar takes with 10,000 series: a month of it, a walk through a year, and working all of them out."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from bench._report import report
from dateline.adapters.embedded import EmbeddedIndex
from dateline.documents.builder import EXPANDED_AHEAD
from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Location
from dateline.domain.recurrence import bounds_and_times, occurrences
from dateline.domain.slugs import slug_of
from dateline.domain.tag import Tag
from dateline.log import set_up_logging
from dateline.ports.index import EventSearch
from dateline.settings import read_settings
from dateline_web.app import create_app
from unit.web.documents import MINSK, NOW

SERIES: Final = 10_000
MONTHS: Final = 12
MOST_RATIO: Final = 2.0
MOST_EXPANSION: Final = 60.0
WALK_SERIES: Final = 500
WORDS: Final = ("harvest", "bridge", "theatre", "river", "library", "jazz", "market", "museum")
RULES: Final = (
    "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=1SU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;BYDAY=SA",
    "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=YEARLY;BYMONTH=7;BYDAY=2SA",
    "FREQ=WEEKLY;BYDAY=TU,TH",
)  # fmt: skip
ZONES: Final = ("Europe/Minsk", "Europe/Minsk", "Europe/Minsk", "Europe/Vilnius", "America/Toronto")


def series(number: int) -> Iterator[Event]:
    """So many series: most weekly or monthly, four of five without end, some of days and some on other clocks."""
    rng = random.Random(14)
    for _ in range(number):
        day = date(2015, 1, 1) + timedelta(days=rng.randrange(4000))
        rule = rng.choice(RULES) + rng.choice(("", "", "", "", ";UNTIL=20281231"))
        timed = rng.random() < 0.8
        zone = rng.choice(ZONES)
        begin = datetime(day.year, day.month, day.day, rng.randrange(8, 22), rng.choice((0, 30)), tzinfo=MINSK)
        yield Event(
            title=" ".join(rng.choices(WORDS, k=3)).capitalize(), start=begin if timed else day,
            end=begin + timedelta(hours=2) if timed else None, timezone=zone if timed else "", rrule=rule,
            description_text=" ".join(rng.choices(WORDS, k=60)), location=Location(name="Hall", city="Minsk"),
        )  # fmt: skip


def document(number: int, event: Event) -> EventDocument:
    """As the indexer makes it, with a tag and without evidence."""
    until = (NOW + EXPANDED_AHEAD).date()
    first, last, times = bounds_and_times(event, MINSK, until)
    return EventDocument(
        id=f"e{number:06}", version=1, revision=1, updated_at=NOW, first_day=first, last_day=last,
        expanded_until=until if last is None else None, title=event.title, slug=slug_of(event.title), start=event.start,
        end=event.end, timezone=event.timezone, rrule=event.rrule, occurrences=times, location=event.location,
        description_text=event.description_text, tags=(Tag(type="place", slug="minsk", label="Minsk"),),
    )  # fmt: skip


def months() -> Iterator[tuple[date, date]]:
    """The months from now on."""
    for n in range(MONTHS):
        first = date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 1)
        yield first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def main() -> None:
    """Expand, fill an index, ask, report."""
    events = list(series(SERIES))
    began, count = process_time(), 0
    for event in events:
        count += len(occurrences(event, date(2026, 1, 1), date(2028, 12, 31), MINSK))
    report("events-expansion", ours=process_time() - began, limit=MOST_EXPANSION, unit="s", occurrences=count)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        whole, few = (_filled(Path(folder) / str(n), events[:n]) for n in (SERIES, WALK_SERIES))
        _month(whole)
        _walk(few)
        whole.close()
        few.close()


def _filled(folder: Path, events: list[Event]) -> EmbeddedIndex:
    index = EmbeddedIndex(folder, MINSK)
    index.ensure()
    documents = (document(n, event) for n, event in enumerate(events))
    while batch := list(islice(documents, 500)):
        index.put(batch)
    return index


def _month(index: EmbeddedIndex) -> None:
    client = _client(index)
    raw: list[float] = []
    seen_first: list[float] = []
    ours: list[float] = []
    for first, last in months():
        began = perf_counter()
        index.events(EventSearch(first_day=first, last_day=last))
        raw.append(perf_counter() - began)
        for times in (seen_first, ours, ours):
            began = perf_counter()
            _get(client, f"/v1/events?from={first}&to={last}&limit=100")
            times.append(perf_counter() - began)
    report(
        "events-month", ours=median(ours) * 1000, limit=MOST_RATIO, unit="ms", ratio=median(ours) / median(raw),
        raw=round(median(raw) * 1000, 1), first_time=round(median(seen_first) * 1000, 1),
    )  # fmt: skip


def _walk(index: EmbeddedIndex) -> None:
    client = _client(index)
    address, pages, items = "/v1/events?from=2026-12-01&to=2027-11-30&limit=100", 0, 0
    began = perf_counter()
    while address:
        answer = _get(client, address)
        pages, items = pages + 1, items + len(answer["items"])
        following = urlsplit(answer["next"] or "")
        address = f"{following.path}?{following.query}" if answer["next"] else ""
    took = perf_counter() - began
    report("events-year-walk", ours=took, limit=None, unit="s", pages=pages, occurrences=items)


def _client(index: EmbeddedIndex) -> FlaskClient:
    settings = replace(read_settings({}, log_level="error"), search_timeout=60)
    set_up_logging(settings)
    return create_app(settings, index=index, now=lambda: NOW.astimezone(UTC)).test_client()


def _get(client: FlaskClient, address: str) -> dict[str, list[object]]:
    answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    shown: dict[str, list[object]] = answer.get_json()
    return shown


if __name__ == "__main__":
    main()
