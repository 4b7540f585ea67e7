"""The next page of any listing: how the JSON API names it, in the body and in the Link header."""

from __future__ import annotations

from marshmallow import fields

from dateline_web.urls import absolute


def next_field() -> fields.Url:
    """The address of the next page, in a schema."""
    return fields.Url(required=True, allow_none=True, require_tld=False)


def next_url(path: str | None) -> str | None:
    """The address of the next page, in an answer; None on the last one."""
    return absolute(path) if path else None


def next_link(path: str | None) -> dict[str, str]:
    """The header ``Link: rel="next"`` (RFC 8288), where there is a next page."""
    return {"Link": f'<{absolute(path)}>; rel="next"'} if path else {}
