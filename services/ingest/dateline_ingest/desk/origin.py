"""Where a request comes from: a page of the desk, or another site's, which may keep no fields and touch no cookie.

Browsers say so in ``Sec-Fetch-Site`` (W3C Fetch Metadata) and, at least with each POST, in ``Origin`` (RFC 6454). What
says neither is no browser, and nobody's page made it ask.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from dateline.http.requests.checks import MOST_IN_HOST
from dateline_ingest.context import parts


def is_foreign() -> bool:
    """Whether a page of another site, or of a neighbour under the same domain, made the browser send this request."""
    if site := request.headers.get("Sec-Fetch-Site", ""):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and not _is_own(origin)


def _is_own(origin: str) -> bool:
    """Whether it is the desk's address, as the request or the setting has it. ``null`` is nobody's."""
    if len(origin) > MOST_IN_HOST:
        return False
    own = (request.host, urlsplit(parts().settings.ingest_url).netloc)
    return origin.startswith(("https://", "http://")) and urlsplit(origin).netloc.casefold() in map(str.casefold, own)


class DeskSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which a foreign request leaves as it is.

    Such a request comes without the cookie (SameSite=Strict): a new one would stand in the place of the editor's.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where something in it has changed, for requests of the desk's own pages."""
        if not is_foreign():
            super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Renew an unchanged one with pages alone: what a script asks meanwhile was sent with the cookie of before, and
        would take a message back that the next page is to show."""
        navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        return session.modified or (navigates and super().should_set_cookie(app, session))
