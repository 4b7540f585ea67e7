"""The sources that an external id belongs to: the agency that is named, and the naming authority of a URI."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dateline.ports.ledger.tokens import Token


def sources_of_id(source: str, external_id: str, by: Token, *, as_uri: bool) -> tuple[str, ...]:
    """The sources of a story's external id; none where it is the token's own. ``as_uri``: it came as ninjs.

    An editor's is one story with the ninjs of that URI; a reporter's is so only where that one is the reporter's too.
    """
    if external_id and (as_uri or (by.role == "editor" and ":" in external_id)):
        return sources_of_uri(source, external_id)
    return (source,) if source and external_id else ()


def sources_of_uri(source: str, uri: str) -> tuple[str, ...]:
    """The sources of an object that ``source`` (or nobody) sends under ``uri``."""
    return (source, naming_authority(uri)) if source else (naming_authority(uri),)


def naming_authority(uri: str) -> str:
    """Who gives out URIs of this kind: ``https://belta.by/news/1`` and ``tag:belta.by,2026:1`` are belta.by's (RFC 3986
    section 3.2, RFC 4151), ``urn:newsml:belta.by:20260501:1`` is urn:newsml:belta.by's (RFC 8141; RFC 3085).

    Never the whole id, which would tell that it exists. What has no scheme is all of one kind.
    """
    scheme, colon, rest = uri.strip().casefold().partition(":")
    if not colon:
        return "uri"
    if rest.startswith("//"):
        return _host(uri) or scheme
    if scheme == "tag":
        return re.split("[,:]", rest)[0] or scheme
    named = rest.split(":")[:-1][:2] if scheme == "urn" else []
    return ":".join((scheme, *named))


def _host(uri: str) -> str:
    """The host of an address; "" where there is none, or it can't be read."""
    try:
        return (urlsplit(uri.strip()).hostname or "").removesuffix(".")
    except ValueError:
        return ""
