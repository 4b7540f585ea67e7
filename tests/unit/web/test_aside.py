"""Questions beside a search: at once to a server, when wanted to a file, and never longer than the request may take."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Event

import pytest
from babel import Locale

from dateline.errors import IndexUnavailable
from dateline.ports.deadline import remaining, set_deadline
from dateline.settings import read_settings
from dateline_web.aside import aside
from dateline_web.context import Web


def web(search: str) -> Web:
    settings = read_settings({}, search=search)
    return Web(settings=settings, index=None, locale=Locale("en"))  # type: ignore[arg-type]


FILE = web("embedded")
SERVER = web("http://127.0.0.1:9200")


@pytest.fixture(autouse=True)
def no_deadline() -> Iterator[None]:
    yield
    set_deadline(None)


def test_a_server_is_asked_several_things_at_once() -> None:
    meeting = Barrier(3, timeout=10)
    answers = [aside(SERVER, meeting.wait) for _ in range(2)]
    meeting.wait()
    assert sorted({answer() for answer in answers} | {0, 1, 2}) == [0, 1, 2]


def test_a_file_is_asked_when_the_answer_is_wanted() -> None:
    asked: list[str] = []
    answer = aside(FILE, lambda: asked.append("now"))
    assert asked == []
    answer()
    assert asked == ["now"]


def test_the_questions_own_error_comes_out() -> None:
    def broken() -> None:
        raise IndexUnavailable("away")

    with pytest.raises(IndexUnavailable, match="away"):
        aside(SERVER, broken)()


def test_the_requests_time_counts_for_the_question_too() -> None:
    set_deadline(5)
    assert 0 < aside(SERVER, lambda: remaining(100))() <= 5


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    never = Event()
    answer = aside(SERVER, lambda: never.wait(10))
    set_deadline(0.05)
    with pytest.raises(IndexUnavailable, match="too long"):
        answer()
    never.set()
