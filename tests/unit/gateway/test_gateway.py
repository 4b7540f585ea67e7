"""The gateway without a server: what is bounded, given back, and ended."""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from dateline.gateway import PUSH, TAKEN, WAIT, Gateway, Limits, Uploads, request_body

Environ = dict[str, Any]
Sent = list[dict[str, Any]]


def app_of(view: Callable[[Environ], Iterable[bytes]]) -> Callable[[Environ, Any], Iterable[bytes]]:
    def app(environ: Environ, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return view(environ)

    return app


def echo(environ: Environ) -> Iterable[bytes]:
    return [str(len(environ["wsgi.input"].read())).encode()]


def scope(method: str = "POST", path: str = "/echo", headers: Iterable[tuple[bytes, bytes]] = ()) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"a=1&a=2",
        "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("192.0.2.1", 5),
        "headers": list(headers),
    }  # fmt: skip


async def ask(gateway: Gateway, *body: bytes, then_gone: bool = False, **request: Any) -> Sent:
    """What ``gateway`` sends to a request whose body comes in the parts ``body``."""
    sent: Sent = []
    parts = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    parts += [] if then_gone else [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await gateway(scope(**request), receive, send)
    return sent


def status_and_body(sent: Sent) -> tuple[int, bytes]:
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


def test_a_body_arrives_whole() -> None:
    gateway = Gateway(app_of(echo), Limits())
    assert status_and_body(asyncio.run(ask(gateway, b"x" * 100_000, b"y"))) == (200, b"100001")


def test_who_goes_in_the_middle_reaches_no_application() -> None:
    def never(environ: Environ) -> Iterable[bytes]:
        raise AssertionError

    assert asyncio.run(ask(Gateway(app_of(never), Limits()), b"x", then_gone=True)) == []


def test_too_much_is_413_and_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "MAX_BUFFERED_BYTES", 1_000)
    monkeypatch.setattr(request_body, "MAX_DRAINED_BYTES", 3_000)
    gateway = Gateway(app_of(echo), Limits())
    assert status_and_body(asyncio.run(ask(gateway, b"x" * 1_000, b"x" * 1_000))) == (200, b"1000")
    assert asyncio.run(ask(gateway, *[b"x" * 1_000] * 4))[0]["status"] == 413


def test_an_upload_may_be_larger_and_is_kept_in_its_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(request_body, "MAX_BUFFERED_BYTES", 1_000)
    monkeypatch.setattr(request_body, "_MAX_MEMORY_BYTES", 1_000)
    monkeypatch.setattr(request_body, "MAX_CLIENTS_BYTES", 1_000)
    folder = tmp_path / "media" / "incoming"
    gateway = Gateway(app_of(echo), Limits(), uploads=Uploads(paths=frozenset({"/photo"}), most=200_000, folder=folder))
    pieces = [b"x" * 50_000] * 4
    assert status_and_body(asyncio.run(ask(gateway, *pieces, path="/photo"))) == (200, b"200000")
    assert list(folder.iterdir()) == []
    assert status_and_body(asyncio.run(ask(gateway, *pieces, path="/echo"))) == (200, b"0")


def test_an_upload_takes_longer_the_more_of_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece buys the next one's time: who sends nothing more is told so."""
    monkeypatch.setattr(request_body, "SLOWEST_UPLOAD", 1)
    gateway = Gateway(app_of(echo), Limits(body_seconds=0.05), uploads=Uploads(paths=frozenset({"/photo"}), most=10))

    async def one(path: str, *, ends: bool) -> int:
        parts = [b"x" * 1_000, b"y"]

        async def receive() -> dict[str, Any]:
            if len(parts) == 1:
                await asyncio.sleep(0.1 if ends else 60)
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        sent: Sent = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await gateway(scope(path=path), receive, send)
        return int(sent[0]["status"])

    assert asyncio.run(one("/photo", ends=True)) == 200
    assert asyncio.run(one("/echo", ends=True)) == 408
    monkeypatch.setattr(request_body, "SLOWEST_UPLOAD", 1_000_000)
    assert asyncio.run(one("/photo", ends=False)) == 408


