"""A WSGI application for the gateway's tests; gunicorn loads it in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Flask, Response, request

from dateline.gateway import Gateway, Limits
from dateline.settings import read_settings

LARGE: Final = 8_000_000


def create_server() -> Gateway:
    """The application behind the gateway, with the limits that the environment says."""
    return Gateway(create_app(), Limits.of(read_settings()), frozenset({"/streamed"}))


def create_app() -> Flask:
    """The application itself."""
    app = Flask(__name__)

    @app.get("/live")
    def live() -> str:
        return "live"

    @app.route("/echo", methods=["GET", "POST"])
    def echo() -> Response:
        return Response(
            request.get_data(), headers={"X-Query": request.query_string.decode(), "X-Cookie": str(request.cookies)}
        )

    @app.get("/large")
    def large() -> Response:
        return Response(b"x" * 100_000 for _ in range(LARGE // 100_000))

    @app.get("/broken")
    def broken() -> Response:
        def chunks() -> Iterator[bytes]:
            yield b"x" * LARGE
            raise RuntimeError("in the middle")

        return Response(chunks())

    @app.post("/streamed")
    def streamed() -> Response:
        if request.headers.get("Authorization") is None:
            return Response(status=401)
        return Response(str(sum(len(chunk) for chunk in iter(lambda: request.stream.read(65_536), b""))))

    return app
