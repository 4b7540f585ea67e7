"""The ASGI application around a WSGI application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from http import HTTPStatus
from typing import IO, Any, Final

from dateline.gateway.clients import client_of
from dateline.gateway.environ import Scope, environ_of
from dateline.gateway.limits import Limits, Uploads
from dateline.gateway.push import Push
from dateline.gateway.request_body import (
    BodyBuffers,
    BodyTooLarge,
    ClientGone,
    DiskFull,
    Message,
    Receive,
    SpoolFull,
    StreamedBody,
    as_file,
    drain,
)
from dateline.gateway.thread_pools import Pool, ThreadPools, pool_of
from dateline.gateway.wait import WAIT, Wait
from dateline.gateway.wsgi_response import WsgiApp, WsgiResponse

Send = Callable[[Message], Awaitable[None]]

_REFUSALS: Final = {
    408: "The request did not arrive in time.",
    413: "The body is too large.",
    503: "Too many large bodies are being read; please come again.",
}
_DISK_FULL: Final = "The server’s disk is full: nothing of this was taken. Whoever runs Dateline must make room."
NO_UPLOADS: Final = Uploads()


class Gateway:
    """Runs ``app``. POSTs to the paths ``streamed`` are handed on before their body is whole; those of ``uploads`` may
    be larger and slower than others."""

    def __init__(
        self, app: WsgiApp, limits: Limits, streamed: frozenset[str] = frozenset(), uploads: Uploads = NO_UPLOADS
    ) -> None:
        self.app = app
        self.limits = limits
        self._uploads = uploads
        self._upload_paths = frozenset(path.encode() for path in uploads.paths)
        self._streamed = frozenset(path.encode() for path in streamed)
        self._pools = ThreadPools(limits.threads)
        self._bodies = BodyBuffers()
        self._pushing: set[asyncio.Task[None]] = set()
        """What is pushed, and what is waited for."""
        self._stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        pool = pool_of(scope["method"], scope["raw_path"], self._streamed)
        try:
            if pool is Pool.STREAMED:
                await self._answer_streamed(scope, receive, send)
            else:
                await self._answer_whole(pool, scope, receive, send)
        except ClientGone:
            return
        except TimeoutError:
            await _refuse(scope, send, 408)
        except BodyTooLarge:
            await _refuse(scope, send, 413)
        except SpoolFull:
            await _refuse(scope, send, 503)
        except DiskFull:
            await _refuse(scope, send, 503, _DISK_FULL)

    def stop(self) -> None:
        """End what is pushed, and let nobody wait: the server is to stop."""
        self._stopping = True
        for task in self._pushing:
            task.cancel()

    async def _answer_whole(self, pool: Pool, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["method"] == "POST" and scope["raw_path"] in self._upload_paths
        uploads = self._uploads if is_upload else None
        body = await self._bodies.whole(receive, self._client(scope), self.limits.body_seconds, uploads)
        try:
            wait = await self._run(pool, scope, body, receive, send, may_wait=True)
            if wait is not None and await self._is_there_after(wait, receive):
                body.seek(0)
                await self._run(pool, scope, body, receive, send)
        finally:
            self._bodies.close(body)

    async def _answer_streamed(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = StreamedBody(receive, asyncio.get_running_loop(), self.limits.body_seconds)
        await self._run(Pool.STREAMED, scope, as_file(body), receive, send, body)

    def _client(self, scope: Scope) -> str:
        return client_of(scope, self.limits.proxies)

    async def _run(
        self,
        pool: Pool,
        scope: Scope,
        body: IO[bytes],
        receive: Receive,
        send: Send,
        streamed: StreamedBody | None = None,
        *,
        may_wait: bool = False,
    ) -> Wait | None:
        """Send the application's answer, unless it says what to wait for first."""
        response = WsgiResponse(asyncio.get_running_loop())
        environ = environ_of(scope, body)
        if may_wait:
            environ[WAIT] = response.set_wait
        work = self._pools[pool].submit(self._client(scope), partial(response.run, self.app, environ))
        try:
            await response.wait()
            if streamed is not None and not streamed.ended:
                async with asyncio.timeout(self.limits.body_seconds):
                    await _drain(receive, response)
            if response.wait_for is not None and not response.failed:
                return response.wait_for
            await self._send(response, receive, send)
            return None
        finally:
            work.cancel()
            response.close()

    async def _is_there_after(self, wait: Wait, receive: Receive) -> bool:
        """Return when ``wait`` is over, or the server stops: True; or when the client is gone: False."""
        try:
            return await self._while_there(wait.over(), receive)
        finally:
            wait.close()

    async def _send(self, response: WsgiResponse, receive: Receive, send: Send) -> None:
        if response.failed:
            raise RuntimeError("the application failed; its log says why")
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        more = True
        while more:
            chunk, more = await response.next_chunk()
            await send({"type": "http.response.body", "body": chunk, "more_body": more or response.push is not None})
        if response.push is not None:
            await self._push(response.push, receive, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _push(self, push: Push, receive: Receive, send: Send) -> None:
        """Send ``push``'s blocks until they end, the client is gone, or the server stops."""
        try:
            await self._while_there(_send_blocks(push, send), receive)
        finally:
            push.close()

    async def _while_there(self, work: Coroutine[Any, Any, None], receive: Receive) -> bool:
        """Work until it is done, the client is gone, or the server stops; whether the client is still there."""
        working = asyncio.create_task(work)
        watching = asyncio.create_task(_gone(receive))
        self._pushing.add(working)
        try:
            if not self._stopping:
                await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
            return not watching.done()
        finally:
            self._pushing.discard(working)
            working.cancel()
            watching.cancel()
            await asyncio.gather(working, watching, return_exceptions=True)


async def _drain(receive: Receive, response: WsgiResponse) -> None:
    """Read what the application left of a body; a client that sends on and on gets the answer, and no more."""
    try:
        await drain(receive)
    except BodyTooLarge:
        response.headers.append((b"connection", b"close"))


async def _send_blocks(push: Push, send: Send) -> None:
    async for block in push.blocks():
        await send({"type": "http.response.body", "body": block, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(scope: Scope, send: Send, status: int, detail: str = "") -> None:
    """Answer what never reached the application, as the application would (RFC 9457), and close."""
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _REFUSALS[status],
        "instance": scope["path"],
    }
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close"),
               *([(b"retry-after", b"5")] if status == 503 else [])]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode(), "more_body": False})