def test_a_disk_without_room_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(request_body.SpooledTemporaryFile):  # type: ignore[type-arg,name-defined,misc]
        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(request_body, "SpooledTemporaryFile", Full)
    gateway = Gateway(app_of(echo), Limits())
    start, body = asyncio.run(ask(gateway, b"x" * 1_000))
    assert start["status"] == 503
    assert "disk is full" in json.loads(body["body"])["detail"]
    assert not gateway._bodies._spooled


def test_all_bodies_together_are_bounded_and_room_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "MAX_SPOOLED_BYTES", 1_500)
    gateway = Gateway(app_of(echo), Limits())

    async def two() -> tuple[Sent, Sent]:
        gate = asyncio.Event()
        parts = iter([b"x" * 1_000, b""])

        async def slow() -> dict[str, Any]:
            part = next(parts)
            if not part:
                await gate.wait()
            return {"type": "http.request", "body": part, "more_body": bool(part)}

        sent: Sent = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        first = asyncio.create_task(gateway(scope(), slow, send))
        while not gateway._bodies._spooled:
            await asyncio.sleep(0)
        refused = await ask(gateway, b"x" * 1_000)
        gate.set()
        await first
        return refused, sent

    refused, first = asyncio.run(two())
    assert refused[0]["status"] == 503
    assert (b"retry-after", b"5") in refused[0]["headers"]
    assert status_and_body(first) == (200, b"1000")
    assert status_and_body(asyncio.run(ask(gateway, b"x" * 1_000)))[0] == 200
    assert not gateway._bodies._spooled


def test_the_environ_is_that_of_the_request() -> None:
    seen: list[Environ] = []

    def look(environ: Environ) -> Iterable[bytes]:
        seen.append(environ)
        return []

    headers = [(b"host", b"x"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-a", b"1"), (b"x-a", b"2"),
               (b"content-type", b"text/plain")]  # fmt: skip
    asyncio.run(ask(Gateway(app_of(look), Limits()), path="/%D0%BA", headers=headers))
    (environ,) = seen
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/к"
    assert environ["RAW_URI"] == environ["REQUEST_URI"] == "/%D0%BA?a=1&a=2"
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_A"]) == ("a=1; b=2", "1,2")
    assert (environ["CONTENT_TYPE"], environ["REMOTE_ADDR"]) == ("text/plain", "192.0.2.1")


class Ticks:
    """A push without end."""

    def __init__(self) -> None:
        self.closed = 0

    async def blocks(self) -> AsyncIterator[bytes]:
        while True:
            yield b"tick"
            await asyncio.sleep(0)

    def close(self) -> None:
        self.closed += 1


def pushing(ticks: Ticks) -> Gateway:
    def view(environ: Environ) -> Iterable[bytes]:
        environ[PUSH](ticks)
        return [b"first"]

    return Gateway(app_of(view), Limits())


def test_a_push_goes_on_until_the_client_is_gone() -> None:
    ticks = Ticks()
    status, body = status_and_body(asyncio.run(ask(pushing(ticks), method="GET")))
    assert (status, ticks.closed) == (200, 1)
    assert body.startswith(b"first")


def test_a_push_ends_whole_when_the_server_stops() -> None:
    ticks = Ticks()
    gateway = pushing(ticks)

    async def stopped() -> Sent:
        sent: Sent = []
        body = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not body:
                await asyncio.Event().wait()
            return body.pop()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)
            if message.get("body") == b"tick":
                gateway.stop()

        await gateway(scope(method="GET"), receive, send)
        return sent

    sent = asyncio.run(stopped())
    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    assert ticks.closed == 1


