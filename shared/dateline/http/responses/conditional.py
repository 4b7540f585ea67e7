"""Entity tags and conditional requests (RFC 9110 section 13)."""

from __future__ import annotations

from typing import Final

from flask import Request, Response, request

from dateline.errors import RevisionRequired, StaleRevision

REVISION_HEADER: Final = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": 'The revision this was made from, as the ETag said it: "3". Without it the answer is 428.',
    "schema": {"type": "string"},
}


def answer_conditionally(response: Response, etag: str | None = None) -> Response:
    """``response`` with an ETag (``etag``, or one of its body), or 304 when the client has it already."""
    if etag is None:
        response.add_etag()
    else:
        response.set_etag(etag)
    response.make_conditional(request)
    return response


def matched_revision(req: Request, newest: int) -> int:
    """The revision that If-Match names; the ledger compares it, since a repeat of an older write names an older one.

    ``*`` is ``newest``. Raises ``RevisionRequired`` without the header, and ``StaleRevision`` for what can't be a
    revision; weak tags never match (RFC 9110 section 13.1.1).
    """
    if "If-Match" not in req.headers:
        raise RevisionRequired('If-Match is missing: name the revision this was made from, such as If-Match: "3".')
    tags = req.if_match
    if tags.star_tag or str(newest) in tags:
        return newest
    named = [int(tag) for tag in tags.as_set() if tag and tag.isascii() and tag.isdecimal() and len(tag) < 10]
    if named:
        return named[0]
    raise StaleRevision(f'The newest revision is "{newest}"; read it and make the change again.')
