"""Rate limits: how many requests a client may send, and who counts as one. flask-limiter counts, in memory."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import time

from flask import Flask, Response, request
from flask_limiter import Limiter

from dateline.gateway.clients import client_network
from dateline.http.requests.window_counts import WindowCounts


def limit_rate(app: Flask, rate: str, *, client: Callable[[], str], is_free: Callable[[], bool]) -> None:
    """Let each ``client`` send ``rate`` requests to ``app``.

    Requests that are free aren't counted. Over it the answer is 429, with the seconds to wait.
    """
    limiter = Limiter(client, app=app, application_limits=[rate], storage_uri=f"{WindowCounts.STORAGE_SCHEME[0]}://")
    limiter.request_filter(is_free)

    def add_retry_after(response: Response) -> Response:
        if (limit := limiter.current_limit) and limit.breached:
            response.headers["Retry-After"] = str(max(1, ceil(limit.reset_at - time())))
        return response

    app.after_request(add_retry_after)


def client_address() -> str:
    """The address a request comes from; of IPv6 the /64, in which one customer may have any (RFC 6177)."""
    return client_network(request.remote_addr or "")
