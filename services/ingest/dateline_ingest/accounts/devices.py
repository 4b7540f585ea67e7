"""Browsers in which somebody signed in before: others, who try a name over and over, don't lock them out.

Such a browser has a signed cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). It opens nothing:
it says only under what this browser's wrong passwords are counted.
"""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex
from typing import Final

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

COOKIE: Final = "desk_device"
LASTS: Final = timedelta(days=180)


def remember_device(account_id: str) -> None:
    """Give the browser that sends this request a cookie: somebody signed in there to this account."""
    value = _signer().dumps([account_id, token_hex(16)])

    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE, str(value), max_age=LASTS, httponly=True, samesite="Strict", path="/sign-in",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
        return response

    after_this_request(set_cookie)


def known_device() -> tuple[str, str]:
    """The account that this browser signed in to, and the browser's own name; "" where there is none."""
    try:
        account_id, name = _signer().loads(request.cookies.get(COOKIE, ""), max_age=int(LASTS.total_seconds()))
    except (BadData, ValueError, TypeError):
        return "", ""
    return str(account_id), str(name)


def _signer() -> URLSafeTimedSerializer:
    assert current_app.secret_key is not None
    return URLSafeTimedSerializer(current_app.secret_key, salt="device")
