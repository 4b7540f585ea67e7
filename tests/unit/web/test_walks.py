"""Pages of one walk: worked out once, right whoever asks in between and whatever changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import EventDocument
from dateline_web.walks import MOST_LINES, MOST_WALKS, Walks
from unit.web.conftest import Fill, items
from unit.web.documents import MINSK, NOW, event

TODAY = NOW.astimezone(MINSK).date()


@dataclass(frozen=True)
class Number:
    value: int

    @property
    def key(self) -> tuple[str, ...]:
        return (f"{self.value:06}",)


class Source:
    """Numbers, and how often they were begun and how many were taken."""

    def __init__(self, end: int = 100_000) -> None:
        self.begun = self.taken = 0
        self.end = end
        self.breaks_at = -1

    def __call__(self) -> Iterator[Number]:
        self.begun += 1
        return self._numbers()

    def _numbers(self) -> Iterator[Number]:
        for value in range(self.end):
            if value == self.breaks_at:
                raise TimeoutError
            self.taken += 1
            yield Number(value)


def values(walks: Walks[Number], source: Source, after: int | None, most: int = 11, name: str = "a") -> list[int]:
    key = None if after is None else Number(after).key
    return [one.value for one in walks.page(name, key, most, source)]


def test_a_walk_is_worked_out_once_and_no_further_than_it_went() -> None:
    walks, source = Walks[Number](), Source()
    for start in range(0, 1000, 10):
        assert values(walks, source, start - 1 if start else None) == list(range(start, start + 11))
    assert (source.begun, source.taken) == (1, 1001)
    assert values(walks, source, 499) == list(range(500, 511))
    assert values(walks, source, None, 5) == [0, 1, 2, 3, 4]
    assert (source.begun, source.taken) == (1, 1001)


def test_another_process_goes_on_from_where_it_is_asked() -> None:
    walks, source = Walks[Number](), Source()
    assert values(walks, source, 500) == list(range(501, 512))
    assert values(walks, source, 511) == list(range(512, 523))
    assert source.begun == 1
    assert values(walks, source, 499) == list(range(500, 511))
    assert source.begun == 2


def test_the_last_page_is_short() -> None:
    walks, source = Walks[Number](), Source(15)
    assert values(walks, source, None) == list(range(11))
    assert values(walks, source, 9) == list(range(10, 15))
    assert values(walks, source, 14) == []


def test_what_was_given_up_is_begun_anew() -> None:
    walks, source = Walks[Number](), Source()
    assert values(walks, source, None) == list(range(11))
    source.breaks_at = 15
    with pytest.raises(TimeoutError):
        values(walks, source, 9)
    source.breaks_at = -1
    assert values(walks, source, 9) == list(range(10, 21))


def test_what_is_kept_is_bounded() -> None:
    walks, source = Walks[Number](), Source()
    assert len(values(walks, source, None, MOST_LINES)) == MOST_LINES
    assert values(walks, source, MOST_LINES + 9) == list(range(MOST_LINES + 10, MOST_LINES + 21))
    assert values(walks, source, MOST_LINES) == list(range(MOST_LINES + 1, MOST_LINES + 12))
    assert values(walks, source, None) == list(range(11))
    for number in range(MOST_WALKS):
        values(walks, Source(), None, name=str(number))
    before = source.begun
    values(walks, source, None)
    assert source.begun == before + 1


def pages(client: FlaskClient, address: str) -> Iterator[list[str]]:
    """The days of each page."""
    while address:
        answer = client.get(address).get_json()
        yield [f"{item['start']} {item['title']}" for item in answer["items"]]
        following = urlsplit(answer["next"] or "")
        address = f"{following.path}?{following.query}" if answer["next"] else ""


YEAR = f"/v1/events?from={TODAY}&to={TODAY + timedelta(days=365)}&limit=20"


def test_a_year_is_the_same_in_pages_and_in_one(client: FlaskClient, fill: Fill) -> None:
    fill([event("Daily", TODAY, rrule="FREQ=DAILY"), event("Weekly", date(2020, 1, 5), rrule="FREQ=WEEKLY")])
    fill([event("Once", TODAY + timedelta(days=40))])
    walked = [line for page in pages(client, YEAR) for line in page]
    assert len(walked) == len(set(walked)) == 366 + 52 + 1
    assert walked == sorted(walked, key=lambda line: line.split(" ")[0])
    assert walked == [
        f"{item['start']} {item['title']}" for item in items(client, YEAR.replace("limit=20", "limit=100"))
    ]


def test_what_changes_under_a_walk_is_seen_on_its_next_page(client: FlaskClient, fill: Fill) -> None:
    daily = event("Daily", TODAY, rrule="FREQ=DAILY")
    fill([daily])
    walk = pages(client, YEAR)
    first = next(walk)
    late = TODAY + timedelta(days=25)
    fill([event("New", late)])
    assert next(walk).count(f"{late} New") == 1
    gone = EventDocument(id=daily.id, version=2, revision=2, updated_at=NOW, withdrawn=True)
    fill([gone])
    assert next(walk) == [] and first == [f"{TODAY + timedelta(days=n)} Daily" for n in range(20)]