def test_an_application_that_fails_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(environ: Environ) -> Iterable[bytes]:
        raise LookupError

    with pytest.raises(RuntimeError, match="its log says why"):
        asyncio.run(ask(Gateway(app_of(fail), Limits())))


class Bell:
    """A wait that a test ends."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.begun = asyncio.Event()
        self.closed = 0

    async def over(self) -> None:
        self.begun.set()
        await self.rung.wait()

    def close(self) -> None:
        self.closed += 1


def waiting(bell: Bell, asked: list[bool]) -> Gateway:
    """Waits for ``bell`` where it may; ``asked`` notes each time whether it might."""

    def view(environ: Environ) -> Iterable[bytes]:
        asked.append(WAIT in environ)
        if WAIT in environ:
            environ[WAIT](bell)
            return [b"nothing yet"]
        return [b"news of " + environ["wsgi.input"].read()]

    return Gateway(app_of(view), Limits(threads=1))


async def begin(gateway: Gateway, *, gone: asyncio.Event | None = None) -> tuple[asyncio.Task[None], Sent]:
    """A request that goes on, and what it is sent; its client goes when ``gone`` is set."""
    sent: Sent = []
    parts = [{"type": "http.request", "body": b"x", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not parts:
            await (gone or asyncio.Event()).wait()
            return {"type": "http.disconnect"}
        return parts.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    return asyncio.create_task(gateway(scope(), receive, send)), sent


def test_a_long_poll_is_asked_again_and_holds_no_thread_meanwhile() -> None:
    async def run() -> None:
        bell, asked = Bell(), list[bool]()
        gateway = waiting(bell, asked)
        requests = [await begin(gateway) for _ in range(5)]
        await bell.begun.wait()
        while len(asked) < 5:  # one thread, and each of the five had it
            await asyncio.sleep(0)
        assert all(sent == [] for _, sent in requests)
        bell.rung.set()
        for task, sent in requests:
            await task
            assert status_and_body(sent) == (200, b"news of x")
        assert (asked, bell.closed) == ([True] * 5 + [False] * 5, 5)

    asyncio.run(run())


def test_who_goes_while_it_waits_is_not_answered() -> None:
    async def run() -> None:
        bell, asked, gone = Bell(), list[bool](), asyncio.Event()
        task, sent = await begin(waiting(bell, asked), gone=gone)
        await bell.begun.wait()
        gone.set()
        await task
        assert (sent, asked, bell.closed) == ([], [True], 1)

    asyncio.run(run())


def test_who_waits_is_answered_when_the_server_stops() -> None:
    async def run() -> None:
        bell, asked = Bell(), list[bool]()
        gateway = waiting(bell, asked)
        task, sent = await begin(gateway)
        await bell.begun.wait()
        gateway.stop()
        await task
        later, sent_later = await begin(gateway)
        await later
        assert status_and_body(sent) == status_and_body(sent_later) == (200, b"news of x")
        assert (asked, bell.closed) == ([True, False] * 2, 2)

    asyncio.run(run())


def test_the_application_is_told_when_its_answer_was_taken() -> None:
    order: list[str] = []

    def view(environ: Environ) -> Iterable[bytes]:
        environ[TAKEN](lambda: order.append("taken"))
        return [b"x" * 1_000_000, b"y"]

    async def ask_slowly() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            order.append(message["type"])

        await Gateway(app_of(view), Limits())(scope("GET"), receive, send)

    asyncio.run(ask_slowly())
    assert order[-1] == "taken"
    assert order.count("taken") == 1
    assert order.count("http.response.body") > 10


def test_it_is_told_too_when_the_client_is_gone() -> None:
    taken: list[bool] = []

    def view(environ: Environ) -> Iterable[bytes]:
        environ[TAKEN](lambda: taken.append(True))
        return [b"x" * 1_000_000]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def broken(message: dict[str, Any]) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        asyncio.run(Gateway(app_of(view), Limits())(scope("GET"), receive, broken))
    assert taken == [True]
