"""Long answers that are asked for and not taken: how many bytes one client may leave lying."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from dateline.adapters.embedded import EmbeddedIndex
from dateline.bootstrap import open_media
from dateline.gateway import TAKEN
from dateline.http.responses.unread_answers import MAX_UNREAD_BYTES, UnreadAnswers
from dateline.ports.media import rendition_key
from dateline.settings import read_settings
from ledgers import index_all
from unit.web.conftest import app_on, empty_index, index
from unit.web.documents import story

__all__ = ["empty_index", "index"]

LONG: Final = "It was said again. " * 80_000
"""1.5 MB."""


def ask_until_refused(ask: Callable[[dict[str, Any]], Any], most: int = 100) -> tuple[list[int], list[Any], Any]:
    """The lengths of the answers that nobody takes, what tells that they are taken, and the refusal."""
    lengths: list[int] = []
    kept: list[Any] = []
    for _ in range(most):
        answer = ask({TAKEN: kept.append})
        if answer.status_code != 200:
            return lengths, kept, answer
        lengths.append(len(answer.data))
    raise AssertionError("nothing was refused")


def test_changes_that_are_not_taken_are_bounded_for_each_token(newsroom: Any) -> None:
    for number in range(3):
        newsroom.submit(headline=f"Bridge {number}", body_text=LONG)
    while any(newsroom.ledger.sweep().due.values()):
        index_all(newsroom.ledger)
    newsroom.ask("GET", "/v1/changes", "sam")  # from now on the page is as long as what is kept of it

    def ask(environ: dict[str, Any], token: str = "sam") -> Any:
        return newsroom.ask("GET", "/v1/changes", token, environ_overrides=environ)

    lengths, kept, refusal = ask_until_refused(ask)
    assert MAX_UNREAD_BYTES - lengths[0] < sum(lengths) <= MAX_UNREAD_BYTES
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (429, "5")
    assert newsroom.ask("GET", "/v1/changes?after=3", "sam", environ_overrides={TAKEN: kept.append}).status_code == 200
    assert ask({TAKEN: kept.append}, "olga").status_code == 200
    kept[0]()
    assert ask({TAKEN: kept.append}).status_code == 200
    assert ask({TAKEN: kept.append}).status_code == 429
    for taken in kept[1:]:
        taken()
    assert ask({TAKEN: kept.append}).status_code == 200
    kept[-1]()


def test_feeds_that_are_not_taken_are_bounded_for_each_address(index: EmbeddedIndex) -> None:
    index.put([story(f"Long {n}", LONG) for n in range(3)])
    client = app_on(index).test_client()

    def ask(environ: dict[str, Any], address: str = "192.0.2.1") -> Any:
        return client.get("/search.atom", environ_overrides={"REMOTE_ADDR": address, **environ})

    lengths, kept, refusal = ask_until_refused(ask)
    assert MAX_UNREAD_BYTES - lengths[0] < sum(lengths) <= MAX_UNREAD_BYTES
    assert refusal.status_code == 429
    assert ask({TAKEN: kept.append}, "192.0.2.2").status_code == 200


def test_pictures_that_are_not_taken_are_bounded(index: EmbeddedIndex, tmp_path: Path) -> None:
    kept_in = str(tmp_path / "media")
    sha256, client = "ab" * 32, app_on(index, media=kept_in).test_client()
    store = open_media(read_settings({}, media=kept_in))
    store.put(rendition_key(sha256, "animated.gif"), BytesIO(bytes(6_000_000)))
    store.put(rendition_key(sha256, "rights.json"), BytesIO(b'{"usable_until": null}'))

    def ask(environ: dict[str, Any]) -> Any:
        answer = client.get(
            f"/media/{sha256}/animated.gif", headers={"Range": "bytes=0-4999999"}, environ_overrides=environ
        )
        return SimpleNamespace(status_code=200, data=answer.data) if answer.status_code == 206 else answer

    lengths, kept, refusal = ask_until_refused(ask)
    assert set(lengths) == {5_000_000}
    assert MAX_UNREAD_BYTES - lengths[0] < sum(lengths) <= MAX_UNREAD_BYTES
    assert refusal.status_code == 429
    kept[0]()
    assert ask({TAKEN: kept.append}).status_code == 200


def test_an_answer_to_a_write_is_not_refused(newsroom: Any) -> None:
    calendar = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20270101\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n" for n in range(600)
    )
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{calendar}END:VCALENDAR\r\n"
    kept: list[Any] = []
    answer = newsroom.ask("POST", "/v1/events/import", "edda", data=body, content_type="text/calendar",
                          environ_overrides={TAKEN: kept.append})  # fmt: skip
    assert (answer.status_code, len(answer.data) > 65_536, kept) == (200, True, [])


def test_one_answer_is_never_too_long() -> None:
    unread = UnreadAnswers(most=10)
    assert unread.add("a", 100)
    assert not unread.add("a", 1)
    assert unread.add("b", 6) and not unread.add("b", 6)
    unread.take("a", 100)
    assert unread.add("a", 1)


def test_a_bulk_holds_its_slot_until_its_answer_was_taken(newsroom: Any) -> None:
    kept: list[Callable[[], None]] = []
    good = b'{"headline": "Bridge opens", "body_text": "It is open."}\n'

    def send() -> int:
        answer = newsroom.ask("POST", "/v1/stories/bulk", data=good, content_type="application/x-ndjson",
                              environ_overrides={TAKEN: kept.append})  # fmt: skip
        answer.close()
        status: int = answer.status_code
        return status

    assert [send() for _ in range(3)] == [200, 200, 429]
    kept[0]()
    assert send() == 200
