"""The rate limit: how many requests a client may send, and who counts as one; the rate is ``DATELINE_RATE_LIMIT``."""

from __future__ import annotations

from math import ceil
from time import time

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many

from dateline.errors import BadSetting
from dateline.settings import Settings
from dateline_ingest.auth import OPEN


def limit_rate(app: Flask, settings: Settings) -> None:
    """Let each address send so many requests to ``app``; health and static files are free.

    Over it the answer is 429, with the seconds to wait. Raises ``BadSetting``.
    """
    try:
        parse_many(settings.rate_limit)
    except ValueError:
        raise BadSetting(
            f"DATELINE_RATE_LIMIT wants a rate such as 1000 per second, and {settings.rate_limit!r} isn't that"
        ) from None
    limiter = Limiter(
        get_remote_address,
        app=app,
        default_limits=[settings.rate_limit],
        storage_uri="memory://",
    )
    limiter.request_filter(_is_free)

    def add_retry_after(response: Response) -> Response:
        if response.status_code == 429 and (limit := limiter.current_limit):
            response.headers["Retry-After"] = str(max(1, ceil(limit.reset_at - time())))
        return response

    app.after_request(add_retry_after)


def _is_free() -> bool:
    return (request.endpoint or "") in OPEN and request.method == "GET"
