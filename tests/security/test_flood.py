"""All attacks at once, by one client of each role: the services answer, and another reporter's story is on the site."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any, Final
from uuid import uuid4

import pytest

from dateline.adapters.ledger import open_sql_ledger
from servers.newsroom import Newsroom, newsroom

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

ATTACKER: Final = ("127.0.0.2", 0)
"""Another address than that of the others, as it would be."""
SECONDS: Final = 25
LIVE_SECONDS: Final = 1.0
SITE_SECONDS: Final = 5.0
LONG_STORIES: Final = 4
JSON: Final = {"Content-Type": "application/json"}
SENTENCE: Final = "The council of Minsk read the bridge vote in Gomel. "
GARBAGE: Final = b"1\n" * 1_000_000
ATTRIBUTES: Final = "<p " + " ".join(f"a{number:x}" for number in range(250_000)) + ">x</p>"
ZONES: Final = ("Europe/Minsk", "X" * 60_000)


def calendar(zone: str) -> bytes:
    """A megabyte of series that are dear to expand."""
    hours = ",".join(map(str, range(24)))
    rule = f"RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={hours};BYSETPOS=-366"
    dates = "RDATE:" + ",".join(f"2027{month:02}{day:02}T120000Z" for month in range(1, 13) for day in range(1, 29))
    series = f"DTSTART:20260101T000000Z\r\nSUMMARY:Fair\r\n{rule}\r\n{dates}\r\n"
    events = "".join(f"BEGIN:VEVENT\r\nUID:{uuid4().hex}\r\n{series}END:VEVENT\r\n" for _ in range(150))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:{zone}\r\n{events}END:VCALENDAR\r\n".encode()


@dataclass
class Flood:
    """One attacker of each role, with as many threads as attacks."""

    room: Newsroom
    reporter: str
    over: Event = field(default_factory=Event)
    sent: dict[str, int] = field(default_factory=dict)

    def ask(self, port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> int:
        """One request; 0 when it was cut off."""
        connection = HTTPConnection("127.0.0.1", port, timeout=20, source_address=ATTACKER)
        try:
            connection.request(method, path, body, headers)
            with connection.getresponse() as answer:
                answer.read()
                return answer.status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def report(self, story: dict[str, Any], method: str = "POST", path: str = "/v1/stories", **headers: str) -> int:
        body = json.dumps(story).encode()
        bearer = {"Authorization": f"Bearer {self.reporter}"}
        return self.ask(self.room.ingest_port, method, path, body, **JSON, **bearer, **headers)

    def search(self) -> None:
        self.ask(self.room.web_port, "GET", "/v1/search?q=minsk+council+bridge+vote+gomel")

    def correct(self, number: int) -> None:
        story = {
            "headline": f"Again {number}",
            "body_text": ("a. " if number % 2 else "a. b. ") * 1_000,
            "note": "Again.",
        }
        self.report(story | {"external_id": "repeated", "source": "flood"})

    def import_calendar(self, number: int) -> None:
        given = {"Content-Type": "text/calendar", "Authorization": f"Bearer {self.room.token}"}
        self.ask(self.room.ingest_port, "POST", "/v1/events/import", calendar(ZONES[number % 2]), **given)

    def send_bulk(self) -> None:
        given = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {self.reporter}"}
        self.ask(self.room.ingest_port, "POST", "/v1/stories/bulk", GARBAGE, **given)

    def attacks(self) -> dict[str, Callable[[int], object]]:
        """Each attack by its name, given how often it was made."""
        many: list[dict[str, str]] = [{} for _ in range(100_000)]
        return {
            "snippets": lambda _: self.search(),
            "snippets of a page": lambda _: self.ask(self.room.web_port, "GET", "/search?q=minsk+council+gomel"),
            "differences": self.correct,
            "markup": lambda _: self.report({"headline": "Markup", "body_html": ATTRIBUTES}),
            "bulk": lambda _: self.send_bulk(),
            "another bulk": lambda _: self.send_bulk(),
            "faults": lambda _: self.report({"headline": "Faults", "body_text": "x", "images": many}),
            "sections": lambda n: self.report({"headline": "Section", "body_text": "x", "section": f"flood-{n}"}),
            "calendars": self.import_calendar,
            "logs": lambda _: self.ask(self.room.web_port, "GET", "/" + "%0a" * 2_700),
        }

    @contextmanager
    def running(self) -> Iterator[None]:
        """Attack until the block ends."""
        threads = [Thread(target=self._repeat, args=attack, daemon=True) for attack in self.attacks().items()]
        with ExitStack() as sockets:
            for port, begun, count in [
                (self.room.web_port, b"", 150), (self.room.ingest_port, b"", 150),
                (self.room.web_port, b"GET / HT", 50),
                (self.room.ingest_port, b"POST /v1/stories HTTP/1.1\r\nHost:", 50),
                (self.room.web_port, b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n", 100),
            ]:  # fmt: skip
                for _ in range(count):
                    silent = sockets.enter_context(socket.create_connection(("127.0.0.1", port), 5, ATTACKER))
                    silent.sendall(begun)
            for thread in threads:
                thread.start()
            yield
            self.over.set()
        for thread in threads:
            thread.join(30)

    def _repeat(self, name: str, attack: Callable[[int], object]) -> None:
        while not self.over.is_set():
            attack(self.sent.get(name, 0))
            self.sent[name] = self.sent.get(name, 0) + 1


def seconds_of(port: int, path: str) -> float:
    """How long an answer took that must be 200."""
    begun = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    assert status == 200, path
    return time.monotonic() - begun


def flooding_newsroom(room: Newsroom) -> Flood:
    """A newsroom with what the attacks need: a reporter who attacks, and stories of megabytes."""
    ledger = open_sql_ledger(f"sqlite:///{room.data / 'ledger.sqlite'}")
    reporter, _ = ledger.create_token("flood", "reporter")
    ledger.close()
    flood = Flood(room, reporter)
    for number in range(LONG_STORIES):
        assert flood.report({"headline": f"Minsk {number}", "body_text": SENTENCE * 38_000}) == 202

    def are_found() -> bool:
        found = room.read("/v1/search?q=minsk")
        return bool(found.status == 200 and found.body["total"]["value"] == LONG_STORIES)

    room.wait_for(are_found, "the long stories")
    return flood


def others(room: Newsroom) -> tuple[list[float], list[float]]:
    """What the others meanwhile wait for answers, and for a story of theirs to be on the site, in seconds."""
    answers: list[float] = []
    stories: list[float] = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        ports = (room.web_port, room.ingest_port)
        answers += [seconds_of(port, path) for port in ports for path in ("/live", "/ready")]
        begun = time.monotonic()
        item = room.submit({"headline": f"Bridge {len(stories)}", "body_text": "It is open in Brest."}).body["id"]
        room.wait_for(partial(is_on_the_site, room, item), "another reporter's story", 30)
        stories.append(time.monotonic() - begun)
    return answers, stories


def is_on_the_site(room: Newsroom, item: str) -> bool:
    return room.headline(item) is not None


def test_nobody_stops_the_others() -> None:
    with newsroom("--empty") as room:
        flood = flooding_newsroom(room)
        with flood.running():
            answers, stories = others(room)
    assert set(flood.sent) == set(flood.attacks())
    # the attackers share the processors with what they attack: one answer of ten may be late, and none hangs
    assert quantiles(answers, n=10)[-1] < LIVE_SECONDS, answers
    assert max(answers) < SITE_SECONDS, answers
    assert median(stories) < SITE_SECONDS, stories
