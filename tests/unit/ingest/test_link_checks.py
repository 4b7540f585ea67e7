"""Links are asked in the background, remembered for a while, and what keeps readers from them is said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Literal

import pytest

from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.fetch import DEFAULT_LIMITS, Fetched, FetchLimits
from dateline_ingest.checking.links import links_of
from dateline_ingest.link_checks import MOST_WAITING, LinkChecks, problem_of

ADDRESS = "https://a.example/1"
Answer = int | Exception


@dataclass
class Fetches:
    """A fetcher that gives answers by method, and lets nobody wait for the network."""

    head: Answer = 200
    get: Answer = 200
    asked: list[str] = field(default_factory=list)
    open: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.open.set()

    def fetch(
        self,
        url: str,
        *,
        method: Literal["GET", "HEAD"] = "GET",
        headers: Mapping[str, str] | None = None,
        limits: FetchLimits = DEFAULT_LIMITS,
    ) -> Fetched:
        assert limits.seconds < 10 and limits.bytes < 1_000_000
        assert self.open.wait(10)
        self.asked.append(f"{method} {url}")
        answer = self.head if method == "HEAD" else self.get
        if isinstance(answer, Exception):
            raise answer
        return Fetched(url=url, status=answer)


@pytest.mark.parametrize(
    ("head", "get", "problem"),
    [
        (200, 500, ""),
        (405, 200, ""),
        (404, 200, ""),  # to HEAD only
        (404, 404, "has no such page (404)"),
        (410, 410, "has no such page (410)"),
        (403, 403, ""),  # it answers, and wants somebody else
        (401, 401, ""),
        (500, 503, "answers with an error (503)"),
        (FetchFailed("no"), FetchFailed("no"), "doesn’t answer"),
        (FetchFailed("no"), 200, ""),
        (405, FetchRefused("the answer is longer than 200,000 bytes"), ""),
        (
            FetchRefused("10.0.0.1 is a private address"),
            200,
            "can’t be opened by readers: 10.0.0.1 is a private address",
        ),
    ],
)
def test_what_keeps_readers_from_a_page(head: Answer, get: Answer, problem: str) -> None:
    assert problem_of(ADDRESS, Fetches(head, get)) == problem


def answered(checks: LinkChecks, address: str = ADDRESS) -> str | None:
    """What is known when the threads are through."""
    checks.state(address)
    checks.close()
    return checks.state(address).problem


def test_nobody_waits_for_an_address_and_it_is_asked_once() -> None:
    fetches = Fetches(404, 404)
    fetches.open.clear()
    checks = LinkChecks(fetches)
    assert [checks.state(ADDRESS).problem for _ in range(3)] == [None, None, None]
    fetches.open.set()
    assert answered(checks) == "has no such page (404)"
    assert fetches.asked == [f"HEAD {ADDRESS}", f"GET {ADDRESS}"]


@pytest.mark.parametrize(("status", "after"), [(404, 61.0), (200, 601.0)])
def test_it_is_asked_again_when_that_is_old(status: int, after: float) -> None:
    now = [0.0]
    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    fetches = Fetches(status, status)
    checks = LinkChecks(fetches, clock)
    assert answered(checks) is not None
    now[0] = after - 2
    before = len(fetches.asked)
    assert checks.state(ADDRESS).problem is not None
    now[0] = after
    assert checks.state(ADDRESS).problem is None
    checks.close()
    assert len(fetches.asked) == 2 * before


def test_no_more_wait_than_may() -> None:
    fetches = Fetches()
    fetches.open.clear()
    checks = LinkChecks(fetches)
    for number in range(MOST_WAITING + 50):
        checks.state(f"{ADDRESS}/{number}")
    fetches.open.set()
    checks.close()
    assert len(fetches.asked) <= MOST_WAITING


def test_the_links_of_a_story() -> None:
    body = {"links": [{"url": ADDRESS, "title": "One"}, {"title": "none yet"}, {"url": "mailto:a@example.org"}]}
    other = '<a href="https://b.example/">the <b>other</b>\n page</a>'
    html = f'<p>See {other}, <a href="{ADDRESS}">one</a>, <a href="#x">x</a></p>'
    found = [(link.address, link.field, link.words) for link in links_of(body, html)]
    assert found == [(ADDRESS, "links", ""), ("https://b.example/", "body_text", "the other page")]
